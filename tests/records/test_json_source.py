"""Cutting case records out of JSON: each record on its own, whatever is wrong with the others."""

import gzip
import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecheck.records import json_source
from casecheck.records.json_source import SourceRecord, Unreadable, read_json, read_lines
from casecheck.records.sources import Source, find_sources
from casecheck.records.streams import TOO_LONG, Content, Hashed
from casecheck.records.validation import parse

A = {"la_child_id": "A", "social_care_episodes": [{"referral_date": "2012-01-02"}]}
B = {"la_child_id": "B", "local": {"said": 'a "}" and a ] and \\', "Children": [1]}}
C = {"la_child_id": "Č", "child_details": {"disabilities": []}}


def source_of(folder, data, name="cases.json") -> Source:
    file = folder / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    (source,) = find_sources([file])
    return source


def read(folder, data, name="cases.json"):
    return list(source_of(folder, data, name).records())


def parsed(piece):
    """What parsing makes of a piece that was cut out."""
    return parse(piece.data)


def records(found):
    """What was cut out, parsed; every piece must be a record."""
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    return [parsed(each) for each in found]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (A, [A]),
        ([A, B, C], [A, B, C]),
        ({"la_code": 852, "Children": [A, B]}, [A, B]),
        ({"Children": [A, C], "la_code": 852, "sent": {"by": ["x", "]"]}}, [A, C]),
        ({"Children": A}, [A]),
        ({"Children": C, "purge": None}, [C]),
        (B, [B]),
    ],
)
def test_a_record_an_array_and_a_payload_are_cut_into_records(tmp_path, document, expected, indent):
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    assert records(read(tmp_path, text)) == expected


def test_the_same_records_are_read_with_a_byte_order_mark_or_gzipped(tmp_path):
    plain = json.dumps([A, C], ensure_ascii=False).encode()
    marked = b"\xef\xbb\xbf" + plain
    for data in (marked, gzip.compress(plain), gzip.compress(marked)):
        assert records(read(tmp_path, data)) == [A, C]


def test_one_record_a_line_is_read_with_blank_lines_and_either_line_end(tmp_path):
    text = "\ufeff" + "\r\n".join(json.dumps(each) for each in (A, B)) + "\r\n\r\n  \n" + json.dumps(C)
    source = source_of(tmp_path, text, "cases.jsonl")
    assert source.format == "jsonl"
    assert records(list(source.records())) == [A, B, C]


def test_a_payload_on_one_line_is_no_record_a_line(tmp_path):
    source = source_of(tmp_path, json.dumps({"Children": [A, B]}) + "\n", "cases.jsonl")
    assert records(list(source.records())) == [A, B]


def test_lines_are_recognised_whatever_the_file_is_called(tmp_path):
    data = gzip.compress("\n".join(json.dumps(each) for each in (A, B)).encode())
    source = source_of(tmp_path, data, "export.dat")
    assert source.format == "jsonl.gz"
    assert records(list(source.records())) == [A, B]


def test_lines_longer_than_what_is_looked_at_first_are_read_as_lines(tmp_path):
    long = {"la_child_id": "L", "local": {"text": "é" * 400_000}}
    text = "\n".join(json.dumps(each, ensure_ascii=False) for each in (long, A, long, B))
    assert records(read(tmp_path, text, "cases.json")) == [long, A, long, B]


def test_a_bad_line_loses_only_that_line(tmp_path):
    found = read(tmp_path, f'{json.dumps(A)}\n{{"la_child_id": "X",\n{json.dumps(B)}\nnonsense\n{json.dumps(C)}\n')
    said = [parsed(each) for each in found]
    assert [said[0], said[2], said[4]] == [A, B, C]
    assert "is cut off" in said[1].message
    assert "is not valid JSON at column" in said[3].message


def test_a_bad_first_line_loses_only_that_line(tmp_path):
    found = read(tmp_path, f'{{"la_child_id": \n{json.dumps(B)}\n', "cases.jsonl")
    assert [isinstance(parsed(each), dict) for each in found] == [False, True]


