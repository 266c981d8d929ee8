"""A place is in one country, or it is no place."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.hetzner.places import location_of
from baseline.estate.nouns import Location
from baseline.estate.terms import Terms
from baseline.graph import Resource, Undecided
from baseline.rule import Problem, example, fails, resource, rule, unknown

BALANCER = "hcloud:index/loadBalancer:LoadBalancer"
SUBNET = "hcloud:index/networkSubnet:NetworkSubnet"


@rule(
    Resource,
    clauses=("5.2.1",),
    remedy="Name one `location` in an allowed country instead of `networkZone`.",
    # A subnet takes nothing but a zone and holds nothing: its hosts have locations of their own.
    applies=lambda resource: "networkZone" in resource.inputs and resource.type != SUBNET,
)
def place_spans_countries(resource: Resource, estate: Estate) -> Iterator[Problem]:
    """A resource is placed in a zone that spans several countries.

    `eu-central` is Falkenstein, Nuremberg and Helsinki. Hetzner chooses, today one and after a rebuild another, so the
    zone is right only where all its countries are allowed.
    """
    zone = location_of(estate.graph, resource, resource.inputs["networkZone"])
    if not isinstance(zone, Location):
        raise Undecided("unknown", "networkZone", f"network zone {getattr(zone, 'reason', '') or 'is not known'}")
    if not estate.terms.allow(zone.countries):
        yield Problem(f"{resource.name} is placed anywhere in {zone}; allowed: {estate.terms.allowed}", "networkZone")


EXAMPLES = (
    example(
        "a zone, of which Finland is not allowed",
        resource(BALANCER, "edge", loadBalancerType="lb11", networkZone="eu-central"),
        fails("edge", "networkZone"),
    ),
    example(
        "a zone, all countries of which are allowed",
        resource(BALANCER, "edge", loadBalancerType="lb11", networkZone="eu-central"),
        terms=Terms(stack="example", allowed_countries=frozenset({"DE", "FI"})),
    ),
    example(
        "a subnet holds nothing",
        resource(SUBNET, "hosts", networkZone="eu-central", ipRange="10.0.0.0/24", type="cloud"),
        resource(BALANCER, "edge", loadBalancerType="lb11", networkZone=graph.UNKNOWN),
        unknown("edge", "networkZone"),
    ),
    example(
        "nobody declared the countries",
        resource(BALANCER, "edge", loadBalancerType="lb11", networkZone="eu-central"),
        unknown("edge"),
        terms=Terms(stack="example"),
    ),
)
