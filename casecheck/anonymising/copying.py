"""Whole sources as copies that name nobody, and what is told of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, NamedTuple

import orjson

from casecheck.anonymising.births import changed_findings, fitted, tells_birthday
from casecheck.anonymising.record import Asked, Row, anonymised
from casecheck.auditing import Auditor
from casecheck.records.one_case import Invalid
from casecheck.records.sources import Source, Unreadable
from casecheck.records.validation import errors, is_valid, parse

_IN_MEMORY: Final = 4 * 1024 * 1024


class Changed(NamedTuple):
    """A case of the copy in which standards find otherwise than in the original."""

    case: str
    standards: tuple[str, ...]


class Copied(NamedTuple):
    """What came of it: how many records were read, written and to be purged, which were left out and why, how many
    values were dealt with how, in how many cases another day than the first of the month stands for the birth, how
    many hold a date that tells the birthday, and where the findings changed.
    """

    read: int
    written: int
    purged: int
    invalid: tuple[Invalid, ...]
    done: Mapping[str, int]
    other_days: int
    telling: int
    changed: tuple[Changed, ...]


class _Found(NamedTuple):
    """A record as it was found: itself, or why it is left out, or that it is to be purged."""

    record: Row | None
    invalid: Invalid | None = None


def copy_records(
    sources: Sequence[Source],
    auditor: Auditor,
    asked: Asked,
    write: Callable[[bytes], object],
    progress: Callable[[int], object],
    leave_out_changed: bool = False,
) -> Copied:
    """Write the copy of every valid record, one a line, in the order of their new names, which tells nothing of where
    they stood. With `leave_out_changed` those are left out in which a finding changes.
    """
    with SpooledTemporaryFile(_IN_MEMORY) as aside:
        return _copied(sources, auditor, asked, aside, write, progress, leave_out_changed)


def _copied(
    sources: Sequence[Source],
    auditor: Auditor,
    asked: Asked,
    aside: IO[bytes],
    write: Callable[[bytes], object],
    progress: Callable[[int], object],
    leave_out_changed: bool,
) -> Copied:
    places: dict[str, tuple[int, int]] = {}
    done: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    invalid: list[Invalid] = []
    changed: list[Changed] = []
    for found in _records(sources):
        counts["read"] += 1
        progress(1)
        if found.invalid is not None:
            invalid.append(found.invalid)
        elif found.record is None:
            counts["purged"] += 1
        else:
            copy, other_day, standards = _copy(found.record, auditor, asked, done)
            if standards:
                changed.append(Changed(copy["la_child_id"], standards))
                if leave_out_changed:
                    continue
            line = orjson.dumps(copy, option=orjson.OPT_APPEND_NEWLINE)
            places[copy["la_child_id"]] = (aside.tell(), len(line))
            aside.write(line)
            counts["other days"] += other_day
            counts["telling"] += not asked.shift_dates and tells_birthday(found.record, copy)
    for name in sorted(places):
        start, length = places[name]
        aside.seek(start)
        write(aside.read(length))
    numbers = counts["read"], len(places), counts["purged"]
    return Copied(*numbers, tuple(invalid), done, counts["other days"], counts["telling"], tuple(sorted(changed)))


def _copy(record: Row, auditor: Auditor, asked: Asked, done: Counter[str]) -> tuple[Row, bool, tuple[str, ...]]:
    copy, dealt_with = anonymised(record, asked)
    done.update(dealt_with)
    if asked.shift_dates:
        return copy, False, changed_findings(auditor, record, copy)
    return fitted(auditor, record, copy, asked.key)


def _records(sources: Iterable[Source]) -> Iterator[_Found]:
    """Every record, as an audit takes it: the first of an id, and what is valid."""
    seen: set[str] = set()
    for source in sources:
        for found in source.records():
            if isinstance(found, Unreadable):
                yield _Found(None, Invalid(source.name, found.number, found.pointer, found.message))
                continue
            data = parse(found.data)
            if isinstance(data, dict) and data.get("purge") is True:
                yield _Found(None)
            elif not isinstance(data, dict) or not is_valid(data):
                pointer, message = errors(data)[0] if isinstance(data, dict) else data
                yield _Found(None, Invalid(source.name, found.number, pointer, message))
            elif data["la_child_id"] in seen:
                message = "another record before this one has the same id"
                yield _Found(None, Invalid(source.name, found.number, "/la_child_id", message))
            else:
                seen.add(data["la_child_id"])
                yield _Found(data)


def outcome(copied: Copied) -> dict[str, Any]:
    """What came of it as plain data."""
    return {**copied._asdict(), "invalid": [each._asdict() for each in copied.invalid]}
