"""Documents cannot drift: what is generated is current, what is named exists, what is shown is what is said."""

from __future__ import annotations

import json
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
    """Every command that a document shows, with the output that it shows."""
    found = []
    for document in DOCUMENTS:
        for block in SHOWN.findall(document.read_text(encoding="utf-8")):
            for part in block.split("$ ")[1:]:
                command, _, output = part.partition("\n")
                if not command.startswith(("make", "pulumi", "git")):
                    found.append((command, output.strip("\n")))
    return found


def run(command: str) -> str:
    """All that a command of a document says here."""
    words = shlex.split(command)
    program = Path(sys.executable).with_name(words[0]) if words[0] != "python" else Path(sys.executable)
    done = subprocess.run(
        [program, *words[1:]], cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False
    )
    return "\n".join(line.rstrip() for line in (done.stdout + done.stderr).strip("\n").splitlines())


@pytest.mark.parametrize(("command", "output"), [pytest.param(*item, id=item[0]) for item in shown()])
def test_documents_show_real_output(command: str, output: str) -> None:
    """A command prints what the document shows, line by line, number by number; `...` is any number of lines."""
    wanted = [line.rstrip() for line in output.splitlines()]
    pattern = "\n".join(r"(?:.*\n)*?.*" if line.strip() == "..." else re.escape(line) for line in wanted)
    said = run(command)
    assert re.fullmatch(pattern, said), said


def test_the_example_of_a_verdict_is_real() -> None:
    """docs/verdict.md shows the verdict of an environment, with every field; only its lists are left empty."""
    text = (REPOSITORY / "docs" / "verdict.md").read_text(encoding="utf-8")
    (example,) = (json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    (stack,) = example["stacks"]
    real = json.loads(run(f"baseline check {stack['name']} --format json"))
    real["stacks"] = [{key: [] if isinstance(said, list) else said for key, said in real["stacks"][0].items()}]
    assert example == real


def test_verdict_schema_is_described() -> None:
    """Every field of a verdict is explained in docs/verdict.md."""
    text = (REPOSITORY / "docs" / "verdict.md").read_text(encoding="utf-8")
    for name in Verdict.__struct_fields__:
        assert f"`{name}`" in text, name