def test_a_bad_record_in_an_array_loses_only_that_record(tmp_path):
    text = f'[{json.dumps(A)}, {{"la_child_id": NaN}}, {{"a": 01, "b": "\\x"}}, 5, "\\x", null, [], {json.dumps(B)}]'
    found = read(tmp_path, text)
    said = [parsed(each) for each in found]
    assert [each for each in said if isinstance(each, dict)] == [A, B]
    assert len(said) == 8
    assert "no NaN" in said[1].message


def test_bytes_that_are_no_utf_8_lose_only_their_record(tmp_path):
    for joined in (b"[%s, %s, %s]", b"%s\n%s\n%s\n"):
        data = joined % (json.dumps(A).encode(), b'{"la_child_id": "caf\xe9"}', json.dumps(B).encode())
        said = [parsed(each) for each in read(tmp_path, data)]
        assert [said[0], said[2]] == [A, B]
        assert said[1].message == "is not UTF-8 text: byte 21 cannot be read as a character"


def test_of_a_cut_off_array_the_good_records_stay_and_the_place_is_named(tmp_path):
    text = json.dumps([A, B, C], indent=1)
    *good, last = read(tmp_path, text[: text.index("disabilities")])
    assert records(good) == [A, B]
    assert last.number == 3
    assert last.message == "is cut off: what begins at line 19 is not closed before the file ends"


@pytest.mark.parametrize(
    ("text", "number", "message"),
    [
        ("", 1, "holds no case record: it is empty"),
        (" \n\t", 1, "holds no case record: it is empty"),
        ("[]", 1, "holds no case record: it is empty"),
        ('{"Children": []}', 1, "holds no case record: it is empty"),
        ('[{"a": 1}', 2, "is cut off: it ends at line 1, and its array is not closed"),
        ('[{"a": 1},', 2, "is cut off: it ends at line 1, and its array is not closed"),
        ('[{"a": 1} {"a": 2}]', 2, "is not valid JSON: at line 1 there should be a comma or the array's end, ]"),
        ('[\n{"a": 1},\n:]', 2, "is not valid JSON: at line 3 a record should begin"),
        ('[{"a": 1}]\nmore', 2, "goes on at line 2, where the JSON has ended"),
        ('{"Children": [{"a": 1}]}}', 2, "goes on at line 1, where the JSON has ended"),
        ('{"Children": [{"a": 1}]', 2, "is cut off: what begins at line 1 is not closed before the file ends"),
        ('{"Children": 5}', 1, "is no payload: Children, at line 1, should be an array of records, or one"),
    ],
)
def test_what_breaks_the_file_is_told_once_with_its_place(tmp_path, text, number, message):
    *good, last = read(tmp_path, text)
    assert all(isinstance(each, SourceRecord) for each in good)
    assert last.number == number == len(good) + 1
    assert last.message.startswith(message)


def test_two_objects_that_are_no_lines_are_refused_after_the_first(tmp_path):
    first = json.dumps({"local": {"text": "x" * 300_000}, **A}, indent=1)
    good, last = read(tmp_path, first + "\n" + json.dumps(B, indent=1))
    assert parsed(good)["la_child_id"] == "A"
    assert "where the JSON has ended" in last.message


@pytest.mark.parametrize("deep", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000])
def test_json_nested_100_000_deep_is_one_bad_record(tmp_path, deep):
    said = [parsed(each) for each in read(tmp_path, f"[{json.dumps(A)}, {deep}, {json.dumps(B)}]")]
    assert [said[0], said[2]] == [A, B]
    assert said[1].message == "is nested more than 1,024 levels deep"


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000, '{"Children":[' * 100_000])
def test_json_nested_100_000_deep_and_not_closed_is_cut_off(tmp_path, deep):
    (found,) = read(tmp_path, deep)
    said = found if isinstance(found, Unreadable) else parsed(found)
    assert "is cut off" in said.message or "levels deep" in said.message


