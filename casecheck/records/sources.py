"""Where case records come from: files, folders and standard input, recognised by what they hold, not by their names.

A name only breaks a tie: in a folder it says which files are meant to hold records, so that a broken one is told of and
a page of notes beside them is not.
"""

import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casecheck.errors import InputProblem, UsageProblem
from casecheck.records.json_source import Found, SourceRecord, Unreadable, read_json, read_lines
from casecheck.records.recognise import ACCEPTED, Recognised, belongs, recognise
from casecheck.records.streams import Content, Hashed, Readable, read_head
from casecheck.records.validation import errors, is_valid, parse

if TYPE_CHECKING:
    from casecheck.records.tables.model import Mapping

__all__ = ["Source", "SourceRecord", "Unreadable", "find_sources", "read_cases"]

STANDARD_INPUT: Final = "standard input"
MOST_TOLD: Final = 20
"""How many unreadable records `read_cases` names when it finds no other."""

MAY_BE_TABLES: Final = frozenset((".csv", ".tsv", ".txt", ".xml", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".gz"))
"""The endings of files that are looked at as tables where they stand in a folder."""

_WHOLE: Final = frozenset((".xml", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"))
"""The endings of files that hold all of a source's tables by themselves."""

_TOLD_OF: Final = MAY_BE_TABLES - {".txt", ".xml", ".gz"}
"""The endings of files that are told of where they stand beside tables and are none that is known."""

PathLike = str | os.PathLike[str]


class _Place(NamedTuple):
    """A file that was found: the name it goes by, the path that was given, where it is, and what it is.

    `path` is None for standard input, `found` None for what can be read only once, such as a pipe. `files` are those of
    tables that are one source, by their names, and `beside` the names of files that may be tables but are none of it.
    """

    name: str
    given: str
    path: Path | None
    found: Recognised | None
    files: tuple[tuple[str, Path], ...] = ()
    beside: tuple[str, ...] = ()


class Source:
    """A file of case records, or standard input.

    `name` is relative to the path that was given and holds no path of the machine; `format` is `json`, `jsonl` or
    `census`, with `.gz` where it is gzipped, `unknown` where it cannot be read; `reference_date` is the ISO day as at
    which a census return was drawn, None for the rest; `path` is where the file is, None for standard input.
    """

    def __init__(
        self,
        name: str,
        found: Recognised,
        opened: Callable[[], Readable],
        head: bytes = b"",
        keep_open: bool = False,
        path: Path | None = None,
    ) -> None:
        self.name = name
        self.path = path
        self.format = found.format
        self._reference_date = found.reference_date
        self._problem = found.problem
        self._opened = opened
        self._head = head
        self._keep_open = keep_open
        self._started = False
        self._digest: str | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that are read; none for standard input."""
        return () if self.path is None else (self.path,)

    @property
    def reference_date(self) -> str | None:
        """The ISO day as at which a return was drawn, None where the source tells of none."""
        return self._reference_date

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the source as a whole, once its records have been read."""
        return ()

    @property
    def digest(self) -> str:
        """The SHA-256 of the source's bytes as they stand, as hexadecimal text.

        Raises ValueError before `records` has been read to its end, since the bytes are hashed as they are read.
        """
        if self._digest is None:
            raise ValueError(f"the digest of {self.name} is known when all its records have been read")
        return self._digest

    def records(self) -> Iterator[Found]:
        """The records, one at a time, and what could not be read. To be read once: a pipe cannot be read again.

        Raises ValueError the second time.
        """
        if self._started:
            raise ValueError(f"the records of {self.name} can be read once only")
        self._started = True
        try:
            stream = self._opened()
        except OSError as problem:
            self._digest = Hashed(io.BytesIO()).finish()
            yield Unreadable(1, "", f"cannot be opened: {problem.strerror}")
            return
        raw = Hashed(stream, self._head)
        try:
            yield from self._read(raw)
            self._digest = raw.finish()
        finally:
            if isinstance(stream, io.IOBase) and not self._keep_open:
                stream.close()

    def _read(self, raw: Hashed) -> Iterator[Found]:
        if self._problem is not None:
            yield Unreadable(1, "", self._problem)
            return
        kind, _, gzipped = self.format.partition(".")
        content = Content(raw, bool(gzipped))
        if kind == "census":
            from casecheck.records.census import read_census

            yield from read_census(content, self.reference_date)
        else:
            yield from (read_lines if kind == "jsonl" else read_json)(content)


def find_sources(paths: Sequence[PathLike], *mappings: "Mapping | None") -> list[Source]:
    """The files of case records that the paths name: files, folders with all that is beneath them, `-`.

    In a folder the files are taken by name, those that begin with a dot left out, and those that hold no records passed
    over. Tables in text that belong together, such as the CSV files of one return, are one source; `mappings` are a
    council's own, for tables of no format that is known. Raises UsageProblem for a path that does not exist and for a
    folder without any file of records.
    """
    if not paths:
        raise UsageProblem("name a file or folder of case records, or - for standard input")
    problems: list[str] = []
    own = [*filter(None, mappings)]
    places = [place for path in paths for place in _places(os.fspath(path), problems, own)]
    if problems:
        raise UsageProblem(*problems)
    return [_source(place) for place in _named_apart(_put_together(_without_repeats(places)))]


def read_cases(*paths: PathLike) -> Iterator[dict[str, Any]]:
    """The valid case records that the paths hold, as dictionaries, one at a time.

    Records that cannot be read or are not valid are left out; `find_sources` tells of each. Raises UsageProblem for a
    path that does not exist, and InputProblem, naming what is wrong with the first ones, if no record is valid.
    """
    return _valid_records(find_sources(paths))


def _valid_records(sources: list[Source]) -> Iterator[dict[str, Any]]:
    any_valid = False
    wrong: list[str] = []
    for source in sources:
        for found in source.records():
            record = _checked(found)
            if isinstance(record, dict):
                any_valid = True
                yield record
            elif not any_valid and len(wrong) < MOST_TOLD:
                wrong.append(f"{source.name}, record {record.number}: {_said(record)}")
    if not any_valid:
        raise InputProblem(*wrong)


def _said(record: Unreadable) -> str:
    return f"{record.pointer} {record.message}" if record.pointer else record.message


def _checked(found: Found) -> dict[str, Any] | Unreadable:
    if isinstance(found, Unreadable):
        return found
    record = parse(found.data)
    if isinstance(record, dict) and is_valid(record):
        return record
    note = errors(record)[0] if isinstance(record, dict) else record
    return Unreadable(found.number, note.pointer, note.message)


def _places(path: str, problems: list[str], own: "Sequence[Mapping]") -> list[_Place]:
    if path == "-":
        return [_Place(STANDARD_INPUT, path, None, None)]
    if not os.path.exists(path):
        problems.append(f"{path}: there is no such file or folder")
        return []
    if not os.path.isdir(path):
        name = os.path.basename(path)
        found = _looked_at(Path(path), name, own)[1] if os.path.isfile(path) else None
        return [_Place(name, path, Path(path), found)]
    places: list[_Place] = []
    beside: dict[Path, list[str]] = {}
    for file in _files(Path(path), problems):
        name = file.relative_to(path).as_posix()
        may_be_table = file.suffix.lower() in MAY_BE_TABLES
        head, found = _looked_at(file, name, own, may_be_table)
        if belongs(head, name, found):
            places.append(_Place(name, path, file, found))
        elif file.suffix.lower() in _TOLD_OF:
            beside.setdefault(file.parent, []).append(file.name)
    if not places:
        problems.append(f"{path}: there is no file of case records in this folder; {ACCEPTED}")
    return [place._replace(beside=tuple(beside.get(_folder_of(place), ()))) for place in places]


def _folder_of(place: _Place) -> Path:
    return place.path.parent if place.path is not None else Path()


def _looked_at(path: Path, name: str, own: "Sequence[Mapping]", may_be_table: bool = True) -> tuple[bytes, Recognised]:
    try:
        with open(path, "rb") as file:
            head = read_head(file)
    except OSError as problem:
        return b"", Recognised("unknown", f"cannot be opened: {problem.strerror}")
    found = recognise(head, name)
    if found.format == "unknown" and head and may_be_table:
        from casecheck.records.tables.recognising import mapping_of

        by = mapping_of(path, head, own)
        if by is not None:
            return head, Recognised(by.format, mapping=by)
        if own:
            no_table = f"it has the headings of no table of the mapping {' or '.join(each.id for each in own)}"
            return head, found._replace(problem=f"{found.problem}; {no_table}")
    return head, found


def _files(folder: Path, problems: list[str]) -> list[Path]:
    """The files in a folder and those beneath it, by name, without what begins with a dot."""

    def refused(problem: OSError) -> None:
        problems.append(f"{problem.filename}: this folder cannot be read: {problem.strerror}")

    files: list[Path] = []
    for inner, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files.extend(Path(inner, name) for name in names if not name.startswith("."))
    files = [file for file in files if file.is_file()]
    return sorted(files, key=lambda file: file.relative_to(folder).as_posix())


def _put_together(places: list[_Place]) -> list[_Place]:
    """The places, those of tables in text that stand in one folder and are read by one mapping as one."""
    together: dict[tuple[Path, str], list[_Place]] = {}
    for place in places:
        if place.path is not None and _is_part(place):
            together.setdefault((place.path.parent, _format(place)), []).append(place)
    kept = []
    for place in places:
        if place.path is None or not _is_part(place):
            kept.append(place)
            continue
        group = together.pop((place.path.parent, _format(place)), [])
        if group:
            kept.append(_one_of(group))
    return kept


def _format(place: _Place) -> str:
    mapping = place.found.mapping if place.found is not None else None
    return f"{mapping.format} {mapping.id}" if mapping is not None else ""


def _is_part(place: _Place) -> bool:
    """Whether the place is a table that others may belong to: text, or anything that an own mapping tells of."""
    mapping = place.found.mapping if place.found is not None else None
    suffix = place.path.suffix.lower() if place.path is not None else ""
    return mapping is not None and (mapping.format != mapping.id or suffix not in _WHOLE)


def _one_of(group: list[_Place]) -> _Place:
    first = group[0]
    assert first.path is not None
    files = tuple((_as_text(place.path.name), place.path) for place in group if place.path is not None)
    if len(group) == 1:
        return first._replace(files=files)
    folder = os.path.dirname(first.name)
    name = folder if folder else os.path.basename(first.path.parent.resolve())
    return first._replace(name=name or first.name, files=files)


def _source(place: _Place) -> Source:
    path = place.path
    if path is not None and place.found is not None and place.found.mapping is not None:
        from casecheck.records.tables.source import TableFile, TableSource

        files = place.files or ((_as_text(path.name), path),)
        tables = [TableFile(*file) for file in files]
        return TableSource(_as_text(place.name), place.found.mapping, tables, place.beside)
    if path is not None and place.found is not None:
        return Source(_as_text(place.name), place.found, lambda: open(path, "rb"), path=path)
    if path is None and sys.stdin is None:
        raise UsageProblem("there is no standard input to read")
    stream: Readable = sys.stdin.buffer if path is None else open(path, "rb")  # noqa: SIM115
    head = read_head(stream)
    found = recognise(head, place.name)
    return Source(_as_text(place.name), found, lambda: stream, head, keep_open=path is None, path=path)


def _as_text(name: str) -> str:
    """A file's name as text that any output can hold: bytes that are no text are written as their codes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _without_repeats(places: list[_Place]) -> list[_Place]:
    """Each file once, though several of the paths may lead to it."""
    kept: dict[Path | None, _Place] = {}
    for place in places:
        kept.setdefault(place.path and place.path.resolve(), place)
    return list(kept.values())


def _named_apart(places: list[_Place]) -> list[_Place]:
    """Places of one name told apart by the folder that was given, or that a given file is in; else by number."""
    counts = Counter(place.name for place in places)
    places = [place if counts[place.name] == 1 else place._replace(name=_with_folder(place)) for place in places]
    seen: Counter[str] = Counter()
    named: list[_Place] = []
    for place in places:
        seen[place.name] += 1
        number = seen[place.name]
        named.append(place if number == 1 else place._replace(name=f"{place.name} ({number})"))
    return named


def _with_folder(place: _Place) -> str:
    folder = place.given if os.path.isdir(place.given) else os.path.dirname(place.given)
    return f"{os.path.basename(os.path.normpath(folder))}/{place.name}"
