"""Which resources a change names: those that it spoils, and those that stand one step away from them.

One step is: the resource refers to another, or another refers to it. A reference is an input that is one, a
dependency, the provider, another's physical name (alone, or at the end of an ARN) or DNS name, a tag by which it
selects, in a policy a region by its provider, in an event pattern the detector of the same provider.

Some resources say nothing but what belongs together: an attachment, a selection, a plan, the way from an event to a
person. What they tie together, also in a chain, is one step apart: so a volume is next to its host, a vault to what is
backed up into it, a host to the front door whose traffic it gets. Some are nothing but a part of another: a rule of its
security group, a lock of its vault, a listener of its balancer, a DNS record of its zone. They stand where that other
stands, and so do all providers of one account.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from baseline.graph import Graph, Ref, Resource

TIES = (
    "Assignment",
    "Association",
    "Attachment",
    "LoadBalancerNetwork",
    "EventRule",
    "Plan",
    "Record",
    "Selection",
    "Target",
    "TargetGroup",
    "Topic",
    "TopicSubscription",
    "ZoneRrset",
)
"""How the types of resources end that tie others together."""

PARTS = {
    "Listener": "loadBalancerArn",
    "LoadBalancerService": "loadBalancerId",
    "Record": "zoneId",
    "SecurityGroupEgressRule": "securityGroupId",
    "SecurityGroupIngressRule": "securityGroupId",
    "SecurityGroupRule": "securityGroupId",
    "VaultLockConfiguration": "backupVaultName",
    "VaultPolicy": "backupVaultName",
    "ZoneRrset": "zone",
}
"""Types (by their last word) that are a part of what this input refers to."""

_ALL_OF_A_KIND = re.compile(r"arn:.*:([a-z-]+)/\*")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+){2,}")


def changed_urns(before: Graph, after: Graph) -> frozenset[str]:
    """The resources that differ: changed, gone or new, or a step of it; the stack where its settings or outputs do."""
    urns = {*before.by_urn, *after.by_urn}
    changed = {urn for urn in urns if before.by_urn.get(urn) != after.by_urn.get(urn)}
    changed |= after.steps.keys()
    if before.settings != after.settings or before.outputs != after.outputs:
        changed.add(f"urn:pulumi:{after.stack}::{after.project}::pulumi:pulumi:Stack::{after.project}-{after.stack}")
    return frozenset(changed)


def named_urns(before: Graph, after: Graph) -> frozenset[str]:
    """The resources that the change from one Graph to the other names."""
    steps: dict[str, set[str]] = defaultdict(set)
    wholes: dict[str, set[str]] = defaultdict(set)  # parts and wholes, each by the other
    ties = set()
    for graph in (before, after):
        names = _Names(graph)
        for resource in graph:
            if resource.custom:
                _join(steps, resource.urn, names.refers(resource))
                _join(wholes, resource.urn, names.whole(resource))
            if resource.type.endswith(TIES):
                ties.add(resource.urn)
    changed = set(changed_urns(before, after))
    changed |= _beside(wholes, changed)
    near = changed | _beside(steps, changed)
    while more := (near | _beside(steps, near & ties)) - near:
        near |= more
    return frozenset(near | _beside(wholes, near))


def _join(pairs: dict[str, set[str]], urn: str, others: set[str]) -> None:
    for other in others - {urn, ""}:
        pairs[urn].add(other)
        pairs[other].add(urn)


def _beside(pairs: dict[str, set[str]], urns: set[str]) -> set[str]:
    return set().union(*(pairs[urn] for urn in urns))


class _Names:
    """What every word of a Graph names: physical names, DNS names, tags, kinds, regions, accounts."""

    def __init__(self, graph: Graph) -> None:
        self.meant: dict[object, set[str]] = defaultdict(set)
        for resource in graph:
            if resource.custom:
                for word in _defined(resource):
                    self.meant[word].add(resource.urn)

    def refers(self, resource: Resource) -> set[str]:
        """The resources that a resource refers to."""
        found = {*resource.dependencies, resource.provider}
        for value in _values(resource.inputs):
            found |= value.urns if isinstance(value, Ref) else self._by_word(value)
            found |= self.meant.get(("source", resource.provider, value), set())
        return found

    def _by_word(self, value: object) -> set[str]:
        if not isinstance(value, str):
            return self.meant.get(value, set())
        found = self.meant.get(value, set()) | self.meant.get(value.rpartition(":")[2], set())
        if kind := _ALL_OF_A_KIND.fullmatch(value):
            found |= self.meant.get(("kind", kind[1]), set())
        if value.startswith("#"):  # user data
            found |= set().union(*(self.meant.get(name, set()) for name in _DOMAIN.findall(value)))
        return found

    def whole(self, resource: Resource) -> set[str]:
        """What a resource is a part of; the providers of its account, for a provider."""
        if resource.type.startswith("pulumi:providers:"):
            accounts = resource.inputs.get("allowedAccountIds")
            return set().union(*(self.meant[("account", account)] for account in accounts or ()))
        value = resource.inputs.get(PARTS.get(resource.type.rpartition(":")[2], ""))
        return set(value.urns) if isinstance(value, Ref) else self.meant.get(value, set())


def _defined(resource: Resource) -> Iterator[object]:
    inputs = resource.inputs
    if resource.type == "aws:guardduty/detector:Detector":
        yield "source", resource.provider, "aws.guardduty"
    yield "kind", resource.type.rpartition(":")[2].lower()
    for key in ("name", "bucket"):
        if isinstance(name := inputs.get(key), str):
            yield name
            if isinstance(zone := inputs.get("zone"), str):
                yield f"{name}.{zone}"
    for key in ("tags", "labels"):
        if isinstance(tags := inputs.get(key), dict):
            yield from tags.items()
    if resource.type.startswith("pulumi:providers:"):
        yield from (("account", account) for account in inputs.get("allowedAccountIds") or ())
        if isinstance(region := inputs.get("region"), str):
            yield region


def _values(value: Any) -> Iterator[Any]:
    """References and texts anywhere within, and tags that select as pairs; a name that a resource has is none."""
    if isinstance(value, str) and value.startswith("{"):
        with suppress(ValueError):
            yield from _values(json.loads(value))
    elif isinstance(value, Ref | str):
        yield value
    elif isinstance(value, dict):
        if {"key", "value"} <= value.keys() and isinstance(value["key"], str):
            yield value["key"].rpartition("/")[2], value["value"]
        for key, item in value.items():
            if key == "labelSelector" and isinstance(item, str):
                yield tuple(item.split("=", 1))
            elif key not in ("name", "tags", "labels"):
                yield from _values(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _values(item)
