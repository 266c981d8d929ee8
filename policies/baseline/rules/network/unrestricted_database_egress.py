"""Where a database host may send what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate, some
from baseline.estate.nouns import Admission
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Admission,
    clauses=("4.1", "5.1/5", "5.3.1 1)"),
    remedy="Name the networks, groups or prefix lists that it needs; at Hetzner one outbound rule shuts the rest out.",
    applies=lambda admission: not admission.inbound and some(lambda host: host.role == "database", admission.hosts),
)
def unrestricted_database_egress(admission: Admission, estate: Estate) -> Iterator[Problem]:
    """A database host may send to the whole internet.

    Whoever breaks in wants to carry data out. The host may reach the networks of the services that it uses, together
    up to the largest network that one holder has (an IPv4 /8, an IPv6 /19), on any port. Where a Hetzner firewall has
    no outbound rule everything may leave, and so it may from an AWS default group that nobody emptied.
    """
    if estate.opens_internet(admission):
        yield Problem(f"{admission.whom} may send {admission.what} to {admission.prefix}")


def _firewall(*destinations: Any, name: str = "firewall") -> Resource:
    rule = {"direction": "out", "protocol": "tcp", "port": "443", "destinationIps": list(destinations)}
    return resource("hcloud:index/firewall:Firewall", name, rules=[rule] if destinations else [])


def _server(role: Any = "database", **inputs: Any) -> Resource:
    nets = [{"ipv4Enabled": True, "ipv6Enabled": False}]
    return resource("hcloud:index/server:Server", "database", labels={"role": role}, publicNets=nets, **inputs)


_NARROW, _ALSO_NARROW = (_firewall("151.101.0.0/16", name=name) for name in ("one", "other"))
_SILENT = _firewall(name="silent")
_EITHER = ref(_NARROW, _ALSO_NARROW)
_BEHIND = {"firewallIds": [ref(_firewall())]}
_VPC = resource("aws:ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
_SUBNET = resource("aws:ec2/subnet:Subnet", "subnet", vpcId=ref(_VPC))


def _group(**egress: Any) -> Resource:
    rule = {"protocol": "-1", "fromPort": 0, "toPort": 0, **egress}
    return resource("aws:ec2/securityGroup:SecurityGroup", "group", vpcId=ref(_VPC), egress=[rule])


_INSTANCE = resource(
    "aws:ec2/instance:Instance", "database", vpcSecurityGroupIds=[ref(_group())], tags={"role": "database"}
)
_UNGROUPED = resource("aws:ec2/instance:Instance", "database", subnetId=ref(_SUBNET), tags={"role": "database"})
_ENDPOINT = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "storage", vpcId=ref(_VPC))

_TO = "rules.0.destinationIps"
EXAMPLES = (
    example("Hetzner, a mirror's networks", _firewall("151.101.0.0/16", "146.75.0.0/16"), _server(**_BEHIND)),
    example("Hetzner, everyone", _firewall("0.0.0.0/0"), _server(**_BEHIND), fails("firewall", f"{_TO}.0")),
    example(
        "Hetzner, two quarters beside a mirror",
        _firewall("64.0.0.0/2", "151.101.0.0/16", "::/1"),
        _server(**_BEHIND),
        fails("firewall", f"{_TO}.0"),
        fails("firewall", f"{_TO}.2"),
    ),
    example("Hetzner, no outbound rule", _firewall(), _server(**_BEHIND), fails("database", "firewallIds")),
    example(
        "Hetzner, two firewalls that name networks", _NARROW, _ALSO_NARROW, _server(firewallIds=[_EITHER, _EITHER])
    ),
    example(
        "Hetzner, two firewalls, of which one names networks",
        _NARROW,
        _SILENT,
        _server(firewallIds=[ref(_NARROW, _SILENT), ref(_NARROW, _SILENT)]),
        unknown("database", "firewallIds"),
    ),
    example(
        "Hetzner, a rule of which only deployment knows",
        _firewall(UNKNOWN),
        _server(**_BEHIND),
        unknown("firewall", f"{_TO}.0"),
    ),
    example(
        "Hetzner, a role of which only deployment knows",
        _firewall("0.0.0.0/0"),
        _server(UNKNOWN, **_BEHIND),
        unknown("firewall", f"{_TO}.0"),
    ),
    example("AWS, the VPC", _VPC, _group(cidrBlocks=["10.0.0.0/16"]), _INSTANCE),
    example("AWS, one service's prefix list", _VPC, _ENDPOINT, _group(prefixListIds=[ref(_ENDPOINT)]), _INSTANCE),
    example(
        "AWS, everyone over IPv6",
        _VPC,
        _group(ipv6CidrBlocks=["::/0"]),
        _INSTANCE,
        fails("group", "egress.0.ipv6CidrBlocks.0"),
    ),
    example(
        "AWS, a prefix list of which nobody knows the content",
        _VPC,
        _group(prefixListIds=["pl-1"]),
        _INSTANCE,
        unknown("group", "egress.0.prefixListIds.0"),
    ),
    example("AWS, the default group that nobody emptied", _VPC, _SUBNET, _UNGROUPED, fails("database")),
)
