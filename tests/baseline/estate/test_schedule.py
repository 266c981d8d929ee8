"""Schedules, against brute force and against what systemd itself answers."""

from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baseline.estate.schedule import NEVER, Calendar, is_daily, longest_gap, runs
from baseline.estate.schedule_words import aws, hetzner_plan, systemd

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
DAY = timedelta(days=1)


def _subsets(values: range, most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


def _counted(days: list[date], hours: list[int], minutes: list[int]) -> timedelta:
    """The longest gap between runs that are written out one by one."""
    moments = sorted(datetime.combine(day, time(hour, minute)) for day in days for hour in hours for minute in minutes)
    return max(later - earlier for earlier, later in pairwise(moments))


# 28 years without the exception of 2100: after them weekdays and leap days repeat.
ALL_DAYS = [date(2001, 1, 1) + n * DAY for n in range(29 * 365)]


@settings(max_examples=30, deadline=None)
@given(_subsets(range(24), 3), _subsets(range(60), 3), _subsets(range(7), 7))
def test_gaps_by_weekday_agree_with_counting(hours: list[int], minutes: list[int], weekdays: list[int]) -> None:
    """Whatever the weekdays are, the longest gap is the one that counting finds."""
    days = [day for day in ALL_DAYS[:60] if day.weekday() in weekdays]
    expected = _counted(days, hours, minutes)
    names = ",".join(WEEKDAYS[day] for day in weekdays)
    hour_list, minute_list = ",".join(map(str, hours)), ",".join(map(str, minutes))
    cron = aws(f"cron({minute_list} {hour_list} ? * {names} *)")
    assert longest_gap(cron) == expected
    assert systemd(f"{names.title()} {hour_list}:{minute_list}") == cron
    assert is_daily(cron) == (expected <= DAY)


@settings(max_examples=20, deadline=None)
@given(_subsets(range(24), 2), _subsets(range(1, 32), 4), _subsets(range(1, 13), 4))
def test_gaps_by_date_agree_with_counting(hours: list[int], days: list[int], months: list[int]) -> None:
    """Whatever dates are chosen, month ends and leap days are in the longest gap."""
    found = [day for day in ALL_DAYS if day.day in days and day.month in months]
    expression = f"{','.join(map(str, months))} ? *)"
    schedule = aws(f"cron(30 {','.join(map(str, hours))} {','.join(map(str, days))} {expression}")
    assert isinstance(schedule, Calendar)
    assert [r for r in runs(schedule, range(2001, 2003)) if r.hour == hours[0]] == [
        datetime.combine(d, time(hours[0], 30)) for d in found if d.year < 2003
    ]
    if found and any(day.month != 2 or day.day != 29 for day in found):
        assert longest_gap(schedule) >= _counted(found, hours, [30])
    if not found:
        assert longest_gap(schedule) == NEVER


@pytest.mark.parametrize(
    ("expression", "gap"),
    [
        ("cron(0 5 * * ? *)", DAY),
        ("cron(0 5 ? * MON-FRI *)", 3 * DAY),
        ("cron(0 5 ? * * *)", DAY),
        ("cron(0 5 ? * 2-6 *)", 3 * DAY),
        ("cron(0 5,17 * * ? *)", timedelta(hours=12)),
        ("cron(0 8-18/2 * * ? *)", timedelta(hours=14)),
        ("cron(0/15 * * * ? *)", timedelta(minutes=15)),
        ("cron(*/20 * * * ? *)", timedelta(minutes=20)),
        ("cron(0 5 1 * ? *)", 31 * DAY),
        ("cron(0 5 31 * ? *)", 61 * DAY),
        ("cron(0 5 L * ? *)", 31 * DAY),
        ("cron(0 5 ? * L *)", 7 * DAY),
        ("cron(0 5 ? * 6L *)", 35 * DAY),
        ("cron(0 5 ? * FRI#2 *)", 35 * DAY),
        ("cron(0 5 ? JAN-NOV * *)", 32 * DAY),
        ("cron(0 5 1-30 * ? *)", 2 * DAY),
        ("cron(0 5 29 2 ? *)", 2921 * DAY),
        ("cron(0 5 30 2 ? *)", NEVER),
        ("cron(0 5 * * ? 2027)", NEVER),
        ("rate(1 day)", DAY),
        ("rate(24 hours)", DAY),
        ("rate(1441 minutes)", DAY + timedelta(minutes=1)),
    ],
)
def test_aws_expressions(expression: str, gap: timedelta) -> None:
    """Each construct means its longest gap, and a schedule is daily if that is at most 24 hours."""
    assert longest_gap(aws(expression)) == gap
    assert is_daily(aws(expression)) == (gap <= DAY)


def test_nearest_weekday_stays_in_its_month() -> None:
    """15W moves to the Friday before or the Monday after; 1W and 31W never leave their month."""
    for day, expected in {
        "1W": [date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1), date(2027, 5, 3)],
        "15W": [
            date(2027, 1, 15),
            date(2027, 2, 15),
            date(2027, 3, 15),
            date(2027, 4, 15),
            date(2027, 5, 14),
        ],
        "31W": [
            date(2027, 1, 29),
            date(2027, 3, 31),
            date(2027, 5, 31),
            date(2027, 7, 30),
            date(2027, 8, 31),
        ],
    }.items():
        schedule = aws(f"cron(0 5 {day} * ? *)")
        assert isinstance(schedule, Calendar)
        assert [moment.date() for moment in islice(runs(schedule, range(2027, 2028)), 5)] == expected


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ("cron(0 5 * * * *)", "exactly one of day-of-month and day-of-week"),
        ("cron(0 5 ? * ? *)", "exactly one of day-of-month and day-of-week"),
        ("cron(0 5 * * ?)", "six fields"),
        ("daily", "six fields"),
        ("rate(0 days)", "six fields"),
        ("rate(2 day)", "singular"),
        ("rate(1 hours)", "singular"),
        ("cron(0 24 * * ? *)", "hours: '24': not within 0 to 23"),
        ("cron(60 5 * * ? *)", "minutes: '60'"),
        ("cron(0 5 ? * MON-FRY *)", "day-of-week: 'FRY': not a value"),
        ("cron(0 5 ? * FRI-MON *)", "runs backwards"),
        ("cron(0 5 ? * 0 *)", "day-of-week: '0'"),
        ("cron(0 5 ? * MON#6 *)", "day-of-week: '6'"),
        ("cron(0/0 5 * * ? *)", "minutes: '0': not within 1"),
        ("cron(0 5 LW * ? *)", "day-of-month: 'L': not a value"),
        ("cron(0, 5 * * ? *)", "minutes: ''"),
    ],
)
def test_wrong_aws_expressions_say_where(expression: str, complaint: str) -> None:
    """An expression that AWS refuses, or does not document, is refused with its field and its value."""
    with pytest.raises(ValueError, match=r"cron|rate|daily") as error:
        aws(expression)
    assert complaint in str(error.value)
    assert repr(expression) in str(error.value)


