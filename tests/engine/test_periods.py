"""Whose end ends a duty, which record is the latest, and rules that follow one another in law."""

from datetime import date
from typing import Any

import pytest

from casecheck.calendar import DAYS
from tests import strategies as make
from tests.engine.comparing import engine_findings

MISSING = {
    "from": "start_date",
    "within": "5 working days",
    "done": "strategy_meeting_date",
}


def told(rule, as_at="2012-04-23", since="2011-04-23", **episode):
    case: dict[str, Any] = {
        "la_child_id": "A",
        "child_details": {"date_of_birth": "2000-01-01"},
        "social_care_episodes": [{"referral_date": "2010-01-01", **episode}],
    }
    rules = rule if isinstance(rule, list) else [rule]
    days = date.fromisoformat(since), date.fromisoformat(as_at)
    found = engine_findings(case, make.pack(*rules), *days)[rules[0].id]
    keys = ("starts", "due", "done", "outcome")
    return found["outcome"], [tuple(each[key] for key in keys) for each in found["obligations"] if each["counted"]]


EPISODE = {"missing_episodes": [{"start_date": "2012-03-01", "end_date": "2012-03-20", "strategy_meeting_date": None}]}
ROW = {"start_date": "2011-06-01", "start_reason": "S", "end_date": "2012-03-08", "end_reason": "E4"}


@pytest.mark.parametrize(
    ("lapses_with", "closed", "expected"),
    [
        (None, "2012-03-08", []),
        (None, "2012-03-09", [("2012-03-01", "2012-03-08", None, "missed")]),
        ("none", "2012-03-08", [("2012-03-01", "2012-03-08", None, "missed")]),
        ("social_care_episodes", "2012-03-08", []),
        ("care_periods", None, []),
    ],
)
def test_a_duty_lapses_with_what_the_rule_says_if_that_ends_by_the_due_day(lapses_with, closed, expected):
    rule = make.rule("deadline", "missing_episodes", MISSING, lapses_with=lapses_with)
    found = told(rule, closure_date=closed, child_looked_after_placements=[ROW], **EPISODE)
    assert found[1] == expected


def test_a_duty_that_lapses_with_a_section_stands_where_none_of_it_is_in_force():
    rule = make.rule("deadline", "missing_episodes", MISSING, lapses_with="care_periods")
    before = {**ROW, "end_date": "2012-02-29"}
    assert told(rule, child_looked_after_placements=[before], **EPISODE)[0] == "fail"
    assert told(rule, child_looked_after_placements=[{**ROW, "end_date": "2012-03-09"}], **EPISODE)[0] == "fail"


def test_a_duty_that_lapses_with_a_section_that_is_not_held_is_not_known():
    rule = make.rule("deadline", "missing_episodes", MISSING, lapses_with="carer_approvals")
    assert told(rule, **EPISODE)[0] == "unknown"


OF_KIN = {"first": "placements", "where": {"placement_type": "F1"}}
LEFT = {**ROW, "end_date": "2012-03-03", "end_reason": "X1", "placement_type": "F2"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "fail"),
        ([LEFT], "fail"),
        ([LEFT, {**ROW, "start_date": "2012-03-03", "start_reason": "P", "placement_type": "F1"}], "not_applicable"),
        ([{**LEFT, "placement_type": "F1", "end_date": "2012-03-01"}], "not_applicable"),
        ([{**LEFT, "placement_type": "F1", "end_date": "2012-02-29"}], "fail"),
        (
            [
                {**LEFT, "placement_type": "F1", "end_date": "2012-03-01"},
                {"start_date": "2012-03-01", "start_reason": "P", "placement_type": "F1"},
            ],
            "fail",
        ),
        ([LEFT, {"start_date": "2012-03-03", "start_reason": "P", "placement_type": "F1"}], "fail"),
        ([{**ROW, "placement_type": "F1"}, {"start_date": "2012-03-08", "placement_type": "F2"}], "not_applicable"),
        ([LEFT, {"start_date": "2012-03-03", "start_reason": "P"}], "unknown"),
        ([{"start_date": "2012-02-30", "placement_type": "F1"}], "unknown"),
    ],
)
def test_a_duty_may_lapse_with_the_first_record_to_meet_a_condition_from_the_day_on(rows, expected):
    rule = make.rule("deadline", "missing_episodes", MISSING, lapses_with=OF_KIN)
    assert told(rule, child_looked_after_placements=rows, **EPISODE)[0] == expected


