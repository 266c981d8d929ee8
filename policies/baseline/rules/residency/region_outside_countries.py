"""An account works in the countries of its data, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Region
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Region,
    clauses=("5.2.1",),
    remedy="Take away the provider or the resource that works in this region.",
)
def region_outside_countries(region: Region, estate: Estate) -> Iterator[Problem]:
    """An account works in a region outside the allowed countries.

    The widest net: whatever is declared in a region, of a type that anyone judges or not, it is there.
    """
    if not estate.terms.allow(region.location.countries):
        yield Problem(
            f"provider {region.label} leads to {region.location}; allowed: {estate.terms.allowed}", region.path
        )


EXAMPLES = (
    example("Frankfurt only", aws_provider()),
    example(
        "a second provider in Ireland", aws_provider(), aws_provider("eu-west-1", "copies"), fails("copies", "region")
    ),
    example(
        "one resource in Virginia by its own region",
        aws_provider(),
        resource("aws:acm/certificate:Certificate", "edge", region="us-east-1"),
        fails("aws", "region"),
    ),
    example("a region that no table knows", aws_provider("eu-north-9"), unknown("aws", "region")),
    example("a zone where a region belongs", aws_provider("eu-central-1a"), unknown("aws", "region")),
)
