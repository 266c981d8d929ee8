"""The commands `baseline recover` and `baseline retire`: they read and print, and change nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from baseline.surfaces.terminal import say, write

if TYPE_CHECKING:
    from baseline.graph import Graph
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
        typer.Option("--live", metavar="FILE", help="What exists in the clouds: docs/recovery.md has how to list it."),
    ] = None,
    preview: Annotated[
        str | None,
        typer.Option("--preview", metavar="FILE", help="What the program wants, where it is not Python."),
    ] = None,
    imports: Annotated[
        Path | None,
        typer.Option("--imports", metavar="FILE", help="Write all imports there, for one `pulumi import --file FILE`."),
    ] = None,
) -> None:
    """Say what a failed or killed deployment has left behind, and the exact commands that recover from it.

    Names the lock, each operation that was begun and never ended, and each thing that exists and no state knows.
    Changes nothing by itself. Exit code 0: nothing to recover from, 1: something, 2: bad input.

    [bold]Examples[/bold]

      baseline recover hetzner-de --live live.json

      baseline recover hetzner-de --live live.json --imports imports.json
    """
    from baseline.recovery import import_file
    from baseline.reports import unfinished as reports
    from baseline.sources import files, unfinished
    from baseline.sources import state as states
    from baseline.sources.project import open_project

    own = open_project(project)
    deployed = states.read(state or stack, _exported(own, stack, state))
    existing = unfinished.live_list(live, files.read(live)) if live else None
    backend = _backend(own)
    locks, otherwise = unfinished.locks(backend, own.name, stack)
    from baseline.recovery import recover as find

    found = find(
        stack,
        unfinished.managed(deployed),
        unfinished.begun(deployed),
        locks,
        existing,
        _wanted(own, stack, preview) if existing else None,
    )
    remarks = [f"Whether the stack is locked only its backend knows: {otherwise}"] if otherwise else []
    if existing is None:
        remarks.append(
            "Without --live nobody knows what exists beside the state: docs/recovery.md says how to list it."
        )
    if imports is not None:
        import msgspec

        write(msgspec.json.format(msgspec.json.encode(import_file(found)), indent=2) + b"\n", imports)
    say(reports.troubles(stack, found, "\n".join(remarks)), None)
    raise typer.Exit(1 if found else 0)


def retire(stack: StackArgument, project: ProjectOption = Path(), state: StateOption = None) -> None:
    """Say how to end a deployed stack: which protections to lift, by which commands, and what the clouds will keep.

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
    content = _exported(own, stack, state)
    graph = states.graph(state or stack, content, Sites(own.program_folder))
    ids = {record.urn: record.id for record in states.read(state or stack, content).records}
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


def _wanted(own: Project, stack: str, preview: str | None) -> Graph | None:
    """What the program registers, by which an orphan is known again: recorded, or as a preview shows it."""
    from baseline.sources import files, sdk
    from baseline.sources import preview as previews
    from baseline.sources.recorder import record
    from baseline.sources.sites import Sites

    if preview is not None:
        return previews.graph(preview, files.read(preview), Sites(own.program_folder))
    if own.runtime != "python":
        return None
    sdk.warm(own.folder)
    return record(own, stack)
