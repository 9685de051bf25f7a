"""What the schema allows and yet cannot be meant: each is told once, with what to write instead."""

from typing import Any

import pytest

from tests.rules.conftest import CORE_GROUPS, VISITS

WHERE = {key: each for key, each in VISITS.items() if key != "while"}
ASSESSMENT = {
    **{key: VISITS[key] for key in ("title", "area", "severity", "basis")},
    "id": "assessed",
    "each": "child_and_family_assessments",
}
LATEST = {**{key: each for key, each in ASSESSMENT.items() if key != "each"}, "latest": "care_plans"}
ACTIONS = {**ASSESSMENT, "each": "care_plans.actions"}


def limits(*entries: dict[str, Any]) -> dict[str, Any]:
    return {**VISITS, "recurring": {"events": "looked_after_visits", "limits": list(entries)}}


def deadline(each: str, **says: Any) -> dict[str, Any]:
    return {
        **ASSESSMENT,
        "each": each,
        "deadline": {"from": "start_date", "within": "1 week", "done": "end_date", **says},
    }


def held(**says: Any) -> dict[str, Any]:
    return {**ASSESSMENT, "each": "care_periods", "held": {"records": "care_plans", **says}}


def limit(**says: Any) -> dict[str, Any]:
    return {
        **ASSESSMENT,
        "each": "social_care_episodes",
        "limit": {"records": "care_worker_details", "at_most": 2, "in": "12 months", **says},
    }


