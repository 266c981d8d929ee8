"""Generated programs, on the real engine: no source shows another Graph, or gives another verdict, than the others."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.engine import graphs
from tests.engine.clouds.ledger import FILE
from tests.engine.operator import Operator, desk
from tests.engine.specs import programs
from tests.engine.test_lifecycle import disagreement, judged

COUNT = itertools.count()
SHOWN = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, host: Path) -> Iterator[Operator]:
    """An operator with the generated programs' project; each program is a stack of its own."""
    with desk(tmp_path_factory.mktemp("generated"), host, Path(__file__).with_name("generated")) as operator:
        yield operator


def shows_the_same(operator: Operator, program: list[dict[str, Any]]) -> None:
    """One program, from nothing to deployed, as all sources show it."""
    # No name is taken by the program before.
    operator.kill_clouds()
    (operator.cloud / FILE).unlink(missing_ok=True)
    operator.serve()
    stack = f"s{next(COUNT)}"
    (operator.project / "spec.json").write_text(json.dumps(program), encoding="utf-8")
    operator.init(stack)
    recorded = graphs.recorded(operator, stack)
    fresh = graphs.previewed(operator, stack)
    packed, told = graphs.shown_to_a_pack(operator, stack)
    assert list(graphs.differences(recorded, fresh)) == []
    assert list(graphs.differences(recorded, packed, without_lines=True)) == []
    done = operator.up(stack, "--skip-preview")
    assert done.code == 0, done.said
    deployed = graphs.exported(operator, stack)
    assert list(graphs.differences(recorded, deployed, resolved=True)) == []
    assert list(graphs.differences(deployed, graphs.previewed(operator, stack))) == []
    verdict = judged(operator, recorded)
    assert disagreement(judged(operator, fresh), verdict) == []
    assert disagreement(judged(operator, deployed), verdict) == []
    assert (told.code != 0) == verdict.violated(), told.said
    bare = judged(operator, recorded, without_lines=True)
    assert disagreement(judged(operator, packed, without_lines=True), bare) == []


@settings(SHOWN, max_examples=8)
@given(program=programs())
def test_generated_programs(bench: Operator, program: list[dict[str, Any]]) -> None:
    """A share of those of `make soak`."""
    shows_the_same(bench, program)
