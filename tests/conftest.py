"""What holds for every test: none is skipped, none expected to fail, none depends on the machine's speed."""

from collections.abc import Generator

import pytest
from hypothesis import settings

REFUSAL = "is not allowed here: what needs more than Python belongs to `make test-real`, which must run it"

settings.register_profile("steady", parent=settings(), deadline=None)
settings.load_profile("steady")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped or expectedly failing test into a failure."""
    report = yield
    if report.skipped:
        excuse = "expecting a failure" if hasattr(report, "wasxfail") else "skipping a test"
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: {excuse} {REFUSAL}"
        report.__dict__.pop("wasxfail", None)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a module that skips itself into a failure."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid}: skipping a module {REFUSAL}"
    return report
