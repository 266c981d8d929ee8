"""Logic over raw inputs of which some are undecided: an answer where one is certain, else the doubt itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from baseline.estate.builder import undecided
from baseline.estate.noun import Noun


def either(values: Iterable[Any]) -> Any:
    """True as soon as one is true, else the first undecided value, else False."""
    doubt: Any = None
    for value in values:
        if undecided(value):
            doubt = value if doubt is None else doubt
        elif value:
            return True
    return False if doubt is None else doubt


def both(values: Iterable[Any]) -> Any:
    """False as soon as one is false, else the first undecided value, else True."""
    doubt: Any = None
    for value in values:
        if undecided(value):
            doubt = value if doubt is None else doubt
        elif not value:
            return False
    return True if doubt is None else doubt


def negated(value: Any) -> Any:
    """The opposite of a decided value; what is undecided stays as it is."""
    return value if undecided(value) else not value


def is_one_of(value: Any, *wanted: Any) -> Any:
    """Whether a value is one of these; what is undecided stays as it is."""
    return value if undecided(value) else value in wanted


def flag(value: Any, default: Any) -> Any:
    """A switch: the default where absent; some inputs spell it as text."""
    if value is None:
        return default
    return value if undecided(value) else value is True or value == "true"


def ways_in(certain: Iterable[str], doubts: Iterable[Any] = ()) -> Any:
    """What `Opening.reachable` takes: the certain ways, or a doubt where there is none but one is undecided."""
    ways = tuple(certain)
    return ways or next((doubt for doubt in doubts if undecided(doubt)), ())


def field_of(noun: Noun, name: str) -> Any:
    """A noun's field as it is handed to another noun: its value, or whatever leaves it undecided."""
    return noun.given(name)


CLASSES = frozenset({"data", "logs", "system", "audit", "backups"})


def class_of(labels: Any, default: str = "data") -> Any:
    """What a store holds, from its label or tag `holds`; a word that nobody agreed on means data, the strictest."""
    if labels is None or undecided(labels):
        return default if labels is None else labels
    word = labels.get("holds") if isinstance(labels, dict) else None
    if word is None or undecided(word):
        return default if word is None else word
    return word if word in CLASSES else "data"
