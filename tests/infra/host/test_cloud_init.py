"""The cloud-init document as a whole."""

import re

import pytest

from infra.host.cloud_init import USER_DATA_BYTES, cloud_init
from infra.host.facts import Role
from tests.infra.host.documents import document, facts, files

ROLES: list[Role] = ["app", "database"]


@pytest.mark.parametrize("role", ROLES)
def test_a_document_is_the_same_each_time(role: Role) -> None:
    """A preview shows a change only where something changed."""
    assert cloud_init(facts(role)) == cloud_init(facts(role))


@pytest.mark.parametrize("role", ROLES)
def test_both_clouds_differ_in_disks_and_backups_alone(role: Role) -> None:
    """Where the cloud encrypts and copies volumes, the host does neither, and all else is equal."""
    own = files(role)
    other = files(role, encrypts_disks=False, volumes="/dev/sd[fg]", backup=None)
    assert {path for path in own.keys() | other.keys() if own.get(path) != other.get(path)} == {
        "/etc/backup-recipients",
        "/etc/backup.env",
        "/etc/crypttab",
        "/etc/fstab",
        "/etc/systemd/system/backup.service",
        "/etc/systemd/system/backup.timer",
        "/etc/systemd/system/disks.path",
        "/etc/systemd/system/disks.service",
        "/usr/local/sbin/backup",
        "/usr/local/sbin/prepare-disks",
    }


def test_a_document_that_ec2_would_refuse_is_refused() -> None:
    """The limit is that of the stricter cloud, and the message names the host."""
    names = tuple(f"shop-{index:04}.shops.example" for index in range(500))
    with pytest.raises(ValueError, match=rf"app host 10\.1\.128\.16: \d+ bytes, wanted < {USER_DATA_BYTES}"):
        cloud_init(facts("app", domain_names=names))


@pytest.mark.parametrize("role", ROLES)
def test_no_secret_is_in_a_document(role: Role) -> None:
    """No private key, no password and no token stands in it, however it is spelt."""
    text = cloud_init(facts(role))
    assert not re.search(
        r"PRIVATE KEY|AGE-SECRET-KEY|(?<!lock_)passw(or)?d\s*[:=]|token\s*[:=]|BEGIN ", text, re.IGNORECASE
    )


@pytest.mark.parametrize("role", ROLES)
def test_the_packet_filter_stands_before_anything_else_runs(role: Role) -> None:
    """The first commands load it."""
    commands = document(role)["runcmd"]
    assert commands[:3] == ["systemctl daemon-reload", "systemctl enable nftables", "systemctl restart nftables"]


@pytest.mark.parametrize("role", ROLES)
def test_every_unit_that_is_started_is_there(role: Role) -> None:
    """A command names a unit that a file or a package of the document brings."""
    brought = {"nftables", "certbot.timer"}
    for command in document(role)["runcmd"]:
        if "enable --now" in command:
            for unit in command.split()[3:]:
                assert unit in brought or f"/etc/systemd/system/{unit}" in files(role), unit


def test_every_mistake_of_a_host_is_named_at_once() -> None:
    """Addresses, names, volumes and people are told together."""
    with pytest.raises(
        ValueError,
        match=r"app host: database 10\.2\.0\.1: .*domain name 'shops;'; log_gib 1: .*volumes '\$\(x\)'.*log_days 0"
        r".*time_servers: .*notified: nobody",
    ):
        facts(
            "app",
            database=type(facts("app").database)("10.2.0.1"),
            domain_names=("shops;",),
            log_gib=1,
            volumes="$(x)",
            log_days=0,
            time_servers=(),
            notified=(),
        )
