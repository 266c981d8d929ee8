"""A backup is a whole copy of the data, and often lies elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Backup
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, not_observable, resource, rule, unknown


@rule(
    Backup,
    clauses=("5.2.1",),
    remedy="Send the backup to a place in the allowed countries: change the vault's region, or the location that the "
    "environment declares for its backups.",
)
def backup_leaves_countries(backup: Backup, estate: Estate) -> Iterator[Problem]:
    """A backup lies outside the allowed countries.

    A copy action moves all data across a border every night, and needs no other resource in the far region to do so.
    The country counts, not the name: eu-west-2 is in the United Kingdom.
    """
    for location in dict.fromkeys((backup.location, *backup.locations)):
        if not estate.terms.allow(location.countries):
            yield Problem(
                f"the {backup.kind} {backup.label} keeps backups in {location}; allowed is {estate.terms.allowed}"
            )


_AWS = aws_provider()


def _plan(target: Any) -> Resource:
    rule_ = {"targetVaultName": "vault", "schedule": "rate(1 day)", "copyActions": [{"destinationVaultArn": target}]}
    return resource("aws:backup/plan:Plan", "plan", rules=[rule_])


_BOX = "hcloud:index/storageBox:StorageBox"
_SNAPSHOTS = {"hour": 2, "minute": 0, "maxSnapshots": 7}

EXAMPLES = (
    example("at home", _AWS, resource("aws:backup/plan:Plan", "plan", rules=[{"targetVaultName": "vault"}])),
    example(
        "in the same country, in another partition",
        _AWS,
        _plan("arn:aws-eusc:backup:eusc-de-east-1:123456789012:backup-vault:copies"),
    ),
    example(
        "copied to London",
        _AWS,
        _plan("arn:aws:backup:eu-west-2:123456789012:backup-vault:copies"),
        fails("plan", "rules.0"),
    ),
    example(
        "copied to Ohio",
        _AWS,
        _plan("arn:aws:backup:us-east-2:123456789012:backup-vault:copies"),
        fails("plan", "rules.0"),
    ),
    example("only deployment knows where to", _AWS, _plan(UNKNOWN), unknown("plan", "rules.0")),
    example("a box in Germany", resource(_BOX, "box", location="fsn1", snapshotPlan=_SNAPSHOTS)),
    example(
        "a box in Finland",
        resource(_BOX, "box", location="hel1", snapshotPlan=_SNAPSHOTS),
        fails("box", "snapshotPlan"),
    ),
    example(
        "Hetzner does not say where it keeps images",
        resource("hcloud:index/server:Server", "web", location="fsn1", backups=True),
        not_observable("web", "backups"),
    ),
)
