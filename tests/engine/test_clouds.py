"""The emulated clouds themselves: what they fill in, refuse, forget, guard and keep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from pulumi.runtime.proto import provider_pb2

from baseline.sources.wire import SECRET_SIGNATURE, SIGNATURE, UNKNOWN_TEXT, unpacked
from tests.engine.asking import Desk, Refusal, console
from tests.engine.clouds.ledger import FILE, entries, living

FIREWALL: Final = "hcloud:index/firewall:Firewall"
SERVER: Final = "hcloud:index/server:Server"
BOX: Final = "hcloud:index/storageBox:StorageBox"
VOLUME: Final = "hcloud:index/volume:Volume"
BALANCER: Final = "hcloud:index/loadBalancer:LoadBalancer"
NETWORK: Final = "hcloud:index/network:Network"
KEY: Final = "aws:kms/key:Key"

OPEN = {"direction": "in", "protocol": "tcp", "port": "443", "sourceIps": ["10.0.0.0/8"]}
A_SERVER = {"serverType": "cx23", "image": "debian-13", "location": "fsn1"}
A_BOX = {"storageBoxType": "bx11", "location": "fsn1", "password": "Canary-of-a-box-1"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Empty clouds."""
    with closing(Desk(tmp_path)) as found:
        yield found


@pytest.mark.parametrize(
    ("type_", "inputs", "refused"),
    [
        (SERVER, {"image": "debian-13"}, "serverType"),
        (SERVER, A_SERVER | {"colour": "red"}, "colour"),
        (SERVER, A_SERVER | {"backups": "yes"}, "backups"),
        (SERVER, A_SERVER | {"networks": [{"networkId": "ten"}]}, "networks[0].networkId"),
        (SERVER, A_SERVER | {"labels": {"a": "not a label"}}, "labels.a"),
        (SERVER, A_SERVER | {"labels": {"a_b!/c": "d"}}, "labels.a_b!/c"),
        (SERVER, A_SERVER | {"image": ""}, "image"),
        (FIREWALL, {"rules": [OPEN | {"direction": "inside"}]}, "rules[0].direction"),
        (FIREWALL, {"rules": [OPEN | {"sourceIps": ["10.0.0.1/8"]}]}, "rules[0].sourceIps[0]"),
        (BALANCER, {"loadBalancerType": "lb11", "algorithm": {"type": "random"}}, "type"),
        ("hcloud:index/loadBalancerTarget:LoadBalancerTarget", {"loadBalancerId": 1, "type": "serve"}, "type"),
        ("hcloud:index/placementGroup:PlacementGroup", {"type": "together"}, "type"),
        ("hcloud:index/primaryIp:PrimaryIp", {"type": "ipv4", "autoDelete": False}, "location"),
        (NETWORK, {"ipRange": "10.0.0.0"}, "ipRange"),
        ("aws:ec2/instance:Instance", {"ami": "ami-1", "userData": "x" * 16385}, "userData"),
        ("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.1/8"}, "cidrBlock"),
    ],
)
def test_what_is_refused_at_preview(desk: Desk, type_: str, inputs: dict[str, Any], refused: str) -> None:
    """Missing, unknown and ill-typed inputs, and what the providers validate by themselves."""
    assert desk.check(type_, "x", inputs)[1] == [refused]


@pytest.mark.parametrize("key", ["rules", "labels"])
def test_what_only_deployment_knows_is_never_refused(desk: Desk, key: str) -> None:
    """Wholly unknown, and unknown inside."""
    assert desk.check(FIREWALL, "x", {key: UNKNOWN_TEXT})[1] == []
    assert desk.check(FIREWALL, "x", {"rules": [OPEN | {"sourceIps": UNKNOWN_TEXT}]})[1] == []


def test_what_is_filled_in_is_said(desk: Desk) -> None:
    """As the real providers were recorded; nested blocks say it for themselves, maps and outputs never do."""
    inputs, _ = desk.check(SERVER, "web", A_SERVER | {"publicNets": [{"ipv4Enabled": False}], "labels": {"a": "b"}})
    assert inputs["__defaults"] == [
        *("allowDeprecatedImages", "backups", "deleteProtection", "ignoreRemoteFirewallIds", "keepDisk", "name"),
        *("rebuildProtection", "shutdownBeforeDeletion"),
    ]
    assert inputs["publicNets"] == [{"ipv4Enabled": False, "__defaults": []}]
    assert inputs["labels"] == {"a": "b"}
    assert "__defaults" not in json.dumps(desk.make(SERVER, "web", A_SERVER)[2])
    assert desk.check(KEY, "key", {})[0] == {
        "__defaults": [
            *("bypassPolicyLockoutSafetyCheck", "customerMasterKeySpec", "enableKeyRotation", "isEnabled", "keyUsage"),
        ],
        "bypassPolicyLockoutSafetyCheck": False,
        "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "enableKeyRotation": False,
        "isEnabled": True,
        "keyUsage": "ENCRYPT_DECRYPT",
        "tagsAll": {},
    }


