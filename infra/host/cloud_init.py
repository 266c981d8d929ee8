"""The cloud-init document of a host."""

from __future__ import annotations

from typing import Any

from infra.host import access, backup, database, disks, edge, firewall, logs, updates
from infra.host.document import Piece, document
from infra.host.facts import HostFacts

USER_DATA_BYTES = 16_384
"""What EC2 takes at most, raw (Hetzner: 32 KiB). Source: EC2 user guide, as of 2026-11-23."""


def cloud_init(facts: HostFacts, *more: Piece) -> str:
    """The `#cloud-config` document of a host; ValueError when it does not fit into USER_DATA_BYTES.

    `more` is what only the host's own cloud needs; it comes last.
    """
    service = edge if facts.role == "app" else database
    # The host's own filter stands before anything that listens; disks come before whatever writes to them.
    concerns = (firewall, access, updates, logs, disks, service, backup)
    settings = _SETTINGS | {"ntp": {"ntp_client": "systemd-timesyncd", "servers": list(facts.time_servers)}}
    text = document(settings, (*(concern.piece(facts) for concern in concerns), *more))
    size = len(text.encode())
    if size >= USER_DATA_BYTES:
        raise ValueError(f"cloud-init of {facts.role} host {facts.address}: {size} bytes, wanted < {USER_DATA_BYTES}")
    return text


_MIRROR = "https://deb.debian.org/"

_SETTINGS: dict[str, Any] = {
    # Instead of the image's default user, who may do anything; people's keys come on the day-two path.
    "users": [{"name": "operator", "lock_passwd": True, "shell": "/bin/bash"}],
    "disable_root": True,
    "ssh_pwauth": False,
    # The egress rules know no port 80.
    "apt": {
        "primary": [{"arches": ["default"], "uri": f"{_MIRROR}debian"}],
        "security": [{"arches": ["default"], "uri": f"{_MIRROR}debian-security"}],
    },
    "package_update": True,
    "package_upgrade": True,
}
