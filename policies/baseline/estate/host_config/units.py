"""systemd's files: sections with repeated keys, drop-ins, time spans, and how often a timer really fires."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from baseline.estate import schedule, schedule_words
from baseline.estate.host_config.document import Document
from baseline.graph import not_observable_because

_UNITS = "/etc/systemd/system"
_SECONDS = {
    "us": 1e-6,
    "ms": 1e-3,
    "s": 1,
    "m": 60,
    "h": 3600,
    "d": 86_400,
    "w": 604_800,
    "month": 2_629_800,
    "y": 31_557_600,
}
_NAMES = {
    **dict.fromkeys(("usec", "us", "µs"), "us"),
    **dict.fromkeys(("msec", "ms"), "ms"),
    **dict.fromkeys(("seconds", "second", "sec", "s", ""), "s"),
    **dict.fromkeys(("minutes", "minute", "min", "m"), "m"),
    **dict.fromkeys(("hours", "hour", "hr", "h"), "h"),
    **dict.fromkeys(("days", "day", "d"), "d"),
    **dict.fromkeys(("weeks", "week", "w"), "w"),
    **dict.fromkeys(("months", "month", "M"), "month"),
    **dict.fromkeys(("years", "year", "y"), "y"),
}
_COMMENT = re.compile(r"^\s*#(?!!).*$", re.MULTILINE)
_BY_COMMAND = not_observable_because("may be changed by a command of the user data")
_LONGEST = 10_000 * 366 * 86400
_SPAN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-zµ]*)")

_WHEN = frozenset(
    {"OnActiveSec", "OnBootSec", "OnCalendar", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec"}
    | {"RandomizedDelaySec"}
)

Settings = dict[tuple[str, str], tuple[str, ...]]


@lru_cache(maxsize=4096)
def span(text: str) -> timedelta:
    """A time span as systemd.time(7) writes it: `6h`, `1month`, `1d 12h`, bare seconds. Raises ValueError."""
    total, at = 0.0, 0
    while at < len(text.rstrip()):
        match = _SPAN.match(text, at)
        unit = _NAMES.get(match[2]) if match else None
        if match is None or unit is None:
            raise ValueError(f"{text!r} is no time span")
        total += float(match[1]) * _SECONDS[unit]
        at = match.end()
    if not at:
        raise ValueError("an empty text is no time span")
    if total > _LONGEST:
        raise ValueError(f"{text!r} is longer than anything lasts")
    return timedelta(seconds=total)


def settings(texts: Iterable[str]) -> Settings:
    """The settings of files read one after the other; an empty value takes back all before it."""
    found: Settings = {}
    for text in texts:
        section = ""
        for line in text.replace("\\\n", " ").splitlines():
            line = line.strip()
            if line[:1] == "[":
                section = line.strip("[]")
            elif line and line[0] not in "#;" and "=" in line:
                key, _, value = line.partition("=")
                where = (section, key.strip())
                found[where] = (*found.get(where, ()), value.strip()) if value.strip() else ()
    return found


def unit(document: Document, name: str) -> Settings:
    """A unit of the document with its drop-ins; only these where the unit itself comes from a package."""
    found = document.matching(f"{_UNITS}/{name}"), document.matching(f"{_UNITS}/{name}.d/*.conf")
    return settings(text for files in found for _, text in files if isinstance(text, str))


class Timer(NamedTuple):
    """A timer that the document switches on: the longest time between two runs, and the unit that it starts."""

    gap: timedelta
    daily: Any
    starts: str
    words: str  # its name and its schedule


def timers(document: Document) -> Iterator[Timer]:
    """The timers that the document writes, or changes, and switches on."""
    names = {
        path.removeprefix(f"{_UNITS}/").split("/")[0].removesuffix(".d")
        for path, _ in document.matching(f"{_UNITS}/*.timer", f"{_UNITS}/*.timer.d/*.conf")
    }
    for name in sorted(names):
        if document.enables(name, packaged=f"{_UNITS}/{name}" not in document.files):
            yield timer(document, name)


def timer(document: Document, name: str) -> Timer:
    """A timer as the document writes it. Several calendars are one schedule."""
    its = unit(document, name)
    starts = its.get(("Timer", "Unit"), (f"{name.removesuffix('.timer')}.service",))[-1]
    if document.changed_by_command(f"{_UNITS}/{name}"):
        return Timer(schedule.NEVER, _BY_COMMAND, starts, name)
    zone = str(document.settings.get("timezone") or "UTC")  # what cloud images have
    schedules: list[schedule.Schedule] = []
    for text in its.get(("Timer", "OnCalendar"), ()):
        with suppress(ValueError):  # systemd refuses it as well
            schedules.append(schedule_words.systemd(text, zone))
    # They count from the last run, so that something else has to bring about the first.
    begins = schedules or any(its.get(("Timer", key)) for key in ("OnActiveSec", "OnBootSec", "OnStartupSec"))
    for key in ("OnUnitActiveSec", "OnUnitInactiveSec") if begins else ():
        for text in its.get(("Timer", key), ()):
            with suppress(ValueError):
                schedules.append(schedule.Every(span(text)))
    late = _late(its)
    written = [f"{key}={text}" for (_, key), texts in its.items() for text in texts if key in _WHEN]
    gap = schedule.longest_gap(*schedules)
    return Timer(
        gap=gap if gap == schedule.NEVER else gap + late,
        daily=schedule.is_daily(*schedules) and late < schedule.DAY,
        starts=starts,
        words=f"{name} runs by {', '.join(written) or 'nothing that it says'}",
    )


def _late(its: Settings) -> timedelta:
    """How much later than planned a timer may fire."""
    try:
        return span(its.get(("Timer", "RandomizedDelaySec"), ("0",))[-1])
    except ValueError:
        return timedelta()


def code(text: str) -> str:
    """A script without its comments, each command on one line."""
    return _COMMENT.sub("", text).replace("\\\n", " ")


def scripts(document: Document, service: str) -> Iterator[str]:
    """What a service runs: each command line, and each file of the document that it names, as `code`."""
    for line in unit(document, service).get(("Service", "ExecStart"), ()):
        yield line
        for word in line.split():
            text = document.files.get(word.lstrip("-@:+!"))
            if isinstance(text, str):
                yield code(text)
