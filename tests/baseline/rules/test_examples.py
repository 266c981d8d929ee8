"""Each rule's examples are its tests: exactly the findings that they state, no other, and none missing."""

from __future__ import annotations

import pytest

from baseline.estate.build import build
from baseline.judge import judge
from baseline.rule import Example, Rule, all_rules

CERTAIN = {
    "key_deleted_by_change": "a key is one, whatever of its inputs only deployment decides",
    "watch_ended_by_change": "its type says what it is, whatever of its inputs only deployment decides",
}
"""Rules of which nothing can be unknown, with the reason."""

CASES = [
    pytest.param(rule, example, id=f"{rule.theme}-{rule.id}-{example.title.replace(' ', '_')}")
    for rule in all_rules()
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example) -> None:
    """An example gives exactly the findings that it states, and at least one subject was judged."""
    verdict = judge(build(example.graph, example.terms), (rule,))
    names = {resource.urn: resource.name for resource in (*example.resources, *example.before)}
    found = {(finding.outcome, names.get(finding.urn, ""), finding.path) for finding in verdict.findings}
    assert found == example.expect, [finding.message for finding in verdict.findings]
    assert not verdict.not_exercised, "the example has no subject for its rule, so it proves nothing"


@pytest.mark.parametrize("rule", [pytest.param(rule, id=f"{rule.theme}-{rule.id}") for rule in all_rules()])
def test_rule_is_complete(rule: Rule) -> None:
    """A rule has a title, a reason, a remedy, clauses, and examples that pass, fail and cannot be decided."""
    assert rule.title
    assert rule.why
    assert rule.remedy
    assert rule.level in ("error", "warning")
    outcomes = {outcome for example in rule.examples for outcome, _, _ in example.expect}
    # What no source ever shows cannot be seen to fail: there a person answers, or nobody does.
    assert "fail" in outcomes or outcomes == {"not_observable"}
    assert outcomes & {"unknown", "not_observable"} or rule.id in CERTAIN
    assert any(not example.expect for example in rule.examples)
