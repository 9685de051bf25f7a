"""Finding what is to be read, and recognising what it is by what it holds."""

import gzip
import hashlib
import io
import json
import os
import sys
import threading

import pytest

from casecheck.errors import InputProblem, UsageProblem
from casecheck.records import sources
from casecheck.records.sources import Source, SourceRecord, Unreadable, find_sources, read_cases
from casecheck.records.streams import HEAD

A = b'{"la_child_id": "A"}'
CENSUS = (
    b"<Message><Header><CollectionDetails><Collection>CIN</Collection><ReferenceDate>2024-03-31</ReferenceDate>"
    b"</CollectionDetails></Header><Children><Child><ChildIdentifiers><LAchildID>X</LAchildID></ChildIdentifiers>"
    b"</Child></Children></Message>"
)


def write(folder, **files):
    """Files by name, `__` standing for a dot and `_in_` for a folder's slash."""
    for name, data in files.items():
        file = folder / name.replace("_in_", "/").replace("__", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def only(path) -> Source:
    (source,) = find_sources([path])
    return source


def problem_of(folder, data, name="cases.json"):
    (folder / name).write_bytes(data)
    (found,) = only(folder / name).records()
    assert isinstance(found, Unreadable)
    assert (found.number, found.pointer) == (1, "")
    return found.message


def test_a_folder_gives_its_files_by_name_and_those_beneath_it(tmp_path):
    write(tmp_path, b__json=A, a__jsonl=A, c__xml=CENSUS, a_in_z__json=A, d__json__gz=gzip.compress(A), e=A, f=CENSUS)
    found = find_sources([tmp_path])
    assert [(each.name, each.format) for each in found] == [
        ("a.jsonl", "jsonl"),
        ("a/z.json", "json"),
        ("b.json", "json"),
        ("c.xml", "census"),
        ("d.json.gz", "json.gz"),
        ("e", "json"),
        ("f", "census"),
    ]


def test_a_folder_passes_over_what_is_no_record_without_a_word(tmp_path):
    write(
        tmp_path,
        good__json=A,
        README__md=b"[a link](there)",
        casecheck__yaml=b"{as_at: 2012-04-23}",
        list__csv=b'{"a"},b',
        setup__cfg=b"[section]\nkey = 1",
        notes__txt=b"remember the milk",
        Pipfile=b"[[source]]\nurl = 1",
        layout__xsd=b"<schema/>",
        book__xlsx=b"PK\x03\x04...",
        __hidden__json=A,
        __git_in_x__json=A,
    )
    assert [each.name for each in find_sources([tmp_path])] == ["good.json"]


def test_a_broken_file_that_is_called_a_record_is_told_of(tmp_path):
    write(tmp_path, a__json=A, b__json=b"%PDF-1.7", c__json=b"", d__xml=b"<other/>", e__json=A)
    said = {each.name: next(each.records()) for each in find_sources([tmp_path])}
    assert [name for name, found in said.items() if isinstance(found, SourceRecord)] == ["a.json", "e.json"]


def test_what_does_not_exist_and_a_folder_without_records_are_wrong_calls(tmp_path):
    write(tmp_path, folder_in_notes__md=b"#")
    with pytest.raises(UsageProblem) as raised:
        find_sources([tmp_path / "nowhere", tmp_path / "folder"])
    first, second = raised.value.messages
    assert first.endswith("nowhere: there is no such file or folder")
    assert "there is no file of case records in this folder; casecheck reads" in second
    with pytest.raises(UsageProblem, match="name a file or folder"):
        find_sources([])


def test_a_name_holds_no_path_of_the_machine_and_is_given_once(tmp_path):
    write(tmp_path, north_in_a__json=A, south_in_a__json=A, north_in_b__json=A)
    one, two = tmp_path / "north" / "a.json", tmp_path / "south" / "a.json"
    assert [each.name for each in find_sources([one])] == ["a.json"]
    assert [each.name for each in find_sources([one, two])] == ["north/a.json", "south/a.json"]
    assert [each.name for each in find_sources([tmp_path / "north", two])] == ["north/a.json", "b.json", "south/a.json"]
    assert [each.name for each in find_sources([tmp_path / "north", one])] == ["a.json", "b.json"]


def test_names_that_stay_alike_are_numbered(tmp_path):
    write(tmp_path, x_in_north_in_a__json=A, y_in_north_in_a__json=A)
    found = find_sources([tmp_path / "x" / "north", tmp_path / "y" / "north"])
    assert [each.name for each in found] == ["north/a.json", "north/a.json (2)"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04...", "is a zip file (Excel and Word files are such)"),
        (b"\xd0\xcf\x11\xe0...", "is an Office file of the older kind (.xls, .doc)"),
        (b"<!DOCTYPE html><html></html>", "is a web page"),
        (b"<html></html>", "is a web page"),
        (b"\x7fELF\0\0\0", "is a binary file"),
        (b"child,date\n1,2\n", "is text that is neither JSON nor XML"),
        (b'"text"', "is text that is neither JSON nor XML"),
        ("a,b".encode("utf-16"), "is text in UTF-16 or UTF-32 that is neither JSON nor XML"),
        (gzip.compress(gzip.compress(A, mtime=0), mtime=0), "is gzipped twice"),
        (gzip.compress(b"a,b", mtime=0), "is text that is neither JSON nor XML"),
        (b"<MESSAGE/>", "is XML, but no Children in Need census return (its root element is MESSAGE)"),
        (CENSUS.replace(b"CIN", b"SC"), "is a return of another collection than the Children in Need census (CIN)"),
    ],
)
def test_what_is_no_case_record_is_named_with_what_is_accepted(tmp_path, data, kind):
    message = problem_of(tmp_path, data)
    assert message.startswith(kind + "; casecheck reads case records in JSON")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_json_in_another_encoding_is_told_what_to_do(tmp_path, encoding):
    assert problem_of(tmp_path, A.decode().encode(encoding)) == "is JSON in UTF-16 or UTF-32; save it as UTF-8"


