"""Exported states, as Pulumi writes them and as they must never be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline.estate.build import build
from baseline.estate.terms import Terms
from baseline.graph import ARCHIVE, ASSET, SECRET, Graph, Ref, Site
from baseline.judge import judge
from baseline.rule import all_rules
from baseline.sources import state
from baseline.sources.project import BadInput
from baseline.sources.sites import Sites
from baseline.sources.wire import SECRET_SIGNATURE, SIGNATURE
from tests.baseline.sources import documents
from tests.baseline.sources.documents import CIPHERTEXT, provider, record, stack, urn

VPC = record("aws:ec2/vpc:Vpc", "net", "vpc-1", inputs={"cidrBlock": "10.0.0.0/16"}, outputs={"arn": "arn:aws:vpc-1"})


def read(content: bytes, main: str = ".") -> Graph:
    """The Graph of a state."""
    return state.graph("state.json", content, Sites(main))


def inputs(*records: dict[str, Any], of: str) -> dict[str, Any]:
    """The inputs of one resource of a state, by its name."""
    (found,) = (item for item in read(documents.state(*records)) if item.name == of)
    return found.inputs


def test_what_a_provider_fills_in_is_no_declaration() -> None:
    """Defaults, names that the provider makes up, tags that it puts together: a recording of the program has none."""
    bucket = record(
        "aws:s3/bucket:Bucket",
        "files",
        "files-1a2b3c4",
        inputs={
            "__defaults": ["bucket", "forceDestroy"],
            "bucket": "files-1a2b3c4",
            "forceDestroy": False,
            "tags": {"holds": "data"},
            "tagsAll": {"holds": "data", "environment": "dev"},
            "versioning": {"__defaults": ["mfaDelete"], "enabled": True, "mfaDelete": False},
            "acl": None,
        },
    )
    assert inputs(bucket, of="files") == {"tags": {"holds": "data"}, "versioning": {"enabled": True}}
    assert inputs(of="aws") == {"region": "eu-central-1"}


@pytest.mark.parametrize(
    ("type_", "kept"),
    [
        ("hcloud:index/sshKey:SshKey", False),
        ("aws:x/framework:Framework", False),
        ("hcloud:index/volume:Volume", True),
        ("docker:index/network:Network", True),
    ],
)
def test_a_name_that_looks_made_up(type_: str, kept: bool) -> None:
    """Dropped only where a made-up one could stand there unlisted; nothing tells those two apart."""
    shown = record(type_, "deploy", "1", inputs={"name": "deploy-2024010"})
    assert inputs(shown, of="deploy") == ({"name": "deploy-2024010"} if kept else {})
    listed = record(type_, "deploy", "1", inputs={"name": "deploy-2024010", "__defaults": []})
    assert inputs(listed, of="deploy") == {"name": "deploy-2024010"}


def test_an_answer_is_the_reference_that_asked_for_it() -> None:
    """Ids and outputs of what a property depends on are references; what its program says itself stays as it is."""
    depends = {"vpcId": [urn("aws:ec2/vpc:Vpc", "net")], "tags": [urn("aws:ec2/vpc:Vpc", "net")]}
    subnet = record(
        "aws:ec2/subnet:Subnet",
        "a",
        "subnet-1",
        inputs={"vpcId": "vpc-1", "cidrBlock": "vpc-1", "tags": {"of": "arn:aws:vpc-1", "range": "10.0.0.0/16"}},
        propertyDependencies=depends,
    )
    net = Ref(frozenset({urn("aws:ec2/vpc:Vpc", "net")}))
    assert inputs(VPC, subnet, of="a") == {
        "cidrBlock": "vpc-1",
        "tags": {"of": net, "range": "10.0.0.0/16"},
        "vpcId": net,
    }


COMMON = ("eu-central-1", "eu-central-1b", "euc1-az2", "0.0.0.0/0", "::/0", "123456789012", "aws", "443", "t3.micro")


@pytest.mark.parametrize("text", [*COMMON, "default.postgres15", "arn:aws:iam::aws:policy/AdministratorAccess"])
def test_what_is_an_output_of_many_things_means_none_of_them(text: str) -> None:
    """A region, network or engine beside a reference is what the program says, and is judged as that."""
    key = urn("aws:kms/key:Key", "copies")
    known_by = {"arn": "arn:aws:kms:eu-central-1:123456789012:key/1a2b", "keyId": "1a2b"}
    shown = {f"output{place}": text for place in range(2)} | {"region": text, "policies": [text], **known_by}
    copies = record("aws:kms/key:Key", "copies", "1a2b", outputs=shown)
    secret = record(
        "aws:secretsmanager/secret:Secret",
        "s",
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:s-1a2b3c4-AbCdEf",
        inputs={"replicas": [{"region": text, "kmsKeyId": known_by["arn"]}, {"region": text, "kmsKeyId": "1a2b"}]},
        propertyDependencies={"replicas": [key]},
    )
    mine = Ref(frozenset({key}))
    assert inputs(copies, secret, of="s") == {"replicas": [{"region": text, "kmsKeyId": mine}] * 2}


@pytest.mark.parametrize("id_", ["eu-central-1", "123456789012", "10.0.0.0/16", "default"])
def test_an_id_that_is_a_place_means_that_place(id_: str) -> None:
    """The settings of a region have the region as their id, and it is not theirs alone."""
    settings = urn("aws:backup/regionSettings:RegionSettings", "on")
    trail = record("aws:x/y:Z", "a", "1", inputs={"in": [id_]}, propertyDependencies={"in": [settings]})
    assert inputs(record("aws:backup/regionSettings:RegionSettings", "on", id_), trail, of="a") == {"in": [id_]}


IDENTITIES = {
    "an id": ("aws:ec2/vpc:Vpc", "vpc-0a1b2c3d4e5f60718", {}),
    "a number": ("hcloud:index/volume:Volume", "4000007", {}),
    "an ARN": ("aws:kms/key:Key", "1a2b", {"arn": "arn:aws:kms:eu-central-1:123456789012:key/1a2b"}),
    "an ARN by another name": ("aws:x/y:Y", "1a2b", {"streamArn": "arn:aws:x:eu-central-1:123456789012:y/1a2b/z"}),
    "a name that was made up": ("aws:iam/role:Role", "made-1a2b3c4", {"name": "made-1a2b3c4"}),
    "a name called after the type": ("aws:rds/cluster:Cluster", "c", {"clusterIdentifier": "tf-2026"}),
    "the name of a host": ("aws:lb/loadBalancer:LoadBalancer", "x", {"dnsName": "x-1.elb.eu-central-1.amazonaws.com"}),
    "an address": ("aws:ec2/eip:Eip", "eipalloc-0a1b2c3d4e5f60718", {"publicIp": "203.0.113.7"}),
    "an address of version 6": ("hcloud:index/server:Server", "41", {"ipv6Address": "2001:db8::1"}),
    "a URL": ("aws:lambda/functionUrl:FunctionUrl", "f", {"functionUrl": "https://x1.lambda-url.eu-central-1.on.aws/"}),
    "what comes with it": ("aws:ec2/vpc:Vpc", "vpc-1", {"defaultSecurityGroupId": "sg-0a1b2c3d4e5f60718"}),
}


@pytest.mark.parametrize(("type_", "id_", "outputs"), IDENTITIES.values(), ids=IDENTITIES)
def test_what_identifies_a_thing_means_it(type_: str, id_: str, outputs: dict[str, Any]) -> None:
    """Ids, names, ARNs and addresses are the reference that a recording of the program has in their place."""
    made = record(type_, "made", id_, outputs={"region": "eu-central-1", **outputs})
    (text, *_) = (*outputs.values(), id_)
    asks = record("aws:x/y:Z", "asks", "z-1", inputs={"of": {"a": [text]}}, propertyDependencies={"of": [made["urn"]]})
    assert inputs(made, asks, of="asks") == {"of": {"a": [Ref(frozenset({made["urn"]}))]}}


@pytest.mark.parametrize(
    "secret",
    [CIPHERTEXT, {SIGNATURE: SECRET_SIGNATURE, "plaintext": '"canary"'}, {SIGNATURE: SECRET_SIGNATURE, "value": 1}],
)
def test_a_secret_is_never_seen(secret: dict[str, Any]) -> None:
    """Encrypted, or shown by `--show-secrets`: it is a secret, at the top and inside."""
    database = record(
        "aws:rds/instance:Instance", "db", "db", inputs={"password": secret, "parameters": [{"a": secret}]}
    )
    found = inputs(database, of="db")
    assert found["password"] is SECRET
    assert found["parameters"][0]["a"] is SECRET
    assert "canary" not in repr(found)


def test_a_file_is_its_text_or_where_it_lies() -> None:
    """Assets and archives without the hash that only who opens them knows: as every other source shows them."""
    kinds = {"asset": "c44067f5952c0a294b673a41bacd8c17", "archive": "0def7320c3a5731c473e5ecbe6d01bc7"}

    def file(kind: str, **said: Any) -> dict[str, Any]:
        return {SIGNATURE: kinds[kind], "hash": "5891b5b522d5df08", **said}

    parts = {
        "a": file("asset", text="x"),
        "b": file("asset", path="b.txt"),
        "c": file("archive", path="c"),
        "d": CIPHERTEXT,
    }
    found = inputs(
        record("aws:lambda/function:Function", "job", "job", inputs={"code": file("archive", assets=parts)}), of="job"
    )
    assert found == {
        "code": {
            ARCHIVE: {
                "assets": {
                    "a": {ASSET: {"text": "x"}},
                    "b": {ASSET: {"path": "b.txt"}},
                    "c": {ARCHIVE: {"path": "c"}},
                    "d": SECRET,
                }
            }
        }
    }


def test_what_waits_for_its_deletion_still_exists() -> None:
    """The predecessor of a replaced resource is judged beside it, until it is gone."""
    old = record("aws:ec2/vpc:Vpc", "net", "vpc-0", inputs={"cidrBlock": "0.0.0.0/0"}, delete=True)
    found = {item.urn: item.inputs["cidrBlock"] for item in read(documents.state(VPC, old)) if item.name == "net"}
    assert found == {VPC["urn"]: "10.0.0.0/16", f"{VPC['urn']}#vpc-0": "0.0.0.0/0"}


def test_what_others_manage_is_not_judged_here() -> None:
    """A resource that the program only reads, and the stack itself, are none of its registrations."""
    foreign = record("aws:ec2/vpc:Vpc", "theirs", "vpc-9", external=True)
    assert [item.name for item in read(documents.state(foreign))] == ["aws"]


@pytest.mark.parametrize(
    "name", ["a::pulumi:providers:pulumi::b", "a::pulumi:pulumi:Stack::b", "pulumi:pulumi:Stack", "$aws:x/y:Z::b"]
)
def test_a_name_that_looks_like_a_type(name: str) -> None:
    """Programs may call a resource what they like: it is judged, and so is what is a part of it or served by it."""
    group = {"urn": urn("shop:index:Group", name), "type": "shop:index:Group", "parent": documents.STACK}
    part = {**VPC, "urn": urn("shop:index:Group$aws:ec2/vpc:Vpc", "part"), "parent": group["urn"]}
    cloud = {**provider(), "urn": urn("pulumi:providers:aws", name)}
    served = {**VPC, "urn": urn("aws:ec2/vpc:Vpc", name), "provider": f"{cloud['urn']}::1"}
    found = {item.urn: item for item in read(documents.state(group, part, cloud, served))}
    assert found.keys() > {group["urn"], part["urn"], cloud["urn"], served["urn"]}
    assert found[part["urn"]].parent == group["urn"]
    assert found[served["urn"]].provider == cloud["urn"]
    assert found[served["urn"]].name == name


def test_lines_are_those_of_the_project() -> None:
    """The innermost line of the program's own folder declares; frames of packages and other folders do not count."""
    trace = ["project:///.venv/lib/site-packages/x.py#1", "project:///infra/net.py#7,4", "project:///stacks/dev.py#12"]
    vpc = {**VPC, "stackTrace": [{"sourcePosition": each} for each in (*trace, "", "project:///../else.py#3")]}
    (found,) = (item for item in read(documents.state(vpc), "stacks") if item.name == "net")
    assert (found.declared_at, found.built_at) == (Site("stacks/dev.py", 12), Site("infra/net.py", 7))


