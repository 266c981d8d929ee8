"""What only deployment knows, input by input: it never passes where its absence would not, and breaks nothing.

Every input of every type in the recorded environments is taken away, and is made unknown. The first resource of a type
that has an input stands for all that have it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from typing import Any

import msgspec
import pytest

from baseline.graph import SECRET, UNKNOWN, Graph, Ref, Resource
from tests.baseline.sabotage.findings import findings, findings_before, said
from tests.baseline.sabotage.mutations import ABSENT, put
from tests.recordings import graphs

SEED = 20261123
DEEDS = 200
"""How many random alterations each environment goes through."""


def paths(value: Any, before: str = "") -> Iterator[str]:
    """The dotted path of every input and of every part of it, but for keys that hold a dot themselves."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        if "." not in str(key):
            yield f"{before}{key}"
            yield from paths(part, f"{before}{key}.")


def spoilt(graph: Graph, resource: Resource, path: str, value: Any) -> Graph:
    """A copy in which one input of one resource has another value."""
    inputs = deepcopy(resource.inputs)
    put(inputs, path, value)
    new = msgspec.structs.replace(resource, inputs=inputs)
    return msgspec.structs.replace(graph, resources=tuple(new if item.urn == resource.urn else item for item in graph))


def judged(graph: Graph) -> Iterator[Resource]:
    """What has inputs that a cloud reads."""
    return (item for item in graph if item.custom or item.type.startswith("pulumi:providers:"))


@lru_cache(maxsize=1)
def kinds_of_input() -> dict[tuple[str, str], tuple[str, Resource, str]]:
    """For each type and input (indexes aside): the first stack, resource and path that have it."""
    found: dict[tuple[str, str], tuple[str, Resource, str]] = {}
    for stack, graph in graphs().items():
        for resource in judged(graph):
            for path in paths(resource.inputs):
                found.setdefault((resource.type, re.sub(r"\d+", "0", path)), (stack, resource, path))
    return found


@pytest.mark.parametrize("type_", sorted({type_ for type_, _ in kinds_of_input()}))
def test_an_unknown_input_is_never_judged_better_than_an_absent_one(type_: str) -> None:
    """Each rule that finds something where an input is absent finds something where it is unknown."""
    silent = []
    for (kind, _), (stack, resource, path) in kinds_of_input().items():
        if kind != type_:
            continue
        graph, before = graphs()[stack], findings_before(stack)
        absent = findings(spoilt(graph, resource, path, ABSENT)) - before
        unknown = findings(spoilt(graph, resource, path, UNKNOWN)) - before
        missed = {finding for finding in absent if finding.rule not in {other.rule for other in unknown}}
        if missed:
            silent.append(f"{resource.name} {path}: {said(missed)}")
    assert not silent, "\n".join(silent)


def alterations(graph: Graph, value: Any, choice: random.Random) -> tuple[Any, ...]:
    """What may stand in the place of a value: nothing, no content, another of its kind, too much, other resources."""
    urns = choice.sample([item.urn for item in graph], 2)
    undecided = (ABSENT, UNKNOWN, SECRET, Ref(frozenset(urns[:1])), Ref(frozenset(urns)))
    if isinstance(value, bool):
        return (*undecided, not value, str(value).lower())
    if isinstance(value, str):
        return (*undecided, "", "*", f"{value}x", value[: len(value) // 2], "0.0.0.0/0", "-1", "{", "[]", "arn:aws:x")
    if isinstance(value, int | float):
        return (*undecided, 0, -1, 10**12, value + 0.5, str(value))
    if isinstance(value, list):
        return (*undecided, [], [*value, *value], [*value, UNKNOWN], value[:1], value[::-1])
    if isinstance(value, dict):
        return (*undecided, {}, {**value, "more": UNKNOWN}, dict.fromkeys(value, UNKNOWN))
    return undecided


@pytest.mark.parametrize("stack", graphs())
def test_nothing_that_a_program_may_say_breaks_the_judge(stack: str) -> None:
    """Whatever of its own kind, or of no content, one input is turned into, the judge gives a verdict."""
    choice = random.Random(SEED)
    graph = graphs()[stack]
    resources = [resource for resource in judged(graph) if resource.inputs]
    for _ in range(DEEDS):
        resource = choice.choice(resources)
        path = choice.choice(list(paths(resource.inputs)))
        value = choice.choice(alterations(graph, resource.at(path), choice))
        try:
            findings(spoilt(graph, resource, path, value))
        except Exception as error:
            raise AssertionError(f"{resource.type} {resource.name} {path} = {value!r}") from error
