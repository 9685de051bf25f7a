"""The line of what a pointer leads to."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecheck.records import pointed
from casecheck.records.pointed import Lines

A = {"la_child_id": "A", "odd/~key": [{"x": 1}, {"x": [2, 3]}], "episodes": [{"visits": [{"on": "a"}, {"on": "b"}]}]}
B = {**A, "la_child_id": "B"}


def lines(folder, text):
    file = folder / "cases.json"
    file.write_text(text, encoding="utf-8", newline="")
    return Lines({"cases.json": file})


def line_with(text, what, after=0):
    return next(number for number, line in enumerate(text.split("\n"), 1) if what in line and number > after)


def test_it_is_found_in_a_record_in_an_array_and_in_a_payload(tmp_path):
    for document in (A, [B, A], {"Children": [B, A]}):
        text = json.dumps(document, indent=2)
        of_a = line_with(text, '"A"') - 1
        found = lines(tmp_path, text)
        assert found.of("cases.json", "A", of_a, "") == of_a
        assert found.of("cases.json", "A", of_a, "/episodes/0/visits/1") == line_with(text, '"on": "b"', of_a) - 1
        assert found.of("cases.json", "A", of_a, "/odd~1~0key/1/x/0") == line_with(text, "2", of_a)


def test_of_records_on_one_line_the_one_that_is_meant_is(tmp_path):
    text = f'{{"Children": [{json.dumps(B)}, {json.dumps(A, indent=1)}]}}'
    assert lines(tmp_path, text).of("cases.json", "A", 1, "/episodes") == line_with(text, '"episodes": [\n'[:-1], 1)
    assert lines(tmp_path, text).of("cases.json", "B", 1, "/episodes") == 1


@pytest.mark.parametrize(
    ("source", "case_id", "begins", "pointer"),
    [
        ("other.json", "A", 1, ""),
        ("cases.json", "C", 1, ""),
        ("cases.json", "A", 99, ""),
        ("cases.json", "A", 1, "/none"),
        ("cases.json", "A", 1, "/episodes/1"),
        ("cases.json", "A", 1, "/episodes/x"),
        ("cases.json", "A", 1, "/la_child_id/0"),
    ],
)
def test_what_is_not_there_has_no_line(tmp_path, source, case_id, begins, pointer):
    assert lines(tmp_path, json.dumps(A)).of(source, case_id, begins, pointer) is None


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "{" * 100_000, '{"a":' * 100_000, "\x00", '{"la_child_id": "A"']
)
def test_what_is_no_json_has_no_lines(tmp_path, text):
    assert lines(tmp_path, text).of("cases.json", "A", 1, "/a") is None


def test_a_file_that_is_gone_or_too_large_has_none(tmp_path, monkeypatch):
    found = lines(tmp_path, json.dumps(A))
    monkeypatch.setattr(pointed, "LARGEST", 3)
    assert found.of("cases.json", "A", 1, "") is None
    gone = Lines({"gone.json": tmp_path / "gone.json"})
    assert gone.of("gone.json", "A", 1, "") is None


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


def pointers(value, pointer=""):
    yield pointer
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from pointers(each, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


@given(value=VALUES)
def test_every_pointer_of_every_record_leads_to_its_line(tmp_path_factory, value):
    record = {"la_child_id": "A", "local": value}
    text = json.dumps(record, indent=1)
    marked = list(pointers(record))
    found = lines(tmp_path_factory.mktemp("lines"), text)
    told = [found.of("cases.json", "A", 1, pointer) for pointer in marked]
    opened = [number for number, line in enumerate(text.split("\n"), 1) if not line.strip().startswith(("}", "]"))]
    assert told == opened
