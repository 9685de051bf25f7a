"""Loading a mapping: everything that is wrong is told at once, with its line and what to write instead."""

import pytest

from casecheck.errors import UsageProblem
from casecheck.records.tables.loading import load_mapping, mapping_schema, read_mapping, shipped_mappings
from casecheck.records.tables.model import YearTo
from casecheck.reports.result_schema import result_schema

HEAD = "mapping: ours\ntitle: Ours\ntables:\n  one:\n    child: ID\n    into: looked_after_reviews\n"


def wrong_with(text):
    with pytest.raises(UsageProblem) as raised:
        read_mapping(text.encode(), "ours.yaml")
    return list(raised.value.messages)


def test_the_shipped_mappings_are_well_and_called_as_their_files():
    assert {"annex-a", "ssd", "ssda903"} <= {mapping.id for mapping in shipped_mappings()}
    assert all(mapping.format == mapping.id for mapping in shipped_mappings())


def test_a_result_can_say_of_a_source_that_it_is_of_a_shipped_format():
    formats = result_schema()["$defs"]["source"]["properties"]["format"]["enum"]
    assert {mapping.format for mapping in shipped_mappings()} <= set(formats)


def test_what_does_not_keep_to_the_schema_is_told_by_key_and_line():
    text = "mapping: Ours!\ntables:\n  one:\n    chid: ID\n    columns: {Held: review_date}\n"
    assert wrong_with(text) == [
        "ours.yaml:1: `mapping` is `Ours!`; write an id of small letters, digits and hyphens, such as supervision-"
        "dates",
        "ours.yaml:1: `title` is missing; write a line that says what the source is",
        "ours.yaml:4: unknown key `chid`: did you mean `child`?",
    ]


def test_a_section_or_field_that_the_record_does_not_have_is_told_with_one_like_it():
    text = (
        "mapping: ours\ntitle: Ours\ntables:\n"
        "  one: {child: ID, into: looked_after_review, columns: {Held: review_dat}}\n"
        "  two:\n    child: ID\n    into: looked_after_reviews\n    columns:\n"
        "      Held: review_dat\n"
        "      By: reviewer\n"
        "      Plan: care_plan.start_date\n"
        "      Number: child.la_child_id\n"
        "  three: {child: ID, into: reviews, columns: {Held: review_date}}\n"
    )
    assert wrong_with(text) == [
        "ours.yaml:4: the case record has no section `looked_after_review`; did you mean `looked_after_reviews`?",
        "ours.yaml:9: `review_dat` is no field of looked_after_reviews; did you mean `review_date`?",
        *[each for each in wrong_with(text) if each.startswith("ours.yaml:10: `reviewer` is no field")],
        "ours.yaml:11: the case record has no section `care_plan`; did you mean `care_plans`?",
        "ours.yaml:12: the child's number is read from the column that `child` names; write `not used` here",
        *[each for each in wrong_with(text) if "has no section `reviews`; did you mean `" in each],
    ]
    assert len(wrong_with(text)) == 6


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "    columns:\n      C-1: review_participation\n      c1: not used\n",
            "8: `c1` is the same heading as `C-1`; keep one".replace("8:", "9:"),
        ),
        (
            "    columns: {Held: {becomes: review_date, yes: [x]}}\n",
            "7: `yes` has no place here: `review_date` is a date; take it out",
        ),
        (
            "    columns: {Told: {becomes: advocacy_explained_flag, blank: nothing}}\n",
            "7: `advocacy_explained_flag` cannot be `nothing`; write true or false",
        ),
        (
            "    columns: {How: {becomes: review_participation, codes: {child came: 1}}}\n",
            "7: `review_participation` cannot be `1`; write text (in quotes, if it looks like a number)",
        ),
        (
            "    columns: {Held: review_date}\n    rows_of: one\n",
            "8: there is no other table `one`; write the name of another table of this mapping",
        ),
        (
            "    columns: {Held: review_date}\n    sets: {care_plans.start_date: 2012-01-01}\n",
            "8: only fields of the table's own section can be set; `care_plans.start_date` is of another",
        ),
        (
            "    columns: {Held: review_date}\ncovers: {from: {looked_after_reviews: the year}}\n",
            "8: `the year` needs a year: say under `to` which one, as {year_ends: 31 March, of: [TABLE.HEADING]}",
        ),
        (
            "    columns: {Held: review_date}\ncovers: {to: {year_ends: 31 Mars, of: [one.Held]}}\n",
            "8: there is no month `Mars`; write a day such as 31 March",
        ),
        (
            "    columns: {Held: review_date}\ncovers: {to: {year_ends: 31 March, of: [one.Hold]}}\n",
            "8: `one.Hold` is no column of dates; write TABLE.HEADING",
        ),
        (
            "    columns: {Held: review_date}\ncovers: {latest_only: [visits_looked_after]}\n",
            "8: the case record has no section `visits_looked_after`; docs/case-record.md names them all",
        ),
        (
            "    columns: {Agency: attendees.agency}\n",
            "7: more than one section is called `attendees`; write ",
        ),
        (
            "    columns: {Role: {becomes: care_worker_details.role, codes: {SW: social worker}}}\n",
            "7: `role` cannot be `social worker`; write social_worker, personal_adviser",
        ),
    ],
)
def test_what_has_no_sense_is_told_with_what_to_write(lines, message):
    (found,) = wrong_with(HEAD + lines)
    assert found.startswith(f"ours.yaml:{message}")


def test_a_table_that_names_no_child_and_is_within_none_is_told():
    text = "mapping: ours\ntitle: Ours\ntables:\n  one: {into: looked_after_reviews, columns: {Held: review_date}}\n"
    assert wrong_with(text) == [
        "ours.yaml:4: table `one` has neither `child` nor `within`; say which column names a child"
    ]


def test_what_is_no_yaml_and_what_is_not_there_is_told(tmp_path):
    assert wrong_with("mapping: [")[0].startswith("ours.yaml:1: this is not YAML")
    with pytest.raises(UsageProblem, match=r"nowhere.yaml: the mapping cannot be read: no such file"):
        load_mapping(tmp_path / "nowhere.yaml")


def test_a_mapping_says_what_it_says():
    lines = (
        "    columns:\n      Held: {becomes: review_date, also: When, dates: month first}\n"
        "      How: {becomes: review_participation, codes: [PN1, 2]}\n"
        "covers: {to: {year_ends: 31 March, of: [one.When]}, not_held: [care_plans]}\n"
    )
    mapping = read_mapping((HEAD + lines).encode(), "ours.yaml")
    assert (mapping.id, mapping.format) == ("ours", "mapping")
    held, how = mapping.table("one").columns
    assert (held.names, held.kind, held.month_first, held.needed) == (("held", "when"), "date", True, True)
    assert (how.codes, how.needed) == ({"pn1": "PN1", "2": "2"}, False)
    assert mapping.covers.to == YearTo(3, 31, (("one", "held"),))
    assert mapping.covers.not_held == (("social_care_episodes", "care_plans"),)


def test_the_schema_of_mappings_is_a_schema():
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(mapping_schema())
