"""Ways to let in or out what should not pass."""

from __future__ import annotations

from typing import Any

from tests.baseline.sabotage.mutations import (
    AWS,
    DE,
    DEV,
    FI,
    HETZNER,
    Sabotage,
    Table,
    To,
    added,
    all_of,
    changed,
)

_GROUPS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_OUT = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
_OLD_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
_FIREWALL = "hcloud:index/firewall:Firewall"
_ATTACHMENT = "hcloud:index/firewallAttachment:FirewallAttachment"
_APP, _DATABASE = To("firewall-app", "SecurityGroup"), To("firewall-database", "SecurityGroup")


def _in(port: str, *sources: str, protocol: str = "tcp") -> dict[str, Any]:
    """One rule of a Hetzner firewall."""
    return {"direction": "in", "protocol": protocol, "port": port, "sourceIps": list(sources)}


def _out(*destinations: str) -> dict[str, Any]:
    return {"direction": "out", "protocol": "tcp", "port": "443", "destinationIps": list(destinations)}


def _admit(name: str, group: To, port: int = 443, to: int | None = None, **source: Any) -> added:
    """One more ingress rule of a security group."""
    ports = {"fromPort": port, "toPort": port if to is None else to}
    return added(_GROUPS, name, {"securityGroupId": group, "ipProtocol": "tcp", **ports, **source})


def _send(name: str, **destination: Any) -> added:
    ports = {"fromPort": 443, "toPort": 443}
    return added(_OUT, name, {"securityGroupId": _DATABASE, "ipProtocol": "tcp", **ports, **destination})


_HALVES = ("0.0.0.0/1", "128.0.0.0/1")

