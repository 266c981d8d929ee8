"""Servers: where they are, what guards them, and by which ways they can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from baseline.estate import host_config
from baseline.estate.builder import Builder, known, undecided
from baseline.estate.hetzner.addresses import Addresses
from baseline.estate.hetzner.firewalls import ANY_SERVER, SERVER, Binding, bindings
from baseline.estate.hetzner.networks import Networks
from baseline.estate.hetzner.places import location_of
from baseline.estate.nouns import Host
from baseline.graph import UNKNOWN, Resource


def read(builder: Builder) -> None:
    """Networks, servers and public addresses."""
    networks, addresses, bound = Networks(builder), Addresses(builder), builder.once(bindings)
    networks.add()
    for server in builder.of(SERVER):
        inputs = server.inputs
        public = (addresses.public(server, "ipv4"), addresses.public(server, "ipv6"))
        behind, gateway = networks.way_out(server)
        host = builder.add(
            Host(
                origin=server,
                provider="hetzner",
                name=server.name,
                # `datacenter` is gone from the API since 2026-07-01 and loses beside `location`: it says nothing.
                location=location_of(builder.graph, server, inputs.get("location")),
                role=_label(server, "role"),
                firewall=_firewall([*bound.get(server.urn, ()), *bound.get(ANY_SERVER, ())[:1]], public),
                default_group=False,
                public_ipv4=public[0],
                public_ipv6=public[1],
                gateway=behind,
                # Hetzner docs, "Firewalls": traffic of private networks is not filtered.
                unfiltered=networks.joined(server),
                metadata_tokens=None,
                backups=known(inputs.get("backups"), False),
                config=host_config.read(builder, server, inputs.get("userData")),
            )
        )
        addresses.add_of(host, public, behind, gateway)
    addresses.add_reserved()


def _label(server: Resource, key: str) -> Any:
    labels = server.inputs.get("labels")
    return labels if undecided(labels) else (labels or {}).get(key)


def _firewall(bound: Sequence[Binding], public: tuple[Any, Any]) -> Any:
    """Since when a firewall certainly stands before a server; UNKNOWN where only a doubtful one does."""
    if public == (False, False):
        return "private"
    if any(binding.certain and binding.birth for binding in bound):
        return "birth"
    if any(binding.birth for binding in bound) or any(undecided(answer) for answer in public):
        return UNKNOWN
    if any(binding.certain for binding in bound):
        return "later"
    return UNKNOWN if bound else "none"
