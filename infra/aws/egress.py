"""What hosts on AWS may reach, by role; security groups and the host's own filter both say it.

A database host reaches listed networks only. A network that is missing here fails closed: an upgrade does not happen,
and the host says so.
"""

from __future__ import annotations

from ipaddress import IPv4Network

from infra.address_plan import AddressPlan
from infra.host.facts import Flow, Role

TIME_SERVERS = ("169.254.169.123",)
"""The clock of every VPC. Source: EC2 user guide, "Set the time", as of 2026-11-23."""

MIRRORS = tuple(IPv4Network(text) for text in ("146.75.0.0/17", "151.101.0.0/16", "199.232.0.0/16"))
"""Where deb.debian.org answers (Fastly). Source: Fastly's public list of addresses, as of 2026-11-23."""

_ANYONE = (IPv4Network("0.0.0.0/0"),)


def flows(role: Role, plan: AddressPlan) -> tuple[Flow, ...]:
    """The services beside the other hosts that a host of a role needs."""
    # The resolver answers at the network's address plus two (VPC user guide, "DNS attributes", as of 2026-11-23).
    resolver = (IPv4Network(plan.network[2]),)
    return (
        Flow(to=resolver, protocol="udp", port=53, why="names"),
        Flow(to=resolver, protocol="tcp", port=53, why="names"),
        Flow(to=tuple(map(IPv4Network, TIME_SERVERS)), protocol="udp", port=123, why="time"),
        Flow(to=(plan.all_private,), protocol="tcp", port=443, why="endpoints of aws services"),
        Flow(to=MIRRORS, protocol="tcp", port=443, why="packages")
        if role == "database"
        else Flow(to=_ANYONE, protocol="tcp", port=443, why="shops, packages and certificates"),
    )
