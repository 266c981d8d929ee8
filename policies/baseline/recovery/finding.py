"""What is unfinished after a deployment that failed or was cut off, and the commands that finish it.

Pulumi knows what it has begun; only the cloud knows what came of it. A create whose answer was lost leaves a thing that
no state names: the next `up` would make a second one. So both are laid side by side, and nothing is done here.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from baseline.estate.facts.autonames import is_made_up
from baseline.estate.facts.consoles import blanks, deletion, description, lifting
from baseline.estate.facts.imports import SETTINGS, NoImport, import_id
from baseline.graph import Graph, Resource, named
from baseline.recovery.records import Begun, Existing, Import, Lock, Managed, Trouble


def recover(
    stack: str,
    managed: Sequence[Managed],
    begun: Sequence[Begun],
    locks: Sequence[Lock],
    existing: Sequence[Existing] | None,
    declared: Graph | None,
) -> list[Trouble]:
    """Everything to recover from, in the order in which it has to be done. None exists: nobody asked the cloud."""
    found = [_locked(stack, lock) for lock in locks]
    found += _loose(stack, managed, begun, existing or (), declared)
    found += _pending(stack, managed, begun, None if existing is None else {thing.type for thing in existing})
    found += _partial(stack, managed, existing or ())
    found += _gone(stack, managed, existing or (), declared)
    return [msgspec.structs.replace(trouble, what=trouble.what + blanks(trouble.commands)) for trouble in found]


def _locked(stack: str, lock: Lock) -> Trouble:
    return Trouble(
        kind="lock",
        what=f"{lock.username or 'somebody'} on {lock.hostname or 'some machine'} (process {lock.pid or 'unknown'}) "
        f"holds the stack's lock since {lock.timestamp or 'an unknown time'}: {lock.file}. Where that process still "
        "runs, wait for it.",
        commands=(f"pulumi cancel --yes --stack {shlex.quote(stack)}",),
    )


def _loose(
    stack: str,
    managed: Sequence[Managed],
    begun: Sequence[Begun],
    existing: Sequence[Existing],
    declared: Graph | None,
) -> Iterator[Trouble]:
    ids = {(item.type, item.id) for item in managed}
    alive = _alive(existing)
    urns = {item.urn: item for item in managed if not item.waiting}
    wanted = {urn: resource for urn, resource in _registered(begun, declared).items() if urn not in urns}
    loose = [thing for thing in existing if thing.id and not thing.kept and (thing.type, thing.id) not in ids]
    meant = [None if thing.urn in urns else _meant(thing, wanted) for thing in loose]
    claims = Counter(resource.urn for resource in meant if resource)
    for thing, resource in zip(loose, meant, strict=True):
        kept = urns.get(thing.urn or "")
        region = _region(thing.type, thing.said, resource or _of(declared, thing.urn or ""), declared)
        if kept is not None:
            found = _duplicate(thing, kept, region) if (kept.type, kept.id) in alive else _beside(thing, kept, region)
        elif resource is not None and claims[resource.urn] > 1:
            found = _contested(thing, resource, claims[resource.urn], region)
        else:
            found = _orphan(stack, thing, resource, region)
        yield found


def _alive(existing: Sequence[Existing]) -> set[tuple[str, str]]:
    return {(thing.type, thing.id) for thing in existing if not thing.kept}


def _registered(begun: Sequence[Begun], declared: Graph | None) -> dict[str, Resource]:
    """What the program registers, by URN; of what was being created, else what the engine had written down."""
    found = {
        item.urn: Resource(
            urn=item.urn,
            type=item.type,
            name=named(item.urn),
            inputs=item.inputs,
            parent=item.parent,
            provider=item.provider,
            protect=item.protect,
        )
        for item in begun
        if item.operation == "creating"
    }
    return {**found, **{resource.urn: resource for resource in declared or () if resource.custom}}


def _of(declared: Graph | None, urn: str) -> Resource | None:
    return declared.by_urn.get(urn) if declared else None


def _region(type_: str, said: Mapping[str, Any], resource: Resource | None, declared: Graph | None) -> str:
    """Of a thing on AWS, where it is: by its own words, else by its provider; `""` where nobody says."""
    provider = _of(declared, resource.provider) if resource else None
    zone, arn = said.get("availabilityZone"), str(said.get("arn") or "").split(":")
    words = (
        said.get("region"),
        zone[:-1] if isinstance(zone, str) else "",
        arn[3] if len(arn) > 3 else "",
        provider.inputs.get("region") if provider else "",
    )
    return next((word for word in words if isinstance(word, str) and word), "") if type_.startswith("aws:") else ""


def _meant(thing: Existing, wanted: Mapping[str, Resource]) -> Resource | None:
    """The one registration that it was made for: by its URN, else by its name; never one of several."""
    if thing.urn:
        return wanted.get(thing.urn)
    own = {str(value) for key in _NAMES if (value := thing.inputs.get(key))} | {thing.name}
    fitting = [
        resource
        for resource in wanted.values()
        if resource.type == thing.type and any(_called(resource, name) for name in own if name)
    ]
    return fitting[0] if len(fitting) == 1 else None


_NAMES = ("name", "bucket", "identifier")


def _called(resource: Resource, name: str) -> bool:
    """Whether a physical name is the one declared, or one that the provider makes up from the program's."""
    said = next((resource.inputs[key] for key in _NAMES if key in resource.inputs), None)
    return said == name if isinstance(said, str) else is_made_up(name, resource.name)


