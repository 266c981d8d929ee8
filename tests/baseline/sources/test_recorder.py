"""Programs as people write them, recorded: what is known stays known, and what only the cloud knows stays unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from baseline.estate.build import build
from baseline.estate.terms import Terms
from baseline.graph import ARCHIVE, ASSET, SECRET, UNKNOWN, WRITTEN_OUT, Graph, Ref, Resource
from baseline.sources.project import open_project
from baseline.sources.recorder import record
from baseline.surfaces.workers import Outcome, run_all
from tests.recordings import recorded

AWS = """
import pulumi
import pulumi_aws as aws
"""


def project(folder: Path, program: str, *, config: str = "", declared: str = "") -> Path:
    """A Pulumi project of one file with one stack, whose name has a dot."""
    (folder / "Pulumi.yaml").write_text(f"name: shop\nruntime: python\n{declared}", encoding="utf-8")
    (folder / "Pulumi.live.eu.yaml").write_text(config, encoding="utf-8")
    (folder / "__main__.py").write_text(program, encoding="utf-8")
    return folder


def graph(folder: Path, program: str) -> Graph:
    """What a program registers."""
    return recorded(project(folder, program))["live.eu"]


def named(graph: Graph, name: str) -> Resource:
    """The one resource of a name."""
    (found,) = (resource for resource in graph if resource.name == name)
    return found


def outcome(folder: Path, program: str) -> Outcome:
    """What comes of a program, whether or not it can be judged."""
    opened = open_project(project(folder, program))
    (found,) = run_all(lambda stack: record(opened, stack).stack.encode(), opened.stacks)
    return found


def test_a_remote_component_is_not_passed_over(tmp_path: Path) -> None:
    """What a component of another language makes is never seen here, so it is unjudged and not silently left out."""
    program = 'import pulumi\npulumi.ComponentResource("awsx:ec2:Vpc", "net", {"a": 1}, remote=True)\n'
    estate = build(graph(tmp_path, program), Terms())
    assert [resource.name for resource in estate.unjudged] == ["net"]


def test_a_part_of_what_is_called_like_the_stack(tmp_path: Path) -> None:
    """A component may bear any name, and its parts are its own; only the stack itself is no parent."""
    program = (
        "import pulumi\n"
        'top = pulumi.ComponentResource("shop:index:Group", "pulumi:pulumi:Stack::x")\n'
        'pulumi.ComponentResource("shop:index:Part", "part", opts=pulumi.ResourceOptions(parent=top))\n'
    )
    found = graph(tmp_path, program)
    assert named(found, "part").parent == named(found, "pulumi:pulumi:Stack::x").urn
    assert named(found, "pulumi:pulumi:Stack::x").parent == ""


def test_a_plain_look_up_is_passed_on_as_unknown(tmp_path: Path) -> None:
    """Texts, switches and entries of lists that a plain look-up answers are unknown wherever they end up."""
    found = graph(
        tmp_path,
        AWS
        + """
ami = aws.ec2.get_ami(most_recent=True, owners=["amazon"])
zones = aws.get_availability_zones()
me = aws.get_caller_identity()
aws.ec2.Instance("web", ami=ami.id, ebs_optimized=ami.ena_support, availability_zone=zones.names[0])
aws.s3.Bucket("logs", bucket=f"logs-{me.account_id}", tags={"stage": "live"})
aws.lb.LoadBalancer("door", subnets=aws.ec2.get_subnets().ids)
for number, zone in enumerate(zones.names[:2]):
    aws.ec2.Subnet(f"subnet-{number}", vpc_id="vpc-1", availability_zone=zone)
""",
    )
    assert named(found, "web").inputs["ami"] is UNKNOWN
    assert named(found, "web").inputs["ebsOptimized"] is UNKNOWN
    assert named(found, "web").inputs["availabilityZone"] is UNKNOWN
    assert named(found, "logs").inputs == {"bucket": UNKNOWN, "tags": {"stage": "live"}}
    assert named(found, "door").inputs["subnets"] == [UNKNOWN]
    assert [named(found, f"subnet-{number}").inputs["availabilityZone"] for number in (0, 1)] == [UNKNOWN, UNKNOWN]


def test_a_policy_written_as_a_document_comes_back_as_a_text(tmp_path: Path) -> None:
    """The SDK takes a policy of IAM in parts and wants a text from the provider; its parts stay readable here."""
    found = graph(
        tmp_path,
        AWS
        + """
