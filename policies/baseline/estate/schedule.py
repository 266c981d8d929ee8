"""How often a schedule really runs: evaluated over the whole calendar, never read by its name.

`schedule_words` reads the providers' expressions into a `Schedule`; `longest_gap` measures it over the 400
years after which the Gregorian calendar repeats, so leap days, month ends and weekdays are in the answer.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise, product
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = timedelta(days=1)
NEVER: Final = timedelta.max
"""The gap of a schedule that never runs, or one day stops running."""

YEARS: Final = range(1970, 2200)
"""The years that AWS and systemd both let a schedule name."""

_EVERY_YEAR = frozenset(YEARS)
_CYCLE_DAYS = 146_097


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Runs at each time of day on each day that meets every condition, by the clocks of `timezone`."""

    hours: frozenset[int]
    minutes: frozenset[int]
    seconds: frozenset[int] = frozenset((0,))
    years: frozenset[int] = _EVERY_YEAR
    months: frozenset[int] = frozenset(range(1, 13))
    days: frozenset[int] = frozenset(range(1, 32))
    days_from_end: frozenset[int] = frozenset(range(1, 32))
    """1 is the last day of a month."""
    nearest_weekday_to: int | None = None
    """Instead of `days`: the Monday to Friday nearest to this day, within its month."""
    weekdays: frozenset[int] = frozenset(range(7))
    """0 is Sunday."""
    week: int | None = None
    """Only the nth such weekday of a month; 0 is the last."""
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Every:
    """Runs again and again after a fixed period."""

    period: timedelta


Schedule = Calendar | Every


@lru_cache(maxsize=1024)
def longest_gap(*schedules: Schedule) -> timedelta:
    """The longest time between two runs, over all years; NEVER where they do not run, or only in some years.

    Several schedules run together, as one by their union where they share a time zone. Where clocks change, gaps are
    of elapsed time: a daily run comes once a year after 25 hours, and one that falls into the hour left out in spring
    is skipped that day, as EventBridge and systemd do.
    """
    gaps = [each.period for each in schedules if isinstance(each, Every)]
    gaps += (_longest_gap(zone, *together) for zone, together in _by_timezone(schedules).items())
    return min(gaps, default=NEVER)


def is_daily(*schedules: Schedule) -> bool:
    """Whether no more than 24 hours ever pass between two runs, by local clocks: 25 when they change."""
    if any(isinstance(each, Every) and each.period <= DAY for each in schedules):
        return True
    return any(
        _longest_gap("UTC", *together) <= DAY and _longest_gap(zone, *together) <= DAY + timedelta(hours=zone != "UTC")
        for zone, together in _by_timezone(schedules).items()
    )


def _by_timezone(schedules: Iterable[Schedule]) -> dict[str, list[Calendar]]:
    """The calendars that run in every year; what ends one day promises nothing."""
    found: dict[str, list[Calendar]] = {}
    for each in schedules:
        if isinstance(each, Calendar) and each.years == _EVERY_YEAR:
            found.setdefault(each.timezone, []).append(each)
    return found


@lru_cache(maxsize=1024)
def _longest_gap(timezone: str, *calendars: Calendar) -> timedelta:
    """The longest time between two runs of calendars by the clocks of one time zone."""
    gaps = _gaps_of_one_day(calendars) if all(map(_runs_every_day, calendars)) else _gaps_of_all_years(calendars)
    if not gaps:
        return NEVER
    if timezone != "UTC":
        gaps += _elapsed_gaps(calendars, ZoneInfo(timezone))
    return max(gaps)


def _runs_every_day(calendar: Calendar) -> bool:
    """Whether nothing restricts the days: most schedules, and their days need not be counted out."""
    daily = Calendar(hours=calendar.hours, minutes=calendar.minutes, seconds=calendar.seconds)
    return replace(calendar, timezone=daily.timezone) == daily


def _gaps_of_one_day(calendars: Sequence[Calendar]) -> list[timedelta]:
    """The gaps of a day that is like every other, the night after it included; none where nothing runs."""
    times = sorted({at for calendar in calendars for at in _times(calendar)})
    return [later - earlier for earlier, later in pairwise((*times, *(at + DAY for at in times[:1])))]


