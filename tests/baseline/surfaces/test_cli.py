"""The command line through its real entry point, as a person or a pipeline calls it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.recordings import REPOSITORY

BASELINE = Path(sys.executable).with_name("baseline")
# Whatever their value, each makes typer write colours into pipes.
COLOURING = {"FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS"}


def baseline(*arguments: str, cwd: Path = REPOSITORY, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the installed command and returns what it said."""
    return subprocess.run(
        [BASELINE, *arguments],
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if name not in COLOURING}
        | {"COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of this project whose files a test may change."""
    for name in ("infra", "stacks", "Pulumi.yaml"):
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / name)
    shutil.copytree(REPOSITORY / "policies" / "declared", tmp_path / "policies" / "declared")
    return tmp_path


def change(file: Path, before: str, after: str) -> int:
    """Replaces the one place where a text stands, and returns its line."""
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {file.name}"
    file.write_text(text.replace(before, after), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def judged(folder: Path, *arguments: str) -> dict[str, object]:
    """The JSON verdict of a project whose own packages are imported, whatever is installed."""
    done = baseline("check", "--format", "json", *arguments, cwd=folder, PYTHONPATH=str(folder))
    assert done.returncode == 1, done.stderr
    (stack,) = json.loads(done.stdout)["stacks"]
    return stack  # type: ignore[no-any-return]


def findings(stack: dict[str, object], rule: str) -> list[dict[str, object]]:
    """The findings of one rule."""
    found: list[dict[str, object]] = stack["findings"]  # type: ignore[assignment]
    return [finding for finding in found if finding["rule"] == rule and finding["outcome"] == "fail"]


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ('locations=("nbg1", "fsn1")', 'locations=("nbg1", "ash")', "host_outside_countries"),
        (
            'admin_networks=(cidr("203.0.113.0/28"),',
            'admin_networks=(cidr("0.0.0.0/1"),',
            "administration_port_open_beyond_declared_networks",
        ),
        (
            'admin_networks=(cidr("203.0.113.0/28"),',
            'admin_networks=(cidr("0.0.0.0/1"),',
            "host_reachable_from_internet",
        ),
        ("keep_days=(14, 30)", "keep_days=(14, 400)", "backup_retention_over_ceiling"),
    ],
)
def test_one_line_of_an_environment(copy: Path, before: str, after: str, rule: str) -> None:
    """One changed line of an environment is found by the right rule, at that line of that file."""
    line = change(copy / "stacks" / "hetzner_de.py", before, after)
    found = findings(judged(copy, "hetzner-de"), rule)
    assert {"file": "stacks/hetzner_de.py", "line": line} in [finding["declared_at"] for finding in found]


def test_one_firewall_removed(copy: Path) -> None:
    """A host that is built without its firewall is found at the line of infra/ that builds it."""
    path = copy / "infra" / "hetzner" / "host.py"
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "firewall_ids=" not in line]
    assert len(lines) < len(text.splitlines())
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = findings(judged(copy, "hetzner-de"), "host_without_firewall")
    assert {finding["built_at"]["file"] for finding in found} == {"infra/hetzner/host.py"}  # type: ignore[index]


def test_four_mistakes_are_four_lines(copy: Path) -> None:
    """An environment with four mistakes says all four, each with its field and line, and nothing else."""
    file = copy / "stacks" / "hetzner_de.py"
    wanted = [
        change(file, 'locations=("nbg1", "fsn1")', 'locations=("nbg1", "xyz1")'),
        change(file, 'size="cpx22"', 'size="cx99"'),
        change(file, "keep_days=(14, 30)", "keep_days=(30, 14)"),
        change(file, 'email="security@ops.example"', 'email="security"'),
    ]
    done = baseline("check", "hetzner-de", cwd=copy, PYTHONPATH=str(copy))
    assert done.returncode == 2
    assert [line.split(" ")[0] for line in done.stderr.splitlines()] == [
        f"stacks/hetzner_de.py:{line}:" for line in sorted(wanted)
    ]
    assert "xyz1" in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_stack() -> None:
    """A stack that does not exist is bad input, and those that exist are named."""
    done = baseline("check", "hetzner-dee")
    assert done.returncode == 2
    assert "hetzner-dee" in done.stderr
    assert "no stacks/Pulumi.hetzner-dee.yaml" in done.stderr
    assert "hetzner-de, hetzner-fi" in done.stderr


