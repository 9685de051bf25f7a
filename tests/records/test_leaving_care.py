"""Who is leaving care from when, and what the law calls the young person on each day."""

from typing import Any

import pytest

from casecheck.calendar import DAYS, UNKNOWN, iso
from casecheck.records.case import NOT_HELD, Case, Record, of_the_child
from casecheck.records.derived import case_as_at

BORN = "1995-03-10"  # 14 on 10 March 2009, 16 in 2011, 18 in 2013, 21 in 2016


def row(start: str, end: str | None = None, status: str = "V2", reason: str = "S") -> dict[str, Any]:
    ended = {} if end is None else {"end_date": end, "end_reason": "E8"}
    return {"start_date": start, "start_reason": reason, "legal_status": status, "placement_type": "F2", **ended}


def case(*rows: dict[str, Any], as_at: str = "2012-04-23", born: str | None = BORN, **episode: Any) -> Case:
    data = {
        "la_child_id": "A1",
        "child_details": {"date_of_birth": born} if born else {},
        "social_care_episodes": [
            {"referral_date": "2008-01-01", "child_looked_after_placements": list(rows), **episode}
        ],
    }
    return case_as_at(data, DAYS[as_at])


def leavers(found: Case) -> list[Record]:
    return list(of_the_child(found, ("social_care_episodes", "care_leavers"))[0])


def statuses(found: Case) -> list[tuple[str, str, object]]:
    (leaver,) = leavers(found)
    held = leaver.children["leaving_care_statuses"] or []
    assert all(each.parent is leaver for each in held)
    return [(iso(each.start), iso(each.end), each.row["status"]) for each in held]


def test_in_care_at_16_one_is_eligible_from_the_birthday():
    found = case(row("2010-01-04"))
    assert [(iso(each.start), iso(each.end)) for each in leavers(found)] == [("2011-03-10", "2016-03-10")]
    assert statuses(found) == [("2011-03-10", "2013-03-10", "eligible")]


def test_before_the_16th_birthday_no_one_is():
    assert leavers(case(row("2010-01-04"), as_at="2011-03-09")) == []
    assert leavers(case(row("2010-01-04"), as_at="2011-03-10")) != []


@pytest.mark.parametrize(("start", "eligible"), [("2010-12-09", "2011-03-10"), ("2010-12-10", "2011-03-11")])
def test_91_days_of_care_must_lie_behind_the_first_day_of_it(start: str, eligible: str):
    # 9 December 2010 is the 91st day before 10 March 2011.
    assert [iso(each.start) for each in leavers(case(row(start)))] == [eligible]


def test_days_of_care_before_the_14th_birthday_do_not_count():
    found = case(row("2008-03-10", "2009-05-01"), row("2012-01-02"))
    # From 10 March to 1 May 2009 are 53 days, so 38 more from 2 January 2012.
    assert [iso(each.start) for each in leavers(found)] == ["2012-02-09"]


def test_short_breaks_are_left_out():
    assert leavers(case(row("2010-01-04", status="V4"))) == []
    assert leavers(case(row("2010-01-04", "2010-06-01", status="V3"), row("2011-02-01", "2011-04-01"))) == []


def test_who_leaves_care_at_17_is_relevant_from_that_day():
    found = case(row("2010-01-04", "2012-03-30"))
    assert statuses(found) == [("2011-03-10", "2012-03-30", "eligible"), ("2012-03-30", "2013-03-10", "relevant")]


def test_who_returns_to_care_is_eligible_again():
    found = case(row("2010-01-04", "2011-09-30"), row("2012-02-01"))
    assert statuses(found) == [
        ("2011-03-10", "2011-09-30", "eligible"),
        ("2011-09-30", "2012-02-01", "relevant"),
        ("2012-02-01", "2013-03-10", "eligible"),
    ]


def test_care_resumed_on_the_day_on_which_it_ended_went_on():
    found = case(row("2010-01-04", "2011-09-30"), row("2011-09-30"))
    assert statuses(found) == [("2011-03-10", "2013-03-10", "eligible")]