def test_records_that_lie_across_what_is_read_at_a_time_are_whole(tmp_path):
    many = [{"la_child_id": str(number), "local": {"text": '€"}{][,\\' * (number % 97)}} for number in range(3000)]
    for text in (json.dumps(many, ensure_ascii=False), json.dumps({"Children": many}, indent=1)):
        assert records(read(tmp_path, text)) == many


@pytest.fixture
def longest(monkeypatch):
    """The longest record that is read, made a mebibyte so that tests need not unpack many."""
    monkeypatch.setattr(json_source, "LONGEST", 1024**2)
    return 1024**2


@pytest.mark.parametrize(
    "rest", [b'{"la_child_id": "' + b"x" * 1024**2 + b'"}]', b"[" * 2 * 1024**2, b'"' + b"x" * 2 * 1024**2]
)
def test_a_record_too_long_ends_an_array(tmp_path, longest, rest):
    first, last = read(tmp_path, gzip.compress(b"[" + json.dumps(A).encode() + b"," + rest))
    assert records([first]) == [A]
    assert last == Unreadable(2, "", TOO_LONG)


def test_a_line_too_long_is_passed_over(tmp_path, longest):
    lines = (json.dumps(A).encode(), b'{"la_child_id": "' + b"x" * longest + b'"}', json.dumps(B).encode())
    first, second, third = read(tmp_path, b"\n".join(lines))
    assert [parsed(first), second, parsed(third)] == [A, Unreadable(2, "", TOO_LONG), B]


@pytest.mark.parametrize(
    ("start", "filler"), [(b"[", b" "), (b"[", b"0"), (b'{"a":1}\n{"a":2}\n', b"x"), (b'{"', b"a")]
)
def test_a_packed_file_that_holds_next_to_nothing_is_given_up_in_flat_memory(tmp_path, longest, start, filler):
    source = source_of(tmp_path, gzip.compress(start + filler * (40 * longest), 1))
    tracemalloc.start()
    *_, last = source.records()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(last, Unreadable)
    assert peak < 8 * longest


def test_a_packed_file_that_is_cut_off_or_damaged_keeps_what_came_before(tmp_path):
    packed = gzip.compress(b"\n".join([json.dumps(A).encode()] * 20_000), 1)
    *good, last = read(tmp_path, packed[:-100])
    assert parsed(good[0]) == A
    assert last.message == "is cut off: the gzip file ends before its end"
    *good, last = read(tmp_path, packed[:-8] + b"\0" * 8)
    assert last.message == "is damaged: it cannot be unpacked any further"


def test_memory_does_not_grow_with_the_number_of_records(tmp_path):
    record = json.dumps({"la_child_id": "A", "local": {"text": "x" * 4000}})

    def peak(number, joined):
        start, between, end = joined
        source = source_of(tmp_path, start + between.join([record] * number) + end)
        tracemalloc.start()
        assert sum(1 for _ in source.records()) == number
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    for joined in (("[", ",", "]"), ('{"Children":[', ",\n", "]}"), ("", "\n", "")):
        assert peak(4000, joined) < peak(1000, joined) + 1_000_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.just("Children"), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(cases=st.lists(st.dictionaries(st.text(max_size=4), JSON, max_size=4), min_size=1), piece=st.integers(1, 40))
def test_any_records_are_cut_alike_whatever_is_read_at_a_time(cases, piece):
    for document in (cases, {"Children": cases, "z": 1}):
        for indent in (None, 1):
            data = json.dumps(document, indent=indent, ensure_ascii=False).encode()
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(json_source, "PIECE", piece)
                found: list[Any] = list(read_json(Content(Hashed(io.BytesIO(data)), gzipped=False)))
            assert [json.loads(each.data) for each in found] == cases


