"""What the policy pack reads on the real engine, beside other packs and where the engine shows a part only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from baseline.graph import SECRET, Graph, Resource, decode
from tests.engine import graphs
from tests.engine.operator import CANARIES, Operator, desk

OTHER = """
def moved(args):
    if args.resource_type.endswith(":Volume"):
        return {**args.props, "location": "ash"}

policy = ResourceValidationPolicy("moved", "Moves.", enforcement_level=EnforcementLevel.REMEDIATE, remediate=moved)
PolicyPack("other", policies=[policy])
"""
"""A pack that changes inputs, and shows in plain text what was secret in them."""


@pytest.fixture
def generated(tmp_path: Path, host: Path) -> Iterator[Operator]:
    """An operator with the project whose program registers what a list says."""
    with desk(tmp_path, host, Path(__file__).with_name("generated")) as found:
        found.init("dev")
        yield found


def registers(operator: Operator, *resources: dict[str, Any]) -> None:
    """Lets the program register these."""
    (operator.project / "spec.json").write_text(json.dumps(resources), encoding="utf-8")


def volume(name: str, **args: Any) -> dict[str, Any]:
    """One volume, as that list says it."""
    said = {"size": 10, "location": "fsn1", **args}
    return {
        "class": "hcloud.Volume",
        "name": name,
        "args": said,
        "protect": False,
        "after": [],
        "ignore": [],
        "group": "",
    }


def volumes(graph: Graph) -> list[Resource]:
    """The volumes in a Graph."""
    return [resource for resource in graph if resource.type.endswith(":Volume")]


def one_after_the_other(first: Path, second: Path, mark: Path) -> None:
    """Lets the engine ask one pack before another: of itself it asks them in the order in which they are configured."""
    for pack, when in (
        (first, "path.touch()"),
        (second, "[time.sleep(0.1) for _ in range(600) if not path.exists()]; time.sleep(1)"),
    ):
        file = pack / "__main__.py"
        begins, serves, ends = file.read_text(encoding="utf-8").rpartition("PolicyPack(")
        waits = f"""
import time
from pulumi_policy.policy import _PolicyAnalyzerServicer as Served

def in_turn(self, request, context, path=Path({str(mark)!r}), configure=Served.Configure):
    {when}
    return configure(self, request, context)

Served.Configure = in_turn
"""
        file.write_text(begins + waits + serves + ends, encoding="utf-8")


@pytest.mark.parametrize("mine_is_first", [True, False], ids=["before", "after"])
def test_what_another_pack_makes_of_inputs_is_judged(generated: Operator, mine_is_first: bool) -> None:
    """Whichever pack comes first, and what it shows in plain text is no secret any more."""
    registers(generated, volume("orders", format={"$secret": "password"}, labels={"kept": {"$secret": "password"}}))
    mine, other = graphs.pack(generated), graphs.a_pack(generated, "other", OTHER)
    order = (mine, other) if mine_is_first else (other, mine)
    one_after_the_other(*order, generated.folder / "first")
    done = generated.pulumi(
        "preview", "--diff", "--stack", "dev", "--policy-pack", str(mine), "--policy-pack", str(other)
    )
    assert (generated.folder / "seen.json").exists(), done.said
    (found,) = volumes(decode((generated.folder / "seen.json").read_bytes()))
    assert found.inputs["location"] == "ash"
    assert found.inputs["format"] == CANARIES["backup:password"]
    assert found.inputs["labels"] == {"kept": SECRET}


def test_what_the_program_has_not_registered_is_not_judged(generated: Operator) -> None:
    """What has left the program blocks a targeted run, by name, for it stays; the rest is judged as it will be."""
    registers(generated, volume("orders"), volume("left"), volume("stays", location="ash"))
    assert generated.up("dev", "--skip-preview").code == 0
    registers(generated, volume("orders"), volume("stays"))
    graph, done = graphs.shown_to_a_pack(generated, "dev", "--target", "**orders")
    assert done.code != 0
    assert re.search(r"\[mandatory\]\s+judged\s+\(hcloud:index:Volume: left\)", done.said), done.said
    assert "has not registered it in this run" in done.said
    assert [(found.name, found.inputs["location"]) for found in volumes(graph)] == [
        ("orders", "fsn1"),
        ("stays", "ash"),
    ]
    assert "store_without_daily_backup" in done.said
    assert "Traceback" not in done.said


def test_what_nobody_can_say_is_not_deployed(generated: Operator) -> None:
    """An unknown blocks as a failure does; the SDK of itself would let it pass with a remark."""
    registers(generated, volume("orders"))
    _, done = graphs.shown_to_a_pack(generated, "dev")
    assert done.code != 0
    assert re.search(r"\[mandatory\]\s+store_outside_countries .*\n.*\n\s+unknown: ", done.said), done.said
