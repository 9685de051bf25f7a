"""What lasts ends with what is around it, and plans for a child in care end with that time in care."""

from typing import Any

import pytest

from casecheck.calendar import DAYS, OPEN, UNKNOWN, iso
from casecheck.records.case import Case, of_the_child
from casecheck.records.derived import case_as_at

EPISODES = "social_care_episodes"


def case(
    closed: str | None = "2010-03-01", as_at: str = "2012-04-23", born: str = "2003-05-05", **sections: Any
) -> Case:
    episode = {"referral_date": "2006-01-09", "closure_date": closed, **sections}
    data = {"la_child_id": "A", "child_details": {"date_of_birth": born}, EPISODES: [episode]}
    return case_as_at(data, DAYS[as_at])


def row(start: str, end: str | None = None, ended: str | None = "E4A") -> dict[str, Any]:
    return {"start_date": start, "end_date": end, "start_reason": "S", "end_reason": end and ended}


def spans(of: Case, *path: str) -> list[tuple[str, str | None]]:
    names = {OPEN: None, UNKNOWN: "?"}
    found = of_the_child(of, (EPISODES, *path))[0]
    return [(iso(each.start), names[each.end] if each.end in names else iso(each.end)) for each in found]


def notes(of: Case) -> list[str]:
    return [note.message for note in of.notes]


# --- with what is around it -------------------------------------------------------------------------------------------


def test_a_plan_that_nobody_closed_ends_with_the_case_and_that_is_noted_once():
    found = case(child_protection_plans=[{"start_date": "2009-12-01", "core_groups": []}])
    assert spans(found, "child_protection_plans") == [("2009-12-01", "2010-03-01")]
    assert notes(found) == ["was never closed; taken to end with the case on 1 March 2010"]
    (plan,) = of_the_child(found, (EPISODES, "child_protection_plans"))[0]
    assert plan.row["end_date"] == "2010-03-01"


def test_a_plan_closed_only_after_the_case_ends_with_the_case():
    found = case(child_in_need_plans=[{"start_date": "2009-12-01", "end_date": "2011-01-05"}])
    assert spans(found, "child_in_need_plans") == [("2009-12-01", "2010-03-01")]
    assert notes(found) == ["ends on 5 January 2011, after the case; taken to end with the case on 1 March 2010"]


def test_in_an_open_case_and_in_one_closed_after_the_audit_date_a_plan_goes_on():
    plans = [{"start_date": "2009-12-01"}]
    assert spans(case(None, child_in_need_plans=plans), "child_in_need_plans") == [("2009-12-01", None)]
    assert spans(case(as_at="2010-02-28", child_in_need_plans=plans), "child_in_need_plans") == [("2009-12-01", None)]


def test_what_began_after_the_case_was_closed_says_that_the_closure_is_wrong_and_stands_as_written():
    plans = [{"start_date": "2010-03-02", "end_date": "2010-04-01"}, {"start_date": "2010-05-01"}]
    found = case(child_in_need_plans=plans)
    assert spans(found, "child_in_need_plans") == [("2010-03-02", "2010-04-01"), ("2010-05-01", None)]
    assert notes(found) == []


def test_an_unclosed_placement_row_and_what_is_worked_out_of_it_end_with_the_case():
    found = case(child_looked_after_placements=[row("2009-01-05")], legal_statuses=[{"start_date": "2009-01-05"}])
    for name in ("child_looked_after_placements", "placements", "care_periods", "legal_statuses"):
        assert spans(found, name) == [("2009-01-05", "2010-03-01")]


def test_care_that_goes_on_after_the_last_row_ends_with_the_case_too():
    found = case(child_looked_after_placements=[row("2009-01-05", "2009-06-01", "X1")])
    assert spans(found, "care_periods") == [("2009-01-05", "2010-03-01")]


def test_care_in_rows_that_go_on_after_the_case_was_closed_ends_with_it():
    rows = [row("2009-01-05", "2010-02-01", "X1"), {**row("2010-04-05"), "start_reason": "P"}]
    assert spans(case(child_looked_after_placements=rows), "care_periods") == [("2009-01-05", "2010-03-01")]


def test_a_row_left_open_is_ended_by_the_next_before_the_case_ends_it():
    found = case(child_looked_after_placements=[row("2009-01-05"), {**row("2009-06-01"), "start_reason": "P"}])
    assert spans(found, "placements") == [("2009-01-05", "2009-06-01"), ("2009-06-01", "2010-03-01")]
    assert notes(found) == [
        "has no end, but another began on 1 June 2009; taken to end then",
        "was never closed; taken to end with the case on 1 March 2010",
    ]


def test_of_a_young_person_leaving_care_the_entitlement_the_adviser_and_the_home_outlast_the_case():
    found = case(
        care_leavers={"became_eligible_date": "2009-01-05", "pathway_plans": [{"start_date": "2009-02-02"}]},
        care_worker_details=[{"start_date": "2009-02-02", "role": "personal_adviser"}],
        accommodations=[{"start_date": "2009-02-02"}],
    )
    assert spans(found, "care_worker_details") == spans(found, "accommodations") == [("2009-02-02", None)]
    assert spans(found, "care_leavers", "pathway_plans") == [("2009-02-02", "2024-05-05")]


