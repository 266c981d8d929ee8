"""A hundred thousand spoilt previews and states: a verdict that finds what was planted, or a refusal."""

from __future__ import annotations

import random

import pytest

from tests.baseline.sources.fuzzing import judged, spoilt

DOCUMENTS = 100_000
PARTS = 40


@pytest.mark.parametrize("part", range(PARTS))
def test_spoilt_documents(part: int) -> None:
    """One part of them, by its own seed."""
    chance = random.Random(part)
    for number in range(DOCUMENTS // PARTS):
        document = spoilt(chance)
        try:
            judged(document)
        except Exception as error:
            raise AssertionError(
                f"document {number} of part {part} ({document.kind}): {document.content[:2000]!r}"
            ) from error
