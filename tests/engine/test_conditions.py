"""Conditions as data: each operator, what a record offers, and doubt kept small."""

from typing import Any

import pytest

from casecheck.calendar import DAYS, OPEN
from casecheck.records.case import of_the_child
from casecheck.records.derived import case_as_at
from casecheck.rules.conditions import compile_condition, section_for

EPISODE = "social_care_episodes"
TERMS: dict[str, dict[str, Any]] = {"seen": {"seen_flag": True}, "seen alone": {"is": "seen", "seen_alone_flag": True}}


def truth(
    condition, section="looked_after_visits", place=-1, day="2012-04-23", as_at="2012-04-23", child=None, **episode
):
    data = {"la_child_id": "A", EPISODE: [{"referral_date": "2010-01-01", **episode}], **(child or {})}
    case = case_as_at(data, DAYS[as_at])
    path = section_for(section, ()).path
    record = of_the_child(case, path)[0][place]
    compiled = compile_condition(condition, path, TERMS)
    told = compiled.test(case, record, DAYS[day])
    over = compiled.over(case, record, OPEN)
    assert (over(DAYS[day]) if callable(over) else over) is told, "the truth over all days is the truth on this one"
    return told


def visit(condition, **fields):
    return truth(condition, looked_after_visits=[{"visit_date": "2012-04-01", **fields}])


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        (True, True, True),
        (True, False, False),
        (True, None, False),
        (None, None, True),
        (None, True, False),
        ([True, None], None, True),
        ({"not": True}, None, True),
        ({"not": True}, True, False),
        ({"present": True}, True, True),
        ({"present": True}, False, True),
        ({"present": True}, None, False),
        ({"present": False}, None, True),
    ],
)
def test_a_flag_is_compared_as_it_is_recorded(condition, value, expected):
    assert visit({"seen_flag": condition}, seen_flag=value) is expected


@pytest.mark.parametrize("condition", [True, None, {"not": True}, {"present": True}, {"present": False}])
def test_a_field_that_is_not_held_is_neither_so_nor_not(condition):
    assert visit({"seen_flag": condition}) is None


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        ("Statutory visit", False),
        ("STAT. VISIT (LAC)", False),
        ("Statutoryvisit", False),
        ("statutory-visits", True),
        ("  ", False),
        ("", False),
        (None, False),
        ("Statutory visit: new school", True),
        ("contact with his sister", True),
    ],
)
def test_text_says_more_than_words_compared_on_letters_alone(purpose, expected):
    words = ["statutory", "stat", "visit", "lac", "looked after"]
    assert visit({"visit_purpose": {"says_more_than": words}}, visit_purpose=purpose) is expected


def test_blank_text_is_not_present():
    assert visit({"visit_purpose": {"present": True}}, visit_purpose=" \t") is False
    assert visit({"visit_purpose": {"present": True}}, visit_purpose="x") is True


@pytest.mark.parametrize(("score", "expected"), [(12, False), (13, True), (17, True), (18, False), (None, False)])
def test_several_operators_all_hold(score, expected):
    child = {"health_and_wellbeing": {"sdq_assessments": [{"date": "2012-01-01", "score": score}]}}
    assert truth({"score": {"at_least": 13, "at_most": 17}}, "sdq_assessments", child=child) is expected


def test_a_bound_on_text_compares_text_with_text():
    assert visit({"visit_purpose": {"at_least": "b"}}, visit_purpose="c") is True
    assert visit({"visit_purpose": {"at_least": 1}}, visit_purpose="c") is False


def test_a_list_in_the_record_is_tested_for_containing():
    child = {"child_details": {"disabilities": ["HAND", "VIS"]}}
    assert truth({"child_details": {"disabilities": "HAND"}}, EPISODE, child=child) is True
    assert truth({"child_details": {"disabilities": ["MOB", "VIS"]}}, EPISODE, child=child) is True
    assert truth({"child_details": {"disabilities": "MOB"}}, EPISODE, child=child) is False
    assert (
        truth({"child_details": {"disabilities": None}}, EPISODE, child={"child_details": {"disabilities": []}}) is True
    )


def test_true_is_not_one():
    assert visit({"local.number": 1}, local={"number": True}) is False
    assert visit({"local.number": 1}, local={"number": 1}) is True
    assert visit({"local.number": 1}, local={}) is None
    assert visit({"local.number": 1}) is None


