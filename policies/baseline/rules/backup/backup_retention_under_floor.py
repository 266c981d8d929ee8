"""A fault found late needs a backup from before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate, some
from baseline.estate.nouns import Backup
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Backup,
    clauses=("5.1/3",),
    remedy="Keep each backup, and each copy of it, for at least the declared days (policies/declared/retention.toml).",
    # Snapshots of a store of backups only add to what the backups in it promise.
    applies=lambda backup: some(lambda store: store.holds != "backups", (*backup.stores, *backup.perhaps)),
)
def backup_retention_under_floor(backup: Backup, estate: Estate) -> Iterator[Problem]:
    """A backup is deleted before its floor.

    A fault or an intruder is seldom noticed the same day; by then the last good backup must not be gone. A copy in
    another place that lives for less is no backup of that place.
    """
    floor = estate.terms.period("backup").floor
    if backup.keep_at_least is not None and backup.keep_at_least < floor:
        yield Problem(
            f"the {backup.kind} {backup.label} keeps a backup for {backup.keep_at_least} days, and {floor} are promised"
        )


_AWS = aws_provider()
_DATA = resource("aws:ebs/volume:Volume", "data", encrypted=True)


def _plan(days: Any, copy_days: Any = 30) -> Resource:
    copy = {
        "destinationVaultArn": "arn:aws:backup:eu-west-1:123456789012:backup-vault:copies",
        "lifecycle": {"deleteAfter": copy_days},
    }
    rule_ = {"targetVaultName": "vault", "lifecycle": {"deleteAfter": days}, "copyActions": [copy]}
    return resource("aws:backup/plan:Plan", "plan", rules=[rule_])


_ALL = resource("aws:backup/selection:Selection", "all", planId=ref(_plan(1)), resources=["*"])

EXAMPLES = (
    example("30 days", _AWS, _DATA, _plan(30), _ALL),
    example("exactly the floor", _AWS, _DATA, _plan(7), _ALL),
    example("one day less", _AWS, _DATA, _plan(6), _ALL, fails("plan", "rules.0")),
    example("the copy goes after three days", _AWS, _DATA, _plan(30, 3), _ALL, fails("plan", "rules.0")),
    example("only deployment knows how long", _AWS, _DATA, _plan(UNKNOWN), _ALL, unknown("plan", "rules.0")),
    example("seven slots of a server", resource("hcloud:index/server:Server", "web", location="fsn1", backups=True)),
    example(
        "a box of data with three snapshots",
        resource(
            "hcloud:index/storageBox:StorageBox",
            "box",
            location="fsn1",
            snapshotPlan={"hour": 2, "minute": 0, "maxSnapshots": 3},
        ),
        fails("box", "snapshotPlan"),
    ),
)
