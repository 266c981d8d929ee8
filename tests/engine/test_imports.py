"""What an import cannot read back, on the real engine: what the judge says of it, and what settles it."""

from __future__ import annotations

import json
from typing import Any

from tests.engine import graphs
from tests.engine.operator import Operator
from tests.engine.recovering import recovered
from tests.engine.test_lifecycle import judged

SERVER = "hcloud:index/server:Server"


def test_user_data_that_an_import_could_not_read_back(operator: Operator) -> None:
    """After an import the judge neither passes nor fails it, until the documented edit of the state says what it is."""
    operator.init("dev")
    declared = graphs.recorded(operator, "dev")
    assert operator.up("dev", "--skip-preview").code == 0
    state = operator.export("dev")
    lost = next(each for each in state["deployment"]["resources"] if each["type"] == SERVER)
    kept = [each for each in state["deployment"]["resources"] if not {lost["urn"]} & {each["urn"], *needs(each)}]
    put_back(operator, {**state, "deployment": {**state["deployment"], "resources": kept}})
    assert recovered(operator, "dev", declared)
    assert operator.up("dev", "--skip-preview").code == 0
    for graph in (graphs.exported(operator, "dev"), graphs.previewed(operator, "dev")):
        verdict = judged(operator, graph)
        assert [found for found in verdict.findings if found.outcome != "not_observable"] == []
        unseen = {found.rule for found in verdict.findings if "docs/recovery.md" in found.message}
        assert {"private_interface_unfiltered", "store_without_daily_backup", "tls_below_256_bits"} <= unseen
        assert verdict.violated()

    state = operator.export("dev")
    (imported,) = (each for each in state["deployment"]["resources"] if each["urn"] == lost["urn"])
    imported["inputs"]["userData"] = lost["inputs"]["userData"]
    put_back(operator, state)
    again = operator.up("dev")
    assert again.code == 0, again.said
    assert not any(word in again.out for word in ("created", "updated", "replaced", "deleted")), again.out
    for graph in (graphs.exported(operator, "dev"), graphs.previewed(operator, "dev")):
        assert not judged(operator, graph).violated()


def needs(resource: dict[str, Any]) -> tuple[str, ...]:
    """What a resource of a state depends on."""
    return tuple(resource.get("dependencies") or ())


def put_back(operator: Operator, state: dict[str, Any]) -> None:
    """Imports an edited state."""
    file = operator.folder / "edited.json"
    file.write_text(json.dumps(state), encoding="utf-8")
    operator.must("stack", "import", "--file", str(file), "--stack", "dev")
