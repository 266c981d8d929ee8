"""Texts that others wrote, read without trust: numbers, JSON and YAML of any length and depth.

Whatever a text is, it comes to a value or to a ValueError; never to another exception, and never to a long wait.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec
import yaml as pyyaml

DEEPEST: Final = 100
"""How deep values may be nested; every walk over them goes this deep, and none is near what Python bears."""


class TooMuch(ValueError):
    """It may be what it should, and is longer or deeper than anyone writes it."""


_MOST_NODES: Final = 100_000
_MOST_ALIASES: Final = 16
_ANCHOR: Final = re.compile(r"(?:^|[\s\[{,:])&[^\s&]", re.MULTILINE)
_INDENTED: Final = re.compile(rf"^[ ?:-]{{{DEEPEST}}}", re.MULTILINE)
_Loader: Final[Any] = getattr(pyyaml, "CSafeLoader", pyyaml.SafeLoader)


def whole(text: str, most: int = 10**9) -> int | None:
    """The number that a text of plain digits says; None for any other text, and for more than `most`."""
    if not (text.isascii() and text.isdigit()):
        return None
    digits = text.lstrip("0") or "0"
    number = int(digits) if len(digits) <= len(str(most)) else most + 1
    return number if number <= most else None


def json(text: str | bytes) -> Any:
    """The value that JSON says. Raises ValueError for what is no JSON, and for what is nested too deep."""
    try:
        found = msgspec.json.decode(text)
    except RecursionError:
        raise TooMuch("it is nested too deep") from None
    _bear(found)
    return found


def yaml(text: str) -> Any:
    """The value that YAML says. Raises ValueError for what is no YAML, and for what its aliases make too much of."""
    try:
        if _ANCHOR.search(text) or _INDENTED.search(text) or text.count("[") + text.count("{") > DEEPEST:
            _look_through(text)
        found = pyyaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader, in C where there is one)
    except RecursionError:
        raise TooMuch("it is nested too deep") from None
    except TooMuch:
        raise
    except (pyyaml.YAMLError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # PyYAML lets through what its constructors of numbers and dates raise: `!!int ""` is an IndexError.
        raise ValueError(" ".join(str(error).split())) from error
    _bear(found)
    return found


def _look_through(text: str) -> None:
    """Raises TooMuch before anything is built: libyaml's builder overflows the stack, and merges double themselves.

    Asked only where a text may hold such a thing, since most do not.
    """
    depth = aliases = 0
    for event in pyyaml.parse(text, Loader=_Loader):
        depth += isinstance(event, pyyaml.CollectionStartEvent) - isinstance(event, pyyaml.CollectionEndEvent)
        aliases += isinstance(event, pyyaml.AliasEvent)
        if depth > DEEPEST:
            raise TooMuch("it is nested too deep")
        if aliases > _MOST_ALIASES:
            raise TooMuch(f"it has more than {_MOST_ALIASES} aliases")


def _bear(value: Any) -> None:
    """Raises ValueError for a value of more parts than anyone writes, each as often as it stands there."""
    level, count = [value], 1
    for _ in range(DEEPEST):
        level = [
            item
            for part in level
            if isinstance(part, dict | list | tuple | set)
            for item in (part.values() if isinstance(part, dict) else part)
        ]
        count += len(level)
        if not level:
            return
        if count > _MOST_NODES:
            raise TooMuch("it has too many parts")
    raise TooMuch("it is nested too deep")
