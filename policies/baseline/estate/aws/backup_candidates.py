"""What AWS Backup could back up: every store of a type that it knows, by each way to name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from baseline.estate.aws.accounts import account_id
from baseline.estate.aws.places import region_name, tag
from baseline.estate.aws.service_backups import OPENZFS, systems_of
from baseline.estate.builder import UNKNOWN, Builder, undecided
from baseline.estate.doubt import field_of
from baseline.estate.facts.locations import AWS_REGIONS
from baseline.estate.nouns import Store
from baseline.graph import Resource

INSTANCE = "aws:ec2/instance:Instance"

ANY = "\0"
"""Stands in an ARN for what only deployment knows."""

_ON_GATEWAY = f"gateway/{ANY}/volume/"

KINDS: Mapping[str, tuple[str, str, str, str]] = {
    # type: service, what precedes the name in an ARN, input with the name, name in AWS Backup
    "aws:docdb/cluster:Cluster": ("rds", "cluster:", "clusterIdentifier", "DocumentDB"),
    "aws:dynamodb/table:Table": ("dynamodb", "table/", "name", "DynamoDB"),
    "aws:dsql/cluster:Cluster": ("dsql", "cluster/", "", "Aurora DSQL"),
    "aws:ebs/volume:Volume": ("ec2", "volume/", "", "EBS"),
    "aws:efs/fileSystem:FileSystem": ("elasticfilesystem", "file-system/", "", "EFS"),
    "aws:eks/cluster:Cluster": ("eks", "cluster/", "name", "EKS"),
    "aws:fsx/lustreFileSystem:LustreFileSystem": ("fsx", "file-system/", "", "FSx"),
    "aws:fsx/ontapVolume:OntapVolume": ("fsx", f"volume/{ANY}/", "", "FSx"),
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": ("fsx", "file-system/", "", "FSx"),
    "aws:fsx/windowsFileSystem:WindowsFileSystem": ("fsx", "file-system/", "", "FSx"),
    "aws:neptune/cluster:Cluster": ("rds", "cluster:", "clusterIdentifier", "Neptune"),
    "aws:rds/cluster:Cluster": ("rds", "cluster:", "clusterIdentifier", "Aurora"),
    "aws:rds/instance:Instance": ("rds", "db:", "identifier", "RDS"),
    "aws:redshift/cluster:Cluster": ("redshift", "cluster:", "clusterIdentifier", "Redshift"),
    "aws:redshiftserverless/namespace:Namespace": ("redshift-serverless", "namespace/", "", "Redshift Serverless"),
    "aws:s3/bucket:Bucket": ("s3", "", "bucket", "S3"),
    "aws:s3/bucketV2:BucketV2": ("s3", "", "bucket", "S3"),
    "aws:storagegateway/cachesIscsiVolume:CachesIscsiVolume": ("storagegateway", _ON_GATEWAY, "", "Storage Gateway"),
    "aws:storagegateway/storedIscsiVolume:StoredIscsiVolume": ("storagegateway", _ON_GATEWAY, "", "Storage Gateway"),
    "aws:timestreamwrite/table:Table": ("timestream", f"database/{ANY}/table/", "", "Timestream"),
}
"""What AWS Backup backs up, of the types that are read here.

