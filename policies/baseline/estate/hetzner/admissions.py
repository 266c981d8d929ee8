"""Firewalls: each prefix of each rule is one admission."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from baseline.estate.builder import Builder, cidr, items, known, text, undecided
from baseline.estate.doubt import either, field_of
from baseline.estate.hetzner.firewalls import ANY_SERVER, FIREWALL, Binding, bindings, strays
from baseline.estate.nouns import Admission, Host
from baseline.estate.ports import ANY, from_hetzner
from baseline.graph import UNKNOWN, Resource

_EVERYONE = (("public_ipv4", "0.0.0.0/0"), ("public_ipv6", "::/0"))
_INBOUND = {"in": True, "out": False}
_KEYS = {True: ("sourceIps",), False: ("destinationIps",)}


def read(builder: Builder) -> None:
    """What firewalls say, and what their silence lets out."""
    bound = builder.once(bindings)
    behind: dict[str, dict[str, Host]] = {}
    for server, its in bound.items():
        for binding in its:
            if binding.firewall is not None and server != ANY_SERVER:
                behind.setdefault(binding.firewall.urn, {})[server] = builder.hosts[server]
    every = tuple(host for host in builder.hosts.values() if host.provider == "hetzner")
    perhaps = bound.get(ANY_SERVER, [])
    before_all = {binding.firewall.urn for binding in perhaps if binding.firewall is not None}
    for firewall in builder.of(FIREWALL):
        hosts = every if firewall.urn in before_all else tuple(behind.get(firewall.urn, {}).values())
        for admission in _rules(firewall, hosts):
            builder.add(admission)
    for attachment, id_ in strays(builder):
        for inbound in (True, False):
            builder.add(_admission(attachment, "firewallId", (inbound, UNKNOWN, UNKNOWN, UNKNOWN), (), id_))
    # To a host all of these say the same that say the same of what leaves it.
    telling = {(binding.firewall is None, undecided(_restricts(binding))): binding for binding in perhaps}.values()
    for host in every:
        for admission in _of_host(host, [*bound.get(host.urn, ()), *telling]):
            builder.add(admission)


def _rules(firewall: Resource, hosts: tuple[Host, ...]) -> Iterator[Admission]:
    rules = firewall.inputs.get("rules")
    for index, rule in enumerate(items(rules)):
        path = _entry("rules", rules, index)
        if undecided(rule):
            yield _admission(firewall, path, (rule, rule, rule, rule), hosts, firewall.urn)
            continue
        inbound = _inbound(rule)
        protocol = known(text(rule.get("protocol")), UNKNOWN)
        ports = _ports(protocol, rule.get("port"))
        for key in ("sourceIps", "destinationIps") if undecided(inbound) else _KEYS[inbound]:
            listed = rule.get(key)
            for position, prefix in enumerate(items(listed)):
                where = _entry(f"{path}.{key}", listed, position)
                yield _admission(firewall, where, (inbound, prefix, protocol, ports), hosts, firewall.urn)


def _entry(path: str, listed: Any, position: int) -> str:
    return f"{path}.{position}" if isinstance(listed, list | tuple) else path


def _inbound(rule: dict[str, Any]) -> Any:
    direction = rule.get("direction")
    return direction if undecided(direction) else _INBOUND.get(str(direction), UNKNOWN)


def _ports(protocol: Any, port: Any) -> Any:
    if undecided(protocol) or undecided(port):
        return UNKNOWN
    try:
        return from_hetzner(str(protocol), None if port is None else str(port))
    except ValueError:  # the API refuses it, so what will stand there is not known
        return UNKNOWN


def _of_host(host: Host, bound: Iterable[Binding]) -> Iterator[Admission]:
    """What comes from firewalls that this program does not show, and from the absence of outbound rules."""
    for binding in bound:
        if binding.firewall is None:
            for inbound in (True, False):
                what = (inbound, UNKNOWN, UNKNOWN, UNKNOWN)
                yield _admission(host.origin, binding.path, what, (host,), binding.id)
    entries: dict[Any, list[Any]] = {}
    for number, binding in enumerate(bound):
        entries.setdefault(binding.path or number, []).append(_restricts(binding))
    restricted = either(map(_agreed, entries.values()))
    for family, everyone in _EVERYONE:
        public = field_of(host, family)
        if public is not False and restricted is not True:
            prefix = UNKNOWN if undecided(public) or undecided(restricted) else everyone
            yield _admission(host.origin, "firewallIds", (False, prefix, "any", ANY), (host,), host.urn)


def _restricts(binding: Binding) -> Any:
    """Whether a firewall has an outbound rule; while it has none, all may leave (Hetzner docs, "Firewalls")."""
    if binding.firewall is None:
        return UNKNOWN
    rules = items(binding.firewall.inputs.get("rules"))
    outbound = either(rule if undecided(rule) else _outbound(rule) for rule in rules)
    return UNKNOWN if outbound is True and not binding.certain else outbound


def _agreed(answers: list[Any]) -> Any:
    """The answer of all firewalls that one entry may mean, where they do not differ."""
    return answers[0] if all(answer is answers[0] for answer in answers) else UNKNOWN


def _outbound(rule: dict[str, Any]) -> Any:
    inbound = _inbound(rule)
    return inbound if undecided(inbound) else not inbound


def _admission(
    origin: Resource, path: str, what: tuple[Any, Any, Any, Any], hosts: tuple[Host, ...], group: Any
) -> Admission:
    inbound, prefix, protocol, ports = what
    return Admission(
        origin=origin,
        path=path,
        provider="hetzner",
        inbound=inbound,
        prefix=cidr(prefix),
        peer=None,
        protocol=protocol,
        ports=ports,
        targets=frozenset({"host"} if hosts else ()),
        hosts=hosts,
        group=group if undecided(group) else str(group),
    )
