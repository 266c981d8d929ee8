"""Route 53: public zones and their records. Names of a private zone lead nowhere from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import published
from baseline.estate.builder import UNKNOWN, Builder, items, undecided
from baseline.estate.published import Record

_ZONE = "aws:route53/zone:Zone"
_RECORD = "aws:route53/record:Record"


def read(builder: Builder) -> None:
    """The names that records publish."""
    builder.of(_ZONE)
    published.read(builder, records(builder))


def records(builder: Builder) -> Iterator[Record]:
    """Every record set of public zones, by its absolute name."""
    for resource in builder.of(_RECORD):
        inputs = resource.inputs
        zone = builder.the_one(inputs.get("zoneId"), _ZONE)
        private = zone.inputs.get("vpcs") if zone is not None else None
        if not undecided(private) and private:
            continue
        named: Any = inputs.get("name")
        if zone is not None:
            named = published.absolute(named, zone.inputs.get("name", UNKNOWN))
        elif isinstance(named, str):  # of a zone that this program does not show: taken to be in full
            named = published.absolute(named.rstrip("."), named.rstrip("."))
        if not isinstance(named, str) and not undecided(named):
            named = UNKNOWN
        yield Record(named, inputs.get("type", UNKNOWN), items(inputs.get("records")), resource)
