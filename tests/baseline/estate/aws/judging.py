"""What one rule says of a few AWS resources, for tests that go through many types."""

from __future__ import annotations

from typing import Any

from baseline.estate.build import build
from baseline.graph import Resource
from baseline.judge import Finding, judge
from baseline.rule import all_rules, aws_provider, example


def findings(rule: str, *resources: Resource) -> list[Finding]:
    """The findings of a rule about these resources, in one account in Germany."""
    case = example("", aws_provider(), *resources)
    chosen = [each for each in all_rules() if each.id == rule]
    assert chosen, f"{rule} is no rule"
    return list(judge(build(case.graph, case.terms), chosen).findings)


def outcomes(rule: str, *resources: Resource) -> set[tuple[str, str, str]]:
    """(outcome, resource name, path) of each finding of a rule."""
    return {(found.outcome, found.urn.rpartition("::")[2], found.path) for found in findings(rule, *resources)}


def passed(rule: str, *resources: Resource) -> set[str]:
    """The names of the resources that a rule judged and found nothing at."""
    case = example("", aws_provider(), *resources)
    chosen = [each for each in all_rules() if each.id == rule]
    assert chosen, f"{rule} is no rule"
    verdict = judge(build(case.graph, case.terms), chosen)
    return {item.urn.rpartition("::")[2] for item in verdict.passes}


def nested(path: str, value: Any) -> dict[str, Any]:
    """Inputs in which a value stands at a dotted path."""
    step, _, rest = path.partition(".")
    return {step: nested(rest, value) if rest else value}