def test_an_empty_file_and_a_broken_gzip_file_are_told_apart(tmp_path):
    assert problem_of(tmp_path, b" \n") == "holds no case record: it is empty"
    assert problem_of(tmp_path, b"\x1f\x8bnonsense") == "is no valid gzip file"
    assert problem_of(tmp_path, gzip.compress(b"")) == "holds no case record: it is empty"


def test_a_census_return_is_recognised_by_its_content_and_tells_its_reference_date(tmp_path):
    for number, data in enumerate((CENSUS, b"\xef\xbb\xbf\n" + CENSUS, gzip.compress(CENSUS))):
        file = tmp_path / f"export{number}.dat"
        file.write_bytes(data)
        source = only(file)
        assert source.format.startswith("census")
        assert source.reference_date == "2024-03-31"
        (found,) = source.records()
        assert isinstance(found, SourceRecord)
        assert json.loads(found.data)["la_child_id"] == "X"


def test_a_census_return_in_utf_16_is_read(tmp_path):
    file = tmp_path / "census.xml"
    file.write_bytes(('<?xml version="1.0" encoding="utf-16"?>' + CENSUS.decode()).encode("utf-16"))
    assert [isinstance(each, SourceRecord) for each in only(file).records()] == [True]
    assert only(file).reference_date == "2024-03-31"


def test_the_digest_is_that_of_the_bytes_as_they_stand_and_known_at_the_end(tmp_path):
    for name, data in {
        "a": b"\xef\xbb\xbf[" + A + b"]  \n",
        "b": gzip.compress(A),
        "c": b"%PDF" + b"x" * 300_000,
        "d": b"",
    }.items():
        (tmp_path / name).write_bytes(data)
        source = only(tmp_path / name)
        with pytest.raises(ValueError, match=f"digest of {name} is known when"):
            source.digest  # noqa: B018
        for _ in source.records():
            pass
        assert source.digest == hashlib.sha256(data).hexdigest()
        with pytest.raises(ValueError, match="once only"):
            list(source.records())


def test_a_file_that_goes_away_in_between_is_unreadable_not_an_error(tmp_path):
    file = tmp_path / "a.json"
    file.write_bytes(A)
    source = only(file)
    file.unlink()
    assert list(source.records()) == [Unreadable(1, "", "cannot be opened: No such file or directory")]
    assert source.digest == hashlib.sha256(b"").hexdigest()


def test_a_file_that_may_not_be_read_is_unreadable_and_a_folder_a_wrong_call(tmp_path, monkeypatch):
    def refuse(*_, onerror=None):
        refused = PermissionError(13, "Permission denied", "there")
        if onerror is None:
            raise refused
        onerror(refused)
        return []

    write(tmp_path, a__json=A)
    with monkeypatch.context() as patched:
        patched.setattr(sources, "read_head", refuse)
        (source,) = find_sources([tmp_path])
    assert list(source.records()) == [Unreadable(1, "", "cannot be opened: Permission denied")]
    monkeypatch.setattr(os, "walk", refuse)
    with pytest.raises(UsageProblem, match="there: this folder cannot be read: Permission denied"):
        find_sources([tmp_path])


