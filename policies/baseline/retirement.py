"""What stands between a deployed stack and its end: the protections to lift, and what the clouds keep all the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from baseline.estate.facts.protections import GUARDS
from baseline.graph import Graph, Resource, Undecidable


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step, in order: `kept` (named beforehand, and stays), `lift` or `destroy`; what it is, and the command."""

    kind: str
    what: str
    command: str = ""


_LIFTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hcloud:index/floatingIp:FloatingIp": "hcloud floating-ip disable-protection {id} delete",
        "hcloud:index/loadBalancer:LoadBalancer": "hcloud load-balancer disable-protection {id} delete",
        "hcloud:index/network:Network": "hcloud network disable-protection {id} delete",
        "hcloud:index/primaryIp:PrimaryIp": "hcloud primary-ip disable-protection {id} delete",
        "hcloud:index/server:Server": "hcloud server disable-protection {id} delete rebuild",
        "hcloud:index/volume:Volume": "hcloud volume disable-protection {id} delete",
        "hcloud:index/zone:Zone": "hcloud zone disable-protection {id} delete",
        "aws:cloudwatch/logGroup:LogGroup": (
            "aws logs put-log-group-deletion-protection --log-group-identifier {id} --no-deletion-protection-enabled"
        ),
        "aws:ec2/instance:Instance": (
            "aws ec2 modify-instance-attribute --instance-id {id} --no-disable-api-termination"
        ),
        "aws:lb/loadBalancer:LoadBalancer": (
            "aws elbv2 modify-load-balancer-attributes --load-balancer-arn {id} "
            "--attributes Key=deletion_protection.enabled,Value=false"
        ),
    }
)
"""Type -> the command of its cloud that lifts what refuses a deletion. A storage box needs none: its provider lifts it.

Sources: hcloud CLI 1.55; AWS CLI Command Reference; read 2026-11-26.
"""

_KEPT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "aws:backup/vault:Vault": (
            "stays for as long as a recovery point lies in it: its lock lets nobody delete one before its days are over"
        ),
        "aws:kms/key:Key": (
            "stays for its waiting window of {deletionWindowInDays} days, and then takes with it all that it encrypts"
        ),
        "aws:s3/bucket:Bucket": "stays for as long as objects lie in it, unless somebody empties it",
    }
)
"""Type -> why its cloud keeps it after a `pulumi destroy`."""


def retire(graph: Graph, ids: Mapping[str, str]) -> Iterator[Step]:
    """The steps that end a deployed stack; `ids` are those of its resources, by URN."""
    stack = shlex.quote(graph.stack)
    for resource in graph:
        if resource.type in _KEPT and not _emptied(resource):
            days = resource.inputs.get("deletionWindowInDays", 30)
            words = _KEPT[resource.type].format(deletionWindowInDays=days)
            yield Step(kind="kept", what=f"{resource.name} ({resource.type} {ids.get(resource.urn, '')}) {words}.")
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


def _emptied(resource: Resource) -> bool:
    return resource.inputs.get("forceDestroy") is True


def _lifted(graph: Graph, ids: Mapping[str, str]) -> Iterator[Step]:
    for resource in graph:
        command = _LIFTS.get(resource.type)
        holds = [guard.holds(resource) for guard in GUARDS.get(resource.type, ())]
        if command and any(held is True or isinstance(held, Undecidable) for held in holds):
            region = _region(graph, resource)
            yield Step(
                kind="lift",
                what=f"The provider's protection of {resource.name}.",
                command=command.format(id=shlex.quote(ids.get(resource.urn, resource.name))) + region,
            )


def _region(graph: Graph, resource: Resource) -> str:
    """Of a resource on AWS, where the command has to go."""
    provider = graph.by_urn.get(resource.provider)
    name = resource.inputs.get("region") or (provider.inputs.get("region") if provider else None)
    return f" --region {shlex.quote(name)}" if resource.type.startswith("aws:") and isinstance(name, str) else ""
