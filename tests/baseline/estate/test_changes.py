"""What a preview deletes, replaces or switches off: in every environment, for every resource."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from baseline.estate.build import build
from baseline.estate.nouns import Change
from baseline.graph import UNKNOWN, Graph, Resource
from baseline.judge import Verdict, judge
from baseline.rule import all_rules
from tests.baseline.sabotage.mutations import changed, find
from tests.recordings import graphs, terms

RULES = tuple(rule for rule in all_rules() if rule.noun is Change)

HOLDS = {
    **dict.fromkeys(("StorageBox", "Volume", "Zone", "Bucket", "LogGroup", "Topic", "Vault"), "data_deleted_by_change"),
    "Server": "backups_deleted_by_change",
    "Key": "key_deleted_by_change",
}
"""Last word of a type -> the rule that a deletion breaks. Said here, not asked of the adapters."""


def verdict(before: Graph, after: Graph, **steps: str) -> Verdict:
    """What the rules on changes say of a preview."""
    shown = msgspec.structs.replace(after, before=before.resources, steps=steps)
    return judge(build(shown, terms(after.stack)), RULES)


def without(graph: Graph, resource: Resource) -> Graph:
    """The Graph without one resource."""
    return msgspec.structs.replace(graph, resources=tuple(item for item in graph if item.urn != resource.urn))


RESOURCES = [
    pytest.param(stack, item.urn, id=f"{stack}-{item.type.rpartition(':')[2]}-{item.name}")
    for stack, graph in graphs().items()
    if stack in ("hetzner-de", "aws-us")
    for item in graph
    if item.custom
]


@pytest.mark.parametrize(("stack", "urn"), RESOURCES)
@pytest.mark.parametrize("operation", ["delete", "replace"])
def test_what_holds_something_is_not_deleted_in_silence(stack: str, urn: str, operation: str) -> None:
    """Deleting or replacing what holds data, backups or keys fails by its rule; all else passes, and is judged."""
    graph = graphs()[stack]
    resource = graph.by_urn[urn]
    after = without(graph, resource) if operation == "delete" else graph
    found = verdict(graph, after, **{urn: operation})
    rules = {finding.rule for finding in found.findings if finding.urn == urn}
    expected = HOLDS.get(resource.type.rpartition(":")[2])
    assert (expected in rules) if expected else not rules - {"backups_switched_off_by_change"}
    assert expected or any(each.urn == urn for each in found.passes)


@pytest.mark.parametrize("stack", graphs())
def test_a_preview_without_a_step_has_no_change(stack: str) -> None:
    """Nothing changes where everything stays as it is, and nothing of a stack that is not there yet is a change."""
    graph = graphs()[stack]
    assert set(verdict(graph, graph).not_exercised) == {rule.id for rule in RULES}
    created = msgspec.structs.replace(graph, steps={item.urn: "create" for item in graph})
    assert not build(created, terms(stack)).all(Change)


@pytest.mark.parametrize(
    ("stack", "change", "name"),
    [
        ("hetzner-de", changed("app-1", "Server", "backups", False), "app-1"),
        ("aws-us", changed("backup-selection", "Selection", "iamRoleArn", "x"), ""),
    ],
)
def test_backups_are_not_switched_off_in_silence(stack: str, change: Any, name: str) -> None:
    """The backups of a server are found where they are switched off; another role of a selection is no such thing."""
    graph = graphs()[stack]
    after = change(graph)
    urn = find(graph, change.name, change.type).urn
    found = verdict(graph, after, **{urn: "update"})
    assert {finding.message.partition(",")[0] for finding in found.findings if finding.path == "backups"} == (
        {f"this would switch off the backups of {name}"} if name else set()
    )


def test_a_plan_that_goes_leaves_its_stores_uncovered() -> None:
    """Every store that a plan alone backed up is named where its selection goes."""
    graph = graphs()["aws-us"]
    selections = [item for item in graph if item.type.endswith(":Selection")]
    after = msgspec.structs.replace(graph, resources=tuple(item for item in graph if item not in selections))
    found = verdict(graph, after, **{item.urn: "delete" for item in selections})
    words = {finding.message for finding in found.findings if finding.rule == "backups_switched_off_by_change"}
    assert "nothing would back up the disk database-1-data any more" in words


@pytest.mark.parametrize("stack", ["hetzner-de", "aws-us"])
def test_what_nobody_knows_makes_no_deletion_pass(stack: str) -> None:
    """With every input unknown before, each deletion that was a finding is one still, or cannot be decided."""
    graph = graphs()[stack]
    for item in graph:
        if item.custom and HOLDS.get(item.type.rpartition(":")[2]):
            blank = msgspec.structs.replace(item, inputs=dict.fromkeys(item.inputs, UNKNOWN))
            before = msgspec.structs.replace(
                graph, resources=tuple(blank if each.urn == item.urn else each for each in graph)
            )
            found = verdict(before, without(graph, item), **{item.urn: "delete"})
            assert [finding for finding in found.findings if finding.urn == item.urn], item.urn