def test_any_of_and_none_of_are_doubtful_only_where_the_doubt_decides():
    assert visit({"any_of": [{"seen_flag": True}, {"seen_alone_flag": True}]}, seen_flag=True) is True
    assert visit({"any_of": [{"seen_flag": True}, {"seen_alone_flag": True}]}, seen_flag=False) is None
    assert visit({"none_of": [{"seen_flag": True}, {"seen_alone_flag": True}]}, seen_flag=True) is False
    assert visit({"none_of": [{"seen_flag": True}, {"seen_alone_flag": True}]}, seen_flag=False) is None
    assert visit({"seen_flag": True, "seen_alone_flag": True}, seen_flag=False) is False
    assert visit({"seen_flag": True, "seen_alone_flag": True}, seen_flag=True) is None


def test_terms_may_rest_on_terms():
    assert visit({"is": "seen alone"}, seen_flag=True, seen_alone_flag=True) is True
    assert visit({"is": ["seen", "seen alone"]}, seen_flag=True, seen_alone_flag=False) is False


VISITS = [{"visit_date": "2012-01-01", "seen_flag": True}, {"visit_date": "2012-02-01", "seen_flag": True}]


def test_position_is_the_place_by_date_and_previous_the_record_before():
    assert truth({"position": 2}, place=1, looked_after_visits=VISITS[::-1]) is True
    assert truth({"previous.seen_flag": True}, place=1, looked_after_visits=VISITS) is True
    assert truth({"previous.seen_flag": True}, place=0, looked_after_visits=VISITS) is False
    assert truth({"seen_flag": {"same_as": "previous.seen_flag"}}, place=1, looked_after_visits=VISITS) is True
    assert truth({"seen_flag": {"same_as": "previous.seen_flag"}}, place=0, looked_after_visits=VISITS) is False
    assert truth({"seen_flag": {"same_as": "seen_alone_flag"}}, place=0, looked_after_visits=VISITS) is None


@pytest.mark.parametrize(
    "coverage", [{"from": {"looked_after_visits": "2011-01-01"}}, {"latest_only": ["looked_after_visits"]}]
)
def test_place_and_predecessor_are_not_known_where_history_is_partial(coverage):
    child = {"coverage": coverage}
    assert truth({"position": 1}, place=0, child=child, looked_after_visits=VISITS) is None
    assert truth({"previous.seen_flag": True}, place=0, child=child, looked_after_visits=VISITS) is None
    same = {"seen_flag": {"same_as": "previous.seen_flag"}}
    assert truth(same, place=0, child=child, looked_after_visits=VISITS) is None


WORKERS = [
    {"start_date": "2011-01-01", "worker_id": "a", "role": "social_worker"},
    {"start_date": "2011-02-01", "worker_id": "m", "role": "manager"},
    {"start_date": "2011-03-01", "worker_id": "n", "role": None},
    {"start_date": "2011-04-01", "worker_id": "b", "role": "social_worker"},
    {"start_date": "2011-05-01", "worker_id": "o", "role": None},
]


@pytest.mark.parametrize(
    ("condition", "start", "expected"),
    [
        ({"review_date": {"same_as": "child_protection_plans.start_date"}}, "2012-04-01", True),
        ({"review_date": {"same_as": "child_protection_plans.start_date"}}, "2012-03-31", False),
        ({"review_date": {"same_as": "child_protection_plans.end_date"}}, "2012-03-31", False),
        ({"previous.review_date": {"same_as": "child_protection_plans.start_date"}}, "2012-03-31", True),
        ({"previous.review_date": {"same_as": "child_protection_plans.start_date"}}, "2012-04-01", False),
        ({"review_date": {"same_as": "social_care_episodes.referral_date"}}, "2012-04-01", False),
    ],
)
def test_a_field_may_be_compared_with_one_of_a_record_around(condition, start, expected):
    reviews = [{"review_date": "2012-03-31"}, {"review_date": "2012-04-01"}]
    plans = [{"start_date": start, "child_protection_reviews": reviews}]
    assert truth(condition, "child_protection_reviews", child_protection_plans=plans) is expected


SAME = {"worker_id": {"same_as": "previous.worker_id"}}


def of_workers(condition, place, workers):
    return truth(condition, section="care_worker_details", place=place, care_worker_details=workers)


def worker(place, **fields):
    """The workers with other fields in one of them; without those that are `...`."""
    changed = {**WORKERS[place], **fields}
    changed = {name: value for name, value in changed.items() if value is not ...}
    return [*WORKERS[:place], changed, *WORKERS[place + 1 :]]


