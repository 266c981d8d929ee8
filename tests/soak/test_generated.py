"""A hundred and fifty generated programs through all sources on the real engine."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from tests.engine.conftest import host as host
from tests.engine.operator import Operator
from tests.engine.specs import programs
from tests.engine.test_generated import SHOWN, shows_the_same
from tests.engine.test_generated import bench as bench


@settings(SHOWN, max_examples=150)
@given(program=programs())
def test_generated_programs(bench: Operator, program: list[dict[str, Any]]) -> None:
    """Each from nothing to deployed."""
    shows_the_same(bench, program)
