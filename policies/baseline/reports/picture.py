"""An Estate as a picture in the terminal: who may reach what, where data lies, what nobody can observe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from rich.console import RenderableType
from rich.markup import escape
from rich.text import Text
from rich.tree import Tree

from baseline.estate import Estate
from baseline.estate.nouns import Admission, Backup, Host, Listener, Log, Noun, Store
from baseline.estate.prefixes import is_internet
from baseline.graph import Undecided
from baseline.judge import Verdict
from baseline.reports.layout import Rows, legible

_PLACES: Final = ("what", "name", "country", "place", "holds", "encrypted", "backups go to")
_KEPT: Final = ("what", "name", "kept at least", "kept at most", "where")

N = TypeVar("N", bound=Noun)


def _say(noun: N, read: Callable[[N], Any]) -> str:
    """A fact in words, or that it is unknown or not observable."""
    try:
        return legible(str(read(noun)))
    except Undecided as undecided:
        return undecided.outcome.replace("_", " ")


def _drawn(noun: N, read: Callable[[N], Any]) -> str:
    """The same in a tree, whose words are marked up."""
    return escape(_say(noun, read))


def _label(noun: Noun) -> str:
    return noun.label


def reach(estate: Estate) -> Tree:
    """Who may send to whom: the internet by the balancers, the declared networks, and the hosts among themselves."""
    tree = Tree("[bold]who may reach what")
    doors = tree.add("the internet")
    for listener in estate.all(Listener):
        ends = _drawn(listener, lambda item: item.tls_ends)
        door = doors.add(
            f"{_drawn(listener, _label)}: port {_drawn(listener, lambda item: item.port)}, TLS ends at the {ends}"
        )
        for host in _hosts(listener):
            door.add(host)
    if not doors.children:
        doors.add("[dim]no balancer")
    for title, inbound in (("may come in", True), ("may go out", False)):
        branch = tree.add(title)
        for whom, flows in _admitted(estate, inbound).items():
            leaf = branch.add(whom)
            for what, peers in flows.items():
                leaf.add(f"{what} {'from' if inbound else 'to'} {_listed(peers)}")
        for host, words in _unguarded(estate) if inbound else ():
            branch.add(host).add(words)
        if not branch.children:
            branch.add("[dim]nothing")
    return tree


def _hosts(listener: Listener) -> Iterator[str]:
    try:
        for host in listener.hosts:
            yield _drawn(host, _label)
    except Undecided as undecided:
        yield f"[dim]{undecided.outcome.replace('_', ' ')}"


def _admitted(estate: Estate, inbound: bool) -> dict[str, dict[str, list[str]]]:
    """Who is opened: protocol and ports: with whom; sorted, so that two runs draw the same."""
    found: dict[str, dict[str, list[str]]] = {}
    for admission in estate.all(Admission):
        if _say(admission, lambda item: item.inbound) == str(inbound):
            whom = _drawn(admission, lambda item: item.whom)
            peers = found.setdefault(whom, {}).setdefault(_drawn(admission, lambda item: item.what), [])
            peers.append(_peer(admission))
    return {whom: dict(sorted(flows.items())) for whom, flows in sorted(found.items())}


def _unguarded(estate: Estate) -> Iterator[tuple[str, str]]:
    """Hosts before which no firewall stands, or perhaps none: no rule of any firewall says what they let in."""
    for host in estate.all(Host):
        firewall = _say(host, lambda item: item.firewall)
        if firewall == "none":
            yield _drawn(host, _label), "everything from [bold]the internet[/bold]: no firewall stands before it"
        elif firewall in ("unknown", "not observable"):
            yield (
                _drawn(host, _label),
                f"[bold]perhaps everything[/bold]: whether a firewall stands before it is {firewall}",
            )


def _peer(admission: Admission) -> str:
    words = _drawn(admission, lambda item: item.prefix or f"members of {str(item.peer).rpartition('::')[2]}")
    return f"[bold]the internet[/bold] ({words})" if _say(admission, _wide) == "True" else words


def _wide(admission: Admission) -> bool:
    """Whether the other end is anybody; outbound, a mirror's whole network is no news."""
    prefix = admission.prefix
    return prefix is not None and (is_internet(prefix) if admission.inbound else len(prefix.rpartition("/")[2]) < 2)


def _listed(peers: list[str], *, shown: int = 4) -> str:
    """The first few, and how many more."""
    names = sorted(set(peers), key=lambda name: (not name.startswith("["), name))
    rest = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + rest


def places(estate: Estate) -> Rows:
    """Every host and store: what it is, in which country and place it lies, and how it is kept."""
    table = Rows("where data lies", *_PLACES, names=("name", *_PLACES[:-1]))
    for host in estate.all(Host):
        table.add("host", host.label, *_where(host), "", "", "")
    for store in estate.all(Store):
        table.add(
            _say(store, lambda item: item.kind),
            store.label,
            *_where(store),
            _say(store, lambda item: item.holds),
            _say(store, lambda item: "yes" if item.encrypted else "no"),
            _say(store, lambda item: _destinations(estate, item)),
        )
    return table


def _where(noun: Host | Store) -> tuple[str, str]:
    return (
        _say(noun, lambda item: ", ".join(sorted(item.location.countries)) or "global"),
        _say(noun, lambda item: item.location.name),
    )


def _destinations(estate: Estate, store: Store) -> str:
    found = {
        _say(backup, lambda item: ", ".join(str(place) for place in item.locations))
        for backup in estate.backups_of(store)
    }
    return ", ".join(sorted(found))


def schedules(estate: Estate) -> Rows:
    """Backups and logs: what is kept, and for how long."""
    table = Rows("what is kept, and how long (days)", *_KEPT, names=("name", "what", "kept at least", "kept at most"))
    for backup in estate.all(Backup):
        table.add(
            _say(backup, lambda item: item.kind),
            backup.label,
            *_kept(backup),
            _say(backup, lambda item: ", ".join(str(place) for place in item.locations)),
        )
    for log in estate.all(Log):
        table.add(
            _say(log, lambda item: item.kind.replace("_", " ")),
            _say(log, lambda item: item.name),
            *_kept(log),
            _say(log, lambda item: str(item.location)),
        )
    return table


def _kept(noun: Backup | Log) -> tuple[str, str]:
    return (
        _say(noun, lambda item: "for ever" if item.keep_at_least is None else item.keep_at_least),
        _say(noun, lambda item: "for ever" if item.keep_at_most is None else item.keep_at_most),
    )


def doubts(verdict: Verdict) -> Tree:
    """What this source cannot say, and who answers for it."""
    tree = Tree("[bold]what is not observable here")
    for finding in verdict.findings:
        if finding.outcome == "not_observable":
            who = f"stated: {finding.statement}" if finding.statement else "nobody answers for it"
            name = legible(finding.urn.rpartition("::")[2])
            tree.add(Text.assemble((finding.rule, "bold"), f"  {name}: {legible(finding.message)}  ", (who, "dim")))
    if not tree.children:
        tree.add("[dim]nothing")
    return tree


def render(estate: Estate, verdict: Verdict) -> Iterator[RenderableType]:
    """The whole picture of one stack."""
    yield Text(legible(verdict.name), style="bold underline")
    yield reach(estate)
    yield places(estate)
    yield schedules(estate)
    yield doubts(verdict)
