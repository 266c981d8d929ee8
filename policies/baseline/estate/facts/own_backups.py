"""Inputs by which a provider backs a resource up by itself, and what becomes of its backups where one switches off."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from baseline.estate.doubt import both, negated
from baseline.graph import Ref, Resource, Undecidable, unknown_because


class Switch(NamedTuple):
    """An input that is a switch, a number of days or a plan; `absent` is what its absence means."""

    path: str
    absent: Any
    ends: str  # what becomes of the backups that exist

    def on(self, resource: Resource) -> Any:
        """Whether the provider backs it up, or what leaves that undecided. Programs may spell values as text."""
        value = resource.at(self.path)
        value = self.absent if value is None else value
        if isinstance(value, Undecidable | Ref):
            return value
        return str(value).lower() not in _OFF

    def goes_off(self, before: Resource, after: Resource) -> Any:
        """Whether an update switches it off, or what leaves that undecided."""
        old, new = before.at(self.path), after.at(self.path)
        if old is None and new is None:
            return False
        return both((self.on(before), negated(self.on(after))))


_OFF: Final = frozenset({"false", "0", "0.0", "{}", "[]", "", "disabled", "disabling", "suspended"})
_DELETES: Final = "which deletes those that exist"
_STOPS: Final = "and none would follow those that exist"
_FORGETS: Final = "after which no earlier moment can be restored"

_OVERWRITES: Final = "after which what is overwritten or deleted is gone"

_KEPT: Final = unknown_because("is not known: the program no longer says, and the provider may keep what it had")

_VERSIONS: Final = Switch("versioningConfiguration.status", False, _OVERWRITES)

SWITCHES: Final[Mapping[str, Switch]] = MappingProxyType(
    {
        "hcloud:index/server:Server": Switch("backups", False, _DELETES),
        "hcloud:index/storageBox:StorageBox": Switch("snapshotPlan", False, _STOPS),
        "aws:efs/backupPolicy:BackupPolicy": Switch("backupPolicy.status", False, _STOPS),
        "aws:s3/bucket:Bucket": Switch("versioning.enabled", _KEPT, _OVERWRITES),
        "aws:s3/bucketV2:BucketV2": Switch("versionings.0.enabled", _KEPT, _OVERWRITES),
        "aws:s3/bucketVersioning:BucketVersioning": _VERSIONS,
        "aws:s3/bucketVersioningV2:BucketVersioningV2": _VERSIONS,
        "aws:dynamodb/table:Table": Switch("pointInTimeRecovery.enabled", _KEPT, _FORGETS),
        "aws:elasticache/cluster:Cluster": Switch("snapshotRetentionLimit", 0, _STOPS),
        "aws:elasticache/replicationGroup:ReplicationGroup": Switch("snapshotRetentionLimit", 0, _STOPS),
        "aws:memorydb/cluster:Cluster": Switch("snapshotRetentionLimit", _KEPT, _STOPS),
        "aws:rds/instance:Instance": Switch("backupRetentionPeriod", _KEPT, _DELETES),
        "aws:redshift/cluster:Cluster": Switch("automatedSnapshotRetentionPeriod", 1, _DELETES),
    }
)
"""Type -> its switch. Aurora, DocumentDB and Neptune have none: their retention is a day or more.

Sources, read 2026-11-26: Hetzner Docs, "Backups/Snapshots"; DynamoDB Developer Guide, "Point-in-time recovery: How it
works"; S3 User Guide, "Adding objects to versioning-suspended buckets"; EFS User Guide, "Automatic backups";
ElastiCache and MemoryDB guides, "Scheduling automatic backups"; RDS User Guide, "Disabling automated backups";
Redshift Management Guide, "Automated snapshots"; inputs of pulumi-hcloud 1.43.3 and pulumi-aws 7.51.1.
"""

_VERSIONS_OF_OBJECTS: Final = "the versions of what is overwritten or deleted in a bucket"

MAKERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": (
            "the copies of a database's backups in another region"
        ),
        "aws:efs/backupPolicy:BackupPolicy": "the daily backups of a file system",
        "aws:s3/bucketVersioning:BucketVersioning": _VERSIONS_OF_OBJECTS,
        "aws:s3/bucketVersioningV2:BucketVersioningV2": _VERSIONS_OF_OBJECTS,
    }
)
"""Type -> the backups that end with the resource, unless its switch was off. Plans and hosts are no such types: what
they back up is evaluated. A policy that goes is set to disabled, and versioning to suspended (terraform-provider-aws).

Source: RDS User Guide, "Replicating automated backups to another AWS Region", read 2026-11-26.
"""