def _look(thing: Existing, region: str) -> tuple[str, ...]:
    return description(thing.type, thing.id, thing.said, region)


def _words(thing: Existing) -> str:
    return f"{thing.type} {thing.id} ({thing.name or 'without a name'}) exists, and the state does not know it"


def _orphan(stack: str, thing: Existing, meant: Resource | None, region: str) -> Trouble:
    try:
        entry = _entry(thing, meant)
    except NoImport as error:
        made_for = f" It was made for {meant.name}." if meant else ""
        return Trouble(
            kind="orphan",
            what=f"{_words(thing)}.{made_for} Nothing imports it: {error}.",
            commands=_look(thing, region),
        )
    if meant is None:
        return Trouble(
            kind="orphan",
            what=f"{_words(thing)}. Nobody can tell which resource of the program it was made for, and it may be "
            "another stack's or a person's: look at it in the cloud. Only what this stack has made is imported, under "
            "the name that it belongs to, or deleted there.",
            commands=(*_look(thing, region), _import(stack, entry, "NAME")),
        )
    return Trouble(
        kind="orphan",
        what=f"{_words(thing)}. It was made for {meant.name}.",
        commands=(_import(stack, entry, meant.name),),
        imports=(entry,),
    )


def _contested(thing: Existing, meant: Resource, claims: int, region: str) -> Trouble:
    return Trouble(
        kind="orphan",
        what=f"{_words(thing)}. It is one of {claims} that may have been made for {meant.name}, and nobody guesses "
        "which: look into each, import the one that holds what is wanted, and delete the others by hand.",
        commands=_look(thing, region),
    )


def _beside(thing: Existing, kept: Managed, region: str) -> Trouble:
    return Trouble(
        kind="orphan",
        what=f"{_words(thing)}. The state manages {kept.id} as {named(kept.urn)}, which does not exist: this may be "
        f"the only {named(kept.urn)} left, so never delete it. Look into it, settle what is gone (below), and ask "
        "again: it is imported then.",
        commands=_look(thing, region),
    )


def _entry(thing: Existing, meant: Resource | None) -> Import:
    """Raises NoImport."""
    return Import(
        type=thing.type,
        name=meant.name if meant else "NAME",
        id=import_id(thing.type, thing.id, thing.said),
        parent=(meant.parent or None) if meant else None,
        provider=(meant.provider or None) if meant else None,
        # Of what nobody knows again, protection is the error that deletes nothing.
        protect=meant.protect if meant else True,
    )


def _import(stack: str, entry: Import, name: str) -> str:
    words = ["pulumi", "import", "--yes", "--generate-code=false", _protect(entry.protect), "--stack", stack]
    for option, urn in (("--parent", entry.parent), ("--provider", entry.provider)):
        words += [option, f"{option[2:]}={urn}"] if urn else []
    return shlex.join([*words, entry.type, name, entry.id])


def _protect(protect: bool) -> str:
    return f"--protect={str(protect).lower()}"


def _duplicate(thing: Existing, kept: Managed, region: str) -> Trouble:
    look = _look(thing, region)
    remove = deletion(thing.type, thing.id, thing.said, region) if look else ()
    return Trouble(
        kind="duplicate",
        what=f"{thing.type} {thing.id} is a second {named(kept.urn)}: the state manages {kept.id}, which exists. "
        "Look into it first; only where it holds nothing, lift its protection and delete it.",
        commands=(*look, *(lifting(thing.type, thing.id, region) if remove else ()), *remove),
    )


