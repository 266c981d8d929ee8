"""A Graph as the documents in which Pulumi would show it: the way back from what the readers do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from baseline.graph import SECRET, WRITTEN_OUT, Graph, Ref, Resource
from baseline.sources.project import CLOSED
from baseline.sources.records import STACK_TYPE
from baseline.sources.wire import UNKNOWN_TEXT
from tests.baseline.sources.documents import CIPHERTEXT

ACCOUNT, REGION, ZONE = "123456789012", "eu-central-1", "eu-central-1a"
COMMON = {"ownerId": ACCOUNT, "region": REGION, "availabilityZone": ZONE, "status": "ACTIVE", "networks": ["0.0.0.0/0"]}
"""Outputs that many things have alike."""

_TRACE = [
    {"sourcePosition": "project:///.venv/lib/python3.11/site-packages/pulumi/resource.py#7"},
    {"sourcePosition": "project:///__main__.py#12,5"},
]


class _Writer:
    """Writes resources as Pulumi does, before deployment or, with ids, after it."""

    def __init__(self, graph: Graph, resources: tuple[Resource, ...], secret: Any, *, deployed: bool) -> None:
        self.top = f"urn:pulumi:{graph.stack}::{graph.project}::{STACK_TYPE}::{graph.project}-{graph.stack}"
        self._secret = secret
        self._ids = {item.urn: _id(item, place) for place, item in enumerate(resources)} if deployed else {}

    def stack(self) -> dict[str, Any]:
        """The stack itself."""
        return {"urn": self.top, "custom": False, "type": STACK_TYPE}

    def record(self, item: Resource) -> dict[str, Any]:
        """One resource; of what is deployed also its id, what only the cloud knows, and its lines."""
        inputs = {key: self._plain(value) for key, value in item.inputs.items()}
        written = {
            "urn": item.urn,
            "custom": item.custom,
            "type": item.type,
            "parent": item.parent or self.top,
            "provider": f"{item.provider}::1" if item.provider else "",
            "protect": item.protect,
            "inputs": inputs,
            "dependencies": sorted(item.dependencies),
            "propertyDependencies": {key: sorted(_urns(value)) for key, value in item.inputs.items()},
            "ignoreChanges": list(item.ignore_changes),
        }
        id_ = self._ids.get(item.urn)
        if id_ is None:
            return written
        arn = f"arn:aws:service:{REGION}:{ACCOUNT}:thing/{id_}"
        return written | {"id": id_, "outputs": {"id": id_, "arn": arn, **COMMON, **inputs}, "stackTrace": _TRACE}

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Ref):
            known = [self._ids[urn] for urn in value.urns if urn in self._ids]
            return known[0] if len(known) == len(value.urns) == 1 else UNKNOWN_TEXT
        if value is SECRET or value is WRITTEN_OUT:
            return self._secret
        if isinstance(value, dict):
            return {key: self._plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._plain(item) for item in value]
        return value if isinstance(value, str | int | float | bool | type(None)) else UNKNOWN_TEXT


def _id(item: Resource, place: int) -> str:
    """As the clouds make them: numbers of Hetzner's, and long ones with a prefix of AWS's."""
    return f"thing-{place:017x}" if item.type.startswith("aws:") else str(4_000_000 + place)


def _urns(value: Any) -> set[str]:
    if isinstance(value, Ref):
        return set(value.urns)
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return {urn for item in items for urn in _urns(item)}


def _own(resources: tuple[Resource, ...]) -> list[Resource]:
    return [item for item in resources if item.type != STACK_TYPE]


def as_preview(graph: Graph, *, deployed: bool = False, relinquished: bool = False) -> dict[str, Any]:
    """What `pulumi preview --json --show-sames` would write of it, and of what it starts from.

    With `deployed` what is there already has its ids and outputs, without it nothing is known of them. What is
    forgotten is kept behind, or with `relinquished` only read from now on.
    """
    everything = {item.urn: item for item in (*graph.before, *graph.resources)}
    start = graph.before or (graph.resources if deployed else ())
    write = _Writer(graph, tuple(everything.values()), CLOSED, deployed=deployed)
    before = {item.urn: write.record(item) for item in _own(start)}
    after = {item.urn: write.record(item) for item in _own(graph.resources)}
    operation = "same" if before else "create"
    steps = [_step(operation, write.stack() if before else None, write.stack())]
    for urn in sorted(before.keys() | after.keys()):
        steps += _steps(graph.steps.get(urn, ""), before.get(urn), after.get(urn), relinquished)
    summary: dict[str, int] = {}
    for step in steps:
        summary[step["op"]] = summary.get(step["op"], 0) + 1
    return {"steps": steps, "diagnostics": [], "changeSummary": summary}


def _step(operation: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> dict[str, Any]:
    known = new or old or {}
    shown = {"oldState": old, "newState": new}
    return {"op": operation, "urn": known["urn"], **{key: value for key, value in shown.items() if value is not None}}


def _steps(change: str, old: dict[str, Any] | None, new: dict[str, Any] | None, read: bool) -> Iterator[dict[str, Any]]:
    """What the engine says of one resource that was there, is to be there, or both."""
    if old is None:
        yield _step("create", None, new)
    elif change == "forget" and read:
        yield _step("read", old, {**old, "external": True})
    elif new is None or change in ("delete", "forget"):
        yield _step("delete", {**old, "retainOnDelete": change == "forget"}, None)
    elif change == "replace":
        gone = {**old, "delete": True}
        fresh = {key: value for key, value in new.items() if key not in ("id", "outputs")}
        yield _step("create-replacement", old, fresh)
        yield _step("replace", gone, fresh)
        yield _step("delete-replaced", gone, None)
    else:
        yield _step(change or "same", old, new)


def as_state(graph: Graph, *, deployed: bool = False) -> dict[str, Any]:
    """What `pulumi stack export` would write of it; without `deployed` nothing is decided by deployment."""
    write = _Writer(graph, graph.resources, CIPHERTEXT, deployed=deployed)
    listed = [write.stack(), *(write.record(item) for item in _own(graph.resources))]
    return {"version": 3, "deployment": {"manifest": {}, "resources": listed}}