@pytest.mark.parametrize(
    "condition",
    [
        {"placed_with": "parent"},
        {"placed_with": ["parent", "adoption"]},
        {"placed_with": None},
        {"placed_with": {"not": "parent"}},
        {"placed_with": {"not": ["parent", None]}},
        {"placed_with": {"present": True, "not": "parent"}},
        {"start_date": {"at_least": "2011-04-01", "at_most": "2012-04-23"}},
        {"intended_to_last_until_18_flag": True},
        {"age": {"at_least": 5, "at_most": 15}},
        {"age": [16, 17]},
        {"position": {"at_least": 2}},
        {"position": 1},
        {"lasted": {"at_least": "1 year"}},
        {"previous.placement_type": {"not": {"same_as": "placement_type"}}},
        {"placement_type": {"not": {"same_as": "previous.placement_type"}}},
        {"start_date": {"same_as": "social_care_episodes.referral_date"}},
        {"previous.start_date": {"not": {"same_as": "social_care_episodes.referral_date"}}},
        {"social_care_episodes.closure_date": None},
        {"legal_statuses": {"legal_status": ["C1", "C2"]}},
        {"legal_statuses": {"present": True}},
        {"legal_statuses": {"present": False}},
        {"care_periods": {"any_of": [{"age": 16}, {"position": 1}], "none_of": [{"lasted": {"at_most": "13 weeks"}}]}},
        {"child_details": {"disabilities": "HAND"}},
        {"child_details": {"disabilities": ["HAND", "VIS"]}},
        {"child_protection_plans": {"previous_plan_count": {"at_most": 0}}},
        {"local.panel_date": {"present": True}},
        {"local.level": {"at_least": 3}},
        {"local.level": {"not": {"same_as": "placement_type"}}},
        {"is": "with a parent"},
        {"is": ["with a parent"], "any_of": [{"is": "with a parent"}]},
        {"looked_after_visits": {"visit_purpose": {"says_more_than": ["statutory", "visit"]}}},
        {"looked_after_visits": {"not_seen_alone_reason": None}},
        {"looked_after_visits": {"not_seen_alone_reason": {"not": None}}},
    ],
)
def test_a_condition_that_makes_sense_loads(complaints, condition):
    assert complaints({**WHERE, "where": condition}) == []


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ({"placd_with": "parent"}, "placements has no field or section `placd_with`; did you mean `placed_with`?"),
        ({"zzz": 1}, "placements has no field or section `zzz`; write one that the case schema has, or `local.NAME`"),
        (
            {"seen_flag": True},
            "has no field or section `seen_flag`; it is a field of ",
        ),
        ({"legal_status": {"cod": 1}}, "unknown operator `cod`"),
        ({"placement_type": {"is": "U1"}}, "unknown operator `is`"),
        ({"placement_type": {"presnt": True}}, "did you mean `present`?"),
        ({"not": {"placed_with": "parent"}}, "`not` says something of a field: write `FIELD: {not: ...}`"),
        ({"placed_with": "parents"}, "`placed_with` cannot be `parents`: did you mean `parent`?"),
        ({"placed_with": ["parent", "moon"]}, "`placed_with` cannot be `moon`: write parent, foster_care"),
        ({"placed_with": {"not": "parents"}}, "`placed_with` cannot be `parents`"),
        ({"placed_with": True}, "`placed_with` cannot be `true`"),
        ({"placement_type": 3}, "`placement_type` cannot be `3`: it is text; write text, in quotes"),
        ({"intended_to_last_until_18_flag": "yes"}, "cannot be `yes`: it is true or false; write true or false"),
        ({"start_date": "1 April 2011"}, "it is a date; write one such as 2012-04-23"),
        ({"start_date": {"at_least": "2011-02-31"}}, "`start_date` cannot be `2011-02-31`"),
        ({"placement_type": {"at_least": "A3"}}, "`at_least` is for numbers and dates; `placement_type` is text"),
        ({"intended_to_last_until_18_flag": {"at_most": 1}}, "is true or false: write a value, a list, or `not`"),
        ({"age": {"at_least": "five"}}, "`age` cannot be `five`: it is a number; write a number"),
        ({"age": {"same_as": "position"}}, "`same_as` compares fields of a record"),
        ({"position": "first"}, "`position` cannot be `first`: it is a number"),
        ({"placed_with": {"same_as": "placd_with"}}, "there is no field `placd_with`; did you mean `placed_with`?"),
        ({"placed_with": {"same_as": "start_date"}}, "`placed_with` is text, but `start_date` is a date"),
        ({"placed_with": {"same_as": "social_care_episodes.referral_date"}}, "but `referral_date` is a date"),
        ({"start_date": {"same_as": "social_care_episodes.refferal_date"}}, "did you mean `referral_date`?"),
        ({"start_date": {"same_as": "child_protection_plans.start_date"}}, "or SECTION.FIELD of a record around"),
        ({"placement_type": {"same_as": "home_postcode"}}, "`home_postcode` is personal or free text"),
        ({"placed_with": {"says_more_than": ["x"]}}, "`placed_with` is one of a list of words"),
        ({"start_date": {"says_more_than": ["x"]}}, "`says_more_than` is for free text; `start_date` is a date"),
        ({"lasted": {"at_least": "long"}}, "`at_least` is `long`; a duration is a whole number and a unit"),
        ({"previous.placd_with": 1}, "placements has no field `placd_with`; did you mean `placed_with`?"),
        ({"social_care_episodes.closed": None}, "social_care_episodes has no field `closed`"),
        ({"child_details.sex": "F"}, "no record called `child_details` is around one of placements; write `child_det"),
        ({"legal_statuses": "C1"}, "`legal_statuses` is a section; write `legal_statuses: {present: true}`"),
        (
            {"legal_statuses": {"legal_state": "C1"}},
            "legal_statuses has no field or section `legal_state`; did you mean",
        ),
        (
            {"actions": {"present": True}},
            "more than one section is called `actions`; write `child_in_need_plans.actions`",
        ),
        ({"coverage": {"present": True}}, "`coverage` says how to read a record; rules do not read it"),
        ({"local": {"present": True}}, "write `local.NAME` for one of them"),
        ({"local.level": {"abov": 3}}, "unknown operator `abov`"),
        ({"is": "with parent"}, "there is no term `with parent`; did you mean `with a parent`?"),
        ({"is": ["with a parent", "else"]}, "there is no term `else`; define it under `terms` in pack.yaml"),
        ({"any_of": [{"placed_with": "parent"}, {"x": 1}]}, "placements has no field or section `x`"),
        ({"child_details": {"surname": {"present": True}}}, "`surname` is personal; rules cannot read it"),
        ({"child_details": {"date_of_birth": "2000-01-01"}}, "`date_of_birth` is personal; write `age`"),
        ({"looked_after_visits": {"visit_purpose": "statutory visit"}}, "`visit_purpose` is personal or free text"),
        ({"looked_after_visits": {"visit_purpose": {"not": "x"}}}, "`visit_purpose` is personal or free text"),
        ({"looked_after_visits": {"visit_purpose": {"same_as": "visit_purpose"}}}, "and is not compared"),
        ({"looked_after_visits": {"lasted": {"at_least": "1 day"}}}, "`lasted` is for what lasts"),
    ],
)
def test_a_condition_that_makes_none_is_told(complaints, condition, says):
    (message,) = complaints({**WHERE, "where": condition})
    assert "rules.yaml:1: rule visits: " in message
    assert says in message


