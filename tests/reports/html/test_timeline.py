"""The timeline of a finding: which marks stand where."""

from datetime import date, timedelta

import pytest

from casecheck.reports.html.axis import axis
from casecheck.reports.html.timeline import LANE, MOST_LANES, timeline

AXIS = axis({"since": "2011-04-23", "as_at": "2012-04-23"})


def duty(starts, due, done=None, outcome="met", days_late=None):
    return {"starts": starts, "due": due, "done": done, "outcome": outcome, "days_late": days_late}


def place(iso):
    return AXIS.at(date.fromisoformat(iso).toordinal())


def marks(drawing):
    return [(mark.kind, mark.place) for mark in drawing.marks]


def drawn(*obligations):
    drawing = timeline(obligations, AXIS)
    assert drawing is not None
    return drawing


# --- the axis ---------------------------------------------------------------------------------------------------------


def test_days_run_from_left_to_right_and_those_beyond_stand_at_the_edge():
    places = [
        place(day) for day in ("1990-01-01", "2011-03-10", "2011-04-23", "2012-04-23", "2012-06-01", "2030-01-01")
    ]
    assert places == sorted(places)
    assert places[0] == 1.0
    assert places[-1] == 99.0
    assert (AXIS.begins, AXIS.ends) == (place("2011-04-23"), place("2012-04-23"))


@pytest.mark.parametrize(
    ("since", "as_at"),
    [
        ("2012-04-23", "2012-04-23"),
        ("2012-01-01", "2012-04-23"),
        ("2007-04-01", "2012-04-23"),
        ("0001-01-01", "9999-12-31"),
    ],
)
def test_of_any_review_period_a_few_first_days_of_months_are_named(since, as_at):
    told = axis({"since": since, "as_at": as_at})
    ticks = list(told.ticks())
    assert 1 <= len(ticks) <= 9
    assert [tick.place for tick in ticks] == sorted(tick.place for tick in ticks)
    assert told.first < told.since <= told.as_at < told.last or told.first == 1


def test_ticks_name_months_or_years():
    assert [tick.name for tick in AXIS.ticks()][:2] == ["May 2011", "Jul 2011"]
    assert "2010" in [tick.name for tick in axis({"since": "2004-04-01", "as_at": "2012-04-23"}).ticks()]


# --- marks ------------------------------------------------------------------------------------------------------------


def test_what_was_done_in_time_ends_in_a_dot_before_its_due_day():
    drawing = drawn(duty("2011-06-01", "2011-07-01", "2011-06-20"))
    assert marks(drawing) == [
        ("begun", place("2011-06-01")),
        ("due", place("2011-07-01")),
        ("met", place("2011-06-20")),
    ]
    assert [(span.kind, span.left, span.right) for span in drawing.spans] == [
        ("wait", place("2011-06-01"), place("2011-06-20"))
    ]
    assert drawing.words == []


def test_what_was_done_on_its_due_day_has_the_dot_alone():
    assert [kind for kind, _ in marks(drawn(duty("2011-06-01", "2011-07-01", "2011-07-01")))] == ["begun", "met"]


def test_what_was_done_late_has_a_late_stretch_from_due_to_done_and_says_how_late():
    drawing = drawn(duty("2011-06-01", "2011-07-01", "2011-08-12", "late", 42))
    assert marks(drawing)[-2:] == [("due", place("2011-07-01")), ("late", place("2011-08-12"))]
    assert [(span.kind, span.left, span.right) for span in drawing.spans] == [
        ("wait", place("2011-06-01"), place("2011-07-01")),
        ("late", place("2011-07-01"), place("2011-08-12")),
    ]
    assert [(word.text, word.place) for word in drawing.words] == [("42 days late", place("2011-08-12"))]


def test_what_was_missed_is_late_until_its_period_ended_or_the_audit_date():
    drawing = drawn(duty("2012-01-01", "2012-02-01", None, "missed", 82))
    assert marks(drawing)[-1] == ("missed", place("2012-04-23"))
    assert drawing.words[0].text == "82 days overdue"


def test_what_is_not_due_stands_at_its_due_day_or_points_beyond_the_edge():
    assert marks(drawn(duty("2012-04-01", "2012-05-01", None, "not_due")))[-1] == ("not_due", place("2012-05-01"))
    assert marks(drawn(duty("2012-04-01", "2013-05-01", None, "not_due")))[-1] == ("after", 99.0)


def test_what_is_not_known_stands_at_the_audit_date():
    drawing = drawn(duty("2012-01-01", "2012-02-01", None, "unknown"))
    assert marks(drawing)[-1] == ("unknown", place("2012-04-23"))
    assert drawing.spans[0].kind == "unknown"
    assert marks(drawn(duty("2012-01-01", None, None, "unknown")))[-1][0] == "unknown"


def test_what_began_before_the_days_that_are_drawn_points_back():
    assert marks(drawn(duty("2005-06-01", "2011-06-01", "2011-07-01", "late", 30)))[0] == ("before", 1.0)


@pytest.mark.parametrize(
    "obligations",
    [
        [],
        [duty(None, None, None, "unknown")],
        [duty("2011-06-01", "2011-06-01", "2011-06-01")],
        [duty("2011-06-01", "2011-06-01", None, "missed", 0)],
        [duty("2005-06-01", "2005-07-01", "2005-06-20")],
    ],
    ids=["nothing", "without a day", "done on its day", "not shown on its day", "long past"],
)
def test_where_nothing_takes_time_nothing_is_drawn(obligations):
    assert timeline(obligations, AXIS) is None


# --- lanes ------------------------------------------------------------------------------------------------------------


def test_waits_that_follow_one_another_share_a_lane():
    drawing = drawn(
        duty("2011-06-01", "2011-07-13", "2011-07-01"),
        duty("2011-07-01", "2011-08-12", "2011-09-01", "late", 20),
        duty("2011-09-01", "2011-10-13", "2011-10-01"),
    )
    assert drawing.height == LANE
    assert [kind for kind, _ in marks(drawing)] == ["begun", "met", "due", "late", "due", "met"]


def test_waits_that_overlap_stand_beneath_each_other():
    drawing = drawn(duty("2011-06-01", "2011-09-01", "2011-08-20"), duty("2011-07-01", "2011-10-01", "2011-09-20"))
    assert drawing.height == 2 * LANE
    assert {mark.middle for mark in drawing.marks} == {12, 36}


def test_words_that_would_reach_into_another_wait_are_left_out():
    drawing = drawn(
        duty("2011-04-23", "2011-06-04", "2011-06-01"),
        duty("2011-06-01", "2011-07-01", "2011-07-05", "late", 4),
        duty("2011-07-05", "2011-08-12", "2011-08-01"),
    )
    assert drawing.words == []


def test_lanes_are_bounded_and_what_is_not_drawn_is_counted():
    first = date(2011, 6, 1)
    many = [
        duty(str(first + timedelta(each)), "2012-01-01", str(date(2011, 12, 1) + timedelta(each)))
        for each in range(MOST_LANES + 3)
    ]
    drawing = drawn(*many, duty("2005-06-01", "2005-07-01", "2005-06-20"))
    assert drawing.height == MOST_LANES * LANE
    assert drawing.said == "14 things to be done: 14 in time. 4 of them not drawn. The table beneath has the days."


def test_the_drawing_is_told_in_words():
    drawing = drawn(
        duty("2011-06-01", "2011-07-01", "2011-08-12", "late", 42), duty("2012-01-01", "2012-02-01", None, "missed", 82)
    )
    assert drawing.said == "2 things to be done: 1 late, 1 not done. The table beneath has the days."
