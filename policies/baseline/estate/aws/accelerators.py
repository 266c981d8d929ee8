"""Global Accelerator: doors that pass TCP on, so TLS ends where their endpoints end it."""

from __future__ import annotations

from typing import Any, Final

from baseline.estate.aws.classic_balancers import BALANCER
from baseline.estate.aws.doors import add_door
from baseline.estate.aws.inputs import scalars_at, values_at
from baseline.estate.aws.machines import INSTANCES
from baseline.estate.aws.places import region_of
from baseline.estate.builder import UNKNOWN, Builder, number, place, undecided
from baseline.estate.nouns import Copy
from baseline.estate.passage import Target, tls_ends
from baseline.graph import Resource, not_observable_because

_LISTENER: Final = "aws:globalaccelerator/listener:Listener"
_ROUTING: Final = "aws:globalaccelerator/customRoutingListener:CustomRoutingListener"
_GROUP: Final = "aws:globalaccelerator/endpointGroup:EndpointGroup"
_ROUTED: Final = "aws:globalaccelerator/customRoutingEndpointGroup:CustomRoutingEndpointGroup"
_BALANCERS: Final = (BALANCER, "aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer")
_STRANGE: Final = not_observable_because("is not known: an endpoint is nothing whose TLS this program shows")
_DATAGRAMS: Final = not_observable_because("is not observable: what travels over UDP, no listener says")


def read(builder: Builder) -> None:
    """A door for each range of ports of each listener."""
    groups = builder.referring([_GROUP, _ROUTED], "listenerArn", to=[_LISTENER, _ROUTING])
    for group in builder.of(_GROUP, _ROUTED):
        named = group.inputs.get("endpointGroupRegion")
        where = region_of(builder, group) if named is None else place("aws", named)
        builder.add(Copy(origin=group, path="endpointGroupRegion", what="traffic of an accelerator", location=where))
    for listener in builder.of(_LISTENER, _ROUTING):
        behind = groups.get(listener.urn, [])
        ranges = list(values_at(listener, "portRanges")) or [("portRanges", UNKNOWN)]
        for path, ports in ranges:
            port, last = _end(ports, "fromPort"), _end(ports, "toPort")
            if not undecided(port) and not undecided(last) and port != last:
                port = port if port != 443 else last  # a range of ports is more than one
            add_door(builder, listener, path=path, port=port, passes=_ends(builder, listener, behind, port))


def _end(ports: Any, key: str) -> Any:
    if not isinstance(ports, dict):
        return ports if undecided(ports) else UNKNOWN
    value = number(ports.get(key))
    return UNKNOWN if value is None else value


def _ends(builder: Builder, listener: Resource, groups: list[Resource], port: Any) -> Any:
    """Where TLS ends: at the hosts and balancers behind, each of which is judged for itself."""
    protocol = listener.inputs.get("protocol")
    if protocol == "UDP":
        return _DATAGRAMS
    endpoints = [value for group in groups for _, value in scalars_at(group, "endpointConfigurations.endpointId")]
    targets = []
    for endpoint in endpoints:
        if builder.referred(endpoint, *_BALANCERS):
            continue
        found = builder.referred(endpoint, *INSTANCES)
        if not found:
            return _STRANGE
        targets += [Target(builder.hosts.get(instance.urn), port) for instance in found]
    if targets or not endpoints:
        return tls_ends(targets)
    return "host"
