"""Desks for the tests: one language host a process, and a fresh folder, backend and cloud for each test that asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.operator import Operator, desk, language_host


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the language host."""
    with language_host(tmp_path_factory.mktemp("host")) as folder:
        yield folder


@pytest.fixture
def operator(tmp_path: Path, host: Path) -> Iterator[Operator]:
    """An operator with this repository's project and empty clouds."""
    with desk(tmp_path, host) as found:
        yield found
