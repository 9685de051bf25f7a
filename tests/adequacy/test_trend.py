"""The trend: what fell due by month or quarter, and whether the last three months differ from those before."""

import pytest

from casecheck.adequacy.ratios import ratio
from casecheck.adequacy.trend import periods, trend
from tests.reports.results import area, rule

SUMMARY = {
    "rules": [rule("visits", area="care"), rule("plans", area="care"), rule("health", area="health")],
    "areas": [area("care"), area("health", title="Health")],
}


def counts(met=0, late=0, missed=0, unknown=0):
    return {
        name: number
        for name, number in (("met", met), ("late", late), ("missed", missed), ("unknown", unknown))
        if number
    }


def of(document, name):
    return next(series for series in document["series"] if series["id"] == name)


# --- periods ----------------------------------------------------------------------------------------------------------


def test_months_run_from_the_first_day_to_the_day_before_the_audit():
    found = periods("2011-11-15", "2012-02-10", quarters=False)
    assert [(each.period, each.first, each.last) for each in found] == [
        ("2011-11", "2011-11-15", "2011-11-30"),
        ("2011-12", "2011-12-01", "2011-12-31"),
        ("2012-01", "2012-01-01", "2012-01-31"),
        ("2012-02", "2012-02-01", "2012-02-09"),
    ]


def test_quarters_are_those_of_the_calendar_year():
    found = periods("2011-11-15", "2012-04-01", quarters=True)
    assert [(each.period, each.first, each.last, each.months) for each in found] == [
        ("2011-Q4", "2011-11-15", "2011-12-31", ("2011-11", "2011-12")),
        ("2012-Q1", "2012-01-01", "2012-03-31", ("2012-01", "2012-02", "2012-03")),
    ]


@pytest.mark.parametrize(
    ("as_at", "last"),
    [("2012-02-29", "2012-02-28"), ("2012-03-01", "2012-02-29"), ("2012-01-01", "2011-12-31")],
    ids=["a leap day is not over on itself", "it is on the day after", "the end of a year"],
)
def test_the_audit_date_is_not_over(as_at, last):
    assert periods("2011-01-01", as_at, quarters=False)[-1].last == last


def test_a_span_of_no_day_has_no_period():
    assert periods("2012-04-23", "2012-04-23", quarters=False) == ()
    told = trend(SUMMARY, {}, "2012-04-23", "2012-04-23", False)
    assert (told["periods"], told["recent"]) == ([], None)
    assert of(told, "all")["change"] is None


# --- series -----------------------------------------------------------------------------------------------------------


def test_a_month_of_a_standard_is_met_of_met_late_and_missed():
    due = {"visits": {"2012-03": counts(met=6, late=1, missed=2, unknown=3)}}
    told = of(trend(SUMMARY, due, "2012-02-01", "2012-04-01", False), "visits")
    assert told["ratios"] == [ratio(0, 0), ratio(6, 9)]
    assert told["counts"][1] == {"met": 6, "late": 1, "missed": 2, "unknown": 3}


def test_areas_and_the_whole_are_sums_of_their_standards():
    due = {
        "visits": {"2012-03": counts(met=2)},
        "plans": {"2012-03": counts(missed=1)},
        "health": {"2012-03": counts(late=4)},
    }
    document = trend(SUMMARY, due, "2012-03-01", "2012-04-01", False)
    assert of(document, "care")["ratios"] == [ratio(2, 3)]
    assert of(document, "health")["ratios"] == [ratio(0, 4)]
    assert of(document, "all")["ratios"] == [ratio(2, 7)]
    assert [series["of"] for series in document["series"]] == ["all", "area", "area", "rule", "rule", "rule"]


def test_a_quarter_is_the_sum_of_its_months():
    due = {"visits": {"2012-01": counts(met=1), "2012-03": counts(met=2, late=1)}}
    told = of(trend(SUMMARY, due, "2012-01-01", "2012-05-01", True), "visits")
    assert told["ratios"] == [ratio(3, 4), ratio(0, 0)]


# --- the last three months --------------------------------------------------------------------------------------------


def test_the_last_three_months_are_held_against_all_before():
    due = {
        "visits": {
            "2011-11": counts(met=1),
            "2011-12": counts(met=8, late=1),
            "2012-01": counts(met=1, late=2),
            "2012-02": counts(met=1, late=2),
            "2012-03": counts(met=1, late=3),
        }
    }
    document = trend(SUMMARY, due, "2011-11-01", "2012-04-01", False)
    told = of(document, "visits")
    assert document["recent"] == {"from": "2012-01-01", "to": "2012-03-31"}
    assert (told["before"], told["recent"]) == (ratio(9, 10), ratio(3, 10))
    assert told["change"] == -0.6
    assert told["more_than_chance"] is True


def test_by_quarter_too_it_is_the_last_three_months():
    due = {"visits": {"2011-12": counts(met=1), "2012-02": counts(late=1), "2012-04": counts(late=1)}}
    document = trend(SUMMARY, due, "2011-10-01", "2012-05-01", True)
    assert document["recent"] == {"from": "2012-02-01", "to": "2012-04-30"}
    assert (of(document, "visits")["before"], of(document, "visits")["recent"]) == (ratio(1, 1), ratio(0, 2))


def test_no_more_than_three_months_have_nothing_to_be_held_against():
    due = {"visits": {"2012-02": counts(met=1)}}
    told = of(trend(SUMMARY, due, "2012-02-01", "2012-04-23", False), "visits")
    assert (told["before"], told["change"], told["more_than_chance"]) == (ratio(0, 0), None, False)


def test_a_change_is_held_to_a_stricter_bound_where_more_is_shown():
    falls = {"2011-12": counts(met=30, late=5), "2012-03": counts(met=20, late=15)}
    one = {"rules": [rule("visits")], "areas": []}
    alone = trend(one, {"visits": falls}, "2011-12-01", "2012-04-01", False)
    assert of(alone, "visits")["more_than_chance"] is True
    many = {"rules": [rule(f"r{number}", area="none") for number in range(200)], "areas": []}
    among = trend(many, {f"r{number}": falls for number in range(200)}, "2011-12-01", "2012-04-01", False)
    assert of(among, "r7")["more_than_chance"] is False
    assert of(among, "all")["more_than_chance"] is True