ADMISSIONS: Table = {
    "host_reachable_from_internet": (
        Sabotage(HETZNER, changed("app", "Firewall", "rules.+", _in("443", "0.0.0.0/0")), "everyone"),
        Sabotage(HETZNER, changed("app", "Firewall", "rules.+", _in("443", *_HALVES)), "everyone, in two halves"),
        Sabotage(HETZNER, changed("app", "Firewall", "rules.0.sourceIps", ["0.0.0.0/1"]), "half of everyone"),
        Sabotage(HETZNER, changed("app", "Firewall", "rules.+", _in("443", "::/0")), "everyone over IPv6"),
        Sabotage(HETZNER, changed("app", "Firewall", "rules.+", _in("443", "2000::/3")), "all public IPv6"),
        Sabotage(
            HETZNER, changed("database", "Firewall", "rules.+", _in("1024-5000", "0.0.0.0/0")), "a range of ports"
        ),
        Sabotage(HETZNER, changed("app", "Firewall", "rules.+", _in("any", "0.0.0.0/0", protocol="udp")), "udp"),
        Sabotage(
            HETZNER,
            changed("app", "Firewall", "rules.+", _in("443", *(f"{block}.0.0.0/4" for block in range(16, 128, 16)))),
            "many blocks that add up",
        ),
        Sabotage(
            HETZNER,
            all_of(
                added(_FIREWALL, "second", {"rules": [_in("443", "0.0.0.0/0")]}),
                changed("app-1", "Server", "firewallIds.+", To("second", "Firewall")),
            ),
            "a second firewall admits what the first does not",
        ),
        Sabotage(
            HETZNER,
            added(
                _FIREWALL,
                "selecting",
                {"rules": [_in("443", "0.0.0.0/0")], "applyTos": [{"labelSelector": "role=app"}]},
            ),
            "a firewall that selects hosts by label",
        ),
        Sabotage(
            HETZNER,
            all_of(
                added(_FIREWALL, "attached", {"rules": [_in("443", "0.0.0.0/0")]}),
                added(
                    _ATTACHMENT,
                    "attached",
                    {"firewallId": To("attached", "Firewall"), "serverIds": [To("app-1", "Server")]},
                ),
            ),
            "a firewall attached later",
        ),
        Sabotage(AWS, _admit("anyone", _APP, cidrIpv4="0.0.0.0/0"), "everyone, past the balancer"),
        Sabotage(AWS, _admit("half", _APP, cidrIpv4="128.0.0.0/1"), "half of everyone"),
        Sabotage(AWS, _admit("six", _APP, cidrIpv6="::/0"), "everyone over IPv6"),
        Sabotage(AWS, _admit("range", _DATABASE, 1024, 65535, cidrIpv4="0.0.0.0/0"), "a range of ports"),
        Sabotage(
            AWS,
            added(
                _OLD_RULE,
                "old",
                {
                    "type": "ingress",
                    "securityGroupId": _APP,
                    "protocol": "-1",
                    "fromPort": 0,
                    "toPort": 0,
                    "cidrBlocks": list(_HALVES),
                },
            ),
            "the older kind of rule, in two halves",
        ),
        Sabotage(
            AWS,
            changed(
                "firewall-app",
                "SecurityGroup",
                "ingress",
                [{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["0.0.0.0/0"]}],
            ),
            "a rule inside the group",
        ),
        Sabotage(
            AWS,
            changed("app-1", "Instance", "vpcSecurityGroupIds.+", To("firewall-balancer", "SecurityGroup")),
            "a host in the balancer's group",
        ),
        Sabotage(
            AWS,
            changed("firewall-internet-to-balancer", "SecurityGroupIngressRule", "securityGroupId", _APP),
            "the balancer's rule on the hosts' group",
        ),
        Sabotage(
            AWS,
            all_of(
                added(
                    "aws:ec2/managedPrefixList:ManagedPrefixList",
                    "list",
                    {"addressFamily": "IPv4", "maxEntries": 1, "entries": [{"cidr": "0.0.0.0/0"}]},
                ),
                _admit("listed", _APP, prefixListId=To("list", "ManagedPrefixList")),
            ),
            "everyone, by a prefix list",
        ),
    ),
    "administration_port_open_beyond_declared_networks": (
        Sabotage(
            HETZNER, changed("app", "Firewall", "rules.0.sourceIps.+", "203.0.113.128/25"), "an undeclared network"
        ),
        Sabotage(HETZNER, changed("app", "Firewall", "rules.0.sourceIps.0", "203.0.113.0/24"), "a wider network"),
        Sabotage(HETZNER, changed("app", "Firewall", "rules.0.sourceIps", ["0.0.0.0/1"]), "half of everyone"),
        Sabotage(
            HETZNER, changed("app", "Firewall", "rules.0.sourceIps.+", "2001:db8::/32"), "a wider network of IPv6"
        ),
        Sabotage(HETZNER, changed("database", "Firewall", "rules.+", _in("20-25", "192.0.2.0/24")), "in a range"),
        Sabotage(HETZNER, changed("app", "Firewall", "rules.+", _in("any", "192.0.2.7/32")), "one address, any port"),
        Sabotage(
            HETZNER, changed("app", "Firewall", "rules.+", _in("3389", "192.0.2.7/32", protocol="udp")), "over udp"
        ),
        Sabotage(
            DEV, changed("app", "Firewall", "rules.+", _in("22", "203.0.113.0/28")), "what is declared for production"
        ),
        Sabotage(
            DE + FI, changed("app", "Firewall", "rules.+", _in("22", "198.51.100.0/28")), "what is declared for dev"
        ),
        Sabotage(
            HETZNER, changed("app", "Firewall", "rules.+", _in("22", "172.16.0.0/12")), "a foreign private network"
        ),
        Sabotage(AWS, _admit("ssh", _APP, 22, cidrIpv4="203.0.113.0/28"), "nobody is declared on AWS"),
        Sabotage(AWS, _admit("range", _DATABASE, 20, 25, cidrIpv4="198.51.100.7/32"), "in a range"),
        Sabotage(AWS, _admit("six", _APP, 22, cidrIpv6="2001:db8:10::/64"), "over IPv6"),
    ),
    "database_port_open_beyond_network": (
        Sabotage(
            HETZNER, changed("database", "Firewall", "rules.+", _in("5432", "203.0.113.0/28")), "an administrator"
        ),
        Sabotage(HETZNER, changed("database", "Firewall", "rules.+", _in("5000-6000", "192.0.2.0/24")), "in a range"),
        Sabotage(HETZNER, changed("app", "Firewall", "rules.+", _in("6379", "192.0.2.0/24")), "another database"),
        Sabotage(HETZNER, changed("database", "Firewall", "rules.0.port", "any"), "all ports for administrators"),
        Sabotage(AWS, _admit("partner", _DATABASE, 5432, cidrIpv4="192.0.2.0/24"), "a partner"),
        Sabotage(AWS, _admit("wide", _DATABASE, 5432, cidrIpv4="10.0.0.0/8"), "a wider private network"),
        Sabotage(AWS, _admit("six", _DATABASE, 5000, 6000, cidrIpv6="2001:db8::/32"), "IPv6, in a range"),
    ),
    "unrestricted_database_egress": (
        Sabotage(HETZNER, changed("database", "Firewall", "rules", [_in("22", "203.0.113.0/28")]), "no rule outbound"),
        Sabotage(HETZNER, changed("database", "Firewall", "rules.+", _out("0.0.0.0/0")), "everywhere"),
        Sabotage(HETZNER, changed("database", "Firewall", "rules.+", _out(*_HALVES)), "everywhere, in two halves"),
        Sabotage(HETZNER, changed("database", "Firewall", "rules.+", _out("::/0")), "everywhere over IPv6"),
        Sabotage(
            HETZNER,
            changed("database-1", "Server", "firewallIds", [To("app", "Firewall")]),
            "under the firewall of the app hosts",
        ),
        Sabotage(AWS, _send("everywhere", cidrIpv4="0.0.0.0/0"), "everywhere"),
        Sabotage(AWS, _send("half", cidrIpv4="0.0.0.0/1"), "half of everywhere"),
        Sabotage(AWS, _send("six", cidrIpv6="::/0"), "everywhere over IPv6"),
        Sabotage(
            AWS,
            changed(
                "firewall-database",
                "SecurityGroup",
                "egress",
                [{"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}],
            ),
            "a rule inside the group",
        ),
        Sabotage(
            AWS,
            changed("database-1", "Instance", "vpcSecurityGroupIds.+", _APP),
            "in the group of the app hosts as well",
        ),
    ),
    "open_ipv6_beside_closed_ipv4": (
        Sabotage(HETZNER, changed("app", "Firewall", "rules.+", _in("443", "::/0")), "in"),
        Sabotage(HETZNER, changed("database", "Firewall", "rules.+", _out("::/0")), "out"),
        Sabotage(HETZNER, changed("app", "Firewall", "rules.+", _in("443", "2000::/3")), "all public IPv6"),
        Sabotage(AWS, _admit("six", _APP, cidrIpv6="::/0"), "in"),
        Sabotage(AWS, _send("six", cidrIpv6="::/0"), "out"),
        Sabotage(
            AWS,
            _admit("admin", To("firewall-balancer", "SecurityGroup"), 8443, cidrIpv6="::/0"),
            "before the balancer, on another port",
        ),
    ),
}
