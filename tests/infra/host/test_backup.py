"""The daily backup of a host."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.host.facts import BackupPlan, Role
from infra.host.recipients import is_recipient
from tests.infra.host.documents import RECIPIENT, files

PLAN: dict[str, Any] = {
    "destination": "sftp://backup.shops.example:23/",
    "keep_days": (14, 20),
    "hour": 2,
    "recipients": (RECIPIENT,),
}
OTHER = "age1lcpnfn78w9fjdywh90tjlzpmyncm72rxypyg678aksa3wu3qxd3qncta0j"


def test_it_runs_every_day_and_makes_up_for_what_it_missed() -> None:
    """The timer names no day, and is persistent."""
    timer = files("database")["/etc/systemd/system/backup.timer"]
    assert "OnCalendar=*-*-* 02:17:00\nPersistent=true\n" in timer


@pytest.mark.parametrize(("role", "source"), [("app", "tar --create"), ("database", "pg_dumpall")])
def test_it_is_encrypted_before_it_leaves(role: Role, source: str) -> None:
    """What is read goes through age into the file that is sent, and through nothing else."""
    script = files(role)["/usr/local/sbin/backup"]
    (line,) = [line for line in script.splitlines() if source in line]
    assert line.endswith('| age --encrypt --recipients-file /etc/backup-recipients --output "$work/backup"')


def test_the_destination_and_the_days_are_declared() -> None:
    """A reader of the document sees where backups go, and for how long they stay."""
    assert files("app")["/etc/backup.env"] == (
        "DESTINATION=sftp://backup.shops.example:23/\nKEEP_DAYS_FLOOR=14\nKEEP_DAYS_CEILING=20\n"
    )


def test_those_who_can_restore_are_declared() -> None:
    """The file that age is given is in the document, with a public key a line."""
    plan = BackupPlan(**(PLAN | {"recipients": (RECIPIENT, OTHER)}))
    assert files("app", backup=plan)["/etc/backup-recipients"] == f"{RECIPIENT}\n{OTHER}\n"


@given(st.integers(4, len(RECIPIENT) - 1), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_a_slip_in_a_public_key_is_seen(at: int, letter: str) -> None:
    """With any one letter exchanged for another the checksum is wrong."""
    assert is_recipient(RECIPIENT[:at] + letter + RECIPIENT[at + 1 :]) == (letter == RECIPIENT[at])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "age1",
        RECIPIENT[:-1],
        RECIPIENT.upper(),
        f"{RECIPIENT}\n",
        f" {RECIPIENT}",
        RECIPIENT.replace("age1", "age2"),
    ],
)
def test_what_is_no_public_key_of_age(text: str) -> None:
    """Nothing but the whole key, as age prints it, will do."""
    assert not is_recipient(text)


def test_a_backup_of_a_volume_that_is_not_there_fails() -> None:
    """An empty mount point would else be sent as a good backup."""
    assert "AssertPathIsMountPoint=/var/lib/postgresql\n" in files("database")["/etc/systemd/system/backup.service"]


def test_where_the_cloud_copies_volumes_there_is_none() -> None:
    """Neither its files nor its timer."""
    assert not [path for path in files("app", backup=None) if "backup" in path]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"destination": "ftp://backup.example/"}, "wanted sftp://HOST:PORT/"),
        ({"destination": "sftp://u1:word@backup.example/"}, "destination: carries a credential"),
        ({"keep_days": (20, 14)}, r"keep_days \(20, 14\)"),
        ({"keep_days": (0, 14)}, r"keep_days \(0, 14\)"),
        ({"hour": 24}, "hour 24: wanted 0 to 23"),
        ({"recipients": ()}, "recipients: nobody could restore"),
        ({"recipients": (RECIPIENT, "age1")}, "recipient 'age1': no public key of age"),
    ],
)
def test_a_plan_that_cannot_be_kept_is_refused(change: dict[str, Any], message: str) -> None:
    """The message says which part."""
    with pytest.raises(ValueError, match=message):
        BackupPlan(**(PLAN | change))
