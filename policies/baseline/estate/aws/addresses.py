"""Public addresses: what a machine is given at launch, and elastic addresses."""

from __future__ import annotations

from typing import Any

from baseline.estate.aws.machines import INSTANCES, INTERFACE, Machine
from baseline.estate.aws.networks import SUBNETS
from baseline.estate.builder import Builder, items, undecided
from baseline.estate.doubt import either, field_of, flag
from baseline.estate.nouns import Host, PublicAddress
from baseline.graph import UNKNOWN, Ref, Resource

_ELASTIC = "aws:ec2/eip:Eip"
_ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation"
_ASKED = "associatePublicIpAddress"
_IPV6 = ("ipv6AddressCount", "ipv6Addresses", "enablePrimaryIpv6", "primaryIpv6", "ipv6PrefixCount", "ipv6Prefixes")
_CARRIERS = (*INSTANCES, INTERFACE)
_GATEWAYS = {
    "aws:ec2/natGateway:NatGateway": ("allocationId", "secondaryAllocationIds", "availabilityZoneAddresses"),
    "aws:ec2/natGatewayEipAssociation:NatGatewayEipAssociation": ("allocationId",),
}
_BALANCERS = {
    "aws:lb/loadBalancer:LoadBalancer": ("subnetMappings",),
    "aws:alb/loadBalancer:LoadBalancer": ("subnetMappings",),
}


class Addresses:
    """Which elastic addresses lead to which resource, however it is said."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._users: dict[str, set[str]] = {}  # by address: `host`, `gateway`, `balancer`, `other`
        self._carried: dict[str, list[Resource]] = {}  # by instance or interface
        self._doubt = False  # something may use any address
        builder.of(*list(_GATEWAYS)[1:])
        for address in builder.of(_ELASTIC):
            self._leads(address, address.inputs.get("instance"), address.inputs.get("networkInterface"))
        for association in builder.of(_ASSOCIATION):
            inputs = association.inputs
            meant = inputs.get("allocationId") if inputs.get("publicIp") is None else inputs["publicIp"]
            for address in self._meant(meant):
                self._leads(address, inputs.get("instanceId"), inputs.get("networkInterfaceId"))
        for user in builder.graph:
            for kind, table in (("gateway", _GATEWAYS), ("balancer", _BALANCERS)):
                for key in table.get(user.type, ()):
                    for entry in items(user.inputs.get(key)):
                        self._used(kind, entry.get("allocationId") if isinstance(entry, dict) else entry)

    def _used(self, kind: str, value: Any) -> None:
        values = [item for entry in items(value) for item in items(entry)]
        for address in (address for item in values for address in self._meant(item)):
            self._users.setdefault(address.urn, set()).add(kind)

    def _meant(self, value: Any) -> list[Resource]:
        """The addresses that a value may mean. A value that nobody can read may mean any."""
        self._doubt = self._doubt or (undecided(value) and type(value) is not Ref)
        return self._builder.referred(value, _ELASTIC)

    def _leads(self, address: Resource, *carriers: Any) -> None:
        for value in carriers:
            found = self._builder.referred(value, *_CARRIERS)
            for carrier in found:
                self._carried.setdefault(carrier.urn, []).append(address)
            if value is not None and not found:
                self._users.setdefault(address.urn, set()).add("other")

    def public_ipv4(self, machine: Machine) -> Any:
        """Whether a machine has a public IPv4 address, or what leaves that undecided."""
        if any(carrier.urn in self._carried for carrier in (machine.resource, *machine.interfaces)):
            return True
        entries = [item for item in items(machine.option("networkInterfaces")) if isinstance(item, dict)]
        for asked in (machine.option(_ASKED), *(entry.get(_ASKED) for entry in entries)):
            if asked is not None:
                return flag(asked, False)
        if machine.interfaces:
            return False  # what exists before launch is given no address at launch
        return self._by_subnet(machine, "mapPublicIpOnLaunch", True)

    def public_ipv6(self, machine: Machine) -> Any:
        """Whether a machine has an IPv6 address (all of them are public), or what leaves that undecided."""
        carriers = [machine.resource.inputs, machine.template, *(item.inputs for item in machine.interfaces)]
        carriers += [item for item in items(machine.option("networkInterfaces")) if isinstance(item, dict)]
        given = [carrier.get(key) for carrier in carriers for key in _IPV6]
        answer = either(value if undecided(value) else value not in (None, 0, False, [], "false") for value in given)
        if answer is True:
            return True
        return either([answer, self._by_subnet(machine, "assignIpv6AddressOnCreation", False)])

    def _by_subnet(self, machine: Machine, key: str, in_default: bool) -> Any:
        """What the subnets of a machine give to what is launched in them; those of a default VPC map public IPv4."""
        answers = [flag(subnet.inputs.get(key), in_default and subnet.type == SUBNETS[1]) for subnet in machine.subnets]
        if machine.doubtful_subnet:
            answers.append(UNKNOWN)
        if machine.in_default_subnet:
            answers.append(in_default)
        return either(answers)

    def add_of(self, host: Host, machine: Machine, public: tuple[Any, Any]) -> None:
        """Adds the noun for what a machine is given, if it is given any address."""
        answer = either(public)
        if answer is False:
            return
        forwards = machine.resource.inputs.get("sourceDestCheck") is False  # only a router needs that
        serves = "gateway" if forwards else "host"
        self._builder.add(
            PublicAddress(
                origin=host.origin,
                path=_ASKED,
                provider="aws",
                serves=serves if answer is True else UNKNOWN,
                host=host,
                replaceable=field_of(host, "gateway"),
            )
        )
        for carrier in (machine.resource, *machine.interfaces):
            for address in self._carried.get(carrier.urn, ()):
                self._users.setdefault(address.urn, set()).add(serves)

    def add_reserved(self) -> None:
        """Adds the nouns for elastic addresses; one that only a machine carries is judged with the machine."""
        carried = {address.urn for addresses in self._carried.values() for address in addresses}
        for address in self._builder.of(_ELASTIC):
            users = self._users.get(address.urn) or ({"other"} if address.urn in carried else set())
            if users == {"host"}:
                continue
            self._builder.add(
                PublicAddress(
                    origin=address,
                    provider="aws",
                    serves=min(users) if users else UNKNOWN if self._doubt else "nothing",
                    host=None,
                    replaceable=False,
                )
            )
