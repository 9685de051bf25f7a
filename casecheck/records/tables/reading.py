"""Rows of a sheet into the store: each cell as the value that it becomes, or as why it cannot be read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from casecheck.records.census_layout import NO_DAY
from casecheck.records.tables import cells
from casecheck.records.tables.cells import Cell, Merged, Unread, cleaned, is_blank, plain
from casecheck.records.tables.headings import Match, cells_of_xml, match_of_xml
from casecheck.records.tables.heard import Heard, Told, label
from casecheck.records.tables.model import NOT_HELD, Column, Condition, Mapping, Table
from casecheck.records.tables.rows import Broken, Row, Sheet
from casecheck.records.tables.store import Store, Stored
from casecheck.records.tables.xml_rows import children

PER_FILE: Final = 100_000_000
"""Rows are numbered through all tables: a table's place among those read times this, and the row's own number."""

_SHIFTED: Final = "stands in a row that has more cells than there are headings, so that they may be shifted"
_MERGED: Final = "holds merged cells, which are read on each of their rows"
_NO_CHILD: Final = "names no child"
_NOTHING: Final = "holds nothing that is read"

Value = tuple[str, Any]


class Said(NamedTuple):
    """What a row says, as the store holds it: by section (its place among the table's), the fields and their values.

    `unread` are the cells that could not be read, as section, field, heading and reason; `doubtful` those that can be
    read in two ways, as section, field, heading and form. `none` says that the row tells that there is nothing.
    """

    parts: dict[str, dict[str, Any]]
    unread: list[tuple[int, str, str, str]]
    doubtful: list[tuple[int, str, str, str]]
    none: bool

    def packed(self) -> bytes:
        """As JSON."""
        return orjson.dumps([self.parts, self.unread, self.doubtful, self.none])


def unpacked(data: bytes) -> Said:
    """What `Said.packed` made JSON of."""
    return Said(*orjson.loads(data))


class Reader:
    """Reads the sheets of a source into a store."""

    def __init__(self, store: Store, heard: Heard) -> None:
        self._store = store
        self._heard = heard

    def read(self, sheet: Sheet, matches: Sequence[Match], file: str) -> None:
        """Read a sheet by each of the tables that it is. A table that is not whole is let go of as a whole."""
        name = label(file, sheet.name)
        number = len(self._heard.labels)
        self._heard.labels.append(name)
        self._heard.notes.extend(f"{name}: {note}" for note in sheet.notes)
        if any(bottom >= matches[0].heading_row for _, _, bottom, _ in sheet.merged):
            self._heard.notes.append(f"{name}: {_MERGED}")
        for match in matches:
            self._heard.tell_of(match, name)
        readers = [_TableReader(match, sheet, self._heard, number) for match in matches if not match.lacking]
        problem: str | None = None
        try:
            for row in _below(sheet, matches[0].heading_row):
                for reader in readers:
                    for stored in reader.row(*row):
                        self._store.put(stored)
        except Broken as broken:
            problem = str(broken)
        for match in matches:
            found = next((reader for reader in readers if reader.match is match), None)
            self._finish(match, found, (file, sheet.name), problem or _lacks(match))

    def read_xml(self, path: Path, mapping: Mapping, file: str) -> None:
        """Read a file of XML, all of its tables at once."""
        sheet = Sheet("", lambda: iter(()))
        number = len(self._heard.labels)
        self._heard.labels.append(label(file, ""))
        readers: dict[str, list[_TableReader]] = {}
        for table in mapping.tables:
            if table.element is not None:
                match = match_of_xml(table)
                readers.setdefault(table.element, []).append(_TableReader(match, sheet, self._heard, number))
        place, problem = 0, None
        try:
            for place, (anywhere, rows) in enumerate(children(path, str(mapping.xml_child), list(readers)), 1):
                for element, leaves in rows:
                    for reader in readers[element]:
                        for stored in reader.row(place, cells_of_xml(reader.match.table, leaves, anywhere)):
                            self._store.put(stored)
        except Broken as broken:
            problem = str(broken)
        for reader in (each for same in readers.values() for each in same):
            self._finish(reader.match, reader, (file, ""), problem)

    def let_go(self, matches: Sequence[Match]) -> None:
        """Let go of tables that turned out not to be whole, and of all that other files hold of them."""
        for match in matches:
            self._store.forget(match.table.place)
            self._heard.filled.discard(match.table.place)

    def _finish(self, match: Match, reader: "_TableReader | None", file: tuple[str, str], problem: str | None) -> None:
        table = match.table
        self._heard.filled.add(table.place)
        if problem is not None:
            self.let_go([match])
        left_out = reader.left_out if reader is not None else Counter[str]()
        rows = reader.rows if reader is not None else 0
        self._heard.told.append(_told(match, file, rows, left_out, problem))
        self._heard.tell_of_orders(table, label(*file))
        for why, number in sorted(left_out.items()):
            if why.startswith(_UNEXPECTED):
                self._heard.notes.append(
                    f"{label(*file)}: {number:,} {'row' if number == 1 else 'rows'} left out: {why}"
                )


_UNEXPECTED: Final = (_NO_CHILD, "the number of")
"""How reasons begin that no mapping gives."""


def _told(match: Match, file: tuple[str, str], rows: int, left_out: Counter[str], problem: str | None) -> Told:
    columns = [column for column, _ in match.columns]
    return Told(
        *file,
        table=match.table.name,
        used=tuple((each.heading, ".".join((*each.section, each.field))) for each in columns if each.field is not None),
        not_used=tuple(each.heading for each in columns if each.field is None),
        unknown=match.unknown,
        missing=tuple((column.heading, near) for column, near in match.missing if column.field is not None),
        rows=rows,
        left_out=tuple(sorted(left_out.items())),
        problem=problem,
    )


def _lacks(match: Match) -> str | None:
    if not match.lacking:
        return None
    lacking = [f"{heading}{f' (did you mean its column {near}?)' if near else ''}" for heading, near in match.lacking]
    return f"cannot be read: it has no column {', and none '.join(lacking)}"


def _below(sheet: Sheet, heading_row: int) -> Iterator[Row]:
    """The rows below that of the headings; merged cells say on each of their rows what they say on the first."""
    tall = [each for each in sheet.merged if each[2] >= heading_row]
    kept: dict[tuple[int, int, int, int], Cell] = {}
    for place, row in sheet.rows():
        if place <= heading_row:
            continue
        if any(top <= place - 1 <= bottom for top, _, bottom, _ in tall):
            row = list(row)
            for each in tall:
                top, left, bottom, right = each
                if not top <= place - 1 <= bottom or left >= len(row):
                    continue
                if place - 1 == top:
                    kept[each] = row[left]
                row[left] = kept.get(each)
                row[left + 1 : right + 1] = [Merged()] * len(row[left + 1 : right + 1])
        yield place, row


# --- a row ------------------------------------------------------------------------------------------------------------


class _Plan(NamedTuple):
    """How one column is read: where it stands, and the section it goes to, by its place among the table's sections."""

    column: Column
    at: int
    section: int


class _TableReader:
    """Reads the rows of one sheet as those of one table."""

    def __init__(self, match: Match, sheet: Sheet, heard: Heard, number: int) -> None:
        self.match = match
        self.rows = 0
        self.left_out: Counter[str] = Counter()
        self._table = match.table
        self._heard = heard
        self._since_1904 = sheet.since_1904
        self._first = number * PER_FILE
        sections = {path: place for place, path in enumerate(self._table.sections)}
        self._plans = [
            _Plan(column, at, sections[column.section]) for column, at in match.columns if column.field is not None
        ]
        self._absent = [
            (sections[column.section], column.field)
            for column, _ in match.missing
            if column.must_be_told and column.kind == "date" and column.field is not None
        ]
        places = {name: at for column, at in match.columns for name in column.names}
        self._leave_out = _conditions(self._table.leave_out, places)
        self._says_none = _conditions(self._table.says_none, places)

    def row(self, place: int, row: Sequence[Cell]) -> Iterator[Stored]:
        """What a row says, if anything."""
        if all(map(is_blank, row)):
            return
        self.rows += 1
        why = next((why for at, values, why in self._leave_out if _plain(row, at) in values), None)
        try:
            child = "" if self.match.child is None else cells.read_id(_cell(row, self.match.child))
            own = None if self.match.id is None else cells.read_id(_cell(row, self.match.id)) or None
            parent = None if self.match.within is None else cells.read_id(_cell(row, self.match.within)) or None
        except Unread as unread:
            self.left_out[f"the number of the child or the record {unread}"] += 1
            return
        if why is None and not child and (self.match.child is not None or parent is None):
            why = _NO_CHILD
        if why is None:
            said = self._said(place, row)
            if said is not None:
                yield Stored(child, self._table.place, self._first + place, own, parent, said.packed())
                return
            why = _NOTHING
        self.left_out[why] += 1

    def _said(self, place: int, row: Sequence[Cell]) -> Said | None:
        said = Said({}, [], [], any(_plain(row, at) in values for at, values, _ in self._says_none))
        if said.none:
            return said
        shifted = len(row) > self.match.width and not all(map(is_blank, row[self.match.width :]))
        for plan in self._plans:
            column = plan.column
            field = str(column.field)
            try:
                if shifted:
                    raise Unread(_SHIFTED)
                value, order = self._value(column, _cell(row, plan.at), place)
            except Unread as unread:
                said.unread.append((plan.section, field, column.heading, str(unread)))
                part = said.parts.setdefault(str(plan.section), {})
                if column.kind == "date":
                    part[field] = NO_DAY
                continue
            if value is _BLANK:
                continue
            said.parts.setdefault(str(plan.section), {})[field] = value
            if order:
                said.doubtful.append((plan.section, field, column.heading, order))
        return self._completed(said)

    def _completed(self, said: Said) -> Said | None:
        """With what its blanks say, what the table sets, and what is not held; None where the row says nothing."""
        if not said.parts and self._plans and not self._table.sets:
            return None
        own = said.parts.setdefault("0", {})
        unread = {each[:2] for each in said.unread}
        for section, column in ((plan.section, plan.column) for plan in self._plans):
            part = said.parts.get(str(section))
            if part is not None and column.blank != NOT_HELD and (section, column.field) not in unread:
                part.setdefault(str(column.field), column.blank)
        own |= self._table.sets
        for section, field in self._absent:
            if str(section) in said.parts:
                said.parts[str(section)].setdefault(field, NO_DAY)
        return said

    def _value(self, column: Column, cell: Cell, place: int) -> tuple[Any, str]:
        """The value of a cell, and for a day the form in which it may be doubtful. Raises Unread."""
        if column.kind == "date":
            return self._day(column, cell, place)
        if not cleaned(cell):
            return _BLANK, ""
        match column.kind:
            case "flag":
                return cells.read_flag(cell, column.yes, column.no), ""
            case "count":
                return (
                    cells.read_count(cell) if column.codes is None else cells.read_code(cell, column.codes, None)
                ), ""
            case "list":
                parts = cleaned(cell).replace(";", ",").split(",")
                return [cells.read_code(part, column.codes, column.longest) for part in parts if part.strip()], ""
            case _:
                return cells.read_code(cell, column.codes, column.longest), ""

    def _day(self, column: Column, cell: Cell, place: int) -> tuple[Any, str]:
        if isinstance(cell, str) and not cleaned(cell):
            return _BLANK, ""
        if cell is None or isinstance(cell, Merged):
            return (_BLANK, "") if not cleaned(cell) else ("", "")
        iso, order = cells.read_day(cell, column.month_first, self._since_1904)
        contrary = order == ("day" if column.month_first else "month")
        orders = self._heard.orders_of(self._table, column)
        if isinstance(cell, date | datetime):
            early = cell.day <= 12 and cell.day != cell.month
            orders.add("typed early" if early else "typed late" if cell.day > 12 else "typed", place, False)
            order = "typed" if early else ""
        else:
            orders.add(order, place, contrary)
        if contrary:
            first, other = ("month", "day") if column.month_first else ("day", "month")
            raise Unread(f"can only be read {other} first, in a column that is read {first} first")
        self._heard.days_of(self._table, column)[iso] += 1
        return iso, order if order in ("either", "typed") else ""


_BLANK: Final = object()


def _cell(row: Sequence[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else None


def _plain(row: Sequence[Cell], at: int) -> str:
    try:
        return plain(cleaned(_cell(row, at)))
    except Unread:
        return "#"


def _conditions(said: Sequence[Condition], places: dict[str, int]) -> list[tuple[int, frozenset[str], str]]:
    """The conditions on columns that are there: the place, the values, and how a row is told for which it holds."""
    found = []
    for condition in said:
        at = next((places[name] for name in condition.names if name in places), None)
        if at is not None:
            found.append((at, condition.values, f"{condition.heading} says that it is not meant"))
    return found


__all__ = ["PER_FILE", "Reader", "Said", "Table", "unpacked"]
