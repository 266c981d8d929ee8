"""The commands `baseline recover` and `baseline retire`: they read and print, and change nothing."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from baseline.surfaces.terminal import Format, say, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from baseline.graph import Graph
    from baseline.recovery import Existing, Managed, Trouble
    from baseline.sources.project import Project

StackArgument = Annotated[str, typer.Argument(metavar="STACK", help="The stack.")]
ProjectOption = Annotated[
    Path, typer.Option("--project", metavar="DIR", help="Folder of the project: where Pulumi.yaml is.", file_okay=False)
]
StateOption = Annotated[
    str | None,
    typer.Option("--state", metavar="FILE", help="What `pulumi stack export` wrote; without it, it is run here."),
]


def recover(
    stack: StackArgument,
    project: ProjectOption = Path(),
    state: StateOption = None,
    live: Annotated[
        str | None,
        typer.Option("--live", metavar="FILE", help="What exists in the clouds; without it, how to list that is said."),
    ] = None,
    preview: Annotated[
        str | None,
        typer.Option("--preview", metavar="FILE", help="What the program wants, where it is not Python."),
    ] = None,
    imports: Annotated[
        Path | None,
        typer.Option(
            "--imports",
            metavar="FILE",
            help="Write all imports there, for `pulumi import --file`; those of protected resources beside it.",
        ),
    ] = None,
    unlocked: Annotated[
        bool,
        typer.Option("--unlocked", help="You have looked: nobody holds the lock, where only its backend can say so."),
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="For a person, or for a program.")] = Format.text,
) -> None:
    """Say what a failed or killed deployment has left behind, and the exact commands that recover from it.

    Names the lock, what has to be listed first, each operation that was begun and never ended, each thing that exists
    and no state knows, and each that is managed and does not exist. Changes nothing by itself. Exit code 0: nothing to
    recover from, 1: something, or nobody can know (a type that nobody has listed, a lock that only its backend shows),
    2: bad input.

    [bold]Examples[/bold]

      baseline recover hetzner-de

      baseline recover hetzner-de --live live.json

      baseline recover hetzner-de --live live.json --imports imports.json
    """
    from baseline.recovery import recover as find
    from baseline.reports import unfinished as reports
    from baseline.sources import files, unfinished
    from baseline.sources import state as states
    from baseline.sources.project import open_project

    own = open_project(project)
    file = state or stack
    deployed = states.read(file, _exported(own, stack, state))
    _belongs(own, stack, file, deployed.owner)
    existing = unfinished.live_list(live, files.read(live)) if live else None
    locks, otherwise = unfinished.locks(_backend(own), own.name, stack, own.folder)
    wanted, unrecorded = _wanted(own, stack, preview)
    managed = unfinished.managed(deployed)
    found = find(stack, managed, unfinished.begun(deployed), locks, existing, wanted)
    unknown = [f"Whether the stack is locked only its backend knows: {otherwise}"] if otherwise and not unlocked else []
    unknown += [unrecorded] if unrecorded else []
    if imports is not None:
        found = _in_files(stack, found, imports)
    remarks = _unlisted(stack, managed, existing)
    if format_ is Format.json:
        write(reports.document(stack, found, unknown, remarks), None)
    else:
        say(reports.troubles(stack, found, unknown, remarks), None)
    raise typer.Exit(1 if found or unknown else 0)


def _unlisted(stack: str, managed: Sequence[Managed], existing: Sequence[Existing] | None) -> list[str]:
    """A remark on what the state manages and the list does not cover: whether that still exists was not asked."""
    from baseline.recovery import can_be_lost

    listed = {thing.type for thing in existing or ()}
    count = len({item.type for item in managed if can_be_lost(item.type)} - listed)
    remark = (
        f"Of {count} types that the state manages nothing is listed, so whether those still exist was not asked: "
        f"`pulumi refresh --preview-only --stack {shlex.quote(stack)}` asks, and changes nothing."
    )
    return [remark] if count else []


def _in_files(stack: str, found: list[Trouble], path: Path) -> list[Trouble]:
    """Writes all imports, those of protected resources to a file of their own; two commands stand for all of theirs."""
    import msgspec

    from baseline.recovery import Trouble, command_of_file, import_file

    commands = []
    for file, protect in ((path, False), (path.with_suffix(f".protected{path.suffix}"), True)):
        document = import_file(found, protect=protect)
        if document["resources"]:
            write(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n", file)
            commands.append(command_of_file(stack, str(file), protect=protect))
        else:
            file.unlink(missing_ok=True)  # one of an earlier time would import what is long in the state
    if not commands:
        return found
    bare = [
        msgspec.structs.replace(each, commands=()) if each.kind == "orphan" and each.imports else each for each in found
    ]
    last = max(index for index, each in enumerate(found) if each.imports)
    whole = Trouble(
        kind="import",
        what="All of the above that was made for something, and the components that it needs.",
        commands=tuple(commands),
    )
    return [*bare[: last + 1], whole, *bare[last + 1 :]]


def _belongs(own: Project, stack: str, file: str, owner: tuple[str, str] | None) -> None:
    """Raises BadInput for the state of another project or stack."""
    from baseline.sources.files import called
    from baseline.sources.project import BadInput

    if owner is not None and owner != (own.name, stack.rpartition("/")[2]):
        raise BadInput(
            f"{called(file)}: is the state of stack {owner[1]} of project {owner[0]}, "
            f"and not of {stack} of {own.name}. Write it with `pulumi stack export --stack {stack} --file FILE`."
        )


def retire(stack: StackArgument, project: ProjectOption = Path(), state: StateOption = None) -> None:
    """Say how to end a deployed stack: which data goes with it, which protections to lift, and what the clouds keep.

    Changes nothing by itself.

    [bold]Example[/bold]

      baseline retire hetzner-de
    """
    from baseline.reports import unfinished as reports
    from baseline.retirement import retire as steps
    from baseline.sources import state as states
    from baseline.sources.project import open_project
    from baseline.sources.sites import Sites

    own = open_project(project)
    file = state or stack
    deployed = states.read(file, _exported(own, stack, state))
    graph = states.shown(file, deployed, Sites(own.program_folder))
    _belongs(own, stack, file, deployed.owner)
    ids = {record.key: record.id for record in deployed.records}
    say(reports.steps(stack, steps(graph, ids)), None)


def _exported(own: Project, stack: str, state: str | None) -> bytes:
    """The state: from the file, or from Pulumi itself, which only reads for it. Raises BadInput."""
    from baseline.sources import files
    from baseline.sources.project import BadInput

    if state is not None:
        return files.read(state)
    pulumi = shutil.which("pulumi")
    if pulumi is None:
        raise BadInput("there is no pulumi on PATH: name a state that `pulumi stack export` wrote with --state FILE.")
    done = subprocess.run(
        [pulumi, "stack", "export", "--stack", stack, "--non-interactive"],
        cwd=own.folder,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise BadInput(f"pulumi stack export --stack {stack}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _backend(own: Project) -> str:
    """Where the state is kept: as Pulumi finds it, by variable, project, or the login of this user."""
    said = os.environ.get("PULUMI_BACKEND_URL") or own.backend
    pulumi = shutil.which("pulumi")
    if said or pulumi is None:
        return said or ""
    done = subprocess.run([pulumi, "whoami", "--json"], cwd=own.folder, capture_output=True, check=False)
    import msgspec

    try:
        answer: Any = msgspec.json.decode(done.stdout)
    except msgspec.DecodeError:
        return ""
    return str(answer.get("url", "")) if isinstance(answer, dict) else ""


def _wanted(own: Project, stack: str, preview: str | None) -> tuple[Graph | None, str]:
    """(what the program registers, by which an orphan is known again; why nobody knows that).

    Recorded, or as a preview shows it. A program that fails is no reason to say nothing of what exists.
    """
    from baseline.sources import files, sdk
    from baseline.sources import preview as previews
    from baseline.sources.project import BadInput
    from baseline.sources.recorder import ProgramFailed, record
    from baseline.sources.sites import Sites

    if preview is not None:
        return previews.graph(preview, files.read(preview), Sites(own.program_folder)), ""
    if own.runtime != "python":
        return (
            None,
            "The program is not Python: what it wants, and what has to be listed, is known only with --preview.",
        )
    try:
        sdk.warm(own.folder)
        return record(own, stack), ""
    except (BadInput, ProgramFailed) as error:
        return None, f"The program cannot be recorded, so nobody knows what has to be listed: {error}"
