"""Inputs of a shape that no provider takes: nobody knows what a deployment makes of them, so they are unknown.

One guard before all adapters, by the name of the input, so that none has to look for a text where a block belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from baseline.graph import Graph, Ref, Resource, Undecidable, unknown_because

_SCALARS = frozenset({str, int, float, bool, type(None), Undecidable, Ref})
_NOBODY_KNOWS = frozenset({type(None), Undecidable, Ref})


def _scalar(value: Any) -> bool:
    return type(value) in _SCALARS


def _text(value: Any) -> bool:
    return isinstance(value, str) or type(value) in _NOBODY_KNOWS


def _scalars(value: Any) -> bool:
    return type(value) in _NOBODY_KNOWS or (isinstance(value, list | tuple) and all(map(_scalar, value)))


def _block(value: Any) -> bool:
    return isinstance(value, dict) or type(value) in _NOBODY_KNOWS


def _blocks(value: Any) -> bool:
    return all(map(_block, value)) if isinstance(value, list | tuple) else _block(value)


def _several(value: Any) -> bool:
    return not isinstance(value, dict) and _blocks(value)


def _words(value: Any) -> bool:
    return _block(value) and (not isinstance(value, dict) or all(map(_scalar, value.values())))


def _boundary(value: Any) -> bool:
    return _scalar(value) or _block(value)  # that of a permission set is a block


def _tags(value: Any) -> bool:
    return _words(value) or _several(value)  # those of a scaling group are blocks


def _endpoint(value: Any) -> bool:
    return _text(value) or (isinstance(value, dict) and "kinesisStreamConfig" in value)  # that of logs in real time


SHAPES: Final[Mapping[str, Callable[[Any], bool]]] = MappingProxyType(
    {
        "endpoint": _endpoint,
        "labels": _words,
        "metadataOptions": _block,
        "tags": _tags,
        **dict.fromkeys(("allowedAccountIds", "domainNames", "serverIds"), _scalars),
        "permissionsBoundary": _boundary,
        **dict.fromkeys(("changeableForDays", "engine", "protocol", "region", "type"), _scalar),
        **dict.fromkeys(
            (
                *("actions", "applyTos", "blockDeviceMappings", "defaultActions", "egress", "entries", "ingress"),
                *("listeners", "networkInterfaces", "networks", "publicNets", "rules"),
            ),
            _blocks,
        ),
        **dict.fromkeys(("endpoints", "parameters"), _several),
    }
)
"""Input -> whether a value has a shape that adapters can read."""


def shaped(graph: Graph) -> Graph:
    """The Graph in which each input of a wrong shape is unknown, and says so."""
    resources = tuple(map(_shaped, graph.resources))
    if all(new is old for new, old in zip(resources, graph.resources, strict=True)):
        return graph
    return msgspec.structs.replace(graph, resources=resources)


def _shaped(resource: Resource) -> Resource:
    inputs = resource.inputs
    wrong = [key for key in SHAPES.keys() & inputs.keys() if not SHAPES[key](inputs[key])]
    if not wrong:
        return resource
    unknown = {
        key: unknown_because(f"is not known: {key} is a {_name(inputs[key])} of no known shape") for key in wrong
    }
    return msgspec.structs.replace(resource, inputs={**inputs, **unknown})


def _name(value: Any) -> str:
    names: dict[type, str] = {str: "text", list: "list", tuple: "list", dict: "mapping"}
    return names.get(type(value), "single value")
