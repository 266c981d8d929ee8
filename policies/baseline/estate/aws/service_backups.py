"""The backups that services of AWS make by themselves, every day or all the time, in the region of what they back up.

No resource restores one to see whether it can be, so that this is for people to state.

Sources, read 2026-11-26: pulumi-aws 7.51.1, the arguments and defaults of each type; RDS, Aurora, DocumentDB, Neptune,
Redshift, ElastiCache, MemoryDB, FSx and Lightsail guides, "automated backups" and "automatic backups"; DynamoDB and
Keyspaces guides, "Point-in-time recovery"; EFS User Guide, "Automatic backups" (daily, for 35 days); OpenSearch Service
guide, "Creating index snapshots" (hourly, for 14 days); Redshift Management Guide, "Recovery points" (for 24 hours).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from baseline.estate.aws.databases import FILES, RDS_BACKUP_COPY, RDS_CLUSTER, RDS_INSTANCE, TABLE
from baseline.estate.aws.inputs import value_at
from baseline.estate.aws.kept.row import Switch
from baseline.estate.aws.places import region_of
from baseline.estate.aws.references import Named
from baseline.estate.builder import UNKNOWN, Builder, known, number, place, undecided
from baseline.estate.doubt import both
from baseline.estate.nouns import Backup, Store
from baseline.graph import Resource, not_observable_because, unknown_because

KIND: Final = "backup by the service"
_UNTESTED: Final = not_observable_because("is not observable: no resource restores what a service backs up by itself")
_NOT_SAID: Final = unknown_because("is not known: the program does not say, and the service decides")
_MONTH: Final = 35


class Own(NamedTuple):
    """How a type says for how many days its backups are kept; 0 is none, and `absent` counts where it does not say.

    With a switch these are the days while it is on; an input `days` may say others.
    """

    path: str
    absent: Any = 0
    switch: Switch | None = None
    days: str = ""

    def kept(self, resource: Resource) -> Any:
        """The days, or what leaves them undecided."""
        if self.switch is None:
            return known(number(value_at(resource, self.path)), self.absent) if self.path else self.absent
        on = self.switch.on(resource)
        if undecided(on):
            return on
        if not on:
            return 0
        return known(number(value_at(resource, self.days)), self.absent) if self.days else self.absent


_SNAPSHOTS: Final = Own("snapshotRetentionLimit")
_FILES: Final = Own("automaticBackupRetentionDays")
_DAYS: Final = "backupRetentionPeriod"
_POINT: Final = "pointInTimeRecovery"

OWN: Final[Mapping[str, Own]] = MappingProxyType(
    {
        RDS_INSTANCE: Own(_DAYS),
        RDS_CLUSTER: Own(_DAYS, 1),
        "aws:docdb/cluster:Cluster": Own(_DAYS, 1),
        "aws:docdb/elasticCluster:ElasticCluster": Own(_DAYS, 1),
        "aws:neptune/cluster:Cluster": Own(_DAYS, 1),
        "aws:redshift/cluster:Cluster": Own("automatedSnapshotRetentionPeriod", 1),
        "aws:redshiftserverless/namespace:Namespace": Own("", 1),
        "aws:elasticache/cluster:Cluster": _SNAPSHOTS,
        "aws:elasticache/replicationGroup:ReplicationGroup": _SNAPSHOTS,
        "aws:elasticache/serverlessCache:ServerlessCache": _SNAPSHOTS,
        "aws:memorydb/cluster:Cluster": _SNAPSHOTS,
        "aws:fsx/lustreFileSystem:LustreFileSystem": _FILES,
        "aws:fsx/ontapFileSystem:OntapFileSystem": _FILES,
        "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": _FILES,
        "aws:fsx/windowsFileSystem:WindowsFileSystem": Own("automaticBackupRetentionDays", 7),
        TABLE: Own(f"{_POINT}.enabled", _MONTH, Switch(f"{_POINT}.enabled"), f"{_POINT}.recoveryPeriodInDays"),
        "aws:keyspaces/table:Table": Own(f"{_POINT}.status", _MONTH, Switch(f"{_POINT}.status", ("ENABLED",))),
        "aws:lightsail/database:Database": Own(
            "backupRetentionEnabled", 7, Switch("backupRetentionEnabled", default=_NOT_SAID)
        ),
        "aws:lightsail/instance:Instance": Own("addOn", 7, Switch("addOn.status", ("Enabled",))),
        "aws:opensearch/domain:Domain": Own("", 14),
        "aws:elasticsearch/domain:Domain": Own("", 14),
    }
)
"""Type -> the backups that it has of itself. A cluster's are of all its instances."""

