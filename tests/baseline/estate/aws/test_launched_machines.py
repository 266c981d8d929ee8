"""Fleets, node groups and environments: the machines that they launch are hosts as any, wherever it is said."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.aws.launchers import LAUNCHERS
from baseline.estate.build import build
from baseline.estate.builder import undecided
from baseline.estate.nouns import Host
from baseline.graph import UNKNOWN, Resource
from baseline.rule import aws_provider, example, ref, resource
from tests.baseline.estate.aws.judging import nested, outcomes
from tests.baseline.estate.aws.sdk import inputs

RULE = "host_reachable_from_internet"
VPC = resource("aws:ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
SUBNET = resource("aws:ec2/subnet:Subnet", "outside", vpcId=ref(VPC), mapPublicIpOnLaunch=True)
GROUP = resource("aws:ec2/securityGroup:SecurityGroup", "group", vpcId=ref(VPC))
OPEN = resource(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "open",
    securityGroupId=ref(GROUP),
    ipProtocol="tcp",
    fromPort=22,
    toPort=22,
    cidrIpv4="0.0.0.0/0",
)
TEMPLATE = resource("aws:ec2/launchTemplate:LaunchTemplate", "pattern", vpcSecurityGroupIds=[ref(GROUP)])


BY_TEMPLATE = sorted(type_ for type_, launcher in LAUNCHERS.items() if launcher.templates)
BY_THEMSELVES = sorted(type_ for type_, launcher in LAUNCHERS.items() if not launcher.templates)


def hosts(*resources: Resource) -> dict[str, Host]:
    """The hosts of an estate, by name."""
    case = example("", aws_provider(), *resources)
    return {host.name: host for host in build(case.graph, case.terms).all(Host)}


def launcher(type_: str, **more: Any) -> Resource:
    """A launcher of the template, in the subnet."""
    path, subnets = LAUNCHERS[type_].templates[0], LAUNCHERS[type_].subnets[0]
    said: dict[str, Any] = {}
    for at, value in ((path, {"id": ref(TEMPLATE), "launchTemplateId": ref(TEMPLATE)}), (subnets, [ref(SUBNET)])):
        _merge(said, nested(at, value))
    return resource(type_, "launcher", **{**said, **more})


def _merge(said: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(said.get(key), dict):
            _merge(said[key], value)
        else:
            said[key] = value


@pytest.mark.parametrize("type_", BY_TEMPLATE)
def test_whatever_launches_a_template_says_where_its_machines_stand(type_: str) -> None:
    """The template is the host, in the launcher's subnets and behind the template's groups."""
    compute = {"computeResources": {"type": "EC2"}} if type_.startswith("aws:batch/") else {}
    launched = launcher(type_)
    _merge(launched.inputs, compute)
    found = hosts(VPC, SUBNET, GROUP, TEMPLATE, launched)
    assert list(found) == ["pattern"]
    assert found["pattern"].public_ipv4 is True
    assert outcomes(RULE, VPC, SUBNET, GROUP, OPEN, TEMPLATE, launched) == {("fail", "open", "cidrIpv4")}


@pytest.mark.parametrize("type_", BY_TEMPLATE)
def test_a_template_that_nobody_sees_is_unknown(type_: str) -> None:
    """What another program holds may admit anyone."""
    path = LAUNCHERS[type_].templates[0]
    said = nested(path, {"name": "elsewhere", "launchTemplateName": "elsewhere", "version": "1"})
    if type_.startswith("aws:batch/"):
        said["computeResources"]["type"] = "SPOT"
    found = hosts(resource(type_, "launcher", **said))
    assert list(found) == ["launcher"]
    assert ("unknown", "launcher", "launchTemplate") in outcomes(RULE, resource(type_, "launcher", **said))


SPOT = "aws:ec2/spotFleetRequest:SpotFleetRequest"


def test_what_a_spot_fleet_says_itself_is_its_machine() -> None:
    """Its specifications stand in place of templates; what they say differently is unknown."""
    first = {"vpcSecurityGroupIds": [ref(GROUP)], "subnetId": ref(SUBNET), "associatePublicIpAddress": False}
    one = resource(SPOT, "fleet", launchSpecifications=[first])
    assert hosts(VPC, SUBNET, GROUP, one)["fleet"].public_ipv4 is False
    assert outcomes(RULE, VPC, SUBNET, GROUP, OPEN, one) == {("fail", "open", "cidrIpv4")}
    two = resource(SPOT, "fleet", launchSpecifications=[first, first | {"associatePublicIpAddress": True}])
    assert undecided(hosts(VPC, SUBNET, GROUP, two)["fleet"].given("public_ipv4"))


NODES = "aws:eks/nodeGroup:NodeGroup"


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ({"ec2SshKey": "k"}, {("fail", "nodes", "remoteAccess.ec2SshKey")}),
        ({"ec2SshKey": UNKNOWN}, {("unknown", "nodes", "remoteAccess.ec2SshKey")}),
        ({"ec2SshKey": "k", "sourceSecurityGroupIds": ["sg-1"]}, set()),
        ({}, set()),
        (None, set()),
    ],
)
def test_a_key_without_source_groups_opens_nodes_to_everyone(remote: Any, expected: set[Any]) -> None:
    """EKS opens port 22 to the internet then, in a group of its own."""
    nodes = resource(NODES, "nodes", subnetIds=[ref(SUBNET)], remoteAccess=remote)
    assert outcomes(RULE, VPC, SUBNET, nodes) == expected


def test_an_environment_on_fargate_launches_no_machine() -> None:
    """Its tasks are AWS's machines."""
    kind = "aws:batch/computeEnvironment:ComputeEnvironment"
    assert not hosts(resource(kind, "jobs", computeResources={"type": "FARGATE", "subnets": [ref(SUBNET)]}))
    assert list(hosts(resource(kind, "jobs", computeResources={"type": UNKNOWN}))) == ["jobs"]
    assert not hosts(resource(kind, "jobs", type="UNMANAGED"))


