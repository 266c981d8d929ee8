"""What somebody had erased must go from the backups too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Backup
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, resource, rule, unknown


@rule(
    Backup,
    clauses=("5.1/3",),
    remedy="Delete each backup, and each copy of it, within the declared days (policies/declared/retention.toml): on "
    "AWS by `lifecycle.deleteAfter`, on Hetzner by the days that the host keeps and the number of snapshots.",
)
def backup_retention_over_ceiling(backup: Backup, estate: Estate) -> Iterator[Problem]:
    """A backup is kept beyond its ceiling, or for ever.

    What a customer had erased lives on in every backup until the last one goes. A plan without a lifecycle keeps all of
    them for ever, and so does a copy action without one of its own, whatever the rule around it says.
    """
    ceiling = estate.terms.period("backup").ceiling
    most = backup.keep_at_most
    if most is None or most > ceiling:
        kept = "for ever" if most is None else f"for up to {most} days"
        yield Problem(f"the {backup.kind} {backup.label} keeps backups {kept}, and {ceiling} days are allowed")


_AWS = aws_provider()


def _plan(days: Any = None, **copy: Any) -> Resource:
    rule_: dict[str, Any] = {"targetVaultName": "vault", "lifecycle": {"deleteAfter": days} if days else None}
    if copy:
        rule_["copyActions"] = [{"destinationVaultArn": "arn:aws:backup:eu-west-1:1:backup-vault:copies", **copy}]
    return resource("aws:backup/plan:Plan", "plan", rules=[{key: value for key, value in rule_.items() if value}])


_BOX = "hcloud:index/storageBox:StorageBox"

EXAMPLES = (
    example("30 days", _AWS, _plan(30)),
    example("exactly the ceiling", _AWS, _plan(35, lifecycle={"deleteAfter": 35})),
    example("400 days", _AWS, _plan(400), fails("plan", "rules.0")),
    example("no lifecycle is for ever", _AWS, _plan(), fails("plan", "rules.0")),
    example(
        "the copy has no lifecycle of its own",
        _AWS,
        _plan(30, destinationVaultArn="arn:aws:backup:eu-west-1:123456789012:backup-vault:copies"),
        fails("plan", "rules.0"),
    ),
    example(
        "only deployment knows how long",
        _AWS,
        _plan(30, lifecycle={"deleteAfter": UNKNOWN}),
        unknown("plan", "rules.0"),
    ),
    example("ten daily snapshots", resource(_BOX, "box", snapshotPlan={"hour": 2, "minute": 0, "maxSnapshots": 10})),
    example(
        "ten weekly snapshots",
        resource(_BOX, "box", snapshotPlan={"hour": 2, "minute": 0, "dayOfWeek": 1, "maxSnapshots": 10}),
        fails("box", "snapshotPlan"),
    ),
)
