"""Every example of every rule as Pulumi would write it, before and after deployment: it is judged as it stands here."""

from __future__ import annotations

import json

import msgspec
import pytest

from baseline.estate.build import build
from baseline.graph import WRITTEN_OUT, Graph
from baseline.judge import judge
from baseline.rule import Example, Rule, all_rules
from baseline.sources import preview, state
from baseline.sources.records import STACK_TYPE
from baseline.sources.sites import Sites
from tests.baseline.sources.fuzzing import WAYS


def found(graph: Graph, rule: Rule, example: Example) -> set[tuple[str, str, str, str]]:
    """What a rule says, without the lines."""
    graph = msgspec.structs.replace(graph, settings=example.settings)
    findings = judge(build(graph, example.terms), (rule,)).findings
    return {(finding.outcome, finding.urn, finding.path, finding.message) for finding in findings}


def shown_in_full(graph: Graph) -> bool:
    """Not where an example is of the stack itself, or of secrets whose text only the program's own files show."""
    return not any(
        item.type == STACK_TYPE or any(value is WRITTEN_OUT for value in item.inputs.values()) for item in graph
    )


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_examples_as_documents(rule: Rule) -> None:
    """Ids in the place of references, outputs that many share, steps of every kind: the findings are the same."""
    for example in rule.examples:
        graph = example.graph
        wanted = found(graph, rule, example)
        for kind, way in WAYS if shown_in_full(graph) else ():
            if kind == "s" and graph.before:
                continue  # a state shows no change
            source = preview if kind == "p" else state
            read = source.graph("example", json.dumps(way(graph)).encode(), Sites())
            assert found(read, rule, example) == wanted, (example.title, kind)
