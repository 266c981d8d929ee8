"""A Graph as the documents in which Pulumi would show it: the way back from what the readers do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.graph import SECRET, UNKNOWN, WRITTEN_OUT, Graph, Ref, Resource
from baseline.sources.project import CLOSED
from baseline.sources.wire import UNKNOWN_TEXT
from tests.baseline.sources.documents import CIPHERTEXT


def records(graph: Graph, secret: Any) -> Iterator[dict[str, Any]]:
    """Every resource as Pulumi writes it, with `secret` in the place of each secret."""
    top = f"urn:pulumi:{graph.stack}::{graph.project}::pulumi:pulumi:Stack::{graph.project}-{graph.stack}"
    yield {"urn": top, "custom": False, "type": "pulumi:pulumi:Stack"}
    for item in graph:
        if item.type != "pulumi:pulumi:Stack":
            yield _record(item, top, secret)


def _record(item: Resource, top: str, secret: Any) -> dict[str, Any]:
    refs: dict[str, list[str]] = {key: sorted(_urns(value)) for key, value in item.inputs.items()}
    return {
        "urn": item.urn,
        "custom": item.custom,
        "type": item.type,
        "parent": item.parent or top,
        "provider": f"{item.provider}::1" if item.provider else "",
        "protect": item.protect,
        "inputs": {key: _plain(value, secret) for key, value in item.inputs.items()},
        "dependencies": sorted(item.dependencies),
        "propertyDependencies": refs,
        "ignoreChanges": list(item.ignore_changes),
    }


def _urns(value: Any) -> set[str]:
    if isinstance(value, Ref):
        return set(value.urns)
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return {urn for item in items for urn in _urns(item)}


def _plain(value: Any, secret: Any) -> Any:
    if isinstance(value, Ref) or value is UNKNOWN:
        return UNKNOWN_TEXT
    if value is SECRET or value is WRITTEN_OUT:
        return secret
    if isinstance(value, dict):
        return {key: _plain(item, secret) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, secret) for item in value]
    return value if isinstance(value, str | int | float | bool | type(None)) else UNKNOWN_TEXT


def as_preview(graph: Graph) -> dict[str, Any]:
    """What `pulumi preview --json --show-sames` would write of a stack that is to be made."""
    listed = [{"op": "create", "urn": each["urn"], "newState": each} for each in records(graph, CLOSED)]
    return {"steps": listed, "diagnostics": [], "changeSummary": {"create": len(listed)}}


def as_state(graph: Graph) -> dict[str, Any]:
    """What `pulumi stack export` would write of it, where deployment has decided nothing."""
    return {"version": 3, "deployment": {"manifest": {}, "resources": list(records(graph, CIPHERTEXT))}}
