"""Corners of reading tables: files that change or break, rows that say little, and who asks what was read."""

import sqlite3
import zipfile

import pytest

from casecheck.errors import InputProblem
from casecheck.records.sources import Unreadable, find_sources
from casecheck.records.tables import store
from tests.records.tables.making import HEADINGS, ROWS, read, records, write_return
from tests.records.tables.test_own_mapping import SUPERVISION, mapping_of, workbook

NAMES = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
CONTENT = (
    f"<office:document-content {' '.join(f'xmlns:{name}={urn!r}' for name, urn in NAMES.items())} office:version='1.2'>"
    "<office:body><office:spreadsheet><table:table table:name='One'>{}</table:table></office:spreadsheet></office:body>"
    "</office:document-content>"
)


def as_content(rows):
    """The content of an .ods file with these rows of text."""
    cell = "<table:table-cell office:value-type='string'><text:p>{}</text:p></table:table-cell>"
    cells = ("".join(cell.format(text) for text in row) for row in rows)
    return CONTENT.format("".join(f"<table:table-row>{each}</table:table-row>" for each in cells))


def test_a_workbook_of_another_kind_is_read_and_what_it_cannot_tell_is_said(tmp_path):
    with zipfile.ZipFile(tmp_path / "dates.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", as_content([["Case number", "Date of supervision"], ["12", "22/05/2023"]]))
        packed.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    source, found, _ = read(tmp_path / "dates.ods", mapping_of(tmp_path, SUPERVISION))
    assert found["12"][0]["social_care_episodes"][0]["supervisions"][0]["supervision_date"] == "2023-05-22"
    assert "dates.ods, sheet One: is no .xlsx file" in source.notes[0]


def test_a_workbook_that_would_fill_the_memory_is_not_read(tmp_path, monkeypatch):
    path = workbook(tmp_path, [["Case number", "Date of supervision"], [12, "22/05/2023"]])
    mapping = mapping_of(tmp_path, SUPERVISION)
    (source,) = find_sources([path], mapping)
    monkeypatch.setattr("casecheck.records.tables.workbook_rows.MOST_UNPACKED", 100)
    (found,) = source.records()
    assert isinstance(found, Unreadable)
    assert "once unpacked; it is not read" in found.message


def test_a_damaged_sheet_is_told(tmp_path):
    rows = [["Case number", "Date of supervision"], [12, "22/05/2023"]]
    path = workbook(tmp_path, rows, People=[["Case number", "Born"], [12, "01/02/2010"]])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, b"<worksheet><sheetData><row" if name.endswith("sheet2.xml") else data)
    _, found, unreadable = read(path, mapping_of(tmp_path, SUPERVISION))
    assert found == {}
    assert unreadable == ["supervision.xlsx: cannot be read: its sheet People is damaged"]


def test_files_that_are_gone_or_changed_meanwhile_are_told(tmp_path):
    (source,) = find_sources([write_return(tmp_path)])
    (tmp_path / "reviews.csv").unlink()
    (tmp_path / "episodes.csv").write_bytes(b"\x1f\x8b\x08\x00 nothing")
    said = [each.message for each in source.records() if isinstance(each, Unreadable)]
    assert "reviews.csv: cannot be opened: No such file or directory" in said
    assert any(each.startswith("episodes.csv: ") for each in said)
    assert len(source.digest) == 64


def test_the_records_can_be_read_once(tmp_path):
    (source,) = find_sources([write_return(tmp_path)])
    assert len(list(source.records())) == 3
    with pytest.raises(ValueError, match="can be read once only"):
        next(source.records())


def test_the_digest_of_several_files_is_that_of_all_of_them(tmp_path):
    (one,) = find_sources([write_return(tmp_path / "one")])
    (same,) = find_sources([write_return(tmp_path / "same")])
    (other,) = find_sources([write_return(tmp_path / "other", oc3=[])])
    assert one.digest == same.digest != other.digest
    assert len(one.paths) == len(ROWS)


def test_no_room_for_temporary_files_is_told(tmp_path, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    (source,) = find_sources([write_return(tmp_path)])
    monkeypatch.setattr(store.Store, "settle", full)
    with pytest.raises(InputProblem, match="is there room in the folder for such files"):
        list(source.records())


def test_rows_and_cells_that_are_not_there_are_blank(tmp_path):
    reviews = [ROWS["reviews"][0], "", " , ,,", "100,27/03/2008,05/12/2017"]
    found = records(write_return(tmp_path, reviews=reviews))
    assert found["100"]["social_care_episodes"][0]["looked_after_reviews"][1] == {
        "review_date": "2017-12-05",
        "review_participation": None,
    }


def test_many_cells_that_cannot_be_read_are_told_in_part(tmp_path):
    _, found, _ = read(write_return(tmp_path, reviews=[f"100,27/03/2008,soon,PN{place}" for place in range(30)]))
    _, notes = found["100"]
    assert len(notes) == 21
    assert notes[-1] == ": 10 more cells could not be read; taken as not known"


def test_headings_that_stand_twice_and_tables_of_one_file_each_are_told(tmp_path):
    write_return(tmp_path / "a", headings={**HEADINGS, "reviews": "CHILD,DOB,REVIEW,REVIEW"})
    source, _, _ = read(tmp_path / "a")
    assert "reviews.csv: column REVIEW stands there twice; the first is read" in source.notes
    given = find_sources([tmp_path / "a" / "reviews.csv", tmp_path / "a" / "header.csv"])
    assert [(each.name, len(each.paths)) for each in given] == [("a", 2)]
    (alone,) = find_sources([tmp_path / "a" / "header.csv"])
    assert alone.name == "header.csv"


def test_returns_in_two_folders_are_two_sources(tmp_path):
    for year in ("2017", "2018"):
        write_return(tmp_path / year)
    assert [(each.name, each.format) for each in find_sources([tmp_path])] == [("2017", "ssda903"), ("2018", "ssda903")]


def test_what_was_read_can_be_told(tmp_path):
    headings = {**HEADINGS, "reviews": "CHILD,DOB,REVIEW,REVIEW_CODES"}
    source, _, _ = read(write_return(tmp_path, headings, oc2=["100,,,,,,,,,,,", "200,,17,,,,,,1,,,"]))
    told = {each.table: each for each in source.told()}
    reviews = told["reviews"]
    assert (reviews.label, reviews.rows, reviews.problem) == ("reviews.csv", 3, None)
    assert reviews.used == (("REVIEW", "social_care_episodes.looked_after_reviews.review_date"),)
    assert reviews.not_used == ("DOB",)
    assert [tuple(each) for each in reviews.unknown] == [("REVIEW_CODES", "REVIEW_CODE")]
    assert reviews.missing == (("REVIEW_CODE", "REVIEW_CODES"),)
    assert told["health"].left_out == (("HEALTH_ASSESSMENT says that it is not meant", 1),)


def test_a_note_of_many_kinds_ends(tmp_path, monkeypatch):
    monkeypatch.setattr("casecheck.records.tables.source.MOST_NOTES", 2)
    source, _, _ = read(write_return(tmp_path, reviews=None, oc2=None, oc3=[",,,,", "1e9,,,,"]))
    assert source.notes[-1].startswith("there are ")
    assert len(source.notes) == 3
