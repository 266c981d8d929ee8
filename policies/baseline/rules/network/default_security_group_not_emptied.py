"""What the security group that AWS makes by itself would let through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.nouns import Network
from baseline.graph import UNKNOWN, Resource
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Network,
    level="warning",
    clauses=("5.3.1 1)",),
    remedy="Declare a DefaultSecurityGroup for the VPC without ingress and egress: that removes AWS's own rules.",
    applies=lambda network: network.provider == "aws",
)
def default_security_group_not_emptied(network: Network, _: Estate) -> Iterator[Problem]:
    """A network's default security group has rules.

    Whatever is made without a group falls to the default one, by a console as by a program. As AWS makes it, it lets
    its members reach each other and everyone outside; emptied, it lets nothing pass, so that a forgotten group is
    noticed.
    """
    if network.default_group == "unmanaged":
        yield Problem(f"nobody emptied the default security group of {network.label}")
    elif network.default_group == "open":
        yield Problem(f"the default security group of {network.label} has rules of its own")


_VPC = resource("aws:ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
_RULE = resource(
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "rule",
    securityGroupId=ref(_VPC),
    ipProtocol="-1",
    cidrIpv4="0.0.0.0/0",
)


def _default(vpc: Any, **rules: Any) -> Resource:
    return resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", vpcId=vpc, **rules)


EXAMPLES = (
    example("emptied", _VPC, _default(ref(_VPC), ingress=[], egress=[])),
    example("left as AWS made it", _VPC, fails("vpc")),
    example("with a rule", _VPC, _default(ref(_VPC), ingress=[{"protocol": "-1", "self": True}]), fails("vpc")),
    example(
        "with a rule for itself of which only deployment knows",
        _VPC,
        _default(ref(_VPC), ingress=[{"protocol": "-1", "self": UNKNOWN}]),
        fails("vpc"),
    ),
    example("emptied, and given a rule by another resource", _VPC, _default(ref(_VPC)), _RULE, fails("vpc")),
    example(
        "emptied, beside a rule of which nobody knows the group",
        _VPC,
        _default(ref(_VPC)),
        resource(_RULE.type, "rule", **_RULE.inputs | {"securityGroupId": UNKNOWN}),
        unknown("vpc"),
    ),
    example("rules known only after deployment", _VPC, _default(ref(_VPC), ingress=UNKNOWN), unknown("vpc")),
    example("of a network known only after deployment", _VPC, _default(UNKNOWN), unknown("vpc")),
)
