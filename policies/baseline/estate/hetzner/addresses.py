"""Public addresses: what a server is given, and what is reserved by itself."""

from __future__ import annotations

from typing import Any

from baseline.estate.builder import Builder, items, undecided
from baseline.estate.doubt import either, field_of, flag
from baseline.estate.hetzner.firewalls import SERVER
from baseline.estate.hetzner.places import location_of
from baseline.estate.nouns import Host, PublicAddress
from baseline.graph import UNKNOWN, Ref, Resource

_PRIMARY = "hcloud:index/primaryIp:PrimaryIp"
_FLOATING = "hcloud:index/floatingIp:FloatingIp"
_BALANCER = "hcloud:index/loadBalancer:LoadBalancer"
_ASSIGNMENT = "hcloud:index/floatingIpAssignment:FloatingIpAssignment"


def _linked(user: Resource) -> list[Any]:
    """The values by which a server or a balancer takes a reserved address."""
    if user.type == _BALANCER:
        return [user.inputs.get("ipv4Id"), user.inputs.get("ipv6Id")]
    if user.type != SERVER:
        return []
    nets = items(user.inputs.get("publicNets"))
    return [net if undecided(net) else net.get(family) for net in nets for family in ("ipv4", "ipv6")]


class Addresses:
    """Which reserved addresses lead to which resource, however it is said."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._users: dict[str, list[Resource]] = {}  # by address
        self._reserved: dict[str, list[Resource]] = {}  # by server
        self._doubt = False  # something may use any address
        self._anybodys: list[Any] = []  # the families of addresses that may be any server's
        for address in builder.of(_PRIMARY):
            self._uses(address.inputs.get("assigneeId"), address)
        for address in builder.of(_FLOATING):
            self._uses(address.inputs.get("serverId"), address)
        for assignment in builder.of(_ASSIGNMENT):
            for address in self._meant(assignment.inputs.get("floatingIpId")):
                self._uses(assignment.inputs.get("serverId"), address)
        for user in builder.graph:
            for value in _linked(user):
                for address in self._meant(value):
                    self._users.setdefault(address.urn, []).append(user)

    def _meant(self, value: Any) -> list[Resource]:
        """The addresses that a value may mean. A value that nobody can read may mean any."""
        self._doubt = self._doubt or (undecided(value) and type(value) is not Ref)
        return self._builder.referred(value, _PRIMARY, _FLOATING)

    def _uses(self, user: Any, address: Resource) -> None:
        """Keeps that an address leads to what a value means; where that is nothing of this program, to itself."""
        if user is None:
            return
        servers = self._builder.referred(user, SERVER)
        if undecided(user) and type(user) is not Ref:
            self._anybodys.append(address.inputs.get("type"))
        self._users.setdefault(address.urn, []).extend(servers or [address])
        for server in servers:
            self._reserved.setdefault(server.urn, []).append(address)

    def public(self, server: Resource, family: str) -> Any:
        """Whether a server has an address of the family (`ipv4`, `ipv6`), or what leaves that undecided."""
        reserved = [address.inputs.get("type") for address in self._reserved.get(server.urn, ())]
        if family in reserved:
            return True
        nets = server.inputs.get("publicNets")
        # Absent: "two primary ips (ipv4, ipv6) will be created" (hcloud provider, Server, public_net).
        answers = [net if undecided(net) else flag(net.get(f"{family}Enabled"), True) for net in items(nets) or [{}]]
        if any(answer is True for answer in answers):
            return True
        if family in self._anybodys or any(map(undecided, (*reserved, *self._anybodys))):
            return UNKNOWN
        return next((answer for answer in answers if undecided(answer)), False)

    def add_of(self, host: Host, public: tuple[Any, Any], behind: Any, gateway: Any) -> None:
        """Adds the noun for what a server is given, if it is given any address."""
        given = True in public
        if given or any(undecided(answer) for answer in public):
            serves = gateway if undecided(gateway) else "gateway" if gateway else "host"
            self._builder.add(
                PublicAddress(
                    origin=host.origin,
                    path="publicNets",
                    provider="hetzner",
                    serves=serves if given else UNKNOWN,
                    host=host,
                    replaceable=behind,
                )
            )

    def add_reserved(self) -> None:
        """Adds the nouns for reserved addresses; those of servers are judged there too, because both must change."""
        for address in self._builder.of(_PRIMARY, _FLOATING):
            users = self._users.get(address.urn, ())
            hosts = [self._builder.hosts[user.urn] for user in users if user.urn in self._builder.hosts]
            serves: Any = "host" if hosts else "other" if users else "nothing"
            self._builder.add(
                PublicAddress(
                    origin=address,
                    provider="hetzner",
                    serves=UNKNOWN if serves == "nothing" and self._doubt else serves,
                    host=hosts[0] if hosts else None,
                    replaceable=either(field_of(host, "gateway") for host in hosts),
                    location=self._location(address, bool(hosts)),
                )
            )

    def _location(self, address: Resource, with_a_host: bool) -> Any:
        """Where it says; else with its host, if that is in this program."""
        # The `datacenter` of an address is gone from the API as that of a server.
        name = address.inputs.get("location" if address.type == _PRIMARY else "homeLocation")
        return None if name is None and with_a_host else location_of(self._builder.graph, address, name)
