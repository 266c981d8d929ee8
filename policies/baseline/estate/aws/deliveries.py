"""What AWS hands on by itself, message by message: topics to queues and functions, events to other buses."""

from __future__ import annotations

from typing import Any

from baseline.estate.aws.detectors import PERSONAL, SUBSCRIPTION, TARGET
from baseline.estate.aws.places import region_of
from baseline.estate.aws.references import region_in
from baseline.estate.builder import Builder, place
from baseline.estate.nouns import Copy
from baseline.graph import Ref, Resource


def read(builder: Builder) -> None:
    """One Copy for each; whom a subscription tells in person is a Notification instead."""
    for subscription in builder.peek(SUBSCRIPTION):
        if subscription.inputs.get("protocol") not in PERSONAL:
            _add(builder, subscription, "endpoint", "delivery of messages")
    for target in builder.peek(TARGET):
        _add(builder, target, "arn", "delivery of events")


def _add(builder: Builder, origin: Resource, path: str, what: str) -> None:
    builder.add(Copy(origin=origin, path=path, what=what, location=_location(builder, origin.inputs.get(path))))


def _location(builder: Builder, value: Any) -> Any:
    """Where a reference's resource is; of a text, the region in the ARN."""
    if isinstance(value, Ref):
        found = builder.the_one(value)
        return value if found is None else region_of(builder, found)
    return place("aws", region_in(value))
