"""`make new-rule` starts a rule that fails until somebody makes it true."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from baseline.estate.build import build
from baseline.judge import judge
from baseline.surfaces.new_rule import write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of rules with one theme."""
    (tmp_path / "network").mkdir()
    (tmp_path / "network" / "__init__.py").touch()
    return tmp_path


def test_the_example_fails_at_first(root: Path) -> None:
    """A new rule can be imported and judged, and misses the finding that its example expects."""
    path = write(root, "network", "host_without_name")
    spec = importlib.util.spec_from_file_location("rules.network.host_without_name", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (example,) = module.EXAMPLES
    verdict = judge(build(example.graph, example.terms), (module.host_without_name,))
    assert verdict.passes
    assert not verdict.findings
    assert example.expect


def test_a_name_is_taken_once(root: Path) -> None:
    """A rule that exists is never overwritten."""
    write(root, "network", "host_without_name")
    with pytest.raises(FileExistsError, match="host_without_name"):
        write(root, "network", "host_without_name")


@pytest.mark.parametrize(("theme", "defect"), [("weather", "rain"), ("network", "two words"), ("", "")])
def test_usage(root: Path, theme: str, defect: str) -> None:
    """An unknown theme or a name that is none is answered with the usage and the themes."""
    with pytest.raises(ValueError, match="one of network"):
        write(root, theme, defect)
