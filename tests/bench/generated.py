"""Graphs of any size for measuring: the recorded environments over and over, each copy with names and defects of its own."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from baseline.graph import Graph, Resource, Settings, decode, encode
from tests.recordings import graphs

URN = re.compile(rb'urn:pulumi:[^"]+')

# What a hand slips into: an input that is dropped, or set to what nobody should want.
DEFECTS: dict[str, tuple[str, Any]] = {
    "aws:ec2/instance:Instance": ("metadataOptions", None),
    "aws:kms/key:Key": ("enableKeyRotation", False),
    "aws:iam/role:Role": ("permissionsBoundary", None),
    "aws:cloudwatch/logGroup:LogGroup": ("retentionInDays", None),
    "aws:lb/listener:Listener": ("port", 8443),
    "aws:lb/loadBalancer:LoadBalancer": ("enableDeletionProtection", False),
    "hcloud:index/server:Server": ("backups", False),
    "hcloud:index/volume:Volume": ("deleteProtection", False),
    "hcloud:index/loadBalancerService:LoadBalancerService": ("listenPort", 80),
}


def write(path: Path, size: int, *, defects: float = 0.05, seed: int = 3) -> None:
    """Writes the Graph of `size` mixed resources; a share of those in DEFECTS has the defect."""
    chance = random.Random(seed)  # noqa: S311 (reproducible on purpose)
    resources = []
    for resource in _endless():
        if len(resources) == size:
            break
        resources.append(_spoiled(resource) if chance.random() < defects else resource)
    path.write_bytes(encode(Graph(project="bench", stack="bench", resources=tuple(resources), settings=SETTINGS)))


SETTINGS = Settings("s3://state?endpoint=https://nbg1.your-objectstorage.com", "passphrase")


def _endless() -> Iterator[Resource]:
    originals = [encode(graph) for graph in graphs().values()]
    copy = 0
    while True:
        suffix = b"-%d" % copy
        rename: Callable[[re.Match[bytes]], bytes] = lambda match, suffix=suffix: match[0] + suffix  # noqa: E731
        for original in originals:
            yield from decode(URN.sub(rename, original))
        copy += 1


def _spoiled(resource: Resource) -> Resource:
    if resource.type not in DEFECTS:
        return resource
    key, value = DEFECTS[resource.type]
    inputs = {name: item for name, item in resource.inputs.items() if name != key}
    if value is not None:
        inputs[key] = value
    return Resource(**{name: getattr(resource, name) for name in Resource.__struct_fields__} | {"inputs": inputs})
