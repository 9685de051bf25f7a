"""A source of case records that is tables: one file or several that belong together, read by a mapping.

All of it is read into a temporary store first, since the rows of a child may stand anywhere in it; then the records are
made one at a time.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from casecheck.calendar import DAYS, in_words
from casecheck.errors import InputProblem
from casecheck.records.json_source import Found, SourceRecord, Unreadable
from casecheck.records.recognise import Recognised
from casecheck.records.sources import Source
from casecheck.records.streams import Hashed
from casecheck.records.tables.assembling import Assembler, Finish
from casecheck.records.tables.covering import Covered, covered_by
from casecheck.records.tables.heard import Heard, Told, label
from casecheck.records.tables.model import Mapping
from casecheck.records.tables.reading import Reader
from casecheck.records.tables.recognising import XML, tables_of
from casecheck.records.tables.rows import Broken
from casecheck.records.tables.store import Store
from casecheck.written.places import listed

MOST_NOTES: Final = 100
"""How many notes of a source are told of."""

_TWICE: Final = (
    "cannot be read: {} is table {} of this source too, so neither is used; put what belongs to another return or "
    "council in a folder of its own"
)
_NO_ROOM: Final = "its rows could not be put into a temporary file; is there room in the folder for such files?"
_APART: Final = (
    "there are numbers that differ by leading zeros only ({:,} times); one table has both, so they are taken for "
    "different children"
)


class TableFile(NamedTuple):
    """A file of a source: what notes call it, and where it is."""

    name: str
    path: Path


class _Read(NamedTuple):
    """A source that has been read: its rows, what was heard of it, what it covers, and what could not be read."""

    store: Store
    heard: Heard
    covered: Covered
    problems: tuple[str, ...]


class TableSource(Source):
    """Tables as a source. `files` are those that belong together; `beside` the names of files that stand with them and
    are none of its tables.
    """

    def __init__(
        self,
        name: str,
        mapping: Mapping,
        files: Sequence[TableFile],
        beside: Sequence[str] = (),
        path: Path | None = None,
    ) -> None:
        super().__init__(name, Recognised(mapping.format), _not_opened, path=path)
        self.mapping = mapping
        self._files = sorted(files)
        self._beside = tuple(sorted(beside))

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that are read."""
        return tuple(file.path for file in self._files)

    @property
    def reference_date(self) -> str | None:
        """The ISO day as at which the source was drawn, where the mapping says how to tell."""
        return self._read_whole.covered.to

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the file; of several, that of the list of their digests and names."""
        digests = [(_digest(file.path), file.name) for file in self._files]
        if len(digests) == 1:
            return digests[0][0]
        return hashlib.sha256("".join(f"{each}  {name}\n" for each, name in digests).encode()).hexdigest()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the source as a whole."""
        notes = list(self._read_whole.heard.notes)
        year = self._read_whole.covered
        if year.year_from is not None and year.to is not None:
            notes.insert(0, f"taken to cover the year to {in_words(DAYS[year.to])}, by the dates that it holds")
        notes += self._tables_not_there()
        notes += [f"{name} stands beside and is none of the tables that are read" for name in self._beside]
        if len(notes) > MOST_NOTES:
            notes[MOST_NOTES:] = [f"there are {len(notes) - MOST_NOTES:,} more notes on these tables"]
        return tuple(notes)

    def _tables_not_there(self) -> list[str]:
        """What is not held since its table is not there, of tables that hold anything that is read."""
        found = {told.table for told in self._read_whole.heard.told}
        tables = [table for table in self.mapping.tables if table.rows_of is None and table.name not in found]
        missing = [table for table in tables if table.sets or any(column.field is not None for column in table.columns)]
        if not missing:
            return []
        names = listed([table.name for table in missing], "and")
        return [
            f"there is no table {names}, so that what {'it' if len(missing) == 1 else 'they'} would hold is not held"
        ]

    def told(self) -> tuple[Told, ...]:
        """What came of each table of each file: what `convert --explain` tells."""
        return tuple(self._read_whole.heard.told)

    def records(self) -> Iterator[Found]:
        """The records, one a child, by id; before them what of the tables could not be read. To be read once."""
        if self._started:
            raise ValueError(f"the records of {self.name} can be read once only")
        self._started = True
        read = self._read_whole
        try:
            yield from self._made(read)
        finally:
            read.store.close()

    def _made(self, read: _Read) -> Iterator[Found]:
        number = 0
        for number, problem in enumerate(read.problems, 1):
            yield Unreadable(number, "", problem)
        assembler = Assembler(self.mapping, read.heard, read.covered, finish_of(self.mapping))
        any_child = False
        for child, rows in read.store.by_child():
            any_child = True
            number += 1
            record, notes = assembler.record(child, rows, read.store.joined.get(child, 0))
            yield SourceRecord(number, orjson.dumps(record), notes)
        if not any_child and not read.problems:
            yield Unreadable(number + 1, "", "holds no case record: no row of its tables names a child")

    @cached_property
    def _read_whole(self) -> _Read:
        try:
            return self._put_in_store()
        except sqlite3.Error as problem:
            raise InputProblem(f"{self.name}: {_NO_ROOM} ({problem})") from None

    def _put_in_store(self) -> _Read:
        store, heard = Store(), Heard()
        reader = Reader(store, heard)
        problems: list[str] = []
        seen: dict[str, str] = {}
        for file in self._files:
            self._read_file(reader, heard, file, seen, problems)
        tables = self.mapping.tables
        pairs = [
            (table.place, self.mapping.table(table.within).place)
            for table in tables
            if table.within is not None and not table.child
        ]
        for place, lost in store.settle(pairs).items():
            rows = "1 row left out: it belongs" if lost == 1 else f"{lost:,} rows left out: they belong"
            heard.notes.append(f"table {tables[place].name}: {rows} to no row that is there")
        if store.apart:
            heard.notes.append(_APART.format(store.apart))
        problems += [f"{told.label}: {told.problem}" for told in heard.told if told.problem is not None]
        return _Read(store, heard, covered_by(self.mapping, heard), tuple(problems))

    def _read_file(
        self, reader: Reader, heard: Heard, file: TableFile, seen: dict[str, str], problems: list[str]
    ) -> None:
        try:
            tables = tables_of(file.path, self.mapping, self.mapping.format == "mapping")
        except Broken as problem:
            problems.append(f"{file.name}: {problem}")
            return
        except OSError as problem:
            problems.append(f"{file.name}: cannot be opened: {problem.strerror}")
            return
        if tables.kind == XML:
            reader.read_xml(file.path, self.mapping, file.name)
        for sheet, matches in tables.sheets:
            table = matches[0].table
            name = label(file.name, sheet.name)
            first = seen.setdefault(table.name, name)
            if first != name and not table.several:
                problems.append(f"{name}: {_TWICE.format(first, table.name)}")
                reader.let_go(matches)
            else:
                reader.read(sheet, matches, file.name)
        heard.tell_of_sheets(tables.not_read, file.name)


def finish_of(mapping: Mapping) -> Finish | None:
    """What a shipped format does to a record that its mapping cannot say: `finish` of its Python file."""
    if mapping.format != mapping.id:
        return None
    try:
        module: Any = import_module(f"{__package__}.formats.{mapping.id.replace('-', '_')}")
    except ModuleNotFoundError:
        return None
    found: Finish = module.finish
    return found


def _not_opened() -> Any:
    raise NotImplementedError


def _digest(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return Hashed(file).finish()
    except OSError:
        return hashlib.sha256().hexdigest()
