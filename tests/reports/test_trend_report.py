"""The trend as text and as CSV."""

import csv

import pytest

from casecheck.adequacy.trend import trend
from casecheck.reports.trend_report import LONGEST_LINE, small_bars, trend_csv, trend_text
from tests.adequacy.test_trend import SUMMARY, counts
from tests.reports.results import head


def document(due, since="2011-12-01", as_at="2012-04-23", quarters=False):
    above = head(adequate=3, inadequate=1) | {"since": since, "as_at": as_at}
    told = {name: above[name] for name in ("casecheck", "pack", "as_at", "as_at_from", "since", "sources")}
    cases = {"read": 4, "audited": 4, "invalid": 0}
    return told | {"cases": cases} | trend(SUMMARY, due, since, as_at, quarters)


def text(*arguments, **how):
    return "\n".join(trend_text(document(*arguments, **how)))


DUE = {
    "visits": {
        "2011-12": counts(met=50, late=2),
        "2012-01": counts(met=45, late=5, unknown=2),
        "2012-03": counts(met=20, missed=20),
    },
    "plans": {"2012-01": counts(met=1), "2012-02": counts(met=1)},
}


def test_a_whole_trend():
    told = text(DUE)
    assert told[told.index("ALL STANDARDS") :] == WHOLE


WHOLE = """\
ALL STANDARDS
-------------
Dec 2011  ██████████████████████████████████████     96% of 52
Jan 2012  ████████████████████████████████████       90% of 51, 2 not known
Feb 2012  ████████████████████████████████████████  100% of 1
Mar 2012  ████████████████████                       50% of 40
Apr 2012                                            nothing due

In the last three months, from 1 February 2012 to 22 April 2012, 51% of 41 was
done in time; before, 93% of 103: 42 points down, which is more than chance.

AREAS OF JUDGEMENT
------------------
Area  Month by month  Before  Last  Change
------------------------------------------
Care           ▇▇█▅·     93%   51%   -42 *

Of 1 area nothing fell due.

STANDARDS
---------
Standard                                 Month by month  Before  Last  Change
-----------------------------------------------------------------------------
Children are visited in time (critical)           ▇▇·▅·     93%   50%   -43 *
Children are visited in time (critical)           ·██··    100%  100%       0

Of 1 standard nothing fell due.

A bar is the share of what fell due that was done in time, from none to all; a
dot is where nothing fell due. Last: the last three months; change: in points,
against all before. A star marks what is more than chance, judged for the whole
table together: in one such table of twenty a star is chance."""


def test_quarters_are_named():
    told = text(DUE, quarters=True)
    assert "\n2011 Q4   " in told
    assert "Quarter by quarter" in told


def test_with_nothing_before_the_last_three_months_it_says_so():
    told = text({"visits": {"2012-03": counts(met=1)}}, since="2012-03-01")
    assert "There is no span before the last three months" in told
    assert "      -" in told


def test_of_a_long_span_the_lines_of_bars_show_the_end():
    told = text({"visits": {"2008-01": counts(late=1), "2012-03": counts(met=1)}}, since="2008-01-01")
    assert f"show the last {LONGEST_LINE}." in " ".join(told.split())
    assert "·" * (LONGEST_LINE - 2) + "█·" in told
    assert "▁" not in told[told.index("STANDARDS\n---") :].replace("ALL STANDARDS", "")


@pytest.mark.parametrize(("shares", "drawn"), [([], ""), ([0, 1], "▁█"), ([None, 0.5, 0.99], "·▅▇"), ([0.01], "▂")])
def test_small_bars(shares, drawn):
    assert small_bars(shares) == drawn


def test_as_csv_there_is_a_row_for_every_series_and_period():
    rows = list(csv.DictReader(trend_csv(document(DUE))))
    assert len(rows) == 6 * 5
    (row,) = [each for each in rows if each["id"] == "visits" and each["period"] == "2012-01"]
    assert row == {
        **{"of": "rule", "id": "visits", "title": "Children are visited in time", "area": "care"},
        **{"severity": "critical", "period": "2012-01", "from": "2012-01-01", "to": "2012-01-31"},
        **{"met": "45", "late": "5", "missed": "0", "unknown": "2"},
        **{"ratio": "0.9", "low": "0.786398", "high": "0.956524"},
    }
