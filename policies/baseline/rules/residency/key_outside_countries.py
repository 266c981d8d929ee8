"""Keys stay in the countries of what they open."""

from __future__ import annotations

from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.nouns import Key
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Key,
    clauses=("5.2.1",),
    remedy="Create the key in an allowed region and encrypt again under it; schedule this one for deletion afterwards.",
)
def key_outside_countries(key: Key, estate: Estate) -> Iterator[Problem]:
    """A key lies outside the allowed countries.

    Who holds the key holds the data: under a key in another country, a court there can have the data opened, and an
    outage there closes it.
    """
    if not estate.terms.allow(key.location.countries):
        yield Problem(f"key {key.label} lies in {key.location}; allowed: {estate.terms.allowed}", "region")


EXAMPLES = (
    example("key beside its data", aws_provider(), resource("aws:kms/key:Key", "disks")),
    example(
        "key in Ireland by its own region",
        aws_provider(),
        resource("aws:kms/key:Key", "disks", region="eu-west-1"),
        fails("disks", "region"),
    ),
    example(
        "region is only known at deployment",
        aws_provider(region=graph.UNKNOWN),
        resource("aws:kms/key:Key", "disks"),
        unknown("disks", "enableKeyRotation"),
    ),
)