def test_where_the_section_of_that_record_is_not_held_it_is_not_known_when_the_duty_ends():
    says = {"first": "carer_approvals", "where": {"approval": "full"}}
    assert told(make.rule("deadline", "missing_episodes", MISSING, lapses_with=says), **EPISODE)[0] == "unknown"


PLANS = [
    {"start_date": "2009-06-01", "end_date": "2009-12-01", "specific_flag": False},
    {"start_date": "2010-06-01", "end_date": None, "specific_flag": True},
]


def test_the_latest_is_the_newest_in_force_and_counts_whatever_its_date():
    rule = make.rule("recorded", "care_plans", {"specific_flag": True}, latest=True)
    assert told(rule, care_plans=PLANS) == ("pass", [("2010-06-01", "2012-04-23", "2012-04-23", "met")])


def test_where_none_is_in_force_the_latest_is_the_newest_ended_and_counts_while_the_case_is_open():
    rule = make.rule("recorded", "care_plans", {"specific_flag": True}, latest=True)
    assert told(rule, care_plans=PLANS[:1])[0] == "fail"
    assert told(rule, care_plans=PLANS[:1], closure_date="2011-04-22")[0] == "not_applicable"
    assert told(rule, care_plans=PLANS[:1], closure_date="2011-04-23")[0] == "fail"


def test_of_work_the_latest_is_the_newest_completed():
    rule = make.rule("recorded", "child_and_family_assessments", {"child_seen_flag": True}, latest=True)
    done = {"start_date": "2010-02-01", "authorisation_date": "2010-03-01", "child_seen_flag": True}
    open_one = {"start_date": "2012-04-01", "authorisation_date": None, "child_seen_flag": False}
    assert told(rule, child_and_family_assessments=[done, open_one])[0] == "pass"
    assert told(rule, child_and_family_assessments=[open_one])[0] == "not_applicable"


def test_where_is_judged_of_the_latest_once_it_is_chosen():
    where = {"specific_flag": False}
    rule = make.rule("recorded", "care_plans", {"specific_flag": True}, latest=True, where=where)
    assert told(rule, care_plans=PLANS)[0] == "not_applicable"


def supervised(every, law):
    check = {"events": "supervisions", "limits": [{"every": every}]}
    in_force = tuple(None if day is None else DAYS[day] for day in law)
    return make.rule("recurring", "social_care_episodes", check, in_force=in_force)


def test_rules_that_share_an_id_make_one_chain():
    chain = [supervised("3 months", (None, "2012-03-01")), supervised("1 month", ("2012-03-01", None))]
    supervisions = [{"supervision_date": day} for day in ("2012-01-10", "2012-03-20")]
    found = told(chain, supervisions=supervisions, since="2012-01-11")
    assert found[1] == [
        ("2012-01-10", "2012-04-01", "2012-03-20", "met"),
        ("2012-03-20", "2012-04-20", None, "missed"),
    ]


def test_rules_that_share_an_id_are_each_law_for_what_begins_in_their_days():
    def within(days, law):
        in_force = tuple(None if day is None else DAYS[day] for day in law)
        return make.rule("deadline", "missing_episodes", {**MISSING, "within": days}, in_force=in_force)

    rules = [within("5 days", (None, "2012-03-01")), within("2 days", ("2012-03-01", None))]
    episodes = [{"start_date": day, "strategy_meeting_date": None} for day in ("2012-02-29", "2012-03-01")]
    assert [each[1] for each in told(rules, missing_episodes=episodes)[1]] == ["2012-03-05", "2012-03-03"]


def test_a_limit_says_nothing_before_it_is_law_or_after():
    limit = {"records": "supervisions", "at_most": 0, "in": "12 months"}
    held = {"supervisions": [{"supervision_date": "2012-01-01"}]}
    for law, outcome in [
        (("2012-04-23", None), "fail"),
        (("2012-04-24", None), "not_applicable"),
        ((None, "2012-04-23"), "not_applicable"),
    ]:
        in_force = tuple(None if day is None else DAYS[day] for day in law)
        assert told(make.rule("limit", "social_care_episodes", limit, in_force=in_force), **held)[0] == outcome


