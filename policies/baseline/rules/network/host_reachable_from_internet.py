"""What a firewall lets in from strangers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Admission
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Admission,
    clauses=("5.1", "5.3.1 1)"),
    remedy="Admit the balancer's private prefix or security group instead, and let strangers reach the balancer only.",
    applies=lambda admission: admission.inbound and admission.opens_any("host", "other"),
)
def host_reachable_from_internet(admission: Admission, estate: Estate) -> Iterator[Problem]:
    """A host can be reached from the internet.

    Only the balancer stands before the internet. Half of the internet counts, and so do narrow prefixes that add up to
    more than one network could own; scanners that look for 0.0.0.0/0 or for known ports pass both. Whether the host has
    a public address today does not matter: the firewall is what is promised. A group to which nothing is seen attached
    may stand before a host, so it is judged as one.
    """
    if estate.opens_internet(admission):
        yield Problem(f"{admission.label} lets {admission.prefix} send {admission.what} to {admission.whom}")


def _firewall(port: Any, *sources: Any) -> Resource:
    rule = {"direction": "in", "protocol": "tcp", "port": port, "sourceIps": list(sources)}
    return resource("hcloud:index/firewall:Firewall", "firewall", rules=[rule])


def _ingress(name: str, group: Resource, **source: Any) -> Resource:
    inputs = {"securityGroupId": ref(group), "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, **source}
    return resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name, **inputs)


_FRONT = resource("aws:ec2/securityGroup:SecurityGroup", "front")
_BACK = resource("aws:ec2/securityGroup:SecurityGroup", "back")
_BALANCER = resource("aws:lb/loadBalancer:LoadBalancer", "balancer", securityGroups=[ref(_FRONT)])
_HOST = resource("aws:ec2/instance:Instance", "app", vpcSecurityGroupIds=[ref(_BACK)], associatePublicIpAddress=False)
_ANYONE = _ingress("anyone", _FRONT, cidrIpv4="0.0.0.0/0")
_INSIDE = _ingress("inside", _BACK, referencedSecurityGroupId=ref(_FRONT))
_SEVERAL = resource("aws:ec2/instance:Instance", "either", vpcSecurityGroupIds=[ref(_FRONT, _BACK)])
_STRANGE = resource("aws:ec2/instance:Instance", "strange", vpcSecurityGroupIds=["sg-0123"])
_LIST = resource("aws:ec2/managedPrefixList:ManagedPrefixList", "list", entries=[{"cidr": "128.0.0.0/2"}])
_TEMPLATE = resource("aws:ec2/launchTemplate:LaunchTemplate", "app", vpcSecurityGroupIds=[ref(_FRONT)])

_SOURCE = "rules.0.sourceIps"
EXAMPLES = (
    example("Hetzner, an administrator's network", _firewall("22", "203.0.113.0/24")),
    example("Hetzner, everyone", _firewall("443", "0.0.0.0/0"), fails("firewall", f"{_SOURCE}.0")),
    example(
        "Hetzner, two halves",
        _firewall("443", "0.0.0.0/1", "128.0.0.0/1"),
        fails("firewall", f"{_SOURCE}.0"),
        fails("firewall", f"{_SOURCE}.1"),
    ),
    example(
        "Hetzner, narrow prefixes that add up",
        _firewall("443", "20.0.0.0/16", "20.1.0.0/16", "10.0.0.0/8"),
        fails("firewall", f"{_SOURCE}.0"),
        fails("firewall", f"{_SOURCE}.1"),
    ),
    example("Hetzner, IPv6 and a range", _firewall("1024-5000", "2000::/3"), fails("firewall", f"{_SOURCE}.0")),
    example(
        "Hetzner, a failure beside an unknown",
        _firewall(UNKNOWN, "0.0.0.0/0", UNKNOWN),
        fails("firewall", f"{_SOURCE}.0"),
        unknown("firewall", f"{_SOURCE}.1"),
    ),
    example(
        "Hetzner, a rule that is left out, and one that is half said",
        resource(
            "hcloud:index/firewall:Firewall", "firewall", rules=[None, {"direction": "in", "sourceIps": ["0.0.0.0/0"]}]
        ),
        unknown("firewall", "rules.0"),
        fails("firewall", "rules.1.sourceIps.0"),
    ),
    example("AWS, only the balancer", _FRONT, _BACK, _BALANCER, _HOST, _ANYONE, _INSIDE),
    example(
        "AWS, a group that a balancer and a template share",
        _FRONT,
        _BALANCER,
        _ANYONE,
        _TEMPLATE,
        fails("anyone", "cidrIpv4"),
    ),
    example("AWS, one of several groups", _FRONT, _BACK, _BALANCER, _ANYONE, _SEVERAL, fails("anyone", "cidrIpv4")),
    example(
        "AWS, a prefix list",
        _BACK,
        _HOST,
        _LIST,
        _ingress("listed", _BACK, prefixListId=ref(_LIST)),
        fails("listed", "prefixListId"),
    ),
    example("AWS, a group of another program", _STRANGE, unknown("strange", "vpcSecurityGroupIds.0")),
)
