"""What is unfinished after a deployment that failed or was cut off, and the commands that finish it.

Pulumi knows what it has begun; only the cloud knows what came of it. A create whose answer was lost leaves a thing that
no state names: the next `up` would make a second one. So both are laid side by side, and nothing is done here.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from baseline.estate.facts.consoles import blanks, description
from baseline.graph import Graph, Resource, named
from baseline.recovery.asking import Asked, asked, can_be_lost, regions, unasked
from baseline.recovery.imports import component
from baseline.recovery.loose import absent, living, loose, region_of, spelt
from baseline.recovery.records import Begun, Existing, Lock, Managed, Trouble

Missing = Callable[[Managed], bool]
"""Whether the clouds were asked for something that is managed, and do not have it."""


def recover(
    stack: str,
    managed: Sequence[Managed],
    begun: Sequence[Begun],
    locks: Sequence[Lock],
    existing: Sequence[Existing] | None,
    declared: Graph | None,
) -> list[Trouble]:
    """Everything to recover from, in the order in which it has to be done. None exists: nobody asked the cloud."""
    places = regions(declared)
    covers = asked(existing, places)
    wanted = absent(managed, begun, declared)
    unlisted = {each.type for each in wanted.values() if can_be_lost(each.type) and not covers(each.type, "")}
    orphans = list(loose(stack, managed, wanted, existing or (), declared))
    gone = _missing(existing or (), covers)
    found = [
        *(_locked(stack, lock) for lock in locks),
        *unasked(unlisted, places),
        *_parents(stack, managed, orphans, declared),
        *orphans,
        *_pending(stack, managed, begun, unlisted),
        *_partial(stack, managed, gone),
        *_gone(stack, managed, existing or (), declared, gone),
    ]
    return [msgspec.structs.replace(trouble, what=trouble.what + blanks(trouble.commands)) for trouble in found]


def _locked(stack: str, lock: Lock) -> Trouble:
    return Trouble(
        kind="lock",
        what=f"{lock.username or 'somebody'} on {lock.hostname or 'some machine'} (process {lock.pid or 'unknown'}) "
        f"holds the stack's lock since {lock.timestamp or 'an unknown time'}: {lock.file}. Where that process still "
        "runs, wait for it.",
        commands=(f"pulumi cancel --yes --stack {shlex.quote(stack)}",),
    )


def _parents(stack: str, managed: Sequence[Managed], found: Iterable[Trouble], declared: Graph | None) -> list[Trouble]:
    """The components and providers that imports need, and that no state has: they are made without asking any cloud."""
    known, missing = {item.urn for item in managed}, dict[str, Resource]()
    providers: set[str] = set()
    for item in (each for trouble in found for each in trouble.imports):
        providers |= {item.provider} - known if item.provider else set()
        line, urn = dict[str, Resource](), item.parent or ""
        while declared and urn in declared.by_urn and urn not in known:
            line[urn] = declared.by_urn[urn]
            urn = line[urn].parent
        missing |= dict(reversed(line.items()))
    if not providers and not missing:
        return []
    words = ["pulumi", "up", "--yes", "--skip-preview", "--stack", stack]
    words += [word for urn in sorted(providers) for word in ("--target", urn)]
    what = "The imports need providers and components that the state does not have, and that ask no cloud."
    if missing:
        what += " The components are made by the file that --imports writes: ask again with it."
    return [
        Trouble(
            kind="parents",
            what=what,
            commands=(shlex.join(words),) if providers else (),
            imports=tuple(component(resource) for resource in missing.values()),
        )
    ]


def _pending(stack: str, managed: Sequence[Managed], begun: Sequence[Begun], unlisted: set[str]) -> Iterator[Trouble]:
    """One for each operation. The last bears the command, which settles all of them at once."""
    settle, known = _settle(stack, managed, begun), {item.urn for item in managed if not item.waiting}
    lost = [item.operation == "creating" and item.custom and item.type in unlisted for item in begun]
    for index, item in enumerate(begun):
        if item.operation == "creating" and item.urn in known:
            what = (
                f"{item.operation} {item.urn} was begun, and the state has it by now: the refresh forgets the operation"
            )
        else:
            what = f"{item.operation} {item.urn} was begun, and nobody knows whether it happened"
        if lost[index]:
            what += f": list {item.type} first (above), or what it made would be forgotten"
        last = index == len(begun) - 1 and not any(lost)
        yield Trouble(kind="pending", what=f"{what}.", commands=(settle,) if last else ())


def _settle(stack: str, managed: Sequence[Managed], begun: Sequence[Begun]) -> str:
    """Reads again what was being changed, forgets what was being created, and touches nothing else."""
    known = {item.urn for item in managed}
    targets = [item.urn for item in begun if item.operation in ("updating", "deleting") and item.urn in known]
    words = ["pulumi", "refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--stack", stack]
    for urn in dict.fromkeys([_stack_urn(begun[0].urn), *targets] if begun else ()):
        words += ["--target", urn]
    return shlex.join(words)


def _stack_urn(urn: str) -> str:
    """The URN of the stack that a URN is of."""
    head, project = urn.split("::", 3)[:2]
    return f"{head}::{project}::pulumi:pulumi:Stack::{project}-{head.rpartition(':')[2]}"


def _partial(stack: str, managed: Sequence[Managed], missing: Missing) -> Iterator[Trouble]:
    """What its provider could not finish. Unless it is read again, the next `up` may take it for done.

    Source: the engine's open issue 21458, "Run Read before Diff/Update for resources with init errors", and the empty
    update that it makes of such a resource (pkg/resource/deploy/step_generator.go, v3.259.0); read 2026-11-26.
    """
    for item in managed:
        if item.errors and not item.waiting and not missing(item):
            yield Trouble(
                kind="partial",
                what=f"{item.type} {item.id} is managed as {named(item.urn)}, and was not finished: "
                f"{'; '.join(item.errors)}. Mend the cause first. The refresh reads what is there, so that the next "
                "preview shows what is missing; what is done only at creation no `up` makes up for.",
                commands=(_refresh(stack, item.urn),),
            )


def _missing(existing: Sequence[Existing], covers: Asked) -> Missing:
    """Whether the live list covers what is managed, by its type and region, and does not have it."""
    alive = living(existing)

    def missing(item: Managed) -> bool:
        region = region_of(item.type, item.said, None, None)
        return can_be_lost(item.type) and covers(item.type, region) and not spelt(item) & alive

    return missing


def _refresh(stack: str, urn: str) -> str:
    return shlex.join(["pulumi", "refresh", "--yes", "--skip-preview", "--stack", stack, "--target", urn])


def _gone(
    stack: str, managed: Sequence[Managed], existing: Sequence[Existing], declared: Graph | None, missing: Missing
) -> Iterator[Trouble]:
    """What the state manages, of the types that the list covers, and the cloud does not have."""
    why = {(thing.type, thing.id): thing.kept for thing in existing if thing.kept}
    for item in managed:
        # What waits for its deletion is deleted by the next `up`, to which it is no error that it does not exist.
        if item.waiting or not item.id or not missing(item):
            continue
        kept = why.get((item.type, item.id))
        resource = declared.by_urn.get(item.urn) if declared else None
        region = region_of(item.type, item.said, resource, declared)
        yield Trouble(
            kind="gone",
            what=f"{item.type} {item.id} is managed as {named(item.urn)}, and "
            + (f"was deleted ({kept})" if kept else "does not exist")
            + ". Look first whether the list is whole, and who has deleted it: the refresh takes it out of the state, "
            "and the next `pulumi up` makes a new one, without what it held.",
            commands=(*description(item.type, item.id, item.said, region), _refresh(stack, item.urn)),
        )
