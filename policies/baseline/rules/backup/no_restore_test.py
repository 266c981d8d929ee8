"""A backup that was never restored is a hope."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate, some
from baseline.estate.nouns import Backup
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, not_observable, ref, resource, rule, unknown


@rule(
    Backup,
    clauses=("5.1/3",),
    remedy="On AWS add a RestoreTestingPlan over the vault and a RestoreTestingSelection that takes every kind of "
    "store that the plan covers. On Hetzner no resource can: let people do it by plan, and state so (statements.toml).",
    # What holds no data is made again from what is declared; the snapshots of a box are of what others restore.
    applies=lambda backup: (
        backup.kind != "box snapshots" and some(lambda store: store.holds == "data", (*backup.stores, *backup.perhaps))
    ),
)
def no_restore_test(backup: Backup, _: Estate) -> Iterator[Problem]:
    """No restore of a backup is tested.

    A wrong key, a role without a permission or an empty recovery point shows only when somebody restores. A test counts
    where it takes the stores that the plan covers, from a vault that the plan fills, by a schedule that does run.
    """
    if not backup.restore_tested:
        yield Problem(f"nothing restores what the {backup.kind} {backup.label} keeps, so nobody knows that it can be")


_AWS = aws_provider()
_DATA = resource("aws:ebs/volume:Volume", "data", encrypted=True, tags={"backup": "daily"})
_PLAN = resource("aws:backup/plan:Plan", "plan", rules=[{"targetVaultName": "vault"}])
_ALL = resource("aws:backup/selection:Selection", "all", planId=ref(_PLAN), resources=["*"])


def _test(schedule: Any = "cron(0 5 ? * SUN *)", vault: str = "*") -> Resource:
    return resource(
        "aws:backup/restoreTestingPlan:RestoreTestingPlan",
        "test",
        name="test",
        scheduleExpression=schedule,
        recoveryPointSelection={"includeVaults": [vault], "recoveryPointTypes": ["SNAPSHOT"]},
    )


def _takes(kind: str = "EBS", **said: Any) -> Resource:
    return resource(
        "aws:backup/restoreTestingSelection:RestoreTestingSelection",
        "takes",
        restoreTestingPlanName="test",
        protectedResourceType=kind,
        **said,
    )


_OF_VAULT = "arn:aws:backup:eu-central-1:123456789012:backup-vault:vault"
_OF_OTHER = "arn:aws:backup:eu-central-1:123456789012:backup-vault:other"
_TAGGED = {"stringEquals": [{"key": "aws:ResourceTag/backup", "value": "daily"}]}

EXAMPLES = (
    example("every week", _AWS, _DATA, _PLAN, _ALL, _test(), _takes(protectedResourceArns=["*"])),
    example(
        "by tag, from the vault of the plan",
        _AWS,
        _DATA,
        _PLAN,
        _ALL,
        _test(vault=_OF_VAULT),
        _takes(protectedResourceConditions=_TAGGED),
    ),
    example("none", _AWS, _DATA, _PLAN, _ALL, fails("plan", "rules.0")),
    example("of databases only", _AWS, _DATA, _PLAN, _ALL, _test(), _takes("RDS"), fails("plan", "rules.0")),
    example("from another vault", _AWS, _DATA, _PLAN, _ALL, _test(vault=_OF_OTHER), _takes(), fails("plan", "rules.0")),
    example(
        "on a day that never comes",
        _AWS,
        _DATA,
        _PLAN,
        _ALL,
        _test("cron(0 5 31 2 ? *)"),
        _takes(),
        fails("plan", "rules.0"),
    ),
    example(
        "only deployment knows when", _AWS, _DATA, _PLAN, _ALL, _test(UNKNOWN), _takes(), unknown("plan", "rules.0")
    ),
    example(
        "Hetzner has no restore tests",
        resource("hcloud:index/server:Server", "web", location="fsn1", backups=True),
        not_observable("web", "backups"),
    ),
)
