"""Whether a file holds tables of a mapping, and which: told by its headings, not by its name."""

from collections.abc import Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from casecheck.records.streams import Broken as BrokenStream
from casecheck.records.streams import is_gzip, read_head, unpacked_head
from casecheck.records.tables import csv_rows, workbook_rows, xml_rows
from casecheck.records.tables.cells import is_blank
from casecheck.records.tables.headings import SEARCHED, Match, best_match, match, match_sheet, near_heading
from casecheck.records.tables.loading import shipped_mappings
from casecheck.records.tables.model import Mapping
from casecheck.records.tables.rows import Broken, Sheet

SUFFIXES: Final = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"))
"""The endings of files that may be tables."""

TEXT: Final = "text"
WORKBOOK: Final = "workbook"
XML: Final = "xml"


class Tables(NamedTuple):
    """The tables that a file holds: what kind of file it is, and each sheet with the tables that it is read as.

    `not_read` are the names of sheets that hold something and are not read.
    """

    kind: str
    sheets: tuple[tuple[Sheet, tuple[Match, ...]], ...]
    not_read: tuple[str, ...] = ()


def kind_of(head: bytes) -> str:
    """What kind of file begins so: a workbook, XML, or text."""
    if workbook_rows.may_be_workbook(head):
        return WORKBOOK
    try:
        text = csv_rows.head_text(head)
    except BrokenStream:
        return TEXT
    return XML if text.lstrip("\ufeff \r\n\t").startswith("<") else TEXT


def mapping_of(path: Path, head: bytes, own: Sequence[Mapping] = ()) -> Mapping | None:
    """The mapping by which a file that begins with `head` can be read: of a council's own ones that which its headings
    are most like, else a shipped one.
    """
    found = [(likeness, mapping) for mapping in own if (likeness := _likeness(path, head, mapping, True)) is not None]
    if found:
        return max(found, key=itemgetter(0))[1]
    return next((each for each in shipped_mappings() if _likeness(path, head, each, False) is not None), None)


def _likeness(path: Path, head: bytes, mapping: Mapping, own: bool) -> tuple[bool, float] | None:
    """How like a file is to a table of the mapping, and first whether it has all that the table needs; None where it is
    not like one.
    """
    kind = kind_of(head)
    try:
        if kind == XML:
            return (True, 1.0) if mapping.xml_root is not None and _root(head) == mapping.xml_root else None
        sheets = workbook_rows.sheets(path) if kind == WORKBOOK else csv_rows.head_sheets(head)
        found = best_match(sheets, stem(path.name), mapping, own)
    except (Broken, BrokenStream):
        return None
    return None if found is None else (not found[1].lacking, found[1].likeness)


def _root(head: bytes) -> str | None:
    return xml_rows.root_of(unpacked_head(head) if is_gzip(head) else head)


def tables_of(path: Path, mapping: Mapping, own: bool) -> Tables:
    """The tables of a mapping that a file holds. Raises rows.Broken for a workbook that cannot be read."""
    with open(path, "rb") as file:
        head = read_head(file)
    kind, name = kind_of(head), stem(path.name)
    if kind == XML:
        return Tables(kind, ())
    if kind == WORKBOOK:
        found_in = [(sheet, _matches(sheet, name, mapping, own)) for sheet in workbook_rows.sheets(path)]
        read = tuple((sheet, matches) for sheet, matches in found_in if matches)
        return Tables(
            kind, read, tuple(sheet.name for sheet, matches in found_in if not matches and _holds_rows(sheet))
        )
    try:
        found = best_match(csv_rows.sheets(path, head), name, mapping, own)
    except BrokenStream as problem:
        raise Broken(str(problem)) from None
    if found is None or not found[1].table.read:
        return Tables(kind, ())
    return Tables(kind, ((found[0], _all_matches(*found, mapping)),))


def _matches(sheet: Sheet, name: str, mapping: Mapping, own: bool) -> tuple[Match, ...]:
    found = match_sheet(sheet, name, mapping, own)
    return _all_matches(sheet, found, mapping) if found is not None and found.table.read else ()


def _holds_rows(sheet: Sheet) -> bool:
    """Whether a sheet has rows of several cells, as a table has."""
    try:
        return any(sum(not is_blank(cell) for cell in row) > 1 for _, row in islice(sheet.rows(), SEARCHED))
    except Broken:
        return True


def _all_matches(sheet: Sheet, found: Match, mapping: Mapping) -> tuple[Match, ...]:
    """The match, and those of other tables that read the same rows."""
    others = [table for table in mapping.tables if table.rows_of == found.table.name]
    if not others:
        return (found,)
    headings = next(cells for place, cells in sheet.rows() if place == found.heading_row)
    texts = [cell if isinstance(cell, str) else "" for cell in headings]
    return (found, *(match(texts, found.heading_row, table, found.likeness) for table in others))


def stem(name: str) -> str:
    """A file's name without its endings."""
    path = PurePath(name)
    return PurePath(path.stem).stem if path.suffix.lower() == ".gz" else path.stem


def nearest(heading: str, names: Sequence[str]) -> str | None:
    """The known heading that is most like one that is not known."""
    return near_heading(heading, names)
