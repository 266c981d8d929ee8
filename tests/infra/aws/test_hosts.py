"""Hosts, their disks, their identity and what the network lets them reach."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest

from infra.address_plan import AddressPlan, Seat
from infra.aws.disk import DiskArgs
from infra.aws.egress import flows
from infra.aws.endpoints import storage_policy
from infra.aws.host import HostArgs
from infra.aws.place import Place
from infra.aws.session import agent
from infra.host.facts import Role
from tests.infra.aws.conftest import Registrations, referred

INSTANCE = "ec2/instance:Instance"
VOLUME = "ebs/volume:Volume"


def host_args(**changes: Any) -> HostArgs:
    """A valid host with some of its arguments changed."""
    valid: dict[str, Any] = {
        "seat": Seat(name="app-1", place="eu-central-1a", address=IPv4Address("10.9.128.16")),
        "role": "app",
        "size": "t4g.small",
        "architecture": "arm64",
        "subnet_id": "subnet-1",
        "security_group_id": "sg-1",
        "profile": "identity",
        "key_arn": "arn",
        "user_data": "#cloud-config\n",
    }
    return HostArgs(**valid | changes)


def test_metadata_takes_a_token_from_the_host_itself(registered: Registrations) -> None:
    """Version 2 of the metadata service only, and no container or proxy behind the host can ask it."""
    options = registered(INSTANCE, "app-1").at("metadataOptions")
    assert (options["httpTokens"], options["httpPutResponseHopLimit"]) == ("required", 1)


def test_a_host_is_private_and_filtered_from_birth(registered: Registrations) -> None:
    """It has one declared private address in a private subnet, and its security group from its first packet."""
    host = registered(INSTANCE, "app-1")
    assert host.at("associatePublicIpAddress") is False
    assert host.at("privateIp") == "10.9.128.16"
    assert referred(host.at("subnetId")) == {"network-private-eu-central-1a"}
    assert referred(host.at("vpcSecurityGroupIds")) == {"firewall-app"}
    assert host.at("keyName") is None


def test_a_host_is_neither_lost_nor_replaced_by_accident(registered: Registrations) -> None:
    """Protected twice, and neither a new image nor a new first-boot document touches it."""
    host = registered(INSTANCE, "app-1")
    assert host.protect
    assert (host.at("disableApiTermination"), host.at("disableApiStop")) == (True, True)
    assert host.at("userDataReplaceOnChange") is False
    assert set(host.ignore_changes) == {"ami", "userData"}


def test_the_root_disk_is_encrypted_under_the_customer_key(registered: Registrations) -> None:
    """Even the disk that holds nothing personal is closed."""
    root = registered(INSTANCE, "app-1").at("rootBlockDevice")
    assert root["encrypted"] is True
    assert referred(root["kmsKeyId"]) == {"disk-key"}


@pytest.mark.parametrize("purpose", ["data", "log"])
def test_a_disk_is_encrypted_and_survives_its_host(registered: Registrations, purpose: str) -> None:
    """A volume of its own, under the customer key, protected, in its host's zone."""
    disk = registered(VOLUME, f"app-1-{purpose}")
    assert disk.protect
    assert disk.at("encrypted") is True
    assert referred(disk.at("kmsKeyId")) == {"disk-key"}
    attachment = registered("ec2/volumeAttachment:VolumeAttachment", f"app-1-{purpose}-attachment")
    assert referred(attachment.at("instanceId")) == {"app-1"}
    assert disk.at("availabilityZone") == registered(INSTANCE, "app-1").at("availabilityZone")


def test_data_asks_for_daily_backups_and_logs_do_not(registered: Registrations) -> None:
    """An image of a log would outlive the log's own period."""
    assert registered(VOLUME, "app-1-data").at("tags") == {
        "Name": "app-1-data",
        "role": "app",
        "holds": "data",
        "backup": "daily",
    }
    assert "backup" not in registered(VOLUME, "app-1-log").at("tags")


def test_a_host_may_speak_to_session_manager_only(registered: Registrations) -> None:
    """Every granted action is one that the agent calls, none reads a parameter, all stay in the region."""
    statements = registered.statements("iam/rolePolicy:RolePolicy", "identity-role-policy").values()
    actions = {action for statement in statements for action in statement["Action"]}
    assert {action.partition(":")[0] for action in actions} == {"ssm", "ssmmessages", "ec2messages"}
    assert not {action for action in actions if "Parameter" in action or "*" in action}
    for statement in statements:
        assert statement["Condition"] == {"StringEquals": {"aws:RequestedRegion": "eu-central-1"}}


@pytest.mark.parametrize(("architecture", "package"), [("arm64", "debian_arm64"), ("x86_64", "debian_amd64")])
def test_the_agent_comes_from_the_region(architecture: str, package: str) -> None:
    """The agent is fetched over TLS from the region's own bucket, which the endpoint of S3 lets a host read."""
    place = Place(account="123456789012", region="ap-southeast-2")
    fetch, *_ = agent(place, architecture).commands
    assert f"https://s3.ap-southeast-2.amazonaws.com/amazon-ssm-ap-southeast-2/latest/{package}/" in fetch
    assert "arn:aws:s3:::amazon-ssm-ap-southeast-2/*" in storage_policy(place)


@pytest.mark.parametrize(("role", "free"), [("app", True), ("database", False)])
def test_only_an_app_host_calls_the_whole_internet(role: Role, free: bool) -> None:
    """A database host's flows are all narrow, so its own filter can name them."""
    plan = AddressPlan(network=IPv4Network("10.9.0.0/16"), places=("eu-central-1a", "eu-central-1b"))
    assert any(flow.to_anyone for flow in flows(role, plan)) is free


def test_user_data_that_ec2_refuses_is_refused_first() -> None:
    """EC2 counts bytes, not characters, and only when it is too late."""
    with pytest.raises(ValueError, match="app-1: user data of 16386 bytes"):
        host_args(user_data="#cloud-config\n" + "ä" * 8186)


def test_user_data_is_a_cloud_config() -> None:
    """A document that cloud-init would ignore leaves an open host behind."""
    with pytest.raises(ValueError, match="wanted #cloud-config"):
        host_args(user_data="#!/bin/sh\n")


def test_a_disk_fits_its_kind() -> None:
    """A gp3 volume has bounds."""
    with pytest.raises(ValueError, match="gib 20000: wanted 1 to 16384"):
        DiskArgs(purpose="data", role="app", zone="eu-central-1a", gib=20_000, key_arn="k", instance_id="i")
