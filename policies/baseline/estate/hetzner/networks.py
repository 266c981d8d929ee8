"""Private networks, who is in them, and which of them has a way out."""

from __future__ import annotations

from typing import Any, NamedTuple

from baseline.estate.builder import Builder, cidr, items, undecided
from baseline.estate.doubt import both, either, is_one_of, negated
from baseline.estate.hetzner.firewalls import SERVER
from baseline.estate.nouns import Network
from baseline.graph import UNKNOWN, Resource

NETWORK = "hcloud:index/network:Network"
_SUBNET = "hcloud:index/networkSubnet:NetworkSubnet"
_EVERYWHERE = ("0.0.0.0/0", "::/0")


class _WayOut(NamedTuple):
    """A default route: to which address, and whether it certainly is one of its network."""

    gateway: Any
    sure: Any


class Networks:
    """The networks of a program. A way out is a default route to one of the network's own servers."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._joined = builder.referring(["hcloud:index/serverNetwork:ServerNetwork"], "serverId", to=[SERVER])
        self._ways_out: dict[str, list[_WayOut]] = {}  # by network; under the empty name, of which nobody knows it
        for route in builder.of("hcloud:index/networkRoute:NetworkRoute"):
            value, everywhere = route.inputs.get("networkId"), is_one_of(route.inputs.get("destination"), *_EVERYWHERE)
            found = builder.referred(value, NETWORK)
            way = _WayOut(route.inputs.get("gateway"), everywhere if len(found) == 1 else UNKNOWN)
            for urn in [network.urn for network in found] or [""] * undecided(value):
                if everywhere is not False:
                    self._ways_out.setdefault(urn, []).append(way)

    def add(self) -> None:
        """Adds the nouns."""
        for network in self._builder.of(NETWORK):
            self._builder.add(
                Network(
                    origin=network,
                    path="ipRange",
                    provider="hetzner",
                    prefix=cidr(network.inputs.get("ipRange")),
                    default_group="none",
                    flow_logs=False,  # the Cloud API keeps no record of flows
                    gateway=either(way.sure for way in self._ways_of(network)),
                )
            )

    def joined(self, server: Resource) -> Any:
        """Whether a server is in a private network."""
        networks = server.inputs.get("networks")
        if self._joined.get(server.urn):
            return True
        return networks if undecided(networks) else bool(networks)

    def way_out(self, server: Resource) -> tuple[Any, Any]:
        """Whether a server can go out through a network of its own, and whether it is itself that way out."""
        behind: list[Any] = []
        itself: list[Any] = []
        joined = [item.inputs for item in self._joined.get(server.urn, ())]
        for entry in [*items(server.inputs.get("networks")), *joined]:
            networks = [] if undecided(entry) else self._of(entry)
            if not networks:  # one that this program does not show may have a way out
                behind.append(UNKNOWN)
            for network in networks:
                for way in self._ways_of(network):
                    sure = way.sure if len(networks) == 1 else UNKNOWN
                    behind.append(sure)
                    itself.append(both([sure, self._is(server, entry.get("ip"), way.gateway)]))
        is_gateway = either(itself)
        return both([either(behind), negated(is_gateway)]), is_gateway

    def _ways_of(self, network: Resource) -> list[_WayOut]:
        return [*self._ways_out.get(network.urn, ()), *self._ways_out.get("", ())]

    def _is(self, server: Resource, address: Any, gateway: Any) -> Any:
        """Whether a server, or its address in a network, is what a route names."""
        named = self._builder.referred(gateway)
        if named:
            own = {server.urn, *(joined.urn for joined in self._joined.get(server.urn, ()))}
            answers = {item.urn in own for item in named}
            return answers.pop() if len(answers) == 1 else UNKNOWN
        return UNKNOWN if undecided(address) or undecided(gateway) else address is not None and address == gateway

    def _of(self, entry: dict[str, Any]) -> list[Resource]:
        found = list(self._builder.referred(entry.get("networkId"), NETWORK))
        for subnet in self._builder.referred(entry.get("subnetId"), _SUBNET):
            found += self._builder.referred(subnet.inputs.get("networkId"), NETWORK)
        return found
