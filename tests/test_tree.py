"""What the repository may hold: short files, pinned requirements, nothing of anybody's machine."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LONGEST = 400  # lines
TABLE = "policies/declared/clauses.toml"  # one entry a clause, in the order of the policy: split, it would hide gaps
PINS = ("requirements/dev.txt", "requirements/run.txt")  # pip-compile writes them, a dozen hashes a package
SUMS = "requirements/engine/go.sum"  # Go writes it, two hashes a module

# Text of which no file may hold any. A pattern is spelt so that it does not find itself.
FOREIGN = {
    "package host": r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|proxy[.]golang|ghcr[.]io|docker[.]io",
    "package index option": r"--(?:extra-)?index-url|--find[-]links|--trusted[-]host",
    "home directory": r"/(?:home|Users)/[a-z][\w.-]*/|[A-Z]:[\\]Users",
    "conflict marker": r"(?m)^(?:<{7}|>{7}) ",
}
SAMPLES = {
    "package host": "https://files.python" + "hosted.org/packages/x.whl",
    "package index option": "--extra-" + "index-url https://example.org",
    "home directory": "/Us" + "ers/somebody/project",
    "conflict marker": "<" * 7 + " HEAD",
}
TRASH = re.compile(r"(~|\.(bak|log|orig|pid|pyc|rej|swp|tmp)|/?\.DS_Store|/?nohup\.out)$")
EMPTY_NAMES = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}


def git_files(*options: str) -> list[str]:
    """Paths that git lists, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *options],  # noqa: S607  (git is wherever the machine has it)
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return sorted(filter(None, listed.stdout.split("\0")))


@cache
def tree() -> dict[str, str]:
    """The text of every file that is committed or could be, by path; a link holds nothing of its own."""
    paths = git_files("--cached", "--others", "--exclude-standard")
    files = [path for path in paths if (ROOT / path).is_file() and not (ROOT / path).is_symlink()]
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in files}


def test_files_are_short() -> None:
    """No file that a person reads is longer than 400 lines."""
    lengths = {path: len(text.splitlines()) for path, text in tree().items() if path not in (*PINS, SUMS, TABLE)}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("kind", FOREIGN)
def test_no_file_is_tied_to_a_machine(kind: str) -> None:
    """No file names a package host, an index, somebody's home directory or an unfinished merge."""
    assert re.search(FOREIGN[kind], SAMPLES[kind]), f"the pattern for a {kind} finds nothing"
    assert [path for path, text in tree().items() if re.search(FOREIGN[kind], text)] == []


def test_no_file_names_this_checkout() -> None:
    """No file holds the absolute path of the directory in which it was written."""
    assert [path for path, text in tree().items() if f"{ROOT.resolve()}/" in text] == []


def test_nothing_generated_is_committed() -> None:
    """Nothing that .gitignore names, and nothing that an editor or a program left behind, is tracked."""
    assert git_files("--cached", "--ignored", "--exclude-standard") == []
    assert [path for path in tree() if TRASH.search(path)] == []


def test_names_say_something() -> None:
    """No module is called after nothing: utils, helpers, common and their like attract everything."""
    modules = [Path(path) for path in tree() if path.endswith(".py")]
    assert [str(path) for path in modules if EMPTY_NAMES & {path.stem, *path.parent.parts}] == []


def test_every_target_is_described() -> None:
    """`make help` shows every target that a person can call, so each says what it does."""
    makefile = tree()["Makefile"]
    callable_ = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE))
    described = set(re.findall(r"^([.\w-]+):.*## \w", makefile, re.MULTILINE))
    assert "judge" in described
    assert callable_ == described


@pytest.mark.parametrize("file", PINS)
def test_every_requirement_is_pinned_by_hash(file: str) -> None:
    """A requirements file holds exact versions with hashes, and no option, address or path."""
    for entry in re.split(r"\n(?=\S)", tree()[file].replace("\\\n", " ")):
        if not entry.startswith("#"):
            assert re.match(r"[a-z0-9-]+==[\w.]+ +--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "://" not in tree()[file]


@pytest.mark.parametrize(("file", "without"), [("requirements/dev.txt", set()), ("requirements/run.txt", {"dev"})])
def test_pins_follow_the_project(file: str, without: set[str]) -> None:
    """Every requirement of pyproject.toml has a pin that satisfies it; if not, `make lock` was forgotten."""
    project = tomllib.loads(tree()["pyproject.toml"])["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(r for name in extras.keys() - without for r in extras[name])]
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([\w.]+)", tree()[file], re.MULTILINE))
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert name in pinned, name
        assert pinned[name] in requirement.specifier, requirement
