"""The published policy, clause by clause: reads its text, and says where it and the catalogue of promises differ.

The text itself is kept nowhere: the catalogue holds the words with which a clause begins and the SHA-256 of its text,
in NFC with all white space (no-break spaces too) collapsed to single spaces, in UTF-8, without the clause's number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Annotated, Final, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

HEADER: Final = "header"
"""What stands before the first section."""

SECTIONS_BY_CLAUSE: Final = ("4", "5", "6")
"""Sections that promise something of infrastructure, and so are compared clause by clause; the others as a whole."""

_HEADING = re.compile(r"^(\d{1,2})\. +(?=\S)", re.MULTILINE)
# A number opens a clause only before a capital: "para 6.1. of the terms" refers to one.
_NUMBER = re.compile(r"(?<!\S)(\d{1,2}\.\d{1,2}(?:\.\d{1,2})*)\.? +(?=[A-Z])")
_ITEM = re.compile(r"(?<!\S)(?:•|(\d{1,2})\)) +")

Text = Annotated[str, Field(min_length=1)]


class Clause(BaseModel):
    """One clause of the policy: what it promises, and either the rules that enforce it or why none can.

    `number` is as printed, `5.1/2` is the second bullet of 5.1, `5.3.1 2)` the item so marked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Text
    promise: Text
    begins: Text
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    rules: tuple[Text, ...] = ()
    beyond: Text | None = None
    """What the clause promises besides, that no rule can see."""
    outside_infrastructure: Text | None = None
    stale: Text | None = None
    not_testable: Text | None = None

    @property
    def unenforced(self) -> tuple[str, str] | None:
        """Why no rule enforces it, as a word and its reason; None where rules do."""
        for word in ("outside_infrastructure", "stale", "not_testable"):
            if reason := getattr(self, word):
                return word.replace("_", " "), reason
        return None

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        marks = [mark for mark in (self.outside_infrastructure, self.stale, self.not_testable) if mark]
        if len(marks) + bool(self.rules) != 1:
            raise ValueError("name rules, or else one of outside_infrastructure, stale and not_testable")
        if self.beyond and not self.rules:
            raise ValueError("beyond says what rules leave open, so it needs rules")
        if len(set(self.rules)) < len(self.rules):
            raise ValueError("a rule is named twice")
        return self


class Difference(NamedTuple):
    """One clause that the text and the catalogue do not share. `kind` is `new`, `changed`, `gone` or `moved`."""

    kind: str
    number: str
    detail: str

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}: {self.detail}"


def read(text: str) -> dict[str, str]:
    """The normalised text of each clause by its number, in the order of the text; together they are all of it.

    Raises ValueError where a number comes twice.
    """
    found: dict[str, str] = {}
    for number, body in _clauses(text):
        if number in found:
            raise ValueError(f"clause {number} comes twice")
        found[number] = body
    return found


def digest(normalised: str) -> str:
    """The SHA-256 by which the catalogue knows a text."""
    return sha256(normalised.encode()).hexdigest()


def compare(text: str, clauses: Sequence[Clause]) -> list[Difference]:
    """Where a published text and the catalogue differ, in the order of the text, then what is gone from it."""
    printed = read(text)
    known = {clause.number: clause for clause in clauses}
    differences = [found for number, body in printed.items() if (found := _difference(number, body, clauses))]
    digests = {digest(body) for body in printed.values()}
    differences += (
        Difference("gone", clause.number, f"it began {clause.begins!r}")
        for clause in clauses
        if clause.number not in printed and clause.sha256 not in digests
    )
    expected = (number for number in known if number in printed)
    for want, got in zip(expected, (number for number in printed if number in known), strict=True):
        if want != got:
            return [*differences, Difference("moved", got, f"it stands where the catalogue has {want}")]
    return differences


def _difference(number: str, body: str, clauses: Sequence[Clause]) -> Difference | None:
    same_number = next((clause for clause in clauses if clause.number == number), None)
    same_text = next((clause for clause in clauses if clause.sha256 == digest(body)), None)
    if same_number is not None and same_number.sha256 == digest(body):
        if body.startswith(same_number.begins):
            return None
        return Difference("changed", number, f"the catalogue lets it begin {same_number.begins!r}")
    if same_text is not None:
        return Difference("moved", number, f"it was {same_text.number}")
    if same_number is not None:
        return Difference("changed", number, f"it is no longer what began {same_number.begins!r}")
    return Difference("new", number, f"it begins {_opening(body)!r}")


def _opening(body: str) -> str:
    return " ".join(body.split()[:6])


def _normalised(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _parts(marks: Sequence[re.Match[str]], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each mark with what stands between it and the next."""
    for mark, end in zip(marks, [*(following.start() for following in marks[1:]), len(text)], strict=False):
        yield mark, _normalised(text[mark.end() : end])


def _before(marks: Sequence[re.Match[str]], text: str) -> str:
    return _normalised(text[: marks[0].start()] if marks else text)


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    headings = list(_HEADING.finditer(text))
    yield HEADER, _before(headings, text)
    for heading, body in _parts(headings, text):
        if heading[1] in SECTIONS_BY_CLAUSE:
            yield from _of_section(heading[1], body)
        else:
            yield heading[1], body


def _of_section(section: str, body: str) -> Iterator[tuple[str, str]]:
    """A section's title, then its clauses; what bears another section's number is that section, as a whole."""
    numbers = list(_NUMBER.finditer(body))
    yield section, _before(numbers, body)
    for number, clause in _parts(numbers, body):
        other = number[1].partition(".")[0]
        if other != section:
            yield other, body[number.start() :]
            return
        items = list(_ITEM.finditer(clause))
        yield number[1], _before(items, clause)
        for ordinal, (item, promise) in enumerate(_parts(items, clause), start=1):
            yield f"{number[1]} {item[1]})" if item[1] else f"{number[1]}/{ordinal}", promise
