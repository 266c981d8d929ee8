"""The storage box at Hetzner, and how long what is in it is kept."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baseline.graph import WRITTEN_OUT
from infra.hetzner.backup import Backup, BackupArgs
from tests.infra.registrations import registered


def args(**changes: Any) -> BackupArgs:
    """The arguments of a real environment, with changes."""
    declared: dict[str, Any] = {
        "environment": "dev",
        "size": "bx11",
        "place": "fsn1",
        "keep_days": (14, 30),
        "hour": 22,
        "password": "Invented-4-this-test",
    }
    return BackupArgs(**(declared | changes))


def test_a_box_is_open_to_hosts_at_hetzner_by_ssh_alone() -> None:
    """Every other protocol is off, and so is the way in from outside."""
    box = registered(lambda: Backup("backup", args()))["StorageBox", "backup"]
    assert box.inputs["accessSettings"] == {
        "reachableExternally": False,
        "sambaEnabled": False,
        "sshEnabled": True,
        "webdavEnabled": False,
        "zfsEnabled": False,
    }


def test_snapshots_are_made_every_day_after_backups_have_come() -> None:
    """Neither a day of the week nor one of the month is named, and the hour goes round midnight."""
    box = registered(lambda: Backup("backup", args()))["StorageBox", "backup"]
    assert box.inputs["snapshotPlan"] == {"hour": 1, "minute": 17, "maxSnapshots": 10}


def test_a_box_is_protected_and_never_replaced_by_a_key() -> None:
    """Keys given here would replace the box with all backups in it."""
    box = registered(lambda: Backup("backup", args()))["StorageBox", "backup"]
    assert box.protect
    assert box.inputs["deleteProtection"] is True
    assert box.inputs["location"] == "fsn1"
    assert "sshKeys" not in box.inputs
    assert box.ignore_changes == ("sshKeys",)


def test_the_password_of_a_box_is_a_secret() -> None:
    """Even one that is given as plain text, as in this file: it never shows, and that it was written is known."""
    assert registered(lambda: Backup("backup", args()))["StorageBox", "backup"].inputs["password"] is WRITTEN_OUT


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["bx11", "bx41"]))
def test_a_backup_is_gone_from_snapshots_too_before_the_ceiling(floor: int, more: int, size: str) -> None:
    """What hosts delete at their ceiling lives on in snapshots, and both together stay within the declared days."""
    plan = args(keep_days=(floor, floor + more), size=size)
    kept_at_least, kept_at_most = plan.keep_days_of_hosts
    assert kept_at_least == floor <= kept_at_most
    assert kept_at_most + plan.snapshots == floor + more
    assert plan.snapshots >= 1


def test_every_mistake_of_a_box_is_named_at_once() -> None:
    """Type, place, days and hour are refused before anything exists."""
    with pytest.raises(ValueError, match=r"size bx1: .*location eu: .*keep_days \(7, 7\): .*hour 24: wanted 0 to 23"):
        args(size="bx1", place="eu", keep_days=(7, 7), hour=24)
