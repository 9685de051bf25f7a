"""A case record as a reader of the file would have found it on a day.

`build` turns one parsed JSON record into a tree of `Record`s: what happened after the day is not seen, objects marked
`purge` are not there, dates are day numbers, and what is impossible is noted and not relied on.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, Final, NamedTuple

from casecheck.calendar import DAYS, OPEN, UNKNOWN, birthday, in_words
from casecheck.records.coverage import Coverage, read_coverage
from casecheck.records.schema import Section, child_sections, sections

Row = Mapping[str, Any]

EMPTY: Final = UNKNOWN - 1
"""A day that is recorded as none."""

CARE_LEAVERS: Final = ("social_care_episodes", "care_leavers")
"""The section whose dates are worked out where the source leaves them empty."""


class _NotHeld:
    def __repr__(self) -> str:
        return "NOT_HELD"


NOT_HELD: Final = _NotHeld()
"""What stands in a row for a value that the source does not hold, or holds impossibly."""


class Note(NamedTuple):
    """Something about a record that its reader should know: a JSON Pointer into it, and a sentence."""

    pointer: str
    message: str


class Record(NamedTuple):
    """One record of a section, as seen on the audit date.

    `row` holds its fields as written, but for dates that are not seen (None) or impossible (NOT_HELD). `start` and
    `end` are its own days, both included: UNKNOWN where not held, `end` OPEN where it has not ended (of work: is not
    completed). `position` is 1 for the first of its list by date, and `previous` the one before it. `children` holds
    its sections by name; None for one that the source does not hold. `later_rows` are the rows that follow `row` in a
    derived run, each with the day from which it holds. `began_before` says that it began before `start`, on a day
    that is not held.
    """

    section: Section
    row: Row
    start: int
    end: int
    parent: "Record | None"
    pointer: str
    position: int
    previous: "Record | None"
    children: dict[str, "list[Record] | None"]
    later_rows: tuple[tuple[int, Row], ...] = ()
    began_before: bool = False


class Case(NamedTuple):
    """One child's record as at a day.

    `born` and `expected` (to be born) are day numbers, None where there is none; `born` is UNKNOWN where not held.
    `eighteen` is the 18th birthday, OPEN where it is not known.
    """

    id: str
    root: Record
    as_at: int
    born: int | None
    expected: int | None
    eighteen: int
    coverage: Coverage
    notes: list[Note]
    after: set[tuple[str, ...]]
    """Paths of the sections that hold a record which is not seen since its own date lies after the audit date."""


class _DateField(NamedTuple):
    name: str
    planned: bool
    not_before: str | None
    with_it: tuple[str, ...]


class _Plan(NamedTuple):
    """What `build` needs to know of a section, worked out once."""

    section: Section
    name: str
    dates: tuple[_DateField, ...]
    start: str | None
    end: str | None
    end_absent: int
    children: tuple["_Plan", ...]


class _Dated(NamedTuple):
    """A record as it will stand: its days and its row, and the pointer to it."""

    start: int
    end: int
    row: Row
    pointer: str


@cache
def _plan(path: tuple[str, ...]) -> _Plan:
    section = sections()[path]
    own = {section.start, section.end}
    fields = section.fields.values()
    return _Plan(
        section,
        section.name,
        tuple(
            _DateField(
                field.name,
                field.planned,
                None if field.name in own else field.not_before,
                tuple(other.name for other in fields if other.recorded_with == field.name),
            )
            for field in fields
            if field.is_date
        ),
        section.start,
        section.end,
        OPEN if section.end and section.fields[section.end].absent_is_empty else UNKNOWN,
        tuple(_plan(child.path) for child in child_sections(path) if not child.derived),
    )


def build(data: Row, as_at: int) -> Case:
    """The case that a valid record holds as at day `as_at`; derived sections are added by
    `casecheck.records.derived`.
    """
    notes: list[Note] = []
    after: set[tuple[str, ...]] = set()
    coverage = read_coverage(data.get("coverage"))
    notes.extend(Note("/coverage", message) for message in coverage.problems)
    plan = _plan(())
    details = data.get("child_details") or {}
    born, expected = _birth(details, as_at)
    eighteen = birthday(born, 18) if born is not None and born != UNKNOWN else OPEN
    builder = _Builder(as_at, eighteen, coverage, notes, after)
    root = Record(plan.section, data, 1, OPEN, None, "", 1, None, {})
    builder.hold_children(root, plan)
    return Case(data["la_child_id"], root, as_at, born, expected, eighteen, coverage, notes, after)


def _birth(details: Row, as_at: int) -> tuple[int | None, int | None]:
    """The day of birth and the expected one; a birth after the audit date is not seen."""
    written = details.get("date_of_birth", NOT_HELD)
    born = UNKNOWN if written is NOT_HELD else None if written is None else DAYS[written]
    expected = DAYS[details.get("expected_date_of_birth") or ""]
    return (None if born is not None and born > as_at else born), (None if expected == UNKNOWN else expected)


class _Builder(NamedTuple):
    as_at: int
    eighteen: int
    coverage: Coverage
    notes: list[Note]
    after: set[tuple[str, ...]]

    def hold_children(self, record: Record, plan: _Plan) -> None:
        """Fill `record.children` with the records of its sections."""
        row, children, not_held = record.row, record.children, self.coverage.not_held
        for inner in plan.children:
            held = row.get(inner.name, NOT_HELD)
            if held and held is not NOT_HELD:
                children[inner.name] = self._records(held, inner, record)
            elif inner.section.path in not_held or (held is NOT_HELD and not inner.section.absent_is_empty):
                children[inner.name] = None
            else:
                children[inner.name] = []

    def _records(self, held: Any, plan: _Plan, parent: Record) -> "list[Record]":
        """The records of one list by date, those that are not there for a reader on the audit date left out."""
        start = f"{parent.pointer}/{plan.name}"
        if isinstance(held, Mapping):
            found = [self._seen(held, plan, start)]
        else:
            found = [self._seen(row, plan, f"{start}/{place}") for place, row in enumerate(held) if row]
        dated = [each for each in found if each is not None]
        if len(dated) > 1:
            dated = _in_order(dated)
            if plan.section.one_at_a_time:
                dated = self._ended_by_the_next(dated)
        section, inner = plan.section, plan.children
        records: list[Record] = []
        previous: Record | None = None
        for position, (first, last, row, pointer) in enumerate(dated, 1):
            previous = Record(section, row, first, last, parent, pointer, position, previous, {})
            records.append(previous)
            if inner:
                self.hold_children(previous, plan)
        return records

    def _seen(self, row: Row, plan: _Plan, pointer: str) -> _Dated | None:
        """The record with its dates; None if it is not there for a reader on the audit date."""
        if row.get("purge") is True:
            return None
        if plan.start is None:
            return _Dated(1, OPEN, self._without_later_dates(row, plan, pointer), pointer)
        start = _day(row, plan.start, UNKNOWN)
        if plan.end == plan.start:
            end = start
        else:
            end = _day(row, plan.end or "", plan.end_absent)
            if end == EMPTY or end > self.as_at:
                end = OPEN
        if start > self.as_at and end in (OPEN, start, UNKNOWN):
            self.notes.append(Note(pointer, f"dated {in_words(start)}, after the audit date; not seen"))
            self.after.add(plan.section.path)
            return None
        row = self._without_later_dates(row, plan, pointer)
        if start == EMPTY:
            finished = plan.section.nature == "work" and end not in (OPEN, UNKNOWN)
            if not finished and plan.section.path != CARE_LEAVERS:
                self.notes.append(Note(f"{pointer}/{plan.start}", "has no date, so it is taken not to have happened"))
                return None
            start = UNKNOWN
        if UNKNOWN < end < start:
            message = f"ends on {in_words(end)}, before it begins on {in_words(start)}; neither date is relied on"
            self.notes.append(Note(pointer, message))
            row = {**row, plan.start: NOT_HELD, plan.end or plan.start: NOT_HELD}
            start = end = UNKNOWN
        if plan.section.ends_at_18 and end > self.eighteen:
            if start > self.eighteen:
                self.notes.append(
                    Note(pointer, "begins after the 18th birthday, by which it must have ended; not used")
                )
                return None
            end = self.eighteen
        return _Dated(start, end, row, pointer)

    def _without_later_dates(self, row: Row, plan: _Plan, pointer: str) -> Row:
        """The row with what happened after the audit date empty, and impossible dates as not held."""
        for name, planned, not_before, with_it in plan.dates:
            text = row.get(name)
            if text is None:
                continue
            day = DAYS[text]
            if day > self.as_at and not planned:
                row = {**row, name: None, **dict.fromkeys(with_it)}
            elif day == UNKNOWN:
                row = self._doubted(row, name, pointer, f"{text} is no day of the calendar; it is not relied on")
            elif not_before is not None and day < DAYS[row.get(not_before) or ""]:
                row = self._doubted(row, name, pointer, f"{text} is earlier than {not_before}; it is not relied on")
        return row

    def _doubted(self, row: Row, name: str, pointer: str, message: str) -> Row:
        self.notes.append(Note(f"{pointer}/{name}", message))
        return {**row, name: NOT_HELD}

    def _ended_by_the_next(self, found: list[_Dated]) -> list[_Dated]:
        """Of what can be in force only one at a time, one without an end ends where the next begins."""
        for place, (one, following) in enumerate(pairwise(found)):
            if one.end == OPEN and one.start not in (UNKNOWN, following.start):
                message = f"has no end, but another began on {in_words(following.start)}; taken to end then"
                self.notes.append(Note(one.pointer, message))
                found[place] = one._replace(end=following.start)
        return found


def _day(row: Row, name: str, absent: int) -> int:
    """The day in a field: `absent` where the field is missing, EMPTY where it is null."""
    text = row.get(name, NOT_HELD)
    return absent if text is NOT_HELD else EMPTY if text is None else DAYS[text]


def _in_order(found: list[_Dated]) -> list[_Dated]:
    """By date; of equal dates the later end comes later, then canonical JSON decides."""
    days = [each[:2] for each in found]
    if all(one < following for one, following in pairwise(days)):
        return found
    found.sort(key=_days)
    ordered: list[_Dated] = []
    for _, alike in groupby(found, key=_days):
        ordered.extend(sorted(alike, key=_canonical))
    return ordered


_days = attrgetter("start", "end")


def _canonical(found: _Dated) -> str:
    return json.dumps(found.row, sort_keys=True, default=str)


def numbered(records: list[Record]) -> list[Record]:
    """The records of a derived section with their positions (1 for the first) and each one's predecessor."""
    previous: Record | None = None
    result: list[Record] = []
    for position, record in enumerate(records, 1):
        if position > 1:
            record = record._replace(position=position, previous=previous)
        result.append(record)
        previous = record
    return result