# What `systemd-analyze calendar` of systemd 252 answers with --base-time="2026-12-31 23:59:59" in UTC.
SYSTEMD = {
    "daily": ["2027-01-01 00:00:00", "2027-01-02 00:00:00", "2027-01-03 00:00:00"],
    "weekly": ["2027-01-04 00:00:00", "2027-01-11 00:00:00", "2027-01-18 00:00:00"],
    "monthly": ["2027-01-01 00:00:00", "2027-02-01 00:00:00", "2027-03-01 00:00:00"],
    "quarterly": ["2027-01-01 00:00:00", "2027-04-01 00:00:00", "2027-07-01 00:00:00"],
    "*-*-* 03:00:00": ["2027-01-01 03:00:00", "2027-01-02 03:00:00", "2027-01-03 03:00:00"],
    "Mon-Fri 3:00": ["2027-01-01 03:00:00", "2027-01-04 03:00:00", "2027-01-05 03:00:00"],
    "Fri..Sun 04:05": ["2027-01-01 04:05:00", "2027-01-02 04:05:00", "2027-01-03 04:05:00"],
    "Mon,Wed *-1,7-* 3,15:00": ["2027-01-04 03:00:00", "2027-01-04 15:00:00", "2027-01-06 03:00:00"],
    "*-*~1 02:00": ["2027-01-31 02:00:00", "2027-02-28 02:00:00", "2027-03-31 02:00:00"],
    "Mon *-*~07/1": ["2027-01-25 00:00:00", "2027-02-22 00:00:00", "2027-03-29 00:00:00"],
    "*-*~2..5": ["2027-01-27 00:00:00", "2027-01-28 00:00:00", "2027-01-29 00:00:00"],
    "2/8:00": ["2027-01-01 02:00:00", "2027-01-01 10:00:00", "2027-01-01 18:00:00"],
    "*:0/15": ["2027-01-01 00:00:00", "2027-01-01 00:15:00", "2027-01-01 00:30:00"],
    "1..10/3:00": ["2027-01-01 01:00:00", "2027-01-01 04:00:00", "2027-01-01 07:00:00"],
    "12-24": ["2027-12-24 00:00:00", "2028-12-24 00:00:00", "2029-12-24 00:00:00"],
    "2028-02-29": ["2028-02-29 00:00:00"],
    "*-*-1/10 00:00:30": ["2027-01-01 00:00:30", "2027-01-11 00:00:30", "2027-01-21 00:00:30"],
    "Sunday": ["2027-01-03 00:00:00", "2027-01-10 00:00:00", "2027-01-17 00:00:00"],
}


@pytest.mark.parametrize("expression", SYSTEMD)
def test_systemd_expressions_run_when_systemd_says(expression: str) -> None:
    """The first runs are those that systemd itself computes."""
    found = islice(runs(systemd(expression), range(2027, 2030)), 3)
    assert [str(moment) for moment in found] == SYSTEMD[expression]


