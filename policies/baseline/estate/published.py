"""Names that an estate publishes, and who may issue certificates for them: CAA by RFC 8659.

The records of a name are looked for first, then those of each name above it; the first that has any decides.
An alias (CNAME) is judged by the names above it: what its target says is the target's owner's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.nouns import DnsName
from baseline.graph import Resource

NOBODY = "nobody"
"""The issuer of a name for which no certificate may be issued (`issue ";"`)."""

_ADDRESSES = frozenset({"A", "AAAA", "CNAME", "ALIAS", "HTTPS", "SVCB"})
_CAA = re.compile(r'\s*(\d+)\s+"?(\w+)"?\s+"?([^"]*)"?\s*')


class Record(NamedTuple):
    """One set of records. `name` is absolute, in lower case, without the last dot; each part may be undecided."""

    name: Any
    type: Any
    values: Sequence[Any]
    origin: Resource


def absolute(name: Any, zone: Any) -> Any:
    """A record's name in full, by its zone; undecided where either is."""
    for part in (name, zone):
        if part is None or undecided(part):
            return UNKNOWN if part is None else part
    label, apex = str(name).lower(), str(zone).lower().rstrip(".")
    if label in ("", "@"):
        return apex
    if label == apex or label.endswith((".", f".{apex}")):
        return label.rstrip(".")
    return f"{label}.{apex}"


def read(builder: Builder, records: Iterable[Record]) -> None:
    """One DnsName for each record set that leads somewhere. A name with an underscore gets no certificate."""
    records = tuple(records)
    policies: dict[str, list[Any]] = {}
    doubt: Any = None
    for record in records:
        if undecided(record.type) or record.type == "CAA":
            if undecided(record.name) or undecided(record.type):
                doubt = record.name if undecided(record.name) else record.type
            else:
                policies.setdefault(record.name, []).extend(record.values)
    issuers_of = cache(lambda name: _issuers(name, policies))
    for record in records:
        if not undecided(record.type) and record.type not in _ADDRESSES:
            continue
        if not undecided(record.name) and "_" in record.name:
            continue
        issuers = record.name if undecided(record.name) else issuers_of(record.name)
        builder.add(DnsName(origin=record.origin, name=record.name, issuers=_unless(doubt, issuers)))


def _issuers(name: str, policies: dict[str, list[Any]]) -> Any:
    wildcard = name.startswith("*.")
    above = name.removeprefix("*.")
    while above:
        if above in policies:
            return _allowed(policies[above], wildcard)
        above = above.partition(".")[2]
    return ()


def _allowed(values: Sequence[Any], wildcard: bool) -> Any:
    doubts = [value for value in values if undecided(value)]
    if doubts:
        return doubts[0]
    said = [_parsed(str(value)) for value in values]
    chosen = [issuer for tag, issuer in said if tag == "issuewild"] if wildcard else []
    chosen = chosen or [issuer for tag, issuer in said if tag == "issue"]
    return tuple(sorted({issuer for issuer in chosen if issuer} or {NOBODY})) if chosen else ()


@lru_cache(maxsize=4096)
def _parsed(value: str) -> tuple[str, str]:
    match = _CAA.fullmatch(value)
    return (match[2].lower(), match[3].partition(";")[0].strip().lower()) if match else ("", "")


def _unless(doubt: Any, issuers: Any) -> Any:
    """The issuers; where none is certain and a policy may be meant for this name, that doubt."""
    return doubt if undecided(doubt) and issuers == () else issuers