Fetch = Callable[[Record], tuple[Sequence[Record], Sequence[Record]]]


@cache
def compile_fetch(path: tuple[str, ...], target: tuple[str, ...]) -> Fetch:
    """The function that finds, for a record of the section at `path`, the records of the section at `target`.

    They lie beneath the record itself or the nearest record around it that can hold them. It returns those records by
    date, and the records that should hold the section but whose source does not.
    """
    shared = max(length for length in range(min(len(path) + 1, len(target))) if path[:length] == target[:length])
    levels, first, deeper = len(path) - shared, target[shared], target[shared + 1 :]

    def fetch(record: Record) -> tuple[Sequence[Record], Sequence[Record]]:
        holder: Record | None = record
        for _ in range(levels):
            holder = holder.parent if holder is not None else None
        if holder is None:
            return (), ()
        held = holder.children.get(first)
        if held is None:
            return (), (holder,)
        return (held, ()) if not deeper else _beneath(held, deeper)

    return fetch


def _beneath(found: Sequence[Record], names: tuple[str, ...]) -> tuple[Sequence[Record], Sequence[Record]]:
    lacking: list[Record] = []
    for name in names:
        below: list[Record] = []
        for each in found:
            held = each.children.get(name)
            if held is None:
                lacking.append(each)
            else:
                below.extend(held)
        found = below
    return sorted(found, key=attrgetter("start", "end")), lacking


def row_on(record: Record, day: int) -> Row:
    """The fields of the record on a day: of a derived run, those of the row in force on that day."""
    row = record.row
    for since, later in record.later_rows:
        if since > day:
            break
        row = later
    return row


def lasting_around(record: Record) -> Record | None:
    """The record itself if it lasts, else the nearest lasting one around it, else None."""
    here: Record | None = record
    while here is not None and here.section.nature != "lasting":
        here = here.parent
    return here
