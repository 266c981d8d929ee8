"""AWS as pulumi-aws 7.51.1 finds it: eventual names, dependants that hold things back, keys that wait, buckets that keep."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.engine.clouds.aws_tables import (
    ARNS,
    AUTONAMED,
    DEFAULTS,
    IS_ITS_ARN,
    NAMED,
    PREFIXES,
    REPLACES,
    SINGLETONS,
    UNIQUE,
)
from tests.engine.clouds.behaviour import Config, Inputs, Made, Refused
from tests.engine.clouds.ledger import Ledger, Thing
from tests.engine.clouds.schema import unknown

_ALL: Final = "aws:"
_ID: Final = re.compile(r"(vpc|subnet|sg|i|vol|eni|eipalloc|rtb|igw|nat|lt)-[0-9a-f]{17}")
_REGION: Final = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]")
_NOT_FOUND: Final = {
    "vpc": "InvalidVpcID.NotFound",
    "subnet": "InvalidSubnetID.NotFound",
    "sg": "InvalidGroup.NotFound",
    "i": "InvalidInstanceID.NotFound",
    "vol": "InvalidVolume.NotFound",
    "eipalloc": "InvalidAllocationID.NotFound",
}
_HELD: Final = frozenset(
    {"ec2/securityGroup:SecurityGroup", "ec2/subnet:Subnet", "ec2/vpc:Vpc", "ec2/routeTable:RouteTable"}
)
"""What cannot go while something that exists names it."""

KEPT_POINTS: Final = "recoveryPoints"
KEPT_OBJECTS: Final = "objects"
"""Outputs of the ledger alone: what a night of work has put into a vault or a bucket."""


def _kind(type_: str) -> str:
    return type_.removeprefix(_ALL)


class Aws:
    """One account in each of its regions."""

    name = "aws"
    deletes_first: frozenset[str] = frozenset({"aws:ec2/volumeAttachment:VolumeAttachment"})
    unreadable = frozenset({"forceDestroy", "password", "secretString", "skipDestroy", "userData"})

    def configure(self, config: Inputs) -> Config:
        region = config.get("region")
        if region is None:
            raise Refused("Invalid AWS Region: set one by aws:region or AWS_REGION")
        if not unknown(region) and not _REGION.fullmatch(str(region)):
            raise Refused(f"Invalid AWS Region: {region}")
        accounts = config.get("allowedAccountIds") or ["123456789012"]
        tags = (config.get("defaultTags") or {}).get("tags") or {}
        return Config(place=str(region), account=str(accounts[0]), tags=tags)

    def autoname(self, type_: str) -> str | None:
        return AUTONAMED.get(_kind(type_))

    def defaults(self, type_: str, inputs: Inputs) -> Mapping[str, Any]:
        return DEFAULTS.get(_kind(type_), {})

    def replaces(self, type_: str) -> frozenset[str]:
        return REPLACES.get(_kind(type_), frozenset()) | {"region"}

    def never_settles(self, type_: str, inputs: Inputs) -> Iterator[str]:
        return iter(())

    def refusals(self, type_: str, inputs: Inputs) -> Iterator[tuple[str, str]]:
        for key in ("cidrBlock", "cidrIpv4", "cidrIpv6"):
            value = inputs.get(key)
            if value is not None and not unknown(value) and not _network(value):
                yield key, f"{value!r} is not a valid CIDR block"
        for key in ("policy", "assumeRolePolicy"):
            value = inputs.get(key)
            if isinstance(value, str) and not unknown(value) and not value.lstrip().startswith("{"):
                yield key, f"{key!r} contains an invalid JSON policy"

    def make(self, ledger: Ledger, type_: str, name: str, inputs: Inputs, config: Config) -> Made:
        kind, region = _kind(type_), str(inputs.get("region") or config.place)
        _existing(ledger, inputs)
        _unique(ledger, type_, inputs, region)
        digits = hashlib.sha256(f"{len(ledger.things)}/{kind}/{name}/{ledger.number}".encode()).hexdigest()
        id_ = _id(kind, inputs, region, config.account, digits)
        label = str(inputs.get(NAMED.get(kind, "name")) or inputs.get("name") or name)
        outputs: dict[str, Any] = {"region": region} if "region" not in inputs else {}
        if kind in ARNS:
            partition = "aws-eusc" if region.startswith("eusc") else "aws-cn" if region.startswith("cn") else "aws"
            arn = ARNS[kind].format(region=region, account=config.account, name=label, id=id_, hex=digits[:16])
            outputs["arn"] = f"arn:{partition}:{arn}"
        if kind in IS_ITS_ARN:
            id_ = outputs["arn"]
        return Made(id_, {**outputs, **_outputs(ledger, kind, id_, label, region, inputs, digits)})

    def change(self, ledger: Ledger, thing: Thing, inputs: Inputs) -> Inputs:
        _existing(ledger, inputs)
        return inputs

    def remove(self, ledger: Ledger, thing: Thing) -> str:
        kind, inputs = _kind(thing.type), thing.inputs
        if kind == "ec2/instance:Instance" and inputs.get("disableApiTermination"):
            raise Refused(f"OperationNotPermitted: The instance '{thing.id}' may not be terminated")
        if kind == "lb/loadBalancer:LoadBalancer" and inputs.get("enableDeletionProtection"):
            raise Refused(
                "OperationNotPermitted: Load balancer cannot be deleted because deletion protection is enabled"
            )
        if kind == "cloudwatch/logGroup:LogGroup" and inputs.get("deletionProtectionEnabled"):
            raise Refused("ValidationException: Log group is protected from deletion")
        if kind in ("dynamodb/table:Table", "rds/instance:Instance") and (
            inputs.get("deletionProtection") or inputs.get("deletionProtectionEnabled")
        ):
            raise Refused("ValidationException: deletion protection is enabled")
        if kind == "s3/bucket:Bucket" and thing.outputs.get(KEPT_OBJECTS) and not inputs.get("forceDestroy"):
            raise Refused("BucketNotEmpty: The bucket you tried to delete is not empty")
        if kind == "backup/vault:Vault" and thing.outputs.get(KEPT_POINTS) and not inputs.get("forceDestroy"):
            raise Refused("InvalidRequestException: Backup vault cannot be deleted because it contains recovery points")
        if kind in _HELD and (user := next(_users(ledger, thing), None)):
            raise Refused(f"DependencyViolation: {thing.id} has dependencies and cannot be deleted: {user.name}")
        if kind == "kms/key:Key":
            return f"PendingDeletion for {int(inputs.get('deletionWindowInDays') or 30)} days"
        return ""


def _network(value: Any) -> bool:
    try:
        ipaddress.ip_network(value)
    except ValueError:
        return False
    return True


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def _existing(ledger: Ledger, inputs: Any) -> None:
    """Every id inside some inputs belongs to something that exists. Raises Refused."""
    ids = {id_ for _, id_ in ledger.things}
    for text in _texts(inputs):
        found = _ID.fullmatch(text)
        if (
            found
            and text not in ids
            and not any(text == each for thing in ledger.things.values() for each in thing.outputs.values())
        ):
            raise Refused(f"{_NOT_FOUND.get(found[1], 'InvalidID.NotFound')}: The ID '{text}' does not exist")


def _unique(ledger: Ledger, type_: str, inputs: Inputs, region: str) -> None:
    kind = _kind(type_)
    naming = NAMED.get(kind, "name")
    if kind not in UNIQUE:
        return
    everywhere = kind.startswith(("iam/", "s3/"))
    for thing in ledger.of(type_):
        if thing.inputs.get(naming) == inputs.get(naming) and (everywhere or thing.place == region):
            raise Refused(f"AlreadyExistsException: {kind.partition('/')[2]} {inputs.get(naming)!r} already exists")


def _id(kind: str, inputs: Inputs, region: str, account: str, digits: str) -> str:
    if kind in PREFIXES:
        return f"{PREFIXES[kind]}-{digits[:17]}"
    if kind in NAMED and inputs.get(NAMED[kind]):
        return str(inputs[NAMED[kind]])
    if kind in SINGLETONS:
        return account if kind.startswith("s3/") else region
    if kind == "ec2/route:Route":
        return f"r-{inputs['routeTableId']}{digits[:10]}"
    if kind == "iam/rolePolicy:RolePolicy":
        return f"{inputs['role']}:{inputs['name']}"
    if kind == "cloudwatch/eventTarget:EventTarget":
        return f"{inputs['rule']}-{inputs.get('targetId') or digits[:8]}"
    if kind == "route53/record:Record":
        return f"{inputs['zoneId']}_{inputs['name']}_{inputs['type']}"
    if kind == "route53/zone:Zone":
        return f"Z{digits[:20].upper()}"
    if kind == "guardduty/detector:Detector":
        return digits[:32]
    if kind == "sns/topicSubscription:TopicSubscription":
        return f"{inputs['topic']}:{_uuid(digits)}"
    if kind == "lb/targetGroupAttachment:TargetGroupAttachment":
        return f"{inputs['targetGroupArn']}-{digits[:26]}"
    return _uuid(digits)


def _uuid(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))


def _outputs(
    ledger: Ledger, kind: str, id_: str, label: str, region: str, inputs: Inputs, digits: str
) -> dict[str, Any]:
    """What only AWS knows of a new thing, beside its id and ARN."""
    if kind == "ec2/vpc:Vpc":
        ids = {
            "defaultSecurityGroupId": "sg",
            "defaultNetworkAclId": "acl",
            "defaultRouteTableId": "rtb",
            "mainRouteTableId": "rtb",
        }
        return {key: f"{prefix}-{digits[20:37]}" for key, prefix in ids.items()} | {
            "dhcpOptionsId": f"dopt-{digits[:17]}"
        }
    if kind == "ec2/instance:Instance":
        return {
            "instanceState": "running",
            "primaryNetworkInterfaceId": f"eni-{digits[20:37]}",
            "privateDns": f"ip.{region}.compute.internal",
            **({} if inputs.get("privateIp") else {"privateIp": "10.0.0.10"}),
        }
    if kind == "ec2/eip:Eip":
        return {"allocationId": id_, "publicIp": f"203.0.113.{len(ledger.things) % 250 + 1}"}
    if kind in ("ec2/internetGateway:InternetGateway", "ec2/natGateway:NatGateway"):
        return (
            {"ownerId": "123456789012"}
            if kind.endswith("InternetGateway")
            else {"networkInterfaceId": f"eni-{digits[:17]}"}
        )
    if kind == "ec2/vpcEndpoint:VpcEndpoint":
        return {
            "state": "available",
            "prefixListId": f"pl-{digits[:8]}",
            "networkInterfaceIds": [f"eni-{digits[20:37]}"],
        }
    if kind == "kms/key:Key":
        return {"keyId": id_}
    if kind == "lb/loadBalancer:LoadBalancer":
        return {"dnsName": f"{label}-{digits[:16]}.elb.{region}.amazonaws.com", "zoneId": "Z26RNL4JYFTOTI"}
    if kind == "route53/zone:Zone":
        return {"zoneId": id_, "nameServers": [f"ns-{number}.awsdns-{number:02}.com" for number in range(4)]}
    if kind == "s3/bucket:Bucket":
        return {
            "bucketDomainName": f"{label}.s3.amazonaws.com",
            "bucketRegionalDomainName": f"{label}.s3.{region}.amazonaws.com",
        }
    if kind in ("ec2/securityGroup:SecurityGroup", "ec2/subnet:Subnet", "ec2/routeTable:RouteTable"):
        return {"ownerId": "123456789012"}
    return {}


def _users(ledger: Ledger, thing: Thing) -> Iterator[Thing]:
    """What exists and names a thing by its id."""
    for other in ledger.things.values():
        same = (other.type, other.id) == (thing.type, thing.id)
        if other.cloud == "aws" and not same and not other.kept and thing.id in _texts(other.inputs):
            yield other
