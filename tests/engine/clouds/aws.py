"""AWS as pulumi-aws 7.51.1 finds it: dependants that hold things back, keys that wait, buckets that keep."""

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
from tests.engine.clouds.schema import schema, unknown

_ALL: Final = "aws:"
_ID: Final = re.compile(r"(vpc|subnet|sg|i|vol|eni|eipalloc|rtb|igw|nat|lt)-[0-9a-f]{17}")
_REGION: Final = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]")
_USER_DATA: Final = 16384
_NOT_FOUND: Final = {
    "vpc": "InvalidVpcID.NotFound",
    "subnet": "InvalidSubnetID.NotFound",
    "sg": "InvalidGroup.NotFound",
    "i": "InvalidInstanceID.NotFound",
    "vol": "InvalidVolume.NotFound",
    "eipalloc": "InvalidAllocationID.NotFound",
}
_HELD: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("ec2/securityGroup:SecurityGroup", "ec2/subnet:Subnet", "ec2/vpc:Vpc", "ec2/routeTable:RouteTable"),
        "DependencyViolation",
    ),
    "ebs/volume:Volume": "VolumeInUse",
    "ec2/eip:Eip": "InvalidIPAddress.InUse",
    "iam/role:Role": "DeleteConflict",
    "lb/targetGroup:TargetGroup": "ResourceInUse",
    "route53/zone:Zone": "HostedZoneNotEmpty",
}
"""What cannot go while something that exists names it, and what AWS says then."""

_NAMES: Final[Mapping[str, tuple[str, str, str]]] = {
    **{
        f"s3/{word[0].lower()}{word[1:]}:{word}": ("bucket", "s3/bucket:Bucket", "NoSuchBucket")
        for word in (
            *("BucketLifecycleConfiguration", "BucketObjectLockConfiguration", "BucketOwnershipControls"),
            *("BucketPolicy", "BucketPublicAccessBlock", "BucketServerSideEncryptionConfiguration"),
            *("BucketVersioning",),
        )
    },
    "backup/selection:Selection": ("planId", "backup/plan:Plan", "ResourceNotFoundException"),
    "backup/vaultLockConfiguration:VaultLockConfiguration": (
        "backupVaultName",
        "backup/vault:Vault",
        "ResourceNotFoundException",
    ),
    "backup/vaultPolicy:VaultPolicy": ("backupVaultName", "backup/vault:Vault", "ResourceNotFoundException"),
    "cloudtrail/trail:Trail": ("s3BucketName", "s3/bucket:Bucket", "S3BucketDoesNotExistException"),
    "cloudwatch/eventTarget:EventTarget": ("rule", "cloudwatch/eventRule:EventRule", "ResourceNotFoundException"),
    "iam/instanceProfile:InstanceProfile": ("role", "iam/role:Role", "NoSuchEntity"),
    "iam/rolePolicy:RolePolicy": ("role", "iam/role:Role", "NoSuchEntity"),
    "kms/alias:Alias": ("targetKeyId", "kms/key:Key", "NotFoundException"),
    "lb/listener:Listener": ("loadBalancerArn", "lb/loadBalancer:LoadBalancer", "LoadBalancerNotFound"),
    "lb/targetGroupAttachment:TargetGroupAttachment": (
        "targetGroupArn",
        "lb/targetGroup:TargetGroup",
        "TargetGroupNotFound",
    ),
    "route53/record:Record": ("zoneId", "route53/zone:Zone", "NoSuchHostedZone"),
    "sns/topicPolicy:TopicPolicy": ("arn", "sns/topic:Topic", "NotFound"),
    "sns/topicSubscription:TopicSubscription": ("topic", "sns/topic:Topic", "NotFound"),
}
"""Type -> the input that names another thing by id, name or ARN, what that is, and what AWS says where none is."""

_GUARDS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "cloudwatch/logGroup:LogGroup": (
        ("deletionProtectionEnabled", "ValidationException: Log group is protected from deletion"),
    ),
    "dynamodb/table:Table": (("deletionProtectionEnabled", "ValidationException: deletion protection is enabled"),),
    "ec2/instance:Instance": (("disableApiTermination", "OperationNotPermitted: The instance may not be terminated"),),
    "lb/loadBalancer:LoadBalancer": (
        ("enableDeletionProtection", "OperationNotPermitted: deletion protection is enabled"),
    ),
    "rds/instance:Instance": (("deletionProtection", "InvalidParameterCombination: deletion protection is enabled"),),
}
"""Type -> the inputs that guard it, and what AWS says then."""

KEPT_POINTS: Final = "recoveryPoints"
KEPT_OBJECTS: Final = "objects"
"""Outputs of the ledger alone: what a night of work has put into a vault or a bucket."""


_FILLED: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "backup/vault:Vault": (
        (KEPT_POINTS, "InvalidRequestException: Backup vault cannot be deleted because it contains recovery points"),
    ),
    "s3/bucket:Bucket": ((KEPT_OBJECTS, "BucketNotEmpty: The bucket you tried to delete is not empty"),),
}


def _given_back(type_: str) -> Mapping[str, Any]:
    known = schema(type_)
    return known.outputs if known else {}


