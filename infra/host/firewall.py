"""The host's own packet filter: the provider's does not see private networks."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network

from infra.host.document import File, Piece
from infra.host.facts import Flow, HostFacts

EDGE_PORT = 443
DATABASE_PORT = 5432

# RFC 1918, RFC 6598 and link-local: nothing there is a public service, whatever a flow to anyone says.
_NOT_PUBLIC = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16")
_NOT_PUBLIC_6 = ("fc00::/7", "fe80::/10")


def piece(facts: HostFacts) -> Piece:
    """nftables, default drop in every direction; the rules are loaded before any other command runs."""
    return Piece(
        packages=("nftables",),
        files=(
            File(path="/etc/nftables.conf", content=ruleset(facts), mode="0600"),
            File(path="/etc/sysctl.d/60-network.conf", content=_NETWORK),
        ),
        commands=("systemctl enable nftables", "systemctl restart nftables"),
    )


def ruleset(facts: HostFacts) -> str:
    """The nftables rules of a host: who may reach it, and what it may reach."""
    narrow = [flow for flow in facts.flows if not flow.to_anyone]
    wide = [flow for flow in facts.flows if flow.to_anyone]
    return _RULESET.format(
        inbound=_indented([*_administration(facts), *_service(facts)]),
        outbound=_indented([*_to_database(facts), *_flows(narrow)]),
        outbound_to_anyone=_indented(_flows(wide)),
        not_public=", ".join(_NOT_PUBLIC),
        not_public_6=", ".join(_NOT_PUBLIC_6),
    )


def _administration(facts: HostFacts) -> list[str]:
    return [f"{side} tcp dport 22 accept" for side in _sides("saddr", facts.admin_networks)]


def _service(facts: HostFacts) -> list[str]:
    if facts.role == "app":
        return [f"ip saddr {facts.balancers} ip daddr {facts.address} tcp dport {EDGE_PORT} accept"]
    return [f"ip saddr {facts.hosts} ip daddr {facts.address} tcp dport {DATABASE_PORT} accept"]


def _to_database(facts: HostFacts) -> list[str]:
    return [f"ip daddr {facts.database} tcp dport {DATABASE_PORT} accept"] if facts.role == "app" else []


def _flows(flows: Iterable[Flow]) -> list[str]:
    return [
        f'{side} {flow.protocol} dport {flow.port} accept comment "{flow.why}"'
        for flow in flows
        for side in _sides("daddr", flow.to)
    ]


def _sides(side: str, networks: Iterable[IPv4Network | IPv6Network]) -> list[str]:
    networks = tuple(networks)
    families = (
        ("ip", [str(network) for network in networks if network.version == 4]),
        ("ip6", [str(network) for network in networks if network.version == 6]),
    )
    return [f"{family} {side} {{ {', '.join(texts)} }}" for family, texts in families if texts]


def _indented(lines: Iterable[str]) -> str:
    return "".join(f"    {line}\n" for line in lines)


_RULESET = """\
flush ruleset
table inet host {{
  chain input {{
    type filter hook input priority filter; policy drop;
    iif lo accept
    ct state invalid drop
    ct state established,related accept
    icmpv6 type {{ nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert }} accept
{inbound}  }}
  chain forward {{
    type filter hook forward priority filter; policy drop;
  }}
  chain output {{
    type filter hook output priority filter; policy drop;
    oif lo accept
    ct state established,related accept
    icmpv6 type {{ nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit }} accept
    udp sport 68 udp dport 67 accept
    meta skuid root ip daddr 169.254.169.254 tcp dport 80 accept
{outbound}    ip daddr {{ {not_public} }} drop
    ip6 daddr {{ {not_public_6} }} drop
{outbound_to_anyone}  }}
}}
"""

# A service may bind its private address before the private interface is up.
_NETWORK = """\
net.ipv4.ip_nonlocal_bind = 1
net.ipv4.conf.all.rp_filter = 1
net.ipv4.conf.all.accept_redirects = 0
net.ipv6.conf.all.accept_redirects = 0
"""
