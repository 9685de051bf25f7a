"""Children in Need census returns (the DfE's XML, layouts of 2021 to 2026), one child at a time.

XML is read without entities, document types, network or huge trees, and what has been read is let go, so that memory
does not grow with the number of children. What one `Child` holds is read in `casecheck.records.census_child`, what a
return covers is said in `casecheck.records.census_coverage`.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final, NamedTuple

import orjson
from lxml import etree

from casecheck.records.case import Note
from casecheck.records.census_child import ChildReader
from casecheck.records.census_coverage import covered_by
from casecheck.records.census_layout import local_name, outline, read_day
from casecheck.records.hardened_xml import LONGEST_CHILD, UTF_16, let_go, pull_parser, without_mark
from casecheck.records.json_source import PIECE, Found, SourceRecord, Unreadable
from casecheck.records.streams import Broken, Content

_BLANKS: Final = re.compile(r"\s*")
_REFUSED: Final = "declares a document type (DOCTYPE), which can name entities and other files; it is not read"
_NO_REFERENCE_DATE: Final = (
    "the return has no ReferenceDate that is a day, so nothing tells which year it covers; its review conferences are "
    "taken as not held"
)
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]{0,40}")


class Header(NamedTuple):
    """What the beginning of an XML file says of it: `problem` is why it is no census return, None if it is one.

    `reference_date` is the return's ReferenceDate in ISO form, None where it has none that is a day.
    """

    problem: str | None
    reference_date: str | None = None


def read_header(head: bytes) -> Header:
    """Recognise a census return by the first bytes of a file."""
    if _declares_type(_text(head)):
        return Header(_REFUSED)
    parser = pull_parser("start", "end")
    with suppress(etree.XMLSyntaxError):  # what came before may tell enough; reading on will tell of the error
        parser.feed(without_mark(head))
    root = collection = reference_date = None
    for event, element in parser.read_events():
        name = local_name(element)
        root = root or name
        if name == "Children" and event == "start":
            break
        if event == "end" and name == "Collection":
            collection = (element.text or "").strip()
        if event == "end" and name == "ReferenceDate":
            reference_date = read_day(element.text or "")
    if root is None:
        return Header(None)
    if root != "Message":
        shown = f" (its root element is {root})" if _NAME.fullmatch(root) else ""
        return Header(f"is XML, but no Children in Need census return{shown}")
    if collection is not None and collection.upper() != "CIN":
        return Header("is a return of another collection than the Children in Need census (CIN)")
    return Header(None, reference_date)


def _declares_type(text: str) -> bool:
    """Whether a document type follows the comments and instructions that XML begins with."""
    place = 0
    while True:
        blanks = _BLANKS.match(text, place)
        place = blanks.end() if blanks else place
        if text.startswith("<?", place):
            end = text.find("?>", place)
        elif text.startswith("<!--", place):
            end = text.find("-->", place)
        else:
            return text.startswith("<!DOCTYPE", place)
        if end < 0:
            return False
        place = text.index(">", end) + 1


def read_census(content: Content, reference_date: str | None) -> Iterator[Found]:
    """The children of a census return, as case records; `reference_date` is its header's."""
    number = 0
    reader = ChildReader(covered_by(reference_date))
    try:
        for child in _children(content):
            number += 1
            yield _record(number, child, reader)
    except Broken as problem:
        yield Unreadable(number + 1, "", str(problem))
        return
    if number == 0:
        yield Unreadable(1, "", "holds no case record: the return has no Child")


def _record(number: int, child: etree._Element, reader: ChildReader) -> SourceRecord:
    record, notes = reader.read(outline(child))
    if number == 1 and reader.covered.to is None:
        notes = (Note("", _NO_REFERENCE_DATE), *notes)
    return SourceRecord(number, orjson.dumps(record), tuple(notes), child.sourceline)


def _children(content: Content) -> Iterator[etree._Element]:
    """Each `Child` as it ends; it is emptied when the next is asked for."""
    parser = pull_parser("end", tag="{*}Child")
    unended = 0
    data = without_mark(content.read(PIECE))
    while data:
        broken = _feed(parser, data)
        unended += len(data)
        for _, child in parser.read_events():
            parent = child.getparent()
            if parent is None or local_name(parent) != "Children":
                continue
            if child.getroottree().docinfo.doctype:
                raise Broken(_REFUSED)
            unended = 0
            yield child
            let_go(child)
        if broken:
            raise Broken(broken)
        if unended > LONGEST_CHILD:
            raise Broken(f"goes on for {LONGEST_CHILD // 1024**2} MiB without a Child that ends; the rest is not read")
        data = content.read(PIECE)
    _close(parser)


def _feed(parser: Any, data: bytes) -> str | None:
    """Parse on; what is wrong, if anything is. What came before it is still to be had from the parser."""
    try:
        parser.feed(data)
    except etree.XMLSyntaxError as problem:
        line, column = problem.position
        return f"is not well-formed XML at line {line:,}, column {column:,}"
    return None


def _close(parser: Any) -> None:
    try:
        parser.close()
    except etree.XMLSyntaxError as problem:
        line = problem.position[0]
        raise Broken(
            f"is cut off or not well-formed: its XML ends{f' at line {line:,}' if line else ''} before it is closed"
        ) from None


def _text(head: bytes) -> str:
    if head.startswith(UTF_16):
        return head.decode("utf-16", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
