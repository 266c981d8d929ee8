"""What services of AWS back up by themselves: how long, where, and of which stores."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.aws.service_backups import OWN
from baseline.estate.build import build
from baseline.estate.nouns import Backup
from baseline.estate.terms import Terms
from baseline.graph import UNKNOWN
from baseline.judge import judge
from baseline.rule import all_rules, aws_provider, example, ref, resource
from tests.baseline.estate.aws.judging import findings, nested, outcomes, passed
from tests.baseline.estate.aws.sdk import inputs

DAILY, FLOOR, CEILING = "store_without_daily_backup", "backup_retention_under_floor", "backup_retention_over_ceiling"
DATABASE = "aws:rds/instance:Instance"
DATA: dict[str, Any] = {"tags": {"holds": "data"}}


def backups(*resources: Any) -> list[tuple[str, set[str], int | None, int | None, list[str]]]:
    """Label, stores, days at least and at most, and places of each backup."""
    estate = build(example("", aws_provider(), *resources).graph, Terms())
    return [
        (
            backup.label,
            {store.label for store in backup.stores},
            backup.keep_at_least,
            backup.keep_at_most,
            [location.name for location in backup.locations],
        )
        for backup in estate.all(Backup)
    ]


@pytest.mark.parametrize("type_", sorted(OWN))
def test_every_input_is_one_of_its_type(type_: str) -> None:
    """A misspelt input is never there, and its default would be taken for the answer."""
    own = OWN[type_]
    named = filter(None, (own.path, own.days, own.switch and own.switch.path))
    assert [path for path in named if path not in inputs()[type_]] == []


@pytest.mark.parametrize("type_", sorted(type_ for type_, own in OWN.items() if own.path and not own.switch))
def test_days_make_a_daily_backup_and_none_makes_none(type_: str) -> None:
    """Zero is no backup; what only deployment knows may be one; where nobody says it, the default counts."""
    own = OWN[type_]
    good = resource(type_, "it", **nested(own.path, 7), **DATA)
    assert passed(DAILY, good) == {"it"}
    assert backups(good) == [("it", {"it"}, 7, 7, ["eu-central-1"])]
    assert outcomes(DAILY, resource(type_, "it", **nested(own.path, 0), **DATA)) == {("fail", "it", "")}
    assert outcomes(DAILY, resource(type_, "it", **nested(own.path, UNKNOWN), **DATA)) == {("unknown", "it", "")}
    assert passed(DAILY, resource(type_, "it", **DATA)) == ({"it"} if own.absent else set())


@pytest.mark.parametrize("type_", sorted(type_ for type_, own in OWN.items() if own.switch))
def test_a_switch_makes_a_daily_backup(type_: str) -> None:
    """On it is one for the days that the service keeps; off it is none."""
    own = OWN[type_]
    assert own.switch is not None
    good = resource(type_, "it", **nested(own.switch.path, own.switch.wanted[0]), **DATA)
    assert passed(DAILY, good) == {"it"}
    assert backups(good) == [("it", {"it"}, own.absent, own.absent, ["eu-central-1"])]
    off: Any = False if own.switch.wanted == (True,) else "DISABLED"
    assert outcomes(DAILY, resource(type_, "it", **nested(own.switch.path, off), **DATA)) == {("fail", "it", "")}


def test_a_day_is_too_short_and_for_ever_is_too_long() -> None:
    """Their days are held against the declared ones as those of any backup are."""
    (short,) = findings(FLOOR, resource("aws:docdb/cluster:Cluster", "notes"))
    assert short.message == "the backup by the service notes keeps a backup for 1 days, and 7 are promised"
    (long,) = findings(CEILING, resource(DATABASE, "orders", backupRetentionPeriod=400))
    assert long.message.startswith("the backup by the service orders keeps backups for up to 400 days, and ")


def test_a_copy_in_another_region_counts_with_its_own_days() -> None:
    """What is replicated lies in two places, and the shorter of both is what is kept for certain."""
    database = resource(DATABASE, "orders", backupRetentionPeriod=14)
    copy = resource(
        "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
        "copy",
        sourceDbInstanceArn=ref(database),
        region="eu-west-1",
    )
    assert backups(database, copy) == [("orders", {"orders"}, 7, 14, ["eu-central-1", "eu-west-1"])]
    warehouse = resource("aws:redshift/cluster:Cluster", "sums", clusterIdentifier="sums")
    there: dict[str, Any] = {"clusterIdentifier": "sums", "destinationRegion": "eu-west-3", "retentionPeriod": 30}
    copy = resource("aws:redshift/snapshotCopy:SnapshotCopy", "copy", **there)
    assert backups(warehouse, copy) == [("sums", {"sums"}, 1, 30, ["eu-central-1", "eu-west-3"])]


def test_a_backup_beside_its_data_is_found_as_any_is() -> None:
    """Where the allowed countries have another region, a backup that stays is no help against a fire."""
    terms = Terms(stack="example", allowed_countries=frozenset({"US"}))
    case = example("", aws_provider("us-east-1"), resource(DATABASE, "orders", backupRetentionPeriod=7), terms=terms)
    (backup,) = build(case.graph, case.terms).all(Backup)
    assert [location.name for location in backup.locations] == ["us-east-1"]
    assert "backup_in_same_place" in failing(case)


def failing(case: Any) -> set[str]:
    """The rules that find something at an example."""
    return {found.rule for found in judge(build(case.graph, case.terms), all_rules()).findings}


def test_the_policy_of_a_file_system_backs_it_up() -> None:
    """EFS has a resource of its own for it."""
    files = resource("aws:efs/fileSystem:FileSystem", "files", encrypted=True)
    kind = "aws:efs/backupPolicy:BackupPolicy"
    on = resource(kind, "on", fileSystemId=ref(files), backupPolicy={"status": "ENABLED"})
    off = resource(kind, "off", fileSystemId=ref(files), backupPolicy={"status": "DISABLED"})
    doubtful = resource(kind, "off", fileSystemId=ref(files), backupPolicy={"status": UNKNOWN})
    assert backups(files, on) == [("on", {"files"}, 35, 35, ["eu-central-1"])]
    assert outcomes(DAILY, files, off) == {("fail", "files", "")}
    assert outcomes(DAILY, files, doubtful) == {("unknown", "files", "")}


def test_the_volumes_of_a_file_system_are_backed_up_with_it() -> None:
    """Through their parents, or through their virtual machine."""
    system = resource("aws:fsx/openZfsFileSystem:OpenZfsFileSystem", "zfs", automaticBackupRetentionDays=7)
    outer = resource("aws:fsx/openZfsVolume:OpenZfsVolume", "outer", parentVolumeId=ref(system))
    inner = resource("aws:fsx/openZfsVolume:OpenZfsVolume", "inner", parentVolumeId=ref(outer))
    ontap = resource("aws:fsx/ontapFileSystem:OntapFileSystem", "ontap", automaticBackupRetentionDays=7)
    machine = resource("aws:fsx/ontapStorageVirtualMachine:OntapStorageVirtualMachine", "m", fileSystemId=ref(ontap))
    volume = resource("aws:fsx/ontapVolume:OntapVolume", "volume", storageVirtualMachineId=ref(machine))
    found = {label: stores for label, stores, *_ in backups(system, outer, inner, ontap, machine, volume)}
    assert found == {"zfs": {"zfs", "outer", "inner"}, "ontap": {"ontap", "volume"}}


def test_a_backup_is_encrypted_as_its_store_is() -> None:
    """A plain database has plain backups."""
    plain = resource(DATABASE, "orders", backupRetentionPeriod=7)
    assert outcomes("backup_unencrypted", plain) == {("fail", "orders", "backupRetentionPeriod")}
    shut = resource(DATABASE, "orders", backupRetentionPeriod=7, storageEncrypted=True)
    assert passed("backup_unencrypted", shut) == {"orders"}


def test_nobody_can_see_whether_one_was_ever_restored() -> None:
    """So that people state it."""
    (found,) = findings("no_restore_test", resource(DATABASE, "orders", backupRetentionPeriod=7))
    assert (found.outcome, "no resource restores" in found.message) == ("not_observable", True)


def test_snapshots_of_a_policy_are_judged_for_what_they_leave_behind() -> None:
    """Days beyond the ceiling and copies abroad are found; a policy is nobody's backup."""
    abroad = {"targetRegion": "us-east-1", "retainRule": {"interval": 2, "intervalUnit": "YEARS"}}
    schedule: dict[str, Any] = {"retainRule": {"interval": 14, "intervalUnit": "DAYS"}}
    disk = resource("aws:ebs/volume:Volume", "disk")
    kind = "aws:dlm/lifecyclePolicy:LifecyclePolicy"
    bad = resource(kind, "bad", policyDetails={"schedules": [{**schedule, "crossRegionCopyRules": [abroad]}]})
    at = "policyDetails.schedules.0"
    assert outcomes(CEILING, bad) == {("fail", "bad", at)}
    assert outcomes("backup_leaves_countries", bad) == {("fail", "bad", at)}
    assert outcomes(DAILY, bad, disk) == {("fail", "disk", "")}
    assert passed(CEILING, resource(kind, "good", policyDetails={"schedules": [schedule]})) == {"good"}
    by_number = resource(kind, "some", policyDetails={"schedules": [{"retainRule": {"count": 5}}]})
    assert outcomes(CEILING, by_number) == {("unknown", "some", at)}