@pytest.mark.parametrize(("place", "position"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2)])
def test_workers_follow_one_another_by_role_those_of_no_recorded_role_too(place, position):
    assert of_workers({"position": position}, place, WORKERS) is True
    assert of_workers({"previous.worker_id": None}, place, WORKERS) is (position == 1)


def test_the_worker_before_is_the_one_of_the_same_role():
    assert of_workers({"previous.worker_id": "a"}, 3, WORKERS) is True
    assert of_workers(SAME, 3, WORKERS) is False
    assert of_workers(SAME, 3, worker(0, worker_id="b")) is True
    assert of_workers(SAME, 3, worker(1, worker_id="b")) is False


def test_an_entry_whose_role_is_not_held_may_come_before_any():
    without_role = worker(1, role=...)
    assert of_workers({"position": 1}, 0, without_role) is True
    assert of_workers({"position": {"at_least": 2}}, 3, without_role) is True
    assert of_workers({"position": 2}, 3, without_role) is None
    assert of_workers({"position": [2, 3]}, 3, without_role) is True
    assert of_workers({"position": 4}, 3, without_role) is False
    assert of_workers({"previous.worker_id": "a"}, 3, without_role) is None
    assert of_workers(SAME, 3, without_role) is None


def test_one_before_which_nothing_is_in_doubt_is_known_to_be_the_one_before():
    without_role = worker(0, role=...)
    assert of_workers({"position": 1}, 1, without_role) is None
    assert of_workers({"previous.worker_id": "n"}, 4, without_role) is True
    assert of_workers({"position": {"at_least": 2}}, 4, without_role) is True


def test_of_an_entry_whose_role_is_not_held_the_place_is_known_only_if_it_is_the_first():
    assert of_workers({"position": 1}, 0, worker(0, role=...)) is True
    assert of_workers({"previous.worker_id": None}, 0, worker(0, role=...)) is True
    assert of_workers({"position": 1}, 3, worker(3, role=...)) is None
    assert of_workers({"position": 5}, 3, worker(3, role=...)) is False
    assert of_workers({"previous.worker_id": "a"}, 3, worker(3, role=...)) is None


def test_an_entry_without_a_known_day_may_come_before_those_of_its_role():
    undated = worker(1, start_date="2011-02-30")
    assert of_workers({"position": 1}, 1, undated) is True, "the first by date, of whom the manager is none"
    assert of_workers({"previous.worker_id": "a"}, 3, undated) is True
    undated = worker(3, start_date="2011-02-30")
    assert of_workers({"position": 1}, 1, undated) is None
    assert of_workers({"previous.worker_id": None}, 1, undated) is None
    assert of_workers({"position": 2}, 4, undated) is True
    assert of_workers({"position": {"at_least": 1}}, 0, undated) is True, "the one without a day"
    assert of_workers({"position": 1}, 0, undated) is None


def test_a_field_of_a_record_around_is_read_by_its_section():
    plan = {"start_date": "2011-01-01", "core_groups": [{"meeting_date": "2011-02-01"}]}
    around = {"child_protection_plans.start_date": "2011-01-01", f"{EPISODE}.referral_date": {"at_most": "2010-01-01"}}
    assert truth(around, "core_groups", child_protection_plans=[plan]) is True


@pytest.mark.parametrize(
    ("born", "day", "expected"),
    [
        ("2000-04-24", "2012-04-23", False),
        ("2000-04-23", "2012-04-23", True),
        ("1999-04-24", "2012-04-23", True),
        ("1999-04-23", "2012-04-23", False),
        ("1996-02-29", "2009-02-28", True),
        ("1996-02-29", "2009-03-01", False),
    ],
)
def test_age_is_that_on_the_day_judged(born, day, expected):
    child = {"child_details": {"date_of_birth": born}}
    assert truth({"age": 12}, EPISODE, day=day, child=child) is expected


def test_an_unborn_child_is_under_every_age():
    for details in ({"date_of_birth": None}, {"expected_date_of_birth": "2012-06-01"}):
        assert truth({"age": {"at_most": 0}}, EPISODE, child={"child_details": details}) is True
        assert truth({"age": {"at_least": 0}}, EPISODE, child={"child_details": details}) is False
    born = {"child_details": {"date_of_birth": "2012-04-01"}}
    assert truth({"age": {"at_least": 0}}, EPISODE, day="2012-03-31", child=born) is False
    assert truth({"age": {"at_least": 0}}, EPISODE, day="2012-04-01", child=born) is True
    assert truth({"age": {"not": [3, 4]}}, EPISODE, child={}) is None


