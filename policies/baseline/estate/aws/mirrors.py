"""Mirrors of traffic: what passes an interface goes to somebody else too, as it is.

Source: Traffic Mirroring guide, "Traffic mirror targets", as of 2026-11-26.
"""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.aws.places import region_of
from baseline.estate.aws.references import region_in
from baseline.estate.builder import Builder, place, undecided
from baseline.estate.nouns import Copy
from baseline.graph import Ref, Resource, unknown_because

SESSION: Final = "aws:ec2/trafficMirrorSession:TrafficMirrorSession"
TARGET: Final = "aws:ec2/trafficMirrorTarget:TrafficMirrorTarget"
_UNSEEN: Final = unknown_because("is not known: the target is not in this program, and may be another account's")
_ENDPOINT: Final = unknown_because("is not known: the service behind the endpoint may be anybody's")


def read(builder: Builder) -> None:
    """A Copy for each session."""
    builder.of(TARGET)
    for session in builder.of(SESSION):
        target = builder.the_one(session.inputs.get("trafficMirrorTargetId"), TARGET)
        location = _UNSEEN if target is None else _where(builder, target)
        builder.add(Copy(origin=session, path="trafficMirrorTargetId", what="mirror of traffic", location=location))


def _where(builder: Builder, target: Resource) -> Any:
    if target.inputs.get("gatewayLoadBalancerEndpointId") is not None:
        return _ENDPOINT
    balancer, interface = (target.inputs.get(name) for name in ("networkLoadBalancerArn", "networkInterfaceId"))
    value = interface if balancer is None else balancer
    if isinstance(value, Ref):
        found = builder.the_one(value)
        return value if found is None else region_of(builder, found)
    if value is None or undecided(value):
        return _UNSEEN if value is None else value
    return region_of(builder, target) if balancer is None else place("aws", region_in(value))
