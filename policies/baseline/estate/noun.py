"""What every noun is: something with an origin, whose undecided fields are not there.

Reading a field that the source leaves undecided raises `Undecided`, so that no rule can mistake what nobody knows for
an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from baseline.graph import NOT_OBSERVABLE, SECRET, UNKNOWN, WRITTEN_OUT, Ref, Resource, Undecidable, Undecided


class Location(NamedTuple):
    """A provider's place. `countries` is ISO 3166 alpha-2: one, several for a zone that spans them, none if global."""

    provider: str
    name: str
    countries: frozenset[str]

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(sorted(self.countries)) or 'global'})"


@cache
def _values_of(cls: Any) -> Any:
    return attrgetter("origin", *(item.name for item in fields(cls) if item.name not in ("origin", "path")))


_UNDECIDED = frozenset({Undecidable, Ref})
_WORDS = {
    repr(SECRET): "a secret",
    repr(WRITTEN_OUT): "a secret",
    repr(UNKNOWN): "known only after deployment",
    repr(NOT_OBSERVABLE): "not observable here",
}


@dataclass(slots=True, kw_only=True, eq=False)
class Noun:
    """What all nouns share: the resource that declares it and the input path within, `""` for the whole resource."""

    origin: Resource
    path: str = ""
    _undecided: dict[str, Any] | None = field(default=None, repr=False, init=False)

    def __post_init__(self) -> None:
        cls: Any = type(self)
        values = _values_of(cls)(self)
        if not _UNDECIDED.isdisjoint(map(type, values)):
            self._empty_the_undecided()

    def _empty_the_undecided(self) -> None:
        self._undecided = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if type(value) in _UNDECIDED:
                self._undecided[item.name] = value
                delattr(self, item.name)

    if not TYPE_CHECKING:  # a checker must still see a misspelt field

        def __getattr__(self, name: str) -> Any:
            """Reached only for a field that is not there: undecided, or misspelt."""
            undecided = None if name[:1] == "_" else self._undecided
            if undecided is None or name not in undecided:
                raise AttributeError(f"{type(self).__name__} has no {name}")
            value = undecided[name]
            outcome = getattr(value, "outcome", "unknown")
            why = _WORDS.get(repr(value), "decided by a reference")
            reason = getattr(value, "reason", "") or f"is {why}"
            raise Undecided(outcome, self.path, f"{name.replace('_', ' ')} {reason}")

    def given(self, name: str) -> Any:
        """A field as it is handed to another noun: its value, or whatever leaves it undecided."""
        return self._undecided[name] if self._undecided and name in self._undecided else getattr(self, name)

    @property
    def urn(self) -> str:
        """The URN of the resource that declares it."""
        return self.origin.urn

    @property
    def label(self) -> str:
        """The short name by which a message calls it."""
        return self.origin.name
