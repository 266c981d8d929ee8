"""Security groups: each prefix or peer of each rule is one admission, however the rule is declared.

Network ACLs are left out on purpose: they know no connections, so they must admit nearly everything, and protect
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from baseline.estate.aws.inputs import scalars_at
from baseline.estate.aws.machines import GROUP, INSTANCES, INTERFACE, MEMBER, Machine, Machines
from baseline.estate.aws.networks import DEFAULT_GROUP, RULES, VPCS, default_group_vpcs
from baseline.estate.aws.wearers import WEARERS
from baseline.estate.builder import Builder, cidr, items, number, undecided
from baseline.estate.doubt import field_of, flag
from baseline.estate.nouns import Admission, Host, Network
from baseline.estate.ports import ANY, from_aws
from baseline.graph import UNKNOWN, Resource

_RULE, _INGRESS, _EGRESS = RULES
_PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList"
_PREFIX_ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"
_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
_NAMES = {"-1": "any", "all": "any", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
_EVERYONE = ("0.0.0.0/0", "::/0")
_BEFORE_ANYONE = frozenset({"balancer", "endpoint"})  # kinds that may stand open


class Said(NamedTuple):
    """One direction, protocol and port range of a rule, and by which inputs it names who."""

    inbound: Any
    protocol: Any
    ports: Any
    parts: tuple[tuple[str, str, Any], ...]  # kind (prefix, list, group, self), path, value


def read(builder: Builder) -> None:
    """Rules inside groups, rules of their own, and what comes from groups that this program does not show."""
    reader = _Reader(builder)
    for group in builder.of(GROUP, DEFAULT_GROUP):
        for key, inbound in (("ingress", True), ("egress", False)):
            listed = group.inputs.get(key)
            for index, rule in enumerate(items(listed)):
                path = f"{key}.{index}" if isinstance(listed, list | tuple) else key
                reader.add(group, [group], _inline(path, inbound, rule))
    for rule in builder.of(*RULES):
        named = rule.inputs.get("securityGroupId")
        reader.add(rule, builder.referred(named, GROUP, DEFAULT_GROUP, *VPCS), _alone(rule), named)
    for entry in builder.of(_PREFIX_ENTRY):
        named = entry.inputs.get("prefixListId")
        if not builder.referred(named, _PREFIX_LIST):  # whoever refers to the list lets it in, and nobody sees to what
            reader.add(
                entry, [], Said(UNKNOWN, UNKNOWN, UNKNOWN, (("prefix", "cidr", entry.inputs.get("cidr")),)), named
            )
    for machine in builder.once(Machines).all:
        reader.add_unseen(machine)
    reader.add_unseen_before_others()


def _inline(path: str, inbound: bool, rule: Any) -> Said:
    if undecided(rule):
        return Said(inbound, rule, rule, (("prefix", path, rule),))
    parts = [*_listed("prefix", path, rule, "cidrBlocks"), *_listed("prefix", path, rule, "ipv6CidrBlocks")]
    parts += [*_listed("list", path, rule, "prefixListIds"), *_listed("group", path, rule, "securityGroups")]
    if flag(rule.get("self"), False) is not False:
        parts.append(("self", f"{path}.self".lstrip("."), None))
    protocol = rule.get("protocol")
    return Said(inbound, _protocol(protocol), _ports(protocol, rule), tuple(parts))


def _alone(rule: Resource) -> Said:
    inputs = rule.inputs
    if rule.type == _RULE:
        kind = inputs.get("type")
        said = _inline("", True, inputs)
        source = inputs.get("sourceSecurityGroupId")
        more = (("group", "sourceSecurityGroupId", source),) if source is not None else ()
        inbound = kind if undecided(kind) else kind == "ingress"
        return said._replace(inbound=inbound, parts=said.parts + more)
    keys = {"cidrIpv4": "prefix", "cidrIpv6": "prefix", "prefixListId": "list", "referencedSecurityGroupId": "group"}
    parts = tuple((kind, key, inputs[key]) for key, kind in keys.items() if inputs.get(key) is not None)
    protocol = inputs.get("ipProtocol")
    return Said(rule.type == _INGRESS, _protocol(protocol), _ports(protocol, inputs), parts)


def _listed(kind: str, path: str, rule: dict[str, Any], key: str) -> Iterator[tuple[str, str, Any]]:
    listed, where = rule.get(key), f"{path}.{key}".lstrip(".")
    for index, value in enumerate(items(listed)):
        yield kind, f"{where}.{index}" if isinstance(listed, list | tuple) else where, value


def _protocol(value: Any) -> Any:
    if value is None or undecided(value):
        return UNKNOWN if value is None else value
    return _NAMES.get(str(value).lower(), str(value).lower())


def _ports(protocol: Any, rule: dict[str, Any]) -> Any:
    """The ports; UNKNOWN also where EC2 would refuse them, because then nobody knows what will stand there."""
    values = (protocol, number(rule.get("fromPort")), number(rule.get("toPort")))
    if str(protocol).lower() in ("-1", "all"):
        return ANY
    if protocol is None or any(undecided(value) for value in values):
        return UNKNOWN
    try:
        return from_aws(str(protocol), values[1], values[2])
    except ValueError:
        return UNKNOWN


class _Reader:
    """Turns what rules say into admissions, with the indexes of who wears which group."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._machines = builder.once(Machines)
        self._hosts: dict[str, dict[str, Host]] = {}  # by group, or by VPC for its default group
        self._kinds: dict[str, set[str]] = {}  # likewise
        self._networks = {network.urn: network for network in builder.nouns.get(Network, ())}
        self._entries = builder.referring([_PREFIX_ENTRY], "prefixListId", to=[_PREFIX_LIST])
        # What stands behind groups that this program does not show: the wearer, where it names one, it, and its kind.
        self._strange: list[tuple[Resource, str, Any, str]] = []
        owned: set[str] = set()
        for machine in self._machines.all:
            host = builder.hosts[machine.resource.urn]
            owned.update(interface.urn for interface in machine.interfaces)
            falls = self._machines.vpcs(machine) if machine.default is not False else []
            for urn in (*machine.groups, *(vpc.urn for vpc in falls)):
                self._hosts.setdefault(urn, {})[host.urn] = host
                self._kinds.setdefault(urn, set()).add("host")
        for wearer in builder.graph:
            if wearer.type in WEARERS and wearer.urn not in owned:
                self._wears(wearer, *WEARERS[wearer.type])
        for member in builder.of(MEMBER):
            if not builder.referred(member.inputs.get("networkInterfaceId"), INTERFACE, *INSTANCES):
                self._wears(member, "other", ("securityGroupId",))

    def _wears(self, wearer: Resource, kind: str, paths: tuple[str, ...]) -> None:
        for path in paths:
            for at, entry in scalars_at(wearer, path):
                groups = self._builder.referred(entry, GROUP, DEFAULT_GROUP, *VPCS)
                for group in groups:
                    self._kinds.setdefault(group.urn, set()).add(kind)
                if not groups and kind not in _BEFORE_ANYONE:
                    self._strange.append((wearer, at, entry, kind))

    def add(self, origin: Resource, groups: list[Resource], said: Said, named: Any = None) -> None:
        """Adds the admissions of one rule of one group, or of one of several groups."""
        keys = [key for group in groups for key in self._keys(group)]
        kinds = frozenset(kind for key in keys for kind in self._kinds.get(key, ()))
        hosts = {urn: host for key in keys for urn, host in self._hosts.get(key, {}).items()}
        group: Any = groups[0].urn if len(groups) == 1 else named if undecided(named) else str(named)
        for kind, path, value in said.parts:
            for prefix, peer in self._who(kind, value, group):
                self._builder.add(
                    Admission(
                        origin=origin,
                        path=path,
                        provider="aws",
                        inbound=said.inbound,
                        prefix=prefix,
                        peer=peer,
                        protocol=said.protocol,
                        ports=said.ports,
                        targets=kinds,
                        hosts=tuple(hosts.values()),
                        group=group,
                    )
                )

    def _keys(self, group: Resource) -> list[str]:
        vpcs = default_group_vpcs(self._builder, group) if group.type == DEFAULT_GROUP else []
        return [group.urn, *(vpc.urn for vpc in vpcs)]

    def _who(self, kind: str, value: Any, group: Any) -> list[tuple[Any, Any]]:
        """Prefix and peer of one part of a rule."""
        if kind == "prefix":
            return [(cidr(value), None)]
        if kind == "self":
            return [(None, group)]
        if kind == "group":
            found = self._builder.referred(value)
            return [(None, found[0].urn if found else value)]
        if endpoint := self._builder.the_one(value, _ENDPOINT):
            return [(None, endpoint.urn)]  # the addresses of one AWS service
        lists = self._builder.referred(value, _PREFIX_LIST)
        entries = [entry for item in lists for entry in items(item.inputs.get("entries"))]
        entries += [entry.inputs for item in lists for entry in self._entries.get(item.urn, ())]
        if not lists:
            return [(UNKNOWN, None)]
        return [(UNKNOWN if undecided(entry) else cidr(entry.get("cidr")), None) for entry in entries]

    def add_unseen(self, machine: Machine) -> None:
        """Adds what groups admit that this program does not show, and what an untouched default group does."""
        for path, value in machine.strange:
            self._unseen(machine, path, (True, False), UNKNOWN, value)
        if machine.default is False:
            return
        vpcs = self._machines.vpcs(machine)
        if not vpcs:
            self._unseen(machine, "", (True, False), UNKNOWN, UNKNOWN)
        for vpc in vpcs:
            state = field_of(self._networks[vpc.urn], "default_group")
            if undecided(state) or state == "unmanaged":
                # A default group lets its members reach everyone (Amazon VPC user guide, "Default security groups").
                sure = machine.default is True and state == "unmanaged"
                for everyone in _EVERYONE:
                    self._unseen(machine, "", (False,), everyone if sure else UNKNOWN, vpc.urn)

    def add_unseen_before_others(self) -> None:
        """Adds what groups that this program does not show let in to databases, and to whatever may serve."""
        for wearer, path, group, kind in self._strange:
            self._builder.add(
                Admission(
                    origin=wearer,
                    path=path,
                    provider="aws",
                    inbound=True,
                    prefix=UNKNOWN,
                    peer=None,
                    protocol=UNKNOWN,
                    ports=UNKNOWN,
                    targets=frozenset({kind}),
                    hosts=(),
                    group=group if undecided(group) else str(group),
                )
            )

    def _unseen(self, machine: Machine, path: str, ways: Iterable[bool], prefix: Any, group: Any) -> None:
        host = self._builder.hosts[machine.resource.urn]
        for inbound in ways:
            self._builder.add(
                Admission(
                    origin=machine.resource,
                    path=path,
                    provider="aws",
                    inbound=inbound,
                    prefix=prefix,
                    peer=None,
                    protocol=UNKNOWN if undecided(prefix) else "any",
                    ports=UNKNOWN if undecided(prefix) else ANY,
                    targets=frozenset({"host"}),
                    hosts=(host,),
                    group=group if undecided(group) else str(group),
                )
            )
