"""What the AWS components register, recorded once in a process of its own, and looked up by type and name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from baseline.graph import Graph, Ref, Resource
from tests.recordings import recorded


@dataclass(frozen=True)
class Registrations:
    """The graph of the sample program."""

    graph: Graph

    def __call__(self, kind: str, name: str) -> Resource:
        """The resource of a type (`ec2/instance:Instance`) and a name; it has to be there once."""
        found = [item for item in self.graph.resources if (item.type, item.name) == (f"aws:{kind}", name)]
        assert len(found) == 1, f"{kind} {name}: registered {len(found)} times"
        return found[0]

    def names(self, kind: str) -> set[str]:
        """The names of all resources of a type."""
        return {item.name for item in self.graph.resources if item.type == f"aws:{kind}"}

    def statements(self, kind: str, name: str, path: str = "policy") -> dict[str, dict[str, Any]]:
        """The statements of a resource's policy document, by their ids."""
        document = json.loads(self(kind, name).at(path))
        return {statement["Sid"]: statement for statement in document["Statement"]}


def referred(value: object) -> set[str]:
    """The names of the resources that a value refers to."""
    items: tuple[Any, ...] = tuple(value) if isinstance(value, list | tuple) else (value,)
    assert all(isinstance(item, Ref) for item in items), f"{value!r} is known, not a reference"
    return {urn.rpartition("::")[2] for item in items for urn in item.urns}


@pytest.fixture(scope="session")
def registered() -> Registrations:
    """Everything that the sample program registers."""
    return Registrations(recorded(Path(__file__).parent / "program", "sample")["sample"])
