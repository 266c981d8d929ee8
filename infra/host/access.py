"""Who may get onto a host: nobody by password, nobody as root."""

from __future__ import annotations

from infra.host.document import File, Piece
from infra.host.facts import HostFacts


def piece(_: HostFacts) -> Piece:
    """The SSH server's settings, no swap and no core dumps: memory stays in memory."""
    return Piece(
        files=(
            # sshd takes the first value it reads, and cloud-init writes a 50-cloud-init.conf of its own.
            File(path="/etc/ssh/sshd_config.d/10-access.conf", content=_SSHD, mode="0600"),
            File(path="/etc/sysctl.d/60-memory.conf", content=_MEMORY),
        ),
        commands=(
            "passwd --lock root",
            "swapoff --all",
            "systemctl mask swap.target",
            "sysctl --system",
            "systemctl reload ssh",
        ),
    )


_SSHD = """\
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin no
PermitEmptyPasswords no
AuthenticationMethods publickey
AllowAgentForwarding no
AllowTcpForwarding no
X11Forwarding no
Ciphers chacha20-poly1305@openssh.com,aes256-gcm@openssh.com
"""

_MEMORY = """\
fs.suid_dumpable = 0
kernel.core_pattern = |/bin/false
kernel.kptr_restrict = 2
"""
