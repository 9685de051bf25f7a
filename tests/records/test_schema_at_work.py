"""The case record's contract at work: what its schema takes and refuses, by both validators alike."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from casecheck.records.schema import Section, case_schema, sections

PAYLOAD = Path(__file__).parents[3] / "shared" / "data" / "dfe_api" / "csc_payload_sample.json"

# A child in the payload's structure, with every property that the payload names.
LOOK_ALIKE: dict[str, Any] = {
    "la_child_id": "C-0001",
    "mis_child_id": "M-0001",
    "child_details": {
        "unique_pupil_number": "A000000000001",
        "former_unique_pupil_number": "A000000000002",
        "unique_pupil_number_unknown_reason": "UN4",
        "first_name": "x",
        "surname": "x",
        "date_of_birth": "2010-03-09",
        "expected_date_of_birth": None,
        "sex": "F",
        "ethnicity": "MWBC",
        "disabilities": ["MOB"],
        "postcode": "ZZ99 9ZZ",
        "uasc_flag": False,
        "uasc_end_date": "2021-05-01",
        "purge": False,
    },
    "health_and_wellbeing": {"sdq_assessments": [{"date": "2021-04-02", "score": 11}], "purge": False},
    "social_care_episodes": [
        {
            "social_care_episode_id": "E-1",
            "referral_date": "2021-01-04",
            "referral_source": "5B",
            "referral_no_further_action_flag": False,
            "care_worker_details": [{"worker_id": "W-1", "start_date": "2021-01-05", "end_date": "2021-02-01"}],
            "child_and_family_assessments": [
                {
                    "child_and_family_assessment_id": "A-1",
                    "start_date": "2021-01-05",
                    "authorisation_date": "2021-02-10",
                    "factors": ["2B"],
                    "purge": False,
                }
            ],
            "child_in_need_plans": [
                {"child_in_need_plan_id": "N-1", "start_date": "2021-02-11", "end_date": "2021-03-01", "purge": False}
            ],
            "section_47_assessments": [
                {
                    "section_47_assessment_id": "S-1",
                    "start_date": "2021-03-01",
                    "icpc_required_flag": True,
                    "icpc_date": "2021-03-19",
                    "end_date": "2021-03-19",
                    "purge": False,
                }
            ],
            "child_protection_plans": [
                {
                    "child_protection_plan_id": "P-1",
                    "start_date": "2021-03-19",
                    "end_date": "2021-09-01",
                    "purge": False,
                }
            ],
            "child_looked_after_placements": [
                {
                    "child_looked_after_placement_id": "L-1",
                    "start_date": "2021-09-01",
                    "start_reason": "S",
                    "placement_type": "U6",
                    "postcode": "ZZ99 9ZZ",
                    "end_date": "2022-01-10",
                    "end_reason": "E4A",
                    "change_reason": "PLANN",
                    "purge": False,
                }
            ],
            "adoption": {
                "initial_decision_date": "2021-10-01",
                "matched_date": "2021-11-01",
                "placed_date": "2021-12-01",
                "purge": False,
            },
            "care_leavers": {"contact_date": "2022-02-01", "activity": "F2", "accommodation": "D", "purge": False},
            "closure_date": "2022-03-01",
            "closure_reason": "RC1",
            "purge": False,
        }
    ],
    "purge": False,
}


@pytest.fixture(scope="module")
def slow():
    return jsonschema.Draft202012Validator(case_schema())


@pytest.fixture(scope="module")
def fast():
    return jsonschema_rs.Draft202012Validator(case_schema())


def unknown_properties(row: Mapping[str, Any], path: tuple[str, ...] = ()) -> list[str]:
    """The properties of the row, and of the records within, that the schema does not know."""
    section = sections()[path]
    found = [f"{'.'.join(path)}.{name}" for name in row if name not in section.names]
    for name, value in row.items():
        if (*path, name) in sections():
            for each in value if isinstance(value, list) else [value]:
                found += unknown_properties(each or {}, (*path, name))
    return found


def example(section: Section) -> dict[str, Any]:
    """A record that holds every property of its section, the sections within too."""
    row: dict[str, Any] = {"local": {"own": [1]}, "purge": False}
    for name, field in section.fields.items():
        if field.is_date:
            row[name] = "2012-02-29"
        elif field.values:
            row[name] = field.values[0]
        elif name not in row:
            row[name] = {"string": "x", "boolean": True, "integer": 1, "array": ["x"], "object": {}}[field.types[0]]
    for path, inner in sections().items():
        if path and path[:-1] == section.path:
            row[path[-1]] = example(inner) if inner.single else [example(inner)]
    return row


def test_a_child_as_the_payload_sends_it_is_a_case_record_of_known_properties(slow, fast):
    assert list(slow.iter_errors(LOOK_ALIKE)) == []
    assert fast.is_valid(LOOK_ALIKE)
    assert unknown_properties(LOOK_ALIKE) == []


@pytest.mark.skipif(not PAYLOAD.is_file(), reason="the sample payload lies beside the project, not in it")
def test_the_sample_payload_is_valid_unchanged(slow, fast):
    for child in json.loads(PAYLOAD.read_text(encoding="utf-8"))["Children"]:
        assert list(slow.iter_errors(child)) == []
        assert fast.is_valid(child)
        assert unknown_properties(child) == []


def test_a_record_that_holds_everything_is_valid(slow, fast):
    record = {
        **example(sections()[()]),
        "coverage": {"from": {"looked_after_visits": "2011-04-01"}, "to": "2012-03-31"},
    }
    assert list(slow.iter_errors(record)) == []
    assert fast.is_valid(record)
    assert unknown_properties(record) == []


def child(**held: Any) -> dict[str, Any]:
    return {"la_child_id": "1", **held}


def episode(**held: Any) -> dict[str, Any]:
    return child(social_care_episodes=[held])


@pytest.mark.parametrize(
    "record",
    [
        child(),
        {"la_child_id": "x" * 100},
        child(social_care_episodes=None),
        child(social_care_episodes=[None, {}]),
        child(anything={"at": "all"}),
        episode(referral_date=None, looked_after_visits=[{"visit_date": "2012-02-31"}]),
        episode(care_leavers={"pathway_plans": []}),
        episode(care_leavers=[{"contact_date": "2012-01-01"}, None]),
        episode(adoption=[{}, {}]),
        episode(looked_after_visits=[{"visit_purpose": "x" * 11_000_000}]),
        child(coverage={"from": {"core_groups": "2011-04-01"}, "latest_only": ["core_groups"], "not_held": None}),
    ],
    ids=range(11),
)
def test_what_a_source_may_well_send_is_taken(slow, fast, record):
    assert slow.is_valid(record)
    assert fast.is_valid(record)


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        {},
        {"la_child_id": None},
        {"la_child_id": 17},
        {"la_child_id": ""},
        {"la_child_id": "x" * 101},
        {"la_child_id": "a\tb"},
        {"la_child_id": "a\n"},
        {"la_child_id": "a\n\n"},
        {"la_child_id": "a\x85b"},
        child(social_care_episodes={}),
        child(social_care_episodes=["x"]),
        child(local="x"),
        child(purge="false"),
        episode(referral_date="1 May 2011"),
        episode(referral_date="2011-05-01\n"),
        episode(referral_date="2011-05-01T00:00:00"),
        episode(referral_date="٢٠١١-05-01"),
        episode(referral_date=20110501),
        episode(referral_date="2" * 1_000_000),
        episode(referral_no_further_action_flag=0),
        episode(referral_no_further_action_flag="true"),
        episode(care_worker_details=[{"role": "somebody"}]),
        episode(care_worker_details=[{"worker_id": "x" * 101}]),
        episode(care_leavers={"contact_date": "soon"}),
        episode(care_leavers=[{"contact_date": "soon"}]),
        episode(care_leavers="x"),
        episode(supervisions=[{"actions": [{"carried_over_count": -1}]}]),
        child(coverage={"from": {"core_groups": "April"}}),
    ],
    ids=range(30),
)
def test_what_cannot_be_meant_is_refused(slow, fast, record):
    assert not slow.is_valid(record)
    assert not fast.is_valid(record)
