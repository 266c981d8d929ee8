"""Sabotage: what is spoilt in a recorded environment is found, by its rule, and nothing else is blamed for it."""

from __future__ import annotations

import pytest

from baseline.graph import encode
from baseline.judge import FAIL
from baseline.rule import all_rules
from tests.baseline.sabotage import TABLES, UNBREAKABLE
from tests.baseline.sabotage.findings import findings, findings_before, said
from tests.baseline.sabotage.mutations import Change, Sabotage, changed, edited
from tests.baseline.sabotage.names import named_urns
from tests.recordings import graphs

CASES = [
    pytest.param(rule, stack, sabotage, id=f"{stack}-{rule}-{sabotage.meaning}")
    for rule, sabotages in TABLES.items()
    for sabotage in sabotages
    for stack in sabotage.stacks
]
DOUBTED = [
    pytest.param(rule, stack, sabotage.change.doubted(), id=f"{stack}-{rule}-{sabotage.meaning}")
    for rule, sabotages in TABLES.items()
    for sabotage in sabotages
    for stack in sabotage.stacks
    if isinstance(sabotage.change, changed | edited)
]


@pytest.mark.parametrize(("rule", "stack", "sabotage"), CASES)
def test_sabotage_is_found_and_nothing_else_is_blamed(rule: str, stack: str, sabotage: Sabotage) -> None:
    """The rule fails, and every new finding is about the change or one step from it."""
    before = graphs()[stack]
    after = sabotage.change(before)
    new = findings(after) - findings_before(stack)
    named = named_urns(before, after)
    assert [item for item in new if item.rule == rule and item.outcome == FAIL and item.urn in named], said(new)
    blamed = {item for item in new if item.urn not in named}
    assert not blamed, said(blamed)


@pytest.mark.parametrize(("rule", "stack", "doubt"), DOUBTED)
def test_what_only_deployment_knows_is_never_judged_better_than_its_worst(rule: str, stack: str, doubt: Change) -> None:
    """The input that breaks the rule blocks by the same rule while only deployment knows it."""
    new = findings(doubt(graphs()[stack])) - findings_before(stack)
    assert [item for item in new if item.rule == rule], said(new)


def test_every_rule_is_sabotaged_or_says_why_it_cannot_be() -> None:
    """Each rule has its ways to be broken, or a reason why none exists; nothing is left of rules that are gone."""
    rules = {rule.id for rule in all_rules()}
    assert rules - TABLES.keys() == UNBREAKABLE.keys()
    assert TABLES.keys() <= rules
    assert all(TABLES.values())


def test_sabotage_leaves_the_recording_as_it_is() -> None:
    """The cached recordings are what they were, whatever was spoilt in their copies."""
    for stack, graph in graphs().items():
        before = encode(graph)
        for sabotages in TABLES.values():
            for sabotage in sabotages:
                if stack in sabotage.stacks:
                    sabotage.change(graph)
        assert encode(graph) == before
