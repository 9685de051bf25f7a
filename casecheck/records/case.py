"""A case as a reader of the file would have found it on a day: a tree of records, and how to find one from another.

`casecheck.records.building` makes it of a JSON record, `casecheck.records.derived` adds what is worked out of it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Final, NamedTuple

from casecheck.records.coverage import Coverage
from casecheck.records.schema import Section

Row = Mapping[str, Any]

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
    completed). `position` is 1 for the first of its list by date, and `previous` the one before it, both of those in
    turn with it where the schema says so (`Turns`). `children` holds its sections by name; None for one that the source
    does not hold. `later_rows` are the rows that follow `row` in a derived run, each with the day from which it holds.
    `began_before` says that it began before `start`, on a day that is not held. `may_follow` is the number of records
    that may come before it besides; where there are any, `previous` is None if any of them may be the one.
    """

    section: Section
    row: Row
    start: int
    end: int
    parent: "Record | None"
    pointer: str
    position: int
    previous: "Record | None"
    children: dict[str, "Sequence[Record] | None"]
    later_rows: tuple[tuple[int, Row], ...] = ()
    began_before: bool = False
    may_follow: int = 0


class Case(NamedTuple):
    """One child's record as at a day.

    `born` and `expected` (to be born) are day numbers, None where there is none; `born` is UNKNOWN where not held.
    `eighteen` is the 18th birthday, OPEN where it is not known. `after` are the paths of the sections of which a record
    is not seen since its own date lies after the audit date. `lists` keeps the records of a section of the whole child
    for the next rule that asks for them.
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
    lists: dict[tuple[str, ...], "Found"]


class Turn(NamedTuple):
    """The place of a record in its list, as a `Record` holds it."""

    position: int
    previous: Record | None
    may_follow: int


class Turns:
    """The places of the records of one list among those that are in turn with them: the same in a field.

    What is recorded as null is the same as null. A record whose field is not held may be in turn with any, and one
    without a date may stand before any.
    """

    def __init__(self, field: str, number: int) -> None:
        self._field = field
        self._number = number
        self._last: dict[Any, Record] = {}
        self._loose: dict[Any, int] = {}
        self._undated: set[Any] = set()

    def of(self, row: Row, start: int) -> Turn:
        """The place of the next record, by date, as far as those before it tell."""
        own = row.get(self._field, NOT_HELD)
        if start < 1:
            return Turn(1, None, self._number - 1)
        if own is NOT_HELD:
            return Turn(1, None, sum(self._loose.values()) + sum(each.position for each in self._last.values()))
        last = self._last.get(own)
        may_follow = self._loose.get(own, 0) + self._loose.get(NOT_HELD, 0)
        if last is None:
            return Turn(1, None, may_follow)
        is_sure = may_follow == last.may_follow and self._undated.isdisjoint((own, NOT_HELD))
        return Turn(last.position + 1, last if is_sure else None, may_follow)

    def took(self, record: Record) -> None:
        """Remember the record, which stands where `of` said."""
        own = record.row.get(self._field, NOT_HELD)
        if record.start >= 1 and own is not NOT_HELD:
            self._last[own] = record
            return
        self._loose[own] = self._loose.get(own, 0) + 1
        if record.start < 1:
            self._undated.add(own)


def numbered(records: list[Record]) -> list[Record]:
    """The records of a derived section with their positions (1 for the first) and each one's predecessor."""
    field = records[0].section.in_turn_by if records else None
    turns = None if field is None else Turns(field, len(records))
    previous: Record | None = None
    result: list[Record] = []
    for position, record in enumerate(records, 1):
        if turns is not None:
            record = record._replace(**turns.of(record.row, record.start)._asdict())
            turns.took(record)
        elif position > 1:
            record = record._replace(position=position, previous=previous)
        result.append(record)
        previous = record
    return result


def moved(record: Record, parent: Record) -> Record:
    """The record, with all that it holds, beneath another parent."""
    there = record._replace(parent=parent, children={})
    for name, held in record.children.items():
        there.children[name] = None if held is None else numbered([moved(each, there) for each in held])
    return there


Found = tuple[Sequence[Record], Sequence[Record]]
"""The records of a section by date, and those that should hold the section but whose source does not."""

Fetch = Callable[[Record], Found]


@cache
def compile_fetch(path: tuple[str, ...], target: tuple[str, ...]) -> Fetch:
    """The function that finds, for a record of the section at `path`, the records of the section at `target`.

    They lie beneath the record itself or the nearest record around it that can hold them.
    """
    shared = max(length for length in range(min(len(path) + 1, len(target))) if path[:length] == target[:length])
    levels, first, deeper = len(path) - shared, target[shared], target[shared + 1 :]

    def fetch(record: Record) -> Found:
        holder: Record | None = record
        for _ in range(levels):
            holder = holder.parent if holder is not None else None
        if holder is None:
            return (), ()
        held = holder.children.get(first)
        if held is None:
            return (), (holder,)
        return (held, ()) if not deeper or not held else _beneath(held, deeper)

    return fetch


def _beneath(found: Sequence[Record], names: tuple[str, ...]) -> Found:
    lacking: list[Record] = []
    ordered = True
    for name in names:
        below: list[Record] = []
        holders = 0
        for each in found:
            held = each.children.get(name)
            if held is None:
                lacking.append(each)
            elif held:
                below.extend(held)
                holders += 1
        ordered = ordered and holders < 2
        found = below
    return (found if ordered else sorted(found, key=attrgetter("start", "end"))), lacking


def of_the_child(case: Case, path: tuple[str, ...]) -> Found:
    """The records of the section at `path` of the whole child."""
    found = case.lists.get(path)
    if found is None:
        found = case.lists[path] = compile_fetch((), path)(case.root)
    return found


def alone(case: Case, records: Found, path: tuple[str, ...]) -> Case:
    """The case to a rule on the section at `path` as if that held these records only; conditions see the whole."""
    return case._replace(lists={path: records})


def release(case: Case) -> None:
    """Take the case apart, so that its memory is free at once: records and what holds them point to each other."""
    held = [case.root]
    while held:
        children = held.pop().children
        for records in children.values():
            if records:
                held.extend(records)
        children.clear()
    case.lists.clear()


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
