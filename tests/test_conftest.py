"""The rules of conftest.py bite."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

EXCUSES = {
    "skip": "import pytest\ndef test_excused(): pytest.skip('later')",
    "skip_mark": "import pytest\n@pytest.mark.skip(reason='later')\ndef test_excused(): pass",
    "xfail": "import pytest\n@pytest.mark.xfail(reason='known')\ndef test_excused(): raise AssertionError",
    "module": "import pytest\npytest.importorskip('no_such_module')",
}


@pytest.mark.parametrize("excuse", EXCUSES)
def test_excused_test_fails(excuse: str, pytester: pytest.Pytester) -> None:
    """A test that is skipped or expected to fail fails, and says where it belongs instead."""
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(test_excuse=EXCUSES[excuse])
    result = pytester.runpytest_inprocess()
    assert result.ret in {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}
    result.stdout.fnmatch_lines(["*make test-real*"])
    result.stdout.no_fnmatch_line("*[1-9] skipped*")
    result.stdout.no_fnmatch_line("*[1-9] xfailed*")