bucket = aws.s3.Bucket("files")
def allow(resource):
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": resource}]}
aws.iam.Policy("known", policy=allow("*"), path=aws.iam.Policy("other", policy=allow("*")).policy)
aws.iam.Policy("in-part", policy=allow(bucket.arn))
""",
    )
    assert named(found, "known").at("policy.Statement.0.Action") == "s3:*"
    assert str(named(found, "known").at("path")).startswith('{"Statement"')
    assert named(found, "in-part").at("policy.Statement.0.Action") == "s3:*"
    assert isinstance(named(found, "in-part").at("policy.Statement.0.Resource"), Ref)


def test_files_are_recorded_as_states_show_them(tmp_path: Path) -> None:
    """The text of an asset, else where it lies; archives by the names of their parts."""
    found = graph(
        tmp_path,
        AWS
        + """
parts = {"a": pulumi.StringAsset("x"), "b": pulumi.FileAsset("b.txt"), "c": pulumi.FileArchive("c")}
aws.s3.BucketObjectv2("all", bucket="files", source=pulumi.AssetArchive(parts))
""",
    )
    parts = {"a": {ASSET: {"text": "x"}}, "b": {ASSET: {"path": "b.txt"}}, "c": {ARCHIVE: {"path": "c"}}}
    assert named(found, "all").inputs["source"] == {ARCHIVE: {"assets": parts}}


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ('if aws.get_region().region == "eu-central-1":\n    aws.s3.Bucket("b")', "depends on getRegion.region"),
        ("for zone in aws.get_availability_zones().names:\n    aws.s3.Bucket(zone)", "getAvailabilityZones.names"),
        ("print(len(aws.ec2.get_subnets().ids))", "getSubnets.ids, whose length only the cloud knows"),
        ("import pulumi\npulumi.runtime.register_resource_transform(lambda _: None)", "registers transforms"),
    ],
)
def test_what_cannot_be_recorded_says_why(tmp_path: Path, program: str, words: str) -> None:
    """A program that decides by what nobody knows here is bad input, in words that say what to do."""
    ended = outcome(tmp_path, f"{AWS}\n{program}\n")
    assert ended.exit_code == 2
    assert words in ended.message


def test_configuration_as_pulumi_reads_it(tmp_path: Path) -> None:
    """Objects that look like declarations, encrypted parts and the project's defaults reach the program."""
    program = """
import pulumi

config = pulumi.Config()
assert config.require_object("database") == {"type": "postgres"}
assert config.require_object("nested")["parts"][0]["plain"] == "b"
assert config.require_int("count") == 3
pulumi.export("seen", pulumi.get_stack())
"""
    config = """
config:
  shop:database: {type: postgres}
  shop:nested: {parts: [{token: {secure: AAA}, plain: b}]}
"""
    folder = project(tmp_path, program, config=config, declared="config:\n  count: {type: integer, default: 3}\n")
    assert recorded(folder)["live.eu"].outputs == {"seen": "live.eu"}


CLOSED_CONFIG = "config:\n  shop:port: {secure: v1:AAA}\n  shop:keys: [{secure: v1:BBB}]\n"


def test_an_encrypted_number_or_object_is_a_secret_that_nobody_knows(tmp_path: Path) -> None:
    """Whatever kind a program takes an encrypted value for, it goes on, and what is made of it stays a secret."""
    program = """
import pulumi
import pulumi_hcloud as hcloud

config = pulumi.Config()
port, keys = config.require_secret_int("port"), config.get_secret_object("keys")
hcloud.Firewall("door", labels={
    "port": port.apply(lambda number: str(number + 1)),
    "key": keys.apply(lambda found: found[0]),
    "other": config.get_secret_int("none", 5).apply(str),
})
"""
    found = recorded(project(tmp_path, program, config=CLOSED_CONFIG))["live.eu"]
    assert named(found, "door").inputs["labels"] == {"port": SECRET, "key": SECRET, "other": SECRET}


