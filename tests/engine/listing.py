"""The printed commands that list what exists, run as a shell would: the clouds' answers, read by the real jq."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import jq
import msgspec

from baseline.recovery import Existing
from tests.engine.clouds import listings
from tests.engine.clouds.ledger import Thing


def listed(things: Sequence[Thing], commands: Iterable[str]) -> tuple[Existing, ...]:
    """What all of them list together. LookupError for a command that the clouds do not have."""
    found: list[Any] = []
    for command in commands:
        if command.startswith(("aws ", "hcloud ")):
            found += _run(things, command.rpartition(" > ")[0])
    return msgspec.convert(found, tuple[Existing, ...])


def _run(things: Sequence[Thing], command: str) -> Any:
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    parts = _split(list(lexer), "|", ";")
    if len(parts) == 2:
        asked, read = parts
        return _read(read, [_answer(things, asked)])
    # COMMAND | jq -r NAMES | while read -r of; do COMMAND "$of" | jq --arg of "$of" ROWS; done | jq -s SUM
    wholes, names, _, asked, read, _, ends = parts
    rows = [
        _read(read, [_answer(things, [each.replace("$of", of) for each in asked[1:]])], of=of)
        for of in jq.compile(names[-1]).input_value(_answer(things, wholes)).all()
    ]
    return _read(ends, [rows])


def _split(words: Iterable[str], *at: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for word in words:
        if word in at:
            found.append([])
        else:
            found[-1].append(word)
    return found


def _answer(things: Sequence[Thing], words: Sequence[str]) -> Any:
    tool, *rest = words
    if tool == "hcloud":
        assert list(rest[-2:]) == ["-o", "json"]
        return listings.hetzner(things, rest[:-2])
    return listings.aws(things, rest, dict(_options(rest)))


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((key, value) for key, value in zip(words, [*words[1:], ""], strict=True) if key.startswith("--"))


def _read(words: Sequence[str], values: Sequence[Any], **arguments: str) -> Any:
    """One result of jq."""
    assert words[0] == "jq"
    (value,) = values
    return jq.compile(words[-1], args=arguments).input_value(value).first()
