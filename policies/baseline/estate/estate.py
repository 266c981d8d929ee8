"""The Estate: all nouns of one stack, and the facts about them that more than one rule needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from baseline.estate.nouns import Backup, Noun, Store
from baseline.estate.terms import Terms
from baseline.graph import Graph, Resource, Undecided

T = TypeVar("T")
N = TypeVar("N", bound=Noun)


def some(predicate: Callable[[T], bool], items: Iterable[T]) -> bool:
    """Whether it holds for any: True as soon as one is certain; raises Undecided when none is and one is undecided."""
    doubt: Undecided | None = None
    for item in items:
        try:
            if predicate(item):
                return True
        except Undecided as undecided:
            doubt = doubt or undecided
    if doubt:
        raise doubt
    return False


def every(predicate: Callable[[T], bool], items: Iterable[T]) -> bool:
    """Whether it holds for all: False as soon as one is certain; raises Undecided when none is and one is undecided."""
    return not some(lambda item: not predicate(item), items)


class Estate:
    """What a Graph means, under the terms that its auditors declared. Built by `baseline.estate.build`."""

    def __init__(self, graph: Graph, terms: Terms, nouns: dict[type, list[Any]], unjudged: Sequence[Resource]) -> None:
        self.graph = graph
        self.terms = terms
        self.unjudged = tuple(unjudged)
        self._nouns = nouns

    def all(self, noun: type[N]) -> Sequence[N]:
        """All nouns of one type, in the order in which their resources are declared."""
        return self._nouns.get(noun, ())

    def subjects(self, noun: type) -> Sequence[Any]:
        """The subjects of a rule: all nouns of its type, or the custom resources where it looks at resources."""
        return self._custom if noun is Resource else self._nouns.get(noun, ())

    @cached_property
    def _custom(self) -> tuple[Resource, ...]:
        return tuple(resource for resource in self.graph.resources if resource.custom)

    def backups_of(self, store: Store) -> Sequence[Backup]:
        """The backups that certainly cover a store. Raises Undecided where a backup's selection is undecided.

        A doubt is raised only where no certain backup covers the store.
        """
        certain = self._backups_by_store.get(id(store), ())
        if not certain and self._doubtful_backups:
            raise Undecided("unknown", "", f"what {self._doubtful_backups[0].label} selects is not known")
        return certain

    @cached_property
    def _backups_by_store(self) -> dict[int, list[Backup]]:
        covered: dict[int, list[Backup]] = {}
        for backup in self.all(Backup):
            if backup not in self._doubtful_backups:
                for store in backup.stores:
                    covered.setdefault(id(store), []).append(backup)
        return covered

    @cached_property
    def _doubtful_backups(self) -> list[Backup]:
        doubtful = []
        for backup in self.all(Backup):
            try:
                backup.stores  # noqa: B018 (asking is the test)
            except Undecided:
                doubtful.append(backup)
        return doubtful
