"""How long a machine keeps its service logs: the journal, and what nginx, PostgreSQL and rsyslog write beside it.

The journal deletes whole files, each when its first entry is old enough: so its last entry is kept for less time, by as
long as one file is written to, and it goes only when somebody looks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from baseline.estate.host_config import nginx, postgresql, units
from baseline.estate.host_config.document import Document
from baseline.estate.schedule import NEVER
from baseline.foreign import whole
from baseline.graph import not_observable_because

_JOURNALD = ("/etc/systemd/journald.conf", "/etc/systemd/journald.conf.d/*.conf")
_DAY = timedelta(days=1)
_MOST_FILES = 100_000
_MOST_BYTES = 1 << 60
_ROTATED = {"hourly": timedelta(hours=1), "daily": _DAY, "weekly": 7 * _DAY, "monthly": 31 * _DAY, "yearly": 366 * _DAY}
_VACUUM = re.compile(r"journalctl\b.*--vacuum-time=(\S+)")
_BY_SIZE = not_observable_because("is decided by size: no time is declared")
_BY_ROOM = not_observable_because("is decided by size: SystemMaxUse leaves it too little room to count on time")
_BY_COMMAND = not_observable_because("may be changed by a command of the user data")
_BY_PACKAGE = {"nginx": (14, 15), "postgresql-common": (70, 77), "rsyslog": (28, 35)}
"""Full days that Debian's own files in /etc/logrotate.d keep at least and at most: 14 days, 10 weeks, 4 weeks."""

_ROOM = 1 << 30
"""Bytes below which a journal may well be full before its time: a quarter of what journald would take by itself."""
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_SIZE = re.compile(r"(\d+)([KMGT]?)B?")


class Kept(NamedTuple):
    """A log and for how many full days its entries are kept; None: for ever."""

    name: str
    at_least: Any
    at_most: Any


def logs(document: Document, site: nginx.Site | None) -> Iterator[Kept]:
    """The journal, which every machine has, and the files of those that write their own."""
    yield _journal(document)
    if site is not None and nginx.file_logs(site):
        yield Kept("nginx's files", *_rotated(document, "nginx"))
    said = postgresql.settings(document)
    if said is not None and said.get("logging_collector") in postgresql.ON:
        yield Kept("PostgreSQL's files", None, None)  # it starts new ones and deletes none
    elif said is not None and said.get("log_destination") != "syslog":
        yield Kept("PostgreSQL's files", *_rotated(document, "postgresql-common"))
    if "rsyslog" in document.packages:
        yield Kept("rsyslog's files", *_rotated(document, "rsyslog"))


def _journal(document: Document) -> Kept:
    if document.changed_by_command("journald.conf"):
        return Kept("journal", _BY_COMMAND, _BY_COMMAND)
    said: dict[str, str] = {}
    for pattern in _JOURNALD:
        read = units.settings(text for _, text in document.matching(pattern) if isinstance(text, str))
        said |= {key: values[-1] for (section, key), values in read.items() if section == "Journal" and values}
    if said.get("Storage", "auto") in ("volatile", "none"):
        return Kept("journal", 0, 0)
    # systemd's defaults: no limit in time, a file a month, 100 files (journald.conf(5), read 2026-11-23).
    limit, piece = _span(said.get("MaxRetentionSec", "0")), _span(said.get("MaxFileSec", "1month")) or NEVER
    look, rotation = piece, NEVER
    for gap, vacuumed, rotates in _vacuums(document):
        limit, look = min(limit or vacuumed, vacuumed), min(look, gap)
        rotation = min(rotation, gap) if rotates else rotation
    piece = min(piece, rotation)
    if not limit:
        return Kept("journal", _BY_SIZE, None)
    files = said.get("SystemMaxFiles", "100")
    least = limit - piece
    if (count := whole(files, _MOST_FILES)) and piece < NEVER:
        least = min(least, piece * (count - 1))
    size = _SIZE.fullmatch(said.get("SystemMaxUse", ""))
    room = (whole(size[1], _MOST_BYTES) or 0) * _UNITS[size[2]] if size else _ROOM
    most = None if look == NEVER else math.ceil((limit + look) / _DAY)
    return Kept("journal", max(0, least // _DAY) if room >= _ROOM else _BY_ROOM, most)


def _span(text: str) -> timedelta:
    """What is no time span sets nothing, says systemd in its own log."""
    try:
        return units.span(text)
    except ValueError:
        return timedelta()


def _vacuums(document: Document) -> Iterator[tuple[timedelta, timedelta, bool]]:
    """Timers that delete old files: how often, how old, and whether they start a new file first."""
    for timer in units.timers(document):
        for text in units.scripts(document, timer.starts):
            if (match := _VACUUM.search(text)) and (limit := _span(match[1])):
                yield timer.gap, limit, "--rotate" in text


def _rotated(document: Document, name: str) -> tuple[Any, Any]:
    text = document.files.get(f"/etc/logrotate.d/{name}")
    if text is None:
        return _BY_PACKAGE[name]
    words = text.split() if isinstance(text, str) else []
    period = next((_ROTATED[word] for word in words if word in _ROTATED), None)
    count = whole(words[words.index("rotate") + 1] if "rotate" in words[:-1] else "0", _MOST_FILES)
    if period is None or count is None or {"size", "maxsize", "minsize"} & set(words):
        return _BY_SIZE, _BY_SIZE
    return count * period // _DAY, math.ceil((count + 1) * period / _DAY)