def _kind(type_: str) -> str:
    return type_.removeprefix(_ALL)


class Aws:
    """One account in each of its regions."""

    name = "aws"
    deletes_first: frozenset[str] = frozenset({"aws:ec2/volumeAttachment:VolumeAttachment"})
    framework: frozenset[str] = frozenset()  # none that has a name made up
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

    def replaces(self, type_: str, inputs: Inputs) -> frozenset[str]:
        more = {"region", "userData"} if inputs.get("userDataReplaceOnChange") is True else {"region"}
        return REPLACES.get(_kind(type_), frozenset()) | more

    def never_settles(self, type_: str, inputs: Inputs) -> Iterator[str]:
        return iter(())

    def refusals(self, type_: str, inputs: Inputs) -> Iterator[tuple[str, str]]:
        for key in ("cidrBlock", "cidrIpv4", "cidrIpv6"):
            value = inputs.get(key)
            if value is not None and not unknown(value) and not _network(value):
                yield key, f"{value!r} is not a valid CIDR block"
        data = inputs.get("userData")
        if (
            type_.endswith(":Instance")
            and isinstance(data, str)
            and not unknown(data)
            and len(data.encode()) > _USER_DATA
        ):
            yield "userData", f"expected length of user_data to be in the range (1 - {_USER_DATA})"
        for key in ("policy", "assumeRolePolicy"):
            value = inputs.get(key)
            if isinstance(value, str) and not unknown(value) and not value.lstrip().startswith("{"):
                yield key, f"{key!r} contains an invalid JSON policy"

    def make(self, ledger: Ledger, type_: str, name: str, inputs: Inputs, config: Config) -> Made:
        kind, region = _kind(type_), str(inputs.get("region") or config.place)
        _existing(ledger, inputs)
        _named(ledger, kind, inputs)
        _unique(ledger, type_, inputs, region)
        digits = hashlib.sha256(f"{len(ledger.things)}/{kind}/{name}/{ledger.number}".encode()).hexdigest()
        id_ = _id(kind, inputs, region, config.account, digits)
        if kind == "ec2/defaultSecurityGroup:DefaultSecurityGroup":  # it makes none, and takes the network's own
            network = ledger.things["aws:ec2/vpc:Vpc", str(inputs["vpcId"])]
            id_ = network.outputs["defaultSecurityGroupId"]
        label = str(inputs.get(NAMED.get(kind, "name")) or inputs.get("name") or name)
        outputs: dict[str, Any] = (
            {"region": region} if "region" in _given_back(type_) and "region" not in inputs else {}
        )
        if kind in ARNS:
            partition = "aws-eusc" if region.startswith("eusc") else "aws-cn" if region.startswith("cn") else "aws"
            arn = ARNS[kind].format(region=region, account=config.account, name=label, id=id_, hex=digits[:16])
            outputs["arn"] = f"arn:{partition}:{arn}"
        if kind in IS_ITS_ARN:
            id_ = outputs["arn"]
        owner = {"ownerId": config.account} if "ownerId" in _given_back(type_) else {}
        return Made(id_, {**outputs, **owner, **_outputs(ledger, kind, id_, label, region, inputs, digits)})

    def change(self, ledger: Ledger, thing: Thing, inputs: Inputs) -> Inputs:
        _existing(ledger, inputs)
        return inputs

    def look_up(self, token: str, inputs: Inputs, config: Config) -> Inputs:
        if token != "aws:ec2/getAmi:getAmi":
            raise Refused(f"this cloud answers no look-up {token}")
        asked = f"{inputs.get('region') or config.place}/{inputs.get('owners')}/{inputs.get('filters')}"
        found = f"ami-{hashlib.sha256(asked.encode()).hexdigest()[:17]}"
        return {"id": found, "imageId": found, "architecture": "x86_64", "state": "available", "tags": {}}

    def remove(self, ledger: Ledger, thing: Thing) -> str:
        kind = _kind(thing.type)
        for switch, message in _GUARDS.get(kind, ()):
            if thing.inputs.get(switch):
                raise Refused(message)
        for output, message in _FILLED.get(kind, ()):
            if thing.outputs.get(output) and not thing.inputs.get("forceDestroy"):
                raise Refused(message)
        if kind in _HELD and (user := next(_users(ledger, thing), None)):
            raise Refused(f"{_HELD[kind]}: {thing.id} has dependencies and cannot be deleted: {user.name}")
        if kind == "kms/key:Key":
            return f"PendingDeletion for {int(thing.inputs.get('deletionWindowInDays') or 30)} days"
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
    given = {text for thing in ledger.of("aws:ec2/vpc:Vpc") for text in _texts(thing.outputs)}
    for text in _texts(inputs):
        found = _ID.fullmatch(text)
        if found and text not in ids and text not in given:
            raise Refused(f"{_NOT_FOUND.get(found[1], 'InvalidID.NotFound')}: The ID '{text}' does not exist")