def test_a_limit_is_not_known_where_it_may_not_apply_and_is_broken():
    limit = {"records": "supervisions", "at_most": 0, "in": "12 months"}
    held = {"supervisions": [{"supervision_date": "2012-01-01"}]}
    where = {"legal_statuses": {"legal_status": "C2"}, "care_plans": {"present": True}}
    assert told(make.rule("limit", "social_care_episodes", limit, where=where), **held)[0] == "not_applicable"
    where = {"care_plans": {"present": True}}
    assert told(make.rule("limit", "social_care_episodes", limit, where=where), **held)[0] == "unknown"
    where = {"closure_date": {"present": True}}
    assert told(make.rule("limit", "social_care_episodes", limit, where=where), **held)[0] == "not_applicable"


VISITED = {"events": "looked_after_visits", "limits": [{"every": "6 weeks"}]}


def test_of_only_the_newest_event_only_the_wait_since_it_is_judged():
    case: dict[str, Any] = {"la_child_id": "A", "coverage": {"latest_only": ["looked_after_visits"]}}
    rule = make.rule("recurring", "social_care_episodes", VISITED)

    def found(visit, as_at, closed=None, coverage=None):
        episode = {
            "referral_date": "2010-01-01",
            "closure_date": closed,
            "looked_after_visits": [{"visit_date": visit}],
        }
        held = {**case, "coverage": {**case["coverage"], **(coverage or {})}, "social_care_episodes": [episode]}
        told = engine_findings(held, make.pack(rule), date(2011, 4, 23), date.fromisoformat(as_at))["a-rule"]
        return told["outcome"], [(each["due"], each["outcome"]) for each in told["obligations"]]

    assert found("2012-03-01", "2012-04-12") == ("pass", [("2012-04-12", "met")])
    assert found("2012-03-01", "2012-04-13") == ("fail", [("2012-04-12", "missed")])
    assert found("2012-03-01", "2012-06-01", closed="2012-04-12") == ("not_applicable", [])
    assert found("2012-03-01", "2012-06-01", closed="2012-04-13")[0] == "fail"
    assert found("2012-03-01", "2012-02-01")[0] == "unknown"
    assert found("2012-03-01", "2012-06-01", coverage={"to": "2012-04-11"})[0] == "unknown"
    assert found("2012-03-01", "2012-06-01", coverage={"to": "2012-04-12"})[0] == "fail"
    assert found("2009-12-01", "2012-04-23")[0] == "fail", "none in the period: as usual, from its start"


def test_where_another_record_may_be_the_latest_the_finding_is_not_known():
    rule = make.rule("recorded", "supervisions", {"local.good": True}, latest=True)

    def supervision(day, good):
        return {"supervision_date": day, "local": {"good": good}}

    dated = supervision("2012-03-01", True)
    assert told(rule, supervisions=[dated, supervision("2012-02-31", False)])[0] == "unknown"
    rule = make.rule("recorded", "care_plans", {"specific_flag": True}, latest=True)
    newer = {"start_date": "2011-06-01", "end_date": "2012-02-31", "specific_flag": False}
    older = {"start_date": "2010-01-01", "end_date": "2011-06-01", "specific_flag": True}
    assert told(rule, care_plans=[older, newer])[0] == "unknown"


def test_what_is_recorded_as_empty_does_not_meet_a_not():
    rule = make.rule("recorded", "accommodations", {"accommodation_type": {"not": "bed_and_breakfast"}})
    for kind, outcome in [("bed_and_breakfast", "fail"), (None, "fail"), ("foyer", "pass")]:
        rows = [{"start_date": "2012-01-01", "accommodation_type": kind}]
        assert told(rule, accommodations=rows)[0] == outcome
    partner = {"any_of": [{"attendees": {"agency": {"not": ["childrens_social_care", "family"]}}}]}
    rule = make.rule("recorded", "child_protection_plans.core_groups", partner)
    for agency, outcome in [("health", "pass"), ("family", "fail"), (None, "fail")]:
        group = {"meeting_date": "2012-01-01", "attendees": [{"agency": agency}]}
        plan = {"start_date": "2011-12-01", "core_groups": [group]}
        assert told(rule, child_protection_plans=[plan])[0] == outcome


def covered_from(rule, day, as_at, supervisions=(), start="2009-01-01"):
    case: dict[str, Any] = {
        "la_child_id": "A",
        "coverage": {"from": {"supervisions": day}},
        "social_care_episodes": [
            {"referral_date": start, "supervisions": [{"supervision_date": each} for each in supervisions]}
        ],
    }
    end = date.fromisoformat(as_at)
    found = engine_findings(case, make.pack(rule), end.replace(year=end.year - 1), end)["a-rule"]
    return found["outcome"], [(each["due"], each["outcome"]) for each in found["obligations"] if each["counted"]]


