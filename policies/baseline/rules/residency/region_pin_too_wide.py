"""A region pin names what is in use in allowed countries, and no more."""

from __future__ import annotations

import json
from collections.abc import Iterator

from baseline import graph
from baseline.estate import Estate
from baseline.estate.builder import place
from baseline.estate.nouns import Account, Location, RegionPin
from baseline.estate.patterns import any_covers
from baseline.estate.tenancy import in_account
from baseline.graph import Resource
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    RegionPin,
    clauses=("5.2.1",),
    remedy="Name exactly the regions of the declared providers in `aws:RequestedRegion`, without patterns.",
)
def region_pin_too_wide(pin: RegionPin, estate: Estate) -> Iterator[Problem]:
    """A region pin allows more regions than are declared, or than are allowed.

    A pin is there for the day on which a declaration is wrong or nobody asks it. `eu-*` takes in London and Zurich, and
    each region that AWS will ever open under that name.
    """
    bound = _bound(pin, estate)
    patterns = [region for region in pin.regions if "*" in region or "?" in region]
    for region in sorted(pin.regions):
        if region not in patterns and any_covers(patterns, region):
            continue  # said once, of the pattern
        where = place("aws", region)
        if not isinstance(where, Location):
            yield Problem(f"{pin.kind} {pin.label} allows {region!r}, which is not one region that a table knows")
        elif not estate.terms.allow(where.countries):
            yield Problem(f"{pin.kind} {pin.label} allows {where}; allowed: {estate.terms.allowed}")
        elif bound and region not in {account.location.name for account in bound}:
            yield Problem(f"{pin.kind} {pin.label} allows {where}, where no provider is declared")


def _bound(pin: RegionPin, estate: Estate) -> list[Account]:
    """The accounts of this program that a pin binds: an SCP is kept in another account than it is for."""
    if pin.kind == "boundary":
        return list(in_account(estate, Account, pin))
    return [account for account in estate.all(Account) if account.provider == "aws" and account.id in pin.binds]


def boundary(operator: str, *regions: str) -> str:
    """A boundary that refuses everything outside some regions."""
    condition = {operator: {"aws:RequestedRegion": regions}}
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition}
    return json.dumps({"Version": "2012-10-17", "Statement": [deny]})


def policy(document: object) -> Resource:
    """The policy that holds it."""
    return resource("aws:iam/policy:Policy", "pin", policy=document)


def role(bounded_by: Resource) -> Resource:
    """A role under that policy."""
    return resource("aws:iam/role:Role", "host", permissionsBoundary=ref(bounded_by))


EXAMPLES = (
    example("one region, in use", aws_provider(), policy(boundary("StringNotEquals", "eu-central-1"))),
    example(
        "a region in another country",
        aws_provider(),
        policy(boundary("StringNotEquals", "eu-central-1", "eu-west-1")),
        fails("pin", "policy"),
    ),
    example(
        "a pattern takes in regions of other countries and regions to come",
        aws_provider(),
        policy(boundary("ForAnyValue:StringNotLike", "eu-central-*")),
        fails("pin", "policy"),
    ),
    example(
        "an allowed country, but nothing is declared there",
        aws_provider("eu-central-1"),
        policy(boundary("stringnotequalsifexists", "eusc-de-east-1", "eu-central-1")),
        fails("pin", "policy"),
    ),
    example(
        "a statement that only allows, held to a region in another country",
        aws_provider(),
        policy(
            json.dumps(
                {
                    "Statement": {
                        "Effect": "Allow",
                        "Action": "*",
                        "Resource": "*",
                        "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}},
                    }
                }
            )
        ),
        fails("pin", "policy"),
    ),
    example(
        "a boundary that nobody can read",
        aws_provider(),
        unreadable := policy(graph.UNKNOWN),
        role(unreadable),
        unknown("pin", "policy"),
    ),
)
