"""A front door stands in the countries of what passes it."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.hetzner.places import location_of
from baseline.estate.nouns import Location
from baseline.graph import Resource, Undecided
from baseline.rule import Problem, example, fails, resource, rule, unknown

BALANCER = "hcloud:index/loadBalancer:LoadBalancer"


@rule(
    Resource,
    clauses=("5.2.1",),
    remedy="Set `location` of the load balancer to one in an allowed country.",
    # On AWS the region of a balancer is one in which the account works: region_outside_countries.
    applies=lambda balancer: balancer.type == BALANCER and balancer.inputs.get("networkZone") is None,
)
def balancer_outside_countries(balancer: Resource, estate: Estate) -> Iterator[Problem]:
    """A load balancer stands outside the allowed countries.

    All that customers send passes it, so a balancer in another country sends their data there and back.
    """
    location = location_of(estate.graph, balancer, balancer.inputs.get("location"))
    if not isinstance(location, Location):
        raise Undecided("unknown", "location", f"location {getattr(location, 'reason', '') or 'is not known'}")
    if not estate.terms.allow(location.countries):
        yield Problem(f"{balancer.name} stands in {location}; allowed: {estate.terms.allowed}", "location")


EXAMPLES = (
    example("at Falkenstein", resource(BALANCER, "edge", loadBalancerType="lb11", location="fsn1")),
    example(
        "in Oregon", resource(BALANCER, "edge", loadBalancerType="lb11", location="hil"), fails("edge", "location")
    ),
    example(
        "known only after deployment",
        resource(BALANCER, "edge", loadBalancerType="lb11", location=graph.UNKNOWN),
        unknown("edge", "location"),
    ),
)