@pytest.mark.parametrize(("stated", "end"), [("2010-01-05", "2010-01-05"), (None, "2011-05-05")])
def test_a_pathway_plan_ends_with_the_entitlement_whether_that_is_stated_or_the_21st_birthday(stated: str, end: str):
    plans = [{"start_date": "2009-02-02"}]
    leaver = {"became_eligible_date": "2009-01-05", "eligibility_end_date": stated, "pathway_plans": plans}
    found = case(None, born="1990-05-05", care_leavers=leaver)
    assert spans(found, "care_leavers", "pathway_plans") == [("2009-02-02", end)]
    assert len(notes(found)) == 1
    assert notes(found)[0].startswith("was never closed; taken to end with the time of leaving care on 5 ")


# --- with the time in care --------------------------------------------------------------------------------------------

PLANS = ("care_plans", "health_plans", "personal_education_plans", "permanence_plans")
TWICE = [row("2008-01-07", "2008-06-02"), row("2009-02-02", "2009-08-03")]


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2008-01-07", "2008-06-02"),
        ("2008-01-01", "2008-06-02"),
        ("2008-06-02", "2008-06-02"),
        ("2008-06-03", "2009-08-03"),
        ("2009-08-03", "2009-08-03"),
        ("2009-08-04", None),
    ],
)
def test_a_plan_ends_with_the_time_in_care_in_which_it_began_or_else_with_the_next(name: str, start: str, end: str):
    sections: dict[str, Any] = {name: [{"start_date": start}]}
    found = case(None, child_looked_after_placements=TWICE, **sections)
    assert spans(found, name) == [(start, end)]
    assert len(notes(found)) == (end is not None)
    assert all("taken to end with the time in care on" in note for note in notes(found))


def test_an_18th_birthday_to_come_is_no_end_that_is_recorded():
    found = case(None, child_looked_after_placements=[row("2009-02-02")], care_plans=[{"start_date": "2009-02-02"}])
    (plan,) = of_the_child(found, (EPISODES, "care_plans"))[0]
    assert (iso(plan.end), plan.row.get("end_date"), notes(found)) == ("2021-05-05", None, [])


def test_a_plan_closed_only_after_care_ended_with_it_and_one_closed_before_stands():
    plans = [
        {"start_date": "2008-01-07", "end_date": "2008-02-01"},
        {"start_date": "2008-02-01", "end_date": "2009-01-01"},
    ]
    found = case(None, child_looked_after_placements=TWICE, care_plans=plans)
    assert spans(found, "care_plans") == [("2008-01-07", "2008-02-01"), ("2008-02-01", "2008-06-02")]
    assert notes(found) == [
        "ends on 1 January 2009, after the time in care; taken to end with the time in care on 2 June 2008"
    ]


def test_a_plan_left_open_until_the_next_time_in_care_does_not_cover_its_beginning():
    plans = [{"start_date": "2008-01-07"}, {"start_date": "2009-03-02"}]
    found = case(None, child_looked_after_placements=TWICE, care_plans=plans)
    assert spans(found, "care_plans") == [("2008-01-07", "2008-06-02"), ("2009-03-02", "2009-08-03")]
    assert len(notes(found)) == 2


def test_what_a_plan_holds_stands_beneath_the_plan_as_it_ended():
    plans = [{"start_date": "2008-01-07", "actions": [{"set_date": "2008-01-08"}]}]
    found = case(None, child_looked_after_placements=TWICE, care_plans=plans)
    (plan,) = of_the_child(found, (EPISODES, "care_plans"))[0]
    (action,) = plan.children["actions"] or ()
    assert action.parent is plan
    assert iso(plan.end) == "2008-06-02"


def test_notes_stand_in_the_order_of_the_schema():
    sections: dict[str, Any] = {name: [{"start_date": "2008-01-07"}] for name in reversed(PLANS)}
    found = case(None, child_looked_after_placements=TWICE, **sections)
    assert [note.pointer.split("/")[3] for note in found.notes] == [
        *("care_plans", "permanence_plans", "health_plans", "personal_education_plans"),
    ]


def test_a_decision_for_adoption_ends_with_the_time_in_care():
    found = case(None, child_looked_after_placements=TWICE, adoption={"initial_decision_date": "2008-03-03"})
    assert spans(found, "adoption") == [("2008-03-03", "2008-06-02")]
    assert [note for note in found.notes if note.pointer.endswith("/adoption")] == [], "nobody forgot to close it"


@pytest.mark.parametrize("closed", [None, "2010-03-01"])
def test_where_the_child_was_never_in_care_or_care_is_not_held_a_plan_ends_with_the_case_alone(closed: str | None):
    plans = [{"start_date": "2008-01-07"}]
    assert spans(case(closed, care_plans=plans), "care_plans") == [("2008-01-07", closed)]
    data = {
        "la_child_id": "A",
        "coverage": {"not_held": ["child_looked_after_placements"]},
        EPISODES: [{"referral_date": "2006-01-09", "closure_date": closed, "care_plans": plans}],
    }
    assert spans(case_as_at(data, DAYS["2012-04-23"]), "care_plans") == [("2008-01-07", closed)]


def test_where_the_end_of_care_is_not_known_that_of_a_plan_left_open_is_not_either():
    rows = [{"start_date": "2008-01-07", "end_date": "2008-06-31", "start_reason": "S", "end_reason": "E4A"}]
    plans = [{"start_date": "2008-01-07", "end_date": "2008-03-03"}, {"start_date": "2008-03-03"}]
    found = case(None, child_looked_after_placements=rows, care_plans=plans)
    assert spans(found, "care_plans") == [("2008-01-07", "2008-03-03"), ("2008-03-03", "?")]
