"""Days, durations, months and the working days of England.

A day is a plain integer throughout casecheck: the proleptic Gregorian ordinal of `datetime.date`, so that
a week later is `day + 7` and comparing dates is comparing integers. Text becomes a day once, through a cache,
since there are only so many days.

Sources: the corresponding-date rule for months and years is Dodds v Walker [1981] 1 WLR 1027; bank holidays
of England, one-off ones included, come from the `holidays` package.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Final, NamedTuple

OPEN: Final = 10_000_000
"""The end of what has not ended: later than every day."""

LAST_DAY: Final = date.max.toordinal()
"""31 December 9999, the last day that a calendar of four digits has."""

UNKNOWN: Final = -1
"""A day that the record does not hold, or holds impossibly."""

UNITS: Final = ("hours", "days", "working days", "weeks", "months", "years")

_DURATION = re.compile(r"([0-9]{1,4}) (hour|day|working day|week|month|year)s?")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Duration(NamedTuple):
    """A length of time as a standard states it.

    `number` is a whole number of `unit`: one of `days`, `working days`, `weeks`, `months`, `years`.
    """

    number: int
    unit: str


def parse_duration(text: str) -> Duration:
    """Read `6 weeks`, `1 working day` or `72 hours` (which on dates is 3 days).

    Raises ValueError, with what would be right, for anything else.
    """
    match = _DURATION.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ValueError("a duration is a whole number and a unit: " + ", ".join(f"2 {unit}" for unit in UNITS))
    count, unit = int(match[1]), match[2] + "s"
    if unit != "hours":
        return Duration(count, unit)
    if count % 24:
        raise ValueError("records hold days, not hours: write a multiple of 24 hours, or days")
    return Duration(count // 24, "days")


def duration_in_words(duration: Duration) -> str:
    """`Duration(1, "weeks")` as `1 week`, `Duration(6, "weeks")` as `6 weeks`."""
    count, unit = duration
    return f"{count} {unit[:-1] if count == 1 else unit}"


class _Days(dict[str, int]):
    """ISO text to day number; text that is no day of the calendar is UNKNOWN. Filled as texts are met."""

    def __missing__(self, text: str) -> int:
        try:
            day = date.fromisoformat(text).toordinal() if _ISO_DAY.fullmatch(text) else UNKNOWN
        except ValueError:
            day = UNKNOWN
        if len(self) < 200_000:
            self[text] = day
        return day


DAYS: Final = _Days()
"""ISO text to day number through a cache: `DAYS["2012-04-23"]`; UNKNOWN for what is no day of the calendar."""


@cache
def iso(day: int) -> str:
    """The day as ISO 8601 text, `2012-04-23`; what lies after the year 9999 as that year's last day."""
    return date.fromordinal(min(day, LAST_DAY)).isoformat()


class _Texts(dict[int | None, str | None]):
    """Day number to ISO text, None to None. Filled as days are told."""

    def __missing__(self, day: int | None) -> str | None:
        if day is not None:
            self[day] = iso(day)
        return self[day]


ISO: Final = _Texts({None: None})
"""Day number to ISO text, and None to None, through a cache."""


@cache
def in_words(day: int) -> str:
    """The day as people write it, `23 April 2012`."""
    as_date = date.fromordinal(min(day, LAST_DAY))
    return f"{as_date.day} {as_date:%B} {as_date.year}"


@cache
def add_months(day: int, months: int) -> int:
    """The corresponding day so many months on (or back, if negative), else that month's last day.

    29 February + 1 month is 29 March; 31 January + 1 month is 28 or 29 February (Dodds v Walker).
    """
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return OPEN if year > 9999 else 1
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


@cache
def birthday(born: int, age: int) -> int:
    """The day on which someone born on `born` reaches `age` in years; a 29 February birth, 1 March in common years."""
    start = date.fromordinal(born)
    if start.year + age > 9999:
        return OPEN
    if start.month == 2 and start.day == 29 and monthrange(start.year + age, 2)[1] == 28:
        return date(start.year + age, 3, 1).toordinal()
    return date(start.year + age, start.month, start.day).toordinal()


def age_on(born: int, day: int) -> int:
    """Age in whole years on `day`; negative before birth."""
    years = (day - born) // 366
    while birthday(born, years + 1) <= day:
        years += 1
    return years


@cache
def _bank_holidays(year: int) -> frozenset[int]:
    from holidays import country_holidays

    return frozenset(day.toordinal() for day in country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: int) -> bool:
    """Whether `day` is neither a Saturday, a Sunday nor a bank holiday of England."""
    as_date = date.fromordinal(day)
    return as_date.weekday() < 5 and day not in _bank_holidays(as_date.year)


@cache
def _working_days_of(year: int) -> tuple[int, ...]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return tuple(day for day in range(first, last + 1) if is_working_day(day))


@cache
def add_working_days(day: int, count: int) -> int:
    """The `count`th working day after `day`, wherever `day` itself falls; `day` for a count of 0."""
    if count == 0:
        return day
    year = date.fromordinal(day).year
    working_days = _working_days_of(year)
    place = bisect_right(working_days, day) + count - 1
    while place >= len(working_days):
        place -= len(working_days)
        year += 1
        if year > 9999:
            return OPEN
        working_days = _working_days_of(year)
    return working_days[place]


def add(day: int, duration: Duration) -> int:
    """The last day that is within `duration` of `day`: the due day of what runs from `day`."""
    count, unit = duration
    if unit == "days":
        return day + count
    if unit == "weeks":
        return day + 7 * count
    if unit == "working days":
        return add_working_days(day, count)
    return add_months(day, count if unit == "months" else 12 * count)


def adder(duration: Duration) -> Callable[[int], int]:
    """`add` for one duration, for what is asked many times."""
    count, unit = duration
    if unit in ("days", "weeks"):
        days = count if unit == "days" else 7 * count
        return lambda day: day + days
    if unit == "working days":
        return lambda day: add_working_days(day, count)
    months = count if unit == "months" else 12 * count
    return lambda day: add_months(day, months)


def subtract(day: int, duration: Duration) -> int:
    """The day so long before `day`; months by the corresponding-date rule. Not for working days.

    Raises ValueError for a duration in working days.
    """
    count, unit = duration
    if unit == "working days":
        raise ValueError("a period is counted in days, weeks, months or years")
    return add(day, Duration(-count, unit))
