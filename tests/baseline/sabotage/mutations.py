"""The verbs of sabotage: each makes a spoilt copy of a recorded Graph, and leaves the recording as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import msgspec

from baseline.graph import UNKNOWN, Graph, Ref, Resource, Site

ABSENT = object()
"""As the value of an input: the input is not there."""

WORDS = "tests/baseline/sabotage"


class Change(Protocol):
    """What spoils a Graph."""

    def __call__(self, graph: Graph) -> Graph:
        """A spoilt copy."""


class Sabotage(NamedTuple):
    """One way to break a promise: in which recordings, what is changed, and what that means."""

    stacks: tuple[str, ...]
    change: Change
    meaning: str


Table = Mapping[str, tuple[Sabotage, ...]]
"""The ways to break what a rule guards, by the rule's id."""

DE, FI, DEV = ("hetzner-de",), ("hetzner-fi",), ("dev",)
US, AP = ("aws-us",), ("aws-ap",)
HETZNER, AWS = (*DE, *FI, *DEV), (*US, *AP)


class To(NamedTuple):
    """In an added or changed input: a reference to the resource of this name and type."""

    name: str
    type: str


def find(graph: Graph, name: str, type_: str) -> Resource:
    """The one custom resource of a name and of a type's last word (`Server`, `Volume`, ...)."""
    found = [item for item in graph if item.custom and item.name == name and item.type.rpartition(":")[2] == type_]
    assert len(found) == 1, f"{graph.stack} has {len(found)} resources named {name} of type {type_}"
    return found[0]


def put(inputs: Any, path: str, value: Any) -> None:
    """Sets the value at a dotted path (`rules.0.port`) within plain inputs; the step `+` appends to a list."""
    step, _, rest = path.partition(".")
    key = (len(inputs) if step == "+" else int(step)) if isinstance(inputs, list) else step
    if rest:
        if isinstance(inputs, dict):
            inputs.setdefault(key, {})
        put(inputs[key], rest, value)
    elif value is ABSENT:
        del inputs[key]
    elif isinstance(inputs, list) and key == len(inputs):
        inputs.append(value)
    else:
        inputs[key] = value


def _resolved(value: Any, graph: Graph) -> Any:
    if isinstance(value, To):
        return Ref(frozenset({find(graph, *value).urn}))
    if isinstance(value, dict):
        return {key: _resolved(item, graph) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_resolved(item, graph) for item in value]
    return value


def _with(graph: Graph, resources: Iterable[Resource]) -> Graph:
    ordered = tuple(sorted(resources, key=lambda item: item.urn))
    return msgspec.structs.replace(graph, resources=ordered)


def _replaced(graph: Graph, new: Resource) -> Graph:
    return _with(graph, (new if item.urn == new.urn else item for item in graph))


@dataclass(frozen=True)
class without:  # noqa: N801 - a verb of the tables
    """The registration is not there."""

    name: str
    type: str

    def __call__(self, graph: Graph) -> Graph:
        """A copy without it."""
        gone = find(graph, self.name, self.type)
        return _with(graph, (item for item in graph if item.urn != gone.urn))


@dataclass(frozen=True)
class changed:  # noqa: N801 - a verb of the tables
    """One input of a resource has another value, or is ABSENT."""

    name: str
    type: str
    path: str
    value: Any

    def __call__(self, graph: Graph) -> Graph:
        """A copy with the other value."""
        item = find(graph, self.name, self.type)
        inputs = deepcopy(item.inputs)
        put(inputs, self.path, _resolved(self.value, graph))
        assert inputs != item.inputs, f"{self} changes nothing"
        return _replaced(graph, msgspec.structs.replace(item, inputs=inputs))

    def doubted(self) -> changed:
        """The same input, decided by deployment only."""
        return changed(self.name, self.type, self.path, UNKNOWN)


