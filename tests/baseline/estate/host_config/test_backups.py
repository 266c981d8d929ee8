"""For whom a host encrypts what it sends away, as far as its user data says."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from baseline.estate.host_config.backups import backups
from baseline.estate.host_config.document import parse
from baseline.graph import Undecidable

RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
FROM_FILE = "tar --create . | age --encrypt --recipients-file /etc/recipients > /tmp/backup.age"


def encrypted(script: str, recipients: str | None = None, *commands: str) -> Any:
    """Whether the one backup of a host is encrypted that runs a script, with a file of recipients or without."""
    files = {
        "/etc/systemd/system/backup.timer": "[Timer]\nOnCalendar=daily\n",
        "/etc/systemd/system/backup.service": (
            "[Service]\nEnvironment=DESTINATION=sftp://box.example/\nExecStart=/usr/local/sbin/backup\n"
        ),
        "/usr/local/sbin/backup": f"#!/bin/sh\n{script}\nrm -rf /tmp/backup.age\n",
    } | ({} if recipients is None else {"/etc/recipients": recipients})
    settings = {
        "write_files": [{"path": path, "content": content} for path, content in files.items()],
        "runcmd": [*commands, "systemctl enable --now backup.timer"],
    }
    (sent,) = backups(parse("#cloud-config\n" + yaml.safe_dump(settings)))
    return sent.encrypted


@pytest.mark.parametrize(
    ("script", "recipients"),
    [
        (FROM_FILE, f"# the safe\n\n{RECIPIENT}\n"),
        (FROM_FILE, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample safe\n"),
        ("tar --create . | /usr/bin/age -R /etc/recipients -o /tmp/backup.age", RECIPIENT),
        (f"age -r {RECIPIENT} /srv/dump > /tmp/backup.age", None),
        (f"age --recipient='{RECIPIENT}' /srv/dump > /tmp/backup.age", None),
        ("tar --create . | gpg --encrypt --recipient safe@example.com > /tmp/backup.gpg", None),
    ],
)
def test_encrypted_for_keys_that_the_document_names(script: str, recipients: str | None) -> None:
    """In a file that it writes, or in the command itself."""
    assert encrypted(script, recipients) is True


@pytest.mark.parametrize(
    ("script", "recipients"),
    [
        ("tar --create . > /tmp/backup.age", RECIPIENT),
        (FROM_FILE, "# nobody yet\n"),
        (FROM_FILE, f"{RECIPIENT}\nsomebody\n"),
        ("age --encrypt --passphrase /srv/dump > /tmp/backup.age", None),
    ],
)
def test_not_encrypted_for_anybody(script: str, recipients: str | None) -> None:
    """A name that ends in age is no encryption, and neither is a file of recipients that age would refuse."""
    assert encrypted(script, recipients) is False


@pytest.mark.parametrize(
    ("script", "recipients", "commands"),
    [
        (FROM_FILE, None, ()),
        (FROM_FILE, RECIPIENT, ("curl https://keys.example/ > /etc/recipients",)),
        ('age -R "$RECIPIENTS" /srv/dump > /tmp/backup.age', None, ()),
        (f'age -r {RECIPIENT} -r "$OTHER" /srv/dump > /tmp/backup.age', None, ()),
    ],
)
def test_for_whom_comes_from_elsewhere(script: str, recipients: str | None, commands: tuple[str, ...]) -> None:
    """What the document does not hold is not assumed to be a key of ours."""
    found = encrypted(script, recipients, *commands)
    assert isinstance(found, Undecidable)
    assert "does not say for whom" in repr(found.reason)
