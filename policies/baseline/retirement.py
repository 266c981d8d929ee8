"""What stands between a deployed stack and its end: the protections to lift, and what the clouds keep all the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from baseline.estate.build import build
from baseline.estate.facts.consoles import UNLIFTED, blanks, lifting
from baseline.estate.facts.protections import GUARDS
from baseline.estate.nouns import Store
from baseline.estate.terms import Terms
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


_BESIDE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hcloud:index/server:Server": ", and its backups at Hetzner",
        "hcloud:index/storageBox:StorageBox": ", and its snapshots",
        "aws:secretsmanager/secret:Secret": ", after its window of recovery",
    }
)
"""Type -> what goes with it beside the stores that the Estate has. Source: the delete operations in the providers'
references, read 2026-11-26."""

_NAMES: Final = frozenset({"aws:route53/zone:Zone", "hcloud:index/zone:Zone"})
"""Types with which names cease to answer."""

_KEY: Final = "aws:kms/key:Key"

_FORCED: Final = ("forceDestroy", "forceDelete")
"""Inputs that let a provider empty a resource to delete it."""


def retire(graph: Graph, ids: Mapping[str, str]) -> Iterator[Step]:
    """The steps that end a deployed stack; `ids` are those of its resources, by the URNs of the Graph."""
    stack = shlex.quote(graph.stack)
    stores = _stores(graph)
    for resource in graph:
        if words := _lost(resource, stores.get(resource.urn, ())):
            yield Step(kind="lost", what=f"{_words(resource, ids)}: {words}.")
    for resource in graph:
        if resource.type in _KEPT and not _emptied(resource):
            days = resource.inputs.get("deletionWindowInDays", 30)
            words = _KEPT[resource.type].format(deletionWindowInDays=days)
            more = _encrypts(graph, resource) if resource.type == _KEY else _locked(graph, resource, ids)
            yield Step(kind="kept", what=f"{_words(resource, ids)} {words}.{more}")
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


def _stores(graph: Graph) -> dict[str, list[str]]:
    """What each resource keeps data in, by its URN. Whether it breaks a promise is not asked: no terms are needed."""
    found: dict[str, list[str]] = {}
    for store in build(graph, Terms(stack=graph.stack)).all(Store):
        found.setdefault(store.origin.urn, []).append(store.kind)
    return found


def _lost(resource: Resource, stores: Iterable[str]) -> str:
    """Which data a `pulumi destroy` deletes with a resource; `""` for none."""
    if _emptied(resource):
        return f"everything in it, since {' or '.join(_FORCED)} is set"
    if resource.type in _NAMES:
        return "the zone with all its records, so that its names answer no more"
    if resource.type in _KEPT or not stores:
        return ""
    kinds = " and ".join(dict.fromkeys(stores))
    return f"the {kinds}, with everything in it{_BESIDE.get(resource.type, '')}"


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
        if command := lifting(resource.type, ids.get(resource.urn, resource.name), _region(graph, resource)):
            yield Step(
                kind="lift",
                what=f"The provider's protection of {resource.name}.{blanks(command)}",
                command=command[0],
            )
        elif (words := UNLIFTED.get(resource.type)) and not _locked(graph, resource, ids):
            yield Step(kind="lift", what=f"{_words(resource, ids)}: {words}.")


def _encrypts(graph: Graph, key: Resource) -> str:
    """What names a key, and is unreadable once it is gone: what the clouds keep longer than the key, too."""
    named = sorted(
        {
            each.name
            for each in graph
            if each.type != "aws:kms/alias:Alias"
            and any(isinstance(value, Ref) and key.urn in value.urns for value in _keys(each.inputs))
        }
    )
    return f" That is what is kept by {', '.join(named)}." if named else ""


def _keys(value: object, name: str = "") -> Iterator[object]:
    """Every value under an input that names a key."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _keys(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item, name)
    elif "kms" in name.lower() or "key" in name.lower():
        yield value


def _region(graph: Graph, resource: Resource) -> str:
    """Where a resource on AWS is, by its own words or its provider's; `""` where nobody says."""
    provider = graph.by_urn.get(resource.provider)
    words = (resource.inputs.get("region"), provider.inputs.get("region") if provider else None)
    return next((word for word in words if isinstance(word, str)), "")
