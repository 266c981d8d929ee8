"""What somebody had erased must go from the backups too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Backup
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Backup,
    clauses=("5.1/3",),
    remedy="Delete each backup, and each copy of it, within the declared days (policies/declared/retention.toml): on "
    "AWS by `lifecycle.deleteAfter`, on Hetzner by the days that the host keeps and the number of snapshots.",
)
def backup_retention_over_ceiling(backup: Backup, estate: Estate) -> Iterator[Problem]:
    """A backup is kept beyond its ceiling, or for ever.

    What a customer had erased lives on in every backup until the last one goes. A plan without a lifecycle keeps all of
    them for ever, and so does a copy action without one of its own, whatever the rule around it says. What a host
    deletes from a storage box lives on in the snapshots of the box, so their days add up.
    """
    ceiling = estate.terms.period("backup").ceiling
    most = estate.kept_at_most(backup)
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


def _sent(days: int, snapshots: int) -> tuple[Resource, ...]:
    """A host that sends backups to a box and deletes them after some days, and the box with its daily snapshots."""
    files = {
        "/etc/backup.env": f"DESTINATION=sftp://backup.shops.example/\nKEEP_DAYS_FLOOR=7\nKEEP_DAYS_CEILING={days}\n",
        "/etc/systemd/system/backup.service": "[Service]\nEnvironmentFile=/etc/backup.env\nExecStart=/usr/bin/send\n",
        "/etc/systemd/system/backup.timer": "[Timer]\nOnCalendar=*-*-* 02:17:00\n",
    }
    document = {
        "write_files": [{"path": path, "content": content} for path, content in files.items()],
        "runcmd": ["systemctl enable --now backup.timer"],
    }
    box = resource(_BOX, "box", snapshotPlan={"hour": 5, "minute": 17, "maxSnapshots": snapshots})
    alias: dict[str, Any] = {
        "zone": "shops.example",
        "name": "backup",
        "type": "CNAME",
        "records": [{"value": ref(box)}],
    }
    return (
        resource("hcloud:index/server:Server", "web", userData=f"#cloud-config\n{json.dumps(document)}"),
        resource("hcloud:index/zoneRrset:ZoneRrset", "alias", **alias),
        box,
    )


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
    example("20 days in the box and 10 in its snapshots", *_sent(20, 10)),
    example("30 days in the box and 10 in its snapshots", *_sent(30, 10), fails("box", "snapshotPlan")),
    example(
        "40 days in the box and no snapshots",
        *(item for item in _sent(40, 0) if item.name != "box"),
        fails("web", "userData"),
    ),
    example("ten daily snapshots", resource(_BOX, "box", snapshotPlan={"hour": 2, "minute": 0, "maxSnapshots": 10})),
    example(
        "ten weekly snapshots",
        resource(_BOX, "box", snapshotPlan={"hour": 2, "minute": 0, "dayOfWeek": 1, "maxSnapshots": 10}),
        fails("box", "snapshotPlan"),
    ),
)
