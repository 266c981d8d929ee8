"""Who may import whom: the contracts of pyproject.toml hold, and each of them can fail."""

import os
import shutil
import subprocess
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINT_IMPORTS = Path(sysconfig.get_path("scripts")) / "lint-imports"
RULE = "policies/baseline/rules/probe/first.py"

# For each contract the file of a copy of the tree and a line which, added to it, breaks that contract.
BREAKS = {
    "programs": ("infra/probe.py", "import stacks"),
    "judged": ("stacks/probe.py", "import baseline.graph"),
    "judge": ("policies/baseline/estate/probe.py", "import infra"),
    "baseline": ("policies/baseline/graph.py", "import baseline.judge"),
    "rules": (RULE, "import rich"),
    "rule": (RULE, "import baseline.rules.probe.second"),
    "clouds": ("policies/baseline/reports/probe.py", "import pulumi_aws"),
}


def lint(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the tree at `root`, and over that tree only."""
    path = os.pathsep.join(map(str, (root, root / "policies")))
    return subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache", *options],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the sources with two more rules, which know nothing of each other."""
    for name in ("infra", "stacks", "policies", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in ("__init__", "first", "second"):
        add_line(tmp_path / Path(RULE).with_stem(name), "")
    return tmp_path


def add_line(file: Path, line: str) -> None:
    """Append a line to a file, which may be a new one."""
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\n{line}\n")


def module_of(path: str) -> str:
    """The import name of a source file."""
    return path.removeprefix("policies/").removesuffix(".py").replace("/", ".")


def test_imports_keep_every_contract() -> None:
    """No module of this repository imports what its layer must not know."""
    result = lint(ROOT)
    assert result.returncode == 0, f"{result.stdout}{result.stderr}\nThe contracts stand in pyproject.toml."


def test_every_contract_is_broken_below() -> None:
    """A contract that nobody has seen fail proves nothing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {contract["id"] for contract in project["tool"]["importlinter"]["contracts"]} == BREAKS.keys()


@pytest.mark.parametrize("contract", BREAKS)
def test_broken_import_is_named(contract: str, tree: Path) -> None:
    """Each contract holds for the copy; with a forbidden import added it fails and names the importer."""
    before = lint(tree, "--contract", contract)
    assert before.returncode == 0, before.stdout + before.stderr
    file, line = BREAKS[contract]
    add_line(tree / file, line)
    after = lint(tree, "--contract", contract)
    assert after.returncode == 1
    assert f"{module_of(file)} ->" in after.stdout


def test_package_outside_the_layers_is_named(tree: Path) -> None:
    """A new package of the judge must be given its layer before it can be used."""
    add_line(tree / "policies/baseline/stray/__init__.py", "")
    result = lint(tree, "--contract", "baseline")
    assert result.returncode == 1
    assert "stray" in result.stdout
