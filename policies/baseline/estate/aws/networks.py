"""VPCs: their prefix, their default security group, their flow logs, and whether they have a way out."""

from __future__ import annotations

from typing import Any

from baseline.estate.builder import Builder, cidr, undecided
from baseline.estate.doubt import either
from baseline.estate.nouns import Network
from baseline.graph import UNKNOWN, Ref, Resource

VPC = "aws:ec2/vpc:Vpc"
DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc"
VPCS = (VPC, DEFAULT_VPC)
SUBNETS = ("aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet")
DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
RULES = (
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
)
_NAT = "aws:ec2/natGateway:NatGateway"
_FLOW_LOG = "aws:ec2/flowLog:FlowLog"


def read(builder: Builder) -> None:
    """Every VPC."""
    builder.of(*SUBNETS)
    logged, ways_out, groups = _flow_logs(builder), _ways_out(builder), _default_groups(builder)
    for vpc in builder.of(*VPCS):
        # The default VPC of a region (Amazon VPC user guide, "Default VPCs").
        prefix = "172.31.0.0/16" if vpc.type == DEFAULT_VPC else vpc.inputs.get("cidrBlock")
        builder.add(
            Network(
                origin=vpc,
                provider="aws",
                prefix=cidr(prefix),
                default_group=groups.get(vpc.urn, groups.get("", "unmanaged")),
                flow_logs=either([*logged.get(vpc.urn, ()), *logged.get("", ())]),
                gateway=either([*ways_out.get(vpc.urn, ()), *ways_out.get("", ())]),
            )
        )


def vpcs_of(builder: Builder, subnet: Resource) -> list[Resource]:
    """The VPCs in which a subnet may lie."""
    if subnet.type == SUBNETS[1]:
        return list(builder.of(DEFAULT_VPC))
    return builder.referred(subnet.inputs.get("vpcId"), *VPCS)


def _flow_logs(builder: Builder) -> dict[str, list[Any]]:
    """By VPC, whether a flow log records all of it; under the empty name, those of which nobody knows the VPC."""
    found: dict[str, list[Any]] = {}
    for log in builder.of(_FLOW_LOG):
        value = log.inputs.get("vpcId")
        traffic = log.inputs.get("trafficType")
        whole = traffic if undecided(traffic) else traffic == "ALL"
        vpc = builder.the_one(value, *VPCS)
        if vpc is not None:
            found.setdefault(vpc.urn, []).append(whole)
        elif undecided(value):
            found.setdefault("", []).append(UNKNOWN)
    return found


def _ways_out(builder: Builder) -> dict[str, list[Any]]:
    """By VPC, whether a NAT gateway leads out of it; under the empty name, those of which nobody knows the VPC."""
    found: dict[str, list[Any]] = {}
    for nat in builder.of(_NAT):
        kind = nat.inputs.get("connectivityType")
        public = kind if undecided(kind) else kind != "private"  # absent: public (aws provider)
        vpcs = builder.referred(nat.inputs.get("vpcId"), *VPCS)
        for subnet in builder.referred(nat.inputs.get("subnetId"), *SUBNETS):
            vpcs += vpcs_of(builder, subnet)
        places = [vpc.urn for vpc in vpcs]
        if len(set(places)) == 1:
            found.setdefault(places[0], []).append(public)
        elif public is not False and any(undecided(nat.inputs.get(key)) for key in ("vpcId", "subnetId")):
            found.setdefault("", []).append(UNKNOWN)
    return found


def _default_groups(builder: Builder) -> dict[str, Any]:
    """By VPC, the state of its default group; under the empty name UNKNOWN, where nobody knows whose one is."""
    groups = [rule.inputs.get("securityGroupId") for rule in builder.of(*RULES)]
    opened = {target.urn for group in groups for target in builder.referred(group, DEFAULT_GROUP, *VPCS)}
    any_opened = any(undecided(group) and not builder.referred(group) for group in groups)
    states: dict[str, Any] = {}
    for group in builder.of(DEFAULT_GROUP):
        rules = [group.inputs.get(key) for key in ("ingress", "egress")]
        has_rules = either(rule if undecided(rule) else bool(rule) for rule in rules)
        for vpc in default_group_vpcs(builder, group):
            if group.urn in opened or vpc.urn in opened or has_rules is True:
                states[vpc.urn] = "open"
            else:
                states[vpc.urn] = has_rules if undecided(has_rules) else UNKNOWN if any_opened else "emptied"
        value = group.inputs.get("vpcId")
        if undecided(value) and type(value) is not Ref:
            states.setdefault("", UNKNOWN)
    return states


def default_group_vpcs(builder: Builder, group: Resource) -> list[Resource]:
    """The VPC of which a DefaultSecurityGroup is the default; without `vpcId` that of the default VPC."""
    value = group.inputs.get("vpcId")
    return list(builder.of(DEFAULT_VPC)) if value is None else builder.referred(value, *VPCS)
