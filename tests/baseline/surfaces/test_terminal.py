"""What a person sees in a terminal of 80 columns: commands and names stay whole, lines hang, and nothing is obeyed."""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from pathlib import Path

import pytest
from rich.console import RenderableType

from baseline.reports.layout import LegibleConsole, Line, Rows, command, legible, pasted
from baseline.rule import all_rules
from baseline.sources.declared import catalogue
from tests.baseline.sources import documents
from tests.baseline.sources.documents import record
from tests.recordings import REPOSITORY

BASELINE = Path(sys.executable).with_name("baseline")
EVIL = "\x1b[2J\x1b[1;1Hall\nis: breaks no promise\x9b\u202e\x07"
LONG = "an-id-of-a-resource-that-is-longer-than-the-terminal-is-wide-as-those-of-aws-often-are/and-more"
OPEN = {"cidrIpv4": "0.0.0.0/0", "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "securityGroupId": "sg-1"}


def on_terminal(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit code of a command and what it writes to a terminal of 80 columns, which shows no progress."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 80, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"TERM": "dumb"}
    running = subprocess.Popen(
        [BASELINE, *arguments], cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    # The end of a terminal is an error where other files just end.
    with contextlib.suppress(OSError):
        while part := os.read(ours, 4096):
            said += part
    os.close(ours)
    return running.wait(60), said.decode().replace("\r\n", "\n").lstrip("\n")


def obeyed(text: str) -> set[str]:
    """The characters of a text that a terminal does not show but obeys, save line breaks."""
    return {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")} - {"\n"}


def printed(*parts: RenderableType, width: int = 80) -> str:
    """What is printed in a terminal of this width."""
    console = LegibleConsole(width=width, highlight=False)
    with console.capture() as capture:
        for part in parts:
            console.print(part, crop=False)
    return capture.get()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose program nobody records, with states of things of long and of evil names."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: go\nbackend: {url: 'file:///no'}\n", encoding="utf-8")
    disk = record("aws:ebs/volume:Volume", "data", "vol-1", inputs={"encrypted": True}, protect=True)
    host = record("aws:ec2/instance:Instance", "web", LONG, inputs={"disableApiTermination": True})
    rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    (tmp_path / "state.json").write_bytes(documents.state(disk, host, record(rule, "anyone", inputs=OPEN)))
    evil = record("aws:ebs/volume:Volume", EVIL, EVIL, inputs={"encrypted": True}, initErrors=[EVIL], protect=True)
    end = record("aws:ec2/instance:Instance", f"e{EVIL}", f"i{EVIL}", inputs={"disableApiTermination": True})
    (tmp_path / "evil.json").write_bytes(documents.state(evil, end, record(rule, f"f{EVIL}", inputs=OPEN)))
    (tmp_path / "Pulumi.dev.yaml").write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["recover", "retire"])
def test_commands_stay_whole(project: Path, name: str) -> None:
    """A line break inside a command would run its first half when it is pasted."""
    live = [{"type": "aws:ebs/volume:Volume", "id": f"{LONG}-{LONG}", "name": "data"}]
    (project / "live.json").write_text(json.dumps(live), encoding="utf-8")
    arguments = ["--live", "live.json", "--imports", "imports.json"] if name == "recover" else []
    _, said = on_terminal(project, name, "dev", "--state", "state.json", *arguments)
    done = subprocess.run(
        [BASELINE, name, "dev", "--state", "state.json", *arguments], cwd=project, capture_output=True
    )
    commands = [line for line in done.stdout.decode().splitlines() if re.match(r" {5}\w|pulumi", line)]
    assert any(len(command) > 80 for command in commands)
    assert [line for line in said.splitlines() if line in commands] == commands


def test_lines_hang(project: Path) -> None:
    """What goes on in the next line does so below its own words, and no line is wider than the terminal."""
    _, said = on_terminal(project, "check", "--state", "state.json")
    _, more = on_terminal(project, "retire", "dev", "--state", "state.json")
    assert {line.split(":")[0] for line in said.splitlines() if line[0] != " "} == {"dev (state.json)"}
    assert [line for line in said.splitlines() if len(line) > 80] == []
    for line in (said + more).splitlines():
        assert line[0] != " " or line.startswith("  "), line
        assert line.startswith((" ", "dev: ", "dev (")), line
    assert re.search(r"\n      remedy   \S.*\n {15}\S", said)


def test_names_stay_whole() -> None:
    """Half of the name of a rule cannot be explained, half of a region is another's half."""
    for name in ("rules", "clauses"):
        code, said = on_terminal(REPOSITORY, name)
        assert code == 0
        listed = all_rules() if name == "rules" else ()
        wanted = {rule.id for rule in listed} or {rule for clause in catalogue() for rule in clause.rules}
        assert wanted <= set(said.split())
        assert max(map(len, said.splitlines())) <= 80


def test_places_stay_whole(project: Path) -> None:
    """The names of things and places in the picture, where its tables do not fit."""
    code, said = on_terminal(project, "show", "--state", "state.json", "--allow-countries", "DE")
    assert code == 0
    assert "eu-central-1" in said
    assert "observable" in said
    assert "…" not in said


@pytest.mark.parametrize("arguments", [["check"], ["show"], ["recover", "dev"], ["retire", "dev"], ["graph"]])
def test_no_name_is_obeyed(project: Path, arguments: list[str]) -> None:
    """A resource's name may hold what clears the screen, turns the direction or begins a line that seems ours."""
    _, said = on_terminal(project, *arguments, "--state", "evil.json")
    assert not obeyed(said)
    assert "2J" in said
    assert not [line for line in said.splitlines() if line.startswith("is: breaks")]


def test_no_error_is_obeyed(project: Path) -> None:
    """Messages too: of a preview that failed, of a file with such a name."""
    (project / f"{EVIL[:4]}.json").write_bytes(documents.state())
    (project / "failed.json").write_text(
        json.dumps({"diagnostics": [{"message": EVIL, "severity": "error"}]}), encoding="utf-8"
    )
    for arguments in (["--preview", "failed.json"], ["--state", f"{EVIL[:4]}.json", "--state", "none\x9b.json"]):
        code, said = on_terminal(project, "check", *arguments)
        assert code == 2
        assert not obeyed(said)
        assert r"\x1b" in said


@pytest.mark.parametrize("name", ["check", "graph"])
def test_json_is_escaped(project: Path, name: str) -> None:
    """JSON leaves C1 and bidirectional controls as they are; escaped, they mean the same to a program."""
    options = ["--format", "json"] if name == "check" else []
    done = subprocess.run([BASELINE, name, "--state", "evil.json", *options], cwd=project, capture_output=True)
    said = done.stdout.decode()
    assert not obeyed(said)
    assert EVIL in json.dumps(json.loads(said), ensure_ascii=False).encode().decode("unicode_escape") or json.loads(
        said
    )


def test_a_console_escapes_what_was_forgotten() -> None:
    """Whatever is printed, and however deep inside another thing."""
    rows = Rows("", "name", "words", names=("name",))
    rows.add("a\x1b[2Jb\nc", "d\u202ee")
    said = printed(f"x{EVIL}", Line(f"y{EVIL}"), rows, width=200)
    assert not obeyed(said)
    assert said.count(r"\x1b") == 5
    assert r"\u202e" in said


def test_a_control_character_in_a_command() -> None:
    """A shell reads it as it was."""
    line = pasted("printf %s 'a\x1b[2J\nb'")
    assert legible(line) == line
    assert subprocess.run(["bash", "-c", line], capture_output=True, check=True).stdout == b"a\x1b[2J\nb"  # noqa: S607
    assert printed(command("x " * 90)).count("\n") == 1


def test_a_narrow_terminal() -> None:
    """Where words have no room, rows are paragraphs; where nothing has, the terminal breaks the lines."""
    rows = Rows("things", "name", "words", "empty", names=("name",), lines=True)
    rows.add("a-name-of-thirty-characters-xx", "some words that take more than the room that is left", "")
    assert "│ a-name-of-thirty-characters-xx │" in printed(rows)
    assert printed(rows, width=50) == (
        "things\na-name-of-thirty-characters-xx\n"
        "    words  some words that take more than the room\n           that is left\n"
    )
    line = Line("remedy ", "write `a command with words` and `another one of them` here", hang=7)
    assert printed(line, width=40) == ("remedy write `a command with words` and\n       `another one of them` here\n")
    assert printed(line, width=20).count("\n") > 2


@pytest.mark.parametrize("name", ["check", "recover", "retire", "clauses"])
def test_help_flows(name: str) -> None:
    """Sentences fill the lines: one ends early only where the next word would not have fitted."""
    _, said = on_terminal(REPOSITORY, name, "--help")
    words = [line.strip() for line in said.partition("─")[0].splitlines()]
    for line, following in itertools.pairwise(words[3:]):
        if line and following and not following.startswith(("baseline", "pulumi")):
            assert len(line) + 1 + len(following.split()[0]) > 78, (line, following)
