"""How `pulumi import` wants a resource to be called, where that is not its id.

Source: the "Import" sections of the resources in pulumi-aws 7.51.1 and pulumi-hcloud 1.43.3, which a test asks again;
ImportState in terraform-provider-hcloud (internal/zonerrset, zonerecord, storageboxsnapshot); read 2026-11-26.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

IMPORT_IDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:backup/restoreTestingSelection:RestoreTestingSelection": ("{name}:{restoreTestingPlanName}",),
        "aws:backup/selection:Selection": ("{planId}|{id}",),
        "aws:cloudwatch/eventRule:EventRule": ("{eventBusName}/{name}", "default/{name}"),
        "aws:cloudwatch/eventTarget:EventTarget": ("{eventBusName}/{rule}/{targetId}", "{rule}/{targetId}"),
        "aws:ebs/defaultKmsKey:DefaultKmsKey": ("{keyArn}",),
        "aws:ebs/encryptionByDefault:EncryptionByDefault": ("default",),
        "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": ("default",),
        "aws:ec2/route:Route": (
            "{routeTableId}_{destinationCidrBlock}",
            "{routeTableId}_{destinationIpv6CidrBlock}",
            "{routeTableId}_{destinationPrefixListId}",
        ),
        "aws:ec2/routeTableAssociation:RouteTableAssociation": (
            "{subnetId}/{routeTableId}",
            "{gatewayId}/{routeTableId}",
        ),
        "aws:ec2/serialConsoleAccess:SerialConsoleAccess": ("default",),
        "aws:ec2/volumeAttachment:VolumeAttachment": ("{deviceName}:{volumeId}:{instanceId}",),
        "aws:lb/targetGroupAttachment:TargetGroupAttachment": (
            "{targetGroupArn},{targetId},{port}",
            "{targetGroupArn},{targetId}",
        ),
        "hcloud:index/firewallAttachment:FirewallAttachment": ("{firewallId}",),
        "hcloud:index/floatingIpAssignment:FloatingIpAssignment": ("{floatingIpId}",),
        "hcloud:index/loadBalancerTarget:LoadBalancerTarget": (
            "{loadBalancerId}__server__{serverId}",
            "{loadBalancerId}__label_selector__{labelSelector}",
            "{loadBalancerId}__ip__{ip}",
        ),
        "hcloud:index/storageBoxSnapshot:StorageBoxSnapshot": ("{storageBoxId}/{id}",),
        "hcloud:index/storageBoxSubaccount:StorageBoxSubaccount": ("{storageBoxId}/{id}",),
        "hcloud:index/volumeAttachment:VolumeAttachment": ("{volumeId}",),
        # Its id, `www/A`, does not say the zone: taken alone it would name another one.
        "hcloud:index/zoneRrset:ZoneRrset": ("{zone}/{name}/{type}",),
    }
)
"""Type -> what it is put together from: its id, its inputs, and outputs for what the inputs do not say; the first
that can be filled."""

SETTINGS: Final = frozenset(
    {
        "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
        "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    }
)
"""Types that no provider imports: settings of a region, which the next `up` sets again and makes no second time."""


IDENTITIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:backup/selection:Selection": ("planId", "name"),
        "aws:cloudwatch/eventTarget:EventTarget": ("rule", "arn"),
        "aws:ec2/flowLog:FlowLog": ("vpcId",),
        "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": ("subnetId",),
        "aws:guardduty/detector:Detector": ("region",),
        "aws:iam/rolePolicy:RolePolicy": ("role",),
        "aws:lb/listener:Listener": ("loadBalancerArn", "port"),
        "aws:route53/record:Record": ("zoneId", "name", "type"),
        "aws:sns/topicSubscription:TopicSubscription": ("topic", "endpoint"),
        "hcloud:index/loadBalancerNetwork:LoadBalancerNetwork": ("loadBalancerId",),
        "hcloud:index/loadBalancerService:LoadBalancerService": ("loadBalancerId", "listenPort"),
        "hcloud:index/networkRoute:NetworkRoute": ("networkId", "destination"),
        "hcloud:index/networkSubnet:NetworkSubnet": ("networkId", "ipRange"),
        "hcloud:index/serverNetwork:ServerNetwork": ("serverId", "networkId"),
    }
)
"""Type -> the inputs that tell one from another, where its name does not, nor its import by what a program says. A type
whose program has two that they do not tell apart stays a question for a person."""

UNIMPORTED: Final = frozenset({"hcloud:index/zoneRecord:ZoneRecord"})
"""Types whose provider takes no id for an import."""


ONCE: Final = SETTINGS | {
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    "aws:backup/vaultPolicy:VaultPolicy",
    "aws:ebs/defaultKmsKey:DefaultKmsKey",
    "aws:ebs/encryptionByDefault:EncryptionByDefault",
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:ec2/serialConsoleAccess:SerialConsoleAccess",
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:sns/topicPolicy:TopicPolicy",
}
"""Types that are a setting of something else, which a second create sets again: none of them can be made twice, so
nobody has to be asked whether one was.

Source: the Put, Enable and Modify operations by which terraform-provider-aws creates them, read 2026-11-26.
"""


def identities(type_: str) -> tuple[tuple[str, ...], ...]:
    """The sets of inputs, each of which tells one thing of a type from another; none where only a name does."""
    ways = [[key for _, key, _, _ in string.Formatter().parse(way) if key] for way in IMPORT_IDS.get(type_, ())]
    found = [tuple(keys) for keys in ways if keys and "id" not in keys]
    return (*found, IDENTITIES[type_]) if type_ in IDENTITIES else tuple(found)


class NoImport(Exception):
    """Nobody can say how `pulumi import` calls a resource; the message says what is missing."""


def import_id(type_: str, id_: str, said: Mapping[str, Any]) -> str:
    """What `pulumi import` calls a resource; `said` are its inputs and outputs. Raises NoImport."""
    if type_ in SETTINGS:
        raise NoImport("its type cannot be imported: it is a setting, which the next `pulumi up` sets again")
    if type_ in UNIMPORTED:
        raise NoImport(
            "its provider imports nothing of its type by an id: look whether it is wanted, and settle it there"
        )
    known = {key: word for key, value in {**said, "id": id_}.items() if (word := word_of(value))}
    ways = IMPORT_IDS.get(type_, ("{id}",))
    for way in ways:
        try:
            return way.format_map(known)
        except KeyError:
            continue
    raise NoImport(f"its import is called {' or '.join(ways)}, and the list does not say all of that as inputs")


def word_of(value: Any) -> str:
    """A value as an import id spells it; `""` for what is no text and no number."""
    if isinstance(value, float):
        return str(int(value))
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
