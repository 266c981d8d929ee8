"""Every environment from nothing to nothing on the real engine, and what each source shows of it on the way."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from baseline.graph import Graph
from baseline.judge import Verdict
from baseline.sources.project import open_project
from baseline.surfaces.session import Session
from tests.engine import graphs
from tests.engine.clouds.ledger import Entry, entries, living
from tests.engine.operator import CANARIES, PASSPHRASE, Operator
from tests.engine.recovering import console
from tests.recordings import REPOSITORY

BASELINE = Path(sys.executable).parent / "baseline"
STACKS = open_project(REPOSITORY).stacks

ANSWERED = (".ami: UNKNOWN and 'ami-",)
"""Look-ups: nobody answers them for a recorder, and a cloud does at preview."""


def judged(operator: Operator, graph: Graph, *, without_lines: bool = False) -> Verdict:
    """The verdict on a Graph, as the command line gives it."""
    session = Session.open(operator.project, None)
    _, verdict = session.judged(session.settled(graph, ""))
    if not without_lines:
        return verdict
    bare = [msgspec.structs.replace(finding, declared_at=None, built_at=None) for finding in verdict.findings]
    return msgspec.structs.replace(verdict, findings=tuple(bare))


def disagreement(first: Verdict, second: Verdict) -> list[str]:
    """What one verdict says and the other does not, in words."""
    found = [
        f"{item.outcome} {item.rule} {item.urn} {item.path}: {item.message} ({item.declared_at}, {item.built_at})"
        for item in set(first.findings) ^ set(second.findings)
    ]
    found += [f"pass {item.rule} {item.urn}" for item in set(first.passes) ^ set(second.passes)]
    found += [f"unjudged {item.urn}" for item in set(first.unjudged) ^ set(second.unjudged)]
    return sorted(found + [f"not exercised {rule}" for rule in set(first.not_exercised) ^ set(second.not_exercised)])


def unexplained(found: list[str]) -> list[str]:
    """Differences that no answered look-up explains."""
    return [each for each in found if not any(words in each.replace(": ami", ".ami", 1) for words in ANSWERED)]


@pytest.mark.parametrize("stack", STACKS)
def test_from_nothing_to_nothing(operator: Operator, stack: str) -> None:
    """Preview, up, no change, refresh, a refused destroy, and after the unprotect what only the clouds keep."""
    operator.init(stack)
    fresh = graphs.previewed(operator, stack)
    assert set(fresh.steps.values()) == {"create"}
    assert operator.up(stack).code == 0
    again = operator.up(stack)
    assert again.code == 0, again.said
    assert "unchanged" in again.out
    assert not any(word in again.out for word in ("created", "updated", "replaced", "deleted")), again.out
    refreshed = operator.must("refresh", "--yes", "--stack", stack)
    assert not any(word in refreshed.out for word in ("updated", "deleted")), refreshed.out
    assert graphs.previewed(operator, stack).steps == {}

    before = entries(operator.cloud)
    refused = operator.pulumi("destroy", "--yes", "--stack", stack)
    assert refused.code != 0
    assert "cannot be deleted\n" in refused.said.replace("because it is protected", "\n") or "protected" in refused.said
    assert entries(operator.cloud) == before, "nothing was even asked of the clouds"


@pytest.mark.parametrize("stack", STACKS)
def test_every_source_shows_the_same(operator: Operator, stack: str) -> None:
    """Recorder, preview, policy pack and state give one Graph and one verdict; deployment only resolves."""
    operator.init(stack)
    recorded = graphs.recorded(operator, stack)
    fresh = graphs.previewed(operator, stack)
    packed, told = graphs.shown_to_a_pack(operator, stack)
    assert unexplained(list(graphs.differences(recorded, fresh))) == []
    assert unexplained(list(graphs.differences(recorded, packed, without_lines=True))) == []

    assert operator.up(stack, "--skip-preview").code == 0
    deployed = graphs.exported(operator, stack)
    assert list(graphs.differences(recorded, deployed, resolved=True)) == []
    assert list(graphs.differences(deployed, graphs.previewed(operator, stack))) == []
    shown_again, told_again = graphs.shown_to_a_pack(operator, stack)
    assert list(graphs.differences(deployed, shown_again, without_lines=True)) == []

    verdict = judged(operator, recorded)
    assert not verdict.violated()
    assert (told.code, told_again.code) == (0, 0), told.said + told_again.said
    assert disagreement(judged(operator, fresh), verdict) == []
    assert disagreement(judged(operator, deployed), verdict) == []
    bare = judged(operator, recorded, without_lines=True)
    assert disagreement(judged(operator, packed, without_lines=True), bare) == []
    assert disagreement(judged(operator, shown_again, without_lines=True), bare) == []


@pytest.mark.parametrize("stack", STACKS)
def test_no_secret_is_seen(operator: Operator, stack: str, tmp_path: Path) -> None:
    """Planted secrets stand nowhere in plain text: not in state, backend, output, logs, ledger or reports."""
    operator.init(stack)
    previewed = operator.must("preview", "--json", "--show-sames", "--stack", stack)
    pack = str(REPOSITORY / "policies" / "pack")
    said = [
        previewed.said,
        operator.must("preview", "--stack", stack, "--diff", "--policy-pack", pack).said,
        operator.must("up", "--yes", "--stack", stack, "--diff", "--debug").said,
    ]
    exported = operator.must("stack", "export", "--stack", stack)
    said.append(exported.said)
    for option, shown in (("--preview", previewed), ("--state", exported)):
        file = tmp_path / option
        file.write_text(shown.out, encoding="utf-8")
        for command in (["check", "--format", "json"], ["check"], ["graph"], ["show"]):
            done = subprocess.run(
                [BASELINE, *command, option, file, "--project", operator.project],
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            said.append(done.stdout + done.stderr)
    files = [path for path in operator.folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".json" and "backend" in path.parts for path in files)
    for secret in (*CANARIES.values(), PASSPHRASE):
        assert [text[:200] for text in said if secret in text] == []
        assert [str(path) for path in files if secret.encode() in path.read_bytes()] == []


@pytest.mark.parametrize("stack", STACKS)
def test_what_protects_is_there_first(operator: Operator, stack: str) -> None:
    """No host exists at any moment without its firewall, and no store before the key that encrypts it."""
    operator.init(stack)
    assert operator.up(stack, "--skip-preview").code == 0
    made: dict[str, Entry] = {}
    hosts = stores = 0
    for entry in entries(operator.cloud):
        assert entry.operation == "create", entry
        made[entry.thing.id] = entry
        inputs = entry.thing.inputs
        if entry.thing.type.endswith((":Server", "ec2/instance:Instance")):
            hosts += 1
            groups = inputs.get("firewallIds") or inputs.get("vpcSecurityGroupIds")
            assert groups, entry
            assert all(str(int(group) if isinstance(group, float) else group) in made for group in groups), entry
        for name in ("kmsKeyId", "kmsKeyArn", "kmsMasterKeyId"):
            if inputs.get(name):
                stores += 1
                key = str(inputs[name]).rpartition("/")[2]
                assert key in made, f"{entry.thing.urn} is made before its key {key}"
    assert hosts
    assert stores or stack not in ("aws-us", "aws-ap")
    assert {thing.urn for thing in living(operator.cloud)} == {
        resource["urn"]
        for resource in operator.export(stack)["deployment"]["resources"]
        if resource["type"].startswith(("aws:", "hcloud:"))
    }


@pytest.mark.parametrize("stack", STACKS)
def test_what_retires_a_stack(operator: Operator, stack: str) -> None:
    """What `baseline retire` says ends the stack, and leaves what it named beforehand and nothing else."""
    operator.init(stack)
    assert operator.up(stack, "--skip-preview").code == 0
    subprocess.run([sys.executable, "-m", "tests.engine.clouds", "night", operator.cloud], cwd=REPOSITORY, check=True)
    file = operator.folder / "state.json"
    file.write_text(operator.must("stack", "export", "--stack", stack).out, encoding="utf-8")
    said = subprocess.run(
        [BASELINE, "retire", stack, "--state", file, "--project", operator.project],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    commands = [line.strip() for line in said.splitlines() if line.startswith("     ")]
    assert commands[-1].startswith("pulumi destroy ")
    for command in commands[:-1]:
        tool, *words = shlex.split(command)
        if tool == "pulumi":
            operator.must(*words)
        else:
            console(operator, tool, *words)
    done = operator.pulumi(*shlex.split(commands[-1])[1:], "--yes")
    left = living(operator.cloud)
    named = [thing for thing in left if f"{thing.name} ({thing.type} {thing.id})" in said]
    assert named == left, [thing.urn for thing in left if thing not in named]
    assert done.code == 0 or left, done.said
    kinds = {thing.type.rpartition(":")[2] for thing in left}
    assert kinds == ({"Bucket", "Key", "Vault"} if stack.startswith("aws") else set()), done.said
