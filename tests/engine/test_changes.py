"""What the engine says that it would take away is found in its own preview."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from baseline.estate.build import build
from baseline.estate.nouns import Change
from baseline.judge import FAIL, judge
from baseline.rule import all_rules
from tests.engine import graphs
from tests.engine.operator import Operator
from tests.recordings import terms

STACK = "dev"


def resources(state: dict[str, Any], type_: str) -> list[dict[str, Any]]:
    """The resources of a type in an exported state."""
    return [item for item in state["deployment"]["resources"] if item["type"] == type_]


def findings(operator: Operator) -> set[tuple[str, str]]:
    """The rules on changes that fail on what the engine previews, each with the name of the resource."""
    graph = graphs.previewed(operator, STACK)
    rules = tuple(rule for rule in all_rules() if rule.noun is Change)
    found = judge(build(graph, terms(STACK)), rules).findings
    return {(finding.rule, finding.urn.rpartition("::")[2]) for finding in found if finding.outcome == FAIL}


def test_a_preview_of_a_loss_is_a_finding(operator: Operator, tmp_path: Path) -> None:
    """A server and a volume that are replaced by what the program declares, and a volume that it declares no more."""
    operator.init(STACK)
    assert operator.up(STACK, "--skip-preview").code == 0
    assert findings(operator) == set()
    operator.must("state", "unprotect", "--all", "--yes", "--stack", STACK)
    state = operator.export(STACK)
    volume = resources(state, "hcloud:index/volume:Volume")[0]
    server = resources(state, "hcloud:index/server:Server")[0]
    stray = deepcopy(volume)
    stray["urn"], stray["id"] = f"{volume['urn']}-stray", "999999"
    for moved in (volume, server):
        moved["inputs"]["location"] = moved["outputs"]["location"] = "hel1"
    state["deployment"]["resources"].append(stray)
    file = tmp_path / "state.json"
    file.write_text(json.dumps(state), encoding="utf-8")
    operator.must("stack", "import", "--stack", STACK, "--file", str(file))
    assert {
        ("data_deleted_by_change", stray["urn"].rpartition("::")[2]),
        ("data_deleted_by_change", volume["urn"].rpartition("::")[2]),
        ("backups_deleted_by_change", server["urn"].rpartition("::")[2]),
    } <= findings(operator)
