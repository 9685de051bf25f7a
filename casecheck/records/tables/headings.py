"""Which table of a mapping a sheet is, told by its row of headings, and what of its columns is read.

Headings are compared without capitals, blanks and marks. One that is nearly the heading of a column is told with the
name that was likely meant, and never taken for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Mapping_
from difflib import get_close_matches
from itertools import islice
from typing import Final, NamedTuple

from casecheck.records.tables.cells import Cell, Unread, cleaned, plain
from casecheck.records.tables.model import Column, Mapping, Table
from casecheck.records.tables.rows import Broken, Sheet

SEARCHED: Final = 25
"""Rows from the top among which the row of headings is looked for."""

ALIKE: Final = 0.55
"""How far a table's headings and those found must agree, from 0 to 1, for a shipped format to be recognised."""


LIKE_OWN: Final = 0.3
"""How far they must agree for a table of a council's own mapping that lacks what it needs, so that this is told."""


class Unknown(NamedTuple):
    """A heading that the mapping does not know, and the known one that is most like it, if one is."""

    heading: str
    near: str | None


class Match(NamedTuple):
    """A sheet that is a table: where its headings stand, and which column each is.

    `columns` are those that are read, each with its place; `child`, `id` and `within` the places of those that name a
    child, a row and the row it belongs to. `missing` are the columns that are not there, each with a heading that may
    be meant for it. `lacking` are those of them without which the table cannot be read. `width` is the number of
    columns.
    """

    table: Table
    heading_row: int
    columns: tuple[tuple[Column, int], ...]
    child: int | None
    id: int | None
    within: int | None
    missing: tuple[tuple[Column, str | None], ...]
    lacking: tuple[tuple[str, str | None], ...]
    unknown: tuple[Unknown, ...]
    twice: tuple[str, ...]
    width: int
    likeness: float


def best_match(sheets: Iterable[Sheet], name: str, mapping: Mapping, own: bool) -> tuple[Sheet, Match] | None:
    """The sheet that is most like a table of the mapping, with the match; None if none is one.

    `own` says that the mapping was named for this source, so that a few columns of many are enough. Raises Broken where
    none is one and one cannot be read.
    """
    best: tuple[Sheet, Match] | None = None
    broken: Broken | None = None
    for sheet in sheets:
        try:
            found = match_sheet(sheet, name, mapping, own)
        except Broken as problem:
            found, broken = None, problem
        if found is not None and (best is None or found.likeness > best[1].likeness):
            best = sheet, found
    if best is None and broken is not None:
        raise broken
    return best


def match_sheet(sheet: Sheet, name: str, mapping: Mapping, own: bool) -> Match | None:
    """The table of the mapping that a sheet is, if it is one. `name` is the file's, without its ending.

    Raises Broken where the sheet cannot be read so far as its headings.
    """
    tables = [table for table in mapping.tables if table.rows_of is None]
    best: tuple[float, Table, int, list[str]] | None = None
    try:
        for place, cells in islice(sheet.rows(), SEARCHED):
            texts = list(_texts(cells))
            at = _places(texts)
            if len(at) < 2:
                continue
            for table in tables:
                likeness = _likeness(at, table, _is_called(table, name, sheet.name))
                enough = _enough(bool(_needed(table, at)), own)
                if likeness >= enough and (best is None or likeness > best[0]):
                    best = likeness, table, place, texts
    except Broken:
        if best is None:
            raise
    return None if best is None else match(best[3], best[2], best[1], best[0])


