"""The case record's contract: what its schema must say of every property and section."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import pytest

from casecheck.records.schema import NATURES, case_schema, sections, sections_named

DATES_OF = {"event": {"date"}, "work": {"begun", "completed"}, "lasting": {"from", "to"}, "part": set()}
SAYS = {
    *("x-source", "x-nature", "x-dates", "x-judged", "x-one-at-a-time", "x-ends-at-18", "x-absent", "x-tells"),
    *("x-not-before", "x-with", "x-derived", "x-personal", "x-ssd", "x-in-turn-by", "x-judgement"),
    *("x-ends-with", "x-outlasts"),
}
RECURRING_NAMES = {"actions", "attendees"}
OF_THE_PAYLOAD = (
    *("care_worker_details", "child_and_family_assessments", "child_in_need_plans", "section_47_assessments"),
    *("child_protection_plans", "child_looked_after_placements", "adoption", "care_leavers"),
)


def resolved(node: Mapping[str, Any]) -> dict[str, Any]:
    """The node with what its `$ref` says; its own keywords win."""
    if "$ref" not in node:
        return dict(node)
    target: Any = case_schema()
    for part in node["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    return {**resolved(target), **{key: value for key, value in node.items() if key != "$ref"}}


def _records() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every kind of record that the schema describes: its name and its properties, resolved."""
    for name, node in [("child", case_schema()), *case_schema()["$defs"].items()]:
        if "properties" in node:
            yield name, {key: resolved(each) for key, each in node["properties"].items()}


RECORDS = list(_records())


