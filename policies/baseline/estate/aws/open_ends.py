"""Doors that no security group guards: what a service itself lets in."""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.builder import Builder, cidr, undecided
from baseline.estate.nouns import Admission
from baseline.graph import Resource

_EVERYONE: Final = "0.0.0.0/0"


def admit(
    builder: Builder,
    origin: Resource,
    path: str,
    prefix: Any,
    ports: Any,
    *,
    protocol: Any = "tcp",
    kind: str = "other",
) -> None:
    """Adds what one prefix may send to a service; `kind` as of Admission.targets."""
    builder.add(
        Admission(
            origin=origin,
            path=path,
            provider="aws",
            inbound=True,
            prefix=cidr(prefix),
            peer=None,
            protocol=protocol,
            ports=ports,
            targets=frozenset({kind}),
            hosts=(),
            group=origin.urn,
        )
    )


def admit_everyone(builder: Builder, origin: Resource, path: str, ports: Any, *, certain: Any = True) -> None:
    """Adds what everyone may send, or what leaves it undecided whether they may."""
    admit(builder, origin, path, certain if undecided(certain) else _EVERYONE, ports)
