"""What a preview does to what is deployed: the state that it starts from, beside the one that it ends in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from baseline.estate.builder import undecided
from baseline.estate.estate import Estate
from baseline.estate.nouns import Backup, Change, Host, Key, Noun, Store
from baseline.graph import Resource, Undecided, unknown_because


def changes(before: Estate, after: Estate) -> Iterator[Change]:
    """One Change for each resource that was there before and does not stay as it is."""
    then, now = _Covered(before), _Covered(after)
    steps = {urn: before.graph.by_urn[urn] for urn in after.graph.steps if urn in before.graph.by_urn}
    uncovered = _uncovered(steps, then, now)
    for urn, old in sorted(steps.items()):
        yield Change(
            origin=after.graph.by_urn.get(urn, old),
            operation=after.graph.steps[urn],
            stores=tuple(then.stores.get(urn, ())),
            keys=tuple(then.keys.get(urn, ())),
            uncovered=uncovered.get(urn, ()),
            backups_off=_backups_off(urn, then, now),
        )


class _Covered:
    """One Estate by the URNs of its resources, and which of its stores are backed up."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.stores: Mapping[str, list[Store]] = _by_urn(estate.all(Store))
        self.keys: Mapping[str, list[Key]] = _by_urn(estate.all(Key))
        self.hosts: Mapping[str, list[Host]] = _by_urn(estate.all(Host))
        self.backups: Mapping[str, list[Backup]] = _by_urn(estate.all(Backup))

    def store(self, like: Store) -> Store | None:
        """The store that the same resource declares, in the same place within it."""
        return next((store for store in self.stores.get(like.urn, ()) if store.path == like.path), None)


def _by_urn(nouns: Any) -> dict[str, list[Any]]:
    index: dict[str, list[Any]] = {}
    noun: Noun
    for noun in nouns:
        index.setdefault(noun.urn, []).append(noun)
    return index


def _uncovered(steps: Mapping[str, Resource], then: _Covered, now: _Covered) -> dict[str, Any]:
    """The stores that stay, had a backup before and have none after, by the step that takes it from them."""
    found: dict[str, Any] = {}
    for store in then.estate.all(Store):
        backups = then.estate.backups_of(store)
        same = now.store(store)
        if not backups or same is None or now.estate.backups_of(same):
            continue
        words = f"{store.kind} {store.label}"
        doubt = bool(now.estate.may_back_up(same))
        for urn in _to_blame(steps, store, backups):
            if doubt:
                found[urn] = unknown_because(
                    f"are known only after deployment: whether anything still backs up the {words}"
                )
            elif not undecided(found.get(urn)):
                found[urn] = (*found.get(urn, ()), words)
    return found


def _to_blame(steps: Mapping[str, Resource], store: Store, backups: Sequence[Backup]) -> Iterable[str]:
    """The steps on the store, on its backups, or on what hangs on either; all of them where none is any of those."""
    parts = {store.urn, *(backup.urn for backup in backups)}
    near = [urn for urn, old in steps.items() if urn in parts or not parts.isdisjoint(old.dependencies)]
    return near or steps


def _backups_off(urn: str, then: _Covered, now: _Covered) -> Any:
    """Whether the provider's own backups of a host were on, and are off after."""
    for host in then.hosts.get(urn, ()):
        if host.given("backups") is not True:
            continue
        for same in now.hosts.get(urn, ()):
            try:
                return same.backups is not True
            except Undecided:
                return same.given("backups")
    return False