def test_from_the_18th_birthday_to_the_21st_one_is_former_relevant():
    left = case(row("2010-01-04", "2012-03-30"), as_at="2013-03-10")
    assert statuses(left)[-2:] == [
        ("2012-03-30", "2013-03-10", "relevant"),
        ("2013-03-10", "2016-03-10", "former_relevant"),
    ]
    stayed = case(row("2010-01-04"), as_at="2013-03-10")
    assert statuses(stayed) == [
        ("2011-03-10", "2013-03-10", "eligible"),
        ("2013-03-10", "2016-03-10", "former_relevant"),
    ]


def test_what_one_will_be_later_is_not_seen():
    assert statuses(case(row("2010-01-04"), as_at="2013-03-09")) == [("2011-03-10", "2013-03-10", "eligible")]


def test_who_was_born_on_29_february_comes_of_age_on_1_march():
    found = case(row("2010-01-04"), born="1996-02-29", as_at="2014-03-01")
    assert statuses(found) == [
        ("2012-02-29", "2014-03-01", "eligible"),
        ("2014-03-01", "2017-03-01", "former_relevant"),
    ]


def test_a_day_that_the_source_gives_goes_before_one_worked_out():
    stated = {"became_eligible_date": "2011-05-01", "eligibility_end_date": "2012-04-01", "pathway_plans": []}
    found = case(row("2010-01-04", "2011-08-01"), care_leavers=stated)
    assert statuses(found) == [("2011-05-01", "2011-08-01", "eligible"), ("2011-08-01", "2012-04-01", "relevant")]


def test_an_end_that_the_source_gives_stands_also_where_the_beginning_is_worked_out():
    found = case(row("2010-01-04"), care_leavers={"eligibility_end_date": "2011-08-10"})
    assert [(iso(each.start), iso(each.end)) for each in leavers(found)] == [("2011-03-10", "2011-08-10")]
    assert statuses(found) == [("2011-03-10", "2011-08-10", "eligible")]


def test_an_end_given_of_before_the_beginning_worked_out_is_noted_and_makes_both_unknown():
    found = case(row("2010-01-04"), care_leavers={"eligibility_end_date": "2011-03-09"})
    assert [(each.start, each.end) for each in leavers(found)] == [(UNKNOWN, UNKNOWN)]
    assert [note.message for note in found.notes] == [
        "ends on 9 March 2011, before it begins on 10 March 2011; neither date is relied on"
    ]


def test_without_rows_in_care_one_whose_day_is_given_is_out_of_care():
    found = case(care_leavers={"became_eligible_date": "2011-05-01"})
    assert statuses(found) == [("2011-05-01", "2013-03-10", "relevant")]


def test_where_care_is_not_held_only_former_relevance_is_known():
    data = {
        "la_child_id": "A1",
        "child_details": {"date_of_birth": BORN},
        "coverage": {"not_held": ["child_looked_after_placements"]},
        "social_care_episodes": [
            {"referral_date": "2008-01-01", "care_leavers": {"became_eligible_date": "2011-05-01"}}
        ],
    }
    assert statuses(case_as_at(data, DAYS["2013-06-01"])) == [
        ("2011-05-01", "2013-03-10", NOT_HELD),
        ("2013-03-10", "2016-03-10", "former_relevant"),
    ]


def test_without_a_date_of_birth_nothing_of_it_is_known():
    found = case(row("2010-01-04"), born=None, care_leavers={"became_eligible_date": "2011-05-01"})
    (status,) = leavers(found)[0].children["leaving_care_statuses"] or []
    assert (iso(status.start), status.row["status"]) == ("2011-05-01", NOT_HELD)
    (leaver,) = leavers(case(row("2010-01-04"), born=None, care_leavers={"pathway_plans": []}))
    (status,) = leaver.children["leaving_care_statuses"] or []
    assert (status.start, status.row["status"]) == (UNKNOWN, NOT_HELD)


def test_without_a_birth_date_the_care_of_one_in_care_may_make_eligible_and_that_of_one_never_in_care_does_not():
    assert [leaver.start for leaver in leavers(case(row("2009-01-10"), born=None))] == [UNKNOWN]
    assert leavers(case(born=None)) == []