@pytest.mark.parametrize(
    "rule",
    [
        CORE_GROUPS,
        limits({"every": "6 weeks", "until": "1 year"}, {"every": "3 months"}),
        limits(
            {"every": "6 weeks", "from": "2011-04-01"}, {"every": "3 months", "to": "2011-04-01"}, {"every": "1 week"}
        ),
        limits({"within": "1 week", "for": "first"}, {"within": "2 weeks", "for": "second"}, {"every": "3 months"}),
        limits({"every": "1 week", "until": {"first": ["looked_after_reviews", "care_plans"]}}, {"every": "1 month"}),
        deadline("missing_episodes", done="return_interview_offered_date", within="72 hours"),
        deadline("sdq_assessments", **{"from": "date", "done": {"first": "care_plans"}}),
        deadline("missing_episodes", **{"from": "end_date", "done": "return_interview_offered_date"}),
        deadline("care_periods", done={"first": "looked_after_reviews"}, within="0 days"),
        {**deadline("care_periods", **{"from": "end_date", "done": {"first": "health_plans"}}), "lapses_with": "none"},
        {**ACTIONS, "deadline": {"from": "set_date", "due": "due_date", "done": "completed_date"}},
        deadline("child_protection_reviews", **{"from": "previous.review_date", "done": "review_date"}),
        deadline("core_groups", **{"from": "child_protection_plans.start_date", "done": "meeting_date"}),
        held(within="10 working days", gap="5 working days", counts_for="6 months"),
        held(records=["care_plans", "pathway_plans"], where={"local.checked": True}),
        {**held(), "while": {"age": {"at_least": 5}}},
        limit(),
        limit(count="standing"),
        limit(where={"position": {"at_least": 2}, "worker_id": {"not": {"same_as": "previous.worker_id"}}}),
        {**LATEST, "recorded": {"specific_flag": True}},
        {**ASSESSMENT, "each": "core_groups", "recorded": {"attendees": {"agency": {"not": "childrens_social_care"}}}},
        {**ACTIONS, "recorded": {"lead": {"present": True}, "due_date": {"present": True}}},
        {**ACTIONS, "lapses_with": "care_plans", "recorded": {"due_date": {"present": True}}},
    ],
)
def test_a_rule_that_makes_sense_loads(complaints, rule):
    assert complaints(rule) == []


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({**VISITS, "each": "placement"}, "`each`: there is no section `placement`; did you mean `placements`?"),
        ({**VISITS, "each": "actions"}, "`each`: more than one section is called `actions`"),
        ({**VISITS, "each": "attendees"}, "`each`: more than one section is called `attendees`"),
        ({**VISITS, "each": "core_groups.attendees"}, "has no dates of its own"),
        ({**VISITS, "each": "child_details"}, "`each`: child_details has no dates of its own"),
        ({**LATEST, "latest": "plans", "recorded": {"x": 1}}, "`latest`: there is no section `plans`"),
        ({**VISITS, "lapses_with": "looked_after_visits"}, "`lapses_with`: looked_after_visits does not last"),
        ({**VISITS, "lapses_with": "nothing"}, "`lapses_with`: there is no section `nothing`"),
        (
            {**VISITS, "lapses_with": {"first": "placements", "where": {"placed_wth": "parent"}}},
            "did you mean `placed_with`?",
        ),
        (
            {**VISITS, "lapses_with": {"first": "looked_after_visits", "where": {"seen_flag": True}}},
            "`lapses_with`: looked_after_visits does not last",
        ),
        ({**deadline("care_periods"), "lapses_with": "nothing"}, "`lapses_with`: there is no section `nothing`"),
        ({**VISITS, "in_force": {"from": "2011-04-01", "to": "2011-04-01"}}, "`from` is not before `to`"),
        ({**VISITS, "in_force": {"to": "2011-02-29"}}, "`to` is `2011-02-29`, which is no day"),
        ({**VISITS, "basis": [{"report": [1, 170, 171]}]}, "the report has no paragraph 171; its last is 170"),
        (
            {**CORE_GROUPS, "while": {"age": 3}},
            "`while` cuts the days of a recurring or held check; for deadline write",
        ),
        (limits({"every": "6 weaks"}), "`every` is `6 weaks`; a duration is a whole number and a unit"),
        (limits({"every": "0 weeks"}), "`every` is `0 weeks`; write 1 or more"),
        (limits({"every": "36 hours"}), "write a multiple of 24 hours"),
        (limits({"every": "6 weeks", "until": "soon"}, {"every": "1 week"}), "`until` is `soon`"),
        (limits({"every": "6 weeks", "until": {"first": "review"}}, {"every": "1 week"}), "no section `review`"),
        (limits({"every": "6 weeks", "where": {"x": 1}}, {"every": "1 week"}), "no field or section `x`"),
        (limits({"every": "6 weeks", "from": "2011-04-01", "to": "2010-04-01"}), "`from` is not before `to`"),
        (limits({"every": "6 weeks"}, {"every": "1 week", "until": "1 year"}), "this limit can never apply"),
        (limits({"every": "6 weeks"}, {"within": "1 week", "for": "first"}), "this limit can never apply"),
        (limits(*[{"within": "1 week", "for": "first"}] * 2, {"every": "1 week"}), "this limit can never apply"),
        ({**VISITS, "recurring": {**VISITS["recurring"], "events": "attendees"}}, "`events`: more than one section"),
        ({**VISITS, "recurring": {**VISITS["recurring"], "events": ["supervisions", "x"]}}, "no section `x`"),
        ({**VISITS, "recurring": {**VISITS["recurring"], "events": "child_details"}}, "has no dates of its own"),
        ({**VISITS, "recurring": {**VISITS["recurring"], "where": {"x": 1}}}, "looked_after_visits has no field or"),
        (deadline("care_periods", done="ended"), "`done`: `ended` is not a field of care_periods"),
        (deadline("care_periods", done="start_reason"), "`done`: `start_reason` is not a date of care_periods"),
        (
            deadline("care_periods", **{"from": "strat_date"}),
            "`from`: `strat_date` is not a field of care_periods; did you",
        ),
        (deadline("care_periods", within="1 fortnight"), "`within` is `1 fortnight`"),
        (deadline("care_periods", **{"from": "end_date"}), "the time runs from the end of care_periods"),
        (deadline("care_plans.actions", **{"from": "set_date", "done": "due_date"}), "`due_date` is a planned date"),
        (
            deadline("core_groups", **{"from": "child_protection_plans.end_date", "done": "meeting_date"}),
            "runs from the end",
        ),
        (
            deadline("core_groups", **{"from": "care_plans.end_date", "done": "meeting_date"}),
            "no record called `care_plan",
        ),
        (deadline("care_periods", done={"first": "plans"}), "`first`: there is no section `plans`"),
        (
            deadline("care_periods", done={"first": "care_plans", "where": {"x": 1}}),
            "care_plans has no field or section",
        ),
        (
            held(counts_for="10 working days"),
            "`counts_for` is `10 working days`; count it in hours, days, weeks, months",
        ),
        (held(counts_for="0 days"), "`counts_for` is `0 days`; write 1 or more"),
        (held(gap="x"), "`gap` is `x`"),
        (held(where={"x": 1}), "care_plans has no field or section `x`"),
        (limit(**{"in": "20 working days"}), "`in` is `20 working days`; count it in"),
        (limit(records="supervisions", count="standing"), "`count: standing` is for what lasts; supervisions does not"),
        ({**LATEST, "recorded": {"specfic_flag": True}}, "did you mean `specific_flag`?"),
    ],
)
def test_a_rule_that_makes_none_is_told(complaints, rule, says):
    (message,) = complaints(rule)
    assert f"rules.yaml:1: rule {rule['id']}: " in message
    assert says in message


