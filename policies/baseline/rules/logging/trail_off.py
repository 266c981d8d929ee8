"""Who changed what, in every region."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate, some
from baseline.estate.builder import undecided
from baseline.estate.nouns import Account, Trail
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Account,
    clauses=("5.1/2", "5.5"),
    remedy="Add one trail with isMultiRegionTrail and management events, and leave enableLogging on.",
    applies=lambda account: account.provider == "aws",
)
def trail_off(account: Account, estate: Estate) -> Iterator[Problem]:
    """No trail of the account records changes in every region.

    An intruder works where nobody looks: a trail of one region records nothing of what is made in another, nor of IAM
    unless it includes global services. A trail that exists may still be switched off, or take reads or data only.
    """

    def records(trail: Trail) -> bool:
        return trail.logging and trail.every_region and _same(trail, account)

    id_, by_account = account.given("id"), estate.once(_by_account)
    near = [trail for key in (account.urn, id_, "") for trail in by_account.get(key, ())]
    if not some(records, estate.all(Trail) if undecided(id_) else near):
        yield Problem(f"no trail of the account of {account.label} records the changes of every region")


def _by_account(estate: Estate) -> dict[str, list[Trail]]:
    """Trails by the URN of their provider, and by their account's id; `""` where nobody knows it."""
    index: dict[str, list[Trail]] = {}
    for trail in estate.all(Trail):
        id_ = trail.given("account")
        for key in (trail.origin.provider, "" if undecided(id_) else id_):
            index.setdefault(key, []).append(trail)
    return index


def _same(trail: Trail, account: Account) -> bool:
    return trail.origin.provider == account.urn or trail.account == account.id


_TRAIL = "aws:cloudtrail/trail:Trail"
_WRITES = {"fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]}
_OBJECTS = {"fieldSelectors": [{"field": "eventCategory", "equals": ["Data"]}]}
_ALL: dict[str, Any] = {"s3BucketName": "trail", "isMultiRegionTrail": True}

EXAMPLES = (
    example("one trail of every region", aws_provider(), resource(_TRAIL, "trail", **_ALL)),
    example(
        "it serves the account's other region too",
        aws_provider(),
        aws_provider("eu-west-1", "far"),
        resource(_TRAIL, "trail", **_ALL),
    ),
    example("none", aws_provider(), fails("aws")),
    example("of one region", aws_provider(), resource(_TRAIL, "trail", s3BucketName="trail"), fails("aws")),
    example("switched off", aws_provider(), resource(_TRAIL, "trail", **_ALL, enableLogging=False), fails("aws")),
    example(
        "without IAM",
        aws_provider(),
        resource(_TRAIL, "trail", **_ALL, includeGlobalServiceEvents=False),
        fails("aws"),
    ),
    example(
        "reads only",
        aws_provider(),
        resource(_TRAIL, "trail", **_ALL, eventSelectors=[{"readWriteType": "ReadOnly"}]),
        fails("aws"),
    ),
    example(
        "without KMS, where keys are deleted",
        aws_provider(),
        resource(_TRAIL, "trail", **_ALL, eventSelectors=[{"excludeManagementEventSources": ["kms.amazonaws.com"]}]),
        fails("aws"),
    ),
    example(
        "objects beside changes",
        aws_provider(),
        resource(_TRAIL, "trail", **_ALL, advancedEventSelectors=[_WRITES, _OBJECTS]),
    ),
    example(
        "objects only",
        aws_provider(),
        resource(_TRAIL, "trail", **_ALL, advancedEventSelectors=[_OBJECTS]),
        fails("aws"),
    ),
    example(
        "the trail is another account's",
        aws_provider(),
        aws_provider("eu-central-1", "other", allowedAccountIds=["210987654321"]),
        resource(_TRAIL, "trail", **_ALL),
        fails("other"),
    ),
    example(
        "only deployment knows whether it logs",
        aws_provider(),
        resource(_TRAIL, "trail", **_ALL, enableLogging=UNKNOWN),
        unknown("aws"),
    ),
)
