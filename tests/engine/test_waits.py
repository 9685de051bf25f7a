"""Waits of the recurring check in the specification's own examples and at the edges of its words, judged by both."""

from datetime import date

import pytest

from tests import strategies as make
from tests.engine.comparing import as_duty, both, engine_findings, iso

VISITS = [
    {"within": "1 week", "for": "first"},
    {"every": "6 weeks", "until": "1 year"},
    {"every": "3 months", "where": {"intended_to_last_until_18_flag": True}},
    {"every": "6 weeks"},
]


def child(rows, visits, **more):
    placements = [
        {
            "start_date": start,
            "end_date": end,
            "start_reason": reason,
            "placement_type": "U1",
            "intended_to_last_until_18_flag": lasts,
        }
        for start, end, reason, lasts in rows
    ]
    for row, after in zip(placements, [*placements[1:], None], strict=True):
        row["end_reason"] = None if row["end_date"] is None else "X1" if after else "E4"
    episode = {
        "referral_date": "2009-01-01",
        "child_looked_after_placements": placements,
        "looked_after_visits": [{"visit_date": day} for day in visits],
        "looked_after_reviews": [],
        **more,
    }
    return {"la_child_id": "A", "child_details": {"date_of_birth": "2003-05-01"}, "social_care_episodes": [episode]}


def waits(case, as_at, rule=None, since="2005-01-01"):
    """The waits of a case as text, from both, which must agree: start, due, done, outcome and days late."""
    rule = rule or make.rule("recurring", "placements", {"events": "looked_after_visits", "limits": VISITS})
    engine, oracle = both(case, rule, date.fromisoformat(since), date.fromisoformat(as_at))
    assert engine == oracle
    return [
        " ".join(str(part) for part in (*(iso(day) for day in duty[1:4]), duty.outcome, duty.days_late))
        for duty in sorted(engine[1], key=lambda duty: (duty.starts, duty.due or 0))
    ]


def every(length, **more):
    return make.rule(
        "recurring", "placements", {"events": "looked_after_visits", "limits": [{"every": length}], **more}
    )


def test_a_visit_on_day_350_of_a_lasting_placement_is_next_due_three_months_on():
    visits = [
        "2010-01-08",
        *(date.fromordinal(date(2010, 1, 1).toordinal() + day).isoformat() for day in range(40, 351, 31)[1:]),
    ]
    visits = [*visits[:-1], "2010-12-17"]
    found = waits(child([("2010-01-01", None, "S", True)], visits), "2011-01-20")
    assert found[-1] == "2010-12-17 2011-03-17 None not_due None"


def test_a_placement_that_stops_being_lasting_leaves_no_more_time_than_there_was():
    rows = [("2009-01-01", "2011-03-20", "S", True), ("2011-03-20", None, "L", False)]
    assert (
        waits(child(rows, ["2009-01-05", "2011-02-01"]), "2011-04-01")[-1] == "2011-02-01 2011-05-01 None not_due None"
    )


@pytest.mark.parametrize(
    ("visited", "told"),
    [
        ("2011-05-12", "2011-04-01 2011-05-13 2011-05-12 met None"),
        ("2011-05-13", "2011-04-01 2011-05-13 2011-05-13 met None"),
        ("2011-05-14", "2011-04-01 2011-05-13 2011-05-14 late 1"),
    ],
)
def test_the_due_day_is_the_last_on_which_it_is_in_time(visited, told):
    assert waits(child([("2011-04-01", None, "S", None)], [visited]), "2011-06-01", every("6 weeks"))[0] == told


@pytest.mark.parametrize(
    ("as_at", "told"),
    [
        ("2011-05-12", "2011-04-01 2011-05-13 None not_due None"),
        ("2011-05-13", "2011-04-01 2011-05-13 None not_due None"),
        ("2011-05-14", "2011-04-01 2011-05-13 None missed 1"),
    ],
)
def test_what_is_due_on_the_audit_date_is_not_missed_yet(as_at, told):
    assert waits(child([("2011-04-01", None, "S", None)], []), as_at, every("6 weeks")) == [told]


@pytest.mark.parametrize(
    ("ended", "found"),
    [
        ("2011-05-12", []),
        ("2011-05-13", []),
        ("2011-05-14", ["2011-04-01 2011-05-13 None missed 1"]),
    ],
)
def test_a_wait_lapses_with_a_period_that_ends_by_its_due_day(ended, found):
    assert waits(child([("2011-04-01", ended, "S", None)], []), "2011-06-01", every("6 weeks")) == found


def test_a_visit_on_the_first_day_counts_unless_the_rule_says_otherwise():
    case = child([("2011-04-01", None, "S", None)], ["2011-04-01"])
    assert waits(case, "2011-04-20", every("6 weeks"))[0] == "2011-04-01 2011-05-13 2011-04-01 met None"
    assert waits(case, "2011-04-20", every("6 weeks", counts_on_first_day=False)) == [
        "2011-04-01 2011-05-13 None not_due None"
    ]


