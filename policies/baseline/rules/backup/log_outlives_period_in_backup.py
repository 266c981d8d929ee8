"""Deleting a log deletes none of its copies."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate, some
from baseline.estate.nouns import Backup, Store
from baseline.graph import UNKNOWN
from baseline.rule import Problem, aws_provider, example, fails, ref, resource, rule, unknown

_CLASSES = {"logs": "service_log", "audit": "audit_log"}
_OWN_DISKS = frozenset({"server disk", "instance disk"})


@rule(
    Store,
    clauses=("4.3",),
    remedy="Keep logs on a volume of their own (`holds=logs`) and take it out of every backup; on AWS narrow the "
    "selection by `conditions`, since `resources` and `selectionTags` are alternatives.",
    applies=lambda store: store.holds in _CLASSES or store.kind in _OWN_DISKS,
)
def log_outlives_period_in_backup(store: Store, estate: Estate) -> Iterator[Problem]:
    """A log lives on in a backup after its period.

    The day a log is deleted its newest backup still has it, for as long as backups are kept. A machine writes its logs
    to its own disk unless a volume holds them, so that an image of the machine is a copy of its logs.
    """
    if store.holds not in _CLASSES and not _machine_logs(store, estate):
        return
    period = estate.terms.period(_CLASSES.get(store.holds, "service_log"))

    def outlives(backup: Backup) -> bool:
        return backup.keep_at_most is None or period.floor + backup.keep_at_most > period.ceiling

    if estate.backed_up(store, outlives):
        for backup in filter(outlives, estate.backups_of(store)):
            more = "for ever" if backup.keep_at_most is None else f"for {backup.keep_at_most} days more"
            yield Problem(
                f"logs on {store.kind} {store.label} are kept for {period.floor} days, and by {backup.kind} "
                f"{backup.label} {more}: all are to be gone before day {period.ceiling} ends"
            )


def _machine_logs(store: Store, estate: Estate) -> bool:
    """Whether a machine's own disk is where its logs go: no volume of it holds logs."""
    return store.host is not None and not some(lambda other: other.holds == "logs", estate.stores_on(store.host))


_AWS = aws_provider()
_LOG = resource("aws:ebs/volume:Volume", "log", tags={"holds": "logs"})
_PLAN = resource("aws:backup/plan:Plan", "plan", rules=[{"targetVaultName": "vault", "lifecycle": {"deleteAfter": 30}}])
_SELECTION = "aws:backup/selection:Selection"
_DAILY = {"key": "backup", "value": "daily"}
_NARROW = [{"stringEquals": [{"key": "aws:ResourceTag/backup", "value": "daily"}]}]
_SERVER = resource("hcloud:index/server:Server", "web", location="fsn1", backups=True)
_VOLUME = "hcloud:index/volume:Volume"

EXAMPLES = (
    example(
        "conditions narrow the selection to what is tagged",
        _AWS,
        _LOG,
        _PLAN,
        resource(_SELECTION, "tagged", planId=ref(_PLAN), resources=["arn:aws:ec2:*:*:volume/*"], conditions=_NARROW),
    ),
    example(
        "a tag beside a type is an alternative, so every volume is taken",
        _AWS,
        _LOG,
        _PLAN,
        resource(
            _SELECTION,
            "tagged",
            planId=ref(_PLAN),
            resources=["arn:aws:ec2:*:*:volume/*"],
            selectionTags=[{"type": "STRINGEQUALS", **_DAILY}],
        ),
        fails("log"),
    ),
    example(
        "only deployment knows the tag",
        _AWS,
        resource("aws:ebs/volume:Volume", "log", tags={"holds": "logs", "backup": UNKNOWN}),
        _PLAN,
        resource(_SELECTION, "tagged", planId=ref(_PLAN), selectionTags=[{"type": "STRINGEQUALS", **_DAILY}]),
        unknown("log"),
    ),
    example(
        "an audit log may be backed up for 30 days: 395 are fewer than 400",
        _AWS,
        resource("aws:s3/bucket:Bucket", "trail", tags={"holds": "audit"}),
        _PLAN,
        resource(_SELECTION, "all", planId=ref(_PLAN), resources=["*"]),
    ),
    example(
        "logs lie on a volume, which is in no server backup",
        _SERVER,
        resource(_VOLUME, "log", location="fsn1", serverId=ref(_SERVER), labels={"holds": "logs"}),
    ),
    example("logs lie on the disk of the server", _SERVER, fails("web")),
    example(
        "only deployment knows what the volume holds",
        _SERVER,
        resource(_VOLUME, "log", location="fsn1", serverId=ref(_SERVER), labels={"holds": UNKNOWN}),
        unknown("web"),
        unknown("log"),
    ),
)
