"""Coverage is asked of each store: that a plan exists somewhere says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from baseline.estate import Estate, every
from baseline.estate.nouns import Backup, Store
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown


@rule(
    Store,
    clauses=("5.1/3",),
    remedy="Let a daily schedule cover the store: on AWS a plan whose selection takes it and whose vault accepts what "
    "it keeps, on Hetzner a timer of the host that sends its data away. Label it `holds=` where it holds no data.",
    # Exempt is what holds no data: logs and audit logs have periods that a backup would break, systems and names are
    # made again from what is declared, queues and secrets pass, and backups are copies already.
    applies=lambda store: store.holds == "data",
)
def store_without_daily_backup(store: Store, estate: Estate) -> Iterator[Problem]:
    """A store of data has no daily backup.

    What happened since the last backup is lost with the disk. A schedule counts by when it runs, not by its name
    (`cron(0 5 ? * MON-FRI *)` is not daily), a selection by what it takes, and a vault only where its lock accepts what
    the plan keeps; of a vault that nobody sees, nobody knows. What runs into one vault on working days and on weekends
    runs every day. Snapshots inside the store go with it, so they do not count.
    """
    if estate.backed_up(store, _daily_and_outside):
        return
    reasons = [_why_not(backup) for backup in estate.backups_of(store)]
    yield Problem(f"{store.kind} {store.label} has no daily backup: {'; '.join(reasons) or 'nothing covers it'}")


_WANTED: tuple[Callable[[Backup], bool], ...] = (
    lambda backup: backup.kind != "box snapshots",
    lambda backup: backup.daily,
    lambda backup: not backup.refused,
)


def _daily_and_outside(backup: Backup) -> bool:
    return every(lambda holds: holds(backup), _WANTED)


def _why_not(backup: Backup) -> str:
    if backup.kind == "box snapshots":
        return f"the snapshots of {backup.label} lie inside it"
    if backup.given("daily") is False:
        return f"{backup.label} does not run every day{backup.schedule and f': {backup.schedule}'}"
    return f"{backup.label} can make none, for {backup.refused}"


_AWS = aws_provider()
_DATA = resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a", tags={"backup": "daily"})
_VOLUMES = "arn:aws:ec2:*:*:volume/*"
_TAG = {"key": "backup", "value": "daily"}
_VAULT = resource("aws:backup/vault:Vault", "vault", name="vault")
_LOCK = resource(
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration", "lock", backupVaultName="vault", maxRetentionDays=14
)


_RULE = {"ruleName": "daily", "targetVaultName": "vault", "lifecycle": {"deleteAfter": 30}}


def _plan(schedule: Any = "cron(0 5 * * ? *)", **changed: Any) -> Resource:
    return resource("aws:backup/plan:Plan", "plan", rules=[{**_RULE, "schedule": schedule, **changed}])


def _two_rules(**second: Any) -> Resource:
    working, weekend = ({**_RULE, "schedule": f"cron(0 5 ? * {days} *)"} for days in ("MON-FRI", "SAT,SUN"))
    return resource("aws:backup/plan:Plan", "plan", rules=[working, {**weekend, **second}])


def _chosen(**said: Any) -> Resource:
    return resource("aws:backup/selection:Selection", "chosen", planId=ref(_plan()), **said)


_BY_TAG = _chosen(selectionTags=[{"type": "STRINGEQUALS", **_TAG}])
_SERVER = resource("hcloud:index/server:Server", "web", location="fsn1", backups=True)
_DISK = resource("hcloud:index/volume:Volume", "data", location="fsn1", serverId=ref(_SERVER))

EXAMPLES = (
    example("a plan takes the volume by its tag", _AWS, _DATA, _plan(), _BY_TAG, _VAULT),
    example(
        "the tag that takes it is one that the provider gives everything",
        aws_provider(defaultTags={"tags": {"backup": "daily"}}),
        resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a"),
        _plan(),
        _BY_TAG,
        _VAULT,
    ),
    example("the volume itself is named", _AWS, _DATA, _plan(), _chosen(resources=[ref(_DATA)]), _VAULT),
    example("nobody knows the vault", _AWS, _DATA, _plan(), _BY_TAG, unknown("data")),
    example("only deployment knows the vault", _AWS, _DATA, _plan(targetVaultName=UNKNOWN), _BY_TAG, unknown("data")),
    example("there is a plan that selects nothing", _AWS, _DATA, _plan(), fails("data")),
    example(
        "a tag of its own beats the one that the provider gives everything",
        aws_provider(defaultTags={"tags": {"backup": "daily"}}),
        resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a", tags={"backup": "never"}),
        _plan(),
        _BY_TAG,
        fails("data"),
    ),
    example(
        "either of type and tag is enough",
        _AWS,
        resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a"),
        _plan(),
        _chosen(resources=[_VOLUMES], selectionTags=[{"type": "STRINGEQUALS", **_TAG}]),
        _VAULT,
    ),
    example(
        "a condition narrows what the type takes",
        _AWS,
        resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a"),
        _plan(),
        _chosen(
            resources=[_VOLUMES],
            conditions=[{"stringEquals": [{"key": "aws:ResourceTag/backup", "value": "daily"}]}],
        ),
        fails("data"),
    ),
    example(
        "what is taken out is not covered",
        _AWS,
        _DATA,
        _plan(),
        _chosen(resources=["*"], notResources=[_VOLUMES]),
        fails("data"),
    ),
    example("Mondays to Fridays", _AWS, _DATA, _plan("cron(0 5 ? * MON-FRI *)"), _BY_TAG, fails("data")),
    example("every twelve hours", _AWS, _DATA, _plan("rate(12 hours)"), _BY_TAG, _VAULT),
    example("working days and weekends", _AWS, _DATA, _two_rules(), _BY_TAG, _VAULT),
    example(
        "working days, and weekends into another vault",
        _AWS,
        _DATA,
        _two_rules(targetVaultName="other"),
        _BY_TAG,
        _VAULT,
        fails("data"),
    ),
    example(
        "the lock refuses what is made on weekends",
        _AWS,
        _DATA,
        _two_rules(lifecycle={"deleteAfter": 7}),
        _BY_TAG,
        _VAULT,
        resource(
            "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
            "lock",
            backupVaultName="vault",
            minRetentionDays=14,
        ),
        fails("data"),
    ),
    example("a start may wait for two days", _AWS, _DATA, _plan(startWindow=2880), _BY_TAG, fails("data")),
    example("the lock of the vault refuses 30 days", _AWS, _DATA, _plan(), _BY_TAG, _VAULT, _LOCK, fails("data")),
    example(
        "the plan works in another region",
        _AWS,
        resource("aws:ebs/volume:Volume", "data", region="eu-west-1", tags={"backup": "daily"}),
        _plan(),
        _BY_TAG,
        fails("data"),
    ),
    example(
        "only deployment knows the tag",
        _AWS,
        resource("aws:ebs/volume:Volume", "data", availabilityZone="eu-central-1a", tags={"backup": UNKNOWN}),
        _plan(),
        _BY_TAG,
        unknown("data"),
    ),
    example(
        "the selection means one of two volumes",
        _AWS,
        _DATA,
        resource("aws:ebs/volume:Volume", "more", availabilityZone="eu-central-1a"),
        _plan(),
        _chosen(resources=[ref(_DATA, resource("aws:ebs/volume:Volume", "more"))]),
        unknown("data"),
        unknown("more"),
    ),
    example("only deployment knows the schedule", _AWS, _DATA, _plan(UNKNOWN), _BY_TAG, unknown("data")),
    example("server backups hold no attached volume", _SERVER, _DISK, fails("data")),
    example(
        "server backups hold the server's own disk",
        resource("hcloud:index/server:Server", "web", location="fsn1", backups=True),
    ),
    example(
        "snapshots of a box lie inside it",
        resource(
            "hcloud:index/storageBox:StorageBox",
            "box",
            location="fsn1",
            snapshotPlan={"hour": 2, "minute": 0, "maxSnapshots": 7},
        ),
        fails("box"),
    ),
    example(
        "only deployment knows whether the server has backups",
        resource("hcloud:index/server:Server", "web", location="fsn1", backups=UNKNOWN),
        unknown("web"),
    ),
)