def _named(ledger: Ledger, kind: str, inputs: Inputs) -> None:
    """What an input names exists, and no key that it is encrypted with waits for its end. Raises Refused."""
    given = set(_texts(inputs))
    for thing in ledger.things.values():
        if thing.kept and thing.type == f"{_ALL}kms/key:Key" and thing.outputs.get("arn") in given:
            raise Refused(f"KMSInvalidStateException: {thing.outputs['arn']} is pending deletion")
    if kind in _NAMES:
        key, wanted, message = _NAMES[kind]
        known = {each for thing in ledger.of(f"{_ALL}{wanted}") for each in (thing.id, thing.outputs.get("arn"))}
        if inputs.get(key) not in known:
            raise Refused(f"{message}: {inputs.get(key)} does not exist")


def _unique(ledger: Ledger, type_: str, inputs: Inputs, region: str) -> None:
    kind = _kind(type_)
    naming = NAMED.get(kind, "name")
    if kind not in UNIQUE:
        return
    everywhere = kind.startswith(("iam/", "s3/"))
    for thing in ledger.of(type_):
        if thing.inputs.get(naming) == inputs.get(naming) and (everywhere or thing.place == region):
            raise Refused(f"AlreadyExistsException: {kind.partition('/')[2]} {inputs.get(naming)!r} already exists")


_COMPOSED: Final[Mapping[str, str]] = {
    "cloudwatch/eventTarget:EventTarget": "{rule}-{targetId}",
    "ec2/route:Route": "r-{routeTableId}{digits:.10}",
    "guardduty/detector:Detector": "{digits:.32}",
    "iam/rolePolicy:RolePolicy": "{role}:{name}",
    "lb/targetGroupAttachment:TargetGroupAttachment": "{targetGroupArn}-{digits:.26}",
    "route53/record:Record": "{zoneId}_{name}_{type}",
    "route53/zone:Zone": "Z{upper:.20}",
    "sns/topicSubscription:TopicSubscription": "{topic}:{uuid}",
}
"""Ids that are put together from inputs and what AWS makes up."""


def _id(kind: str, inputs: Inputs, region: str, account: str, digits: str) -> str:
    if kind in PREFIXES:
        return f"{PREFIXES[kind]}-{digits[:17]}"
    if kind in NAMED and inputs.get(NAMED[kind]):
        return str(inputs[NAMED[kind]])
    if kind in SINGLETONS:
        return account if kind.startswith("s3/") else region
    made_up = {"digits": digits, "upper": digits.upper(), "uuid": _uuid(digits), "targetId": f"terraform-{digits[:12]}"}
    return _COMPOSED.get(kind, "{uuid}").format_map({**made_up, **inputs})


def _uuid(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))


def _outputs(
    ledger: Ledger, kind: str, id_: str, label: str, region: str, inputs: Inputs, digits: str
) -> dict[str, Any]:
    """What only AWS knows of a new thing, beside its id and ARN."""
    second = digits[20:37]
    found: Mapping[str, Mapping[str, Any]] = {
        "cloudwatch/eventTarget:EventTarget": {"targetId": inputs.get("targetId", f"terraform-{digits[:12]}")},
        "ec2/eip:Eip": {"allocationId": id_, "publicIp": f"203.0.113.{len(ledger.things) % 250 + 1}"},
        "ec2/instance:Instance": {
            "instanceState": "running",
            "primaryNetworkInterfaceId": f"eni-{second}",
            "privateDns": f"ip.{region}.compute.internal",
            "privateIp": inputs.get("privateIp", "10.0.0.10"),
        },
        "ec2/natGateway:NatGateway": {"networkInterfaceId": f"eni-{second}"},
        "ec2/vpc:Vpc": {
            "defaultNetworkAclId": f"acl-{second}",
            "defaultRouteTableId": f"rtb-{second}",
            "defaultSecurityGroupId": f"sg-{second}",
            "dhcpOptionsId": f"dopt-{second}",
            "mainRouteTableId": f"rtb-{second}",
        },
        "ec2/vpcEndpoint:VpcEndpoint": {
            "networkInterfaceIds": [f"eni-{second}"],
            "prefixListId": f"pl-{digits[:8]}",
            "state": "available",
        },
        "kms/key:Key": {"keyId": id_},
        "lb/loadBalancer:LoadBalancer": {
            "dnsName": f"{label}-{digits[:16]}.elb.{region}.amazonaws.com",
            "zoneId": "Z26RNL4JYFTOTI",
        },
        "route53/zone:Zone": {
            "nameServers": [f"ns-{number}.awsdns-{number:02}.com" for number in range(4)],
            "zoneId": id_,
        },
        "s3/bucket:Bucket": {
            "bucketDomainName": f"{label}.s3.amazonaws.com",
            "bucketRegionalDomainName": f"{label}.s3.{region}.amazonaws.com",
        },
    }
    return dict(found.get(kind, {}))


def _users(ledger: Ledger, thing: Thing) -> Iterator[Thing]:
    """What exists and names a thing by its id."""
    for other in ledger.things.values():
        same = (other.type, other.id) == (thing.type, thing.id)
        if other.cloud == "aws" and not same and not other.kept and thing.id in _texts(other.inputs):
            yield other
