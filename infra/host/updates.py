"""Security upgrades by themselves, and word of what fails."""

from __future__ import annotations

from infra.host.document import File, Piece
from infra.host.facts import HostFacts


def piece(facts: HostFacts) -> Piece:
    """Unattended security upgrades; mail of root goes to the environment's notification targets."""
    return Piece(
        packages=("unattended-upgrades",),
        files=(
            File(path="/etc/apt/apt.conf.d/60security-upgrades", content=_UPGRADES),
            File(path="/etc/aliases", content=f"root: {', '.join(facts.notified)}\n"),
        ),
    )


# No reboot by itself: a host with encrypted disks would wait for its key, at night and alone.
_UPGRADES = """\
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
Unattended-Upgrade::Mail "root";
Unattended-Upgrade::MailReport "on-change";
Unattended-Upgrade::Automatic-Reboot "false";
"""
