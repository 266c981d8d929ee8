"""Label selectors mean what Hetzner's API says they mean."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.estate.hetzner.selectors import matches
from baseline.graph import UNKNOWN

LABELS = {"env": "prod", "role": "app", "empty": ""}


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("env", True),
        ("!env", False),
        ("!old", True),
        ("old", False),
        ("env=prod", True),
        ("env==prod", True),
        ("env = test", False),
        ("env!=prod", False),
        ("env!=test", True),
        ("role in (app,database)", True),
        ("role in(database)", False),
        ("role notin (database, edge)", True),
        ("role notin (app)", False),
        ("env=prod,role in (app,database),!old", True),
        ("env=prod,role in (database,edge)", False),
        ("empty=", True),
        ("hetzner.cloud/kind=a", False),
    ],
)
def test_selector_is_evaluated(selector: str, expected: bool) -> None:
    """Every operator of the grammar, alone and joined by commas, commas in parentheses included."""
    assert matches(selector, LABELS) is expected


@pytest.mark.parametrize(
    ("selector", "labels"),
    [
        ("old!=yes", LABELS),
        ("old notin (yes)", LABELS),
        ("env=prod", {"env": UNKNOWN}),
        ("env=prod", UNKNOWN),
        (UNKNOWN, LABELS),
        ("env in prod", LABELS),
        ("", LABELS),
        ("a b", LABELS),
    ],
)
def test_doubt_is_no_answer(selector: Any, labels: Any) -> None:
    """What is undecided, unverified or no selector neither matches nor fails to match."""
    assert matches(selector, labels) is UNKNOWN


def test_certain_mismatch_beats_doubt() -> None:
    """One condition that certainly fails decides, whatever the others are."""
    assert matches("env=test,old!=yes", LABELS) is False