def _texts(cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        try:
            yield cleaned(cell)[:300] if isinstance(cell, str) else ""
        except Unread:
            yield ""


def _places(texts: Sequence[str]) -> dict[str, int]:
    """Where each heading stands, by its plain name; of two of one name the first."""
    at: dict[str, int] = {}
    for column, text in enumerate(texts):
        name = plain(text)
        if name:
            at.setdefault(name, column)
    return at


def _is_called(table: Table, name: str, sheet: str) -> bool:
    return plain(name) in table.files or bool(sheet and plain(sheet) in table.sheets)


def _enough(lacks: bool, own: bool) -> float:
    """How like a table headings must be to be taken for it: more, where something is lacking that it needs."""
    if lacks:
        return LIKE_OWN if own else ALIKE + 0.2
    return 0.0 if own else ALIKE


def _likeness(at: Mapping_[str, int], table: Table, is_called: bool) -> float:
    """How far headings agree with those of a table, from 0 to 1, and a little more where the name fits."""
    names = [column.names for column in table.columns]
    if not any(set(table.child) & set(each) for each in names):
        names.append(table.child)
    places = {_place(each, at) for each in [*names, table.id, table.within_by]} - {None}
    return 2 * len(places) / (len(at) + len(names)) + (0.2 if is_called else 0) if places else 0.0


def _needed(table: Table, at: Mapping_[str, int]) -> list[tuple[str, tuple[str, ...]]]:
    """What a table cannot be read without and is not there: headings, each with its plain names."""
    needed = [(column.heading, column.names) for column in table.columns if column.needed]
    needed.insert(0, (table.child_heading, table.child or table.within_by))
    return [each for each in needed if _place(each[1], at) is None]


def match(texts: Sequence[str], place: int, table: Table, likeness: float) -> Match:
    """How a row of headings fits a table."""
    at = _places(texts)
    columns = [(column, found) for column in table.columns if (found := _place(column.names, at)) is not None]
    child = _place(table.child, at)
    read = {found for _, found in columns} | {child, _place(table.id, at), _place(table.within_by, at)}
    unknown = [text for text in texts if plain(text) and at[plain(text)] not in read]
    missing = [column for column in table.columns if _place(column.names, at) is None]
    return Match(
        table=table,
        heading_row=place,
        columns=tuple(columns),
        child=child,
        id=_place(table.id, at),
        within=_place(table.within_by, at),
        missing=tuple((column, _near(column.names, unknown)) for column in missing),
        lacking=tuple((heading, _near(names, unknown)) for heading, names in _needed(table, at)),
        unknown=tuple(Unknown(text, near_heading(text, [column.heading for column in missing])) for text in unknown),
        twice=tuple(text for column, text in enumerate(texts) if plain(text) and at[plain(text)] != column),
        width=len(texts),
        likeness=likeness,
    )


def _place(names: Sequence[str], at: Mapping_[str, int]) -> int | None:
    return next((at[name] for name in names if name in at), None)


def _near(names: Sequence[str], found: Sequence[str]) -> str | None:
    """Of the headings found the one that may be meant for a column of those names."""
    plains = {plain(text): text for text in found}
    for name in names:
        close = get_close_matches(name, sorted(plains), n=1, cutoff=0.7)
        if close:
            return plains[close[0]]
    return None


def near_heading(text: str, known: Sequence[str]) -> str | None:
    """The known heading that is most like the text, capitals and marks left out, if one is like it."""
    plains = {plain(heading): heading for heading in known}
    close = get_close_matches(plain(text), sorted(plains), n=1, cutoff=0.7)
    return plains[close[0]] if close else None


# --- XML --------------------------------------------------------------------------------------------------------------


def match_of_xml(table: Table) -> Match:
    """The match of a table whose rows are elements: the child first, then each column. What is not there is blank."""
    columns = tuple((column, place) for place, column in enumerate(table.columns, 1))
    return Match(table, 0, columns, 0, None, None, (), (), (), (), len(columns) + 1, 1.0)


def cells_of_xml(table: Table, leaves: Mapping_[str, str], anywhere: Mapping_[str, str]) -> list[str]:
    """The cells of a row, from the texts in its element; the child's number from wherever it stands in the child's."""
    child = next((anywhere[name] for name in table.child if name in anywhere), "")
    return [child, *(next((leaves[name] for name in column.names if name in leaves), "") for column in table.columns)]
