"""Who may get onto a host."""

from tests.infra.host.documents import document, files


def test_nobody_comes_by_password_or_as_root() -> None:
    """sshd reads these settings before any others, because their file sorts first."""
    settings = files("app")["/etc/ssh/sshd_config.d/10-access.conf"].splitlines()
    for setting in ("PasswordAuthentication no", "KbdInteractiveAuthentication no", "PermitRootLogin no"):
        assert setting in settings
    assert "passwd --lock root" in document("app")["runcmd"]


def test_the_one_user_has_neither_password_nor_key() -> None:
    """The image's own user, who may do anything, is not made."""
    assert document("app")["users"] == [{"name": "operator", "lock_passwd": True, "shell": "/bin/bash"}]
    assert document("app")["ssh_pwauth"] is False


def test_memory_is_written_to_no_disk() -> None:
    """There is no swap, and a crash leaves no core."""
    commands = document("database")["runcmd"]
    assert "swapoff --all" in commands
    assert "systemctl mask swap.target" in commands
    assert "kernel.core_pattern = |/bin/false\n" in files("database")["/etc/sysctl.d/60-memory.conf"]


def test_failures_are_told_to_the_declared_people() -> None:
    """Mail of root goes to all of them, and security upgrades install themselves."""
    written = files("app", notified=("a@ops.example", "b@ops.example"))
    assert written["/etc/aliases"] == "root: a@ops.example, b@ops.example\n"
    assert 'APT::Periodic::Unattended-Upgrade "1";' in written["/etc/apt/apt.conf.d/60security-upgrades"]
