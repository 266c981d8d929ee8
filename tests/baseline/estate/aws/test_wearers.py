"""Security groups before whatever wears them: the same open group is a defect before any of it."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest

from baseline.estate.aws.wearers import WEARERS
from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import nested, outcomes, passed
from tests.baseline.estate.aws.sdk import inputs

HOST_RULE = "host_reachable_from_internet"
VPC = resource("aws:ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
GROUP = resource("aws:ec2/securityGroup:SecurityGroup", "group", vpcId=ref(VPC))
OPEN = resource(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "open",
    securityGroupId=ref(GROUP),
    ipProtocol="tcp",
    fromPort=8080,
    toPort=8080,
    cidrIpv4="0.0.0.0/0",
)
RULES = {"database": "database_port_open_beyond_network", "host": HOST_RULE, "other": HOST_RULE}
CLUSTER = "aws:eks/cluster:Cluster"
GUARDED = [(type_, path) for type_, (kind, paths) in WEARERS.items() if kind in RULES for path in paths]


@pytest.mark.parametrize(("type_", "path"), GUARDED)
def test_a_group_for_everyone_is_found_before_every_type(type_: str, path: str) -> None:
    """Whatever wears the group, in a list or alone, strangers reach it."""
    rule = RULES[WEARERS[type_][0]]

    def worn(group: Any) -> Resource:
        said = nested(path, group)
        if type_ == CLUSTER:  # whose API is open by itself
            said["vpcConfig"]["endpointPublicAccess"] = False
        return resource(type_, "worn", **said)

    assert outcomes(rule, VPC, GROUP, OPEN, worn([ref(GROUP)])) == {("fail", "open", "cidrIpv4")}
    assert outcomes(rule, VPC, GROUP, OPEN, worn(ref(GROUP))) == {("fail", "open", "cidrIpv4")}
    strange = outcomes(rule, worn(["sg-0123", UNKNOWN]))
    assert {("unknown", "worn", f"{path}.0"), ("unknown", "worn", f"{path}.1")} <= strange
    assert {outcome for outcome, _, _ in strange} == {"unknown"}


@pytest.mark.parametrize("type_", sorted(type_ for type_, (kind, _) in WEARERS.items() if kind not in RULES))
def test_a_front_door_may_stand_open(type_: str) -> None:
    """A balancer is there for strangers, an endpoint for a service of AWS."""
    (path,) = WEARERS[type_][1]
    worn = resource(type_, "worn", **nested(path, [ref(GROUP)]))
    assert not outcomes(HOST_RULE, VPC, GROUP, OPEN, worn)


def test_a_group_for_the_own_network_passes_before_a_service() -> None:
    """What only the network may send is nobody's way in."""
    inside = resource(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "inside",
        securityGroupId=ref(GROUP),
        ipProtocol="tcp",
        fromPort=8080,
        toPort=8080,
        cidrIpv4="10.0.0.0/16",
    )
    service = resource("aws:ecs/service:Service", "web", networkConfiguration={"securityGroups": [ref(GROUP)]})
    assert passed(HOST_RULE, VPC, GROUP, inside, service) == {"inside"}


@pytest.mark.parametrize("strange", ["a text", ["a text"], [None], UNKNOWN, [UNKNOWN]])
def test_a_network_of_no_known_shape_is_unknown(strange: Any) -> None:
    """A deployment may make anything of it."""
    service = resource("aws:ecs/service:Service", "web", networkConfiguration=strange)
    assert {outcome for outcome, _, _ in outcomes(HOST_RULE, service)} == {"unknown"}


_GROUPS: Final = re.compile(r"(^|\.)\w*[sS]ecurityGroups?(s?Ids?|Arns?|Names?)?$")
_NOT_WORN: Final = {
    "is a group or a rule of one": [
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        "aws:ec2/vpcSecurityGroupRulesExclusive:VpcSecurityGroupRulesExclusive",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ],
    "opens a group to a further network, which its rules then name": [
        "aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation",
    ],
    "is read with the machines": [
        "aws:ec2/instance:Instance",
        "aws:ec2/launchConfiguration:LaunchConfiguration",
        "aws:ec2/launchTemplate:LaunchTemplate",
        "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
        "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
        "aws:eks/nodeGroup:NodeGroup",
    ],
}
_PEERS: Final = {
    "aws:eks/cluster:Cluster": {"vpcConfig.clusterSecurityGroupId"},  # an output of the cluster
    "aws:elb/loadBalancer:LoadBalancer": {"sourceSecurityGroup"},  # whom its targets admit
    "aws:lambda/function:Function": {"replacementSecurityGroupIds"},  # worn on the way to its end
    "aws:medialive/input:Input": {"inputSecurityGroups"},  # of MediaLive's own kind
    "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate": {"associateDefaultSecurityGroup"},
}


def test_every_type_with_a_security_group_is_known() -> None:
    """An input of the SDK that names security groups is read, or is named here with the reason."""
    excused = {type_ for types in _NOT_WORN.values() for type_ in types}
    missing = {
        f"{type_} {path}"
        for type_, paths in inputs().items()
        for path in paths
        if _GROUPS.search(path) and type_ not in excused
        if path not in WEARERS.get(type_, ("", ()))[1] and path not in _PEERS.get(type_, ())
    }
    assert not missing
    assert not excused & WEARERS.keys()


def test_every_path_is_an_input_of_its_type() -> None:
    """A misspelt path would see nothing."""
    given = inputs()
    assert [
        f"{type_} {path}" for type_, (_, paths) in WEARERS.items() for path in paths if path not in given[type_]
    ] == []