@pytest.mark.parametrize(("type_", "inputs", "said"), [(FIREWALL, {}, True), (BOX, A_BOX, False)])
def test_a_name_that_was_made_up_is_kept(desk: Desk, type_: str, inputs: dict[str, Any], said: bool) -> None:
    """Whatever the seed; whether it is said to be made up depends on what the resource is built on."""
    olds, _ = desk.check(type_, "x", inputs)
    assert olds["name"].startswith("x-")
    assert len(olds["name"]) == len("x-0123456")
    assert ("__defaults" in olds) is said
    assert desk.check(type_, "x", inputs, olds, seed="2")[0]["name"] == olds["name"]


def test_a_secret_is_no_text_in_the_ledger(desk: Desk) -> None:
    """What a program or the provider itself holds to be secret."""
    password = {SIGNATURE: SECRET_SIGNATURE, "value": A_BOX["password"]}
    _, inputs, outputs = desk.make(BOX, "x", A_BOX)
    assert inputs["password"] == outputs["password"] == password
    assert A_BOX["password"].encode() not in (desk.folder / FILE).read_bytes()


@pytest.mark.parametrize(
    ("type_", "inputs", "words"),
    [
        (SERVER, A_SERVER | {"location": "mars"}, "location"),
        (SERVER, A_SERVER | {"serverType": "cx22"}, "serverType"),
        (SERVER, A_SERVER | {"userData": "x" * 32769}, "user_data"),
        (SERVER, A_SERVER | {"firewallIds": [7]}, "not_found"),
        (FIREWALL, {"rules": [OPEN | {"port": "99999"}]}, "rules.port"),
        (FIREWALL, {"rules": [OPEN | {"port": "90-80"}]}, "rules.port"),
        (FIREWALL, {"rules": [OPEN | {"protocol": "icmp"}]}, "rules.port"),
        (FIREWALL, {"rules": [OPEN | {"sourceIps": []}]}, "source_ips"),
        (VOLUME, {"size": 9, "location": "fsn1"}, "size"),
        (BOX, A_BOX | {"password": "short"}, "password"),
        ("aws:ec2/subnet:Subnet", {"vpcId": "vpc-0123456789abcdef0", "cidrBlock": "10.0.0.0/24"}, "InvalidVpcID"),
        ("aws:s3/bucketPolicy:BucketPolicy", {"bucket": "nobody's", "policy": "{}"}, "NoSuchBucket"),
        ("aws:iam/rolePolicy:RolePolicy", {"role": "nobody", "policy": "{}"}, "NoSuchEntity"),
    ],
)
def test_what_is_refused_only_at_up(desk: Desk, type_: str, inputs: dict[str, Any], words: str) -> None:
    """What the clouds refuse, nothing of which exists then."""
    with pytest.raises(Refusal, match=words):
        desk.make(type_, "x", inputs)
    assert living(desk.folder) == []
    assert [entry.operation for entry in entries(desk.folder)] == ["refuse"]


def test_what_is_half_made_exists(desk: Desk) -> None:
    """Unequal protections are refused after the server is made, and neither way may an update come to them."""
    with pytest.raises(Refusal, match="same value"):
        desk.make(SERVER, "half", A_SERVER | {"deleteProtection": True})
    assert [thing.name for thing in living(desk.folder)] == ["half"]
    id_, inputs, _ = desk.make(SERVER, "whole", A_SERVER)
    with pytest.raises(Refusal, match="same value"):
        desk.update(SERVER, "whole", id_, inputs, inputs | {"rebuildProtection": True})


