"""What fails in a long run is said at once, not at its end."""

from __future__ import annotations

import sys

import pytest


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Writes down a failure as soon as it is known."""
    if report.failed:
        sys.stderr.write(f"\n{report.nodeid} failed:\n{report.longreprtext[-4000:]}\n")
