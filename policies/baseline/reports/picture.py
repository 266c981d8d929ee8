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
from baseline.estate.prefixes import is_internet
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
    for title, inbound in (("may come in", True), ("may go out", False)):
        branch = tree.add(title)
        for whom, flows in _admitted(estate, inbound).items():
            leaf = branch.add(whom)
            for what, peers in flows.items():
                leaf.add(f"{what} {'from' if inbound else 'to'} {_listed(peers)}")
        if not branch.children:
            branch.add("[dim]nothing")
    return tree


def _hosts(listener: Listener) -> Iterator[str]:
    try:
        for host in listener.hosts:
            yield host.name
    except Undecided as undecided:
        yield f"[dim]{undecided.outcome.replace('_', ' ')}"


def _admitted(estate: Estate, inbound: bool) -> dict[str, dict[str, list[str]]]:
    """Who is opened: protocol and ports: with whom; sorted, so that two runs draw the same."""
    found: dict[str, dict[str, list[str]]] = {}
    for admission in estate.all(Admission):
        if _say(lambda item=admission: item.inbound) == str(inbound):  # type: ignore[misc]
            whom = _say(lambda item=admission: item.whom)  # type: ignore[misc]
            peers = found.setdefault(whom, {}).setdefault(admission.what, [])
            peers.append(_say(lambda item=admission: _peer(item)))  # type: ignore[misc]
    return {whom: dict(sorted(flows.items())) for whom, flows in sorted(found.items())}


def _peer(admission: Admission) -> str:
    if admission.prefix is None:
        return f"members of {str(admission.peer).rpartition('::')[2]}"
    # Outbound, a mirror's whole network is no news; what reaches anybody is.
    wide = is_internet(admission.prefix) if admission.inbound else len(admission.prefix.rpartition("/")[2]) < 2
    return f"[bold]the internet[/bold] ({admission.prefix})" if wide else admission.prefix


def _listed(peers: list[str], *, shown: int = 4) -> str:
    """The first few, and how many more."""
    names = sorted(set(peers), key=lambda name: (not name.startswith("["), name))
    rest = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + rest


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
    found = {
        _say(lambda item=backup: ", ".join(str(place) for place in item.locations))  # type: ignore[misc]
        for backup in estate.backups_of(store)
    }
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
