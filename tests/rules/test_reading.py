"""What a rule reads of the case record."""

from casecheck.rules.loading import load_pack
from casecheck.rules.reading import fields_read, judgements_read, sections_read

EPISODE = ("social_care_episodes",)
PLANS = (*EPISODE, "child_protection_plans")


def reads(pack, rule):
    (found,) = [each for each in pack.rules if each.id == rule["id"]]
    return {".".join(path): fields for path, fields in fields_read(found, pack.terms).items()}


HEAD = {
    "id": "a-rule",
    "title": "A title",
    "area": "looked-after/staying-safe",
    "severity": "minor",
    "basis": [{"local": "x"}],
}


def test_dates_conditions_and_what_serves_are_read(make_pack):
    rule = {
        **HEAD,
        "each": "placements",
        "where": {"age": {"at_least": 5}},
        "while": {"none_of": [{"is": "with a parent"}], "legal_statuses": {"legal_status": "C2"}},
        "recurring": {
            "events": "looked_after_visits",
            "where": {"seen_flag": True},
            "limits": [
                {"every": "1 week", "until": {"first": "looked_after_reviews"}},
                {"every": "6 weeks", "where": {"intended_to_last_until_18_flag": True}},
                {"every": "4 weeks"},
            ],
        },
    }
    pack = load_pack(make_pack(rule))
    assert reads(pack, rule) == {
        "social_care_episodes.placements": ("start_date", "end_date", "placed_with", "intended_to_last_until_18_flag"),
        "": ("age",),
        "social_care_episodes.legal_statuses": ("start_date", "end_date", "legal_status"),
        "social_care_episodes.looked_after_visits": ("visit_date", "seen_flag"),
        "social_care_episodes.looked_after_reviews": ("review_date",),
    }
    assert {".".join(path) for path in sections_read(pack)} == {each for each in reads(pack, rule) if each} | {
        "social_care_episodes"
    }


def test_fields_of_records_before_and_around_and_of_the_councils_own_are_read(make_pack):
    rule = {
        **HEAD,
        "each": "child_protection_reviews",
        "where": {
            "previous.risk_continues_flag": True,
            "child_protection_plans.previous_plan_count": {"at_least": 1},
            "local.joint": True,
            "review_date": {"not": {"same_as": "previous.review_date"}},
        },
        "deadline": {"from": "social_care_episodes.referral_date", "within": "1 year", "done": "review_date"},
    }
    assert reads(load_pack(make_pack(rule)), rule) == {
        "social_care_episodes.child_protection_plans.child_protection_reviews": (
            "review_date",
            "risk_continues_flag",
            "local.joint",
        ),
        "social_care_episodes.child_protection_plans": ("previous_plan_count", "end_date"),
        "social_care_episodes": ("referral_date",),
    }


def test_the_section_that_ends_the_duty_is_read(make_pack):
    rule = {**HEAD, "each": "core_groups", "recorded": {"plan_developed_flag": True}}
    of_the_plan = {**rule, "id": "of-the-episode", "lapses_with": "social_care_episodes"}
    without = {**rule, "id": "of-none", "lapses_with": "none"}
    pack = load_pack(make_pack(rule, of_the_plan, without))
    assert reads(pack, rule)["social_care_episodes.child_protection_plans"] == ("end_date",)
    assert reads(pack, of_the_plan)["social_care_episodes"] == ("referral_date", "closure_date")
    assert list(reads(pack, without)) == ["social_care_episodes.child_protection_plans.core_groups"]


def judged(pack, rule):
    (found,) = [each for each in pack.rules if each.id == rule]
    return [(path[-1], field) for path, field in judgements_read(found, pack.terms)]


def test_what_an_auditor_must_judge_is_read_in_whatever_kind_of_check():
    pack = load_pack("southampton-2012")
    assert judged(pack, "supervision-child-focused") == [("supervisions", "child_experience_considered_flag")]
    assert judged(pack, "health-plan-current") == [("health_plans", "includes_assessment_findings_flag")]
    assert judged(pack, "entry-to-care-planned") == [("care_periods", "planned_entry_flag")]
    assert judged(pack, "voluntary-accommodation-reviewed") == [
        (section, f"{considered}_considered_flag")
        for section in ("looked_after_reviews", "legal_planning_meetings", "management_decisions")
        for considered in ("proceedings", "return_home")
    ]


def test_what_a_system_of_records_holds_by_itself_needs_no_judgement():
    pack = load_pack("southampton-2012")
    for rule in ("supervision-held", "looked-after-visits", "looked-after-visit-seen-alone", "placement-stability"):
        assert judged(pack, rule) == []


def test_a_judgement_that_only_says_to_which_records_a_rule_is_applied_does_not_count(make_pack):
    rule = {
        **HEAD,
        "each": "child_protection_reviews",
        "where": {"risk_continues_flag": True, "previous.risk_continues_flag": True},
        "recorded": {"review_date": {"present": True}},
    }
    assert judged(load_pack(make_pack(rule)), "a-rule") == []


def test_what_serves_a_deadline_may_have_to_be_judged(make_pack):
    done = {"first": "pathway_plans", "where": {"contingency_plan_flag": True, "start_date": {"present": True}}}
    rule = {
        **HEAD,
        "each": "pathway_assessments",
        "deadline": {"from": "start_date", "within": "1 month", "done": done},
    }
    assert judged(load_pack(make_pack(rule)), "a-rule") == [("pathway_plans", "contingency_plan_flag")]
