"""Patterns with `*` (any text) and `?` (any one character), as policies use them for actions, resources and values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache


@lru_cache(maxsize=4096)
def _expression(pattern: str) -> re.Pattern[str]:
    # A `?` takes no `*` and a letter takes only itself, so a pattern that is matched as a text stands for all its own
    # matches: this is what makes `covers` true of patterns as well.
    parts = (
        ".*" if part == "*" else "[^*]" if part == "?" else re.escape(part) for part in re.split(r"([*?])", pattern)
    )
    return re.compile("".join(parts), re.DOTALL)


def covers(pattern: str, inner: str) -> bool:
    """Whether everything that `inner` matches (itself a pattern, or a plain text) `pattern` matches too.

    True is certain. False may be wrong only for odd patterns such as `?*` beside `*?`.
    """
    if pattern == "*" or pattern == inner:
        return True
    beginning = pattern[:-1]
    if "*" not in beginning and "?" not in pattern:  # a plain text, or all that begins with one: no expression needed
        return pattern[-1:] == "*" and inner.startswith(beginning)
    return _expression(pattern).fullmatch(inner) is not None


@lru_cache(maxsize=4096)
def overlaps(one: str, other: str) -> bool:
    """Whether some text matches both patterns."""
    reached = {0}  # how much of `other` may be used up by what of `one` has been read
    for part in one:
        reached = _closure(reached, other)
        if part == "*":
            reached = set(range(min(reached, default=len(other) + 1), len(other) + 1))
            continue
        reached = {
            position if other[position] == "*" else position + 1
            for position in reached
            if position < len(other) and (other[position] in "*?" or part in ("?", other[position]))
        }
    return len(other) in _closure(reached, other)


def _closure(reached: set[int], pattern: str) -> set[int]:
    """Positions that are reached as well because a `*` may be empty."""
    found = set(reached)
    for position in sorted(reached):
        while position < len(pattern) and pattern[position] == "*":
            position += 1
            found.add(position)
    return found


def any_covers(patterns: Iterable[str], inner: str) -> bool:
    """Whether one of the patterns covers `inner`."""
    return any(covers(pattern, inner) for pattern in patterns)


def common(patterns: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """What both lists of patterns match, as patterns: the narrower of each pair that overlaps."""
    others = tuple(others)
    for pattern in patterns:
        for other in others:
            if covers(pattern, other):
                yield other
            elif overlaps(pattern, other):
                yield pattern  # exact where `other` covers it, else wider than the truth
