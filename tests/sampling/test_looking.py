"""What an auditor is to look at."""

import pytest

from casecheck.face import audit
from casecheck.rules.loading import load_pack
from casecheck.sampling.looking import MOST_RECORDS, WHOLE_CASE, looks, rules_for_the_eye

HEAD = """
id: demo
title: A pack to look with
version: "1"
source: {title: A report}
review_period: 12 months
areas: [{id: care/all, title: "Care: all of it"}]
adequate: {fail: {critical: 0}, unknown: {critical: 3}}
grades: {outstanding: 0.9, good: 0.8, adequate: 0.5}
"""
RULES = {
    "child-focused": "each: supervisions\n  recorded: {child_experience_considered_flag: true}",
    "held": "each: social_care_episodes\n  recurring: {events: supervisions, limits: [{every: 1 month}]}",
    "actions-specific": "each: supervisions.actions\n  recorded: {specific_flag: true}",
    "plan-measurable": "latest: child_in_need_plans\n  recorded: {measurable_objectives_flag: true}",
    "health-plan": (
        "each: care_periods\n  held: {records: health_plans, where: {includes_assessment_findings_flag: true}, "
        "within: 20 working days}"
    ),
    "considered": (
        "each: legal_statuses\n  recurring: {events: [looked_after_reviews, management_decisions], "
        "where: {proceedings_considered_flag: true}, limits: [{every: 6 months}]}"
    ),
    "pathway": (
        "each: pathway_assessments\n  deadline: {from: start_date, within: 1 month, "
        "done: {first: [pathway_plans], where: {contingency_plan_flag: true}}}"
    ),
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    (folder / "pack.yaml").write_text(HEAD, encoding="utf-8")
    basis = "area: care/all\n  severity: major\n  basis: [{local: ours}]"
    rules = [f"- id: {name}\n  title: Of {name}\n  {basis}\n  {says}\n" for name, says in RULES.items()]
    (folder / "rules.yaml").write_text("".join(rules), encoding="utf-8")
    return load_pack(folder)


@pytest.fixture
def looked_at(pack):
    """By rule, where to look in a case of one episode on 23 April 2012."""

    def looked_at(episode):
        record = {"la_child_id": "A", "social_care_episodes": [{"referral_date": "2011-05-02", **episode}]}
        (entry,) = audit([record], pack, as_at="2012-04-23")["cases"]
        return {look.rule: look for look in looks(pack, rules_for_the_eye(pack), entry)}

    return looked_at


def supervision(day, **fields):
    return {"supervision_date": day, **fields}


def test_every_case_is_judged_as_a_whole_last(looked_at):
    found = list(looked_at({}).values())
    assert found[-1] == ("A", "", WHOLE_CASE, "Is this case adequate?", "the whole file")


def test_the_records_are_named_by_their_day_the_earliest_first_with_their_place(looked_at):
    found = looked_at(
        {
            "supervisions": [
                supervision("2012-04-05", child_experience_considered_flag=True),
                supervision("2012-03-01", child_experience_considered_flag=None),
            ]
        }
    )
    look = found["child-focused"]
    assert look.standard == "Of child-focused"
    assert look.area == "Care: all of it"
    assert look.look_at == (
        "supervision of 1 March 2012 (/social_care_episodes/0/supervisions/1); "
        "supervision of 5 April 2012 (/social_care_episodes/0/supervisions/0)"
    )


def test_what_the_record_does_not_hold_is_asked_of_the_file(looked_at):
    found = looked_at({"supervisions": [supervision("2012-03-01"), supervision("2012-04-05")]})
    assert found["child-focused"].look_at.startswith("supervision of 1 March 2012 (")
    assert found["actions-specific"].look_at == (
        "actions: not held in these records, so look on the file "
        "(/social_care_episodes/0/supervisions/0/actions, /social_care_episodes/0/supervisions/1/actions)"
    )


def test_what_lasts_is_named_by_its_first_day(looked_at):
    found = looked_at({"child_in_need_plans": [{"start_date": "2011-06-01", "measurable_objectives_flag": True}]})
    assert found["plan-measurable"].look_at == (
        "child in need plan from 1 June 2011 (/social_care_episodes/0/child_in_need_plans/0)"
    )


def test_what_may_stand_in_any_of_several_records_is_looked_for_in_all_of_them(looked_at):
    row = {"start_date": "2011-05-10", "legal_status": "V2", "start_reason": "S", "placement_type": "U1"}
    found = looked_at({"child_looked_after_placements": [row]})
    place = "(/social_care_episodes/0/child_looked_after_placements/0)"
    assert found["considered"].look_at == (f"reviews or management decisions from 10 May 2011 on {place}")
    assert found["health-plan"].look_at == f"health plans from 10 May 2011 on {place}"


def test_what_does_not_apply_or_is_not_due_yet_is_not_asked(looked_at):
    row = {"start_date": "2012-04-20", "legal_status": "C2", "start_reason": "S", "placement_type": "U1"}
    found = looked_at({"child_looked_after_placements": [row], "health_plans": [], "child_in_need_plans": []})
    assert "health-plan" not in found
    assert "plan-measurable" not in found
    assert "held" not in found


def test_of_very_many_records_the_first_are_named(looked_at):
    every = [supervision(f"2012-01-{day:02}", child_experience_considered_flag=True) for day in range(1, 32)]
    every += [supervision(f"2011-{month:02}-{day:02}") for month in range(8, 12) for day in range(1, 29)]
    told = looked_at({"supervisions": every})["child-focused"].look_at.split("; ")
    assert len(told) == MOST_RECORDS + 1
    assert told[-1] == f"and {len(every) - MOST_RECORDS} more"


def test_a_day_that_is_not_known_is_said_to_be(looked_at):
    found = looked_at({"supervisions": [{"child_experience_considered_flag": True}]})
    assert found["child-focused"].look_at.startswith("supervision of a day not known (")


def test_what_serves_a_deadline_is_looked_for_from_its_first_day(looked_at):
    leaver = {
        "eligibility_date": "2011-05-10",
        "pathway_assessments": [{"start_date": "2011-06-01"}],
        "pathway_plans": [],
    }
    found = looked_at({"care_leavers": leaver})
    assert found["pathway"].look_at == (
        "pathway plans from 1 June 2011 on (/social_care_episodes/0/care_leavers/pathway_assessments/0)"
    )


def test_standards_that_rest_on_a_judgement_need_the_eye(pack):
    assert list(rules_for_the_eye(pack)) == [name for name in RULES if name != "held"]
    assert rules_for_the_eye(load_pack("working-together-2023")) == {}
