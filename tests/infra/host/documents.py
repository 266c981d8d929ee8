"""Hosts to render, and what was rendered, read as cloud-init reads it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Network
from typing import Any

import yaml

from infra.host.cloud_init import cloud_init
from infra.host.facts import BackupPlan, Flow, HostFacts, Role

SHOPS = Flow(to=(IPv4Network("0.0.0.0/0"), IPv6Network("::/0")), protocol="tcp", port=443, why="shops")
NAMES = Flow(to=(IPv4Network("185.12.64.1/32"),), protocol="udp", port=53, why="names")

RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
"""The example of age's own documentation."""


def facts(role: Role, **changes: Any) -> HostFacts:
    """A host on a cloud that encrypts nothing, with changes."""
    declared: dict[str, Any] = {
        "role": role,
        "address": IPv4Address("10.1.128.16" if role == "app" else "10.1.128.8"),
        "balancers": IPv4Network("10.1.0.0/17"),
        "hosts": IPv4Network("10.1.128.0/17"),
        "database": IPv4Address("10.1.128.8"),
        "domain_names": ("api.shops.example", "app.shops.example"),
        "admin_networks": (IPv4Network("203.0.113.0/28"), IPv6Network("2001:db8::/48")),
        "flows": (NAMES, SHOPS) if role == "app" else (NAMES,),
        "volumes": "/dev/disk/by-id/scsi-0HC_Volume_*",
        "log_gib": 20,
        "encrypts_disks": True,
        "log_days": 30,
        "notified": ("security@ops.example",),
        "time_servers": ("213.239.239.164",),
        "backup": BackupPlan(
            destination="sftp://backup.shops.example:23/", keep_days=(14, 20), hour=2, recipients=(RECIPIENT,)
        ),
    }
    return HostFacts(**(declared | changes))


def document(role: Role, **changes: Any) -> dict[str, Any]:
    """The rendered document of a host."""
    text = cloud_init(facts(role, **changes))
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def files(role: Role, **changes: Any) -> dict[str, str]:
    """The files of a host by path."""
    return {file["path"]: file["content"] for file in document(role, **changes)["write_files"]}
