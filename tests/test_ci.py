"""CI believes pytest's closing line, not an exit code alone."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

RUN = Path(__file__).parent.parent / ".ci/run"

# What `make test` ends with, its exit code, and what CI makes of it.
ENDS = {
    "passed": ("===== 12 passed in 1.20s =====", 0, 0),
    "failed": ("1 failed, 11 passed in 1.20s", 2, 1),
    "exit_code_alone": ("12 passed in 1.20s", 2, 1),
    "skipped": ("11 passed, 1 skipped in 1.20s", 0, 1),
    "xfailed": ("11 passed, 1 xfailed in 1.20s", 0, 1),
    "deselected": ("11 passed, 1 deselected in 1.20s", 0, 1),
    "none": ("no tests ran in 0.01s", 0, 1),
    "silent": ("", 0, 1),
}


def ci(root: Path, makefile: str) -> subprocess.CompletedProcess[str]:
    """Run CI in a tree that holds nothing but this Makefile."""
    (root / ".ci").mkdir()
    shutil.copy(RUN, root / ".ci")
    (root / "Makefile").write_text(f".PHONY: .venv judge test test-real\n{makefile}", encoding="utf-8")
    environment = {**os.environ, "MAKEFLAGS": ""}  # this test may itself run beneath make
    return subprocess.run(
        [root / ".ci/run"], env=environment, stdin=subprocess.PIPE, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("line", "code", "expected"), ENDS.values(), ids=ENDS)
def test_closing_line_decides(line: str, code: int, expected: int, tmp_path: Path) -> None:
    """CI fails when a test failed, was left out or did not run, and prints the closing line in any case."""
    result = ci(tmp_path, f".venv judge:\n\t@echo fine\ntest:\n\t@echo '{line}'; exit {code}\n")
    assert result.returncode == expected, result.stdout + result.stderr
    assert line in result.stdout.partition("=== closing lines")[2]


def test_failing_judge_fails_and_the_rest_still_runs(tmp_path: Path) -> None:
    """A broken promise fails CI, which goes on to say what the tests think."""
    result = ci(tmp_path, ".venv:\njudge:\n\t@exit 1\ntest:\n\t@echo 1 passed in 1s\n")
    assert result.returncode == 1
    assert "passed make test" in result.stdout


def test_real_tests_run_where_the_target_exists(tmp_path: Path) -> None:
    """Once the Makefile has the target, tests that need more than Python must run as well."""
    result = ci(tmp_path, ".venv judge:\ntest:\n\t@echo 1 passed in 1s\ntest-real:\n\t@echo no tests ran in 0s\n")
    assert result.returncode == 1
    assert "FAILED make test-real" in result.stdout
