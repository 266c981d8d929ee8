"""EventBridge patterns: whether one takes the findings of GuardDuty, evaluated on what such a finding looks like.

Source: EventBridge User Guide, "Comparison operators for use in event patterns"; GuardDuty User Guide, "Processing
findings with EventBridge"; both read 2026-11-23.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from baseline import foreign
from baseline.estate.aws.backup_selections import fits
from baseline.estate.builder import UNKNOWN, undecided
from baseline.estate.doubt import both, either, negated

_SEVERITIES = (7, 8, 8.9)
"""High findings; leaving the lesser ones to a weekly look is a choice that people make."""

_FINDINGS: tuple[Mapping[str, Any], ...] = tuple(
    {
        "source": "aws.guardduty",
        "detail-type": "GuardDuty Finding",
        "account": UNKNOWN,
        "region": UNKNOWN,
        "detail": {"severity": severity},
    }
    for severity in _SEVERITIES
)


def takes_findings(pattern: Any) -> Any:
    """Whether a pattern takes every high finding: True, False or undecided. A rule without one is a schedule."""
    if pattern is None or undecided(pattern):
        return False if pattern is None else pattern
    return _takes_findings(pattern) if isinstance(pattern, str) else UNKNOWN


@lru_cache(maxsize=1024)
def _takes_findings(text: str) -> Any:
    try:
        pattern = foreign.json(text)
        return both(_matches(pattern, finding) for finding in _FINDINGS)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False  # AWS refuses it


def _matches(pattern: Any, event: Any) -> Any:
    """Whether each field of a pattern takes that of the event."""
    if not isinstance(pattern, dict):
        return False
    return both(_field(key, wanted, event) for key, wanted in pattern.items())


def _field(key: str, wanted: Any, event: Any) -> Any:
    if key == "$or":
        return either(_matches(part, event) for part in wanted)
    value = event.get(key) if isinstance(event, Mapping) else None
    if isinstance(wanted, dict):
        return _matches(wanted, value)
    return either(_takes(item, value) for item in wanted) if isinstance(wanted, list) else False


def _takes(item: Any, value: Any) -> Any:
    if value is None:  # a field that says which finding it is: the pattern takes some of them, or nobody knows
        return UNKNOWN if isinstance(item, dict) and not _SPARING.isdisjoint(item) else False
    if undecided(value) or not isinstance(item, dict):
        return value if undecided(value) else item == value
    return both(_OPERATORS.get(name, _not_known)(argument, value) for name, argument in item.items())


def _not_known(_: Any, __: Any) -> Any:
    return UNKNOWN


def _numeric(argument: list[Any], value: Any) -> bool:
    if not isinstance(value, int | float):
        return False
    pairs = list(zip(argument[::2], argument[1::2], strict=True))
    return bool(pairs) and all(_COMPARISONS[sign](value, bound) for sign, bound in pairs)


def _but(argument: Any, value: Any) -> Any:
    items = argument if isinstance(argument, list) else [argument]
    return negated(either(_takes(item, value) for item in items))


_SPARING = frozenset({"anything-but", "exists"})

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    "=": lambda value, bound: value == bound,
    ">=": lambda value, bound: value >= bound,
    ">": lambda value, bound: value > bound,
}

_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "anything-but": _but,
    "equals-ignore-case": lambda argument, value: str(argument).lower() == str(value).lower(),
    "exists": lambda argument, _: argument is True,
    "numeric": _numeric,
    "prefix": lambda argument, value: isinstance(argument, str) and str(value).startswith(argument),
    "suffix": lambda argument, value: isinstance(argument, str) and str(value).endswith(argument),
    "wildcard": lambda argument, value: fits(str(argument), str(value)),
}
