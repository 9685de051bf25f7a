"""A case as a reader on the day would have found it: what is seen, what is hidden, what is impossible."""

from typing import Any

import pytest

from casecheck.calendar import DAYS, OPEN, UNKNOWN
from casecheck.records.building import build
from casecheck.records.case import NOT_HELD, compile_fetch, of_the_child, release
from casecheck.records.derived import case_as_at

EPISODE = "social_care_episodes"


def children(of) -> dict[str, Any]:
    """The sections of the child's one episode."""
    held: dict[str, Any] = of.root.children[EPISODE][0].children
    return held


def case(as_at="2012-04-23", born=None, coverage=None, **sections):
    data: dict[str, Any] = {"la_child_id": "A", EPISODE: [{"referral_date": "2010-01-01", **sections}]}
    if born:
        data["child_details"] = {"date_of_birth": born}
    if coverage:
        data["coverage"] = coverage
    return case_as_at(data, DAYS[as_at])


def records(of, *path):
    return of_the_child(of, (EPISODE, *path))[0]


def days(found):
    return [(record.start, record.end) for record in found]


def said(of):
    return [(note.pointer, note.message) for note in of.notes]


def test_what_happened_after_the_audit_date_is_not_seen_and_noted():
    found = case(looked_after_visits=[{"visit_date": "2012-04-23"}, {"visit_date": "2012-04-24"}])
    assert days(records(found, "looked_after_visits")) == [(DAYS["2012-04-23"],) * 2]
    assert said(found) == [
        ("/social_care_episodes/0/looked_after_visits/1", "dated 24 April 2012, after the audit date; not seen")
    ]


def test_what_goes_with_an_end_that_is_not_seen_is_not_seen_either():
    row = {"start_date": "2012-01-01", "start_reason": "S", "end_date": "2012-04-24", "end_reason": "E4"}
    before, after = (
        case("2012-04-23", child_looked_after_placements=[row]),
        case("2012-04-24", child_looked_after_placements=[row]),
    )
    assert records(before, "placements")[0].row["end_reason"] is None
    assert records(before, "care_periods")[0].end == OPEN
    assert records(after, "placements")[0].row["end_reason"] == "E4"


def test_planned_dates_are_seen_wherever_they_lie():
    action = {"set_date": "2012-04-01", "due_date": "2013-01-01", "completed_date": "2012-05-01"}
    found = case(supervisions=[{"supervision_date": "2012-04-01", "actions": [action]}])
    seen = records(found, "supervisions", "actions")[0]
    assert seen.row["due_date"] == "2013-01-01"
    assert seen.end == OPEN
    assert seen.row["completed_date"] is None


def test_an_impossible_day_is_noted_and_not_relied_on():
    found = case(looked_after_visits=[{"visit_date": "2012-02-30"}])
    assert days(records(found, "looked_after_visits")) == [(UNKNOWN, UNKNOWN)]
    assert said(found) == [
        (
            "/social_care_episodes/0/looked_after_visits/0/visit_date",
            "2012-02-30 is no day of the calendar; it is not relied on",
        )
    ]


def test_an_end_before_its_start_makes_both_unknown():
    found = case(child_and_family_assessments=[{"start_date": "2012-02-01", "authorisation_date": "2012-01-31"}])
    record = records(found, "child_and_family_assessments")[0]
    assert (record.start, record.end) == (UNKNOWN, UNKNOWN)
    assert record.row["start_date"] is record.row["authorisation_date"] is NOT_HELD
    assert "neither date is relied on" in said(found)[0][1]


def test_an_end_by_the_audit_date_of_what_begins_after_it_is_impossible_not_hidden():
    found = case(child_and_family_assessments=[{"start_date": "2028-04-28", "authorisation_date": "2012-01-31"}])
    assert days(records(found, "child_and_family_assessments")) == [(UNKNOWN, UNKNOWN)]


def test_a_conference_before_its_enquiry_is_doubted_and_the_enquiry_kept():
    found = case(section_47_assessments=[{"start_date": "2012-02-02", "icpc_date": "2012-02-01"}])
    record = records(found, "section_47_assessments")[0]
    assert record.start == DAYS["2012-02-02"]
    assert record.row["icpc_date"] is NOT_HELD
    assert said(found)[0][1] == "2012-02-01 is earlier than start_date; it is not relied on"


def test_an_event_without_a_date_has_not_happened_but_one_whose_date_is_left_out_has():
    found = case(looked_after_visits=[{"visit_date": None}, {"seen_flag": True}])
    assert days(records(found, "looked_after_visits")) == [(UNKNOWN, UNKNOWN)]
    assert said(found)[0][1] == "has no date, so it is taken not to have happened"


def test_finished_work_without_a_beginning_is_there():
    found = case(child_and_family_assessments=[{"start_date": None, "authorisation_date": "2012-02-01"}])
    assert days(records(found, "child_and_family_assessments")) == [(UNKNOWN, DAYS["2012-02-01"])]


def test_absent_is_not_empty_but_for_what_the_payload_makes_optional():
    found = case()
    assert children(found)["supervisions"] is None
    assert children(found)["child_protection_plans"] == ()
    assert not records(found, "supervisions")


def test_a_section_that_coverage_says_is_not_held_is_not_empty():
    found = case(coverage={"not_held": ["child_protection_plans"]})
    assert children(found)["child_protection_plans"] is None


