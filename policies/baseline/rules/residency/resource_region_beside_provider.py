"""One provider, one region."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.builder import undecided
from baseline.graph import Resource, Undecided
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown

QUEUE = "aws:sqs/queue:Queue"


@rule(
    Resource,
    clauses=("5.2.1",),
    remedy="Take `region` away and give the resource the provider of that region.",
    applies=lambda item: item.type.startswith("aws:") and item.inputs.get("region") is not None,
)
def resource_region_beside_provider(item: Resource, estate: Estate) -> Iterator[Problem]:
    """A resource leaves the region of its provider.

    Since pulumi-aws 7 nearly every resource takes a `region` of its own, which wins. Whoever reads the provider, as
    most scanners do, reads the wrong place; so it is refused even where the other region is an allowed one.
    """
    own = item.inputs["region"]
    provider = estate.graph.by_urn.get(item.provider)
    region = provider.inputs.get("region") if provider else None
    if undecided(own) or undecided(region) or region is None:
        raise Undecided("unknown", "region", f"whether {item.name} lies in its provider's region is not known")
    if own != region:
        yield Problem(f"{item.name} lies in {own}, its provider in {region}", "region")


EXAMPLES = (
    example("the same region twice", aws_provider(), resource(QUEUE, "jobs", region="eu-central-1")),
    example(
        "another region",
        aws_provider(),
        resource(QUEUE, "jobs", region="eu-west-1"),
        fails("jobs", "region"),
    ),
    example(
        "another region in which the account works as well",
        aws_provider(),
        aws_provider("eu-west-1", "copies"),
        resource(QUEUE, "jobs", region="eu-west-1"),
        fails("jobs", "region"),
    ),
    example(
        "known only after deployment",
        aws_provider(),
        resource(QUEUE, "jobs", region=graph.UNKNOWN),
        unknown("jobs", "region"),
    ),
)