# --- terms ---------------------------------------------------------------------------------------------------


def test_a_term_is_judged_where_it_is_used_and_told_once_where_it_stands(complaints):
    terms = {"with a parent": {"placed_with": "parent"}}
    episode = {**VISITS, "id": "other", "each": "care_plans"}
    (message,) = complaints(episode, {**episode, "id": "another"}, terms=terms)
    assert "/pack.yaml:7: term `with a parent`, used on care_plans: care_plans has no field or section" in message


def test_a_term_that_uses_itself_is_told_with_the_way_round(complaints):
    terms = {
        "with a parent": {"any_of": [{"is": "b"}]},
        "b": {"is": ["c"]},
        "c": {"none_of": [{"is": "with a parent"}]},
    }
    (message,) = complaints(VISITS, terms=terms)
    assert "pack.yaml:7: term `with a parent` refers to itself (with a parent -> b -> c -> with a parent)" in message


def test_a_term_may_use_another_one(complaints):
    terms = {"with a parent": {"is": "b"}, "b": {"placed_with": "parent"}}
    assert complaints(VISITS, terms=terms) == []


def test_a_term_that_nothing_uses_must_make_sense_of_some_section(complaints):
    unused = {
        "with a parent": {"placed_with": "parent"},
        "minuted": {"minutes_sent_to_parents_date": {"present": True}},
    }
    assert complaints(VISITS, terms=unused) == []
    (message,) = complaints(VISITS, name="other", terms={**unused, "minuted": {"placed_with": "x", "start_date": None}})
    assert "term `minuted`: `placed_with` cannot be `x`" in message


