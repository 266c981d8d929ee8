"""What has to be listed before anybody knows what exists: exactly what a lost answer may have left."""

from __future__ import annotations

from baseline.graph import Graph
from baseline.recovery import Existing, Managed, recover
from baseline.rule import resource
from tests.baseline.test_recovery import GRAPH, WHOLE


def asked(existing: tuple[Existing, ...] | None, managed: tuple[Managed, ...] = (), graph: Graph = GRAPH) -> str:
    """What has to be listed first, and how."""
    troubles = [each for each in recover("dev", managed, (), (), existing, graph) if each.kind == "unasked"]
    assert len(troubles) < 2
    return "\n".join(line for trouble in troubles for line in (trouble.what, *trouble.commands))


def test_what_nobody_has_listed_is_said() -> None:
    """A create whose answer was lost may have made whatever the program wants and the state lacks, and nothing else."""
    whole = asked(None)
    assert whole.startswith("Nobody has listed VolumeAttachment, Role, Server.")
    assert "\nhcloud server list -o json | jq " in whole
    assert "\naws iam list-roles --output json | jq " in whole
    assert asked((), WHOLE) == ""
    listed = tuple(Existing(type=type_, id="") for type_ in sorted({item.type for item in GRAPH}))
    assert asked(listed) == ""
    assert asked(listed[1:]).startswith("Nobody has listed VolumeAttachment. ")
    assert asked((Existing(type="hcloud:index/server:Sever", id=""),)) == whole, "a word that is spelt wrongly"


def test_every_region_is_asked() -> None:
    """One region's answer says nothing of the other's."""
    vpc, type_ = "aws:ec2/vpc:Vpc", "pulumi:providers:aws"
    graph = Graph(
        project="shop",
        stack="dev",
        resources=(
            resource(vpc, "net"),
            *(resource(type_, where, region=where) for where in ("eu-west-1", "eu-west-2")),
        ),
    )
    marks = [Existing(type=vpc, id="", inputs={"region": where}) for where in ("eu-west-1", "eu-west-2")]
    for where in ("eu-west-1", "eu-west-2"):
        assert f"aws ec2 describe-vpcs --region {where} --output json" in asked((marks[0],), graph=graph)
    assert asked(tuple(marks), graph=graph) == ""
    assert "No command here lists" not in asked((), graph=graph)
    managed = (Managed(urn=graph.resources[0].urn, type=vpc, id="vpc-1", said={"region": "eu-west-2"}),)
    assert recover("dev", managed, (), (), marks[:1], graph) == []
    assert [each.kind for each in recover("dev", managed, (), (), marks[1:], graph)] == ["gone"]


def test_what_no_command_lists_is_listed_by_hand() -> None:
    """It is named, so that nobody takes silence for nothing."""
    graph = Graph(project="shop", stack="dev", resources=(resource("aws:sqs/queue:Queue", "q"),))
    assert "No command here lists aws:sqs/queue:Queue: write what there is of them" in asked((), graph=graph)


def test_a_setting_needs_no_list() -> None:
    """Whatever a second create only sets again cannot exist twice."""
    graph = Graph(project="shop", stack="dev", resources=(resource("aws:s3/bucketVersioning:BucketVersioning", "v"),))
    assert recover("dev", (), (), (), (), graph) == []
