"""What has to be recovered or retired, as text: what it is, and the commands to run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from baseline.recovery import Trouble
from baseline.reports.layout import Line, command
from baseline.retirement import Step

_LOST = "What the last command deletes for ever"
_KEPT = "What the clouds keep, whatever you run"
_STEPS = "What to run, in this order"


def troubles(stack: str, found: Sequence[Trouble], unknown: Sequence[str], remarks: Sequence[str]) -> Iterator[Line]:
    """Each thing to recover from, then its commands; or that there is none, or that nobody can know."""
    for count, trouble in enumerate(found, 1):
        yield Line((f"{count}. {trouble.kind}  ", "bold red"), trouble.what)
        yield from map(command, trouble.commands)
    if not found and unknown:
        yield Line((f"{stack}: ", "bold"), ("not known whether there is something to recover from", "yellow"))
    elif not found:
        yield Line((f"{stack}: ", "bold"), ("nothing to recover from", "bold green"))
    # Some of them are commands, or hold one.
    yield from (Line((remark, "yellow"), whole=True) for remark in (*unknown, *remarks))


def document(stack: str, found: Sequence[Trouble], unknown: Sequence[str], remarks: Sequence[str]) -> bytes:
    """The same for a program: {stack, troubles, unknown, remarks}."""
    said = {"stack": stack, "troubles": found, "unknown": unknown, "remarks": remarks}
    return msgspec.json.format(msgspec.json.encode(said), indent=2) + b"\n"


def steps(stack: str, found: Iterable[Step]) -> Iterator[Line]:
    """Which data goes, what stays, then each command that ends the stack."""
    listed = list(found)
    for kind, title, style in (("lost", _LOST, "bold red"), ("kept", _KEPT, "bold magenta")):
        named = [step for step in listed if step.kind == kind]
        if named:
            yield Line((f"{stack}: {title}", style))
            yield from (Line("  ", step.what) for step in named)
    yield Line((f"{stack}: {_STEPS}", "bold"))
    for step in listed:
        if step.command or step.kind == "lift":
            yield Line("  ", step.what)
        if step.command:
            yield command(step.command)
