"""Annex A: what becomes of the lists, and that nobody fails for history that they do not hold."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from casecheck.cli.main import cli
from casecheck.records.validation import is_valid
from tests.records.tables.annex_a_lists import LISTS, workbook
from tests.records.tables.making import read

REAL = Path(__file__).parents[4] / "shared" / "data" / "annex_a" / "annex_a_2024_jan.xlsx"


def records(path) -> dict[str, Any]:
    """The records of a workbook that is read to its end, each valid."""
    _, found, unreadable = read(path)
    assert not unreadable
    assert all(is_valid(record) for record, _ in found.values())
    return {child: record for child, (record, _) in found.items()}


@pytest.fixture
def found(tmp_path):
    return records(workbook(tmp_path / "annex_a.xlsx"))


def episode_of(record):
    (episode,) = record["social_care_episodes"]
    return episode


def test_a_workbook_is_one_source_drawn_on_about_its_latest_day(tmp_path):
    source, _, unreadable = read(workbook(tmp_path / "annex_a.xlsx"))
    assert (source.name, source.format, source.reference_date, unreadable) == (
        "annex_a.xlsx",
        "annex-a",
        "2021-03-12",
        [],
    )


def test_what_sheets_are_not_read_is_told(tmp_path):
    source, _, _ = read(workbook(tmp_path / "annex_a.xlsx"))
    assert "annex_a.xlsx: sheets List 1 and List 2 are not read" in source.notes


def test_who_is_only_in_the_lists_of_contacts_and_of_early_help_has_no_case(found):
    assert sorted(found) == ["1", "2", "3", "4", "5", "6", "8"]


def test_a_qualifying_care_leaver_is_owed_no_plan_and_so_is_no_case(found):
    assert "7" not in found


def test_the_lists_of_a_child_make_one_record(found):
    child = found["1"]
    assert child["child_details"] == {"sex": "F", "ethnicity": "WBRI", "date_of_birth": "2010-05-04"}
    episode = episode_of(child)
    assert {name: value for name, value in episode.items() if value not in (None, []) and "in_need" not in name} == {
        "referral_date": "2021-01-04",
        "referral_source": "6",
        "referral_no_further_action_flag": False,
        "primary_need_code": "N1",
        "child_and_family_assessments": [
            {
                "start_date": "2021-01-05",
                "authorisation_date": "2021-02-20",
                "child_seen_flag": True,
                "assessment_type": "child_and_family",
            }
        ],
        "section_47_assessments": [
            {
                "strategy_discussion_date": "2021-01-06",
                "start_date": "2021-01-06",
                "end_date": "0000-00-00",
                "icpc_required_flag": True,
                "icpc_date": "2021-01-20",
            }
        ],
        "child_protection_plans": [
            {
                "start_date": "2021-01-20",
                "end_date": None,
                "initial_category": "EMO",
                "latest_category": "NEG",
                "previous_plan_count": 0,
                "child_protection_reviews": [],
            }
        ],
        "child_protection_visits": [{"visit_date": "2021-03-10", "seen_alone_flag": True}],
    }
    assert episode["closure_date"] is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("a) WBRI", "WBRI"),
        ("White - British", "WBRI"),
        ("WBRI White British", "WBRI"),
        ("MWBC: White and Black Caribbean", "MWBC"),
        ("Martian", None),
    ],
)
def test_codes_are_read_as_councils_write_them(tmp_path, written, code):
    rows = [LISTS["List 3"][0], (1, "1 - Male", written, "2010-05-04", 10, "2021-01-04", "RC1 Adopted", "No", "North")]
    others = {name.lower().replace(" ", "_"): None for name in LISTS if name != "List 3"}
    details = records(workbook(tmp_path / "annex_a.xlsx", **{**others, "list_3": rows}))["1"]["child_details"]
    assert (details["sex"], details.get("ethnicity")) == ("M", code)


def test_of_a_referral_that_is_in_no_list_of_cases_the_closure_is_not_known(found):
    (referral,) = [each for each in found["2"]["social_care_episodes"] if "referral_date" in each]
    assert (referral["closure_date"], referral["referral_no_further_action_flag"]) == ("0000-00-00", True)
    assert "referral_source" not in referral


def test_of_care_the_first_day_and_the_latest_placement_are_held(found):
    rows = episode_of(found["5"])["child_looked_after_placements"]
    assert [(row["start_date"], row["end_date"], row["start_reason"], row.get("placement_type")) for row in rows] == [
        ("2012-03-01", "2018-09-01", "S", None),
        ("2018-09-01", None, "P", "U4"),
    ]
    assert found["5"]["coverage"]["from"]["child_looked_after_placements"] == "2018-09-01"
    (row,) = episode_of(found["6"])["child_looked_after_placements"]
    assert (row["start_date"], row["start_reason"], row["placement_type"]) == ("2021-02-01", "S", "H5")


def test_a_former_relevant_child_has_a_pathway_plan_from_its_latest_review_on(found):
    (leaver,) = [each for episode in found["2"]["social_care_episodes"] for each in episode.get("care_leavers", ())]
    assert (leaver["became_eligible_date"], leaver["accommodation"], leaver["activity"]) == ("2020-06-30", "U", "F2")
    (plan,) = leaver["pathway_plans"]
    assert (plan["start_date"], plan["pathway_plan_reviews"]) == ("2020-07-01", [{"review_date": "2020-07-01"}])


def test_a_care_leaver_without_a_review_may_have_a_plan_all_the_same(found):
    assert "pathway_plans" not in episode_of(found["8"])["care_leavers"][0]


def test_what_the_lists_do_not_hold_is_not_held(found):
    for record in found.values():
        coverage = record["coverage"]
        assert {"care_worker_details", "child_in_need_plans"} <= set(coverage["not_held"])
        assert {"looked_after_visits", "health_assessments", "child_protection_reviews"} <= set(coverage["latest_only"])
        assert coverage["from"]["child_and_family_assessments"] == "2020-09-13"
        assert not {"missing_episodes", "care_plans", "supervisions"} & set(record["social_care_episodes"][0])


def test_a_list_that_is_not_there_is_not_held(tmp_path):
    record = records(workbook(tmp_path / "annex_a.xlsx", list_5=None))["1"]
    assert "section_47_assessments" in record["coverage"]["not_held"]
    assert "section_47_assessments" not in episode_of(record)


def test_a_column_of_latest_days_that_is_not_there_is_not_held(tmp_path):
    rows = [(*row[:10], *row[11:]) for row in LISTS["List 8"]]
    path = workbook(tmp_path / "annex_a.xlsx", list_8=rows)
    episode = episode_of(records(path)["5"])
    assert "looked_after_reviews" not in episode
    assert episode["looked_after_visits"] == [{"visit_date": "2021-03-01"}]
    assert "looked-after-review-in-time" not in audited(path)[1]


def audited(path, *more):
    called = CliRunner().invoke(cli, ["audit", str(path), "--format", "json", "--jobs", "1", *more])
    assert called.exit_code == 0, called.output
    result = json.loads(called.stdout)
    told = {rule["rule"]: rule["obligations"] for rule in result["summary"]["rules"]}
    judged = {
        rule: {outcome: number for outcome, number in each.items() if number and outcome != "unknown"}
        for rule, each in told.items()
    }
    return result, {rule: each for rule, each in judged.items() if each}


def test_an_audit_judges_what_the_lists_hold_and_fails_nobody_for_the_rest(tmp_path):
    result, judged = audited(workbook(tmp_path / "annex_a.xlsx"))
    assert (result["as_at"], result["as_at_from"]) == ("2021-03-12", "source")
    assert judged == {
        "adoption-placement-in-time": {"not_due": 1},
        "assessment-up-to-date": {"met": 1},
        "child-in-need-plan-held": {"met": 1},
        "child-seen-in-assessment": {"met": 1},
        "conference-in-time": {"met": 1},
        "health-assessment-in-time": {"met": 1, "missed": 1},
        "looked-after-review-in-time": {"met": 1, "missed": 1},
        "looked-after-visits": {"met": 2},
        "looked-after-visits-across-moves": {"met": 2},
        "pathway-plan-held": {"met": 1},
        "pathway-plan-reviewed": {"missed": 1},
        "placement-stability": {"met": 1},
        "review-conference-in-time": {"met": 1, "not_due": 1},
    }
    missed = {
        (case["case_id"], finding["rule"], each["starts"])
        for case in result["cases"]
        for finding in case["findings"]
        for each in finding["obligations"]
        if each["outcome"] in ("late", "missed")
    }
    assert missed == {
        ("2", "pathway-plan-reviewed", "2020-07-01"),  # the wait since the latest review
        ("6", "health-assessment-in-time", "2021-02-01"),  # no assessment and no review since care began
        ("6", "looked-after-review-in-time", "2021-02-01"),
    }


def test_nobody_fails_for_a_list_that_is_not_there(tmp_path):
    def failed(**lists):
        _, judged = audited(workbook(tmp_path / "annex_a.xlsx", **lists), "--as-at", "2021-03-12")
        return {rule: each.get("late", 0) + each.get("missed", 0) for rule, each in judged.items()}

    all_there = failed()
    for name in LISTS:
        fewer = failed(**{name.lower().replace(" ", "_"): None})
        assert all(number <= all_there.get(rule, 0) for rule, number in fewer.items()), name


@pytest.mark.skipif(not REAL.is_file(), reason="the shared data are not here")
def test_the_real_workbook_is_audited_on_the_command_line():
    result, judged = audited(REAL)
    (source,) = result["sources"]
    assert (source["format"], source["records"], result["as_at"]) == ("annex-a", 38, "2021-03-15")
    assert result["summary"]["cases"]["audited"] == 38
    failed = {rule: each for rule, each in judged.items() if each.keys() & {"late", "missed"}}
    assert failed == {"health-assessment-in-time": {"met": 2, "missed": 1}}
    assert judged["looked-after-review-in-time"] == {"met": 3}
