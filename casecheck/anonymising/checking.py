"""Files looked through for what tells who someone is: case records of any form, examples of rules, tables, text.

Records that are not valid, properties that the case schema does not know and comments are looked through too. Of what
is found its kind and its place are told, never what stands there.
"""

import csv
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from casecheck.anonymising.detectors import numbers_in
from casecheck.anonymising.fields import MONTH_ONLY
from casecheck.anonymising.judging import judged, judged_name
from casecheck.errors import PackProblem, UsageProblem
from casecheck.records.sources import Source, Unreadable, find_sources
from casecheck.records.validation import parse, pointer
from casecheck.written.places import Places
from casecheck.written.yaml_source import read_yaml

_EXAMPLES: Final = "examples"
_TABLES: Final = {".csv": ",", ".tsv": "\t"}
_PLAIN: Final = (".md", ".txt", ".rst", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".log", ".xsd", ".html", "")
_LARGEST: Final = 64 * 1024 * 1024
"""The size of a file that is not looked through as records, but as a whole."""


class Hit(NamedTuple):
    """What was found: the file, where in it, and the kind of thing."""

    file: str
    place: str
    kind: str


class Unlooked(NamedTuple):
    """What could not be looked through, and why."""

    file: str
    place: str
    why: str


Told = Hit | Unlooked


def files_under(paths: tuple[str, ...]) -> list[tuple[str, Path]]:
    """The files that the paths name, and all beneath the folders among them, each with the name that it is told by.

    What begins with a dot is left out. Raises UsageProblem for a path that does not exist.
    """
    missing = [f"{path}: there is no such file or folder" for path in paths if not os.path.exists(path)]
    if missing:
        raise UsageProblem(*missing)
    found: dict[str, Path] = {}
    for path in paths:
        for file in _beneath(Path(path)):
            found.setdefault(file.as_posix(), file)
    return sorted(found.items())


def _beneath(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for inner, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(inner, name) for name in names if not name.startswith("."))


def look_through(name: str, file: Path, made_up: bool) -> Iterator[Told]:
    """What tells who someone is in one file."""
    suffix = file.suffix.lower()
    if suffix in _PLAIN or suffix in _TABLES:
        yield from _text(name, file, made_up)
        return
    source = find_sources([file])[0]
    kind = source.format.partition(".")[0]
    if kind == "census" or suffix == ".xml":
        from casecheck.anonymising.checking_xml import look_through_xml

        for line, found in look_through_xml(file, made_up):
            yield Hit(name, f":{line}", found) if line else Unlooked(name, "", found)
    elif kind in ("json", "jsonl"):
        yield from _records(name, source, made_up)
    else:
        yield from _text(name, file, made_up)


# --- records ----------------------------------------------------------------------------------------------------------


def _records(name: str, source: Source, made_up: bool) -> Iterator[Told]:
    for found in source.records():
        where = f", record {found.number}"
        if isinstance(found, Unreadable):
            yield Unlooked(name, where, found.message)
            continue
        data = parse(found.data)
        if not isinstance(data, dict):
            yield Unlooked(name, where, data.message)
            continue
        for path, kind in walked(data, made_up):
            yield Hit(name, f"{where} at {pointer(path)}", kind)


def walked(
    value: Any, made_up: bool, path: tuple[str | int, ...] = (), name: str = "", month_only: bool = False
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Of everything that a parsed record holds, the paths and kinds of what tells who someone is.

    The name of a property that is itself such a thing is no part of its path.
    """
    if isinstance(value, Mapping):
        month_only = value.get(MONTH_ONLY) is True
        for key, held in value.items():
            in_name = list(judged_name(str(key)))
            yield from (((*path, "(a name of a property)"), kind) for kind in in_name)
            step = "(a property)" if in_name else str(key)
            yield from walked(held, made_up, (*path, step), str(key), month_only)
    elif isinstance(value, list):
        for number, held in enumerate(value):
            yield from walked(held, made_up, (*path, number), name, month_only)
    else:
        yield from ((path, kind) for kind in judged(name, value, made_up, month_only))


# --- text -------------------------------------------------------------------------------------------------------------


def _text(name: str, file: Path, made_up: bool) -> Iterator[Told]:
    """A file of text, line by line; its examples and its cells as values with a name too."""
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        yield Unlooked(name, "", f"cannot be read: {(error.strerror or 'the system refused').lower()}")
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0" if b"\0" in data else data.decode("latin-1")
    if len(data) > _LARGEST or "\0" in text:
        yield Unlooked(name, "", "is no text, or too long a one, and cannot be looked through")
        return
    told = {(number, kind) for number, line in enumerate(text.split("\n"), 1) for kind in numbers_in(line)}
    if file.suffix.lower() in _TABLES:
        told |= set(_cells(text, _TABLES[file.suffix.lower()], made_up))
    if file.parent.name == _EXAMPLES and file.suffix.lower() in (".yaml", ".yml"):
        try:
            told |= set(_examples(data, name, made_up))
        except PackProblem as problem:
            yield Unlooked(name, "", f"is no file of examples: {problem.messages[0]}")
    yield from (Hit(name, f":{line}", kind) for line, kind in sorted(told))


def _cells(text: str, delimiter: str, made_up: bool) -> Iterator[tuple[int, str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [name.strip().casefold().replace(" ", "_") for name in next(rows, [])]
    for row in rows:
        for name, cell in zip(names, row, strict=False):
            yield from ((rows.line_num, kind) for kind in judged(name, cell, made_up))


def _examples(data: bytes, name: str, made_up: bool) -> Iterator[tuple[int, str]]:
    """Of the cases of a file of examples, line by line. Its other words are the rule's, not the child's."""
    document = read_yaml(data, name)
    for number, example in enumerate(document.value if isinstance(document.value, list) else []):
        case = example.get("case") if isinstance(example, Mapping) else None
        places: Places = document.places.under(number, "case")
        for path, kind in walked(case, made_up):
            yield places.at(*path).line, kind