@pytest.mark.parametrize(
    ("condition", "day", "expected"),
    [
        ({"at_least": "1 year"}, "2010-12-31", False),
        ({"at_least": "1 year"}, "2011-01-01", True),
        ({"at_most": "1 year"}, "2011-01-01", True),
        ({"at_most": "1 year"}, "2011-01-02", False),
        ({"at_least": "6 months", "at_most": "1 year"}, "2010-07-01", True),
    ],
)
def test_how_long_a_record_has_lasted(condition, day, expected):
    assert truth({"lasted": condition}, EPISODE, day=day) is expected


def test_how_long_is_not_known_of_what_began_before_it_is_held_unless_it_is_too_long_even_so():
    row = {"start_date": "2011-01-01", "start_reason": "L"}
    placed = {"section": "placements", "child_looked_after_placements": [row]}
    assert truth({"lasted": {"at_least": "1 year"}}, day="2011-06-01", **placed) is None
    assert truth({"lasted": {"at_least": "1 year"}}, day="2012-01-01", **placed) is True
    assert truth({"lasted": {"at_most": "1 year"}}, day="2011-06-01", **placed) is None
    assert truth({"lasted": {"at_most": "1 year"}}, day="2012-01-02", **placed) is False
    no_start = [{"end_date": "2012-03-01"}]
    assert truth({"lasted": {"at_least": "1 year"}}, "care_plans", care_plans=no_start) is None


STATUSES = [
    {"start_date": "2011-01-01", "end_date": "2012-01-01", "legal_status": "C1"},
    {"start_date": "2012-01-01", "legal_status": "C2"},
]


@pytest.mark.parametrize(
    ("status", "day", "expected"),
    [
        ("C1", "2010-12-31", False),
        ("C1", "2011-01-01", True),
        ("C1", "2011-12-31", True),
        ("C1", "2012-01-01", False),
        ("C2", "2011-12-31", False),
        ("C2", "2012-01-01", True),
    ],
)
def test_a_section_in_a_condition_means_one_of_its_records_in_force_on_the_day(status, day, expected):
    assert truth({"legal_statuses": {"legal_status": status}}, EPISODE, day=day, legal_statuses=STATUSES) is expected


def test_what_is_in_force_is_so_on_its_last_day_too_unless_the_next_holds():
    plan = [{"start_date": "2011-01-01", "end_date": "2011-03-01"}]
    held = {"child_protection_plans": {"present": True}}
    assert truth(held, EPISODE, day="2011-03-01", child_protection_plans=plan) is True
    assert truth(held, EPISODE, day="2011-03-02", child_protection_plans=plan) is False
    none = {"child_protection_plans": {"present": False}}
    assert truth(none, EPISODE, day="2011-03-02", child_protection_plans=plan) is True
    assert truth(none, EPISODE, child_protection_plans=[]) is True


def test_a_section_that_is_not_held_or_not_dated_leaves_doubt_unless_another_record_decides():
    condition = {"legal_statuses": {"legal_status": "C1"}}
    row = {"start_date": "2011-01-01", "start_reason": "S"}
    assert truth(condition, EPISODE, child_looked_after_placements=[row]) is None
    undated = [{"legal_status": "C1", "start_date": "2011-02-30"}]
    assert truth(condition, EPISODE, legal_statuses=undated) is None
    assert truth(condition, EPISODE, legal_statuses=[{**undated[0], "legal_status": "C2"}]) is False
    dated = {"legal_status": "C1", "start_date": "2012-01-01"}
    assert truth(condition, EPISODE, legal_statuses=[*undated, dated]) is True
    ends = [{**undated[0], "end_date": "2012-01-01"}]
    assert truth(condition, EPISODE, legal_statuses=ends) is False


def test_before_the_first_day_that_is_held_a_section_leaves_doubt():
    child = {"coverage": {"from": {"legal_statuses": "2011-01-01"}}}
    condition = {"legal_statuses": {"legal_status": "C1"}}
    assert truth(condition, EPISODE, day="2010-12-31", child=child, legal_statuses=STATUSES) is None
    assert truth(condition, EPISODE, day="2011-01-01", child=child, legal_statuses=STATUSES) is True


def test_a_name_that_several_sections_bear_means_the_one_of_the_record_itself():
    assert section_for("actions", (EPISODE, "care_plans")).path == (EPISODE, "care_plans", "actions")
    with pytest.raises(KeyError):
        section_for("actions", ())
