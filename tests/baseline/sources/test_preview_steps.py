"""What a preview starts from, in the words in which the engine writes it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline.estate.build import build
from baseline.estate.nouns import Change
from baseline.estate.terms import Terms
from baseline.graph import Graph, Ref
from baseline.judge import judge
from baseline.rule import all_rules
from baseline.sources import preview
from baseline.sources.sites import Sites

STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
PROVIDER = "urn:pulumi:dev::shop::pulumi:providers:hcloud::cloud"
VOLUME = "hcloud:index/volume:Volume"
ATTACHMENT = "hcloud:index/volumeAttachment:VolumeAttachment"


def urn(type_: str, name: str) -> str:
    """The URN of a resource of the stack."""
    return f"urn:pulumi:dev::shop::{type_}::{name}"


def record(type_: str, name: str, **said: Any) -> dict[str, Any]:
    """A resource as the engine writes it, deployed where it has an id."""
    return {"urn": urn(type_, name), "type": type_, "custom": True, "provider": f"{PROVIDER}::1", **said}


def volume(name: str, **said: Any) -> dict[str, Any]:
    """A volume, deployed."""
    return record(VOLUME, name, **{"id": "41", "inputs": {"location": "fsn1", "size": 10.0}, **said})


def step(op: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> dict[str, Any]:
    """One step; it bears the name that the program has for the resource now."""
    known = new or old or {}
    return {"op": op, "urn": known["urn"], "oldState": old, "newState": new}


def read(*steps: dict[str, Any]) -> Graph:
    """The Graph of a preview of a stack with a provider, which stays, and these steps."""
    stack = {"urn": STACK, "type": "pulumi:pulumi:Stack"}
    provider = {"urn": PROVIDER, "type": "pulumi:providers:hcloud", "custom": True, "id": "1"}
    digest = {"steps": [step("same", stack, stack), step("same", provider, provider), *steps]}
    return preview.graph("preview", json.dumps(digest).encode(), Sites())


def broken(graph: Graph) -> set[tuple[str, str, str]]:
    """What the rules on changes find: rule, outcome and name."""
    rules = tuple(rule for rule in all_rules() if rule.noun is Change)
    terms = Terms(stack="dev", allowed_countries=frozenset({"DE"}))
    found = judge(build(graph, terms), rules).findings
    return {(finding.rule, finding.outcome, finding.urn.rpartition("::")[2]) for finding in found}


@pytest.mark.parametrize("op", ["replace", "create-replacement", "delete-replaced"])
def test_what_is_replaced_is_deployed_though_it_is_marked_for_deletion(op: str) -> None:
    """The engine marks the old state of a replacement, which still is what its URN means."""
    moved = volume("data", id="", inputs={"location": "nbg1", "size": 10.0})
    graph = read(step(op, volume("data", delete=True), moved))
    assert graph.steps == {urn(VOLUME, "data"): "replace"}
    assert {item.urn for item in graph.before} == {PROVIDER, urn(VOLUME, "data")}
    assert broken(graph) == {("data_deleted_by_change", "fail", "data")}


def test_an_alias_leads_to_what_was_there_before() -> None:
    """A resource with a new name is compared with itself under the old one, and so is what refers to it."""
    inputs = {"volumeId": 41.0, "serverId": 7.0}
    attached = record(
        ATTACHMENT,
        "data",
        id="51",
        inputs=inputs,
        dependencies=[urn(VOLUME, "data")],
        propertyDependencies={"volumeId": [urn(VOLUME, "data")]},
    )
    now = {
        **attached,
        "dependencies": [urn(VOLUME, "orders")],
        "propertyDependencies": {"volumeId": [urn(VOLUME, "orders")]},
    }
    grown = volume("orders", inputs={"location": "fsn1", "size": 20.0})
    graph = read(step("update", volume("data"), grown), step("same", attached, now))
    before = {item.urn: item for item in graph.before}
    new = urn(VOLUME, "orders")
    assert before.keys() == {PROVIDER, new, urn(ATTACHMENT, "data")}
    assert before[urn(ATTACHMENT, "data")].dependencies == {new}
    assert before[urn(ATTACHMENT, "data")].inputs["volumeId"] == Ref(frozenset({new}))
    assert not broken(graph)
    moved = volume("orders", id="", inputs={"location": "nbg1", "size": 10.0})
    assert broken(read(step("replace", volume("data", delete=True), moved))) == {
        ("data_deleted_by_change", "fail", "orders")
    }


def test_what_is_kept_behind_is_forgotten() -> None:
    """A deletion that leaves the resource where it is leaves it to nobody."""
    graph = read(step("delete", volume("data", retainOnDelete=True), None))
    assert graph.steps == {urn(VOLUME, "data"): "forget"}
    assert broken(graph) == {("data_deleted_by_change", "fail", "data")}


@pytest.mark.parametrize("op", ["read", "discard"])
def test_what_a_program_only_reads_from_now_on_is_forgotten(op: str) -> None:
    """`Volume("data")` that becomes `Volume.get("data", "41")` is relinquished: nobody judges it any more."""
    graph = read(step(op, volume("data"), volume("data", external=True)))
    assert graph.steps == {urn(VOLUME, "data"): "forget"}
    assert {item.urn for item in graph} == {PROVIDER}
    assert broken(graph) == {("data_deleted_by_change", "fail", "data")}


def test_what_is_read_instead_of_what_was_made_replaces_it() -> None:
    """The engine deletes what it managed under the name of something else that the program reads."""
    theirs = volume("data", id="42", external=True)
    steps = step("read-replacement", volume("data"), theirs), step("replace", volume("data", delete=True), theirs)
    for shown in (steps, steps[:1]):
        graph = read(*shown)
        assert graph.steps == {urn(VOLUME, "data"): "replace"}
        assert broken(graph) == {("data_deleted_by_change", "fail", "data")}


def test_what_others_manage_is_no_change() -> None:
    """What a program reads, or no longer reads, stays where it is; what it takes over is new to it."""
    theirs = volume("data", external=True)
    assert not read(step("read", None, theirs)).steps
    assert not read(step("read", theirs, theirs)).steps
    assert not read(step("discard", theirs, None)).steps
    taken = read(
        step("create-replacement", theirs, volume("data")),
        step("replace", theirs, volume("data")),
        step("discard-replaced", theirs, None),
    )
    assert taken.steps == {urn(VOLUME, "data"): "create"}
    assert not broken(taken)


def test_a_step_whose_past_nobody_shows_is_unknown() -> None:
    """Alone in its preview as well: nothing else is there before."""
    for op in ("update", "replace"):
        graph = read_alone(step(op, None, volume("data")))
        assert graph.before == ()
        found = {(outcome, name) for _, outcome, name in broken(graph)}
        assert found == {("unknown", "data")}, op


def read_alone(*steps: dict[str, Any]) -> Graph:
    """The Graph of a preview in which everything is new, but for these steps."""
    stack = {"urn": STACK, "type": "pulumi:pulumi:Stack"}
    provider = {"urn": PROVIDER, "type": "pulumi:providers:hcloud", "custom": True}
    digest = {"steps": [step("create", None, stack), step("create", None, provider), *steps]}
    return preview.graph("preview", json.dumps(digest).encode(), Sites())


def test_what_a_refresh_finds_is_what_is_deployed() -> None:
    """With --refresh the engine asks the clouds first; what it finds to be gone is made anew."""
    grown, gone = volume("data", inputs={"location": "fsn1", "size": 20.0}), volume("gone")
    graph = read(
        step("refresh", volume("data"), grown),
        step("refresh", gone, None) | {"urn": gone["urn"]},
        step("same", grown, grown),
        step("create", None, volume("gone", id="")),
    )
    before = {item.name: item for item in graph.before}
    assert before.keys() == {"cloud", "data"}
    assert before["data"].inputs["size"] == 20
    assert graph.steps == {gone["urn"]: "create"}
    assert not broken(graph)