@pytest.mark.parametrize(
    "expression",
    [
        "",
        " ",
        "*:*/15",
        "Fri..Mon 03:00",
        "22..2:00",
        "*-*-*/2 03:00",
        "24:00",
        "*-*~5..2",
        "Mon,,Tue",
        "Sat, Sun",
        "nightly",
        "3",
        "03:00 Nowhere/Town",
        "*-*-~03",
        "daily daily daily",
    ],
)
def test_expressions_that_systemd_refuses(expression: str) -> None:
    """What `systemd-analyze calendar` fails to parse is refused here too, with the expression named."""
    with pytest.raises(ValueError) as error:  # noqa: PT011 - every complaint is of its own kind, the name is what counts
        systemd(expression)
    assert repr(expression) in str(error.value)


def test_only_a_schedule_without_holes_is_daily() -> None:
    """`Mon..Fri` and a plan for one weekday are schedules, but they are not daily."""
    assert is_daily(systemd("daily"))
    assert not is_daily(systemd("Mon..Fri 04:00"))
    assert is_daily(hetzner_plan(minute=0, hour=3, day_of_week=None, day_of_month=None))
    assert is_daily(hetzner_plan(minute=None, hour=None, day_of_week=None, day_of_month=None))
    assert longest_gap(hetzner_plan(minute=0, hour=3, day_of_week=0, day_of_month=None)) == 7 * DAY
    assert not is_daily(hetzner_plan(minute=0, hour=3, day_of_week=None, day_of_month=15))


def test_sunday_is_zero_at_hetzner() -> None:
    """Day 0 of a snapshot plan is Sunday; day 7, with which the provider's diff never ends, is refused."""
    sundays = hetzner_plan(minute=30, hour=2, day_of_week=0, day_of_month=None)
    assert next(runs(sundays, range(2027, 2028))) == datetime.combine(date(2027, 1, 3), time(2, 30))
    with pytest.raises(ValueError, match="dayOfWeek: '7': not within 0 to 6"):
        hetzner_plan(minute=0, hour=3, day_of_week=7, day_of_month=None)


def test_daily_by_the_clock_is_daily_where_clocks_change() -> None:
    """Once a year 25 hours pass between two runs at five o'clock, and nobody would call that two days."""
    assert longest_gap(aws("cron(0 5 * * ? *)", "Europe/Berlin")) == timedelta(hours=25)
    assert is_daily(aws("cron(0 5 * * ? *)", "Europe/Berlin"))
    assert longest_gap(aws("cron(0 5 * * ? *)", "Asia/Tokyo")) == DAY
    assert longest_gap(systemd("daily Australia/Lord_Howe")) == timedelta(hours=24, minutes=30)


def test_a_run_in_the_hour_left_out_in_spring_is_not_daily() -> None:
    """Half past two does not exist on one day of the year in Berlin, and nothing runs then."""
    schedule = systemd("*-*-* 02:30 Europe/Berlin")
    assert longest_gap(schedule) == timedelta(hours=47)
    assert not is_daily(schedule)
    assert not is_daily(aws("cron(0 0 * * ? *)", "America/Havana"))


def test_a_skipped_run_makes_one_gap_longer_and_no_more() -> None:
    """Of three runs a day the first is skipped once in spring: from 18:30 to 10:30, in a night of an hour less."""
    assert longest_gap(systemd("*-*-* 02,10,18:30 Europe/Berlin")) == timedelta(hours=15)


def test_a_day_left_out_is_found_in_any_time_zone() -> None:
    """24 hours and 40 minutes over a Wednesday are too long, although the clocks may add an hour on a Sunday."""
    schedule = "cron(10,30 0,23 ? * SUN-TUE,THU-SAT *)"
    assert longest_gap(aws(schedule)) == timedelta(hours=24, minutes=40)
    assert not is_daily(aws(schedule))
    assert not is_daily(aws(schedule, "Europe/Berlin"))


def test_schedules_that_are_daily_only_together_are_daily() -> None:
    """Working days and weekends make a week; each alone has holes, and a Saturday that is left out is one."""
    working, weekend = systemd("Mon..Fri 04:00"), systemd("Sat,Sun 03:00")
    assert not is_daily(working)
    assert not is_daily(weekend)
    assert longest_gap(working, weekend) == timedelta(hours=25)  # from Sunday 03:00 to Monday 04:00
    assert not is_daily(working, weekend)
    assert is_daily(working, systemd("Sat,Sun 04:00"))
    assert not is_daily(working, systemd("Sun 04:00"))
    assert is_daily(aws("cron(0 5 ? * MON-FRI *)", "Europe/Berlin"), aws("cron(0 5 ? * SAT,SUN *)", "Europe/Berlin"))
    # Apart from each other twice a year, by clocks that change on other days.
    assert not is_daily(aws("cron(0 5 ? * MON-FRI *)", "Europe/Berlin"), aws("cron(0 5 ? * SAT,SUN *)"))
    assert not is_daily()
