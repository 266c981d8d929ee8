"""Zones and their records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import published
from baseline.estate.builder import UNKNOWN, Builder, items, known
from baseline.estate.published import Record
from baseline.graph import Resource

_ZONE = "hcloud:index/zone:Zone"
_SET = "hcloud:index/zoneRrset:ZoneRrset"
_RECORD = "hcloud:index/zoneRecord:ZoneRecord"


def read(builder: Builder) -> None:
    """The names that records publish."""
    builder.of(_ZONE)
    published.read(builder, records(builder))


def records(builder: Builder) -> Iterator[Record]:
    """Every record set, by its absolute name."""
    for resource in builder.of(_SET, _RECORD):
        inputs = resource.inputs
        name = published.absolute(known(inputs.get("name"), "@"), _zone(builder, resource))
        if resource.type == _RECORD:
            values = [inputs.get("value")]
        else:
            values = [item.get("value") if isinstance(item, dict) else UNKNOWN for item in items(inputs.get("records"))]
        yield Record(name, inputs.get("type", UNKNOWN), values, resource)


def _zone(builder: Builder, resource: Resource) -> Any:
    """The name of the zone, which is referred to by name or by id."""
    value = resource.inputs.get("zone")
    zone = builder.the_one(value, _ZONE)
    return value if zone is None else zone.inputs.get("name", UNKNOWN)
