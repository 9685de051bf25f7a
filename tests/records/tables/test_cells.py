"""What single cells say."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecheck.records.tables.cells import (
    Day,
    Merged,
    Unread,
    cleaned,
    is_blank,
    read_code,
    read_count,
    read_day,
    read_flag,
    read_id,
)

NONE: frozenset[str] = frozenset()
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d"]))
def test_a_day_written_in_any_style_is_that_day(day, style):
    assert read_day(day.strftime(style)).iso == day.isoformat()


@given(DAYS)
def test_a_day_in_numbers_is_never_taken_for_another_without_saying_that_it_may_be(day):
    found = read_day(day.strftime("%m/%d/%Y"))
    assert found.order == "either" or found.iso == day.isoformat()
    assert read_day(day.strftime("%m/%d/%Y"), month_first=True).iso == day.isoformat()


@given(st.dates(date(1927, 5, 19), date(2100, 12, 31)))
def test_the_number_of_a_day_in_a_workbook_is_that_day(day):
    since_1900 = (day - date(1899, 12, 30)).days
    assert read_day(float(since_1900), since_1904=False) == Day(day.isoformat(), "serial")
    assert read_day(f"{since_1900}", since_1904=False).iso == day.isoformat()
    assert read_day(since_1900 - 1462, since_1904=True).iso == day.isoformat()


@given(st.text())
def test_any_text_is_a_day_or_told_to_be_none_in_words_without_it(text):
    why = ""
    try:
        found = read_day(text)
    except Unread as unread:
        why = str(unread)
    assert (len(text) < 6 or text.strip() not in why) if why else date.fromisoformat(found.iso)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        (date(2012, 4, 23), "2012-04-23"),
        (datetime(2012, 4, 23, 11, 30), "2012-04-23"),
        ("2012-04-23T00:00:00Z", "2012-04-23"),
        ("Monday 23rd April 2012", "2012-04-23"),
        ("23 Sept. 2012", "2012-09-23"),
        ("1/2/2012 14:30", "2012-02-01"),
    ],
)
def test_a_day_with_more_around_it_is_read(cell, iso):
    assert read_day(cell).iso == iso


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2012",
        "2012-13-01",
        "13/13/2012",
        "23/4/12",
        "23 Foo 2012",
        "41022",
        41022,
        "x",
        float("nan"),
        "31/12/1899",
        "01/01/2101",
        "2012",
        "#VALUE!",
        Merged(),
    ],
)
def test_what_is_no_day_is_none(cell):
    with pytest.raises(Unread):
        read_day(cell)


@pytest.mark.parametrize("number", [0.5, -3.0, 100_000.0, float("inf"), 10.0])
def test_a_number_that_is_no_day_of_a_workbook_is_none(number):
    with pytest.raises(Unread):
        read_day(number, since_1904=False) if number != 10.0 else read_day("10", since_1904=False)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("\u00a0 Kim\u00a0Doe ", "Kim Doe"),
        ("\u200b12\ufeff", "12"),
        (12.0, "12"),
        (12.5, "12.5"),
        (True, "1"),
        (False, "0"),
        (None, ""),
        (float("nan"), ""),
        ("NULL", ""),
        ("NaT", ""),
        (" ", ""),
        (date(2012, 4, 23), "2012-04-23"),
        (timedelta(days=1), "1 day, 0:00:00"),
    ],
)
def test_text_is_cleaned(cell, text):
    assert cleaned(cell) == text
    assert is_blank(cell) == (not text)


def test_an_error_is_no_blank():
    assert not is_blank("#N/A")
    assert not is_blank("#DIV/0!")


@pytest.mark.parametrize(("cell", "told"), [("00123", "00123"), (123.0, "123"), ("123.0", "123"), ("AB 1", "AB 1")])
def test_an_id_is_text_without_what_a_spreadsheet_program_adds(cell, told):
    assert read_id(cell) == told


@pytest.mark.parametrize("cell", ["1.23E+05", "1e10", "x" * 101, "a\x07b", "#REF!"])
def test_what_is_no_id_is_none(cell):
    with pytest.raises(Unread):
        read_id(cell)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Y", True),
        ("a) Yes", True),
        ("b) No", False),
        (1.0, True),
        (False, False),
        ("TRUE", True),
        ("Done", True),
        ("-", False),
        ("0", False),
    ],
)
def test_yes_and_no_are_read_in_many_styles(cell, told):
    assert read_flag(cell, frozenset(["done"]), frozenset([""])) is told


def test_a_mapping_may_say_that_a_usual_yes_is_a_no():
    assert read_flag("1", frozenset(["2"]), frozenset(["1"])) is False
    assert read_flag("0", frozenset(["0"]), NONE) is True
    with pytest.raises(Unread, match="neither yes nor no"):
        read_flag("perhaps", NONE, NONE)


@pytest.mark.parametrize(
    "cell", ["N1", "n1", "a) N1", "N1 - Abuse or neglect", "N1: Abuse", "q) N1: Abuse", "N1 Abuse", "abuse or neglect"]
)
def test_a_code_is_found_among_its_words(cell):
    assert read_code(cell, {"n1": "N1", "abuseorneglect": "N1"}, 20) == "N1"


def test_a_code_that_is_not_listed_or_too_long_is_none():
    with pytest.raises(Unread, match="none of the codes"):
        read_code("N9", {"n1": "N1"}, 20)
    with pytest.raises(Unread, match="none of the codes"):
        read_code("A child of four", {"a": "A", "child": "C"}, 20)
    with pytest.raises(Unread, match="longer than 20 characters"):
        read_code("x" * 21, None, 20)
    assert read_code("x" * 21, None, None) == "x" * 21


@pytest.mark.parametrize(("cell", "told"), [("3", 3), (3.0, 3), ("3.0", 3), ("-2", -2)])
def test_a_whole_number_is_read(cell, told):
    assert read_count(cell) == told


@pytest.mark.parametrize("cell", ["3.5", "three", "1234567890", "\u0663"])
def test_what_is_no_whole_number_is_none(cell):
    with pytest.raises(Unread):
        read_count(cell)
