"""What a preview does to what is deployed: the state that it starts from, beside the one that it ends in.

A resource that Pulumi only stops managing (`forget`) lives on where no rule sees it. To the promises it is gone, so the
backups that it made count as ended, and the data in it as left to nobody. Days for which backups
and logs are kept are no change of this kind: the rules on floors judge what remains. Objects that expire are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from baseline.estate.aws.buckets import BUCKETS
from baseline.estate.builder import undecided
from baseline.estate.doubt import field_of
from baseline.estate.estate import Estate
from baseline.estate.facts.own_backups import SWITCHES
from baseline.estate.losses import LIFECYCLES
from baseline.estate.losses import lost as lost_by
from baseline.estate.nouns import Backup, Change, Key, Noun, Store
from baseline.graph import Ref, Resource, unknown_because

_DAILY = "daily "
_LOGS = frozenset({"logs", "audit"})


class Lost(NamedTuple):
    """The backups that stores lose by one step, certainly and perhaps; in words."""

    certain: list[str]
    perhaps: list[str]


def changes(before: Estate, after: Estate) -> Iterator[Change]:
    """One Change for each resource that was there before and does not stay as it is, or loses a backup as it is.

    Of a resource whose type no adapter knows there is none: nobody could say what goes with it (see `gone_unjudged`).
    """
    stores, keys = before.once(_stores), _by_urn(before.all(Key))
    unjudged = {resource.urn for resource in before.unjudged}
    asked = {urn: operation for urn, operation in after.graph.steps.items() if operation != "create"}
    steps = {urn: asked[urn] for urn in asked.keys() & before.graph.by_urn.keys() - unjudged}
    for urn in sorted(asked.keys() & after.graph.by_urn.keys() - before.graph.by_urn.keys()):
        yield _unseen(after.graph.by_urn[urn], asked[urn])
    lost = _lost_backups(steps, before, after)
    for urn in sorted(steps.keys() | lost.keys()):
        old = before.graph.by_urn[urn]
        new = after.graph.by_urn.get(urn)
        operation = steps.get(urn, "update")
        certain, perhaps = lost.get(urn, ((), ()))
        yield Change(
            origin=new or old,
            operation=operation,
            stores=tuple(stores.get(urn, ())),
            keys=tuple(keys.get(urn, ())),
            uncovered=tuple(certain),
            in_doubt=tuple(perhaps),
            backups_off=_backups_off(old, new) if operation == "update" else False,
            lost=lost_by(old, new, expiring=_expiring(new, before)) if operation == "update" and new else (),
        )
    yield from _new_lifecycles(before, after)


def _new_lifecycles(before: Estate, after: Estate) -> Iterator[Change]:
    """Lifecycles that are given to buckets which are there already, in this program or in another."""
    nothing: dict[str, Any] = dict.fromkeys(("stores", "keys", "uncovered", "in_doubt"), ())
    for urn, operation in sorted(after.graph.steps.items()):
        new = after.graph.by_urn.get(urn)
        if operation != "create" or new is None or new.type not in LIFECYCLES or "bucket" not in new.inputs:
            continue
        buckets = _buckets(new, after)
        if new.type not in BUCKETS and (not buckets or any(bucket in before.graph.by_urn for bucket in buckets)):
            lost = lost_by(None, new, expiring=_expiring(new, before))
            if undecided(lost) or lost:
                yield Change(origin=new, operation=operation, backups_off=False, lost=lost, **nothing)


def _buckets(lifecycle: Resource, estate: Estate) -> frozenset[str]:
    """The URNs of the buckets of this program that a lifecycle may be of."""
    named = lifecycle.inputs.get("bucket")
    if lifecycle.type in BUCKETS:
        return frozenset({lifecycle.urn})
    if isinstance(named, Ref):
        return named.urns & estate.graph.by_urn.keys()
    return frozenset(
        item.urn for item in estate.graph if item.type in BUCKETS and named == item.inputs.get("bucket") is not None
    )


def _expiring(resource: Resource | None, before: Estate) -> bool:
    """Whether what expires in a bucket is the matter of changes: how long logs are kept is judged in the result."""
    if resource is None or resource.type not in LIFECYCLES:
        return False
    held = {
        field_of(store, "holds") for urn in _buckets(resource, before) for store in before.once(_stores).get(urn, ())
    }
    return any(undecided(word) for word in held) or not (held and held <= _LOGS)


def _stores(estate: Estate) -> dict[str, list[Any]]:
    return _by_urn(estate.all(Store))


def _unseen(resource: Resource, operation: str) -> Change:
    """A step on something of which the source does not show what it was."""
    what: Any = unknown_because("cannot be told: the source does not show what was there before")
    return Change(
        origin=resource,
        operation=operation,
        stores=what,
        keys=what,
        uncovered=what,
        in_doubt=what,
        backups_off=what,
        lost=what if operation == "update" else (),
    )


def gone_unjudged(before: Estate, after: Estate) -> Iterator[Resource]:
    """The resources of types that no adapter knows, and that are not there afterwards."""
    return (resource for resource in before.unjudged if resource.urn not in after.graph.by_urn)


def _by_urn(nouns: Sequence[Any]) -> dict[str, list[Any]]:
    index: dict[str, list[Any]] = defaultdict(list)
    noun: Noun
    for noun in nouns:
        index[noun.urn].append(noun)
    return index


def _backups_off(old: Resource, new: Resource | None) -> Any:
    switch = SWITCHES.get(old.type)
    return switch.goes_off(old, new) if switch and new else False


def _lost_backups(steps: Mapping[str, str], before: Estate, after: Estate) -> dict[str, Lost]:
    """The backups of stores that stay, which were there before and are not after, by the step that ends them.

    A kind of backup is lost where no other of its kind takes its place, every day if it ran so: a plan may follow a
    plan. What a provider makes of a resource by itself is told by its switch.
    """
    found: dict[str, Lost] = {}
    blame = _Blame(steps, before)
    now = {(store.urn, store.path): store for store in after.all(Store)}
    for store in before.all(Store):
        same = now.get((store.urn, store.path))
        if same is None or steps.get(store.urn, "update") != "update":
            continue
        for words, certain, backups in _ended(_kinds(before, store), _kinds(after, same)):
            for urn in blame.of(store, backups):
                lost = found.setdefault(urn, Lost([], []))
                (lost.certain if certain else lost.perhaps).append(f"{words} of the {store.kind} {store.label}")
    return found


class Kinds(NamedTuple):
    """The backups of one store, certain and doubtful, by their kind in words."""

    certain: dict[str, list[Backup]]
    perhaps: dict[str, list[Backup]]


def _ended(before: Kinds, after: Kinds) -> Iterator[tuple[str, bool, Sequence[Backup]]]:
    """The kinds that end, whether certainly, and the backups of each; what was as doubtful before does not end."""
    gone = {
        words: words in before.certain and words not in after.perhaps
        for words in before.certain.keys() | before.perhaps.keys()
        if words not in after.certain and (words in before.certain or words not in after.perhaps)
    }
    for words, certain in sorted(gone.items()):
        if words.removeprefix(_DAILY) == words or words.removeprefix(_DAILY) not in gone:
            yield words, certain, (*before.certain.get(words, ()), *before.perhaps.get(words, ()))


def _kinds(estate: Estate, store: Store) -> Kinds:
    """The backups that others make of a store; one that its destination refuses is none."""
    kinds = Kinds(defaultdict(list), defaultdict(list))
    for backups, sure in ((estate.backups_of(store), True), (estate.may_back_up(store), False)):
        for backup in backups:
            refused, daily = backup.given("refused"), backup.given("daily")
            certain = sure and not undecided(refused)
            if _by_switch(backup) or (not undecided(refused) and refused):
                continue
            (kinds.certain if certain else kinds.perhaps)[backup.kind].append(backup)
            if undecided(daily) or daily:
                daily_too = kinds.certain if certain and not undecided(daily) else kinds.perhaps
                daily_too[f"{_DAILY}{backup.kind}"].append(backup)
    return kinds


def _by_switch(backup: Backup) -> bool:
    switch = SWITCHES.get(backup.origin.type)
    return switch is not None and backup.path == switch.path


class _Blame:
    """Which steps end a backup of a store. References are followed once, and only where a backup ends."""

    def __init__(self, steps: Mapping[str, str], before: Estate) -> None:
        self._steps = steps
        self._resources = before.graph.by_urn

    def of(self, store: Store, backups: Sequence[Backup]) -> Sequence[str]:
        """The steps on the store, on its backups, or on what hangs together with either; the store's own if none does.

        A selection refers to its plan and a tag to its volume; a plan refers to its vault.
        """
        parts = {store.urn, *(backup.urn for backup in backups)}
        behind = set().union(*(_meant(self._resources[urn]) for urn in parts))
        before = set().union(*(self._referring.get(urn, ()) for urn in parts))
        return sorted((parts | behind | before) & self._steps.keys()) or (store.urn,)

    @cached_property
    def _referring(self) -> dict[str, set[str]]:
        """The steps by what their resources refer to."""
        index: dict[str, set[str]] = defaultdict(set)
        for urn in self._steps:
            for meant in _meant(self._resources[urn]):
                index[meant].add(urn)
        return index


def _meant(resource: Resource) -> frozenset[str]:
    """The URNs of what a resource depends on or refers to."""
    return resource.dependencies.union(*_references(resource.inputs))


def _references(value: Any) -> Iterator[frozenset[str]]:
    if isinstance(value, Ref):
        yield value.urns
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _references(item)
