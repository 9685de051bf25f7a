"""The two validators agree, and what is wrong is told in words that give nothing away."""

import copy
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from casecheck.records.schema import case_schema
from casecheck.records.validation import MOST_TOLD, described, errors, is_valid, parse

SCHEMA = case_schema()
TELLING = Draft202012Validator(SCHEMA)


def resolved(node):
    while "$ref" in node:
        target = SCHEMA
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


@st.composite
def values(draw, node) -> Any:
    """A value that keeps to a node of the case schema, with few of its properties."""
    node = resolved(node)
    if "enum" in node:
        return draw(st.sampled_from(node["enum"]))
    types = node.get("type", "object")
    kind = draw(st.sampled_from([types] if isinstance(types, str) else types))
    if kind == "object":
        held = node.get("properties", {})
        names = set(draw(st.lists(st.sampled_from(sorted(held)), max_size=4))) if held else set()
        names |= set(node.get("required", ()))
        return {name: draw(values(held[name])) for name in sorted(names)}
    if kind == "array":
        return draw(st.lists(values(node["items"]), max_size=2))
    if kind == "string" and "pattern" in node:
        is_date = "[0-9]" in node["pattern"]
        return draw(st.dates().map(date.isoformat) if is_date else st.text("AZaz09é-/ ", min_size=1, max_size=100))
    simple = {
        "string": st.text(max_size=min(node.get("maxLength", 30), 30)),
        "boolean": st.booleans(),
        "integer": st.integers(node.get("minimum", -(2**53)), 2**53),
        "number": st.floats(allow_nan=False, allow_infinity=False),
        "null": st.none(),
    }
    return draw(simple[kind])


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=130)
    | st.sampled_from(["2012-04-23", "2012-04-23\n", "2012-4-3", "0000-00-00", "٢٠١٢-٠٤-٢٣", "23/04/2012", ""]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


def places(value, path=()):
    """The paths of all that is in a value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from places(each, (*path, name))


@st.composite
def mutated(draw) -> Any:
    """A record in which something was put in another's place, or taken out, or left as it was."""
    record = copy.deepcopy(draw(values(SCHEMA)))
    for _ in range(draw(st.integers(0, 2))):
        chosen: tuple[Any, ...] = ("", *draw(st.sampled_from(list(places(record)))))
        *way, last = chosen
        holder = {"": record}
        inner: Any = holder
        for name in way:
            inner = inner[name]
        if draw(st.booleans()) and last != "":
            del inner[last]
        else:
            inner[last] = draw(ANYTHING)
        record = holder[""]
    return record


@given(values(SCHEMA))
def test_records_that_keep_to_the_schema_are_valid_for_both_validators(record):
    assert is_valid(record)
    assert errors(record) == []
    assert parse(json.dumps(record).encode()) == record


@given(mutated())
def test_both_validators_agree_on_whatever_a_record_holds(record):
    assert is_valid(record) == TELLING.is_valid(record) == (errors(record) == [])


def case(**fields):
    return {"la_child_id": "A", **fields}


def episode(**fields):
    return case(social_care_episodes=[fields])


A_DAY = "it should be a day such as 2012-04-23 (year-month-day)"


@pytest.mark.parametrize(
    ("record", "pointer", "message"),
    [
        ({}, "", "has no la_child_id (child's number at the council)"),
        ([], "", "is a list of 0; it should be an object"),
        (case(la_child_id=""), "/la_child_id", "is empty text; it should be text of 1 to 100 characters on one line"),
        (case(la_child_id="A" * 101), "/la_child_id", "is text of 101 characters; it should be text of 1 to 100"),
        (case(la_child_id="A\n"), "/la_child_id", "is text of 2 characters; it should be text of 1 to 100"),
        (case(la_child_id=5), "/la_child_id", "is a number; it should be text"),
        (case(la_child_id=None), "/la_child_id", "is empty (null); it should be text"),
        (case(social_care_episodes={}), "/social_care_episodes", "is an object; it should be a list"),
        (case(social_care_episodes=[True]), "/social_care_episodes/0", "is true; it should be an object"),
        (episode(referral_date="23/04/2012"), "/social_care_episodes/0/referral_date", f"is 23/04/2012; {A_DAY}"),
        (episode(referral_date=""), "/social_care_episodes/0/referral_date", f"is empty text; {A_DAY}"),
        (episode(referral_date=20120423), "/social_care_episodes/0/referral_date", f"is a number; {A_DAY}"),
        (
            episode(referral_no_further_action_flag="Yes"),
            "/social_care_episodes/0/referral_no_further_action_flag",
            "is text of 3 characters; it should be true or false",
        ),
        (
            episode(child_and_family_assessments=[{"assessment_type": "single"}]),
            "/social_care_episodes/0/child_and_family_assessments/0/assessment_type",
            "is text of 6 characters; it should be one of initial, core, child_and_family",
        ),
        (
            episode(child_protection_plans=[{"previous_plan_count": -1}]),
            "/social_care_episodes/0/child_protection_plans/0/previous_plan_count",
            "is a number; it should be a whole number of at least 0",
        ),
        (case(coverage={"from": {"a/b~c": "May"}}), "/coverage/from/a~1b~0c", f"is text of 3 characters; {A_DAY}"),
    ],
)
def test_what_is_wrong_is_told_by_place_kind_and_size_with_what_would_be_right(record, pointer, message):
    (note,) = errors(record)
    assert not is_valid(record)
    assert note.pointer == pointer
    assert note.message.startswith(message)


def test_a_megabyte_of_text_where_a_date_belongs_is_one_short_message():
    (note,) = errors(episode(referral_date="7" * 1024**2))
    assert note.message == f"is text of 1,048,576 characters; {A_DAY}"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2012-13-45", "2012-13-45"),
        ("1" * 20, "1" * 20),
        ("1" * 21, "text of 21 characters"),
        ("Ann", "text of 3 characters"),
        ("1 High St", "text of 9 characters"),
        ("٣", "text of 1 character"),
        (7, "a number"),
        ({"name": "Ann"}, "an object"),
        (["Ann"], "a list of 1"),
        ({1}, "something else than JSON"),
    ],
)
def test_a_value_is_never_repeated_but_for_a_few_digits_of_a_date(value, words):
    assert described(value) == words


