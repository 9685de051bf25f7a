"""The trend in the HTML report."""

import pytest

from casecheck.adequacy.trend import trend
from tests.reports.html.reading import by_id, page, texts, words
from tests.reports.results import area, head, rule

SUMMARY = head(rules=[rule(), rule("silent", title="Nothing was due")], areas=[area()])["summary"]


def document(due, since="2011-12-01", as_at="2012-04-23", quarters=False):
    told = head()
    return {
        **told,
        "cases": {"read": 1, "audited": 1, "invalid": 0},
        **trend(SUMMARY, {"visits": due}, since, as_at, quarters),
    }


@pytest.fixture
def section():
    due = {
        "2011-12": {"met": 4},
        "2012-01": {"met": 3, "late": 1},
        "2012-03": {"missed": 4},
        "2012-04": {"met": 1, "unknown": 2},
    }
    return by_id(page({**head(), "trend": document(due)}), "trend")


def test_it_says_what_changed_in_words(section):
    assert "In the last three months, from 1 February 2012 to 22 April 2012, 20% of 5 was done in time" in words(
        section
    )


def test_a_dot_stands_for_each_month_in_which_something_was_due_and_a_line_between_neighbours(section):
    (chart,) = section.xpath(".//*[@class='trend']")
    dots = [(dot.get("cx"), dot.get("cy")) for dot in chart.xpath(".//*[@class='dot']")]
    assert dots == [("10.0%", "4.0"), ("32.0%", "42.0"), ("76.0%", "156.0"), ("98.0%", "4.0")]
    assert len(chart.xpath(".//*[@class='step']")) == 2
    assert len(chart.xpath(".//*[@class='reach']")) == 4


def test_the_numbers_stand_beside_the_chart(section):
    (table,) = section.xpath(".//table[@class='numbers']")
    rows = [words(row) for row in table.xpath(".//tbody/tr")]
    assert rows == ["Dec 2011 100% 4 -", "Jan 2012 75% 4 -", "Feb 2012 - 0 -", "Mar 2012 0% 4 -", "Apr 2012 100% 1 2"]


def test_areas_and_standards_have_a_line_each_and_silent_ones_are_counted(section):
    tables = section.xpath(".//table[contains(@class, 'lines')]")
    assert [words(row) for table in tables for row in table.xpath(".//tbody/tr")] == [
        "Children are visited in time critical 88% 20% -68",
    ] or len(tables) == 2
    assert "Of 1 standard nothing fell due." in texts(section, "p.legend")


def test_a_trend_of_one_month_or_of_none_is_drawn_too():
    assert by_id(page({**head(), "trend": document({"2012-04": {"met": 1}}, since="2012-04-01")}), "trend") is not None
    nothing = by_id(page({**head(), "trend": document({}, since="2012-04-23")}), "trend")
    assert "There is no span before the last three months to hold them against." in words(nothing)


def test_without_one_there_is_no_section():
    assert not page(head()).xpath("//*[@id='trend']")
