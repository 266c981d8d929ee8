"""Readers of the schedule expressions of AWS, systemd and Hetzner.

All raise ValueError that names the expression, the field and what is wrong there. What a provider does not
document (ranges that run backwards, `LW`) and fractions of seconds are refused rather than guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from baseline.estate.schedule import YEARS, Calendar, Every, Schedule
from baseline.foreign import whole

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), start=1
    )
}
_MONDAY_TO_SATURDAY: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY")
_AWS_WEEKDAYS: Final = {name[:3]: number for number, name in enumerate(("SUNDAY", *_MONDAY_TO_SATURDAY), start=1)}
_SYSTEMD_WEEKDAYS: Final = {
    spelling: number
    for number, name in enumerate((*_MONDAY_TO_SATURDAY, "SUNDAY"), start=1)
    for spelling in (name, name[:3])
}
_SYSTEMD_SHORTHANDS: Final = {
    "minutely": "*-*-* *:*:00",
    "hourly": "*-*-* *:00:00",
    "daily": "*-*-* 00:00:00",
    "weekly": "Mon *-*-* 00:00:00",
    "monthly": "*-*-01 00:00:00",
    "quarterly": "*-01,04,07,10-01 00:00:00",
    "semiannually": "*-01,07-01 00:00:00",
    "yearly": "*-01-01 00:00:00",
    "annually": "*-01-01 00:00:00",
}


_MOST_UNITS: Final = 10**8


@lru_cache(maxsize=1024)
def aws(expression: str, timezone: str = "UTC") -> Schedule:
    """An AWS schedule expression: `rate(12 hours)`, or `cron(...)` with its six fields."""
    if rate := re.fullmatch(r"rate\(\s*([1-9]\d*)\s+(minute|hour|day)(s?)\s*\)", expression, re.ASCII):
        count = whole(rate[1], _MOST_UNITS)
        if count is None:
            raise ValueError(f"{expression!r}: so rarely is never")
        if (count == 1) == bool(rate[3]):
            raise ValueError(f"{expression!r}: AWS wants the singular for 1, and the plural for all other values")
        return Every(count * timedelta(**{f"{rate[2]}s": 1}))
    cron = re.fullmatch(r"cron\((.*)\)", expression)
    words = cron[1].upper().split() if cron else []
    if len(words) != 6:
        raise ValueError(f"{expression!r}: write rate(value unit), or cron(...) with six fields")
    minutes, hours, day_of_month, months, day_of_week, years = words
    if (day_of_month == "?") == (day_of_week == "?"):
        raise ValueError(f"{expression!r}: exactly one of day-of-month and day-of-week must be '?'")
    fields = _Fields(expression, range_sign="-")
    calendar = Calendar(
        minutes=fields.values("minutes", minutes, range(60)),
        hours=fields.values("hours", hours, range(24)),
        months=fields.values("month", months, range(1, 13), _MONTHS),
        years=fields.values("year", years, YEARS),
        timezone=fields.zone(timezone),
    )
    if day_of_week == "?":
        return _on_day_of_month(calendar, fields, day_of_month)
    return _on_day_of_week(calendar, fields, day_of_week)


def _on_day_of_month(calendar: Calendar, fields: "_Fields", text: str) -> Calendar:
    if text == "L":
        return replace(calendar, days_from_end=frozenset((1,)))
    if text.endswith("W"):
        return replace(
            calendar,
            nearest_weekday_to=fields.number("day-of-month", text[:-1], range(1, 32)),
        )
    return replace(calendar, days=fields.values("day-of-month", text, range(1, 32)))


def _on_day_of_week(calendar: Calendar, fields: "_Fields", text: str) -> Calendar:
    week: int | None = None
    day, nth, ordinal = text.partition("#")
    if nth:
        week = fields.number("day-of-week", ordinal, range(1, 6))
    elif text.endswith("L"):
        # A lone L is the last day of the week; behind a day it is the last such day of the month.
        day, week = (text[:-1], 0) if len(text) > 1 else ("SAT", None)
    if week is None:
        numbers = fields.values("day-of-week", day, range(1, 8), _AWS_WEEKDAYS)
    else:
        numbers = frozenset((fields.number("day-of-week", day, range(1, 8), _AWS_WEEKDAYS),))
    return replace(calendar, weekdays=frozenset(number - 1 for number in numbers), week=week)


@lru_cache(maxsize=1024)
def systemd(expression: str, timezone: str = "UTC") -> Calendar:
    """A systemd calendar event (systemd.time(7)), in whole seconds; `timezone` is the host's own."""
    fields = _Fields(expression, range_sign="..")
    words = expression.split()
    if len(words) > 1 and words[-1][0].isalpha():
        timezone = words.pop()
    if len(words) == 1:
        words = _SYSTEMD_SHORTHANDS.get(words[0].lower(), words[0]).split()
    weekdays = words.pop(0) if words and words[0][0].isalpha() else "*"
    date_text = words.pop(0) if words and ":" not in words[0] else "*-*-*"
    time_text = words.pop(0) if words else "00:00:00"
    date = re.fullmatch(r"(?:([^-~]+)-)?([^-~]+)([-~])([^-~]+)", date_text)
    clock = time_text.split(":")
    if not expression.strip() or words or not date or len(clock) not in (2, 3):
        raise ValueError(f"{expression!r}: write [weekdays] [[year-]month-day] [hour:minute[:second]] [time zone]")
    year, month, from_start_or_end, days = date.groups()
    calendar = Calendar(
        hours=fields.values("hour", clock[0], range(24)),
        minutes=fields.values("minute", clock[1], range(60)),
        seconds=fields.values("second", clock[2] if len(clock) == 3 else "0", range(60)),
        years=fields.values("year", year or "*", YEARS),
        months=fields.values("month", month, range(1, 13)),
        weekdays=_systemd_weekdays(fields, weekdays),
        timezone=fields.zone(timezone),
    )
    if from_start_or_end == "~":
        return replace(calendar, days_from_end=fields.values_from_end("day", days))
    return replace(calendar, days=fields.values("day", days, range(1, 32)))


