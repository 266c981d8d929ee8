"""Documents cannot drift: what is generated is current, what is named exists, what is shown is what is said."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from baseline.judge import Verdict
from baseline.surfaces.documents import stale
from tests.recordings import REPOSITORY

DOCUMENTS = sorted(
    [
        *(REPOSITORY / name for name in ("README.md", "CHANGELOG.md")),
        *(REPOSITORY / "docs").glob("*.md"),
        *(REPOSITORY / "docs" / "decisions").glob("*.md"),
    ]
)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
CODE = re.compile(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|toml|md|yaml|json))`")
TARGET = re.compile(r"`make ([a-z-]+)")
COUNT = re.compile(r"\d+(?= (?:resources|passes|by a person))|(?<=\"resources\": )\d+")
SHOWN = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def identity(path: Path) -> str:
    """A document's name in a test's id."""
    return path.relative_to(REPOSITORY).as_posix()


def test_generated_documents_are_current() -> None:
    """`make docs` would change nothing."""
    assert not stale(REPOSITORY)


@pytest.mark.parametrize("document", DOCUMENTS, ids=identity)
def test_links_lead_somewhere(document: Path) -> None:
    """Every relative link of a document leads to a file."""
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=identity)
def test_named_paths_exist(document: Path) -> None:
    """Every path of this repository that a document names exists."""
    roots = {path.name for path in REPOSITORY.iterdir()}
    for name in CODE.findall(document.read_text(encoding="utf-8")):
        if name.split("/")[0] in roots:
            assert (REPOSITORY / name).exists(), name


@pytest.mark.parametrize("document", DOCUMENTS, ids=identity)
def test_named_targets_exist(document: Path) -> None:
    """Every make target that a document names exists."""
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for target in TARGET.findall(document.read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def shown() -> list[tuple[str, str]]:
    """Every command that the README shows, with the output that it shows."""
    found = []
    for block in SHOWN.findall((REPOSITORY / "README.md").read_text(encoding="utf-8")):
        for part in block.split("$ ")[1:]:
            command, _, output = part.partition("\n")
            if not command.startswith(("make", "pulumi", "git")):
                found.append((command, output.strip("\n")))
    return found


@pytest.mark.parametrize(("command", "output"), [pytest.param(*item, id=item[0]) for item in shown()])
def test_readme_shows_real_output(command: str, output: str) -> None:
    """A command of the README prints what the README shows, line by line; `...` is any number of lines, a count any."""
    words = shlex.split(command)
    program = Path(sys.executable).with_name(words[0]) if words[0] != "python" else Path(sys.executable)
    done = subprocess.run(
        [program, *words[1:]], cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False
    )
    said = [COUNT.sub("N", line.rstrip()) for line in (done.stdout + done.stderr).strip("\n").splitlines()]
    wanted = [COUNT.sub("N", line.rstrip()) for line in output.splitlines()]
    pattern = "\n".join(r"(?:.*\n)*?.*" if line.strip() == "..." else re.escape(line) for line in wanted)
    assert re.fullmatch(pattern, "\n".join(said)), "\n".join(said)


def test_verdict_schema_is_described() -> None:
    """Every field of a verdict is explained in docs/verdict.md."""
    text = (REPOSITORY / "docs" / "verdict.md").read_text(encoding="utf-8")
    for name in Verdict.__struct_fields__:
        assert f"`{name}`" in text, name