def test_where_there_is_no_standard_input_it_cannot_be_named(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageProblem, match="there is no standard input"):
        find_sources(["-"])


def test_a_broken_first_line_makes_lines_of_what_is_called_lines(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"nonsense\n" + A)
    source = only(tmp_path / "a.jsonl")
    assert source.format == "jsonl"
    assert [each.number for each in source.records()] == [1, 2]


@pytest.fixture
def standard_input(monkeypatch):
    def give(data):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


@pytest.mark.parametrize(
    ("data", "form", "number"),
    [
        (A, "json", 1),
        (A + b"\n" + A, "jsonl", 2),
        (gzip.compress(A + b"\n" + A, mtime=0), "jsonl.gz", 2),
        (b"[" + b",".join([A] * 9000) + b"]", "json", 9000),
        (CENSUS, "census", 1),
    ],
)
def test_standard_input_is_read_as_a_file_is(standard_input, data, form, number):
    standard_input(data)
    (source,) = find_sources(["-", "-"])
    assert (source.name, source.format) == ("standard input", form)
    assert sum(isinstance(each, SourceRecord) for each in source.records()) == number
    assert source.digest == hashlib.sha256(data).hexdigest()
    assert not sys.stdin.buffer.closed


def test_nothing_on_standard_input_is_told(standard_input):
    standard_input(b"")
    assert list(only("-").records()) == [Unreadable(1, "", "holds no case record: it is empty")]


def test_standard_input_is_not_read_whole_before_the_first_record(monkeypatch):
    reading, writing = os.pipe()
    monkeypatch.setattr(sys, "stdin", os.fdopen(reading))
    seen, done = threading.Event(), []

    def feed():
        with os.fdopen(writing, "wb") as pipe:
            pipe.write((A + b"\n") * (2 * HEAD // len(A)))
            pipe.flush()
            done.append(seen.wait(30))
            pipe.write(A)

    feeder = threading.Thread(target=feed)
    feeder.start()
    found = only("-").records()
    first = next(found)
    seen.set()
    number = 1 + sum(1 for _ in found)
    feeder.join()
    sys.stdin.close()
    assert isinstance(first, SourceRecord)
    assert done == [True]
    assert number == 2 * HEAD // len(A) + 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_read_as_standard_input_is(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    feeder = threading.Thread(target=lambda: (tmp_path / "pipe").write_bytes(A + b"\n" + A))
    feeder.start()
    source = only(tmp_path / "pipe")
    assert [each.number for each in source.records()] == [1, 2]
    feeder.join()
    assert (source.name, source.format) == ("pipe", "jsonl")


def test_read_cases_gives_the_valid_records_and_passes_over_the_others(tmp_path):
    write(
        tmp_path,
        a__json=b'[{"la_child_id": "A"}, {"no": "id"}, 5]',
        b__json=b"{",
        c__jsonl=A + b"\nnonsense",
        d__json=b"%PDF",
    )
    assert [case["la_child_id"] for case in read_cases(tmp_path)] == ["A", "A"]


def test_read_cases_says_what_is_wrong_when_no_record_is_valid(tmp_path):
    write(tmp_path, a__json=b'[{"no": "id"}, {"la_child_id": 5}]', b__json=b"{")
    with pytest.raises(InputProblem) as raised:
        list(read_cases(tmp_path))
    assert raised.value.messages == (
        "a.json, record 1: has no la_child_id (child's number at the council)",
        "a.json, record 2: /la_child_id is a number; it should be text",
        "b.json, record 1: is cut off: the JSON ends at column 2 before it is closed",
    )
    assert raised.value.exit_code == 3


def test_read_cases_names_only_the_first_of_many_bad_records(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"{}\n" * 1000)
    with pytest.raises(InputProblem) as raised:
        list(read_cases(tmp_path / "a.jsonl"))
    assert len(raised.value.messages) == sources.MOST_TOLD


def test_read_cases_refuses_a_path_that_does_not_exist_when_it_is_called(tmp_path):
    with pytest.raises(UsageProblem):
        read_cases(tmp_path / "nowhere")
