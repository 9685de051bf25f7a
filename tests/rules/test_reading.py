"""What a rule reads of the case record."""

from casecheck.rules.loading import load_pack
from casecheck.rules.reading import fields_read, sections_read

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
