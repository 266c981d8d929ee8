"""A share of the fuzzing of `make soak`: spoilt documents end in a verdict or in a refusal, never in anything else."""

from __future__ import annotations

import random

import pytest

from tests.baseline.sources.fuzzing import judged, spoilt

SEED = 4


@pytest.mark.parametrize("part", range(8))
def test_a_spoilt_document_is_judged_or_refused(part: int) -> None:
    """No traceback and no silence, whatever somebody wrote where; and what is wrong beside it is found."""
    chance = random.Random(SEED * 1000 + part)
    answers = {judged(spoilt(chance)) for _ in range(150)}
    assert "judged" in answers
    assert len(answers) > 1
