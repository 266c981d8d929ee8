"""The Estate: all nouns of one stack, and the facts about them that more than one rule needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar, cast

from baseline.estate import prefixes
from baseline.estate.nouns import Admission, Backup, Change, Host, Network, Noun, Store
from baseline.estate.ports import Ports
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


def certain_first(predicate: Callable[[T], bool], items: Iterable[T]) -> Iterator[T]:
    """Those for which it holds; a doubt is raised after all that is certain, so that it hides nothing."""
    doubt: Undecided | None = None
    for item in items:
        try:
            if predicate(item):
                yield item
        except Undecided as undecided:
            doubt = doubt or undecided
    if doubt:
        raise doubt


class Estate:
    """What a Graph means, under the terms that its auditors declared. Built by `baseline.estate.build`."""

    def __init__(self, graph: Graph, terms: Terms, nouns: dict[type, list[Any]], unjudged: Sequence[Resource]) -> None:
        self.graph = graph
        self.terms = terms
        self.unjudged = tuple(unjudged)
        self._nouns = nouns

    def add(self, changes: Iterable[Change], unjudged: Iterable[Resource]) -> None:
        """Adds what only this estate and the one before it show together: changes, and what goes unjudged."""
        self._nouns[Change] = list(changes)
        self.unjudged += tuple(unjudged)

    def all(self, noun: type[N]) -> Sequence[N]:
        """All nouns of one type, in the order in which their resources are declared."""
        return self._nouns.get(noun, ())

    def subjects(self, noun: type) -> Sequence[Any]:
        """The subjects of a rule: all nouns of its type, or the custom resources where it looks at resources."""
        return self._custom if noun is Resource else self._nouns.get(noun, ())

    def once(self, fact: Callable[[Estate], T]) -> T:
        """A fact of the whole estate, worked out once however many subjects ask; a doubt is raised each time."""
        if fact not in self._facts:
            self._facts[fact] = fact(self)
        return cast("T", self._facts[fact])

    @cached_property
    def _facts(self) -> dict[Callable[[Estate], Any], Any]:
        return {}

    @cached_property
    def _custom(self) -> tuple[Resource, ...]:
        return tuple(resource for resource in self.graph.resources if resource.custom)

    def backups_of(self, store: Store) -> Sequence[Backup]:
        """The backups that certainly cover a store."""
        return self._coverage[0].get(id(store), ())

    def may_back_up(self, store: Store) -> Sequence[Backup]:
        """The backups of which only deployment knows whether they cover a store."""
        return self._coverage[1].get(id(store), ())

    def backed_up(self, store: Store, wanted: Callable[[Backup], bool]) -> bool:
        """Whether a wanted backup covers a store. Raises Undecided where only a doubtful one may."""

        def asked(backup: Backup) -> bool:
            try:
                return wanted(backup)
            except Undecided as undecided:  # its path is one of the backup's, not of the store's
                raise Undecided(undecided.outcome, "", f"of {backup.label}, {undecided.reason}") from undecided

        if some(asked, self.backups_of(store)):
            return True
        for backup in self.may_back_up(store):
            if asked(backup):
                raise Undecided("unknown", "", f"whether {backup.label} covers it is known only after deployment")
        return False

    def kept_at_most(self, backup: Backup) -> int | None:
        """Days until a backup has forgotten what is in it; None: for ever.

        A backup of a store that others fill still has what they delete there, so their days and its own add up.
        """
        before = [other.keep_at_most for store in backup.stores for other in self._filling.get(id(store), ())]
        if backup.keep_at_most is None or None in before:
            return None
        return backup.keep_at_most + max((days for days in before if days is not None), default=0)

    @cached_property
    def _filling(self) -> dict[int, list[Backup]]:
        """The backups that go into a store."""
        index: dict[int, list[Backup]] = {}
        for backup in self.all(Backup):
            for store in backup.inside:
                index.setdefault(id(store), []).append(backup)
        return index

    def stores_on(self, host: Host) -> Sequence[Store]:
        """The disks and volumes that certainly belong to a host."""
        return self._by_host.get(id(host), ())

    @cached_property
    def _by_host(self) -> dict[int, list[Store]]:
        index: dict[int, list[Store]] = {}
        for store in self.all(Store):
            with suppress(Undecided):
                if store.host is not None:
                    index.setdefault(id(store.host), []).append(store)
        return index

    @cached_property
    def _coverage(self) -> tuple[dict[int, list[Backup]], dict[int, list[Backup]]]:
        certain: dict[int, list[Backup]] = {}
        perhaps: dict[int, list[Backup]] = {}
        for backup in self.all(Backup):
            for stores, index in ((backup.stores, certain), (backup.perhaps, perhaps)):
                for store in stores:
                    index.setdefault(id(store), []).append(backup)
        return certain, perhaps

    def opens_internet(self, admission: Admission) -> bool:
        """Whether it lets strangers through: alone, or together with its group's other narrow prefixes at one port.

        The union is asked for at the admission's first port: where ranges overlap, one of them begins. Going out, a
        stranger begins where one holder ends; coming in, where one network does.
        """
        if admission.prefix is None or prefixes.private(admission.prefix):
            return False
        widest = prefixes.WIDEST_OWN if admission.inbound else prefixes.WIDEST_HOLDER
        if prefixes.is_internet(admission.prefix, widest):
            return True
        port = admission.ports and admission.ports.first
        key = (admission.group, admission.inbound, admission.protocol, port, prefixes.family(admission.prefix))
        if key not in self._merged:
            beside = (other for other in self._near(admission) if _certainly_beside(admission, other))
            near = (other.prefix for other in beside if other.prefix)
            # What opens the internet alone is at fault alone: narrow prefixes beside it are not.
            narrow = [prefix for prefix in near if not prefixes.is_internet(prefix, widest)]
            self._merged[key] = prefixes.merged_internet(narrow, widest)
        return self._merged[key]

    def admissions_of(self, group: str) -> Sequence[Admission]:
        """All admissions of one firewall or security group."""
        return self._by_group.get(group, ())

    def _near(self, admission: Admission) -> Iterable[Admission]:
        """Admissions of the same group, but for those at one port that is not the admission's first."""
        if admission.ports is None:
            return self.admissions_of(admission.group)
        at_port = self._by_port.get((admission.group, admission.ports.first), ())
        return chain(at_port, self._by_port.get((admission.group, None), ()))

    @cached_property
    def _by_port(self) -> dict[tuple[str, int | None], list[Admission]]:
        """By group and port; under None what is at several ports, at none, or at nobody knows which."""
        index: dict[tuple[str, int | None], list[Admission]] = {}
        for group, admissions in self._by_group.items():
            for admission in admissions:
                ports = admission.given("ports")
                one = ports.first if isinstance(ports, Ports) and ports.first == ports.last else None
                index.setdefault((group, one), []).append(admission)
        return index

    @cached_property
    def _merged(self) -> dict[tuple[object, ...], bool]:
        return {}

    @cached_property
    def _by_group(self) -> dict[str, list[Admission]]:
        index: dict[str, list[Admission]] = {}
        for admission in self.all(Admission):
            with suppress(Undecided):  # of a group that nobody knows
                index.setdefault(admission.group, []).append(admission)
        return index

    def outside_networks(self, parts: Sequence[str]) -> tuple[str, ...]:
        """Which of these prefixes are outside the estate's own networks. Raises Undecided where only deployment knows.

        Public space is always outside, whatever a network says of its own prefix.
        """
        private = [part for part in parts if prefixes.private(part)]
        known, doubt = self._own_networks
        outside = tuple(gap for part in private for gap in prefixes.uncovered(part, known))
        public = tuple(part for part in parts if not prefixes.private(part))
        if outside and not public and doubt:
            raise doubt
        return public + outside

    @cached_property
    def _own_networks(self) -> tuple[tuple[str, ...], Undecided | None]:
        known: list[str] = []
        doubt = None
        for network in self.all(Network):
            try:
                known.append(network.prefix)
            except Undecided as undecided:
                doubt = undecided
        return tuple(dict.fromkeys(known)), doubt


def same_traffic(admission: Admission, other: Admission) -> bool:
    """Whether `other` goes the same way and lets through what `admission` does, at its first port."""
    if other.inbound != admission.inbound:
        return False
    if other.protocol != "any" and other.protocol.removesuffix("v6") != admission.protocol.removesuffix("v6"):
        return False
    return admission.ports is None or other.ports is None or admission.ports.first in other.ports


def _certainly_beside(admission: Admission, other: Admission) -> bool:
    """Whether `other` adds to what `admission` opens; an undecided one is judged unknown by itself."""
    try:
        if other.prefix is None or not same_traffic(admission, other):
            return False
        return admission.prefix is None or prefixes.family(admission.prefix) == prefixes.family(other.prefix)
    except Undecided:
        return False
