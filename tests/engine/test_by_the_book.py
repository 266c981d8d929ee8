"""The recovery of docs/recovery.md in a real shell: what `baseline recover` prints is run as it stands."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.engine import commands
from tests.engine.clouds.ledger import entries
from tests.engine.operator import Operator
from tests.engine.recovering import agrees
from tests.engine.test_faults import SEED, cut_off
from tests.recordings import REPOSITORY

ROUNDS = 8


def told(operator: Operator, stack: str, *options: str) -> list[dict[str, Any]]:
    """What `baseline recover` says that there is to do, on the desk's own shell."""
    done = shell(
        operator, "baseline", "recover", stack, "--project", str(operator.project), "--format", "json", *options
    )
    assert done.returncode in (0, 1), done.stderr
    said = json.loads(done.stdout)
    assert said["unknown"] == []
    assert (done.returncode == 0) == (said["troubles"] == [])
    found: list[dict[str, Any]] = said["troubles"]
    return found


def shell(operator: Operator, *words: str) -> subprocess.CompletedProcess[str]:
    """One command in the project's folder."""
    environment = commands.environment(operator)
    return subprocess.run(words, cwd=operator.project, env=environment, capture_output=True, text=True, check=False)


def recovered(operator: Operator, stack: str) -> list[str]:
    """Asks, lists, asks again and runs what is printed, until there is nothing; the kinds of all that was found."""
    kinds: list[str] = []
    troubles: list[dict[str, Any]] = []
    for _ in range(ROUNDS):
        troubles = told(operator, stack)
        if any(each["kind"] == "unasked" for each in troubles):
            run(operator, [each for each in troubles if each["kind"] in ("lock", "unasked")])
            troubles = told(operator, stack, "--live", "live.json", "--imports", "imports.json")
            assert not any(each["kind"] == "unasked" for each in troubles)
        kinds += [each["kind"] for each in troubles]
        if not troubles:
            return kinds
        run(operator, troubles)
    raise AssertionError(f"it does not end: {troubles}")


def run(operator: Operator, troubles: list[dict[str, Any]]) -> None:
    """Each printed command, to the letter."""
    for command in (each for trouble in troubles for each in trouble.get("commands", ())):
        done = shell(operator, "bash", "-e", "-o", "pipefail", "-c", command)
        errors = [line for line in (done.stdout + done.stderr).splitlines() if "error" in line]
        assert done.returncode == 0, "\n".join((command, *errors, done.stderr))


@pytest.mark.parametrize("stack", ["hetzner-de", "aws-us"])
def test_a_lost_state(operator: Operator, stack: str) -> None:
    """All that exists is taken in again under its own name; the next `up` deletes nothing that holds data."""
    operator.init(stack)
    assert operator.up(stack, "--skip-preview").code == 0
    made = len(entries(operator.cloud))
    operator.must("stack", "rm", "--yes", "--force", "--preserve-config", "--stack", stack)
    operator.must("stack", "init", stack)
    kinds = recovered(operator, stack)
    assert kinds.count("parents") == 1
    assert kinds.count("orphan") > 30
    assert {entry.operation for entry in entries(operator.cloud)[made:]} <= {"update"}
    done = operator.up(stack, "--skip-preview")
    assert done.code == 0, done.said
    assert told(operator, stack) == []
    agrees(operator, stack)


def test_a_deployment_that_was_killed(operator: Operator) -> None:
    """From the lock to the last orphan."""
    cut_off(operator, "dev", random.Random(SEED + 77))
    recovered(operator, "dev")
    done = operator.up("dev", "--skip-preview")
    assert done.code == 0, done.said
    assert told(operator, "dev") == []
    agrees(operator, "dev")


def test_a_desk_to_rehearse_at(tmp_path: Path) -> None:
    """A shell in which the engine, the clouds' command lines and `baseline` are what they are in the tests."""
    lists = "hcloud server list -o json; aws s3api list-buckets --output json"
    script = f"pulumi stack init dev && baseline recover dev; {lists}"
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.rehearse"],
        cwd=REPOSITORY,
        input=f"{script}\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert "1. unasked  Nobody has listed" in done.stdout, done.stderr
    assert done.stdout.splitlines()[-2:] == ["[]", '{"Buckets":[]}']
    assert list(tmp_path.iterdir()) == []