def test_days_that_nothing_from_before_what_is_held_can_cover_are_uncovered():
    check = {"records": "supervisions", "within": "10 days", "counts_for": "2 months"}
    rule = make.rule("held", "social_care_episodes", check)
    assert covered_from(rule, "2010-06-01", "2012-06-01") == ("fail", [("2010-08-01", "missed")])
    assert covered_from(rule, "2012-05-01", "2012-06-30")[0] != "fail", "one of April may cover until 29 June"
    assert covered_from(rule, "2012-05-01", "2012-07-01") == ("not_due", [("2012-07-01", "not_due")])
    assert covered_from(rule, "2012-05-01", "2012-07-02") == ("fail", [("2012-07-01", "missed")])


def test_an_audit_as_at_a_day_before_what_is_held_is_not_known():
    check = {"events": "supervisions", "limits": [{"every": "1 month"}]}
    rule = make.rule("recurring", "social_care_episodes", check)
    assert covered_from(rule, "2012-03-01", "2012-02-01", start="2011-06-01")[0] == "unknown"


def test_cover_lost_while_the_grace_at_the_start_runs_leaves_as_long_as_that():
    rule = make.rule("held", "social_care_episodes", {"records": "care_plans", "within": "10 days", "gap": "2 days"})
    case = {"closure_date": None, "referral_date": "2012-01-01"}
    plan = {"start_date": "2011-12-01", "end_date": "2012-01-02"}
    renewed = {"start_date": "2012-01-11"}
    in_time = [("2012-01-01", "2012-01-11", "2012-01-01", "met"), ("2012-01-03", "2012-01-11", "2012-01-11", "met")]
    assert told(rule, **case, care_plans=[plan, renewed]) == ("pass", in_time)
    assert told(rule, **case, care_plans=[plan, {"start_date": "2012-01-12"}])[0] == "fail"
    # Past that grace, each loss has the gap of the rule.
    later = [{"start_date": "2012-01-01", "end_date": "2012-02-01"}, {"start_date": "2012-02-05"}]
    assert told(rule, **case, care_plans=later)[1][1] == ("2012-02-02", "2012-02-04", "2012-02-05", "late")


def test_a_need_of_which_the_source_holds_nothing_counts_while_it_lasts():
    rule = make.rule("held", "social_care_episodes", {"records": "care_plans", "within": "10 days"})
    long_ago = {"referral_date": "2009-01-01"}
    assert told(rule, **long_ago)[0] == "unknown"
    assert told(rule, **long_ago, care_plans=[])[0] == "fail"
    assert told(rule, **long_ago, closure_date="2011-04-22")[0] == "not_applicable", "it ended before the review period"


def test_a_placement_that_is_still_open_on_paper_has_ended_on_the_18th_birthday():
    rule = make.rule("recorded", "placements", {"end_date": None})
    row = {"start_date": "2010-06-01", "start_reason": "S"}
    assert told(rule, as_at="2017-12-31", since="2017-01-01", child_looked_after_placements=[row])[0] == "pass"
    assert told(rule, as_at="2018-01-01", since="2017-01-02", child_looked_after_placements=[row])[0] == "fail"


def test_care_that_goes_on_after_its_last_row_has_not_ended():
    rule = make.rule("recorded", "care_periods", {"end_date": None})
    row = {"start_date": "2011-06-01", "start_reason": "S", "end_date": "2012-01-02", "end_reason": "X1"}
    assert told(rule, child_looked_after_placements=[row])[0] == "pass"
    assert told(rule, child_looked_after_placements=[{**row, "end_reason": "E4"}])[0] == "fail"


@pytest.mark.parametrize(
    ("begun", "outcome"), [({"decision_date": None}, "not_applicable"), ({}, "unknown")], ids=["empty", "not held"]
)
def test_finished_work_without_a_first_day_has_none_to_count_from(begun, outcome):
    check = {"from": "decision_date", "within": "20 working days", "done": "issued_date"}
    rule = make.rule("deadline", "care_proceedings", check)
    assert told(rule, care_proceedings=[{**begun, "issued_date": "2012-01-12"}])[0] == outcome
