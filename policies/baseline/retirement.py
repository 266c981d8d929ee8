"""What stands between a deployed stack and its end: the protections to lift, and what the clouds keep all the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from baseline.estate.facts.consoles import LIFTS, UNLIFTED
from baseline.estate.facts.protections import GUARDS
from baseline.graph import Graph, Ref, Resource, Undecidable


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step, in order; what it is, and the command.

    `kind` is `lost` (data that `destroy` deletes), `kept` (stays all the same), `lift` or `destroy`.
    """

    kind: str
    what: str
    command: str = ""


_KEPT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:backup/vault:Vault": (
            "stays for as long as a recovery point lies in it: its lock lets nobody delete one before its days are over"
        ),
        "aws:kms/key:Key": (
            "stays for its waiting window of {deletionWindowInDays} days, and then takes with it all that it encrypts"
        ),
        "aws:s3/bucket:Bucket": "stays for as long as objects lie in it, unless somebody empties it",
        "aws:s3/bucketV2:BucketV2": "stays for as long as objects lie in it, unless somebody empties it",
    }
)
"""Type -> why its cloud keeps it after a `pulumi destroy`."""


_DATA: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hcloud:index/server:Server": "the disk of the server, and its backups at Hetzner",
        "hcloud:index/storageBox:StorageBox": "the storage box, with every backup and snapshot in it",
        "hcloud:index/volume:Volume": "the volume, with everything on it",
        "hcloud:index/zone:Zone": "the zone, with every name in it",
        "aws:cloudwatch/logGroup:LogGroup": "the log group, with every line in it",
        "aws:cognito/userPool:UserPool": "the user pool, with every account in it",
        "aws:docdb/cluster:Cluster": "the database",
        "aws:dynamodb/table:Table": "the table, with every item in it",
        "aws:ebs/snapshot:Snapshot": "the snapshot",
        "aws:ebs/volume:Volume": "the volume, with everything on it",
        "aws:ec2/instance:Instance": "the disks that the instance is made with",
        "aws:efs/fileSystem:FileSystem": "the file system, with every file in it",
        "aws:neptune/cluster:Cluster": "the database",
        "aws:rds/cluster:Cluster": "the database",
        "aws:rds/instance:Instance": "the database",
        "aws:secretsmanager/secret:Secret": "the secret, after its window of recovery",
        "aws:sqs/queue:Queue": "the queue, with every message in it",
    }
)
"""Type -> what goes with it. Source: the delete operations in the providers' references, read 2026-11-26."""

_FORCED: Final = ("forceDestroy", "forceDelete")
"""Inputs that let a provider empty a resource to delete it."""


def retire(graph: Graph, ids: Mapping[str, str]) -> Iterator[Step]:
    """The steps that end a deployed stack; `ids` are those of its resources, by the URNs of the Graph."""
    stack = shlex.quote(graph.stack)
    for resource in graph:
        if words := _lost(resource):
            yield Step(kind="lost", what=f"{_words(resource, ids)}: {words}.")
    for resource in graph:
        if resource.type in _KEPT and not _emptied(resource):
            days = resource.inputs.get("deletionWindowInDays", 30)
            words = _KEPT[resource.type].format(deletionWindowInDays=days)
            yield Step(kind="kept", what=f"{_words(resource, ids)} {words}.{_locked(graph, resource, ids)}")
    yield Step(kind="kept", what="The stack's own state stays, with its history and its backups, in its backend.")
    if any(resource.protect for resource in graph):
        yield Step(
            kind="lift",
            what="Pulumi's own protection, of every resource.",
            command=f"pulumi state unprotect --all --yes --stack {stack}",
        )
    yield from _lifted(graph, ids)
    yield Step(
        kind="destroy",
        what="The end. Never skip its preview: without it a refused deletion is met only after others have been done.",
        command=f"pulumi destroy --continue-on-error --stack {stack}",
    )


def _words(resource: Resource, ids: Mapping[str, str]) -> str:
    return f"{resource.name} ({resource.type} {ids.get(resource.urn, '')})"


def _lost(resource: Resource) -> str:
    """Which data a `pulumi destroy` deletes with a resource; `""` for none."""
    if _emptied(resource):
        return f"everything in it, since {' or '.join(_FORCED)} is set"
    return _DATA.get(resource.type, "")


def _emptied(resource: Resource) -> bool:
    """Whether its provider empties it; what nobody knows counts as both, kept and lost."""
    return any(resource.inputs.get(key) in (True, "true") for key in _FORCED if _known(resource.inputs.get(key)))


def _known(value: object) -> bool:
    return not isinstance(value, Undecidable | Ref)


_LOCKS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:backup/vaultLockConfiguration:VaultLockConfiguration": ("backupVaultName",),
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ("bucket",),
        "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2": ("bucket",),
    }
)
"""Type of a lock -> the inputs that say what it locks."""


def _locked(graph: Graph, resource: Resource, ids: Mapping[str, str]) -> str:
    """How what lies in a resource is locked, where the Graph shows it."""
    for lock in graph:
        for key in _LOCKS.get(lock.type, ()):
            said = lock.inputs.get(key)
            meant = (
                resource.urn in said.urns if isinstance(said, Ref) else said in (ids.get(resource.urn), resource.name)
            )
            if meant:
                return _vault(lock) if "Vault" in lock.type else _objects(lock)
    return ""


def _vault(lock: Resource) -> str:
    """In compliance mode (a vault with days of grace) nobody lifts the lock once they are over, not even AWS."""
    days = " to ".join(str(lock.inputs[key]) for key in ("minRetentionDays", "maxRetentionDays") if key in lock.inputs)
    period = f" for {days} days" if days else ""
    grace = lock.inputs.get("changeableForDays")
    if grace is None:
        return f" Locked{period} in governance mode: who may remove the lock may delete earlier."
    return f" Locked{period} in compliance mode: {grace} days after it was set nobody shortens that, AWS neither."


def _objects(lock: Resource) -> str:
    mode, days, years = (lock.at(f"rule.defaultRetention.{key}") for key in ("mode", "days", "years"))
    period = f"{years} years" if years is not None else f"{days} days" if days is not None else "an unknown time"
    return f" Its objects are locked for {period} each, in mode {mode or 'unknown'}."


def _lifted(graph: Graph, ids: Mapping[str, str]) -> Iterator[Step]:
    for resource in graph:
        holds = [guard.holds(resource) for guard in GUARDS.get(resource.type, ())]
        if not any(held is True or isinstance(held, Undecidable | Ref) for held in holds):
            continue
        if command := LIFTS.get(resource.type):
            yield Step(
                kind="lift",
                what=f"The provider's protection of {resource.name}.",
                command=command.format(id=shlex.quote(ids.get(resource.urn, resource.name))) + _region(graph, resource),
            )
        elif words := UNLIFTED.get(resource.type):
            yield Step(kind="lift", what=f"{_words(resource, ids)}: {words}.")


def _region(graph: Graph, resource: Resource) -> str:
    """Of a resource on AWS, where the command has to go."""
    provider = graph.by_urn.get(resource.provider)
    name = resource.inputs.get("region") or (provider.inputs.get("region") if provider else None)
    return f" --region {shlex.quote(name)}" if resource.type.startswith("aws:") and isinstance(name, str) else ""
