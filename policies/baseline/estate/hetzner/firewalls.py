"""Which firewall stands before which server, and since when: one answer for all four ways to attach one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from baseline.estate.builder import Builder, items, undecided
from baseline.estate.hetzner.selectors import matches, pairs_wanted
from baseline.graph import UNKNOWN, Ref, Resource

FIREWALL = "hcloud:index/firewall:Firewall"
SERVER = "hcloud:index/server:Server"
ATTACHMENT = "hcloud:index/firewallAttachment:FirewallAttachment"


class Binding(NamedTuple):
    """A firewall that stands, or may stand, before a server; None: one of another program.

    Of several that one entry of `firewallIds` may mean (the same `path`), one stands there for certain.
    """

    firewall: Resource | None
    server: str  # URN
    birth: bool  # bound before the server's first boot
    certain: bool
    path: str  # where the server says so, empty where another resource does
    id: Any = None  # of a firewall of another program


ANY_SERVER = ""
"""Under this in place of a URN, `bindings` has what may stand before any server: every server would have it all."""


def bindings(builder: Builder) -> dict[str, list[Binding]]:
    """Every binding, by the URN of its server."""
    found: dict[str, list[Binding]] = {}
    for binding in (*_at_birth(builder), *_later(builder)):
        found.setdefault(binding.server, []).append(binding)
    return found


def _at_birth(builder: Builder) -> Iterator[Binding]:
    for server in builder.of(SERVER):
        for index, value in enumerate(items(server.inputs.get("firewallIds"))):
            path = f"firewallIds.{index}"
            found = builder.referred(value, FIREWALL)
            for firewall in found:
                yield Binding(firewall, server.urn, True, True, path)
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
            # A list of references is one reference to all of them, again and again.
            for value in dict.fromkeys(items(attachment.inputs.get("serverIds"))):
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
        yield Binding(firewall, ANY_SERVER, False, False, "", UNKNOWN)
    found = builder.referred(value, SERVER)
    for server in found:
        yield Binding(firewall, server.urn, False, sure and len(found) == 1, "", UNKNOWN)


def strays(builder: Builder) -> Iterator[tuple[Resource, Any]]:
    """Attachments of firewalls of another program that may stand before servers of others, with the firewall's id."""
    for attachment in builder.of(ATTACHMENT):
        value = attachment.inputs.get("firewallId")
        named = items(attachment.inputs.get("serverIds"))
        seen = named and all(builder.referred(server, SERVER) for server in named)
        if not builder.referred(value, FIREWALL) and not (seen and attachment.inputs.get("labelSelectors") is None):
            yield attachment, value


class _Labels:
    """Servers by their labels, so that a selector is asked only of those that might match."""

    def __init__(self, servers: Sequence[Resource]) -> None:
        self._all = servers
        self._by_value: dict[tuple[str, str], list[Resource]] = {}
        self._doubtful: list[Resource] = []  # some of whose labels are undecided
        for server in servers:
            labels = server.inputs.get("labels")
            if undecided(labels) or any(map(undecided, (labels or {}).values())):
                self._doubtful.append(server)
            else:
                for key, value in (labels or {}).items():
                    self._by_value.setdefault((key, str(value)), []).append(server)

    def select(self, firewall: Resource | None, selector: Any, sure: bool) -> Iterator[Binding]:
        if undecided(selector):
            yield Binding(firewall, ANY_SERVER, False, False, "", UNKNOWN)
            return
        for server in self._candidates(selector):
            answer = matches(selector, server.inputs.get("labels"))
            if answer is not False:
                yield Binding(firewall, server.urn, False, sure and answer is True, "", UNKNOWN)

    def _candidates(self, selector: Any) -> Iterable[Resource]:
        pairs = pairs_wanted(str(selector))
        if pairs is None:
            return self._all
        return (*(server for pair in pairs for server in self._by_value.get(pair, ())), *self._doubtful)
