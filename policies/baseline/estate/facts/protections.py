"""What guards a resource against deletion at its provider, and which inputs replace it when they change."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from baseline.estate.doubt import both
from baseline.graph import Ref, Resource, Undecidable


class Guard(NamedTuple):
    """An input that guards against deletion: the value that does, and the one that it has by default."""

    path: str
    wanted: Any
    default: Any

    def holds(self, resource: Resource) -> Any:
        """Whether it guards a resource, or what leaves that undecided. Programs may spell a switch as text."""
        value = resource.at(self.path)
        if isinstance(value, Undecidable | Ref):
            return value
        value = self.default if value is None else value
        return (_SPELLED.get(value, value) if isinstance(value, str) else value) == self.wanted


_SPELLED: Final[Mapping[str, bool]] = MappingProxyType({"true": True, "false": False})

_ON = Guard("deleteProtection", True, False)
_DELETION = Guard("deletionProtection", True, False)
_DELETION_ENABLED = Guard("deletionProtectionEnabled", True, False)
_BALANCER = Guard("enableDeletionProtection", True, False)
_FINAL = Guard("skipFinalSnapshot", False, False)
_NO_FORCE = Guard("forceDestroy", False, False)
"""A provider refuses to delete what still holds something, unless this is set."""

GUARDS: Final[Mapping[str, tuple[Guard, ...]]] = MappingProxyType(
    {
        "hcloud:index/floatingIp:FloatingIp": (_ON,),
        "hcloud:index/loadBalancer:LoadBalancer": (_ON,),
        "hcloud:index/network:Network": (_ON,),
        "hcloud:index/primaryIp:PrimaryIp": (_ON,),
        "hcloud:index/server:Server": (_ON,),
        "hcloud:index/storageBox:StorageBox": (_ON,),
        "hcloud:index/volume:Volume": (_ON,),
        "hcloud:index/zone:Zone": (_ON,),
        "aws:alb/loadBalancer:LoadBalancer": (_BALANCER,),
        "aws:backup/vault:Vault": (_NO_FORCE,),
        "aws:cloudtrail/eventDataStore:EventDataStore": (Guard("terminationProtectionEnabled", True, True),),
        "aws:cloudwatch/logGroup:LogGroup": (_DELETION_ENABLED,),
        "aws:cognito/userPool:UserPool": (Guard("deletionProtection", "ACTIVE", "INACTIVE"),),
        "aws:docdb/cluster:Cluster": (_DELETION, _FINAL),
        "aws:dsql/cluster:Cluster": (_DELETION_ENABLED,),
        "aws:dynamodb/table:Table": (_DELETION_ENABLED,),
        "aws:dynamodb/tableReplica:TableReplica": (_DELETION_ENABLED,),
        "aws:ec2/instance:Instance": (Guard("disableApiTermination", True, False),),
        "aws:ecr/repository:Repository": (Guard("forceDelete", False, False),),
        "aws:ecrpublic/repository:Repository": (_NO_FORCE,),
        "aws:eks/cluster:Cluster": (_DELETION,),
        "aws:emr/cluster:Cluster": (Guard("terminationProtection", True, False),),
        "aws:lb/loadBalancer:LoadBalancer": (_BALANCER,),
        "aws:lightsail/bucket:Bucket": (Guard("forceDelete", False, False),),
        "aws:lightsail/database:Database": (_FINAL,),
        "aws:neptune/cluster:Cluster": (_DELETION, _FINAL),
        "aws:neptunegraph/graph:Graph": (_DELETION,),
        "aws:networkfirewall/firewall:Firewall": (Guard("deleteProtection", True, False),),
        "aws:qldb/ledger:Ledger": (Guard("deletionProtection", True, True),),
        "aws:rds/cluster:Cluster": (_DELETION, _FINAL),
        "aws:rds/globalCluster:GlobalCluster": (_DELETION,),
        "aws:rds/instance:Instance": (_DELETION, _FINAL),
        "aws:redshift/cluster:Cluster": (_FINAL,),
        "aws:route53/zone:Zone": (_NO_FORCE,),
        "aws:s3/bucket:Bucket": (_NO_FORCE,),
        "aws:s3/bucketV2:BucketV2": (_NO_FORCE,),
        "aws:s3/directoryBucket:DirectoryBucket": (_NO_FORCE,),
        "aws:s3/vectorsVectorBucket:VectorsVectorBucket": (_NO_FORCE,),
        "aws:s3tables/tableBucket:TableBucket": (_NO_FORCE,),
        "aws:verifiedpermissions/policyStore:PolicyStore": (Guard("deletionProtection", "ENABLED", "DISABLED"),),
        "aws:workmail/organization:Organization": (Guard("deleteDirectory", False, False),),
    }
)
"""Source: the inputs and defaults of pulumi-hcloud 1.43.3 and pulumi-aws 7.51.1, read 2026-11-23."""

REPLACING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "hcloud:index/server:Server": ("datacenter", "image", "location", "sshKeys", "userData"),
        "hcloud:index/storageBox:StorageBox": ("location", "sshKeys"),
        "hcloud:index/storageBoxSnapshot:StorageBoxSnapshot": ("storageBoxId",),
        "aws:ebs/snapshot:Snapshot": ("volumeId",),
        "aws:ebs/snapshotCopy:SnapshotCopy": ("encrypted", "kmsKeyId", "sourceRegion", "sourceSnapshotId"),
    }
)
"""Inputs whose change replaces the resource, and so deletes the backups in it.

Source: `ForceNew` and `RequiresReplace` in terraform-provider-hcloud (internal/server, internal/storagebox) and
terraform-provider-aws (ec2/ebs_snapshot), which the Pulumi providers wrap; read 2026-11-23.
"""


def delete_protection(resource: Resource) -> Any:
    """Whether the provider guards a resource against deletion: None where its type knows no guard."""
    guards = GUARDS.get(resource.type)
    if guards is None:
        return None
    return both(guard.holds(resource) for guard in guards)