def test_names_that_exist_once(desk: Desk) -> None:
    """On Hetzner those of a kind, whoever takes them how; on AWS those of its own list, and no tag or group name."""
    _, first, _ = desk.make(FIREWALL, "a", {"name": "edge"})
    with pytest.raises(Refusal, match="uniqueness_error"):
        desk.make(FIREWALL, "b", {"name": "edge"})
    id_, inputs, _ = desk.make(FIREWALL, "c", {})
    with pytest.raises(Refusal, match="uniqueness_error"):
        desk.update(FIREWALL, "c", id_, inputs, first)
    desk.make("aws:s3/bucket:Bucket", "a", {"bucket": "shop"})
    with pytest.raises(Refusal, match="AlreadyExists"):
        desk.make("aws:s3/bucket:Bucket", "b", {"bucket": "shop"})
    assert (
        desk.make("aws:ec2/vpc:Vpc", "a", {"cidrBlock": "10.0.0.0/16", "tags": {"Name": "x"}})[0]
        != (desk.make("aws:ec2/vpc:Vpc", "b", {"cidrBlock": "10.0.0.0/16", "tags": {"Name": "x"}})[0])
    )


def test_no_id_is_given_twice(desk: Desk) -> None:
    """Not even that of what is gone."""
    given = []
    for name in "abc":
        given.append(desk.make(VOLUME, name, {"size": 10, "location": "fsn1"})[0])
        desk.delete(VOLUME, given[-1])
    assert len(set(given)) == 3


def test_what_has_no_id_of_its_own_is_told_apart(desk: Desk) -> None:
    """Two targets of one balancer are two things, and a port is listened on once."""
    balancer = desk.make(BALANCER, "lb", {"loadBalancerType": "lb11", "location": "fsn1"})[0]
    for address in ("192.0.2.1", "192.0.2.2"):
        target = {"loadBalancerId": int(balancer), "type": "ip", "ip": address}
        desk.make("hcloud:index/loadBalancerTarget:LoadBalancerTarget", address, target)
    service = {"loadBalancerId": balancer, "protocol": "tcp", "listenPort": 443, "destinationPort": 443}
    desk.make("hcloud:index/loadBalancerService:LoadBalancerService", "a", service)
    with pytest.raises(Refusal, match="conflict"):
        desk.make("hcloud:index/loadBalancerService:LoadBalancerService", "b", service)
    assert len(living(desk.folder)) == 4


@pytest.mark.parametrize(
    ("type_", "key", "replaces", "first"),
    [
        (SERVER, "userData", True, True),
        (SERVER, "serverType", False, False),
        (VOLUME, "location", True, True),
        (BOX, "sshKeys", True, False),
        ("aws:ec2/volumeAttachment:VolumeAttachment", "volumeId", True, True),
        ("aws:ec2/instance:Instance", "userData", False, False),
        ("aws:ec2/instance:Instance", "region", True, False),
    ],
)
def test_what_a_change_replaces(desk: Desk, type_: str, key: str, replaces: bool, first: bool) -> None:
    """And what is deleted first: what the program gives a name that could be made up, except on the newer framework."""
    old = {"name": "given", key: "a", "__defaults": []}
    assert desk.diff(type_, old, old).changes == provider_pb2.DiffResponse.DIFF_NONE
    answer = desk.diff(type_, old, old | {key: "b"})
    assert list(answer.diffs) == [key]
    assert list(answer.replaces) == ([key] if replaces else [])
    assert answer.deleteBeforeReplace is first


@pytest.mark.parametrize(
    ("type_", "inputs", "key"),
    [
        (NETWORK, {"ipRange": "10.0.0.5/16"}, "ipRange"),
        (BOX, {"snapshotPlan": {"dayOfWeek": 7}}, "snapshotPlan"),
        (
            "hcloud:index/loadBalancerService:LoadBalancerService",
            {"healthCheck": {"protocol": "http", "http": {"path": "/"}}},
            "healthCheck",
        ),
    ],
)
def test_what_never_settles(desk: Desk, type_: str, inputs: dict[str, Any], key: str) -> None:
    """Diffs that come back at every preview."""
    assert list(desk.diff(type_, inputs, inputs).diffs) == [key]


def test_what_an_update_forgets(desk: Desk) -> None:
    """Emptied rules stay, dropped firewalls stay attached; only a refresh shows either."""
    firewall, rules, _ = desk.make(FIREWALL, "edge", {"rules": [OPEN]})
    empty = rules | {"rules": []}
    desk.update(FIREWALL, "edge", firewall, rules, empty)
    assert unpacked(desk.read(FIREWALL, firewall, empty, empty).inputs.fields)["rules"] == [OPEN]
    server, bound, _ = desk.make(SERVER, "web", A_SERVER | {"firewallIds": [int(firewall)]})
    loose = {key: value for key, value in bound.items() if key != "firewallIds"}
    desk.update(SERVER, "web", server, bound, loose)
    shown = desk.read(SERVER, server, loose, loose)
    assert "firewallIds" not in unpacked(shown.inputs.fields)
    assert unpacked(shown.properties.fields)["firewallIds"] == [int(firewall)]
    with pytest.raises(Refusal, match="resource_in_use"):
        desk.delete(FIREWALL, firewall)