def _pending(
    stack: str, managed: Sequence[Managed], begun: Sequence[Begun], covered: set[str] | None
) -> Iterator[Trouble]:
    """One for each operation. The last bears the command, which settles all of them at once."""
    settle = _settle(stack, managed, begun)
    unasked = [_unasked(item, covered) for item in begun]
    lost = any(item.operation == "creating" and missing for item, missing in zip(begun, unasked, strict=True))
    for index, item in enumerate(begun):
        what = f"{item.operation} {item.urn} was begun, and nobody knows whether it happened"
        if item.operation == "creating" and unasked[index]:
            what += (
                f": give the live list with --live, and all of {item.type} in it, or what it made would be forgotten "
                f'({{"type": "{item.type}", "id": ""}} says that there is none)'
            )
        yield Trouble(kind="pending", what=f"{what}.", commands=() if lost or index < len(begun) - 1 else (settle,))


def _unasked(item: Begun, covered: set[str] | None) -> bool:
    """Whether it would exist in a cloud, and nobody has listed its type there."""
    return item.custom and not _own(item.type) and (covered is None or item.type not in covered)


def _own(type_: str) -> bool:
    """Whether a type is Pulumi's own, such as a provider, which exists in no cloud."""
    return type_.startswith("pulumi:")


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


def _partial(stack: str, managed: Sequence[Managed], existing: Sequence[Existing]) -> Iterator[Trouble]:
    """What its provider could not finish. Unless it is read again, the next `up` may take it for done.

    Source: the engine's open issue 21458, "Run Read before Diff/Update for resources with init errors", and the empty
    update that it makes of such a resource (pkg/resource/deploy/step_generator.go, v3.259.0); read 2026-11-26.
    """
    missing = _missing(existing)
    for item in managed:
        if item.errors and not item.waiting and not missing(item):
            yield Trouble(
                kind="partial",
                what=f"{item.type} {item.id} is managed as {named(item.urn)}, and was not finished: "
                f"{'; '.join(item.errors)}. Mend the cause first. The refresh reads what is there, so that the next "
                "preview shows what is missing; what is done only at creation no `up` makes up for.",
                commands=(_refresh(stack, item.urn),),
            )


def _missing(existing: Sequence[Existing]) -> Callable[[Managed], bool]:
    """Whether the live list covers the type of what is managed, and does not have it."""
    alive, covered = _alive(existing), {thing.type for thing in existing} - SETTINGS
    return lambda item: item.type in covered and (item.type, item.id) not in alive


def _refresh(stack: str, urn: str) -> str:
    return shlex.join(["pulumi", "refresh", "--yes", "--skip-preview", "--stack", stack, "--target", urn])


def _gone(
    stack: str, managed: Sequence[Managed], existing: Sequence[Existing], declared: Graph | None
) -> Iterator[Trouble]:
    """What the state manages, of the types that the list covers, and the cloud does not have."""
    why = {(thing.type, thing.id): thing.kept for thing in existing if thing.kept}
    missing = _missing(existing)
    for item in managed:
        # What waits for its deletion is deleted by the next `up`, to which it is no error that it does not exist.
        if item.waiting or not item.id or not missing(item) or _own(item.type):
            continue
        kept = why.get((item.type, item.id))
        region = _region(item.type, {}, _of(declared, item.urn), declared)
        yield Trouble(
            kind="gone",
            what=f"{item.type} {item.id} is managed as {named(item.urn)}, and "
            + (f"was deleted ({kept})" if kept else "does not exist")
            + ". Look first whether the list is whole, and who has deleted it: the refresh takes it out of the state, "
            "and the next `pulumi up` makes a new one, without what it held.",
            commands=(*description(item.type, item.id, {}, region), _refresh(stack, item.urn)),
        )


def import_file(troubles: Iterable[Trouble], *, protect: bool | None = None) -> dict[str, Any]:
    """All imports as the one document that `pulumi import --file` reads; its names stand for URNs.

    `protect` leaves those that are imported with this `--protect`, since the command knows one for a whole file.
    """
    entries = [entry for trouble in troubles for entry in trouble.imports if protect in (None, entry.protect)]
    urns = sorted({urn for entry in entries for urn in (entry.parent, entry.provider) if urn})
    names = {urn: f"urn{number}" for number, urn in enumerate(urns)}
    renamed = [
        msgspec.structs.replace(
            entry,
            parent=names[entry.parent] if entry.parent else None,
            provider=names[entry.provider] if entry.provider else None,
            protect=False,
        )
        for entry in entries
    ]
    return {
        "nameTable": {name: urn for urn, name in names.items()},
        "resources": [msgspec.to_builtins(entry) for entry in renamed],
    }
