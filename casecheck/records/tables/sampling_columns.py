"""What the columns of an unknown table look like, told by their headings and a sample of their cells.

Nothing of a cell leaves here but what kind of thing it seems to be, and how many different ones there are.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from casecheck.records.streams import Broken as BrokenStream
from casecheck.records.streams import read_head
from casecheck.records.tables import csv_rows, workbook_rows
from casecheck.records.tables.cells import Cell, Unread, cleaned, is_blank, plain, read_day, read_flag, read_id
from casecheck.records.tables.headings import SEARCHED
from casecheck.records.tables.recognising import WORKBOOK, XML, kind_of
from casecheck.records.tables.rows import Broken, Row, Sheet

SAMPLED: Final = 500
"""Rows of a table that are looked at."""

FEW: Final = 12
"""Different words up to which a column seems to hold codes."""

LONGEST_HEADING: Final = 80
_WIDE_ENOUGH: Final = 0.6
_MOST_LOOK_SO: Final = 0.9

DAY: Final = "day"
FLAG: Final = "flag"
NUMBER: Final = "number"
CODE: Final = "code"
ID: Final = "id"
TEXT: Final = "text"
BLANK: Final = "blank"

_AN_ID: Final = re.compile(r"[A-Za-z]{0,4}[-/]?[0-9]{2,}[A-Za-z0-9/-]*")


class Looks(NamedTuple):
    """A column: its heading, what it seems to hold, of how many rows that were looked at it holds anything, how many
    different things, and whether its days can only be month first.
    """

    heading: str
    kind: str
    filled: int
    different: int
    month_first: bool = False


class Sampled(NamedTuple):
    """A table that was looked at: its sheet (empty for text), the row of its headings, rows looked at, its columns."""

    sheet: str
    heading_row: int
    rows: int
    columns: tuple[Looks, ...]


def sampled(path: Path) -> tuple[list[Sampled], str | None]:
    """The tables of a file, and why there is none where there is none."""
    with open(path, "rb") as file:
        head = read_head(file)
    kind = kind_of(head)
    if kind == XML:
        return [], "is XML; a mapping for it is written by hand, as docs/mappings.md says"
    try:
        if kind == WORKBOOK:
            found = [each for each in map(_sampled, workbook_rows.sheets(path)) if each is not None]
        else:
            found = [each for each in [_sampled(next(csv_rows.sheets(path, head)))] if each is not None]
    except (Broken, BrokenStream) as problem:
        return [], str(problem)
    return found, None if found else "has no row of headings in its first rows: two or more cells of words, no dates"


def _sampled(sheet: Sheet) -> Sampled | None:
    top = list(islice(sheet.rows(), SEARCHED))
    found = _heading_row(top)
    if found is None:
        return None
    place, cells = found
    rows = [
        row for number, row in islice(sheet.rows(), place + SAMPLED) if number > place and not all(map(is_blank, row))
    ]
    columns = tuple(_looks(heading, at, rows, sheet.since_1904) for at, heading in _headings(cells))
    return Sampled(sheet.name, place, len(rows), columns)


def _headings(cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    """The headings of a row, each name once."""
    seen: set[str] = set()
    for at, cell in enumerate(cells):
        text = _text(cell)
        if plain(text) and plain(text) not in seen:
            seen.add(plain(text))
            yield at, text


def _heading_row(rows: Sequence[Row]) -> Row | None:
    """The first row that is as wide as the table and holds nothing but words."""
    widest = max((sum(not is_blank(cell) for cell in row) for _, row in rows), default=0)
    for place, row in rows:
        filled = [cell for cell in row if not is_blank(cell)]
        if len(filled) >= max(2, widest * _WIDE_ENOUGH) and all(map(_may_be_heading, filled)):
            return place, row
    return None


def _may_be_heading(cell: Cell) -> bool:
    text = _text(cell)
    is_word = any(sign.isalpha() for sign in text) and len(text) <= LONGEST_HEADING
    return isinstance(cell, str) and is_word and not _is_day(cell, None) and not _AN_ID.fullmatch(text)


def _text(cell: Cell) -> str:
    try:
        return cleaned(cell)
    except Unread:
        return ""


def _looks(heading: str, at: int, rows: Sequence[Sequence[Cell]], since_1904: bool | None) -> Looks:
    """What a column seems to hold."""
    filled = [row[at] for row in rows if at < len(row) and not is_blank(row[at])]
    different = len({_text(cell) for cell in filled})
    if not filled:
        return Looks(heading, BLANK, 0, 0)

    def most(count: int) -> bool:
        return count >= len(filled) * _MOST_LOOK_SO

    if most(sum(_is_day(cell, since_1904) for cell in filled)):
        orders = {_order(cell) for cell in filled}
        return Looks(heading, DAY, len(filled), different, "month" in orders and "day" not in orders)
    if most(sum(map(_is_flag, filled))) and different <= 4:
        return Looks(heading, FLAG, len(filled), different)
    if most(sum(map(_is_id, filled))):
        return Looks(heading, ID, len(filled), different)
    if most(sum(_text(cell).isdecimal() for cell in filled)):
        return Looks(heading, NUMBER, len(filled), different)
    is_code = different <= FEW and all(len(_text(cell)) <= LONGEST_HEADING for cell in filled)
    return Looks(heading, CODE if is_code else TEXT, len(filled), different)


def _is_day(cell: Cell, since_1904: bool | None) -> bool:
    if isinstance(cell, date | datetime):
        return True
    if not isinstance(cell, str):
        return False
    try:
        read_day(cell, since_1904=since_1904)
    except Unread:
        return False
    return True


def _order(cell: Cell) -> str:
    try:
        return read_day(cell).order
    except Unread:
        return ""


def _is_flag(cell: Cell) -> bool:
    try:
        read_flag(cell, frozenset(), frozenset())
    except Unread:
        return False
    return True


def _is_id(cell: Cell) -> bool:
    try:
        return bool(_AN_ID.fullmatch(read_id(cell)))
    except Unread:
        return False
