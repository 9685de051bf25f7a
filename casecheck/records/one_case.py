"""One case's record, found among those of some sources by its la_child_id, as an audit would take it."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from casecheck.records.case import Note
from casecheck.records.properties import did_you_mean
from casecheck.records.sources import Source, Unreadable
from casecheck.records.validation import errors, is_valid, parse

MOST_IDS: Final = 10_000
"""Ids among which one is looked for that is like the one that was asked for: they take memory."""


class Found(NamedTuple):
    """A case's record: the source that holds it, its valid JSON, and what its reader noted."""

    source: str
    data: dict[str, Any]
    notes: tuple[Note, ...]


class Invalid(NamedTuple):
    """A record that is not valid: its source, its id where that is the one sought, else its number, and why."""

    source: str
    record: str | int
    pointer: str
    message: str


class Sought(NamedTuple):
    """What came of it: the record (None if there is none), the records that are not valid so far as they were looked
    at, whether any is, and the id that was likely meant.
    """

    found: Found | None
    invalid: tuple[Invalid, ...]
    any_valid: bool
    meant: str | None


class _Read(NamedTuple):
    """A record as read: what is wrong with it, or its JSON."""

    source: str
    number: int
    data: dict[str, Any] | Note
    notes: tuple[Note, ...]


def find_case(sources: Sequence[Source], case_id: str) -> Sought:
    """Look through all the sources for the case.

    The first valid record with the id is the one; that there are more is noted, since these are invalid. Of the other
    records only so many are held against the schema as show that one is valid.
    """
    found: Found | None = None
    invalid: list[Invalid] = []
    ids: set[str] = set()
    any_valid = False
    for read in _read(sources):
        is_meant = not isinstance(read.data, Note) and read.data.get("la_child_id") == case_id
        if is_meant or not any_valid or isinstance(read.data, Note):
            wrong = read.data if isinstance(read.data, Note) else _wrong(read.data)
            if wrong is not None:
                invalid.append(Invalid(read.source, case_id if is_meant else read.number, *wrong))
                continue
            any_valid = True
        if not is_meant and len(ids) < MOST_IDS:
            ids.add(str(read.data["la_child_id"] if isinstance(read.data, dict) else ""))
        elif is_meant:
            found = _first(found, read)
    return Sought(found, tuple(invalid), any_valid, None if found else did_you_mean(case_id, ids))


def _read(sources: Sequence[Source]) -> Iterator[_Read]:
    """Every record of the sources that is there (not marked `purge`)."""
    for source in sources:
        for record in source.records():
            if isinstance(record, Unreadable):
                yield _Read(source.name, record.number, Note(record.pointer, record.message), ())
                continue
            data = parse(record.data)
            if isinstance(data, Note) or data.get("purge") is not True:
                yield _Read(source.name, record.number, data, tuple(record.notes))


def _wrong(data: dict[str, Any]) -> Note | None:
    """What is wrong with a record first; None if it is valid."""
    return None if is_valid(data) else errors(data)[0]


def _first(found: Found | None, read: _Read) -> Found:
    """The first record with the id; of a later one the first is told."""
    if found is None:
        assert isinstance(read.data, dict)
        return Found(read.source, read.data, read.notes)
    said = f"record {read.number} of {read.source} has this id too, so it is invalid, and not looked at"
    return found._replace(notes=(*found.notes, Note("/la_child_id", said)))
