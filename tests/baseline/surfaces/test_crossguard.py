"""The policies of the pack without an engine: their levels, and that none of them is silent where nobody judges."""

from __future__ import annotations

from pathlib import Path

import pytest
from pulumi_policy import EnforcementLevel, StackValidationArgs, StackValidationPolicy

from baseline.rule import all_rules
from baseline.surfaces.crossguard import JUDGED, policies


def of_the_stack(folder: Path) -> list[StackValidationPolicy]:
    """The policies that are asked about the whole stack."""
    return [policy for policy in policies(folder) if isinstance(policy, StackValidationPolicy)]


def test_levels(tmp_path: Path) -> None:
    """What is an error blocks, what is a warning advises."""
    expected = {rule.id: "mandatory" if rule.level == "error" else "advisory" for rule in all_rules()}
    found = {
        policy.name: (policy.enforcement_level or EnforcementLevel.DISABLED).value for policy in of_the_stack(tmp_path)
    }
    assert found == {JUDGED: "mandatory", **expected}


@pytest.mark.parametrize("skipped", [0, 1])
def test_where_nobody_judges_each_says_so(tmp_path: Path, skipped: int) -> None:
    """At every question anew: the first that is asked says why, and the others name it."""
    asked = of_the_stack(tmp_path)[skipped:]
    for _ in range(2):
        said: dict[str, list[str]] = {policy.name: [] for policy in asked}
        for policy in asked:
            policy.validate(StackValidationArgs([], {}, {}), lambda words, _, to=said[policy.name]: to.append(words))  # type: ignore[misc]
        (why, *others) = said.values()
        assert why[0].startswith("not judged: the engine has shown no resource")
        assert others == [[f"not judged: see {asked[0].name}"]] * len(others)