def test_coverage_that_names_nothing_known_is_noted():
    found = case(coverage={"from": {"visits": "2012-01-01", "supervisions": "2012-02-30"}, "latest_only": ["nought"]})
    assert [message for _, message in said(found)] == [
        "coverage names visits, which is no section of the case record",
        "coverage from supervisions: no day of the calendar; the section is taken as not held",
        "coverage names nought, which is no section of the case record",
    ]
    assert (EPISODE, "supervisions") in found.coverage.not_held


def test_objects_to_be_purged_are_not_there():
    found = case(looked_after_visits=[{"visit_date": "2012-01-01", "purge": True}, {"visit_date": "2012-01-02"}])
    assert len(records(found, "looked_after_visits")) == 1


def test_records_stand_by_date_whatever_their_order_in_the_list():
    rows = [{"start_date": "2012-01-03"}, {"start_date": "2012-01-01"}, {"start_date": "2012-01-02"}]
    found = records(case(child_protection_plans=rows), "child_protection_plans")
    assert [(record.position, record.pointer[-1]) for record in found] == [(1, "1"), (2, "2"), (3, "0")]
    assert found[2].previous is found[1]


def test_of_records_with_equal_dates_the_later_end_comes_later_then_canonical_json_decides():
    rows = [
        {"start_date": "2012-01-01", "child_protection_plan_id": "c"},
        {"start_date": "2012-01-01", "child_protection_plan_id": "b"},
        {"start_date": "2012-01-01", "end_date": "2012-02-01", "child_protection_plan_id": "a"},
    ]
    found = records(case(child_protection_plans=rows), "child_protection_plans")
    assert [record.row["child_protection_plan_id"] for record in found] == ["a", "b", "c"]


def test_of_what_is_in_force_one_at_a_time_one_without_an_end_ends_where_the_next_begins():
    found = case(care_plans=[{"start_date": "2012-01-01"}, {"start_date": "2012-03-01"}])
    assert days(records(found, "care_plans")) == [(DAYS["2012-01-01"], DAYS["2012-03-01"]), (DAYS["2012-03-01"], OPEN)]
    assert said(found)[0][1] == "has no end, but another began on 1 March 2012; taken to end then"


@pytest.mark.parametrize("born", [None, "2004-12-24"])
def test_a_row_left_open_is_ended_by_the_next_whether_or_not_the_18th_birthday_would_end_it(born):
    rows = [
        {"start_date": "2011-01-10", "start_reason": "S"},
        {"start_date": "2011-06-01", "start_reason": "P", "end_date": "2011-09-01", "end_reason": "E4"},
    ]
    found = case(born=born, child_looked_after_placements=rows)
    assert days(records(found, "care_periods")) == [(DAYS["2011-01-10"], DAYS["2011-09-01"])]
    assert days(records(found, "placements"))[0] == (DAYS["2011-01-10"], DAYS["2011-06-01"])


def test_details_to_be_purged_are_not_held():
    data = {"la_child_id": "A", "child_details": {"date_of_birth": "1994-01-15", "purge": True}}
    found = case_as_at(data, DAYS["2012-04-23"])
    assert (found.born, found.root.children["child_details"]) == (UNKNOWN, None)


def test_a_placement_ends_on_the_18th_birthday_at_the_latest():
    row = {"start_date": "2010-01-01", "start_reason": "S"}
    found = case(born="1994-02-01", child_looked_after_placements=[row])
    assert records(found, "placements")[0].end == records(found, "care_periods")[0].end == DAYS["2012-02-01"]


def test_a_placement_that_begins_after_the_18th_birthday_is_not_used():
    rows = [{"start_date": day, "start_reason": "S"} for day in ("2012-02-01", "2012-02-02")]
    found = case(born="1994-02-01", child_looked_after_placements=rows)
    assert len(records(found, "placements")) == 1
    assert said(found)[0][1] == "begins after the 18th birthday, by which it must have ended; not used"


def test_only_what_is_wanted_is_built():
    data = {"la_child_id": "A", EPISODE: [{"supervisions": [{"supervision_date": "2012-01-01"}], "case_notes": [{}]}]}
    found = build(data, DAYS["2012-04-23"], frozenset({(EPISODE,), (EPISODE, "supervisions")}))
    assert set(children(found)) == {"supervisions"}


def test_a_section_is_found_from_the_nearest_record_around_that_can_hold_it():
    plan = {"start_date": "2011-01-01", "core_groups": [{"meeting_date": "2011-02-01"}]}
    found = case(child_protection_plans=[plan, {"start_date": "2012-01-01"}], supervisions=[])
    first, second = records(found, "child_protection_plans")
    own = (EPISODE, "child_protection_plans")
    assert len(compile_fetch(own, (*own, "core_groups"))(first)[0]) == 1
    assert compile_fetch(own, (*own, "core_groups"))(second) == ((), (second,))
    beside = compile_fetch((EPISODE, "supervisions"), (*own, "core_groups"))
    group = compile_fetch((*own, "core_groups"), own)
    assert group(compile_fetch(own, (*own, "core_groups"))(first)[0][0])[0] == [first, second]
    assert beside(first)[1] == [second]


def test_a_case_that_is_released_holds_nothing_more():
    found = case(supervisions=[{"supervision_date": "2012-01-01", "actions": []}])
    release(found)
    assert found.root.children == found.lists == {}