def _properties() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of every record, resolved, by `record.property`."""
    for record, held in RECORDS:
        for name, node in held.items():
            yield f"{record}.{name}", node


PROPERTIES = list(_properties())


def types(node: Mapping[str, Any]) -> list[str]:
    """The types that the property takes."""
    says = node["type"]
    return [says] if isinstance(says, str) else says


def test_the_schema_is_valid_2020_12():
    assert case_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(case_schema())


def test_every_property_has_a_title_a_description_and_a_source():
    for place, node in PROPERTIES:
        assert node["title"], place
        assert not node["title"].endswith("."), place
        assert node["description"].endswith("."), place
        assert ". " not in node["description"], place
        assert node["x-source"], place
        assert node["x-source"].strip() == node["x-source"], place


def test_no_other_keywords_of_our_own_are_used_than_the_documented():
    used = {key for _, node in PROPERTIES for key in node if key.startswith("x-")}
    assert used == SAYS


def test_a_name_in_the_standard_safeguarding_dataset_is_a_table_or_a_column_and_said_once():
    for place, node in PROPERTIES:
        taken_from_it = node["x-source"].startswith("Standard Safeguarding Dataset: ")
        assert not (taken_from_it and "x-ssd" in node), place
        name = node["x-source"].partition(": ")[2] if taken_from_it else node.get("x-ssd", "ssd_person")
        column = "" if "x-nature" in node else r"(\.[a-z0-9]{4}_[a-z0-9_]+)?"
        assert re.fullmatch(rf"ssd_[a-z0-9_]+{column}", name), place


def test_only_the_childs_number_is_required_and_nothing_is_refused_for_its_name():
    text = json.dumps(case_schema())
    assert case_schema()["required"] == ["la_child_id"]
    assert text.count('"required"') == 1
    assert '"additionalProperties": false' not in text
    assert "unevaluatedProperties" not in text


def test_everything_but_the_childs_number_may_be_null():
    for place, node in PROPERTIES:
        if place == "child.la_child_id":
            assert types(node) == ["string"], place
        else:
            assert "null" in types(node), place
            assert None in node.get("enum", [None]), place
            assert "null" in types(resolved(node.get("items", {"type": "null"}))), place


def test_text_is_bounded_and_its_name_says_what_a_property_holds():
    for place, node in PROPERTIES:
        name = place.split(".")[1]
        is_date = node.get("pattern", "").startswith("^[0-9]{4}")
        assert ("x-tells" in node) == is_date, place
        if is_date:
            assert node["x-tells"] in ("happened", "planned"), place
            assert node["maxLength"] == 10, place
        if name.endswith("_flag") or name == "purge":
            assert types(node) == ["boolean", "null"], place
        if name.endswith("_date"):
            assert is_date, place
        if "string" in types(node):
            assert "enum" in node or node["maxLength"] <= 20_000_000, place


def test_no_date_is_held_against_another_than_a_date_of_its_own_record():
    for record, held in RECORDS:
        for name, node in held.items():
            other = node.get("x-not-before")
            if other is not None:
                assert other != name, record
                assert "x-tells" in node, record
                assert "x-tells" in held[other], record


def test_every_record_has_room_for_a_councils_own_fields_and_can_be_withdrawn():
    for record, held in RECORDS:
        if record != "coverage":
            assert types(held["local"]) == ["object", "null"], record
            assert "properties" not in held["local"], record
            assert types(held["purge"]) == ["boolean", "null"], record


@pytest.mark.parametrize(
    "section", [each for path, each in sections().items() if path], ids=lambda each: ".".join(each.path)
)
def test_every_section_says_what_it_is_and_by_which_dates(section):
    node: dict[str, Any] = case_schema()
    for name in section.path:
        node = resolved(node["properties"][name])
        says, node = node, node if "properties" in node else resolved(node["items"])
    assert says["x-nature"] in NATURES
    dates = says.get("x-dates", {})
    assert set(dates) == DATES_OF[says["x-nature"]]
    for name in dates.values():
        assert section.fields[name].is_date
        assert not section.fields[name].planned


def test_what_lasts_has_no_end_where_its_end_is_left_out():
    ending = [each for each in sections().values() if each.nature == "lasting" or each.name == "missing_episodes"]
    assert len(ending) == 19
    for section in ending:
        assert section.end is not None
        assert section.fields[section.end].absent_is_empty, section.path


def test_an_end_is_held_against_the_start_of_the_same_record():
    for section in sections().values():
        if section.end is not None and section.end != section.start:
            assert section.fields[section.end].not_before == section.start, section.path


def test_what_the_payload_leaves_out_when_there_is_none_is_empty_and_the_rest_not_held():
    episode = ("social_care_episodes",)
    for name in OF_THE_PAYLOAD:
        assert sections()[(*episode, name)].absent_is_empty, name
    assert sections()[(*episode, "section_47_assessments")].fields["icpc_date"].absent_is_empty
    assert sections()[(*episode, "child_and_family_assessments")].fields["authorisation_date"].absent_is_empty
    assert sections()[("child_details",)].fields["disabilities"].absent_is_empty
    for name in ("looked_after_visits", "looked_after_reviews", "supervisions", "care_plans", "carer_approvals"):
        assert not sections()[(*episode, name)].absent_is_empty, name
    assert not sections()[(*episode, "child_protection_plans", "core_groups")].absent_is_empty


def test_sections_have_the_nature_that_the_engine_needs():
    natures = {path[-1]: each.nature for path, each in sections().items() if path}
    lasting = {name for name, nature in natures.items() if nature == "lasting"}
    assert lasting == {
        *("social_care_episodes", "care_worker_details", "child_in_need_plans", "child_protection_plans"),
        *("child_looked_after_placements", "placements", "care_periods", "legal_statuses", "carer_approvals"),
        *("care_plans", "permanence_plans", "health_plans", "personal_education_plans", "accommodations"),
        *("adoption", "care_leavers", "pathway_plans", "leaving_care_statuses"),
    }
    assert {name for name, nature in natures.items() if nature == "work"} == {
        *("child_and_family_assessments", "section_47_assessments", "missing_episodes", "complaints", "actions"),
        *("legal_planning_meetings", "care_proceedings", "pathway_assessments"),
    }
    parts = {name for name, nature in natures.items() if nature == "part"}
    assert parts == {"attendees", "child_details", "health_and_wellbeing", "coverage"}


def test_the_marks_of_sections_stand_where_the_design_wants_them():
    def marked(mark: str) -> set[str]:
        return {each.name for each in sections().values() if getattr(each, mark)}

    assert marked("derived") == {"placements", "care_periods", "leaving_care_statuses"}
    assert marked("judged_when_begun") == {"actions", "missing_episodes"}
    assert marked("ends_at_18") == {"placements", "care_periods", "legal_statuses", "child_looked_after_placements"}
    assert marked("one_at_a_time") == {
        *("placements", "care_periods", "legal_statuses", "child_looked_after_placements", "carer_approvals"),
        *("care_plans", "health_plans", "personal_education_plans", "pathway_plans", "accommodations"),
        "leaving_care_statuses",
    }
    assert marked("in_turn_by") == {"care_worker_details"}
    assert marked("outlasts") == {"care_worker_details", "accommodations", "care_leavers"}
    assert marked("ends_with") == {
        *("care_plans", "health_plans", "personal_education_plans", "permanence_plans", "adoption"),
    }


def test_what_ends_with_care_lies_beside_the_periods_of_care():
    for section in sections().values():
        assert section.ends_with in (None, "care_periods")
        assert section.ends_with is None or (*section.path[:-1], section.ends_with) in sections()


def test_records_follow_one_another_by_a_field_that_tells_where_they_stand():
    """One value or null, not held where it is left out; and all of them may be in force at a time."""
    for section in sections().values():
        if section.in_turn_by is not None:
            field = section.fields[section.in_turn_by]
            assert {"array", "object"}.isdisjoint(field.types)
            assert not field.absent_is_empty
            assert not section.one_at_a_time


def test_a_section_is_found_by_its_name_and_no_field_bears_the_name_of_a_section():
    names = {each.name for path, each in sections().items() if path}
    for name in names - RECURRING_NAMES:
        assert len(sections_named(name)) == 1, name
    assert names.isdisjoint(field for each in sections().values() for field in each.fields)


def test_a_placement_has_all_that_its_rows_hold_and_whom_the_child_is_placed_with():
    placement = sections()[("social_care_episodes", "placements")]
    row = sections()[("social_care_episodes", "child_looked_after_placements")]
    assert {**row.fields, "placed_with": placement.fields["placed_with"]} == placement.fields


def test_what_tells_who_a_person_is_is_marked_and_what_breakdowns_need_is_not():
    personal = {name for each in sections().values() for name, field in each.fields.items() if field.personal}
    open_ = {name for each in sections().values() for name, field in each.fields.items() if not field.personal}
    assert personal >= {
        *("first_name", "surname", "date_of_birth", "expected_date_of_birth", "postcode", "home_postcode"),
        *("unique_pupil_number", "former_unique_pupil_number", "mis_child_id", "note", "decision", "lead"),
        *("not_seen_alone_reason", "visit_purpose", "description"),
    }
    assert open_ >= {"la_child_id", "worker_id", "team", "ethnicity", "sex", "legal_status", "placement_type", "local"}
    assert personal.isdisjoint(open_)


def test_a_judgement_is_a_yes_or_a_no_that_no_system_of_records_has_a_name_for():
    judged = [(place, node) for place, node in PROPERTIES if "x-judgement" in node]
    assert {place for place, _ in judged} > {"care_plan.specific_flag", "care_period.planned_entry_flag"}
    for place, node in judged:
        assert types(node) == ["boolean", "null"], place
        assert node["x-judgement"] is True, place
        assert "x-ssd" not in node, place
        assert not node["x-source"].startswith(("Standard Safeguarding Dataset", "DfE", "CIN census")), place


def test_free_text_is_personal():
    for place, node in PROPERTIES:
        if node.get("maxLength", 0) > 1000:
            assert node["x-personal"] is True, place
