"""Tables in XML that are broken, hostile or of another kind."""

import gzip

import pytest

from casecheck.records.tables import xml_rows
from tests.records.tables.making import as_xml, read, records, write_return


def problem_of(tmp_path, data):
    (tmp_path / "return.xml").write_bytes(data)
    _, found, unreadable = read(tmp_path / "return.xml")
    return found, unreadable


def test_a_file_that_is_cut_off_is_told_and_nothing_of_it_is_held(tmp_path):
    found, unreadable = problem_of(tmp_path, as_xml().encode()[:-40])
    assert found == {}
    assert len(set(unreadable)) == 1
    assert "is not well-formed XML, or cut off, at line 2" in unreadable[0]


def test_a_document_type_is_not_read(tmp_path):
    head = b"<?xml version='1.0'?><!DOCTYPE EXPSSDA903 [<!ENTITY a 'b'>]>"
    found, unreadable = problem_of(tmp_path, head + as_xml().split("\n", 1)[1].encode())
    assert found == {}
    assert "declares a document type" in unreadable[0]


def test_xml_of_another_kind_is_no_return(tmp_path):
    found, unreadable = problem_of(tmp_path, b"<SSDA904><CHILD/></SSDA904>")
    assert found == {}
    assert "is XML, but no Children in Need census return" in unreadable[0]


def test_a_child_without_end_is_not_read_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(xml_rows, "PIECE", 100)
    monkeypatch.setattr(xml_rows, "LONGEST_CHILD", 1024 * 1024)
    review = "<AREVIEW><REVIEW>01/07/2017</REVIEW></AREVIEW>"
    endless = f"<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID>{review * 30_000}"
    _, unreadable = problem_of(tmp_path, endless.encode())
    assert "goes on for 1 MiB without a CHILD that ends" in unreadable[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: gzip.compress(data),
        lambda data: b"\xef\xbb\xbf\r\n" + data,
        lambda data: data.replace(b"<EXPSSDA903>", b"<EXPSSDA903 xmlns='urn:a'>"),
    ],
)
def test_packed_with_a_mark_before_it_or_a_namespace_it_is_the_same(tmp_path, change):
    file = tmp_path / "return.xml"
    file.write_bytes(change(as_xml().encode()))
    assert records(file) == records(write_return(tmp_path / "csv"))


def test_a_value_that_cannot_be_read_is_told_with_the_child_s_place(tmp_path):
    (tmp_path / "return.xml").write_text(as_xml().replace("05/12/2017", "31/02/2017"))
    _, found, _ = read(tmp_path / "return.xml")
    assert "return.xml, row 1, column REVIEW: is a day that the calendar does not have" in found["100"][1][0]
