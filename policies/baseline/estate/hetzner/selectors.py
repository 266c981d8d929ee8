"""Label selectors of Hetzner Cloud, evaluated: `env=prod,role in (app,database),!old`.

Grammar: Hetzner Cloud API reference, "Label Selector", read 2026-11-23.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from baseline.estate.builder import undecided
from baseline.graph import UNKNOWN


class Requirement(NamedTuple):
    """One condition. Without `values` it asks whether the key is there at all."""

    key: str
    wanted: bool
    values: frozenset[str] | None


@lru_cache(maxsize=4096)
def parse(selector: str) -> tuple[Requirement, ...]:
    """The conditions of a selector, all of which must hold. Raises ValueError, naming the text, for anything else."""
    return tuple(_requirement(part.strip(), selector) for part in _split(selector))


def matches(selector: Any, labels: Any) -> Any:
    """True, False, or UNKNOWN: does a resource with these labels (None: none) fall under the selector?

    Whether `!=` and `notin` take in what lacks the key is unverified, so such a resource is UNKNOWN.
    """
    if undecided(selector) or undecided(labels) or selector is None:
        return UNKNOWN
    try:
        requirements = parse(str(selector))
    except ValueError:
        return UNKNOWN
    answers = [_holds(requirement, labels or {}) for requirement in requirements]
    if any(answer is False for answer in answers):
        return False
    return UNKNOWN if any(answer is UNKNOWN for answer in answers) else True


def pairs_wanted(selector: str) -> list[tuple[str, str]] | None:
    """Labels of which a matching resource has one; None where the selector demands none by value, or is none."""
    try:
        requirements = parse(selector)
    except ValueError:
        return None
    for key, wanted, values in requirements:
        if wanted and values is not None:
            return [(key, value) for value in sorted(values)]
    return None


def _holds(requirement: Requirement, labels: Mapping[str, Any]) -> Any:
    present = requirement.key in labels
    if requirement.values is None:
        return present is requirement.wanted
    if not present:
        return False if requirement.wanted else UNKNOWN
    value = labels[requirement.key]
    return UNKNOWN if undecided(value) else (str(value) in requirement.values) is requirement.wanted


def _split(selector: str) -> list[str]:
    """At the commas that stand outside parentheses."""
    parts, depth = [""], 0
    for character in selector:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _requirement(part: str, selector: str) -> Requirement:
    for operator, wanted in (("!=", False), ("==", True), ("=", True)):
        key, found, value = part.partition(operator)
        if found:
            return Requirement(_key(key, selector), wanted, frozenset({value.strip()}))
    for word, wanted in ((" notin ", False), (" in ", True)):
        key, found, listed = part.replace("(", " (", 1).partition(word)
        listed = listed.strip()
        if found and listed[:1] == "(" and listed[-1:] == ")":
            values = frozenset(value.strip() for value in listed[1:-1].split(","))
            return Requirement(_key(key, selector), wanted, values)
    wanted = not part.startswith("!")
    return Requirement(_key(part.removeprefix("!"), selector), wanted, None)


def _key(text: str, selector: str) -> str:
    key = text.strip()
    if not key or any(character in " ()!=," for character in key):
        raise ValueError(f"{selector!r} is no label selector")
    return key