def test_a_date_of_birth_is_not_repeated_either():
    (note,) = errors(case(child_details={"date_of_birth": "01/02/2003"}))
    assert note.message == f"is text of 10 characters; {A_DAY}"


def test_of_very_many_errors_the_first_are_told():
    notes = errors(case(social_care_episodes=[{"referral_date": "x"}] * 500))
    assert len(notes) == MOST_TOLD + 1
    assert notes[-1].message == "is wrong in more places, which are not listed"


@pytest.mark.parametrize("thing", [{1, 2}, float("nan"), {1: 2}, date(2012, 4, 23)])
def test_what_json_cannot_hold_is_not_valid_and_no_crash(thing):
    record = case(local={"thing": thing})
    if not is_valid(record):
        assert errors(record)[0].message == "holds something that JSON cannot hold"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"  ", "is empty"),
        (b'{"a": 1', "is cut off: the JSON ends at column 8 before it is closed"),
        (b'{\n"a": "b', "is cut off: the JSON ends at line 2, column 8 before it is closed"),
        (b'{"a": "\xff"}', "is not UTF-8 text: byte 8 cannot be read as a character"),
        ('{"a": 1}'.encode("utf-16"), "is not UTF-8 text: byte 1 cannot be read as a character"),
        (b'{"a": NaN}', "is not valid JSON at column 7: JSON has no NaN and no Infinity; write null, or leave it out"),
        (b'{"a": -Infinity}', "is not valid JSON at column 8: JSON has no NaN"),
        (b'{"a": "\\ud800"}', "is not valid JSON at column 8: "),
        (b'{\n "a": 1,\n}', "is not valid JSON at line 2, column"),
        (b"{'a': 1}", "is not valid JSON at column 2: "),
        (b'{"a": 1} x', "is not valid JSON at column 10: "),
        (b'{"a":' * 2000 + b"1" + b"}" * 2000, "is nested more than 1,024 levels deep"),
        (b"[]", "is a list of 0; a case record should be an object, { ... }"),
        (b'"Ann"', "is text of 3 characters; a case record should be an object, { ... }"),
        (b"null", "is empty (null); a case record should be an object, { ... }"),
    ],
)
def test_what_is_no_record_in_json_is_told_with_its_place(data, message):
    note = parse(data)
    assert not isinstance(note, dict)
    assert note.pointer == ""
    assert note.message.startswith(message)
