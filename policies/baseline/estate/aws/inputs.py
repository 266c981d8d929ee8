"""Values deep inside a resource's inputs, each with its own path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate.builder import UNKNOWN, items, undecided
from baseline.graph import Resource, unknown_because


def values_at(resource: Resource, path: str) -> Iterator[tuple[str, Any]]:
    """Each value at a dotted path, with its path; lists on the way are entered, the last one too.

    What is undecided on the way stands for all behind it, and so does what has no shape that any provider takes.
    Nothing comes of an input that is absent.
    """
    yield from _values(resource.inputs, path, "")


def scalars_at(resource: Resource, path: str) -> Iterator[tuple[str, Any]]:
    """As `values_at`, where each value has to be a single one: a block in its place is unknown."""
    for at, value in values_at(resource, path):
        yield at, _strange(at) if isinstance(value, dict) else value


def value_at(resource: Resource, path: str) -> Any:
    """The first value at a dotted path, or what leaves it undecided; None where it is absent."""
    return next((value for _, value in values_at(resource, path)), None)


def blocks(value: Any) -> list[Any]:
    """The entries of a list of blocks; what is none is undecided, as is an undecided list itself."""
    return [item if isinstance(item, dict) or undecided(item) else UNKNOWN for item in items(value)]


def _values(value: Any, path: str, at: str) -> Iterator[tuple[str, Any]]:
    if value is None:
        return
    if isinstance(value, list | tuple):
        for index, item in enumerate(items(value)):
            yield from _values(item, path, _below(at, str(index)))
    elif not path or undecided(value):
        yield at, value
    elif isinstance(value, dict):
        step, _, rest = path.partition(".")
        yield from _values(value.get(step), rest, _below(at, step))
    else:
        yield at, _strange(at)


def _below(at: str, step: str) -> str:
    return f"{at}.{step}" if at else step


def _strange(at: str) -> Any:
    return unknown_because(f"is not known: {at} has no shape that a provider takes")
