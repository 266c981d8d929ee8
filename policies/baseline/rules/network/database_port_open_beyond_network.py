"""Who may reach the ports on which databases listen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate, every
from baseline.estate.nouns import Admission
from baseline.estate.ports import DATABASE_PORTS, services
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Admission,
    clauses=("4.1", "5.1", "5.3.1 1)"),
    remedy="Admit the app hosts' private prefix or security group only; administer from inside the network.",
    applies=lambda admission: admission.inbound and admission.opens_any("host", "database", "other"),
)
def database_port_open_beyond_network(admission: Admission, estate: Estate) -> Iterator[Problem]:
    """A database port is open beyond the networks of the estate.

    The database holds the credentials of shops, so not even a declared administrator reaches it from outside. Any host
    may run a database, so the ports count on every host, and a range of ports counts for all that is in it. Before a
    managed database every port counts: which one it listens on is an input like any other.
    """

    def services_opened() -> list[str]:
        known = list(services(admission.ports, DATABASE_PORTS)) if admission.ports else []
        return known or (["a managed database"] if "database" in admission.targets else [])

    def strangers() -> tuple[str, ...]:
        return estate.outside_networks((admission.prefix,) if admission.prefix else ())

    if every(lambda ask: bool(ask()), (services_opened, strangers)):
        what = ", ".join(services_opened()[:4])
        yield Problem(f"{admission.label} opens {admission.what} of {admission.whom} to {admission.prefix}: {what}")


def _firewall(port: str, source: Any) -> Resource:
    rule = {"direction": "in", "protocol": "tcp", "port": port, "sourceIps": [source]}
    return resource("hcloud:index/firewall:Firewall", "firewall", rules=[rule])


def _rule(**source: Any) -> Resource:
    inputs = {"type": "ingress", "protocol": "6", "fromPort": 5432, "toPort": 5432, **source}
    return resource("aws:ec2/securityGroupRule:SecurityGroupRule", "rule", securityGroupId=ref(_GROUP), **inputs)


_NETWORK = resource("hcloud:index/network:Network", "network", ipRange="10.0.0.0/16")
_VPC = resource("aws:ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
_GROUP = resource("aws:ec2/securityGroup:SecurityGroup", "group", vpcId=ref(_VPC))
_MANAGED = resource("aws:rds/instance:Instance", "managed", vpcSecurityGroupIds=[ref(_GROUP)])

EXAMPLES = (
    example("Hetzner, inside the network", _NETWORK, _firewall("5432", "10.0.8.0/24")),
    example(
        "Hetzner, a declared administrator", _firewall("5432", "203.0.113.7"), fails("firewall", "rules.0.sourceIps.0")
    ),
    example("Hetzner, inside a range", _firewall("5000-6000", "8.0.0.0/7"), fails("firewall", "rules.0.sourceIps.0")),
    example(
        "Hetzner, a source of which only deployment knows",
        _firewall("any", UNKNOWN),
        unknown("firewall", "rules.0.sourceIps.0"),
    ),
    example("Hetzner, no database port", _firewall("443", UNKNOWN)),
    example("AWS, the VPC", _VPC, _GROUP, _MANAGED, _rule(cidrBlocks=["10.0.0.0/16"])),
    example("AWS, a peer group", _VPC, _GROUP, _MANAGED, _rule(sourceSecurityGroupId=ref(_GROUP))),
    example(
        "AWS, a wider network", _VPC, _GROUP, _MANAGED, _rule(cidrBlocks=["10.0.0.0/8"]), fails("rule", "cidrBlocks.0")
    ),
    example(
        "AWS, a managed database on a port of its own",
        _VPC,
        _GROUP,
        _MANAGED,
        _rule(fromPort=15432, toPort=15432, cidrBlocks=["0.0.0.0/0"]),
        fails("rule", "cidrBlocks.0"),
    ),
    example(
        "AWS, a managed database behind a group of another program",
        resource("aws:rds/instance:Instance", "managed", vpcSecurityGroupIds=["sg-0123"]),
        unknown("managed", "vpcSecurityGroupIds.0"),
    ),
    example(
        "AWS, anyone beside an unknown",
        _VPC,
        _GROUP,
        _MANAGED,
        _rule(cidrBlocks=["0.0.0.0/0", UNKNOWN]),
        fails("rule", "cidrBlocks.0"),
        unknown("rule", "cidrBlocks.1"),
    ),
)
