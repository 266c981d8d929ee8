"""What Pulumi writes, judged, shown and recovered from through the real entry point."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from baseline.sources import unfinished
from tests.baseline.sources import documents
from tests.baseline.sources.documents import record, step
from tests.recordings import REPOSITORY

BASELINE = Path(sys.executable).with_name("baseline")
OPEN = record(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "anyone",
    inputs={"cidrIpv4": "0.0.0.0/0", "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "securityGroupId": "sg-1"},
)
DATA = record("aws:ebs/volume:Volume", "data", "vol-1", inputs={"encrypted": True})


def baseline(folder: Path, *arguments: str, piped: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Runs the command in a folder that is no project."""
    return subprocess.run(
        [BASELINE, *arguments], cwd=folder, input=piped, capture_output=True, timeout=300, check=False
    )


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """All that a command said; a traceback is never among it."""
    text = done.stdout.decode() + done.stderr.decode()
    assert "Traceback" not in text
    return text


def test_several_files_are_stacks_of_their_own(tmp_path: Path) -> None:
    """Each file has its own verdict, under its own name, in the order in which they are given."""
    (tmp_path / "a.json").write_bytes(documents.state(OPEN))
    (tmp_path / "b.json").write_bytes(documents.preview(step("create", new=OPEN)))
    done = baseline(tmp_path, "check", "--state", "a.json", "--preview", "b.json", "--format", "json")
    assert done.returncode == 1
    stacks = json.loads(done.stdout)["stacks"]
    assert [(stack["name"], stack["source"]) for stack in stacks] == [("dev", "b.json"), ("dev", "a.json")]
    for stack in stacks:
        assert "host_reachable_from_internet" in {finding["rule"] for finding in stack["findings"]}


def test_a_pipe(tmp_path: Path) -> None:
    """`-` reads what another command writes."""
    done = baseline(tmp_path, "check", "--preview", "-", piped=documents.preview(step("delete", DATA)))
    assert done.returncode == 1
    assert "fails data_deleted_by_change  data" in said(done)
    assert "dev (-): breaks promises" in said(done)


def test_a_file_among_others_that_cannot_be_read(tmp_path: Path) -> None:
    """The others are judged; the exit code is that of the worst."""
    (tmp_path / "a.json").write_bytes(documents.state(OPEN))
    done = baseline(tmp_path, "check", "--state", "a.json", "--state", "none.json")
    assert done.returncode == 2
    assert "dev (a.json): breaks promises" in said(done)
    assert "none.json: cannot be read: No such file or directory" in said(done)


def test_words_for_a_pipe(tmp_path: Path) -> None:
    """A sentence says what is wrong with it, and calls it what people do."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: go\n", encoding="utf-8")
    (tmp_path / "state.json").write_bytes(documents.state(DATA))
    done = baseline(tmp_path, "recover", "dev", "--state", "state.json", "--live", "-", piped=b'{"type": 1}')
    wanted = "standard input: is not what the listing in docs/recovery.md writes. At its top: expected `array`"
    assert said(done).startswith(wanted)
    done = baseline(tmp_path, "check", "--preview", "-", piped=b'{"steps": [{"op": "same"}]}')
    assert "standard input: is not what `pulumi preview --json --show-sames` writes. At `$.steps[0]`: " in said(done)
    assert "standard input: is empty" in said(baseline(tmp_path, "check", "--state", "-", piped=b""))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "dev", "--state", "a.json"], "name either stacks or files"),
        (["check", "--state", "a.json", "--state", "a.json"], "a.json: named twice"),
        (["graph"], "Name one stack, or one file"),
        (["show", "--state", "a.json", "--preview", "a.json"], "named twice"),
        (["graph", "--state", "a.json", "--state", "b.json"], "Name one stack, or one file"),
    ],
)
def test_usage(tmp_path: Path, arguments: list[str], words: str) -> None:
    """One message, and exit code 2."""
    done = baseline(tmp_path, *arguments)
    assert done.returncode == 2
    assert words in said(done)


def test_a_file_of_another_project(tmp_path: Path) -> None:
    """What is declared in one project does not hold for the file of another, which says so."""
    (tmp_path / "a.json").write_bytes(documents.state(OPEN))
    done = baseline(REPOSITORY, "check", "--state", str(tmp_path / "a.json"))
    assert done.returncode == 2
    assert "is of the project shop, and Pulumi.yaml is of shop-connections" in said(done)


def test_a_program_in_another_language(tmp_path: Path) -> None:
    """Its previews are judged by what its own auditors declare; its program is not run."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: nodejs\n", encoding="utf-8")
    (tmp_path / "Pulumi.dev.yaml").write_text("", encoding="utf-8")
    done = baseline(tmp_path, "check", "--preview", "-", piped=documents.preview(step("create", new=OPEN)))
    assert done.returncode == 1
    assert "fails host_reachable_from_internet" in said(done)
    done = baseline(tmp_path, "check")
    assert done.returncode == 2
    assert "only Python programs are recorded" in said(done)
    assert "--show-sames" in said(done)


