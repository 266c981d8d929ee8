"""Patterns of policies: what they match, what they cover, and where two of them meet."""

from __future__ import annotations

import re
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from baseline.estate.patterns import common, covers, overlaps

TEXTS = st.text("ab:", max_size=5)
PATTERNS = st.text("ab:*?", max_size=5)
SHORT = st.text("ab*?", max_size=3)
ALL_TEXTS = ["".join(letters) for length in range(7) for letters in product("ab", repeat=length)]


def matches(pattern: str, text: str) -> bool:
    """The meaning of a pattern, written in another way than in the module."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text) is not None


@given(PATTERNS, TEXTS)
def test_a_pattern_covers_a_text_that_it_matches_and_no_other(pattern: str, text: str) -> None:
    """On plain texts `covers` is exactly the match."""
    assert covers(pattern, text) == matches(pattern, text)


@given(PATTERNS, PATTERNS, TEXTS)
def test_what_covers_a_pattern_matches_all_its_texts(outer: str, inner: str, text: str) -> None:
    """`covers` never claims too much of a pattern."""
    if covers(outer, inner) and matches(inner, text):
        assert matches(outer, text)


@given(PATTERNS, PATTERNS, TEXTS)
def test_patterns_that_share_a_text_overlap(one: str, other: str, text: str) -> None:
    """`overlaps` misses no text that both match, whichever comes first."""
    if matches(one, text) and matches(other, text):
        assert overlaps(one, other)
        assert overlaps(other, one)


@given(SHORT, SHORT)
def test_an_overlap_is_never_invented(one: str, other: str) -> None:
    """Where two patterns overlap some text, no longer than both together, matches both."""
    if overlaps(one, other):
        assert any(matches(one, text) and matches(other, text) for text in ALL_TEXTS)


@given(st.lists(PATTERNS, max_size=3), st.lists(PATTERNS, max_size=3), TEXTS)
def test_what_both_lists_match_is_in_common(ones: list[str], others: list[str], text: str) -> None:
    """`common` loses nothing that both lists let through."""
    if any(matches(one, text) for one in ones) and any(matches(other, text) for other in others):
        assert any(matches(pattern, text) for pattern in common(ones, others))


def test_overlap_tells_services_apart() -> None:
    """Patterns of two services never meet, those of one may."""
    assert not overlaps("kms:*", "iam:*")
    assert not overlaps("s3:get*", "s3:put*")
    assert overlaps("s3:*object", "s3:get*")
    assert overlaps("*:describe?ey", "kms:*")
