"""What has to be recovered or retired, as text: what it is, and the commands to run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from baseline.recovery import Trouble
from baseline.retirement import Step

_KEPT = "What the clouds keep, whatever you run"
_STEPS = "What to run, in this order"


def troubles(stack: str, found: Iterable[Trouble], remark: str) -> Iterator[Text]:
    """Each thing to recover from, then its commands; or that there is none."""
    count = 0
    for count, trouble in enumerate(found, 1):
        yield Text.assemble((f"{count}. {trouble.kind}  ", "bold red"), trouble.what)
        for command in trouble.commands:
            yield Text(f"     {command}", style="bold")
    if not count:
        yield Text.assemble((f"{stack}: ", "bold"), ("nothing to recover from", "bold green"))
    if remark:
        yield Text(remark, style="yellow")


def steps(stack: str, found: Iterable[Step]) -> Iterator[Text]:
    """What stays, then each command that ends the stack."""
    listed = list(found)
    kept = [step for step in listed if step.kind == "kept"]
    if kept:
        yield Text(f"{stack}: {_KEPT}", style="bold magenta")
        yield from (Text(f"  {step.what}") for step in kept)
    yield Text(f"{stack}: {_STEPS}", style="bold")
    for step in listed:
        if step.command:
            yield Text.assemble(f"  {step.what}\n", (f"     {step.command}", "bold"))