def test_two_hundred_megabytes(tmp_path: Path) -> None:
    """A huge file that is cut off is refused; a huge one that is whole is judged."""
    huge = [{**DATA, "urn": f"{DATA['urn']}-{number}", "outputs": {"x": "y" * 50_000}} for number in range(4_000)]
    whole = documents.state(*huge)
    assert len(whole) > 200_000_000
    (tmp_path / "cut.json").write_bytes(whole[:-1000])
    done = baseline(tmp_path, "check", "--state", "cut.json")
    assert done.returncode == 2
    assert "no whole JSON document" in said(done)
    done = baseline(tmp_path, "check", "--state", "-", "--format", "json", piped=whole)
    assert done.returncode == 1
    assert json.loads(done.stdout)["stacks"][0]["resources"] == 4_001


def test_show_and_graph(tmp_path: Path) -> None:
    """The picture and the Graph of a file."""
    (tmp_path / "a.json").write_bytes(documents.state(DATA))
    done = baseline(tmp_path, "graph", "--state", "a.json")
    assert done.returncode == 0
    assert [item["name"] for item in json.loads(done.stdout)["resources"]] == ["data", "aws"]
    assert "data" in said(baseline(tmp_path, "show", "--state", "a.json"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose program nobody records, with a state in which a create was cut off."""
    (tmp_path / "Pulumi.yaml").write_text(
        "name: shop\nruntime: go\nbackend: {url: 'file:///nowhere'}\n", encoding="utf-8"
    )
    pending = [{"type": "creating", "resource": {**DATA, "id": ""}}]
    (tmp_path / "state.json").write_bytes(documents.state(pending_operations=pending))
    (tmp_path / "preview.json").write_bytes(documents.preview(step("create", new=DATA)))
    live = [{"type": DATA["type"], "id": "vol-7", "urn": DATA["urn"]}, {"type": "aws:ec2/vpc:Vpc", "id": "vpc-9"}]
    (tmp_path / "live.json").write_text(json.dumps(live), encoding="utf-8")
    return tmp_path


def test_recover(project: Path) -> None:
    """Each orphan and each operation is named with its commands; the imports stand in one file."""
    done = baseline(
        project, "recover", "dev", "--state", "state.json", "--live", "live.json", "--preview", "preview.json",
        "--imports", "imports.json",
    )  # fmt: skip
    assert done.returncode == 1, said(done)
    lines = said(done).splitlines()
    assert "It was made for data." in lines[0]
    assert lines[1].startswith("2. import")
    assert lines[2].split()[:2] == ["pulumi", "import"]
    assert lines[2].endswith("--stack dev --file imports.json")
    assert "vpc-9" in lines[3]
    assert "aws cloudcontrol get-resource" in lines[4]
    assert "creating urn:pulumi:dev::shop::aws:ebs/volume:Volume::data was begun" in lines[5]
    settle = "pulumi refresh --yes --skip-preview --clear-pending-creates --stack dev --target"
    assert lines[6].strip() == f"{settle} {documents.STACK}"
    written = [json.loads(path.read_bytes())["resources"] for path in sorted(project.glob("imports*"))]
    assert [entry["id"] for resources in written for entry in resources] == ["vol-7"]


def test_recover_says_what_to_list(project: Path) -> None:
    """Whoever has no list is told the commands that make one, and the imports of an earlier time are gone."""
    (project / "imports.protected.json").write_text("{}", "utf-8")
    done = baseline(
        project, "recover", "dev", "--state", "state.json", "--preview", "preview.json", "--imports", "imports.json"
    )
    assert done.returncode == 1
    lines = [line.strip() for line in said(done).splitlines()]
    assert lines[0].startswith("1. unasked  Nobody has listed Volume.")
    assert lines[1] == "rm -rf live && mkdir live"
    assert lines[2].startswith("aws ec2 describe-volumes --region ")
    assert lines[2].endswith(" > live/01.json")
    assert lines[3] == "jq -s add live/*.json > live.json"
    assert "or what it made would be forgotten" in lines[4]
    assert list(project.glob("imports*")) == []


def test_nothing_to_recover_from(project: Path) -> None:
    """Exit code 0 only where somebody asked: what the program wants, and a lock that nobody sees, are said."""
    (project / "state.json").write_bytes(documents.state(DATA))
    done = baseline(project, "recover", "dev", "--state", "state.json", "--unlocked")
    assert done.returncode == 1
    assert "dev: not known" in said(done)
    assert "what has to be listed, is known only with --preview" in said(done)
    (project / "preview.json").write_bytes(documents.preview(step("same", old=DATA, new=DATA)))
    (project / "live.json").write_text("[]", "utf-8")
    command = ("recover", "dev", "--state", "state.json", "--live", "live.json", "--preview", "preview.json")
    done = baseline(project, *command, "--unlocked")
    assert done.returncode == 0, said(done)
    assert "Of 1 types that the state manages nothing is listed" in said(done)
    (project / "live.json").write_text(json.dumps([{"type": DATA["type"], "id": DATA["id"], "nmae": "x"}]), "utf-8")
    assert baseline(project, *command).returncode == 2
    (project / "live.json").write_text(json.dumps([{"type": DATA["type"], "id": DATA["id"], "name": None}]), "utf-8")
    done = baseline(project, *command)
    assert done.returncode == 1
    assert "/nowhere is no backend of Pulumi" in said(done)
    done = baseline(project, *command, "--unlocked")
    assert done.returncode == 0, said(done)
    assert "dev: nothing to recover from" in said(done)
    done = baseline(project, *command, "--format", "json")
    assert json.loads(done.stdout)["troubles"] == []
    assert len(json.loads(done.stdout)["unknown"]) == 1


@pytest.mark.parametrize("command", ["recover", "retire"])
@pytest.mark.parametrize(("stack", "name"), [("prod", "shop"), ("dev", "till")])
def test_the_state_of_another_stack(project: Path, command: str, stack: str, name: str) -> None:
    """Its commands would end or change what nobody asked about."""
    (project / "state.json").write_bytes(documents.state(DATA))
    (project / "Pulumi.yaml").write_text(f"name: {name}\nruntime: go\n", encoding="utf-8")
    done = baseline(project, command, stack, "--state", "state.json")
    assert done.returncode == 2
    assert f"is the state of stack dev of project shop, and not of {stack} of {name}" in said(done)


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        ("file://./st", ""),
        ("file://st", ""),
        ("file://~/st", ""),
        ("file://./elsewhere", "is no backend of Pulumi"),
        (
            "s3://b/prefix?region=eu-central-1",
            "s3://b/prefix/.pulumi/locks/organization/shop/dev/ --region eu-central-1",
        ),
        ("gs://b", "gcloud storage ls gs://b/.pulumi/locks/organization/shop/dev/"),
        ("azblob://c", "look into .pulumi/locks/organization/shop/dev of azblob://c"),
        ("https://api.example.test", "pulumi stack --stack dev"),
        ("", "pulumi whoami --verbose"),
    ],
)
def test_where_a_lock_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: str, words: str) -> None:
    """As Pulumi reads the address of a backend: what stands behind file:// is a path, and its first word no host."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "st" / ".pulumi" / "locks" / "organization" / "shop" / "dev"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text('{"pid": 7}', encoding="utf-8")
    found, otherwise = unfinished.locks(backend, "shop", "dev", tmp_path)
    assert words in otherwise
    assert [lock.pid for lock in found] == ([] if words else [7])


@pytest.mark.parametrize(
    ("live", "words"),
    [
        ("", "is empty"),
        ("{}", "is not what"),
        ('[{"id": "1"}]', "is not what"),
        ('[{"type": "", "id": ""}]', "is not what"),
        ("[", "no whole JSON document"),
    ],
)
def test_a_live_list_that_cannot_be_read(project: Path, live: str, words: str) -> None:
    """One message, and exit code 2."""
    (project / "live.json").write_text(live, encoding="utf-8")
    done = baseline(project, "recover", "dev", "--state", "state.json", "--live", "live.json")
    assert done.returncode == 2
    assert words in said(done)


def test_a_lock_is_named(project: Path) -> None:
    """The lock of a backend that is a folder: by whom, where, since when."""
    folder = project / "backend" / ".pulumi" / "locks" / "organization" / "shop" / "dev"
    folder.mkdir(parents=True)
    lock = {"pid": 7, "username": "ada", "hostname": "desk", "timestamp": "2026-11-26T10:00:00Z"}
    (folder / "a.json").write_text(json.dumps(lock), encoding="utf-8")
    (folder / "b.json").write_text("spoilt", encoding="utf-8")
    (project / "Pulumi.yaml").write_text(
        f"name: shop\nruntime: go\nbackend: {{url: 'file://{project}/backend'}}\n", "utf-8"
    )
    (project / "state.json").write_bytes(documents.state(DATA))
    done = baseline(project, "recover", "dev", "--state", "state.json")
    assert done.returncode == 1
    assert "ada on desk (process 7) holds the stack's lock since 2026-11-26T10:00:00Z" in said(done)
    assert "somebody on some machine" in said(done)
    assert said(done).count("pulumi cancel --yes --stack dev") == 2


def test_what_was_not_finished_is_in_the_state(project: Path) -> None:
    """The engine's `initErrors` are why it was not."""
    half = record("hcloud:index/server:Server", "app", "7", initErrors=["500 internal error"])
    (project / "state.json").write_bytes(documents.state(half))
    done = baseline(project, "recover", "dev", "--state", "state.json", "--unlocked")
    assert done.returncode == 1
    assert "partial  hcloud:index/server:Server 7 is managed as app" in said(done)
    assert "500 internal error" in said(done)


def test_retire(project: Path) -> None:
    """What stays is named first; the protections of Pulumi and of the provider are lifted, and the end comes last."""
    key = record("aws:kms/key:Key", "key", "k-1", protect=True, inputs={"deletionWindowInDays": 30})
    host = record("aws:ec2/instance:Instance", "web", "i-1", inputs={"disableApiTermination": True})
    free = record("aws:ec2/instance:Instance", "free", "i-2", inputs={})
    old = record("aws:ec2/instance:Instance", "web", "i-0", inputs={"disableApiTermination": True}, delete=True)
    emptied = record("aws:s3/bucket:Bucket", "logs", "b-1", inputs={"forceDestroy": True})
    vault = record("aws:backup/vault:Vault", "vault", "v-1", inputs={"name": "vault"})
    lock = record(
        "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
        "lock",
        "v-1",
        inputs={"backupVaultName": "v-1", "minRetentionDays": 35, "changeableForDays": 3},
    )
    (project / "state.json").write_bytes(documents.state(key, host, old, free, emptied, vault, lock))
    done = baseline(project, "retire", "dev", "--state", "state.json")
    assert done.returncode == 0
    text = said(done)
    assert text.splitlines()[0] == "dev: What the last command deletes for ever"
    assert "logs (aws:s3/bucket:Bucket b-1): everything in it" in text
    assert "web (aws:ec2/instance:Instance i-1): the instance disk, with everything in it" in text
    assert "key (aws:kms/key:Key k-1) stays for its waiting window of 30 days" in text
    assert "Locked for 35 days in compliance mode: 3 days after it was set" in text
    assert "The stack's own state stays" in text
    commands = [line.strip() for line in text.splitlines() if line.startswith("     ")]
    assert commands == [
        "pulumi state unprotect --all --yes --stack dev",
        "aws ec2 modify-instance-attribute --instance-id i-1 --no-disable-api-termination --region eu-central-1",
        "aws ec2 modify-instance-attribute --instance-id i-0 --no-disable-api-termination --region eu-central-1",
        "pulumi destroy --continue-on-error --stack dev",
    ]
