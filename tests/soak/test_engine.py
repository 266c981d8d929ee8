"""Each fault at each step of every environment, and two hundred deployments that are killed."""

from __future__ import annotations

import random

import pytest

from tests.engine.conftest import host as host
from tests.engine.conftest import operator as operator
from tests.engine.operator import Operator
from tests.engine.test_faults import SEED, STACKS, every_step_fails, killed
from tests.recordings import graphs

RUNS = 200
ON_AWS = 20
"""Of the runs: an environment there has four times the resources."""


@pytest.mark.parametrize("stack", sorted(STACKS))
def test_every_step_that_fails(operator: Operator, stack: str) -> None:
    """Each step of `up` fails in turn, before the effect and after it: every orphan is named, nothing is lost."""
    wanted = sum(item.type.startswith(("aws:", "hcloud:")) and item.custom for item in graphs()[stack])
    assert every_step_fails(operator, stack) >= wanted


@pytest.mark.parametrize("run", range(RUNS))
def test_a_deployment_that_is_killed(operator: Operator, run: int) -> None:
    """Engine or clouds are killed at a random moment: the state agrees with the clouds after the recovery."""
    here = [stack for stack in STACKS if stack.startswith("aws") == (run < ON_AWS)]
    killed(operator, here[run % len(here)], random.Random(SEED + 1000 + run))
