"""The Graph of every declared environment, recorded once a test run, however many processes take part in it."""

from __future__ import annotations

import fcntl
import os
import tempfile
from functools import lru_cache, partial
from pathlib import Path

from baseline.estate import Estate
from baseline.estate.build import build
from baseline.estate.terms import Terms
from baseline.graph import Graph, decode, encode
from baseline.sources import sdk
from baseline.sources.declared import load
from baseline.sources.project import Project, open_project
from baseline.sources.recorder import record
from baseline.surfaces.workers import run_all

REPOSITORY = Path(__file__).resolve().parent.parent


def recorded(folder: Path, *stacks: str) -> dict[str, Graph]:
    """The Graphs of a project's stacks (all by default), each recorded in a process of its own."""
    project = open_project(folder)
    sdk.warm(folder)
    graphs = {}
    for outcome in run_all(partial(_record, project), stacks or project.stacks):
        assert not outcome.exit_code, outcome.message
        graphs[outcome.stack] = decode(outcome.payload)
    return dict(sorted(graphs.items()))


def _record(project: Project, stack: str) -> bytes:
    return encode(record(project, stack))


@lru_cache(maxsize=1)
def graphs() -> dict[str, Graph]:
    """The Graphs of this repository's environments."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return recorded(REPOSITORY)
    folder = Path(tempfile.gettempdir()) / f"recordings-{run}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            for stack, graph in recorded(REPOSITORY).items():
                (folder / f"{stack}.json").write_bytes(encode(graph))
            (folder / "complete").touch()
    return {path.stem: decode(path.read_bytes()) for path in sorted(folder.glob("*.json"))}


def terms(stack: str) -> Terms:
    """What the auditors declared for a stack of this repository."""
    return load(REPOSITORY).terms(stack)


@lru_cache(maxsize=8)
def estate(stack: str) -> Estate:
    """The Estate of one environment."""
    return build(graphs()[stack], terms(stack))