@pytest.mark.parametrize("asks", ['config.require_int("port")', 'int(config.require("port"))'])
def test_a_program_that_needs_an_encrypted_value_is_told_which(tmp_path: Path, asks: str) -> None:
    """What would open only with the engine is bad input that names the key, not an error about a text in brackets."""
    program = f"import pulumi\nconfig = pulumi.Config()\n{asks}\n"
    opened = open_project(project(tmp_path, program, config=CLOSED_CONFIG))
    (ended,) = run_all(lambda stack: record(opened, stack).stack.encode(), opened.stacks)
    assert ended.exit_code == 2
    assert "encrypted, which only the engine opens: shop:port, shop:keys" in ended.message


@pytest.mark.parametrize("suffix", [".json", ".yml"])
def test_files_of_a_project_in_the_other_spellings(tmp_path: Path, suffix: str) -> None:
    """Pulumi reads JSON and .yml as well, JSON first; the files of the stacks end as that of the project does."""
    folder = project(tmp_path, 'import pulumi\npulumi.export("seen", pulumi.Config().require("place"))\n')
    (folder / "Pulumi.yaml").rename(folder / "Pulumi.yml")
    if suffix == ".json":
        (folder / "Pulumi.json").write_text('{"name": "shop", "runtime": "python"}', encoding="utf-8")
    (folder / f"Pulumi.dev{suffix}").write_text('{"config": {"shop:place": "fsn1"}}', encoding="utf-8")
    assert {stack: graph.outputs for stack, graph in recorded(folder).items()} == {"dev": {"seen": "fsn1"}}


def test_a_program_that_leaves_threads_and_has_children(tmp_path: Path) -> None:
    """Threads that never end do not keep the judge, and a program may have processes of its own."""
    program = """
import multiprocessing
import threading

import pulumi

threading.Thread(target=threading.Event().wait).start()
with multiprocessing.Pool(1) as pool:
    pulumi.export("sum", pool.map(sum, [[1, 2]]))
"""
    assert graph(tmp_path, program).outputs == {"sum": [3]}


def test_nothing_that_a_program_runs_is_heard(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither a print nor a command that the program runs gets into a report."""
    graph(tmp_path, 'import os\nprint("printed")\nos.system("echo said; echo shouted >&2")\n')
    heard = capfd.readouterr()
    assert (heard.out, heard.err) == ("", "")


def test_a_judge_that_breaks_says_so_in_one_message() -> None:
    """Whatever breaks while a stack is judged leaves it unjudged, with its name and no traceback."""

    def job(_: str) -> bytes:
        raise AttributeError("no such field")

    (found,) = run_all(job, ["live.eu"])
    assert found.exit_code == 3
    assert found.message.startswith("live.eu: unjudged, because the judge broke at test_recorder.py:")


SECRETS = """
import hashlib
import os

import pulumi
import pulumi_hcloud as hcloud

config = pulumi.Config()
for name, password in {
    "literal": "correct-horse",
    "marked": pulumi.Output.secret("battery-staple"),
    "plain-config": config.require("plain"),
    "key": open("key.pem").read(),
    "kept": config.require_secret("kept"),
    "built": config.require_secret("kept").apply(lambda kept: f"x{kept}"),
    "environment": os.environ["PATH"],
    "computed": hashlib.sha256(b"x").hexdigest(),
}.items():
    hcloud.StorageBox(name, location="fsn1", storage_box_type="bx11", password=password, ssh_keys=[])
"""


def test_a_secret_that_stands_in_the_project_is_told_from_one_that_is_kept(tmp_path: Path) -> None:
    """The SDK marks all passwords as secrets; those that stand in the project's own files are told apart."""
    (tmp_path / "key.pem").write_text("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n", encoding="utf-8")
    config = "config:\n  shop:plain: hunter2hunter2\n  shop:kept: {secure: v1:abcdef}\n"
    found = recorded(project(tmp_path, SECRETS, config=config))["live.eu"]
    written = {resource.name for resource in found if resource.inputs.get("password") is WRITTEN_OUT}
    kept = {resource.name for resource in found if resource.inputs.get("password") is SECRET}
    assert written == {"literal", "marked", "plain-config", "key"}
    assert kept == {"kept", "built", "environment", "computed"}
