"""Properties that the case schema does not know are found, wherever they are."""

from typing import Any

import pytest

from casecheck.records.schema import sections
from casecheck.records.validation import did_you_mean, known_properties, unknown_properties


def test_a_record_of_known_properties_has_none_unknown():
    record: dict[str, Any] = {
        "la_child_id": "A",
        "local": {"anything": {"goes": 1}},
        "child_details": {"date_of_birth": None, "local": {"x": 1}},
        "health_and_wellbeing": None,
        "social_care_episodes": [
            {
                "referral_date": "2012-01-02",
                "looked_after_visits": [],
                "supervisions": None,
                "adoption": {},
                "local": {},
            },
        ],
        "coverage": {"from": {"looked_after_visits": "2012-01-01"}, "to": None},
    }
    assert unknown_properties(record) == set()


def test_unknown_properties_are_told_with_the_path_of_their_section():
    plan = {"core_groups": [{"meeting_date": None}, {"attendees": [{"agency": None}, {"agncy": "health"}]}], "note": 1}
    record = {
        "la_child_id": "A",
        "shoe_size": 3,
        "child_details": {"first_nme": "x"},
        "social_care_episodes": [
            {"looked_after_vists": [{"visit_date": None}]},
            {"looked_after_visits": [{"visit_date": None}, {"visit_dte": None}], "child_protection_plans": [{}, plan]},
            {"care_leavers": {"pathway_plans": [{"pathway_plan_reviews": [{"held": 1}]}]}},
        ],
    }
    plans = "social_care_episodes.child_protection_plans"
    assert unknown_properties(record) == {
        ("", "shoe_size"),
        ("child_details", "first_nme"),
        ("social_care_episodes", "looked_after_vists"),
        ("social_care_episodes.looked_after_visits", "visit_dte"),
        (plans, "note"),
        (f"{plans}.core_groups.attendees", "agncy"),
        ("social_care_episodes.care_leavers.pathway_plans.pathway_plan_reviews", "held"),
    }


def test_what_is_worked_out_on_reading_is_not_known_in_a_record():
    derived = [path for path, section in sections().items() if section.derived]
    assert derived
    for *_, name in derived:
        record = {"la_child_id": "A", "social_care_episodes": [{name: [{"start_date": "2012-01-02"}]}]}
        assert unknown_properties(record) == {("social_care_episodes", name)}


@pytest.mark.parametrize(
    ("section", "name", "meant"),
    [
        ("social_care_episodes", "looked_after_vists", "looked_after_visits"),
        ("", "la_childid", "la_child_id"),
        ("social_care_episodes.looked_after_visits", "visitdate", "visit_date"),
        ("social_care_episodes.looked_after_visits", "weather", None),
    ],
)
def test_the_property_most_like_an_unknown_one_is_offered(section, name, meant):
    assert did_you_mean(name, known_properties(section)) == meant
