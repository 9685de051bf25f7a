"""What cases are broken down by: the value of a field on the audit date."""

import pytest

from casecheck.calendar import DAYS
from casecheck.errors import UsageProblem
from casecheck.groups import compile_group
from casecheck.records.derived import case_as_at


def value(name, as_at="2012-04-23", **child):
    episode = child.pop("episode", {})
    data = {"la_child_id": "A", "social_care_episodes": [{"referral_date": "2010-01-01", **episode}], **child}
    return compile_group(name).value_of(case_as_at(data, DAYS[as_at]))


ALLOCATIONS = {
    "care_worker_details": [
        {"worker_id": "w1", "team": "Assessment", "start_date": "2010-01-01", "end_date": "2011-01-01"},
        {"worker_id": "w2", "team": "Court", "start_date": "2011-01-01", "end_date": "2012-01-01"},
    ]
}


def test_the_newest_in_force_on_the_audit_date_speaks():
    assert value("team", "2010-06-01", episode=ALLOCATIONS) == "Assessment"
    assert value("team", "2011-06-01", episode=ALLOCATIONS) == "Court"


def test_where_none_is_in_force_the_newest_ended_speaks():
    assert value("team", "2012-04-23", episode=ALLOCATIONS) == "Court"


def test_a_field_of_the_child_needs_no_section():
    assert value("sex", child_details={"sex": "F"}) == "F"
    assert value("child_details.ethnicity", child_details={"ethnicity": "WBRI"}) == "WBRI"


def test_a_list_is_told_with_commas_and_a_flag_as_yes_or_no():
    assert value("disabilities", child_details={"disabilities": ["HAND", "VIS"]}) == "HAND, VIS"
    assert value("uasc_flag", child_details={"uasc_flag": True}) == "yes"
    assert value("uasc_flag", child_details={"uasc_flag": False}) == "no"


def test_nothing_recorded_differs_from_nothing_held():
    assert value("sex", child_details={"sex": None}) == "none recorded"
    assert value("sex", child_details={}) == "not held"
    assert value("team") == "none recorded"
    assert value("looked_after_visits.seen_flag") == "not held"


def test_age_is_in_years_on_the_audit_date():
    assert value("age", child_details={"date_of_birth": "2000-04-24"}) == "11"
    assert value("age", child_details={"date_of_birth": "2000-04-23"}) == "12"
    assert value("age", child_details={"date_of_birth": None}) == "unborn"
    assert value("age", child_details={}) == "not held"


def test_a_placement_is_broken_down_by_its_row_in_force():
    rows = [
        {"start_date": "2011-01-01", "start_reason": "S", "end_date": "2012-01-01", "placement_type": "U1"},
        {"start_date": "2012-01-01", "start_reason": "T", "end_date": None, "placement_type": "K2"},
    ]
    assert value("placement_type", "2011-06-01", episode={"child_looked_after_placements": rows}) == "U1"
    assert value("placement_type", "2012-04-23", episode={"child_looked_after_placements": rows}) == "K2"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("teem", "no field of the case record is so named; did you mean team?"),
        ("zzzz", "no field of the case record is so named"),
        ("postcode", "of a person"),
        ("child_protection_plans.actions.lead", "of a person"),
        ("review_date", "more than one section has this field; write one of"),
    ],
)
def test_a_field_that_is_unknown_ambiguous_or_of_a_person_is_refused(name, said):
    with pytest.raises(UsageProblem, match=said.replace("?", r"\?")):
        compile_group(name)


def workers(*told):
    rows = [{"role": role, "team": team, "start_date": start, "end_date": end} for role, team, start, end in told]
    return {"care_worker_details": rows}


def test_the_team_is_that_of_who_holds_the_case_not_of_the_newest_other():
    social_worker = ("social_worker", "East", "2012-01-02", None)
    reviewing = ("independent_reviewing_officer", "Reviewing service", "2012-02-01", None)
    adviser = ("personal_adviser", "Pathways", "2012-03-01", None)
    assert value("team", episode=workers(social_worker, reviewing, adviser)) == "East"
    assert value("team", episode=workers(reviewing, adviser)) == "Pathways"
    assert value("team", episode=workers(reviewing)) == "Reviewing service"


def test_a_social_worker_who_left_gives_way_to_whoever_holds_the_case_now():
    left = ("social_worker", "East", "2011-01-02", "2012-01-31")
    adviser = ("personal_adviser", "Pathways", "2012-02-01", None)
    assert value("team", episode=workers(left, adviser)) == "Pathways"
    assert value("team", episode=workers(left, ("personal_adviser", "Pathways", "2011-02-01", "2012-04-01"))) == "East"


def test_a_role_that_is_not_recorded_may_be_a_social_workers():
    nobody_said = (None, "East", "2012-01-02", None)
    reviewing = ("independent_reviewing_officer", "Reviewing service", "2012-02-01", None)
    assert value("team", episode=workers(nobody_said, reviewing)) == "East"


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("2011-04-24", "0 (under 1)"),
        ("2011-04-23", "1 to 4"),
        ("2007-04-24", "1 to 4"),
        ("2007-04-23", "5 to 9"),
        ("2002-04-23", "10 to 15"),
        ("1996-04-24", "10 to 15"),
        ("1996-04-23", "16 and 17"),
        ("1994-04-24", "16 and 17"),
        ("1994-04-23", "18 and over"),
        (None, "unborn"),
    ],
)
def test_a_band_of_ages_ends_on_the_day_before_the_birthday_of_the_next(born, band):
    assert value("age_band", child_details={"date_of_birth": born}) == band


def test_a_band_of_an_age_that_is_not_held_is_not_known():
    assert value("age_band", child_details={}) == "not held"