def _systemd_weekdays(fields: "_Fields", text: str) -> frozenset[int]:
    numbers = fields.values("weekday", text.upper().replace("-", ".."), range(1, 8), _SYSTEMD_WEEKDAYS)
    return frozenset(number % 7 for number in numbers)


def hetzner_plan(
    *,
    minute: int | None,
    hour: int | None,
    day_of_week: int | None,
    day_of_month: int | None,
) -> Calendar:
    """A Storage Box snapshot plan, in UTC: None is every, and 0 is Sunday.

    With both days given it runs only where both agree: the rarer reading, as the API documents neither.
    """
    fields = _Fields(
        f"snapshot plan minute={minute} hour={hour} dayOfWeek={day_of_week} dayOfMonth={day_of_month}",
        "",
    )
    return Calendar(
        minutes=fields.given("minute", minute, range(60)),
        hours=fields.given("hour", hour, range(24)),
        weekdays=fields.given("dayOfWeek", day_of_week, range(7)),
        days=fields.given("dayOfMonth", day_of_month, range(1, 32)),
    )


@dataclass(frozen=True)
class _Fields:
    """Reads the fields of one expression, and names it in every error."""

    expression: str
    range_sign: str

    def values(
        self,
        field: str,
        text: str,
        domain: range,
        names: Mapping[str, int] | None = None,
    ) -> frozenset[int]:
        """A list of values, ranges and steps."""
        return frozenset(number for item in text.split(",") for number in self._item(field, item, domain, names))

    def _item(self, field: str, item: str, domain: range, names: Mapping[str, int] | None) -> range:
        body, step_sign, step_text = item.partition("/")
        step = self.number(field, step_text, range(1, domain[-1] + 1)) if step_sign else 1
        if body == "*":
            if step_sign and self.range_sign == "..":
                raise self._error(field, item, "systemd steps from a number, not from '*'")
            return domain[::step]
        first_text, sign, last_text = body.partition(self.range_sign)
        first = self.number(field, first_text, domain, names)
        last = self.number(field, last_text, domain, names) if sign else domain[-1] if step_sign else first
        if last < first:
            raise self._error(field, item, "the range runs backwards")
        return range(first, last + 1, step)

    def values_from_end(self, field: str, text: str) -> frozenset[int]:
        """Days counted from a month's end; steps go towards the end."""
        numbers: set[int] = set()
        for item in text.split(","):
            first_text, step_sign, step_text = item.partition("/")
            if not step_sign:
                numbers.update(self._item(field, item, range(1, 32), None))
                continue
            first = self.number(field, first_text, range(1, 32))
            numbers.update(range(first, 0, -self.number(field, step_text, range(1, 32))))
        return frozenset(numbers)

    def number(
        self,
        field: str,
        text: str,
        domain: range,
        names: Mapping[str, int] | None = None,
    ) -> int:
        if names and text in names:
            return names[text]
        if not (text.isascii() and text.isdigit()):
            raise self._error(field, text, "not a value")
        number = whole(text)
        if number is None or number not in domain:
            raise self._error(field, text, f"not within {domain[0]} to {domain[-1]}")
        return number

    def given(self, field: str, value: int | None, domain: range) -> frozenset[int]:
        return frozenset(domain if value is None else (self.number(field, str(value), domain),))

    def zone(self, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise self._error("time zone", name, "no such time zone") from None
        return name

    def _error(self, field: str, text: str, reason: str) -> ValueError:
        return ValueError(f"{self.expression!r}, {field}: {text!r}: {reason}")
