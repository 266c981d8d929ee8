"""The documented recovery, done by the book: what `baseline recover` says is run, to the letter, and nothing else."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Sequence

import msgspec

from baseline.graph import Graph
from baseline.recovery import Existing, Trouble, command_of_file, import_file, recover
from baseline.sources import state as states
from baseline.sources import unfinished
from tests.engine.clouds.ledger import entries, living
from tests.engine.listing import listed
from tests.engine.operator import Operator
from tests.recordings import REPOSITORY

PROJECT = "shop-connections"
HOLDS = {
    *("Bucket", "Instance", "Key", "LogGroup", "Server", "StorageBox", "Topic", "Vault", "Volume", "Zone"),
}
"""Types (by their last word) that hold data, backups, keys, logs or names."""


def troubles(operator: Operator, stack: str, declared: Graph) -> list[Trouble]:
    """What `baseline recover` finds on a desk, once the backend can be read again (docs/recovery.md) and all is listed.

    It is asked twice, as a person would: first without a list, then with what its own commands have listed.
    """
    for file in (operator.folder / "backend").rglob("*.attrs"):
        if file.stat().st_size == 0:
            file.unlink()
    state = states.read("state", json.dumps(operator.export(stack)).encode())
    locks, _ = unfinished.locks(f"file://{operator.folder}/backend", PROJECT, stack)

    def found(existing: Sequence[Existing] | None) -> list[Trouble]:
        return recover(stack, unfinished.managed(state), unfinished.begun(state), locks, existing, declared)

    commands = (command for each in found(None) if each.kind == "unasked" for command in each.commands)
    existing = listed(living(operator.cloud), commands)
    now = found(existing)
    assert [each for each in now if each.kind == "unasked"] == []
    return now


def recovered(operator: Operator, stack: str, declared: Graph) -> list[Trouble]:
    """Recovers by the book until nothing is left; all that was found on the way. AssertionError where it never ends."""
    found: list[Trouble] = []
    now: list[Trouble] = []
    for _ in range(4):
        now = troubles(operator, stack, declared)
        if not now:
            return found
        found += now
        _run(operator, stack, now)
    raise AssertionError("\n".join(("the recovery does not end:", *(each.what for each in now))))


def _run(operator: Operator, stack: str, now: list[Trouble]) -> None:
    for trouble in now:
        if trouble.kind in ("lock", "parents"):
            _commands(operator, trouble)
    for protect in (False, True):
        document = import_file(now, protect=protect)
        if document["resources"]:
            file = operator.folder / "imports.json"
            file.write_bytes(msgspec.json.encode(document))
            _, *words = shlex.split(command_of_file(stack, str(file), protect=protect))
            operator.must(*words, "--skip-preview")
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