def test_unknown_rule() -> None:
    """A misspelt rule is bad input, and the nearest one is offered."""
    done = baseline("explain", "plain_listner")
    assert done.returncode == 2
    assert done.stderr.strip().endswith("Did you mean plain_listener?")


def test_no_project(tmp_path: Path) -> None:
    """A folder without Pulumi.yaml is bad input that says what to give instead."""
    done = baseline("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "no Pulumi.yaml" in done.stderr
    assert "--project" in done.stderr


def project(folder: Path, program: str) -> Path:
    """A foreign Pulumi project of one file with one stack."""
    (folder / "Pulumi.yaml").write_text("name: foreign\nruntime: python\n", encoding="utf-8")
    (folder / "Pulumi.live.yaml").write_text("encryptionsalt: v1:abc\n", encoding="utf-8")
    (folder / "__main__.py").write_text(program, encoding="utf-8")
    return folder


def test_program_that_raises(tmp_path: Path) -> None:
    """A program that raises is reported by its own line and words, without the SDK's."""
    folder = project(tmp_path, "import pulumi\n\nraise LookupError('no such shop')\n")
    done = baseline("check", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.strip() == "__main__.py:3: LookupError: no such shop"


def test_program_that_cannot_be_read(copy: Path) -> None:
    """A syntax error is reported at its own line of its own file, not at the line that reads the file."""
    line = change(copy / "stacks" / "hetzner_de.py", "log_days=30,\n    audit", "log_days=30\n    audit")
    done = baseline("check", "hetzner-de", cwd=copy, PYTHONPATH=str(copy))
    assert done.returncode == 2
    assert done.stderr.startswith(f"stacks/hetzner_de.py:{line}: SyntaxError: ")


def test_stated_facts_come_with_the_words_of_who_states_them() -> None:
    """Without --stated a person's word is only counted; with it everybody can read whose it is, and until when."""
    assert "Every quarter" not in baseline("check", "dev").stdout
    said = baseline("check", "dev", "--stated").stdout
    assert "by       Head of Platform, platform@ops.example, until 2027-05-23: Every quarter" in said
    assert "remedy" not in said


def test_a_host_without_firewall_is_shown_open(tmp_path: Path) -> None:
    """No rule of a firewall speaks of such a host, and all the same everything may come in."""
    program = (
        "import pulumi_hcloud as hcloud\n"
        "hcloud.Server('open', server_type='cx23', image='debian-12')\n"
        "fire = hcloud.Firewall('fire')\n"
        "other = hcloud.Firewall('other', apply_tos=[{'label_selector': 'tier!=old'}])\n"
        "hcloud.Server('shut', server_type='cx23', image='debian-12', firewall_ids=[fire.id.apply(int)])\n"
    )
    said = baseline("show", "live", cwd=project(tmp_path, program.replace("tier!=old", "role==nothing"))).stdout
    incoming = said.partition("may come in")[2].partition("may go out")[0]
    assert "open" in incoming
    assert "everything from the internet: no firewall stands before it" in incoming
    assert "shut" not in incoming
    incoming = baseline("show", "live", cwd=project(tmp_path, program)).stdout.partition("may come in")[2]
    assert "perhaps everything: whether a firewall stands before it is unknown" in incoming


def test_statement_for_no_rule(copy: Path) -> None:
    """A statement for a misspelt rule answers for nothing, and is bad input that names it."""
    change(copy / "policies" / "declared" / "statements.toml", '"no_restore_test"', '"no_restore_tests"')
    done = baseline("check", "hetzner-de", cwd=copy)
    assert done.returncode == 2
    assert "statements.toml: hetzner-restore-drills: answers for a rule that does not exist" in done.stderr


FOREIGN = """
import pulumi
import pulumi_aws as aws

provider = aws.Provider("aws", region="eu-central-1", allowed_account_ids=["111122223333"])
options = pulumi.ResourceOptions(provider=provider)
key = aws.kms.Key("key", opts=options)
volume = aws.ebs.Volume("volume", availability_zone="us-east-1a", size=8, opts=options)
"""


def test_foreign_project_needs_its_countries(tmp_path: Path) -> None:
    """Of a project that declares no residency nothing is assumed: unknown without countries, judged with them."""
    folder = project(tmp_path, FOREIGN)
    (unknown,) = json.loads(baseline("check", "--format", "json", cwd=folder).stdout)["stacks"]
    found = {(finding["rule"], finding["outcome"]) for finding in unknown["findings"]}
    assert ("key_outside_countries", "unknown") in found
    done = baseline("check", "--project", str(folder), "--allow-countries", "DE", "--format", "json")
    (known,) = json.loads(done.stdout)["stacks"]
    found = {(finding["rule"], finding["outcome"]) for finding in known["findings"]}
    assert ("key_without_rotation", "fail") in found
    assert ("store_outside_countries", "fail") in found
    assert "key_outside_countries" not in {rule for rule, _ in found}


def test_countries_that_the_auditors_declared_otherwise() -> None:
    """What the command line says of a declared stack does not count, and one line says so; agreement needs no word."""
    done = baseline("check", "hetzner-de", "--allow-countries", "DE,US")
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line == (
        "--allow-countries is ignored where policies/declared/residency.toml declares others: hetzner-de DE."
    )
    assert baseline("check", "hetzner-de", "--allow-countries", "DE").stderr == ""


def test_wrong_country() -> None:
    """A code that is no country is bad input."""
    done = baseline("check", "--allow-countries", "DE,XX")
    assert done.returncode == 2
    assert "XX" in done.stderr


def test_json_follows_its_schema() -> None:
    """The verdict as JSON is valid by the published schema, for every environment, in the order of names."""
    done = baseline("check", "--format", "json")
    report = json.loads(done.stdout)
    jsonschema.validate(report, json.loads((REPOSITORY / "docs" / "verdict.schema.json").read_text(encoding="utf-8")))
    assert [stack["name"] for stack in report["stacks"]] == ["aws-ap", "aws-us", "dev", "hetzner-de", "hetzner-fi"]


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    """With --output the verdict is in the file, and nothing of it on the terminal."""
    target = tmp_path / "verdict.json"
    done = baseline("check", "dev", "--format", "json", "--output", str(target))
    assert done.stdout == ""
    assert json.loads(target.read_text(encoding="utf-8"))["stacks"][0]["name"] == "dev"


def test_output_where_nobody_can_write(tmp_path: Path) -> None:
    """A file that cannot be written is bad input that names it."""
    done = baseline("graph", "dev", "--output", str(tmp_path / "none" / "graph.json"))
    assert done.returncode == 2
    assert "graph.json" in done.stderr


def test_colour_only_on_a_terminal() -> None:
    """What goes into a pipe has no control characters."""
    done = baseline("check", "dev")
    assert "\x1b" not in done.stdout + done.stderr


def test_completion_names_the_stacks() -> None:
    """The shell completes the stacks of the project at hand."""
    done = baseline(_BASELINE_COMPLETE="complete_bash", COMP_WORDS="baseline check hetz", COMP_CWORD="2")
    assert done.stdout.split() == ["hetzner-de", "hetzner-fi"]


@pytest.mark.parametrize("command", ["check", "show", "graph", "rules", "explain", "clauses"])
def test_help_of_each_command(command: str) -> None:
    """Each command explains itself."""
    done = baseline(command, "--help")
    assert done.returncode == 0
    assert "Usage: baseline" in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["rules"], ["explain", "plain_listener"], ["check", "nope"]])
def test_nothing_slow_is_imported(arguments: list[str]) -> None:
    """Commands that need no SDK do not import it."""
    probe = (
        "import sys\nfrom baseline.surfaces.cli import main\nsys.argv = ['baseline', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('pulumi', 'pulumi_aws', 'grpc')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_explain_an_unknown_rule() -> None:
    """A misspelt rule is bad input, and the nearest name is offered."""
    done = baseline("explain", "plain_listner")
    assert done.returncode == 2
    assert "plain_listener" in done.stderr


def test_show_draws_the_estate() -> None:
    """The picture names hosts, places and what nobody can observe."""
    done = baseline("show", "hetzner-de")
    assert done.returncode == 0
    for words in ("the internet", "app-1", "database", "nbg1", "what is not observable here"):
        assert words in done.stdout
