"""What undoes a file of the document, or comes before it: each in a way that the daemon would accept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline.estate.builder import undecided
from baseline.estate.host_config import Machine, machine

ACCESS = "/etc/ssh/sshd_config.d/10-access.conf"
MAIN = "/etc/ssh/sshd_config"
EXTRA = "/etc/ssh/extra.conf"
NO = "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin no\n"
YES = "PasswordAuthentication yes\nPermitRootLogin yes\n"
SCRIPT = f"#!/bin/sh\nsed -i s/no/yes/ {ACCESS}\n"
UNITS = "/etc/systemd/system"
CALENDAR = "[Timer]\nOnCalendar=daily\n"
ON = "systemctl enable --now backup.timer"


def reads(files: dict[str, str], *commands: str, **settings: Any) -> Machine:
    """The machine of a document that writes these files and runs these commands."""
    written = [{"path": path, "content": text} for path, text in files.items()]
    return machine("#cloud-config\n" + json.dumps({"write_files": written, "runcmd": list(commands), **settings}))


def backs_up(timer: str, *commands: str, env: str = "", **settings: Any) -> Machine:
    """A machine with a backup of this timer."""
    service = "[Service]\nEnvironment=DESTINATION=sftp://box/ KEEP_DAYS_FLOOR=7\nExecStart=/bin/b\n"
    files = {f"{UNITS}/backup.timer": timer, f"{UNITS}/backup.service": service, "/bin/b": "#!/bin/sh\n"}
    if env:
        files["/etc/backup.env"] = env
        files[f"{UNITS}/backup.service"] = "[Service]\nEnvironmentFile=/etc/backup.env\nExecStart=/bin/b\n"
    return reads(files, *commands, **settings)


@pytest.mark.parametrize(
    ("files", "commands", "settings"),
    [
        ({}, ("cd /etc && sed -i s/no/yes/ ssh/sshd_config.d/10-access.conf",), {}),
        ({"/opt/x": SCRIPT}, ("/opt/x",), {}),
        ({"/var/lib/cloud/scripts/per-boot/x": SCRIPT}, (), {}),
        ({"/opt/x": f"#!/bin/sh\necho {YES!r} > {ACCESS}\n"}, ("/opt/x",), {}),
        ({f"{UNITS}/x.service": f"[Service]\nExecStart=/bin/rm {ACCESS}\n"}, (), {}),
        ({"/etc/cron.d/x": f"@reboot root rm {ACCESS}\n"}, (), {}),
        ({}, ("curl -fsSL https://x.example | sudo bash -s",), {}),
        ({}, ('sh -c "$(wget -qO- https://x.example)"',), {}),
        ({}, (), {"ansible": {"pull": {"url": "https://x.example"}}}),
        ({"/etc/default/ssh": 'SSHD_OPTS="-o PasswordAuthentication=yes"\n'}, (), {}),
        ({f"{UNITS}/ssh.service.d/x.conf": "[Service]\nExecStart=/usr/sbin/sshd -o PermitRootLogin=yes\n"}, (), {}),
        ({MAIN: f"Include unseen.conf\n{NO}"}, (), {}),
    ],
)
def test_what_may_undo_a_file_leaves_it_in_doubt(
    files: dict[str, str], commands: tuple[str, ...], settings: dict[str, Any]
) -> None:
    """A file holds only where nothing else of the document writes to it, and nothing fetched runs as root."""
    read = reads({ACCESS: NO, **files}, *commands, **settings)
    assert undecided(read.password_login)
    assert undecided(read.root_login)


@pytest.mark.parametrize(
    "files",
    [
        {f"/{ACCESS}": YES},
        {ACCESS.replace("/ssh/", "/./ssh/"): YES},
        {MAIN: f"Include {EXTRA}\n{NO}", EXTRA: YES},
        {ACCESS.replace("10", "05"): f"Include {EXTRA}\n", EXTRA: YES},
        {MAIN: f"Match User x\nInclude {EXTRA}\nMatch all\n{NO}", EXTRA: YES},
        {MAIN: f"{NO}Match User x\nPasswordAuthentication yes\nPermitRootLogin yes\n"},
    ],
    ids=["slashes", "dots", "include", "include in a drop-in", "include in a match", "match"],
)
def test_what_sshd_reads_instead(files: dict[str, str]) -> None:
    """Another spelling of the path, an included file, a Match."""
    read = reads({ACCESS: NO, **files})
    assert (read.password_login, read.root_login) == (True, True)


@pytest.mark.parametrize(
    "files",
    [
        {ACCESS: NO.replace("no\n", "no # nobody\n")},
        {MAIN: "Include sshd_config.d/*.conf\n", ACCESS: NO},
        {ACCESS: f"{NO}Match User x\nX11Forwarding no\n", ACCESS.replace("10", "20"): "UsePAM yes\n"},
        {ACCESS: NO, "/opt/look": f"#!/bin/sh\ngrep -r no {ACCESS} > /tmp/x\n"},
    ],
    ids=["comments", "relative include", "match ends with its file", "a script that reads"],
)
def test_what_sshd_reads_all_the_same(files: dict[str, str]) -> None:
    """Ordinary ways of saying no."""
    read = reads(files)
    assert (read.password_login, read.root_login) == (False, False)


def test_a_way_that_some_match_opens_counts() -> None:
    """`AuthenticationMethods any` takes back what was asked of everyone."""
    methods = "PasswordAuthentication yes\nAuthenticationMethods publickey\nMatch User x\nAuthenticationMethods any\n"
    assert reads({ACCESS: methods}).password_login is True


def test_a_file_in_a_folder_below_is_none_of_the_drop_ins() -> None:
    """sshd's pattern takes no slash."""
    assert reads({ACCESS.replace("10-access", "more/10-access"): NO}).root_login is None


