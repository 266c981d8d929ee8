"""Previews, as Pulumi writes them and as they must never be."""

from __future__ import annotations

from typing import Any

import pytest

from baseline.graph import SECRET, UNKNOWN, Graph, Ref
from baseline.sources import preview
from baseline.sources.project import BadInput
from baseline.sources.sites import Sites
from baseline.sources.wire import UNKNOWN_TEXT
from tests.baseline.sources import documents
from tests.baseline.sources.documents import record, step, urn

VPC = record("aws:ec2/vpc:Vpc", "net", inputs={"cidrBlock": "10.0.0.0/16"})
OLD = {**VPC, "id": "vpc-1", "outputs": {"arn": "arn:aws:vpc-1"}}
NET = Ref(frozenset({urn("aws:ec2/vpc:Vpc", "net")}))


def read(*steps: dict[str, Any], **fields: Any) -> Graph:
    """The Graph of a preview."""
    return preview.graph("preview.json", documents.preview(*steps, **fields), Sites())


def subnet(vpc: Any) -> dict[str, Any]:
    """A subnet of the network, as a step that creates it."""
    depends = {"vpcId": [urn("aws:ec2/vpc:Vpc", "net")]}
    inputs = {"vpcId": vpc, "secret": "[secret]", "zone": UNKNOWN_TEXT}
    return step("create", new=record("aws:ec2/subnet:Subnet", "a", inputs=inputs, propertyDependencies=depends))


@pytest.mark.parametrize(
    "steps",
    [
        (step("create", new=VPC), subnet(UNKNOWN_TEXT)),
        (step("same", OLD, VPC), subnet("vpc-1")),
        (step("update", OLD, VPC), subnet("vpc-1")),
    ],
)
def test_a_reference_is_one_before_and_after_deployment(steps: tuple[dict[str, Any], ...]) -> None:
    """Unknown or already known: a reference is the same; what is masked is a secret, what is unknown unknown."""
    (found,) = (item for item in read(*steps) if item.name == "a")
    assert found.inputs == {"secret": SECRET, "vpcId": NET, "zone": UNKNOWN}


def test_what_changes_and_what_it_starts_from() -> None:
    """Each operation of the engine in the words of a change, and the state as it is before."""
    gone = record("aws:s3/bucket:Bucket", "gone", "gone", inputs={"bucket": "gone"})
    kept = record("aws:s3/bucket:Bucket", "kept", "kept", retainOnDelete=True)
    moved = record("aws:kms/key:Key", "key", "1")
    graph = read(
        step("update", OLD, VPC),
        step("delete", gone),
        step("delete", kept),
        step("create-replacement", moved, moved),
        step("replace", moved, moved),
        step("delete-replaced", moved),
        subnet("vpc-1"),
    )
    assert {name.rpartition("::")[2]: operation for name, operation in graph.steps.items()} == {
        "a": "create",
        "gone": "delete",
        "kept": "forget",
        "key": "replace",
        "net": "update",
    }
    assert {item.name for item in graph.before} == {"aws", "gone", "kept", "key", "net"}
    assert {item.name for item in graph} == {"a", "aws", "key", "net"}


def test_what_is_deleted_and_made_again_is_replaced() -> None:
    """A deletion before the creation, as two steps that know nothing of each other, loses the same data."""
    volume = record("aws:ebs/volume:Volume", "data", "vol-1")
    assert set(read(step("delete", volume), step("create", new=volume)).steps.values()) == {"replace"}


def test_a_preview_that_leaves_something_out() -> None:
    """Without --show-sames Pulumi leaves out what stays as it is: that is most of a stack, and would not be judged."""
    with pytest.raises(BadInput, match=r"leaves out 3 of the 5 resources that stay .* --show-sames"):
        read(changeSummary={"same": 5})


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"steps": []}, "shows no resource"),
        ({"steps": None}, "shows no resource"),
        ({"maybeCorrupt": True}, "may be corrupt"),
        ({"diagnostics": [{"severity": "error", "message": "boom"}]}, "the preview failed, .* It says: boom"),
        (
            {"steps": [{"op": "teleport", "urn": VPC["urn"], "newState": VPC}], "changeSummary": {}},
            "a step 'teleport' that nobody here knows",
        ),
        (
            {"steps": [{"op": "create", "urn": "x", "newState": {**VPC, "urn": "x"}}], "changeSummary": {}},
            "'x' is no URN",
        ),
        ({"steps": [{"op": "create", "urn": VPC["urn"]}], "changeSummary": {}}, "shows no resource"),
        ({"steps": [{"op": "delete", "urn": VPC["urn"], "newState": VPC}], "changeSummary": {}}, "shows no resource"),
        (
            {"steps": [step("refresh", OLD, OLD)], "changeSummary": {"same": 1}},
            "previews a refresh, which shows what the clouds hold",
        ),
        ({"steps": [{"op": "same"}]}, "is not what `pulumi preview --json --show-sames` writes"),
        ({"steps": {"op": "same"}}, "is not what"),
    ],
)
def test_a_preview_that_cannot_be_judged(fields: dict[str, Any], words: str) -> None:
    """One message that names the file and says what is wrong."""
    with pytest.raises(BadInput, match=rf"preview.json: .*{words}"):
        read(**fields)


TRACEBACK = """<{%fg 1%}>Program failed with an unhandled exception:
Traceback (most recent call last):
  File "/usr/lib/python3.11/runpy.py", line 5, in run_path
    return _run_module_code(code)
           ^^^^^^^^^^^^^^^^^^^^^^
  File "/work/shop/__main__.py", line 7, in <module>
    host("web")
  File "/work/shop/.venv/lib/python3.11/site-packages/pulumi/resource.py", line 9, in __init__
    raise ValueError("a host has no place,\\nsays somebody")
ValueError: a host has no place,
says somebody
<{%reset%}>"""


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (TRACEBACK, "/work/shop/__main__.py:7: ValueError: a host has no place, says somebody"),
        ("Error: boom\n    at file (/work/index.ts:3:7)\n    at Module.load (node:internal)", "Error: boom"),
        ("the region\n  is missing", "the region is missing"),
        (" ", "nothing."),
    ],
)
def test_a_preview_that_failed_in_one_line(message: str, words: str) -> None:
    """What it says last, and where in the program, is enough: a traceback is no message."""
    with pytest.raises(BadInput) as refused:
        read(diagnostics=[{"severity": "error", "message": message}, {"severity": "error", "message": message}])
    assert str(refused.value).partition(" It says: ")[2] == words


@pytest.mark.parametrize("content", [b"", b"{", b"nothing", documents.preview()[:100], b"warning: x\n{}"])
def test_what_is_no_preview(content: bytes) -> None:
    """Empty, truncated, or something else: said, with the command that writes one."""
    with pytest.raises(BadInput, match=r"preview.json: .*--show-sames"):
        preview.graph("preview.json", content, Sites())
