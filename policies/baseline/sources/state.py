"""An exported state (`pulumi stack export`) into a Graph: what is deployed, by a program in any language."""

from __future__ import annotations

from typing import Any

import msgspec

from baseline.graph import UNKNOWN, Graph, Settings, named
from baseline.sources import files
from baseline.sources.project import BadInput
from baseline.sources.records import STACK_TYPE, Record, owner, resources
from baseline.sources.sites import Sites
from baseline.sources.wire import meaning

WRITTEN_BY = "pulumi stack export --file FILE"
_VERSIONS = (3, 4)
_FEATURES = frozenset({"refreshBeforeUpdate", "views", "hooks", "taint", "replaceWith", "extensionParameterization"})
"""What version 4 adds, none of which changes what a resource is. Texts that are not UTF-8 (`byteString`) are refused.

Source: pkg/resource/stack/deployment.go, supportedFeatures, v3.259.0, read 2026-11-26.
"""


class Operation(msgspec.Struct, frozen=True, rename="camel"):
    """What the engine had begun when it was cut off: `creating`, `updating`, `deleting`, `reading` or `importing`."""

    resource: Record
    type: str


class _Secrets(msgspec.Struct, frozen=True):
    type: str = ""
    state: Any = None

    @property
    def provider(self) -> str | None:
        """As the file of a stack names it: `passphrase`, the URL of a key, or `default` for Pulumi Cloud's own."""
        if self.type == "cloud":
            return str(self.state.get("url", "")) if isinstance(self.state, dict) else ""
        return {"service": "default"}.get(self.type, self.type) or None


class _Deployment(msgspec.Struct, frozen=True):
    resources: tuple[Record, ...] | None = None
    pending_operations: tuple[Operation, ...] | None = None
    secrets_providers: _Secrets | None = None


class _Head(msgspec.Struct, frozen=True):
    version: int | None = None
    features: tuple[str, ...] | None = None
    checkpoint: msgspec.Raw = msgspec.Raw(b"")
    deployment: msgspec.Raw = msgspec.Raw(b"")


class State(msgspec.Struct, frozen=True):
    """A state as it is: every record, and what the engine had begun and not ended.

    `owner` is its (project, stack); None of a state that holds nothing.
    """

    owner: tuple[str, str] | None
    records: tuple[Record, ...]
    pending: tuple[Operation, ...]
    secrets_provider: str | None


def read(file: str, content: bytes) -> State:
    """The state in a file. Raises BadInput for one that is truncated, of another version, or no state at all."""
    file = files.called(file)
    head = files.decoded(file, content, _Head, f"`{WRITTEN_BY}`")
    if bytes(head.checkpoint):
        raise BadInput(f"{file}: is a checkpoint of the backend's own. Write a state with `{WRITTEN_BY}`.")
    if not bytes(head.deployment):
        raise BadInput(f"{file}: is not what `{WRITTEN_BY}` writes: it has no deployment.")
    if head.version not in _VERSIONS:
        raise BadInput(
            f"{file}: is a state of version {head.version}; versions {_VERSIONS[0]} and {_VERSIONS[1]} are known. "
            f"Write it with a current Pulumi: `{WRITTEN_BY}`."
        )
    if strange := sorted(set(head.features or ()) - _FEATURES):
        raise BadInput(f"{file}: has features that nobody here knows: {', '.join(strange)}. It cannot be judged.")
    found = files.decoded(file, bytes(head.deployment), _Deployment, f"`{WRITTEN_BY}`")
    records, pending, secrets = found.resources or (), found.pending_operations or (), found.secrets_providers
    every = (*records, *(operation.resource for operation in pending))
    return State(owner(file, every) if every else None, records, pending, secrets.provider if secrets else None)


def graph(file: str, content: bytes, sites: Sites) -> Graph:
    """The Graph of the state in a file. Raises BadInput for what cannot be read, or not be believed."""
    return shown(file, read(file, content), sites)


def shown(file: str, state: State, sites: Sites) -> Graph:
    """The Graph of what is deployed. Raises BadInput for a state of which nobody knows whether it is true."""
    if state.pending:
        begun = ", ".join(f"{operation.type} {named(operation.resource.urn)}" for operation in state.pending)
        raise BadInput(
            f"{files.called(file)}: the engine was cut off, and nobody knows what came of: {begun}. "
            "Recover first: `baseline recover` says how."
        )
    if not state.records or state.owner is None:
        raise BadInput(f"{files.called(file)}: holds no resource, so there is nothing to judge.")
    project, stack = state.owner
    outputs = next((record.outputs for record in state.records if record.type == STACK_TYPE), None)
    with files.shown(file):
        return Graph(
            project=project,
            stack=stack,
            resources=resources(state.records, sites),
            outputs=meaning(outputs or {}, UNKNOWN),
            settings=Settings(secrets_provider=state.secrets_provider),
        )
