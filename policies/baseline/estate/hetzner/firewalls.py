"""Which firewall stands before which server, and since when: one answer for all four ways to attach one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from baseline.estate.builder import Builder, undecided
from baseline.estate.hetzner.selectors import matches
from baseline.graph import UNKNOWN, Ref, Resource

FIREWALL = "hcloud:index/firewall:Firewall"
SERVER = "hcloud:index/server:Server"
ATTACHMENT = "hcloud:index/firewallAttachment:FirewallAttachment"


class Binding(NamedTuple):
    """A firewall that stands, or may stand (`certain` is False), before a server; None: one of another program."""

    firewall: Resource | None
    server: str  # URN
    birth: bool  # bound before the server's first boot
    certain: bool
    path: str  # where the server says so, empty where another resource does
    id: Any = None  # of a firewall of another program


def bindings(builder: Builder) -> dict[str, list[Binding]]:
    """Every binding, by the URN of its server."""
    found: dict[str, list[Binding]] = {}
    for binding in (*_at_birth(builder), *_later(builder)):
        found.setdefault(binding.server, []).append(binding)
    return found


def items(value: Any) -> list[Any]:
    """The entries of a list; of an undecided list the value itself, which stands for all its entries."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _at_birth(builder: Builder) -> Iterator[Binding]:
    for server in builder.of(SERVER):
        for index, value in enumerate(items(server.inputs.get("firewallIds"))):
            path = f"firewallIds.{index}"
            found = builder.referred(value, FIREWALL)
            for firewall in found:
                yield Binding(firewall, server.urn, True, len(found) == 1, path)
            if not found:
                yield Binding(None, server.urn, True, not undecided(value), path, value)


def _later(builder: Builder) -> Iterator[Binding]:
    servers = builder.of(SERVER)
    by_label = _Labels(servers)
    for attachment in builder.of(ATTACHMENT):
        firewalls = builder.referred(attachment.inputs.get("firewallId"), FIREWALL)
        meant: list[Resource | None] = [*firewalls] or [None]
        for firewall in meant:
            sure = len(firewalls) == 1
            for value in items(attachment.inputs.get("serverIds")):
                yield from _to_servers(builder, firewall, value, sure)
            for selector in items(attachment.inputs.get("labelSelectors")):
                yield from by_label.select(firewall, selector, sure)
    for firewall in builder.of(FIREWALL):
        for target in items(firewall.inputs.get("applyTos")):
            if undecided(target):
                yield from by_label.select(firewall, UNKNOWN, False)
                continue
            yield from _to_servers(builder, firewall, target.get("server"), True)
            if target.get("labelSelector") is not None:
                yield from by_label.select(firewall, target["labelSelector"], True)


def _to_servers(builder: Builder, firewall: Resource | None, value: Any, sure: bool) -> Iterator[Binding]:
    if undecided(value) and type(value) is not Ref:
        for server in builder.of(SERVER):
            yield Binding(firewall, server.urn, False, False, "", UNKNOWN)
    found = builder.referred(value, SERVER)
    for server in found:
        yield Binding(firewall, server.urn, False, sure and len(found) == 1, "", UNKNOWN)


class _Labels:
    """Servers with equal labels answer a selector alike, so each kind is asked once."""

    def __init__(self, servers: Any) -> None:
        self._kinds: dict[str, tuple[Any, list[str]]] = {}
        for server in servers:
            labels = server.inputs.get("labels")
            self._kinds.setdefault(repr(labels), (labels, []))[1].append(server.urn)

    def select(self, firewall: Resource | None, selector: Any, sure: bool) -> Iterator[Binding]:
        for labels, urns in self._kinds.values():
            answer = matches(selector, labels)
            if answer is not False:
                for urn in urns:
                    yield Binding(firewall, urn, False, sure and answer is True, "", UNKNOWN)
