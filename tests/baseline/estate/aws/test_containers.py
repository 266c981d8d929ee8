"""Containers and tunnels: public addresses, clusters' doors, mounts without TLS, and the keys of tunnels."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.aws.containers import TASKS
from baseline.estate.aws.tunnels import PHASES, VPN
from baseline.graph import UNKNOWN, Resource
from baseline.rule import ref, resource
from tests.baseline.estate.aws.judging import findings, nested, outcomes, passed
from tests.baseline.estate.aws.sdk import inputs

NEED = "public_address_without_need"
BITS = "tls_below_256_bits"
DOOR = "host_reachable_from_internet"
VPC = resource("aws:ec2/vpc:Vpc", "vpc", cidrBlock="10.0.0.0/16")
SUBNET = resource("aws:ec2/subnet:Subnet", "outside", vpcId=ref(VPC))
NAT = resource("aws:ec2/natGateway:NatGateway", "nat", subnetId=ref(SUBNET))
NETWORK = (VPC, SUBNET, NAT)


@pytest.mark.parametrize(("type_", "path"), sorted(TASKS.items()))
def test_a_task_needs_no_address_beside_a_gateway(type_: str, path: str) -> None:
    """It is a host as any: the gateway lets it out."""

    def tasks(asked: Any) -> Resource:
        return resource(type_, "tasks", **nested(path, {"assignPublicIp": asked, "subnets": [ref(SUBNET)]}))

    at = f"{path}.assignPublicIp"
    assert outcomes(NEED, *NETWORK, tasks(True)) == {("fail", "tasks", at)}
    assert outcomes(NEED, *NETWORK, tasks("ENABLED")) == {("fail", "tasks", at)}
    assert passed(NEED, VPC, SUBNET, tasks(True)) == {"tasks"}
    assert not outcomes(NEED, *NETWORK, tasks(False))
    assert outcomes(NEED, *NETWORK, tasks(UNKNOWN)) == {("unknown", "tasks", at)}
    assert outcomes(NEED, *NETWORK, resource(type_, "tasks", **nested(path, UNKNOWN))) == {("unknown", "tasks", at)}


def test_a_task_in_a_network_that_nobody_sees_is_unknown() -> None:
    """Another program's network may have a gateway or none."""
    tasks = resource(
        "aws:ecs/service:Service", "tasks", networkConfiguration={"assignPublicIp": True, "subnets": ["subnet-1"]}
    )
    assert outcomes(NEED, tasks) == {("unknown", "tasks", "networkConfiguration.assignPublicIp")}


@pytest.mark.parametrize(
    ("mount", "expected"),
    [
        ({"fileSystemId": "fs-1"}, "fail"),
        ({"fileSystemId": "fs-1", "transitEncryption": "DISABLED"}, "fail"),
        ({"fileSystemId": "fs-1", "transitEncryption": "ENABLED"}, "not_observable"),
        (UNKNOWN, "unknown"),
        ("a text", "unknown"),
    ],
)
def test_a_mounted_file_system_is_plain_unless_it_is_said(mount: Any, expected: str) -> None:
    """NFS travels as it is."""
    definition = resource(
        "aws:ecs/taskDefinition:TaskDefinition", "web", volumes=[{"name": "files", "efsVolumeConfiguration": mount}]
    )
    assert outcomes(BITS, definition) == {(expected, "web", "volumes.0.efsVolumeConfiguration")}


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, {("fail", "cluster", "vpcConfig.endpointPublicAccess")}),
        ({"endpointPublicAccess": True}, {("fail", "cluster", "vpcConfig.endpointPublicAccess")}),
        ({"endpointPublicAccess": False}, set()),
        ({"publicAccessCidrs": ["203.0.113.0/28"]}, set()),
        ({"publicAccessCidrs": ["0.0.0.0/1"]}, {("fail", "cluster", "vpcConfig.publicAccessCidrs.0")}),
        ({"publicAccessCidrs": UNKNOWN}, {("unknown", "cluster", "vpcConfig.publicAccessCidrs")}),
        ({"endpointPublicAccess": UNKNOWN}, {("unknown", "cluster", "vpcConfig.endpointPublicAccess")}),
    ],
)
def test_the_api_of_a_cluster_is_open_until_it_is_closed(config: dict[str, Any], expected: set[Any]) -> None:
    """EKS lets everyone ask unless it is told otherwise, and prefixes count as those of any firewall."""
    assert outcomes(DOOR, resource("aws:eks/cluster:Cluster", "cluster", vpcConfig=config)) == expected


def test_tunnels_agree_on_128_bits_unless_they_are_told() -> None:
    """Each phase of each tunnel counts, and so does every algorithm of a list."""
    assert outcomes(BITS, resource(VPN, "vpn")) == {("fail", "vpn", path) for path in PHASES}
    strict: dict[str, Any] = {path: ["AES256", "AES256-GCM-16"] for path in PHASES}
    assert passed(BITS, resource(VPN, "vpn", **strict)) == {"vpn"}
    mixed = resource(VPN, "vpn", **strict | {PHASES[0]: ["AES256", "AES128-GCM-16"]})
    (found,) = findings(BITS, mixed)
    assert found.message == "vpn: the way through the tunnels of vpn agrees on AES128-GCM-16 with 128-bit keys"
    assert outcomes(BITS, resource(VPN, "vpn", **strict | {PHASES[0]: UNKNOWN})) == {("unknown", "vpn", PHASES[0])}


@pytest.mark.parametrize(
    ("type_", "path", "rule"),
    [
        ("aws:medialive/inputSecurityGroup:InputSecurityGroup", "whitelistRules", {"cidr": "0.0.0.0/0"}),
        (
            "aws:gamelift/fleet:Fleet",
            "ec2InboundPermissions",
            {"ipRange": "0.0.0.0/0", "fromPort": 22, "toPort": 22, "protocol": "TCP"},
        ),
    ],
)
def test_groups_of_other_kinds_are_judged_as_groups(type_: str, path: str, rule: dict[str, Any]) -> None:
    """Some services have firewalls of their own."""
    key = next(iter(rule))
    said: dict[str, Any] = {path: [rule]}
    assert outcomes(DOOR, resource(type_, "open", **said)) == {("fail", "open", f"{path}.0.{key}")}
    said = {path: [rule | {key: "203.0.113.0/24"}]}
    assert passed(DOOR, resource(type_, "open", **said)) == {"open"}
    said = {path: [UNKNOWN]}
    assert {outcome for outcome, _, _ in outcomes(DOOR, resource(type_, "open", **said))} == {"unknown"}


def test_a_client_vpn_and_an_inspection_take_no_choice_of_suites() -> None:
    """They end TLS, so they are legs; nobody shows how strong."""
    for type_ in (
        "aws:ec2clientvpn/endpoint:Endpoint",
        "aws:networkfirewall/tlsInspectionConfiguration:TlsInspectionConfiguration",
    ):
        assert outcomes(BITS, resource(type_, "ends")) == {("not_observable", "ends", "")}


def test_every_path_is_an_input_of_its_type() -> None:
    """A misspelt path would see nothing."""
    given = inputs()
    assert [f"{type_} {path}" for type_, path in TASKS.items() if f"{path}.assignPublicIp" not in given[type_]] == []
    assert set(PHASES) <= given[VPN]