def test_blank_lines_without_end_are_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(json_source, "_MOST_BLANK_LINES", 1000)
    *good, last = read(tmp_path, '{"a": 1}\n{"a": 2}' + "\n" * 2000)
    assert len(good) == 2
    assert last.message == "goes on with blank lines only; the rest is not read"


@pytest.mark.parametrize("broken_off", ["read", "readline"])
def test_a_file_that_the_system_stops_reading_keeps_what_came_before(broken_off):
    class Failing(io.BytesIO):
        def read1(self, size=-1):
            data = super().read1(100_000 if size > 100_000 else size)
            if not data:
                raise OSError(5, "Input/output error")
            return data

    reader, start, between = (read_json, "[", ",") if broken_off == "read" else (read_lines, "", "\n")
    data = start + between.join([json.dumps(A)] * 10_000)
    found: list[Any] = list(reader(Content(Hashed(Failing(data.encode())), gzipped=False)))
    *good, last = found
    assert records(good[:1]) == [A]
    assert last.message == "cannot be read any further: Input/output error"


@pytest.mark.parametrize("piece", range(1, 40))
def test_a_payload_is_recognised_wherever_what_is_read_at_a_time_ends(monkeypatch, piece):
    monkeypatch.setattr(json_source, "PIECE", piece)
    data = '{"a": "Children", "b": ["Children"], "Children"  : [{"la_child_id": "é"}], "c": {"Children": 1}}  '
    found: list[Any] = list(read_json(Content(Hashed(io.BytesIO(data.encode())), gzipped=False)))
    assert records(found) == [{"la_child_id": "é"}]


def test_a_line_far_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(json_source, "LONGEST", 1000)
    monkeypatch.setattr(json_source, "_MOST_SKIPPED", 2 * json_source.PIECE)
    data = json.dumps(A).encode() + b"\n" + b"x" * 4 * json_source.PIECE + b"\n" + json.dumps(B).encode()
    found: list[Any] = list(read_lines(Content(Hashed(io.BytesIO(data)), gzipped=False)))
    good, last = found
    assert parsed(good) == A
    assert last == Unreadable(2, "", TOO_LONG)


def test_a_document_that_is_neither_object_nor_array_holds_no_record():
    (found,) = read_json(Content(Hashed(io.BytesIO(b" 5 ")), gzipped=False))
    assert found == Unreadable(1, "", "holds no case record: a record is a JSON object, { ... }")


# --- the line on which a record begins --------------------------------------------------------------------------------


def lines_of(text, *names):
    """The number of the line on which each of the names stands."""
    return [number for name in names for number, line in enumerate(text.split("\n"), 1) if f'"{name}"' in line]


AS_LINES = f"\n{json.dumps(A)}\n\n   \n{json.dumps(B)}\n{json.dumps(C, ensure_ascii=False)}"
OPENED = json.dumps([A, B, C], indent=0, ensure_ascii=False).replace('{\n"la_child_id"', '{"la_child_id"')


@pytest.mark.parametrize(
    "text",
    [AS_LINES, OPENED, f"\n\n{OPENED}", f'{{"Children":\n{OPENED}}}', f"\ufeff{AS_LINES[1:]}", AS_LINES[1:]],
    ids=["lines", "array", "below blank lines", "payload", "with a mark", "lines from the first on"],
)
@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_a_record_is_known_by_the_line_on_which_it_begins(tmp_path, monkeypatch, text, piece):
    monkeypatch.setattr(json_source, "PIECE", piece)
    found = read(tmp_path, text)
    assert [each.line for each in found if isinstance(each, SourceRecord)] == lines_of(text, "A", "B", "Č")
    assert read(tmp_path, gzip.compress(text.encode()), "cases.gz") == found


def test_the_line_of_a_record_alone_is_that_of_its_bracket(tmp_path):
    (found,) = read(tmp_path, '\n\n{\n"la_child_id": "A"\n}\n')
    assert isinstance(found, SourceRecord)
    assert found.line == 3
