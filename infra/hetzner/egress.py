"""What hosts at Hetzner may reach in public, by role; the provider's firewall and the host's own both say it.

A database host reaches listed networks only. A network that is missing here fails closed: an upgrade or a backup does
not happen, and the host says so.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network

from infra.host.facts import Flow, Role


def _networks(texts: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(text) for text in texts.split())


_RESOLVERS = _networks("185.12.64.1/32 185.12.64.2/32 2a01:4ff:ff00::add:1/128 2a01:4ff:ff00::add:2/128")
"""Hetzner's recursive name servers. Source: Hetzner docs, "Recursive name servers", as of 2026-11-23."""

TIME_SERVERS = ("213.239.239.164", "213.239.239.165", "213.239.239.166")
"""ntp1 to ntp3 of Hetzner. Source: Hetzner docs, "Time synchronisation", as of 2026-11-23."""

_MIRRORS = _networks("146.75.0.0/17 151.101.0.0/16 199.232.0.0/16 2a04:4e42::/32")
"""Where deb.debian.org answers (Fastly). Source: Fastly's public list of addresses, as of 2026-11-23."""

_BOXES = _networks("""
    5.9.0.0/16 46.4.0.0/16 49.12.0.0/15 65.21.0.0/16 65.108.0.0/15 78.46.0.0/15 88.99.0.0/16 88.198.0.0/16
    94.130.0.0/16 95.216.0.0/15 116.202.0.0/15 135.181.0.0/16 136.243.0.0/16 138.201.0.0/16 144.76.0.0/16
    148.251.0.0/16 157.90.0.0/16 159.69.0.0/16 162.55.0.0/16 167.235.0.0/16 168.119.0.0/16 176.9.0.0/16
    178.63.0.0/16 188.40.0.0/16 195.201.0.0/16 213.133.96.0/19 213.239.192.0/18 2a01:4f8::/31
""")
"""Networks of Hetzner (AS24940, RIPE) in which storage boxes answer; a box's own address may change."""

BOX_PORT = 23
"""Where a storage box speaks SSH. Source: Hetzner docs, "Storage Box: access with SSH", as of 2026-11-23."""

_ANYONE = _networks("0.0.0.0/0 ::/0")


def flows(role: Role) -> tuple[Flow, ...]:
    """The public services that a host of a role needs."""
    return (
        Flow(to=_RESOLVERS, protocol="udp", port=53, why="names"),
        Flow(to=_RESOLVERS, protocol="tcp", port=53, why="names"),
        Flow(to=_networks(" ".join(TIME_SERVERS)), protocol="udp", port=123, why="time"),
        Flow(to=_BOXES, protocol="tcp", port=BOX_PORT, why="backups"),
        Flow(to=_MIRRORS, protocol="tcp", port=443, why="packages")
        if role == "database"
        else Flow(to=_ANYONE, protocol="tcp", port=443, why="shops, packages and certificates"),
    )
