"""The documented recovery, done by the book: what `baseline recover` says is run, to the letter, and nothing else."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys

import msgspec

from baseline.estate.facts.imports import SETTINGS
from baseline.graph import Graph
from baseline.recovery import Existing, Trouble, import_file, recover
from baseline.sources import state as states
from baseline.sources import unfinished
from tests.engine.clouds.ledger import entries, living
from tests.engine.operator import Operator
from tests.recordings import REPOSITORY

PROJECT = "shop-connections"
HOLDS = {
    *("Bucket", "Instance", "Key", "LogGroup", "Server", "StorageBox", "Topic", "Vault", "Volume", "Zone"),
}
"""Types (by their last word) that hold data, backups, keys, logs or names."""


def troubles(operator: Operator, stack: str, declared: Graph) -> list[Trouble]:
    """What `baseline recover` finds on a desk, once the backend can be read again (docs/recovery.md)."""
    for file in (operator.folder / "backend").rglob("*.attrs"):
        if file.stat().st_size == 0:
            file.unlink()
    state = states.read("state", json.dumps(operator.export(stack)).encode())
    existing = [msgspec.convert(thing, Existing, from_attributes=True) for thing in living(operator.cloud)]
    # The whole cloud is listed: of each type of the program that it does not show, there is none.
    existing += [Existing(type=type_, id="") for type_ in sorted({each.type for each in declared if each.custom})]
    locks, _ = unfinished.locks(f"file://{operator.folder}/backend", PROJECT, stack)
    return recover(stack, unfinished.managed(state), unfinished.begun(state), locks, existing, declared)


def recovered(operator: Operator, stack: str, declared: Graph) -> list[Trouble]:
    """Recovers by the book until nothing is left; all that was found on the way. AssertionError where it never ends."""
    found: list[Trouble] = []
    for _ in range(4):
        now = troubles(operator, stack, declared)
        if all(trouble.kind == "orphan" and is_setting(trouble) for trouble in now):
            return found
        found += now
        _run(operator, stack, now)
    raise AssertionError(f"the recovery does not end: {found}")


def is_setting(trouble: Trouble) -> bool:
    """A setting of a region: nothing imports it, and the next `up` sets it again."""
    return not trouble.imports and trouble.what.split()[0] in SETTINGS


def _run(operator: Operator, stack: str, now: list[Trouble]) -> None:
    for trouble in now:
        if trouble.kind == "lock":
            _commands(operator, trouble)
    for protect in (False, True):
        document = import_file(now, protect=protect)
        if document["resources"]:
            file = operator.folder / "imports.json"
            file.write_bytes(msgspec.json.encode(document))
            options = ("--yes", "--skip-preview", "--generate-code=false", f"--protect={str(protect).lower()}")
            operator.must("import", "--file", str(file), *options, "--stack", stack)
    for trouble in now:
        if trouble.kind in ("duplicate", "pending", "partial", "gone"):
            _commands(operator, trouble)


def _commands(operator: Operator, trouble: Trouble) -> None:
    for command in trouble.commands:
        tool, *words = shlex.split(command)
        if tool == "pulumi":
            operator.must(*words)
        else:
            console(operator, tool, *words)


def console(operator: Operator, *command: str) -> None:
    """One command of a cloud's own command line. AssertionError where the cloud refuses it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.clouds", "console", str(operator.cloud), "--", *command],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{shlex.join(command)}: {done.stderr}"


def agrees(operator: Operator, stack: str) -> None:
    """The state manages what exists, each thing once; nothing that holds data was deleted or replaced on the way.

    What the program gives no name is made anew after its import: the provider does not know its own name in it again.
    """
    managed = {
        (resource["type"], resource["id"])
        for resource in operator.export(stack)["deployment"]["resources"]
        if resource["type"].startswith(("aws:", "hcloud:"))
    }
    things = living(operator.cloud)
    existing = {(thing.type, thing.id) for thing in things}
    assert managed == existing, (managed - existing, existing - managed)
    assert len({thing.urn for thing in things}) == len(existing), "something exists twice"
    gone = {entry.thing.type.rpartition(":")[2] for entry in entries(operator.cloud) if entry.operation == "delete"}
    assert gone & HOLDS == set(), "data was deleted on the way"