def _gaps_of_all_years(calendars: Sequence[Calendar]) -> list[timedelta]:
    """The gaps over the 400 years after which the calendar repeats; none where nothing runs."""
    days = _planned(calendars, range(2000, 2400))
    if not days:
        return []
    days.append((days[0][0] + _CYCLE_DAYS, days[0][1]))
    # Few pairs differ, so each kind of night and of day is measured once.
    nights = {(after - before, ran[-1], runs[0]) for (before, ran), (after, runs) in pairwise(days)}
    kinds = {id(times): times for _, times in days}
    within = (later - earlier for times in kinds.values() for earlier, later in pairwise(times))
    return [*(DAY * count + first - last for count, last, first in nights), *within]


def runs(schedule: Calendar, years: range) -> Iterator[datetime]:
    """Each run in these years, by the clock of the schedule's own time zone (naive), in order."""
    times = _times(schedule)
    for day in _days(schedule, years):
        midnight = datetime.combine(date.fromordinal(day), time())
        yield from (midnight + at for at in times)


def _planned(calendars: Sequence[Calendar], years: range) -> list[tuple[int, list[timedelta]]]:
    """Each day on which any of them runs, by its ordinal, with the times of all that do."""
    times = [_times(calendar) for calendar in calendars]
    ran: dict[int, tuple[int, ...]] = {}
    for which, calendar in enumerate(calendars):
        for day in _days(calendar, years):
            ran[day] = (*ran.get(day, ()), which)
    merged = {those: sorted({at for which in those for at in times[which]}) for those in set(ran.values())}
    return [(day, merged[those]) for day, those in sorted(ran.items())]


def _times(schedule: Calendar) -> list[timedelta]:
    return sorted(
        timedelta(hours=hour, minutes=minute, seconds=second)
        for hour, minute, second in product(schedule.hours, schedule.minutes, schedule.seconds)
    )


def _days(schedule: Calendar, years: range) -> Iterator[int]:
    """The ordinals of the days on which it runs."""
    shapes: dict[tuple[int, int], list[int]] = {}
    for year, month in product(years, sorted(schedule.months)):
        if year not in schedule.years and year in YEARS:
            continue
        monday_based, length = monthrange(year, month)
        shape = ((monday_based + 1) % 7, length)
        if shape not in shapes:
            shapes[shape] = [day for day in range(1, length + 1) if _runs_on(schedule, day, *shape)]
        before = date(year, month, 1).toordinal() - 1
        yield from (before + day for day in shapes[shape])


def _runs_on(schedule: Calendar, day: int, first_weekday: int, length: int) -> bool:
    """Whether it runs on a day of a month that starts on a weekday (0 is Sunday) and has `length` days."""
    days = schedule.days
    if schedule.nearest_weekday_to is not None:
        days = _nearest_weekday(schedule.nearest_weekday_to, first_weekday, length)
    week = schedule.week
    return (
        day in days
        and length + 1 - day in schedule.days_from_end
        and (first_weekday + day - 1) % 7 in schedule.weekdays
        and (week is None or (day + 7 > length if week == 0 else (day - 1) // 7 + 1 == week))
    )


def _nearest_weekday(day: int, first_weekday: int, length: int) -> frozenset[int]:
    if day > length:
        return frozenset()
    weekday = (first_weekday + day - 1) % 7
    if weekday == 6:
        return frozenset((day - 1 if day > 1 else day + 2,))
    if weekday == 0:
        return frozenset((day + 1 if day < length else day - 2,))
    return frozenset((day,))


def _elapsed_gaps(calendars: Sequence[Calendar], zone: ZoneInfo) -> Iterator[timedelta]:
    """The gaps overnight, and those of days on which the clocks change: only they differ from the clock's.

    Over 28 years, after which weekdays and leap days repeat.
    """
    previous: datetime | None = None
    for day, times in _planned(calendars, range(2024, 2052)):
        midnight = datetime.combine(date.fromordinal(day), time())
        changes = zone.utcoffset(midnight) != zone.utcoffset(midnight + DAY)
        for at in times if changes else (times[0], times[-1]):
            instant = (midnight + at).replace(tzinfo=zone).astimezone(UTC)
            if instant.astimezone(zone).replace(tzinfo=None) != midnight + at:
                continue  # the clocks skip it
            if previous is not None and (changes or at == times[0]):
                yield instant - previous
            previous = instant
