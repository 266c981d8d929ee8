"""An Estate as a picture in the terminal: who may reach what, where data lies, what nobody can observe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from baseline.estate import Estate
from baseline.estate.nouns import Admission, Backup, Host, Listener, Log, Store
from baseline.graph import Undecided
from baseline.judge import Verdict


def _say(read: Callable[[], Any], words: Callable[[Any], str] = str) -> str:
    """A fact in words, or that it is unknown or not observable."""
    try:
        return words(read())
    except Undecided as undecided:
        return undecided.outcome.replace("_", " ")


def reach(estate: Estate) -> Tree:
    """Who may send to whom: the internet by the balancers, the declared networks, and the hosts among themselves."""
    tree = Tree("[bold]who may reach what")
    doors = tree.add("the internet")
    for listener in estate.all(Listener):
        ends = _say(lambda item=listener: item.tls_ends)  # type: ignore[misc]
        door = doors.add(f"{listener.label}: port {_say(lambda item=listener: item.port)}, TLS ends at the {ends}")  # type: ignore[misc]
        for host in _hosts(listener):
            door.add(host)
    if not doors.children:
        doors.add("[dim]no balancer: nothing is reached")
    for title, inbound in (("may come in to hosts", True), ("may go out from hosts", False)):
        branch = tree.add(title)
        for line in sorted(set(_admissions(estate, inbound))):
            branch.add(line)
        if not branch.children:
            branch.add("[dim]nothing")
    return tree


def _hosts(listener: Listener) -> Iterator[str]:
    try:
        for host in listener.hosts:
            yield host.name
    except Undecided as undecided:
        yield f"[dim]{undecided.outcome.replace('_', ' ')}"


def _admissions(estate: Estate, inbound: bool) -> Iterator[str]:
    for admission in estate.all(Admission):
        if _say(lambda item=admission: item.inbound) != str(inbound):  # type: ignore[misc]
            continue
        who = _say(lambda item=admission: item.prefix or f"members of {str(item.peer).rpartition('::')[2]}")  # type: ignore[misc]
        ports = _say(lambda item=admission: f"{item.protocol} {item.ports}")  # type: ignore[misc]
        hosts = _say(lambda item=admission: ", ".join(sorted(host.name for host in item.hosts)))  # type: ignore[misc]
        whom = hosts or ", ".join(sorted(admission.targets)) or "whatever is attached"
        yield f"{who}  {'->' if inbound else '<-'}  {whom}  [dim]{ports}"


def places(estate: Estate) -> Table:
    """Every host and store: what it is, in which country and place it lies, and how it is kept."""
    table = Table("what", "name", "country", "place", "holds", "encrypted", "backups go to", title="where data lies")
    for host in estate.all(Host):
        table.add_row("host", host.name, *_where(lambda item=host: item.location), "", "", "")  # type: ignore[misc]
    for store in estate.all(Store):
        table.add_row(
            _say(lambda item=store: item.kind),  # type: ignore[misc]
            store.label,
            *_where(lambda item=store: item.location),  # type: ignore[misc]
            _say(lambda item=store: item.holds),  # type: ignore[misc]
            _say(lambda item=store: "yes" if item.encrypted else "no"),  # type: ignore[misc]
            _say(lambda item=store: _destinations(estate, item)),  # type: ignore[misc]
        )
    return table


def _where(read: Callable[[], Any]) -> tuple[str, str]:
    return (
        _say(read, lambda place: ", ".join(sorted(place.countries)) or "global"),
        _say(read, lambda place: place.name),
    )


def _destinations(estate: Estate, store: Store) -> str:
    found = {_say(lambda item=backup: str(item.location)) for backup in estate.backups_of(store)}  # type: ignore[misc]
    return ", ".join(sorted(found))


def schedules(estate: Estate) -> Table:
    """Backups and logs: what is kept, and for how long."""
    table = Table("what", "name", "kept at least", "kept at most", "where", title="what is kept, and how long (days)")
    for backup in estate.all(Backup):
        table.add_row(
            _say(lambda item=backup: item.kind),  # type: ignore[misc]
            backup.label,
            *_kept(backup),
            _say(lambda item=backup: ", ".join(str(place) for place in item.locations)),  # type: ignore[misc]
        )
    for log in estate.all(Log):
        table.add_row(
            _say(lambda item=log: item.kind.replace("_", " ")),  # type: ignore[misc]
            _say(lambda item=log: item.name),  # type: ignore[misc]
            *_kept(log),
            _say(lambda item=log: str(item.location)),  # type: ignore[misc]
        )
    return table


def _kept(item: Backup | Log) -> tuple[str, str]:
    return (
        _say(lambda: "for ever" if item.keep_at_least is None else item.keep_at_least),
        _say(lambda: "for ever" if item.keep_at_most is None else item.keep_at_most),
    )


def doubts(verdict: Verdict) -> Tree:
    """What this source cannot say, and who answers for it."""
    tree = Tree("[bold]what is not observable here")
    for finding in verdict.findings:
        if finding.outcome == "not_observable":
            who = f"stated: {finding.statement}" if finding.statement else "nobody answers for it"
            tree.add(
                Text.assemble(
                    (finding.rule, "bold"), f"  {finding.urn.rpartition('::')[2]}: {finding.message}  ", (who, "dim")
                )
            )
    if not tree.children:
        tree.add("[dim]nothing")
    return tree


def render(estate: Estate, verdict: Verdict) -> Iterator[RenderableType]:
    """The whole picture of one stack."""
    yield Text(f"{verdict.name}", style="bold underline")
    yield reach(estate)
    yield places(estate)
    yield schedules(estate)
    yield doubts(verdict)