@pytest.mark.parametrize(
    ("type_", "inputs"),
    [
        (SERVER, A_SERVER | {"deleteProtection": True, "rebuildProtection": True}),
        (VOLUME, {"size": 10, "location": "fsn1", "deleteProtection": True}),
        (NETWORK, {"ipRange": "10.0.0.0/16", "deleteProtection": True}),
        (BALANCER, {"loadBalancerType": "lb11", "location": "fsn1", "deleteProtection": True}),
        ("hcloud:index/zone:Zone", {"name": "shop.example", "mode": "primary", "deleteProtection": True}),
        ("aws:ec2/instance:Instance", {"ami": "ami-1", "disableApiTermination": True}),
        ("aws:lb/loadBalancer:LoadBalancer", {"enableDeletionProtection": True}),
        ("aws:cloudwatch/logGroup:LogGroup", {"name": "/shop", "deletionProtectionEnabled": True}),
    ],
)
def test_what_is_guarded_is_not_deleted(desk: Desk, type_: str, inputs: dict[str, Any]) -> None:
    """Until the guard is lifted by an update."""
    id_, checked, _ = desk.make(type_, "x", inputs)
    with pytest.raises(Refusal, match=r"protect|terminated"):
        desk.delete(type_, id_)
    lifted = {key: False if value is True else value for key, value in checked.items()}
    desk.update(type_, "x", id_, checked, lifted)
    desk.delete(type_, id_)
    assert living(desk.folder) == []


def test_what_a_provider_lifts_by_itself(desk: Desk) -> None:
    """The protection of a storage box, which an operator's own command meets all the same."""
    id_ = desk.make(BOX, "x", A_BOX | {"deleteProtection": True})[0]
    assert console(desk.folder, "hcloud", "storage-box", "delete", id_) == 1
    desk.delete(BOX, id_)
    assert living(desk.folder) == []


def test_a_key_waits_for_its_end(desk: Desk) -> None:
    """It is kept, cannot be read, and nothing new is put under it."""
    id_, inputs, outputs = desk.make(KEY, "x", {"deletionWindowInDays": 7})
    desk.delete(KEY, id_)
    assert [thing.kept for thing in living(desk.folder)] == ["PendingDeletion for 7 days"]
    assert desk.read(KEY, id_, inputs, outputs).id == ""
    with pytest.raises(Refusal, match="KMSInvalidState"):
        desk.make("aws:ebs/volume:Volume", "v", {"availabilityZone": "eu-central-1a", "kmsKeyId": outputs["arn"]})


def test_an_import_shows_what_the_cloud_gives_back(desk: Desk) -> None:
    """No user data, keys or passwords; and nothing for an id that is nobody's."""
    id_ = desk.make(SERVER, "x", A_SERVER | {"userData": "#cloud-config", "sshKeys": ["1"]})[0]
    shown = desk.read(SERVER, id_, {}, {})
    assert {"userData", "sshKeys"} & {*shown.inputs.fields, *shown.properties.fields} == set()
    assert shown.inputs.fields["image"].string_value == "debian-13"
    assert desk.read(SERVER, "1", A_SERVER, A_SERVER).id == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--no-disable-api-termination", "--region", "eu-central-1"), 0),
        (("--disable-api-termination", "--region", "eu-central-1"), 2),
        (("--no-disable-api-termination", "--region", "eu-west-1"), 2),
        (("--no-disable-api-termination",), 2),
    ],
)
def test_only_the_right_command_lifts(desk: Desk, words: tuple[str, ...], code: int) -> None:
    """Spelt as its maker does, and sent to where the thing is."""
    type_ = "aws:ec2/instance:Instance"
    id_ = desk.make(type_, "x", {"ami": "ami-1", "disableApiTermination": True})[0]
    assert console(desk.folder, "aws", "ec2", "modify-instance-attribute", "--instance-id", id_, *words) == code
    (thing,) = living(desk.folder)
    assert thing.inputs["disableApiTermination"] is (code != 0)