Sources: AWS Backup Developer Guide, "Feature availability by resource", read 2026-11-23; API reference,
"GetSupportedResourceTypes", read 2026-11-26. Of FSx for ONTAP it takes volumes, of Timestream tables, of a gateway
volumes. Virtual machines, SAP HANA and stacks of CloudFormation are no types of their own here.
"""


class Handle(NamedTuple):
    """One way to name a store: its own ARN and tags, or those of the instance that it belongs to."""

    urn: str
    kind: str  # in AWS Backup's words
    arn: str
    tags: tuple[tuple[str, Any], ...]  # those that any selection asks for


class Candidate(NamedTuple):
    """A store that AWS Backup could back up, in its account and region, with all ways to name it."""

    store: Store
    account: str
    region: Any
    handles: tuple[Handle, ...]
    profile: tuple[Handle, ...]  # the handles without their URNs: equal for stores that no pattern tells apart


class Shelf:
    """The candidates of one region: stores that no pattern and no tag tells apart lie together and are judged once."""

    def __init__(self) -> None:
        self.profiles: dict[tuple[Handle, ...], list[Candidate]] = {}
        self.by_tag: dict[tuple[str, Any], list[list[Candidate]]] = {}
        self.doubtful: list[list[Candidate]] = []  # some tag of theirs is undecided
        self.by_urn: dict[str, list[Candidate]] = {}

    def add(self, candidate: Candidate) -> None:
        """Puts one where it belongs."""
        for handle in candidate.handles:
            self.by_urn.setdefault(handle.urn, []).append(candidate)
        alike = self.profiles.get(candidate.profile)
        if alike is not None:
            alike.append(candidate)
            return
        alike = self.profiles[candidate.profile] = [candidate]
        tags = {pair for handle in candidate.profile for pair in handle.tags}
        if any(undecided(value) for _, value in tags):
            self.doubtful.append(alike)
        for pair in tags:
            self.by_tag.setdefault(pair, []).append(alike)


def candidates(builder: Builder, keys: Iterable[str], *, by_name: bool) -> list[Candidate]:
    """Every store of a type that AWS Backup knows, with its tags of these keys, and its name where a pattern asks."""
    wanted = sorted(keys)
    found = []
    for store in (store for stores in builder.stores.values() for store in stores):
        origin = store.origin
        if origin.type in KINDS or origin.type in (INSTANCE, OPENZFS):
            handles = tuple(_handles(builder, store, wanted, by_name))
            profile = tuple(handle._replace(urn="") for handle in handles)
            found.append(Candidate(store, account_of(builder, origin), region_name(builder, origin), handles, profile))
    return found


def account_of(builder: Builder, resource: Resource) -> str:
    """The account of a resource by its pin, else by the provider itself."""
    account = account_id(builder.provider_of(resource))
    return resource.provider if undecided(account) else str(account)


def _handles(builder: Builder, store: Store, keys: Sequence[str], by_name: bool) -> Iterator[Handle]:
    origin = store.origin
    if origin.type == INSTANCE:
        own = tuple((key, _disk_tag(builder, store, key)) for key in keys)
        yield Handle(f"{origin.urn}#{store.path}", "EBS", _arn(builder, origin, "ec2", f"volume/{ANY}"), own)
    elif origin.type == OPENZFS:
        # Backing up a file system backs up its volumes, which have no backups of their own.
        for system in systems_of(builder, origin):
            tags = tuple((key, tag(builder, system, key)) for key in keys)
            yield Handle(system.urn, "FSx", _arn(builder, system, "fsx", f"file-system/{ANY}"), tags)
    else:
        service, before, name_input, kind = KINDS[origin.type]
        name = origin.inputs.get(name_input) if name_input and by_name else None
        text = f"{before}{name if isinstance(name, str) else ANY}"
        own = tuple((key, tag(builder, origin, key)) for key in keys)
        yield Handle(origin.urn, kind, _arn(builder, origin, service, text), own)
    host = field_of(store, "host")
    instance = None if host is None or undecided(host) else host.origin
    if instance is not None and instance.type == INSTANCE:
        # Backing up an instance backs up every volume that is attached to it.
        tags = tuple((key, tag(builder, instance, key)) for key in keys)
        yield Handle(instance.urn, "EC2", _arn(builder, instance, "ec2", f"instance/{ANY}"), tags)


def _disk_tag(builder: Builder, store: Store, key: str) -> Any:
    """A tag of a disk that an instance brings with it: the disk's own, else `volumeTags`, else the provider's."""
    for path in (f"{store.path}.tags", "volumeTags"):
        tags = store.origin.at(path)
        if undecided(tags):
            return UNKNOWN
        if tags and key in tags:
            return tags[key]
    provider = builder.provider_of(store.origin)
    default = provider.at("defaultTags.tags") if provider is not None else None
    return UNKNOWN if undecided(default) else (default or {}).get(key)


def _arn(builder: Builder, resource: Resource, service: str, what: str) -> str:
    return arn_of(account_id(builder.provider_of(resource)), region_name(builder, resource), service, what)


def arn_of(account: Any, region: Any, service: str, what: str) -> str:
    """An ARN, with ANY for what is undecided."""
    partition = AWS_REGIONS[region][1] if not undecided(region) and region in AWS_REGIONS else ANY
    if service == "s3":
        return f"arn:{partition}:s3:::{what}"
    where, whose = (ANY if undecided(value) else str(value) for value in (region, account))
    return f"arn:{partition}:{service}:{where}:{whose}:{what}"
