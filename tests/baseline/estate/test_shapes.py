"""Inputs of a wrong shape: they end no run, and pass nowhere in silence."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from baseline.estate.build import build
from baseline.estate.nouns import Admission
from baseline.estate.shapes import SHAPES
from baseline.estate.terms import Terms
from baseline.graph import Graph, Undecided
from baseline.rule import all_rules, resource

WRONG: tuple[Any, ...] = ("text", 7, ["text"], {"key": ["text"]}, [["text"]], [{"key": "text"}])


def test_an_input_of_a_wrong_shape_is_unknown() -> None:
    """A text where a firewall's rules belong opens nothing for certain, and closes nothing either."""
    firewall = resource("hcloud:index/firewall:Firewall", "door", rules="tcp:443")
    found = build(Graph(project="p", stack="s", resources=(firewall,)), Terms())
    (admission,) = found.all(Admission)
    with pytest.raises(Undecided, match="rules is a text of no known shape"):
        assert admission.prefix


@pytest.mark.parametrize("key", sorted(SHAPES))
def test_no_adapter_breaks_on_a_wrong_shape(key: str) -> None:
    """Whatever stands in an input, in any type that the examples show, the Estate can be built."""
    tried: set[str] = set()
    for example in (example for rule in all_rules() for example in rule.examples):
        for index, item in enumerate(example.resources):
            if key not in item.inputs or item.type in tried:
                continue
            tried.add(item.type)
            for wrong in WRONG:
                resources = list(example.resources)
                resources[index] = msgspec.structs.replace(item, inputs={**item.inputs, key: wrong})
                build(msgspec.structs.replace(example.graph, resources=tuple(resources)), example.terms)
    assert tried
