"""The volumes of a host."""

import pytest

from infra.host.disks import KEY_FILE
from infra.host.facts import Role
from tests.infra.host.documents import document, files


@pytest.mark.parametrize(("role", "mount"), [("app", "/srv"), ("database", "/var/lib/postgresql")])
def test_data_and_logs_lie_on_volumes(role: Role, mount: str) -> None:
    """The script mounts both, where the role keeps its data and where logs are."""
    script = files(role)["/usr/local/sbin/prepare-disks"]
    assert f"prepare data {mount}\n" in script
    assert "prepare log /var/log\n" in script


def test_volumes_are_encrypted_where_the_cloud_does_not() -> None:
    """LUKS2 with a 512-bit XTS key, which is AES-256, is laid before any file system."""
    script = files("database")["/usr/local/sbin/prepare-disks"]
    assert "cryptsetup luksFormat --batch-mode --type luks2 --cipher aes-xts-plain64 --key-size 512" in script
    assert script.index("luksFormat") < script.index("mkfs.ext4")
    assert "cryptsetup" in document("database")["packages"]


@pytest.mark.parametrize(("role", "mount"), [("app", "/srv"), ("database", "/var/lib/postgresql")])
def test_the_tables_of_the_system_say_what_is_encrypted(role: Role, mount: str) -> None:
    """Volumes are opened by crypttab and mounted by fstab, to which the image's own entries are left."""
    written = {file["path"]: file for file in document(role)["write_files"]}
    assert f"data LABEL=data-luks {KEY_FILE} luks,noauto" in written["/etc/crypttab"]["content"].splitlines()
    assert f"/dev/mapper/data {mount} ext4 " in written["/etc/fstab"]["content"]
    assert "/dev/mapper/log /var/log ext4 " in written["/etc/fstab"]["content"]
    assert written["/etc/fstab"]["append"] is True


def test_a_boot_does_not_wait_for_volumes_that_are_still_locked() -> None:
    """The key comes later, and until then whoever asks for a mount is told so at once."""
    for line in files("app")["/etc/fstab"].splitlines():
        assert {"noauto", "x-systemd.device-timeout=1s"} <= set(line.split()[3].split(","))


def test_the_key_of_a_volume_is_on_no_disk() -> None:
    """It lies in memory, and the host waits for it at every boot."""
    assert KEY_FILE.startswith("/run/")
    written = files("database")
    assert KEY_FILE not in written
    assert f"PathExists={KEY_FILE}\n" in written["/etc/systemd/system/disks.path"]
    assert f"ConditionPathExists={KEY_FILE}\n" in written["/etc/systemd/system/disks.service"]
    assert "systemctl enable --now disks.path" in document("database")["runcmd"]


def test_where_the_cloud_encrypts_no_key_is_waited_for() -> None:
    """The volumes are prepared at once, found by the names that they were attached with."""
    written = files("database", encrypts_disks=False, volumes="/dev/sd[fg]")
    assert "/etc/systemd/system/disks.path" not in written
    assert "cryptsetup" not in written["/usr/local/sbin/prepare-disks"]
    assert "ls -1v /dev/sd[fg]" in written["/usr/local/sbin/prepare-disks"]
    assert KEY_FILE not in written["/etc/systemd/system/disks.service"]


@pytest.mark.parametrize("encrypts", [True, False])
def test_a_volume_that_holds_something_is_never_formatted(encrypts: bool) -> None:
    """What is formatted comes from the list of volumes without any signature, and from nowhere else."""
    script = files("app", encrypts_disks=encrypts)["/usr/local/sbin/prepare-disks"]
    assert script.count("$(blank)") == 1
    assert "signature=$(wipefs --no-act" in script
