"""The calendar against loops that count: one day at a time, with nothing clever in them."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from casecheck.calendar import (
    DAYS,
    OPEN,
    UNKNOWN,
    Duration,
    add,
    add_months,
    add_working_days,
    age_on,
    birthday,
    duration_in_words,
    in_words,
    is_working_day,
    iso,
    parse_duration,
    subtract,
)

ENGLAND = country_holidays("GB", subdiv="ENG", years=range(1985, 2045))
ONE_DAY = timedelta(days=1)


def day(text):
    return date.fromisoformat(text).toordinal()


def works(when):
    return when.weekday() not in (5, 6) and when not in ENGLAND


def dates_near(*texts):
    """Days within three of those named, where what is counted changes."""
    return st.builds(
        lambda text, by: date.fromisoformat(text) + timedelta(days=by), st.sampled_from(texts), st.integers(-3, 3)
    )


dates = st.one_of(
    st.dates(date(1990, 1, 1), date(2035, 12, 31)),
    dates_near(
        "2000-02-29", "2012-02-29", "2011-02-28", "2011-12-31", "2012-06-04", "2022-12-25", "2011-04-22", "1999-12-31"
    ),
)


@given(dates, st.integers(0, 70))
def test_the_nth_working_day_is_found_by_counting_them(start, count):
    when, counted = start, 0
    while counted < count:
        when += ONE_DAY
        counted += works(when)
    assert add_working_days(start.toordinal(), count) == when.toordinal()
    assert add(start.toordinal(), Duration(count, "working days")) == when.toordinal()


@given(dates)
def test_a_working_day_is_no_weekend_and_no_bank_holiday(when):
    assert is_working_day(when.toordinal()) == works(when)


@pytest.mark.parametrize(
    ("holiday", "why"),
    [
        ("2011-04-29", "the royal wedding, once"),
        ("2012-06-04", "the spring bank holiday, moved"),
        ("2012-06-05", "the diamond jubilee, once"),
        ("2022-09-19", "the state funeral, once"),
        ("2023-05-08", "the coronation, once"),
        ("2012-04-06", "Good Friday"),
        ("2012-04-09", "Easter Monday"),
        ("2010-12-27", "for Christmas Day on a Saturday"),
        ("2010-12-28", "for Boxing Day on a Sunday"),
        ("2011-12-27", "for Christmas Day on a Sunday"),
        ("2011-01-03", "for New Year's Day on a Saturday"),
        ("2020-05-08", "the early May bank holiday, moved to a Friday"),
    ],
)
def test_a_bank_holiday_is_no_working_day(holiday, why):
    assert date.fromisoformat(holiday).weekday() < 5, "so that it is the holiday that is tested"
    assert not is_working_day(day(holiday)), why


@pytest.mark.parametrize(
    "text",
    ["2012-05-28", "2020-05-04", "2011-04-28", "2012-06-06", "2023-05-09", "2012-01-03", "2012-08-06", "2012-03-19"],
)
def test_a_day_beside_a_holiday_or_a_holiday_elsewhere_is_worked(text):
    assert is_working_day(day(text))


def test_ten_working_days_over_easter_and_the_royal_wedding():
    assert iso(add_working_days(day("2011-04-20"), 10)) == "2011-05-10"


def test_working_days_start_alike_from_a_weekend_and_the_friday_before_it():
    assert {iso(add_working_days(day(f"2012-03-{start}"), 1)) for start in ("16", "17", "18")} == {"2012-03-19"}


def test_no_working_days_on_is_the_day_itself_even_on_a_sunday():
    assert add_working_days(day("2012-03-18"), 0) == day("2012-03-18")


@given(dates, st.integers(-240, 240))
def test_months_end_on_the_corresponding_day_or_the_months_last(start, months):
    year, month = start.year, start.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        year, month = (year + 1, 1) if month == 13 else (year - 1, 12) if month == 0 else (year, month)
    landed = date.fromordinal(add_months(start.toordinal(), months))
    assert (landed.year, landed.month) == (year, month)
    assert landed.day == start.day or (landed.day < start.day and (landed + ONE_DAY).day == 1)


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        ("1978-09-30", "4 months", "1979-01-30"),  # Dodds v Walker itself: notice of 30 September, not 31 January
        ("2012-02-29", "1 month", "2012-03-29"),
        ("2012-01-31", "1 month", "2012-02-29"),
        ("2011-01-31", "1 month", "2011-02-28"),
        ("2011-11-30", "3 months", "2012-02-29"),
        ("2011-12-31", "2 months", "2012-02-29"),
        ("2012-02-29", "1 year", "2013-02-28"),
        ("2012-02-29", "4 years", "2016-02-29"),
        ("2011-12-31", "6 months", "2012-06-30"),
        ("2011-08-31", "6 months", "2012-02-29"),
        ("2012-02-20", "72 hours", "2012-02-23"),
        ("2012-02-27", "72 hours", "2012-03-01"),
        ("2011-12-31", "1 day", "2012-01-01"),
        ("2011-12-31", "6 weeks", "2012-02-11"),
    ],
)
def test_a_duration_ends_on_its_due_day(start, duration, due):
    assert iso(add(day(start), parse_duration(duration))) == due


@given(dates, st.sampled_from(["days", "weeks", "months", "years"]), st.integers(0, 60))
def test_taking_away_counts_back_as_adding_counts_on(start, unit, count):
    back = date.fromordinal(subtract(start.toordinal(), Duration(count, unit)))
    if unit in ("days", "weeks"):
        assert (start - back).days == count * (7 if unit == "weeks" else 1)
    else:
        months = (start.year - back.year) * 12 + start.month - back.month
        assert months == count * (12 if unit == "years" else 1)
        assert back.day == min(start.day, monthrange(back.year, back.month)[1])


def test_working_days_are_not_taken_away():
    with pytest.raises(ValueError, match="days, weeks, months or years"):
        subtract(day("2012-03-16"), Duration(1, "working days"))


def age_by_counting(born, when):
    """Birthdays lived through, looked at one day after another."""
    age, current = 0, born
    while current < when:
        current += ONE_DAY
        on_the_day = (current.month, current.day) == (born.month, born.day)
        leapling = (born.month, born.day) == (2, 29) and (current.month, current.day) == (3, 1)
        age += on_the_day or (leapling and monthrange(current.year, 2)[1] == 28)
    return age


births = st.one_of(st.dates(date(1990, 1, 1), date(2005, 12, 31)), dates_near("1992-02-29", "1996-02-29", "1999-12-31"))


@given(births, st.integers(0, 25), st.integers(-2, 2))
def test_age_is_the_number_of_birthdays_lived_through(born, age, by):
    when = max(born, date(born.year + age, born.month, min(born.day, 28)) + timedelta(days=by))
    assert age_on(born.toordinal(), when.toordinal()) == age_by_counting(born, when)


@given(births, st.integers(1, 25))
def test_a_birthday_is_the_first_day_of_an_age(born, age):
    reached = birthday(born.toordinal(), age)
    assert age_on(born.toordinal(), reached) == age
    assert age_on(born.toordinal(), reached - 1) == age - 1


@pytest.mark.parametrize(
    ("years", "reached"), [(16, "2012-02-29"), (17, "2013-03-01"), (18, "2014-03-01"), (20, "2016-02-29")]
)
def test_one_born_on_29_february_comes_of_age_on_1_march_in_common_years(years, reached):
    assert iso(birthday(day("1996-02-29"), years)) == reached


def test_the_unborn_have_a_negative_age():
    assert age_on(day("2012-04-23"), day("2012-04-22")) == -1


def test_what_falls_after_the_calendars_last_year_is_open():
    late = day("9999-12-30")
    assert birthday(late, 18) == OPEN
    assert add_months(late, 1) == OPEN
    assert add_working_days(late, 30) == OPEN


@pytest.mark.parametrize(
    ("text", "duration", "words"),
    [
        ("6 weeks", Duration(6, "weeks"), "6 weeks"),
        ("1 week", Duration(1, "weeks"), "1 week"),
        ("1 working day", Duration(1, "working days"), "1 working day"),
        ("10 working days", Duration(10, "working days"), "10 working days"),
        ("0 days", Duration(0, "days"), "0 days"),
        ("72 hours", Duration(3, "days"), "3 days"),
        ("24 hours", Duration(1, "days"), "1 day"),
        ("3 months", Duration(3, "months"), "3 months"),
        ("1 years", Duration(1, "years"), "1 year"),
    ],
)
def test_a_duration_is_read_and_told(text, duration, words):
    assert parse_duration(text) == duration
    assert duration_in_words(duration) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "six weeks",
        "6",
        "6weeks",
        "-1 days",
        "1.5 months",
        "6 fortnights",
        "6 weeks and a day",
        "6 Weeks",
        "99999 days",
        "\u0663 days",
        6,
        None,
        ["6 weeks"],
    ],
)
def test_what_is_no_duration_is_refused_with_what_would_be_right(text):
    with pytest.raises(ValueError, match="a whole number and a unit"):
        parse_duration(text)


def test_hours_that_are_no_whole_days_are_refused():
    with pytest.raises(ValueError, match="multiple of 24"):
        parse_duration("36 hours")


@given(dates)
def test_text_and_day_are_one(when):
    assert DAYS[when.isoformat()] == when.toordinal()
    assert iso(when.toordinal()) == when.isoformat()
    assert in_words(when.toordinal()) == f"{when.day} {when:%B %Y}"


@pytest.mark.parametrize(
    "text",
    [
        "2011-02-31",
        "2011-02-29",
        "0000-00-00",
        "2011-13-01",
        "20110401",
        "2011-W05-1",
        "2011-04-01T00:00:00",
        " 2011-04-01",
        "\uff12011-04-01",
        "",
        "unknown",
    ],
)
def test_text_that_is_no_day_of_the_calendar_is_unknown(text):
    assert DAYS[text] == UNKNOWN
