"""What the SDKs themselves say of each resource type: its inputs, which of them it needs, and what it gives back."""

from __future__ import annotations

import collections.abc
import importlib
import inspect
import json
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pulumi import _types

from baseline.sources.wire import SECRET_SIGNATURE, SIGNATURE, UNKNOWN_MARKS

_SECRET_OUTPUTS = re.compile(r"additional_secret_outputs=\[([^\]]*)\]")
_NUMBERS: Final = (int, float)


@dataclass(frozen=True)
class Schema:
    """One resource type. Names are Pulumi's own, in camelCase."""

    inputs: Mapping[str, Any]  # input -> the type that the SDK gives it
    required: frozenset[str]
    outputs: Mapping[str, Any]
    secrets: frozenset[str]  # what the provider itself marks as a secret

    def problems(self, inputs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """(property, reason) of each input that is missing, that no such type has, or that is of another type."""
        for name in sorted(self.required - inputs.keys()):
            yield name, f"Missing required argument: the argument {name!r} is required, but no definition was found"
        for name, value in inputs.items():
            if name not in self.inputs:
                yield name, f"An argument named {name!r} is not expected here"
            else:
                yield from ((path, reason) for path, reason in _wrong(name, bare(value), self.inputs[name]))


@cache
def schema(token: str) -> Schema | None:
    """The schema of a type, or None where the SDK has no such type."""
    found = _modules(token.partition(":")[0]).get(token)
    if found is None:
        return None
    resource = getattr(importlib.import_module(found[0]), found[1])
    module = importlib.import_module(resource.__module__)
    # The SDK calls them so where a nested block has the name already.
    arguments = getattr(module, f"{found[1]}InitArgs", None) or getattr(module, f"{found[1]}Args")
    return Schema(
        inputs=_types.input_type_types(arguments),
        required=_required(arguments),
        outputs=_types.resource_types(resource),
        secrets=_secrets(resource),
    )


@cache
def _modules(package: str) -> Mapping[str, tuple[str, str]]:
    """Type -> (module, class), from what the SDK registers with Pulumi."""
    source = inspect.getsource(importlib.import_module(f"pulumi_{package}"))
    listed = json.loads(source.partition('resource_modules="""')[2].partition('"""')[0])
    return {token: (each["fqn"], name) for each in listed for token, name in each["classes"].items()}


@cache
def _required(arguments: Any) -> frozenset[str]:
    names = _types.input_type_py_to_pulumi_names(arguments)
    parameters = inspect.signature(arguments.__init__).parameters.values()
    return frozenset(
        names[each.name] for each in parameters if each.name in names and each.default is inspect.Parameter.empty
    )


def _secrets(resource: Any) -> frozenset[str]:
    found = _SECRET_OUTPUTS.search(inspect.getsource(resource))
    return frozenset(re.findall(r'"(\w+)"', found[1])) if found else frozenset()


def bare(value: Any) -> Any:
    """A value without the marks of secrets inside it."""
    if isinstance(value, dict):
        if value.get(SIGNATURE) == SECRET_SIGNATURE:
            return bare(value.get("value"))
        return {key: bare(item) for key, item in value.items()}
    return [bare(item) for item in value] if isinstance(value, list) else value


def unknown(value: Any) -> bool:
    """Whether only deployment decides a value."""
    return isinstance(value, str) and value in UNKNOWN_MARKS


def with_defaults(value: Any, wanted: Any) -> Any:
    """As the bridge writes blocks: each says which of its entries the provider filled in; documents are texts.

    A plain map says nothing. Source: pulumi-terraform-bridge v3.120.0, pkg/tfbridge/schema.go, applyDefaults, read
    2026-11-26.
    """
    if isinstance(value, dict) and "Statement" in value:
        return json.dumps(value, sort_keys=True, separators=(",", ":"))
    for kind in _kinds(wanted):
        arguments = typing.get_args(kind)
        if isinstance(value, list) and arguments:
            return [with_defaults(item, arguments[0]) for item in value]
        if isinstance(value, dict) and SIGNATURE not in value and inspect.isclass(kind) and _types.is_input_type(kind):
            types = _types.input_type_types(kind)
            return {**{key: with_defaults(item, types.get(key)) for key, item in value.items()}, "__defaults": []}
    return value


def _wrong(path: str, value: Any, wanted: Any) -> Iterator[tuple[str, str]]:
    if value is None or unknown(value) or path.endswith("__defaults"):
        return
    kinds = [kind for kind in _kinds(wanted) if kind is not type(None)]
    if kinds and not any(_fits(value, kind) for kind in kinds):
        names = " or ".join(sorted(_name(kind) for kind in kinds))
        yield path, f"Incorrect attribute value type: {path} is {_name(type(value))}, wanted {names}"
        return
    for kind in kinds:
        if _fits(value, kind):
            yield from _inside(path, value, kind)
            return


def _inside(path: str, value: Any, kind: Any) -> Iterator[tuple[str, str]]:
    arguments = typing.get_args(kind)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _wrong(f"{path}[{index}]", item, arguments[0] if arguments else Any)
    elif isinstance(value, dict) and inspect.isclass(kind) and _types.is_input_type(kind):
        types = _types.input_type_types(kind)
        for name in sorted(_required(typing.cast("Any", kind)) - value.keys()):
            yield f"{path}.{name}", f"Missing required argument: {path}.{name}"
        for name, item in value.items():
            if name in types:
                yield from _wrong(f"{path}.{name}", item, types[name])
            elif name != "__defaults":
                yield f"{path}.{name}", f"An argument named {name!r} is not expected here"


@cache
def _kinds(wanted: Any) -> tuple[Any, ...]:
    """The plain types that an input type stands for: without Optional, and without what may hold an Output."""
    if typing.get_origin(wanted) is typing.Union:
        found: list[Any] = []
        for kind in typing.get_args(wanted):
            if typing.get_origin(kind) is collections.abc.Awaitable or "Output" in str(kind):
                continue
            found += _kinds(kind)
        return tuple(found)
    return (wanted,)


def _fits(value: Any, kind: Any) -> bool:
    origin = typing.get_origin(kind) or kind
    if kind is Any:
        return True
    if kind is bool:
        return isinstance(value, bool)
    if kind in _NUMBERS:
        return isinstance(value, _NUMBERS) and not isinstance(value, bool)
    if kind is str or (inspect.isclass(kind) and issubclass(kind, str)):
        return isinstance(value, str)
    if origin is collections.abc.Sequence:
        return isinstance(value, list)
    return isinstance(value, dict)


def _name(kind: Any) -> str:
    origin = typing.get_origin(kind) or kind
    return {collections.abc.Sequence: "list", collections.abc.Mapping: "map"}.get(
        origin, getattr(origin, "__name__", "?")
    )
