"""`pulumi import`: one thing by its own command, or all of them by a file."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import Any

import msgspec

from baseline.estate.facts.imports import import_id
from baseline.graph import Resource
from baseline.recovery.records import Existing, Import, Trouble


def entry(thing: Existing, resource: Resource) -> Import:
    """A thing as what the program calls it. Raises NoImport."""
    return Import(
        type=thing.type,
        name=resource.name,
        id=import_id(thing.type, thing.id, thing.said),
        parent=resource.parent or None,
        provider=resource.provider or None,
        protect=resource.protect,
    )


def command(stack: str, wanted: Import) -> str:
    """The command that imports one thing."""
    words = [*_words(stack, protect=wanted.protect)]
    for option, urn in (("--parent", wanted.parent), ("--provider", wanted.provider)):
        words += [option, f"{option[2:]}={urn}"] if urn else []
    return shlex.join([*words, wanted.type, wanted.name, wanted.id])


def command_of_file(stack: str, file: str, *, protect: bool) -> str:
    """The command that imports all that stands in a file."""
    return shlex.join([*_words(stack, protect=protect), "--file", file])


def _words(stack: str, *, protect: bool) -> tuple[str, ...]:
    said = f"--protect={str(protect).lower()}"
    return ("pulumi", "import", "--yes", "--generate-code=false", said, "--stack", stack)


def component(resource: Resource) -> Import:
    """A component as an entry: `pulumi import` makes it, and asks no cloud."""
    return Import(
        type=resource.type,
        name=resource.urn,
        logical_name=resource.name,
        component=True,
        parent=resource.parent or None,
    )


def import_file(troubles: Iterable[Trouble], *, protect: bool | None = None) -> dict[str, Any]:
    """All imports as the one document that `pulumi import --file` reads; its names stand for URNs.

    `protect` leaves those that are imported with this `--protect`, since the command knows one for a whole file; that
    of what is not protected comes first, and makes the components.
    """
    entries = [each for trouble in troubles for each in trouble.imports if protect in (None, each.protect)]
    made = {each.name for each in entries if each.component}
    urns = sorted({urn for each in entries for urn in (each.parent, each.provider) if urn} | made)
    names = {urn: f"urn{number}" for number, urn in enumerate(urns)}
    renamed = [
        msgspec.structs.replace(
            each,
            name=names[each.name] if each.component else each.name,
            parent=names[each.parent] if each.parent else None,
            provider=names[each.provider] if each.provider else None,
            protect=False,
        )
        for each in entries
    ]
    return {
        "nameTable": {name: urn for urn, name in names.items() if urn not in made},
        "resources": [msgspec.to_builtins(each) for each in renamed],
    }