@pytest.mark.parametrize(
    ("said", "provider_"),
    [
        ({"type": "passphrase", "state": {}}, "passphrase"),
        (
            {"type": "cloud", "state": {"url": "awskms://alias/x?region=eu-central-1"}},
            "awskms://alias/x?region=eu-central-1",
        ),
        ({"type": "service", "state": {}}, "default"),
        (None, None),
    ],
)
def test_who_encrypts_the_secrets(said: Any, provider_: str | None) -> None:
    """A state says itself by what its secrets are encrypted, in the words of a stack's file."""
    assert read(documents.state(secrets_providers=said)).settings.secrets_provider == provider_


def test_features_that_change_no_resource() -> None:
    """What the engine says of options that no adapter has to know is no reason to refuse a state."""
    content = json.loads(documents.state(VPC))
    content |= {"version": 4, "features": ["replaceWith", "extensionParameterization", "taint"]}
    assert read(json.dumps(content).encode()).resources == read(documents.state(VPC)).resources


def test_the_stack_and_its_outputs() -> None:
    """Project and stack are those of the URNs."""
    graph = read(json.dumps({"version": 3, "deployment": {"resources": [stack(hosts=["a"]), provider()]}}).encode())
    assert (graph.project, graph.stack, graph.outputs) == ("shop", "dev", {"hosts": ["a"]})