@dataclass(frozen=True)
class edited:  # noqa: N801 - a verb of the tables
    """Words within a text input (user data, a policy document) are other words."""

    name: str
    type: str
    path: str
    old: str
    new: str

    def __call__(self, graph: Graph) -> Graph:
        """A copy with the other words."""
        text = find(graph, self.name, self.type).at(self.path)
        assert self.old in text, f"{self.name} does not say {self.old!r}"
        return changed(self.name, self.type, self.path, text.replace(self.old, self.new))(graph)

    def doubted(self) -> changed:
        """The same input, decided by deployment only."""
        return changed(self.name, self.type, self.path, UNKNOWN)


@dataclass(frozen=True)
class registered:  # noqa: N801 - a verb of the tables
    """The registration has another option: `protect`, `provider`, `ignore_changes`."""

    name: str
    type: str
    options: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, graph: Graph) -> Graph:
        """A copy with the other option."""
        item = find(graph, self.name, self.type)
        return _replaced(graph, msgspec.structs.replace(item, **self.options))


@dataclass(frozen=True)
class added:  # noqa: N801 - a verb of the tables
    """One more registration, under the stack's own provider. `inputs` may hold `To` references."""

    type: str
    name: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    provider: str | None = None  # the name of another provider; "" for the default one

    def __call__(self, graph: Graph) -> Graph:
        """A copy with it."""
        package = self.type.partition(":")[0]
        name = {"hcloud": "hetzner"}.get(package, package) if self.provider is None else self.provider
        new = Resource(
            urn=f"urn:pulumi:{graph.stack}::{graph.project}::{self.type}::{self.name}",
            type=self.type,
            name=self.name,
            inputs=_resolved(dict(self.inputs), graph),
            provider=find(graph, name, package).urn if name and package in ("aws", "hcloud") else "",
            protect=True,
            declared_at=Site(WORDS, 1),
            built_at=Site(WORDS, 1),
        )
        assert new.urn not in graph.by_urn, f"{new.urn} exists"
        return _with(graph, (*graph, new))


@dataclass(frozen=True)
class all_of:  # noqa: N801 - a verb of the tables
    """Several changes that are one deed: what is added needs what it is attached to."""

    changes: tuple[Change, ...]

    def __init__(self, *changes: Change) -> None:
        object.__setattr__(self, "changes", changes)

    def __call__(self, graph: Graph) -> Graph:
        """A copy with all of them, in order."""
        for change in self.changes:
            graph = change(graph)
        return graph


@dataclass(frozen=True)
class previewed:  # noqa: N801 - a verb of the tables
    """The recording is deployed, and a preview would do this to one resource of it, by a change where one is named."""

    operation: str  # update, replace, delete, forget
    name: str
    type: str
    by: Change | None = None

    def __call__(self, graph: Graph) -> Graph:
        """A copy that starts from the recording."""
        goes = self.operation in ("delete", "forget")
        after = without(self.name, self.type)(graph) if goes else graph
        after = self.by(after) if self.by else after
        steps = {find(graph, self.name, self.type).urn: self.operation}
        return msgspec.structs.replace(after, before=graph.resources, steps=steps)


@dataclass(frozen=True)
class exported:  # noqa: N801 - a verb of the tables
    """The stack says something else of its state, in Pulumi's own files and in its Stash alike."""

    key: str  # backend, secrets
    value: Any

    def __call__(self, graph: Graph) -> Graph:
        """A copy that says so."""
        setting = {"backend": "backend", "secrets": "secrets_provider"}[self.key]
        value = None if self.value is ABSENT else self.value
        graph = changed("state", "Stash", f"input.{self.key}", value)(graph)
        return msgspec.structs.replace(graph, settings=msgspec.structs.replace(graph.settings, **{setting: value}))


@dataclass(frozen=True)
class given_out:  # noqa: N801 - a verb of the tables
    """The stack has one more output."""

    name: str
    value: Any

    def __call__(self, graph: Graph) -> Graph:
        """A copy with it."""
        assert self.name not in graph.outputs, f"{graph.stack} gives {self.name} out already"
        return msgspec.structs.replace(graph, outputs={**graph.outputs, self.name: self.value})
