"""Which hosts fall to the security group that AWS makes by itself."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.nouns import Host
from baseline.graph import UNKNOWN
from baseline.rule import Problem, example, fails, ref, resource, rule, unknown


@rule(
    Host,
    clauses=("5.3.1 1)",),
    remedy="Give the host a security group of its own role in `vpcSecurityGroupIds`.",
    applies=lambda host: host.provider == "aws",
)
def default_security_group_in_use(host: Host, _: Estate) -> Iterator[Problem]:
    """A host is in the default security group of its network.

    Whatever names no group falls to it: its members may all reach each other and everyone outside, and nobody chose
    that. An emptied one is no group for a host either, since whoever adds one rule to it opens all that fell to it.
    """
    if host.default_group:
        yield Problem(f"{host.label} is in the default security group of its network")


_INSTANCE = "aws:ec2/instance:Instance"
_TEMPLATE_TYPE = "aws:ec2/launchTemplate:LaunchTemplate"
_VPC = resource("aws:ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
_GROUP = resource("aws:ec2/securityGroup:SecurityGroup", "group", vpcId=ref(_VPC))
_DEFAULT = resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", vpcId=ref(_VPC))
_INTERFACE = resource("aws:ec2/networkInterface:NetworkInterface", "interface", securityGroups=[ref(_GROUP)])
_BARE = resource("aws:ec2/networkInterface:NetworkInterface", "interface")
_ON_INTERFACE = resource(_INSTANCE, "app", networkInterfaces=[{"networkInterfaceId": ref(_INTERFACE)}])
_TEMPLATE = resource(_TEMPLATE_TYPE, "template", networkInterfaces=[{"securityGroups": [ref(_GROUP)]}])
_PLAIN_TEMPLATE = resource(_TEMPLATE_TYPE, "template")
_SCALED = resource("aws:autoscaling/group:Group", "scaled", launchTemplate={"id": ref(_PLAIN_TEMPLATE)})
_FROM_TEMPLATE = {"id": ref(_PLAIN_TEMPLATE)}

EXAMPLES = (
    example("a group of its own", _VPC, _GROUP, resource(_INSTANCE, "app", vpcSecurityGroupIds=[ref(_GROUP)])),
    example("by its interface", _VPC, _GROUP, _INTERFACE, _ON_INTERFACE),
    example(
        "by its template", _VPC, _GROUP, _TEMPLATE, resource(_INSTANCE, "app", launchTemplate={"id": ref(_TEMPLATE)})
    ),
    example(
        "beside a template that leaves it open",
        _GROUP,
        _PLAIN_TEMPLATE,
        resource(_INSTANCE, "app", vpcSecurityGroupIds=[ref(_GROUP)], launchTemplate=_FROM_TEMPLATE),
    ),
    example("none named", resource(_INSTANCE, "app"), fails("app")),
    example("none on its interface", _BARE, _ON_INTERFACE, fails("app")),
    example("none in the template of a scaling group", _PLAIN_TEMPLATE, _SCALED, fails("template")),
    example(
        "named, emptied", _VPC, _DEFAULT, resource(_INSTANCE, "app", vpcSecurityGroupIds=[ref(_DEFAULT)]), fails("app")
    ),
    example("named by its VPC", _VPC, resource(_INSTANCE, "app", vpcSecurityGroupIds=[ref(_VPC)]), fails("app")),
    example(
        "one of two",
        _VPC,
        _GROUP,
        _DEFAULT,
        resource(_INSTANCE, "app", vpcSecurityGroupIds=[ref(_GROUP, _DEFAULT)]),
        unknown("app"),
    ),
    example(
        "on an interface of another program",
        resource(_INSTANCE, "app", networkInterfaces=[{"networkInterfaceId": "eni-0123"}]),
        unknown("app"),
    ),
    example("known only after deployment", resource(_INSTANCE, "app", vpcSecurityGroupIds=UNKNOWN), unknown("app")),
)