def test_a_term_that_is_no_condition_is_not_called_unknown_as_well(complaints):
    (message,) = complaints(VISITS, terms={"with a parent": "placed_with"})
    assert "pack.yaml:7: `with a parent` is `placed_with`; write a mapping" in message


# --- pack.yaml -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"review_period": "52 weeks"}, "`review_period` is `52 weeks`; count it in months or years"),
        ({"review_period": "0 months"}, "`review_period` is `0 months`; write 1 or more"),
        ({"grades": {"outstanding": 0.5, "good": 0.8, "adequate": 0.4}}, "`grades` do not fall"),
        (
            {"grades": {"outstanding": 1.5, "good": 0.8, "adequate": 0.4}},
            "`outstanding` is `1.5`; write a number from 0",
        ),
        ({"adequate": {"fail": {"critcal": 0}}}, "unknown key `critcal`: did you mean `critical`?"),
        (
            {"adequate": {"fail": {"critical": -1}}},
            "`critical` is `-1`; write a whole number, 0 or more, or null for no bound",
        ),
        ({"override": {}}, "`override` needs `extends` beside it"),
        ({"source": {"titel": "x"}}, "unknown key `titel`: did you mean `title`?"),
        ({"id": "My Pack"}, "`id` is `My Pack`; write small letters, digits and hyphens"),
    ],
)
def test_what_is_wrong_with_pack_yaml_is_told(complaints, changed, says):
    (message,) = complaints(VISITS, **changed)
    assert "/demo/pack.yaml:" in message
    assert says in message


def test_areas_and_terms_that_are_none_are_not_called_unknown_as_well(complaints):
    (message,) = complaints(VISITS, areas=["looked-after/staying-safe"])
    assert "entry 1 of `areas` is `looked-after/staying-safe`; write `{id: ..., title: ...}`" in message
    (message,) = complaints(VISITS, name="other", terms="with a parent")
    assert "`terms` is `with a parent`; write a mapping of names to conditions" in message


def test_an_area_listed_twice_is_told(complaints):
    area = {"id": "looked-after/staying-safe", "title": "Staying safe"}
    (message,) = complaints(VISITS, areas=[area, area])
    assert "area `looked-after/staying-safe` is listed twice" in message


def test_an_area_that_is_not_listed_is_told_with_those_that_are(complaints):
    (message,) = complaints({**VISITS, "area": "elsewhere"})
    assert "there is no area `elsewhere`; the areas in pack.yaml are looked-after/staying-safe" in message


def test_paragraphs_are_free_where_the_source_does_not_say_how_many_there_are(complaints):
    assert complaints({**VISITS, "basis": [{"report": [9999]}]}, source={"title": "Guidance"}) == []


# --- rules that share an id ----------------------------------------------------------------------------------

EARLIER = {**VISITS, "in_force": {"to": "2011-04-01"}}
LATER = {**VISITS, "in_force": {"from": "2011-04-01"}}


def test_rules_may_share_an_id_if_their_days_do_not_overlap(complaints):
    assert complaints(EARLIER, LATER) == []


@pytest.mark.parametrize("other", [VISITS, {**LATER, "in_force": {"from": "2011-03-31"}}])
def test_rules_that_share_an_id_and_a_day_are_told(complaints, other):
    (message,) = complaints(EARLIER, other)
    assert "rules.yaml:2: rule visits: a rule of this id stands at" in message
    assert "in force on the same days" in message


@pytest.mark.parametrize(
    "other",
    [
        {**LATER, "each": "care_periods", "while": {"age": 3}},
        {**{key: each for key, each in LATER.items() if key != "recurring"}, "held": {"records": "care_plans"}},
    ],
)
def test_rules_that_share_an_id_share_kind_and_records(complaints, other):
    (message,) = complaints(EARLIER, other)
    assert "of another kind or for other records" in message


def test_what_the_schema_refused_is_not_complained_of_again(complaints):
    broken = limits({"every": "6 weeks", "where": {}}, {"evry": "6 weeks"}, {"every": "1 week", "until": "1 year"})
    twins = [{**VISITS, "in_force": "2011"}, LATER]
    assert len(complaints(broken)) == 2
    assert len(complaints(*twins, name="other")) == 1