@pytest.mark.parametrize("type_", sorted(LAUNCHERS))
@pytest.mark.parametrize("strange", ["a text", 7, [None], ["a text"], {"a": {"b": []}}, UNKNOWN])
def test_no_shape_of_a_launcher_breaks_the_judge(type_: str, strange: Any) -> None:
    """Every part of it may be anything."""
    for path in (*LAUNCHERS[type_].templates, *LAUNCHERS[type_].subnets, LAUNCHERS[type_].inline or "tags"):
        whole = path.partition(".")[0]
        outcomes(RULE, resource(type_, "launcher", **nested(path, strange)))
        said = outcomes(RULE, resource(type_, "launcher", **nested(whole, strange)))
        assert "fail" not in {outcome for outcome, _, _ in said}


@pytest.mark.parametrize("type_", BY_THEMSELVES)
def test_what_launches_by_no_template_says_where_its_machines_stand(type_: str) -> None:
    """In its subnets and behind its groups; what it does not say of groups is unknown."""
    launcher_ = LAUNCHERS[type_]
    said = nested(launcher_.subnets[0], [ref(SUBNET)])
    bare = resource(type_, "launcher", **said)
    assert ("unknown", "launcher", "launchTemplate") in outcomes(RULE, VPC, SUBNET, bare)
    _merge(said, nested(launcher_.groups, [ref(GROUP)]))
    found = hosts(VPC, SUBNET, GROUP, resource(type_, "launcher", **said))
    assert found["launcher"].public_ipv4 is True
    assert outcomes(RULE, VPC, SUBNET, GROUP, OPEN, resource(type_, "launcher", **said)) == {
        ("fail", "open", "cidrIpv4")
    }


METADATA = "metadata_service_v1"


def test_the_metadata_service_of_what_builds_images() -> None:
    """It has an input of its own, and version 1 is the default."""
    kind = "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration"
    assert {found[0] for found in outcomes(METADATA, resource(kind, "it"))} == {"fail"}
    assert not outcomes(METADATA, resource(kind, "it", instanceMetadataOptions={"httpTokens": "required"}))
    assert {found[0] for found in outcomes(METADATA, resource(kind, "it", instanceMetadataOptions=UNKNOWN))} == {
        "unknown"
    }
    assert {found[0] for found in outcomes(METADATA, resource(kind, "it", instanceMetadataOptions="x"))} == {"unknown"}


@pytest.mark.parametrize("type_", [type_ for type_ in BY_THEMSELVES if LAUNCHERS[type_].managed])
def test_nobody_sees_the_metadata_service_of_machines_that_aws_runs(type_: str) -> None:
    """It is AWS's choice, which no input shows."""
    said = nested(LAUNCHERS[type_].subnets[0], [ref(SUBNET)])
    assert {found[0] for found in outcomes(METADATA, VPC, SUBNET, resource(type_, "it", **said))} == {"not_observable"}


def test_a_provider_that_scales_a_group_launches_no_machine_of_its_own() -> None:
    """The group is judged itself."""
    kind = "aws:ecs/capacityProvider:CapacityProvider"
    assert not hosts(resource(kind, "it", autoScalingGroupProvider={"autoScalingGroupArn": "arn"}))
    assert list(hosts(resource(kind, "it", managedInstancesProvider=UNKNOWN))) == ["it"]


def test_every_path_is_an_input_of_its_type() -> None:
    """A misspelt path would see nothing."""
    given = inputs()
    paths = [
        f"{type_} {path}"
        for type_, item in LAUNCHERS.items()
        for path in (*item.templates, *item.subnets, item.inline, item.groups, item.metadata)
        if path and path != "metadataOptions" and path not in given[type_]
    ]
    assert paths == []