def test_a_visit_on_the_last_day_counts_and_one_the_day_after_does_not():
    for visited, found in (("2011-05-20", "late 7"), ("2011-05-21", "missed 7")):
        case = child([("2011-04-01", "2011-05-20", "S", None)], [visited])
        assert waits(case, "2011-06-01", every("6 weeks"))[0].endswith(found)


def test_two_visits_on_one_day_are_one():
    case = child([("2011-04-01", None, "S", None)], ["2011-04-20", "2011-04-20"])
    assert len(waits(case, "2011-05-01", every("6 weeks"))) == 2


def test_after_a_late_visit_the_next_wait_runs_from_it():
    case = child([("2011-04-01", None, "S", None)], ["2011-05-20"])
    assert waits(case, "2011-06-01", every("6 weeks"))[1] == "2011-05-20 2011-07-01 None not_due None"


def test_a_limit_that_gives_way_the_day_after_its_due_day_is_not_broken():
    """Six weeks end on the last day of the first year; then three months hold, and the old limit cannot be broken."""
    limits = [{"every": "6 weeks", "until": "1 year"}, {"every": "3 months"}]
    rule = make.rule("recurring", "placements", {"events": "looked_after_visits", "limits": limits})
    last, day_before = date(2012, 3, 13), date(2012, 1, 31)
    assert (last - day_before).days == 42
    found = waits(child([("2011-03-14", None, "S", None)], ["2012-01-31"]), "2012-03-20", rule)
    assert found[-1] == "2012-01-31 2012-04-30 None not_due None"
    found = waits(child([("2011-03-14", None, "S", None)], ["2012-01-30"]), "2012-03-20", rule)
    assert found[-1] == "2012-01-30 2012-03-12 None missed 8"


def test_a_limit_that_binds_again_counts_from_that_day():
    """No duty while placed with a parent: the six weeks begin anew on the day after."""
    rule = make.rule(
        "recurring",
        "placements",
        {"events": "looked_after_visits", "limits": [{"every": "6 weeks"}]},
        while_={"none_of": [{"legal_statuses": {"legal_status": "C1"}}]},
    )
    statuses = [{"start_date": "2011-04-10", "end_date": "2011-06-10", "legal_status": "C1"}]
    case = child([("2011-04-01", None, "S", None)], [], legal_statuses=statuses)
    assert waits(case, "2011-07-01", rule) == ["2011-04-01 2011-07-23 None not_due None"]


def test_the_first_visits_limit_does_not_bind_where_the_first_day_does_not():
    rule = make.rule(
        "recurring",
        "placements",
        {"events": "looked_after_visits", "limits": VISITS},
        while_={"none_of": [{"legal_statuses": {"legal_status": "C1"}}]},
    )
    statuses = [{"start_date": "2011-04-01", "end_date": "2011-04-10", "legal_status": "C1"}]
    case = child([("2011-04-01", None, "S", None)], [], legal_statuses=statuses)
    assert waits(case, "2011-04-20", rule) == ["2011-04-01 2011-05-23 None not_due None"]


def test_rules_that_share_an_id_make_one_chain():
    """The law changes on 1 May: the wait since April has the new, shorter limit from the day it came into force."""
    change = date(2011, 5, 1).toordinal()
    old = every("3 months")._replace(in_force=(None, change))
    new = every("4 weeks")._replace(in_force=(change, None))
    case = child([("2011-04-01", None, "S", None)], ["2011-04-20"])
    found = engine_findings(case, make.pack(old, new), date(2011, 1, 1), date(2011, 5, 10))
    assert list(found) == ["a-rule"]
    duties = [as_duty(told) for told in found["a-rule"]["obligations"]]
    assert [(iso(duty.starts), iso(duty.due), duty.outcome) for duty in duties] == [
        ("2011-04-01", "2011-05-29", "met"),
        ("2011-04-20", "2011-05-29", "not_due"),
    ]


@pytest.mark.parametrize(("since", "counted"), [("2011-05-20", True), ("2011-05-21", False)])
def test_a_late_visit_counts_if_it_was_made_in_the_review_period(since, counted):
    case = child([("2011-04-01", None, "S", None)], ["2011-05-20"])
    engine, oracle = both(case, every("6 weeks"), date.fromisoformat(since), date(2011, 6, 1))
    assert engine == oracle
    assert [duty.counted for duty in engine[1] if duty.outcome == "late"] == [counted]


@pytest.mark.parametrize(("since", "counted"), [("2011-05-20", True), ("2011-05-21", False)])
def test_a_missed_visit_counts_if_the_placement_ended_in_the_review_period(since, counted):
    case = child([("2011-04-01", "2011-05-20", "S", None)], [])
    engine, oracle = both(case, every("6 weeks"), date.fromisoformat(since), date(2011, 6, 1))
    assert engine == oracle
    assert [(duty.outcome, duty.counted) for duty in engine[1]] == [("missed", counted)]


def test_a_visit_never_made_still_counts_three_years_on():
    engine, _ = both(child([("2009-04-01", None, "S", None)], []), every("6 weeks"), date(2011, 4, 1), date(2012, 4, 1))
    assert [(duty.outcome, duty.counted) for duty in engine[1]] == [("missed", True)]
