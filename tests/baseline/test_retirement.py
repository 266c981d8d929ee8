"""What ends a stack: each command goes somewhere, and what holds data is named."""

from __future__ import annotations

from baseline.graph import Graph
from baseline.retirement import Step, retire
from baseline.rule import resource

HOST = "aws:ec2/instance:Instance"


def steps(*resources: object, kind: str) -> list[Step]:
    """The steps of one kind that end a stack of these resources."""
    graph = Graph(project="shop", stack="dev", resources=resources)  # type: ignore[arg-type]
    return [step for step in retire(graph, {}) if step.kind == kind]


def test_a_command_goes_to_a_region() -> None:
    """Where nobody says which, it says so by a word that AWS refuses, and never goes to that of somebody's profile."""
    (step,) = steps(resource(HOST, "web", disableApiTermination=True), kind="lift")
    assert step.command.endswith("--no-disable-api-termination --region REGION")
    assert "first write its region in the place of REGION" in step.what
    (step,) = steps(resource(HOST, "web", disableApiTermination=True, region="eu-west-1"), kind="lift")
    assert step.command.endswith("--region eu-west-1")
    assert step.what == "The provider's protection of web."


def test_whatever_keeps_data_is_named() -> None:
    """Every store that the judge knows, and not what its cloud keeps until somebody empties it."""
    disk = resource("hcloud:index/server:Server", "web")
    files = resource("aws:fsx/windowsFileSystem:WindowsFileSystem", "files")
    bucket = resource("aws:s3/bucket:Bucket", "logs")
    emptied = resource("aws:s3/bucket:Bucket", "old", forceDestroy=True)
    role = resource("aws:iam/role:Role", "writer")
    assert [step.what.partition(": ")[2] for step in steps(disk, files, bucket, emptied, role, kind="lost")] == [
        "the server disk, with everything in it, and its backups at Hetzner.",
        "the file system, with everything in it.",
        "everything in it, since forceDestroy or forceDelete is set.",
    ]
