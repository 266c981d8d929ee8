"""The answer for each clause: what holds it in a stack, and what only seems to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from baseline.clauses import Clause
from baseline.judge import Finding, Pass, Unjudged, Verdict
from baseline.reports.answers import answers
from baseline.sources.declared import catalogue
from tests.baseline.sources import documents
from tests.baseline.sources.documents import record
from tests.recordings import REPOSITORY

BASELINE = Path(sys.executable).with_name("baseline")
CLAUSE = Clause(number="5.1/3", promise="a backup", begins="We", sha256="0" * 64, rules=("one", "two"))
PASS = Pass("one", "urn:web")


def found(outcome: str, *, statement: str | None = None, level: str = "error") -> Finding:
    """A finding of the rule `two`."""
    return Finding(
        rule="two",
        theme="backup",
        level=level,
        outcome=outcome,
        urn="urn:web",
        type="t",
        path="",
        message="m",
        remedy="r",
        clauses=("5.1/3",),
        declared_at=None,
        built_at=None,
        statement=statement,
    )


def baseline(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the installed command."""
    return subprocess.run([BASELINE, *arguments], cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(
    ("findings", "passes", "unjudged", "answer"),
    [
        ([], [PASS], [], "kept"),
        ([found("fail", level="warning")], [PASS], [], "kept"),
        ([found("not_observable", statement="drills")], [PASS], [], "kept, in part by a person's word"),
        ([found("not_observable", statement="drills")], [], [], "by a person's word"),
        ([], [], [], "nothing to judge"),
        ([found("fail"), found("unknown")], [PASS], [], "broken"),
        ([found("unknown")], [PASS], [], "cannot be decided"),
        ([found("not_observable")], [PASS], [], "cannot be decided"),
        ([], [PASS], [Unjudged("urn:x", "t")], "cannot be decided"),
        ([], [], [Unjudged("urn:x", "t")], "cannot be decided"),
        ([found("fail")], [], [Unjudged("urn:x", "t")], "broken"),
    ],
)
def test_an_answer(findings: list[Finding], passes: list[Pass], unjudged: list[Unjudged], answer: str) -> None:
    """Kept is only what a rule has judged; what nobody judged or observed is never kept."""
    judged = {item.rule for item in findings} | {item.rule for item in passes}
    verdict = Verdict(
        name="live",
        resources=1,
        findings=tuple(findings),
        passes=tuple(passes),
        unjudged=tuple(unjudged),
        not_exercised=tuple(rule for rule in CLAUSE.rules if rule not in judged),
    )
    (said,) = answers(verdict, [CLAUSE])
    assert said.answer == answer
    assert [ground.exercised for ground in said.grounds] == [rule in judged for rule in CLAUSE.rules]


def test_the_evidence_for_a_clause() -> None:
    """For a program: each clause of the policy, with the passes, findings and statements of the stack's verdict."""
    done = baseline(REPOSITORY, "clauses", "hetzner-de", "--format", "json")
    assert done.returncode == 0
    (stack,) = json.loads(done.stdout)["stacks"]
    verdict = json.loads(baseline(REPOSITORY, "check", "hetzner-de", "--format", "json").stdout)["stacks"][0]
    assert [answer["clause"] for answer in stack["answers"]] == [clause.number for clause in catalogue()]
    grounds = {ground["rule"]: ground for answer in stack["answers"] for ground in answer["grounds"]}
    for rule, ground in grounds.items():
        assert ground["passes"] == [item["urn"] for item in verdict["passes"] if item["rule"] == rule]
        assert ground["findings"] == [item for item in verdict["findings"] if item["rule"] == rule]
        assert ground["exercised"] == (rule not in verdict["not_exercised"])
    assert (
        set(verdict["not_exercised"]) >= {rule for rule, ground in grounds.items() if not ground["exercised"]} != set()
    )


def test_the_answer_for_a_person(tmp_path: Path) -> None:
    """Statements by name, owner and day; a clause that a finding breaks; the exit code of `check`."""
    said = baseline(REPOSITORY, "clauses", "hetzner-de").stdout
    assert "  5.1/3  kept, in part by a person's word  There is a backup of every day" in said
    stated = (
        "no_restore_test  stated: hetzner-restore-drills (Head of Platform, platform@ops.example, until 2027-05-23)"
    )
    assert stated in said
    assert "      vault_unlocked  nothing to judge" in said
    disk = record("aws:ebs/volume:Volume", "data", "vol-1", inputs={"encrypted": True})
    strange = record("acme:index/thing:Thing", "x", "1")
    (tmp_path / "a.json").write_bytes(documents.state(disk, strange))
    done = baseline(tmp_path, "clauses", "--state", "a.json")
    assert done.returncode == 1
    assert "store_without_daily_backup  1 fails" in done.stdout
    assert "1 unjudged: any promise may break there" in done.stdout
    assert "  kept" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "json"], "name the stacks, or a file"),
        (["dev", "--text", "policy.txt"], "name no stack, file or format beside it"),
        (["nope"], "no such stack"),
    ],
)
def test_usage(arguments: list[str], words: str) -> None:
    """One message, and exit code 2."""
    done = baseline(REPOSITORY, "clauses", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
