"""The switches by which providers back up what they run: which way is off, and what only deployment decides."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.facts.own_backups import SWITCHES
from baseline.graph import UNKNOWN
from baseline.rule import resource

RDS = "aws:rds/instance:Instance"
CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "aws:dynamodb/table:Table",
        {"pointInTimeRecovery": {"enabled": True}},
        {"pointInTimeRecovery": {"enabled": False}},
    ),
    ("aws:elasticache/cluster:Cluster", {"snapshotRetentionLimit": 7}, {}),
    ("aws:elasticache/replicationGroup:ReplicationGroup", {"snapshotRetentionLimit": 7.0}, {}),
    ("aws:memorydb/cluster:Cluster", {"snapshotRetentionLimit": 7}, {"snapshotRetentionLimit": 0.0}),
    (RDS, {"backupRetentionPeriod": 7}, {"backupRetentionPeriod": 0}),
    (RDS, {"backupRetentionPeriod": "7"}, {"backupRetentionPeriod": "0"}),
    ("aws:redshift/cluster:Cluster", {}, {"automatedSnapshotRetentionPeriod": 0}),
    (
        "aws:efs/backupPolicy:BackupPolicy",
        {"backupPolicy": {"status": "ENABLED"}},
        {"backupPolicy": {"status": "DISABLED"}},
    ),
    ("aws:s3/bucket:Bucket", {"versioning": {"enabled": True}}, {"versioning": {"enabled": False}}),
    ("aws:s3/bucketV2:BucketV2", {"versionings": [{"enabled": True}]}, {"versionings": [{"enabled": False}]}),
    *(
        (
            f"aws:s3/bucketVersioning{v}:BucketVersioning{v}",
            {"versioningConfiguration": {"status": "Enabled"}},
            {"versioningConfiguration": {"status": "Suspended"}},
        )
        for v in ("", "V2")
    ),
    ("hcloud:index/server:Server", {"backups": True}, {}),
    ("hcloud:index/server:Server", {"backups": "true"}, {"backups": "false"}),
    ("hcloud:index/storageBox:StorageBox", {"snapshotPlan": {"maxSnapshots": 7}}, {}),
]


def goes_off(type_: str, before: dict[str, Any], after: dict[str, Any]) -> Any:
    """What the switch of a type says of an update."""
    return SWITCHES[type_].goes_off(resource(type_, "it", **before), resource(type_, "it", **after))


@pytest.mark.parametrize(("type_", "on", "off"), CASES)
def test_only_the_way_from_on_to_off_is_off(type_: str, on: dict[str, Any], off: dict[str, Any]) -> None:
    """What stays as it is, and what is switched on, is no loss."""
    assert goes_off(type_, on, off) is True
    assert not any(goes_off(type_, *way) for way in ((off, on), (on, on), (off, off)))


def test_every_switch_has_a_case() -> None:
    """No type is in the table whose way off nobody has tried."""
    assert {type_ for type_, _, _ in CASES} == SWITCHES.keys()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"backupRetentionPeriod": 7}, {"backupRetentionPeriod": UNKNOWN}),
        ({"backupRetentionPeriod": UNKNOWN}, {"backupRetentionPeriod": 0}),
        ({"backupRetentionPeriod": UNKNOWN}, {"backupRetentionPeriod": UNKNOWN}),
        ({"backupRetentionPeriod": 7}, {}),
    ],
)
def test_what_nobody_knows_is_not_said_to_stay_on(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Nor is what the program says no longer, where the provider may keep it."""
    assert type(goes_off(RDS, before, after)) is type(UNKNOWN)


def test_where_a_retention_of_no_days_deletes_at_once() -> None:
    """At Hetzner, RDS and Redshift the backups that exist end with the switch, and it is said so."""
    deleting = {type_ for type_, switch in SWITCHES.items() if "deletes" in switch.ends}
    assert deleting == {"hcloud:index/server:Server", RDS, "aws:redshift/cluster:Cluster"}