_FILES_POLICY: Final = "aws:efs/backupPolicy:BackupPolicy"
_WAREHOUSE: Final = "aws:redshift/cluster:Cluster"
_WAREHOUSE_COPY: Final = "aws:redshift/snapshotCopy:SnapshotCopy"
_COPY_DAYS: Final = 7
OPENZFS: Final = "aws:fsx/openZfsVolume:OpenZfsVolume"
_ONTAP: Final = "aws:fsx/ontapVolume:OntapVolume"
_MACHINE: Final = "aws:fsx/ontapStorageVirtualMachine:OntapStorageVirtualMachine"


class Elsewhere(NamedTuple):
    """A copy of a service's backups in another region, and the days for which it is kept."""

    location: Any
    days: Any


def read(builder: Builder) -> None:
    """A Backup for each resource that its service backs up, or may."""
    copies, parts = _copies(builder), _volumes(builder)
    for type_, own in OWN.items():
        for resource in builder.peek(type_):
            stores = [*builder.stores.get(resource.urn, ()), *parts.get(resource.urn, ())]
            _add(builder, resource, own.path, own.kept(resource), stores, copies.get(resource.urn, ()))
    for policy in builder.of(_FILES_POLICY):
        on = Switch("backupPolicy.status", ("ENABLED", "ENABLING")).on(policy)
        found = builder.referred(policy.inputs.get("fileSystemId"), FILES)
        stores = [store for files in found for store in builder.stores.get(files.urn, ())]
        days = on if undecided(on) else _MONTH if on else 0
        _add(builder, policy, "backupPolicy.status", days if len(found) == 1 or days == 0 else UNKNOWN, stores, ())


def _add(
    builder: Builder, origin: Resource, path: str, days: Any, stores: Sequence[Store], copies: Sequence[Elsewhere]
) -> None:
    if not stores or (not undecided(days) and days <= 0):
        return
    sure = not undecided(days)
    home = region_of(builder, origin)
    locations = (home, *(copy.location for copy in copies))
    kept = [days, *(copy.days for copy in copies)]
    doubt = next((each for each in kept if undecided(each)), None)
    builder.add(
        Backup(
            origin=origin,
            path=path,
            provider="aws",
            kind=KIND,
            stores=tuple(stores) if sure else (),
            perhaps=() if sure else tuple(stores),
            daily=True,
            location=home,
            locations=next((each for each in locations if undecided(each)), locations),
            encrypted=both(store.given("encrypted") for store in stores),
            keep_at_least=doubt if doubt is not None else min(kept),
            keep_at_most=doubt if doubt is not None else max(kept),
            restore_tested=_UNTESTED,
        )
    )


def _copies(builder: Builder) -> Mapping[str, list[Elsewhere]]:
    """The copies of a service's backups in other regions, by the URN of what it backs up; only certain ones count."""
    found: dict[str, list[Elsewhere]] = {}
    for copy in builder.peek(RDS_BACKUP_COPY):
        database = builder.the_one(copy.inputs.get("sourceDbInstanceArn"), RDS_INSTANCE)
        if database is not None:
            days = known(number(value_at(copy, "retentionPeriod")), _COPY_DAYS)
            found.setdefault(database.urn, []).append(Elsewhere(region_of(builder, copy), days))
    warehouses = Named(builder, (_WAREHOUSE,), "clusterIdentifier")
    for copy in builder.peek(_WAREHOUSE_COPY):
        warehouse = warehouses.one(copy.inputs.get("clusterIdentifier"))
        if warehouse is not None:
            days = known(number(value_at(copy, "retentionPeriod")), _COPY_DAYS)
            there = place("aws", copy.inputs.get("destinationRegion"))
            found.setdefault(warehouse.urn, []).append(Elsewhere(there, days))
    return found


def _volumes(builder: Builder) -> Mapping[str, list[Store]]:
    """The volumes of each file system of FSx, which are backed up with it."""
    found: dict[str, list[Store]] = {}
    for volume in builder.peek(OPENZFS, _ONTAP):
        for system in systems_of(builder, volume):
            found.setdefault(system.urn, []).extend(builder.stores.get(volume.urn, ()))
    return found


def systems_of(builder: Builder, volume: Resource) -> Iterator[Resource]:
    """The file system that a volume certainly lies in: through its parents, or its virtual machine."""
    path, seen = "parentVolumeId" if volume.type == OPENZFS else "storageVirtualMachineId", {volume.urn}
    part = builder.the_one(volume.inputs.get(path))
    while part is not None and part.urn not in seen:
        seen.add(part.urn)
        if part.type not in (OPENZFS, _MACHINE):
            yield part
            return
        part = builder.the_one(part.inputs.get("parentVolumeId" if part.type == OPENZFS else "fileSystemId"))