def test_deferred_files_are_written_last() -> None:
    """Wherever they stand in the list."""
    files = [{"path": ACCESS, "content": YES, "defer": True}, {"path": ACCESS, "content": NO}]
    assert machine("#cloud-config\n" + json.dumps({"write_files": files})).root_login is True


@pytest.mark.parametrize("head", ["\n\n#cloud-config\n", "#Cloud-Config\n", "#cloud-config # ours\n"])
def test_heads_that_cloud_init_takes(head: str) -> None:
    """Blank lines before it, capitals, and more on the line."""
    assert machine(head + json.dumps({"write_files": [{"path": ACCESS, "content": YES}]})).root_login is True


@pytest.mark.parametrize(
    ("commands", "settings", "runs"),
    [
        ((ON,), {}, True),
        (("systemctl enable backup.timer", "systemctl start backup.timer"), {}, True),
        (("systemctl enable backup.timer",), {"power_state": {"mode": "reboot"}}, True),
        (("systemctl enable backup.timer",), {}, False),
        (("systemctl start backup.timer",), {}, False),
        ((f"{ON} && systemctl disable --now backup.timer",), {}, False),
        ((ON, "systemctl mask backup.timer"), {}, False),
        ((ON, "systemctl stop backup.timer"), {}, False),
    ],
)
def test_a_unit_is_on_when_it_runs_now_and_after_a_boot(
    commands: tuple[str, ...], settings: dict[str, Any], runs: bool
) -> None:
    """`enable` alone waits for a boot that may not come for a year, `start` alone ends with it."""
    assert bool(backs_up(CALENDAR, *commands, **settings).backups) is runs


@pytest.mark.parametrize(
    ("timer", "daily"),
    [
        (f"{CALENDAR}RandomizedDelaySec=1h\n", True),
        (f"{CALENDAR}RandomizedDelaySec=3d\n", False),
        ("[Timer]\nOnBootSec=1h\nOnUnitActiveSec=1d\n", True),
        ("[Timer]\nOnUnitActiveSec=1d\n", False),
    ],
)
def test_how_often_a_timer_runs(timer: str, daily: bool) -> None:
    """A delay of days leaves days out, and what counts from the last run needs a first."""
    (backup,) = backs_up(timer, ON).backups
    assert backup.daily is daily


def test_a_timer_or_a_setting_that_a_command_changes_is_in_doubt() -> None:
    """Neither how often nor where to is known then."""
    (backup,) = backs_up(CALENDAR, ON, f"sed -i s/daily/weekly/ {UNITS}/backup.timer").backups
    assert undecided(backup.daily)
    env = "DESTINATION=sftp://box/\nKEEP_DAYS_FLOOR=7\n"
    (backup,) = backs_up(CALENDAR, ON, "sed -i s/box/other/ /etc/backup.env", env=env).backups
    assert backup.destination == ""
    assert undecided(backup.at_least)


def test_a_comment_encrypts_nothing() -> None:
    """Only what a script runs counts."""
    files = {
        f"{UNITS}/backup.timer": CALENDAR,
        f"{UNITS}/backup.service": "[Service]\nEnvironment=DESTINATION=sftp://box/\nExecStart=/bin/b\n",
        "/bin/b": f"#!/bin/sh\n# age -r age1{'q' * 58}\ntar c /srv | ssh box\n",
    }
    (backup,) = reads(files, ON).backups
    assert backup.encrypted is False
