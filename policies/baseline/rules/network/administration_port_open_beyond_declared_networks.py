"""Who may reach the ports by which hosts are administered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate, every
from baseline.estate.nouns import Admission
from baseline.estate.ports import ADMINISTRATION_PORTS, services
from baseline.estate.prefixes import uncovered
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Admission,
    clauses=("5.1/4", "5.3.1 1)"),
    remedy="Admit only networks of policies/declared/administration.toml, or administer by a session that calls out.",
    applies=lambda admission: admission.inbound and admission.opens_any("host", "other"),
)
def administration_port_open_beyond_declared_networks(admission: Admission, estate: Estate) -> Iterator[Problem]:
    """An administration port is open beyond the declared networks.

    Who may administer is declared by auditors, apart from the program. A range of ports that holds one of
    administration counts, and so does a private prefix that is no network of this estate: the other end of a tunnel or
    of a peering is as foreign as the internet. The estate's own networks may administer.
    """

    def services_opened() -> list[str]:
        return list(services(admission.ports, ADMINISTRATION_PORTS)) if admission.ports else []

    def strangers() -> tuple[str, ...]:
        parts = uncovered(admission.prefix, estate.terms.administration) if admission.prefix else ()
        return estate.outside_networks(parts)

    if every(lambda ask: bool(ask()), (services_opened, strangers)):
        opened, beyond = services_opened(), strangers()
        who = ", ".join(beyond[:3]) + (" and more" if len(beyond) > 3 else "")
        yield Problem(f"{admission.label} opens {', '.join(opened)} of {admission.whom} to {who}: undeclared")


def _firewall(port: Any, *sources: Any, protocol: str = "tcp") -> Resource:
    rule = {"direction": "in", "protocol": protocol, "port": port, "sourceIps": list(sources)}
    return resource("hcloud:index/firewall:Firewall", "firewall", rules=[rule])


def _group(**inputs: Any) -> Resource:
    rule = {"protocol": "tcp", "fromPort": 22, "toPort": 22, **inputs}
    return resource("aws:ec2/securityGroup:SecurityGroup", "group", ingress=[rule])


_NETWORK = resource("hcloud:index/network:Network", "network", ipRange="10.0.0.0/16")
_VPC = resource("aws:ec2/vpc:Vpc", "vpc", cidrBlock=UNKNOWN)
_BALANCER = resource("aws:lb/loadBalancer:LoadBalancer", "balancer", securityGroups=[ref(_group())])
_INSTANCE = resource("aws:ec2/instance:Instance", "app", vpcSecurityGroupIds=[ref(_group())])

_SOURCE = "rules.0.sourceIps"
EXAMPLES = (
    example("Hetzner, part of a declared network", _firewall("22", "203.0.113.128/25")),
    example("Hetzner, no administration port", _firewall("443", "0.0.0.0/0")),
    example("Hetzner, the estate's own network", _NETWORK, _firewall("22", "10.0.7.0/24")),
    example(
        "Hetzner, a wider network than declared",
        _firewall("22", "203.0.112.0/23"),
        fails("firewall", f"{_SOURCE}.0"),
    ),
    example("Hetzner, inside a range", _firewall("20-25", "198.51.100.7"), fails("firewall", f"{_SOURCE}.0")),
    example(
        "Hetzner, half the internet beside a declared network",
        _firewall("3389", "203.0.113.0/24", "128.0.0.0/1", protocol="udp"),
        fails("firewall", f"{_SOURCE}.1"),
    ),
    example(
        "Hetzner, a foreign private network",
        _NETWORK,
        _firewall("22", "10.1.0.0/16"),
        fails("firewall", f"{_SOURCE}.0"),
    ),
    example(
        "Hetzner, a port of which only deployment knows",
        _firewall(UNKNOWN, "::/0"),
        unknown("firewall", f"{_SOURCE}.0"),
    ),
    example(
        "AWS, a port spelled as text",
        _group(fromPort="22", toPort="22", cidrBlocks=["198.51.100.0/24"]),
        _INSTANCE,
        fails("group", "ingress.0.cidrBlocks.0"),
    ),
    example("AWS, a peer group", _group(securityGroups=["sg-1"]), _INSTANCE),
    example(
        "AWS, everything to everyone over IPv6",
        _group(protocol="-1", fromPort=0, toPort=0, ipv6CidrBlocks=["::/0"]),
        _INSTANCE,
        fails("group", "ingress.0.ipv6CidrBlocks.0"),
    ),
    example(
        "AWS, a group that a balancer and a host share",
        _group(cidrBlocks=["0.0.0.0/0"]),
        _BALANCER,
        _INSTANCE,
        fails("group", "ingress.0.cidrBlocks.0"),
    ),
    example(
        "AWS, a private network of which only deployment knows whether it is ours",
        _VPC,
        _group(cidrBlocks=["10.0.0.0/8"]),
        unknown("group", "ingress.0.cidrBlocks.0"),
    ),
)
