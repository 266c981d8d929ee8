"""How long a host keeps its journal."""

from configparser import ConfigParser

from hypothesis import given
from hypothesis import strategies as st

from infra.host.logs import PIECE_HOURS, piece
from tests.infra.host.documents import facts, files

DAY = 24


def hours(text: str) -> int:
    """A time span of systemd that is written in hours."""
    assert text.endswith("h")
    return int(text[:-1])


def journald(log_days: int = 30, log_gib: int = 20) -> dict[str, str]:
    """The settings of the journal."""
    parser = ConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment]
    written = {file.path: file.content for file in piece(facts("app", log_days=log_days, log_gib=log_gib)).files}
    parser.read_string(written["/etc/systemd/journald.conf.d/60-retention.conf"])
    return dict(parser["Journal"])


@given(st.integers(1, 3650))
def test_every_entry_is_kept_its_full_days_and_no_day_more(days: int) -> None:
    """A file goes by the age of its first entry, at the next vacuum: both ends hold for its last and its first one."""
    kept = hours(journald(days)["MaxRetentionSec"])
    spans = hours(journald(days)["MaxFileSec"])
    assert kept - spans >= days * DAY
    assert kept + PIECE_HOURS < (days + 1) * DAY


def test_a_quiet_journal_is_vacuumed_too() -> None:
    """The timer asks for the same age as the journal itself, as often as it begins a file."""
    written = files("app")
    assert "--rotate --vacuum-time=732h\n" in written["/etc/systemd/system/log-retention.service"]
    assert "OnCalendar=*-*-* 0/6:00:00\n" in written["/etc/systemd/system/log-retention.timer"]
    assert journald()["MaxRetentionSec"] == "732h"


def test_space_does_not_shorten_the_days() -> None:
    """The journal may fill nine tenths of its volume, and no message is dropped for coming too fast."""
    found = journald(log_gib=100)
    assert (found["SystemMaxUse"], found["SystemKeepFree"]) == ("92160M", "10240M")
    assert found["RateLimitIntervalSec"] == "0"
    assert found["Storage"] == "persistent"
