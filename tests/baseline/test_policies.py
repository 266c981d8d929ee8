"""The policy tests: each environment by each rule that has a subject there."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

import pytest

from baseline.judge import Verdict, judge
from baseline.rule import Rule, all_rules
from baseline.sources.declared import load
from tests.recordings import REPOSITORY, estate, graphs


@lru_cache(maxsize=8)
def verdict(stack: str) -> Verdict:
    """The verdict of one environment, with what people state."""
    return load(REPOSITORY).answer(judge(estate(stack), all_rules()), datetime.now(tz=UTC).date())


def exercised(stack: str) -> list[Rule]:
    """The rules that have a subject in an environment."""
    return [rule for rule in all_rules() if rule.id not in verdict(stack).not_exercised]


@pytest.mark.parametrize(
    ("stack", "rule"),
    [pytest.param(stack, rule.id, id=f"{stack}-{rule.id}") for stack in graphs() for rule in exercised(stack)],
)
def test_policy(stack: str, rule: str) -> None:
    """An environment keeps what the rule guards: no finding that blocks."""
    found = [finding for finding in verdict(stack).findings if finding.rule == rule and finding.blocks]
    assert not found, "\n".join(f"{item.declared_at} {item.urn} {item.path}: {item.message}" for item in found)


@pytest.mark.parametrize("stack", graphs())
def test_nothing_is_unjudged(stack: str) -> None:
    """Every resource of an environment is of a type that an adapter knows, or that is listed as holding no data."""
    assert not verdict(stack).unjudged


@pytest.mark.parametrize("stack", graphs())
def test_every_resource_says_where_it_is_declared(stack: str) -> None:
    """Every registration carries a line of the environment's own file and a line of infra/ or stacks/."""
    module = f"stacks/{stack.replace('-', '_')}.py"
    for resource in graphs()[stack]:
        if resource.type.startswith(("infra:", "aws:", "hcloud:")):
            assert resource.declared_at is not None, resource.urn
            assert resource.declared_at.file == module, resource.urn
            assert resource.built_at is not None, resource.urn


def test_every_rule_is_exercised_or_proven_by_examples() -> None:
    """A rule without a subject in any environment still fails and passes in its examples."""
    idle = set.intersection(*({*verdict(stack).not_exercised} for stack in graphs()))
    for rule in all_rules():
        if rule.id in idle:
            assert any(example.expect for example in rule.examples), rule.id
