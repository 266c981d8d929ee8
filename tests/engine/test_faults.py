"""Deployments that fail, are killed, or meet another one: recovered by the book, with nothing lost or doubled."""

from __future__ import annotations

import os
import random
import signal
import time
from typing import Literal

import pytest

from baseline.estate.facts.imports import ONCE
from baseline.sources.project import open_project
from tests.engine import graphs
from tests.engine.clouds import faults
from tests.engine.clouds.ledger import entries, living
from tests.engine.operator import Operator, wait
from tests.engine.recovering import agrees, console, recovered, troubles
from tests.recordings import REPOSITORY

SEED = 20261126
SERVER = "hcloud:index/server:Server"
STACKS = open_project(REPOSITORY).stacks


def next_effect_fails(operator: Operator, stack: str, when: Literal["before", "after"]) -> bool:
    """Runs an `up` whose next effect fails, before or after it; False where nothing was left to do."""
    faults.order(operator.cloud, faults.Fault(number=1, when=when))
    done = operator.up(stack, "--skip-preview", "--parallel", "1")
    if done.code == 0:
        return False
    assert f"ordered {when} the effect" in done.said, done.said
    return True


def every_step_fails(operator: Operator, stack: str, most: int | None = None) -> int:
    """An `up` that fails at each step in turn, `most` at the most, before and after the effect; how many there are."""
    operator.init(stack)
    declared = graphs.recorded(operator, stack)
    steps = 0
    while steps != most and next_effect_fails(operator, stack, "before"):
        made = len(entries(operator.cloud))
        assert recovered(operator, stack, declared) == []
        assert next_effect_fails(operator, stack, "after")
        (entry,) = entries(operator.cloud)[made:]
        found = recovered(operator, stack, declared)
        if entry.thing.type in ONCE:
            # Nobody looks for it. Set again at once, it cannot be the next effect again, and so for ever.
            faults.order(operator.cloud)
            operator.must("up", "--yes", "--skip-preview", "--stack", stack, "--target", entry.thing.urn)
        elif entry.operation == "create":
            assert [trouble.imports[0].name for trouble in found if trouble.kind == "orphan"] == [entry.thing.name]
        steps += 1
    faults.order(operator.cloud)
    done = operator.up(stack, "--skip-preview")
    assert done.code == 0, done.said
    assert troubles(operator, stack, declared) == []
    agrees(operator, stack)
    return steps


def cut_off(operator: Operator, stack: str, chance: random.Random) -> None:
    """An `up` of which the engine or the clouds are killed at a random moment."""
    operator.init(stack)
    faults.order(operator.cloud, latency_ms=(10, 80), seed=chance.randrange(1 << 30))
    process = operator.begin("up", "--yes", "--skip-preview", "--stack", stack)
    wait(lambda: entries(operator.cloud) != [], "nothing is ever made", 60)
    time.sleep(chance.uniform(0, 0.9 if stack.startswith(("dev", "hetzner")) else 3))
    if chance.random() < 0.3:
        operator.kill_clouds()
        process.communicate(timeout=120)
        operator.serve()
    else:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    faults.order(operator.cloud)


def killed(operator: Operator, stack: str, chance: random.Random) -> int:
    """A deployment that is cut off and recovered; how many orphans it left."""
    cut_off(operator, stack, chance)
    declared = graphs.recorded(operator, stack)
    found = recovered(operator, stack, declared)
    orphans = [trouble for trouble in found if trouble.kind == "orphan"]
    assert all(trouble.imports for trouble in orphans), orphans
    done = operator.up(stack, "--skip-preview")
    assert done.code == 0, done.said
    assert troubles(operator, stack, declared) == []
    agrees(operator, stack)
    return len(orphans)


@pytest.mark.parametrize("stack", STACKS)
def test_a_step_that_fails(operator: Operator, stack: str) -> None:
    """The first steps of each environment fail in turn; all of them do in `make soak`."""
    assert every_step_fails(operator, stack, most=3) == 3


@pytest.mark.parametrize("run", range(6))
def test_a_deployment_that_is_killed(operator: Operator, run: int) -> None:
    """A seeded share of the runs of `make soak`."""
    stack = "aws-us" if run == 0 else ("dev", "hetzner-de", "hetzner-fi")[run % 3]
    killed(operator, stack, random.Random(SEED + run))


def test_what_was_not_finished(operator: Operator) -> None:
    """A server that the provider could not finish is read again, so that the next `up` sees what it lacks."""
    operator.init("dev")
    declared = graphs.recorded(operator, "dev")
    faults.order(operator.cloud, faults.Fault(type=SERVER, when="after", how="partial"))
    assert operator.up("dev", "--skip-preview", "--parallel", "1").code != 0
    faults.order(operator.cloud)
    (server,) = (thing for thing in living(operator.cloud) if thing.type == SERVER)
    # Its provider sets the protections of a server last.
    console(operator, "hcloud", "server", "disable-protection", server.id, "delete", "rebuild")
    (trouble,) = recovered(operator, "dev", declared)
    assert (trouble.kind, trouble.what.split()[1]) == ("partial", server.id)
    assert "ordered after the effect" in trouble.what
    assert operator.up("dev", "--skip-preview").code == 0
    assert all(thing.inputs["deleteProtection"] for thing in living(operator.cloud) if thing.type == SERVER)
    assert troubles(operator, "dev", declared) == []
    agrees(operator, "dev")


def test_two_operators_at_once(operator: Operator) -> None:
    """The second `up` is refused by the state's lock, says whose it is and what to do, and changes nothing."""
    operator.init("dev")
    faults.order(operator.cloud, latency_ms=(1500, 1500))
    first = operator.begin("up", "--yes", "--skip-preview", "--stack", "dev")
    wait(lambda: entries(operator.cloud) != [], "nothing is ever made", 60)
    second = operator.up("dev", "--skip-preview")
    out, err = first.communicate(timeout=120)
    assert first.returncode == 0, out + err
    assert second.code != 0
    assert "the stack is currently locked by 1 lock(s)" in second.said
    assert f"(pid {first.pid})" in second.said
    assert "pulumi cancel" in second.said
    agrees(operator, "dev")