def test_what_the_stack_gives_out_is_judged() -> None:
    """A password in plain text is a finding, by its name and by its looks; one that is marked as a secret passes."""
    secret = {SIGNATURE: SECRET_SIGNATURE, "ciphertext": CIPHERTEXT}
    given = stack(dbPassword="correct-horse", cache="redis://:correct-horse@10.0.0.1", apiKey=secret, hosts=["a"])
    graph = read(json.dumps({"version": 3, "deployment": {"resources": [given, provider()]}}).encode())
    chosen = [rule for rule in all_rules() if rule.id == "secret_in_plain_output"]
    verdict = judge(build(graph, Terms(stack="dev", allowed_countries=frozenset({"DE"}))), chosen)
    assert {(found.outcome, found.path) for found in verdict.findings} == {
        ("fail", "outputs.dbPassword"),
        ("fail", "outputs.cache"),
    }


DEEP = b'{"version":3,"deployment":{"resources":[{"urn":"u","type":"t","inputs":{"a":' + b"[" * 200_000

BAD = {
    "empty": (b"", "is empty"),
    "blank": (b" \n", "is empty"),
    "truncated": (documents.state(VPC)[:-40], "no whole JSON document"),
    "a list": (b"[]", "is not what"),
    "no deployment": (b'{"version": 3}', "it has no deployment"),
    "old": (b'{"version": 1, "deployment": {}}', "is a state of version 1"),
    "unheard of": (b'{"version": 9, "deployment": {}}', "is a state of version 9"),
    "no version": (b'{"deployment": {}}', "is a state of version None"),
    "strange features": (b'{"version": 4, "features": ["teleport"], "deployment": {}}', "nobody here knows: teleport"),
    "a checkpoint": (b'{"version": 3, "checkpoint": {"latest": {}}}', "is a checkpoint of the backend's own"),
    "nothing in it": (b'{"version": 3, "deployment": {"resources": []}}', "holds no resource"),
    "null": (b'{"version": 3, "deployment": {"resources": null}}', "holds no resource"),
    "no URN": (documents.state({"urn": "vpc", "type": "aws:ec2/vpc:Vpc"}), "'vpc' is no URN"),
    "inputs that are a list": (documents.state({**VPC, "inputs": []}), "is not what"),
    "cut off": (
        documents.state(pending_operations=[{"type": "creating", "resource": VPC}]),
        "nobody knows what came of: creating net",
    ),
    "not UTF-8": (documents.state(VPC).replace(b"10.0", b"\xff\xfe"), "state.json: is"),
    "nested without end": (DEEP, "state.json: is"),
}


@pytest.mark.parametrize(("content", "words"), BAD.values(), ids=BAD)
def test_a_state_that_cannot_be_judged(content: bytes, words: str) -> None:
    """One message that names the file, says what is wrong, and by which command to write it again."""
    with pytest.raises(BadInput, match=r"state\.json: ") as refused:
        read(content)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
