"""A case made of a JSON record: what a reader of the file would have found in it on a day.

What happened after the day is not seen, objects marked `purge` are not there, dates are day numbers, and what is
impossible is noted and not relied on.
"""

import json
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, Final, NamedTuple

from casecheck.calendar import DAYS, OPEN, UNKNOWN, birthday, in_words, iso
from casecheck.records.case import CARE_LEAVERS, NOT_HELD, Case, Note, Record, Row, Turns
from casecheck.records.coverage import Coverage, read_coverage
from casecheck.records.ending import cut, ends_with_the_one_around
from casecheck.records.schema import Section, child_sections, sections

_new_record: Final = tuple.__new__
"""A Record without the detour of its constructor: there are thousands to make."""

EMPTY: Final = UNKNOWN - 1
"""A day that is recorded as none."""


class _DateField(NamedTuple):
    """A date that is not the record's own: whether it is planned, what it cannot be earlier than."""

    name: str
    planned: bool
    not_before: str | None


class _Plan(NamedTuple):
    """What `build` needs to know of a section, worked out once.

    `other_dates` are those besides its own, `with_end` the fields that are not seen where the end is not, `left_out`
    what a section that is left out means.
    """

    section: Section
    name: str
    start: str | None
    end: str | None
    end_absent: int
    other_dates: tuple[_DateField, ...]
    with_end: tuple[str, ...]
    ends_at_18: bool
    ends_with_around: bool
    children: dict[str, "_Plan"]
    left_out: dict[str, Sequence[Record] | None]


Path = tuple[str, ...]

_Dated = tuple[int, int, Row, str]
"""A record as it will stand: its first and last day, its row, and the pointer to it."""


@cache
def _plan(path: Path, wanted: frozenset[Path] | None) -> _Plan:
    section = sections()[path]
    own = {section.start, section.end}
    fields = section.fields.values()
    held = [child for child in child_sections(path) if not child.derived]
    inner = held if wanted is None else [child for child in held if child.path in wanted]
    return _Plan(
        section,
        section.name,
        section.start,
        None if section.end == section.start else section.end,
        OPEN if section.end and section.fields[section.end].absent_is_empty else UNKNOWN,
        tuple(
            _DateField(field.name, field.planned, field.not_before)
            for field in fields
            if field.is_date and field.name not in own
        ),
        tuple(field.name for field in fields if field.recorded_with == section.end and section.end),
        section.ends_at_18,
        ends_with_the_one_around(path),
        {child.name: _plan(child.path, wanted) for child in inner},
        {child.name: () if child.absent_is_empty else None for child in inner},
    )


def build(data: Row, as_at: int, wanted: frozenset[Path] | None = None) -> Case:
    """The case that a valid record holds as at day `as_at`, without what `casecheck.records.derived` works out.

    `wanted` are the paths of the sections to build; by default all.
    """
    coverage = read_coverage(data.get("coverage"))
    notes = [Note("/coverage", message) for message in coverage.problems]
    after: set[Path] = set()
    plan = _plan((), wanted)
    details = data.get("child_details") or {}
    born, expected = _birth({} if details.get("purge") is True else details, as_at)
    eighteen = birthday(born, 18) if born is not None and born != UNKNOWN else OPEN
    builder = _Builder(as_at, eighteen, coverage, notes, after)
    root = Record(plan.section, data, 1, OPEN, None, "", 1, None, {})
    builder.hold_children(root, plan)
    return Case(data["la_child_id"], root, as_at, born, expected, eighteen, coverage, notes, after, {})


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
    after: set[Path]

    def hold_children(self, record: Record, plan: _Plan) -> None:
        """Fill `record.children` with the records of its sections."""
        children = record.children
        children.update(plan.left_out)
        for name, held in record.row.items():
            inner = plan.children.get(name)
            if inner is None or (isinstance(held, dict) and held.get("purge") is True):
                continue
            children[name] = self._records(held, inner, record) if held or isinstance(held, dict) else ()
        if self.coverage.not_held:
            for name, inner in plan.children.items():
                if inner.section.path in self.coverage.not_held and not children[name]:
                    children[name] = None

    def _records(self, held: Any, plan: _Plan, parent: Record) -> "Sequence[Record]":
        """The records of one list by date, those that are not there for a reader on the audit date left out."""
        pointer = f"{parent.pointer}/{plan.name}"
        if isinstance(held, dict):
            only = self._seen(held, plan, pointer)
            dated = [] if only is None else [only]
        else:
            dated = self._dated(held, plan, pointer)
        section, inner = plan.section, plan.children
        last = min(self.eighteen if plan.ends_at_18 else OPEN, parent.end if plan.ends_with_around else OPEN)
        if dated and last != OPEN:
            dated = self._ended_by_the_latest(dated, plan, parent)
        turns = None if section.in_turn_by is None or len(dated) < 2 else Turns(section.in_turn_by, len(dated))
        records: list[Record] = []
        previous: Record | None = None
        position, may_follow = 1, 0
        for first, last, row, place in dated:
            if turns is not None:
                position, previous, may_follow = turns.of(row, first)
            fields: Any = (section, row, first, last, parent, place, position, previous, {}, (), False, may_follow)
            record = previous = _new_record(Record, fields)
            position += 1
            records.append(record)
            if turns is not None:
                turns.took(record)
            if inner:
                self.hold_children(record, plan)
        return records

    def _dated(self, rows: list[Row | None], plan: _Plan, pointer: str) -> list[_Dated]:
        """By date; of equal dates the later end comes later, then canonical JSON decides."""
        dated: list[_Dated] = []
        in_order = True
        last_start = last_end = EMPTY
        for place, row in enumerate(rows):
            seen = None if row is None else self._seen(row, plan, f"{pointer}/{place}")
            if seen is None:
                continue
            start, end = seen[0], seen[1]
            if start < last_start or (start == last_start and end <= last_end):
                in_order = False
            last_start, last_end = start, end
            dated.append(seen)
        if not in_order:
            dated = _in_order(dated)
        return self._ended_by_the_next(dated, plan) if plan.section.one_at_a_time and len(dated) > 1 else dated

    def _seen(self, row: Row, plan: _Plan, pointer: str) -> _Dated | None:
        """The record with its dates; None if it is not there for a reader on the audit date."""
        if "purge" in row and row["purge"] is True:
            return None
        if plan.other_dates:
            row = self._without_later_dates(row, plan, pointer)
        if plan.start is None:
            return 1, OPEN, row, pointer
        text = row.get(plan.start, NOT_HELD)
        start = EMPTY if text is None else UNKNOWN if text is NOT_HELD else DAYS[text]
        end = start
        if plan.end is not None:
            text = row.get(plan.end, NOT_HELD)
            end = OPEN if text is None else plan.end_absent if text is NOT_HELD else DAYS[text]
            if self.as_at < end < OPEN:
                row = {**row, plan.end: None, **{name: None for name in plan.with_end if name in row}}
                end = OPEN
        if UNKNOWN < start <= end and start <= self.as_at and not (plan.ends_at_18 and start > self.eighteen):
            return start, end, row, pointer
        return self._untoward(start, end, row, plan, pointer)

    def _untoward(self, start: int, end: int, row: Row, plan: _Plan, pointer: str) -> _Dated | None:
        """The record where a date of its own is none, not held, impossible or later than can be seen."""
        section = plan.section
        if start > self.as_at and end in (OPEN, start, UNKNOWN):
            self.notes.append(Note(pointer, f"dated {in_words(start)}, after the audit date; not seen"))
            self.after.add(section.path)
            return None
        row = self._without_impossible_days(row, plan, pointer)
        if start == EMPTY:
            finished = section.nature == "work" and end not in (OPEN, UNKNOWN)
            if not finished and section.path != CARE_LEAVERS:
                self.notes.append(Note(f"{pointer}/{plan.start}", "has no date, so it is taken not to have happened"))
                return None
            start = UNKNOWN
        if UNKNOWN < end < start:
            message = f"ends on {in_words(end)}, before it begins on {in_words(start)}; neither date is relied on"
            self.notes.append(Note(pointer, message))
            row = {**row, plan.start or "": NOT_HELD, plan.end or "": NOT_HELD}
            start = end = UNKNOWN
        if section.ends_at_18 and start > self.eighteen and end > self.eighteen:
            self.notes.append(Note(pointer, "begins after the 18th birthday, by which it must have ended; not used"))
            return None
        return start, end, row, pointer

    def _without_impossible_days(self, row: Row, plan: _Plan, pointer: str) -> Row:
        """The row with its own dates as not held where they are no days of the calendar."""
        for name in (plan.start, plan.end):
            text = row.get(name) if name is not None else None
            if name is not None and text is not None and DAYS[text] == UNKNOWN:
                row = self._doubted(row, name, pointer, f"{text} is no day of the calendar; it is not relied on")
        return row

    def _without_later_dates(self, row: Row, plan: _Plan, pointer: str) -> Row:
        """The row with what else happened after the audit date empty, and other impossible dates as not held."""
        for name, planned, not_before in plan.other_dates:
            text = row.get(name)
            if text is None:
                continue
            day = DAYS[text]
            if day > self.as_at and not planned:
                row = {**row, name: None}
            elif day == UNKNOWN:
                row = self._doubted(row, name, pointer, f"{text} is no day of the calendar; it is not relied on")
            elif not_before is not None and day < DAYS[row.get(not_before) or ""]:
                row = self._doubted(row, name, pointer, f"{text} is earlier than {not_before}; it is not relied on")
        return row

    def _doubted(self, row: Row, name: str, pointer: str, message: str) -> Row:
        self.notes.append(Note(f"{pointer}/{name}", message))
        return {**row, name: NOT_HELD}

    def _ended_by_the_next(self, found: list[_Dated], plan: _Plan) -> list[_Dated]:
        """Of what can be in force only one at a time, one without an end ends where the next begins."""
        for place, ((start, end, row, pointer), following) in enumerate(pairwise(found)):
            no_end = end != UNKNOWN and row.get(plan.end or "") is None
            if no_end and start not in (UNKNOWN, following[0]) and end > following[0]:
                message = f"has no end, but another began on {in_words(following[0])}; taken to end then"
                self.notes.append(Note(pointer, message))
                found[place] = start, following[0], row, pointer
        return found

    def _ended_by_the_latest(self, found: list[_Dated], plan: _Plan, parent: Record) -> list[_Dated]:
        """The records ended on the 18th birthday, and with the one around, where they go on longer and must not."""
        ended: list[_Dated] = []
        for start, end, row, pointer in found:
            if plan.ends_with_around and max(start, 1) <= parent.end < end:
                row, told = cut(row, end, parent.end, plan.section, parent.section.name)
                self.notes.extend([] if told is None else [Note(pointer, told)])
                end = parent.end
            if plan.ends_at_18 and end > self.eighteen:
                end = self.eighteen
                if end <= self.as_at:
                    row = {**row, plan.end or "": iso(end)}
            ended.append((start, end, row, pointer))
        return ended


def _in_order(found: list[_Dated]) -> list[_Dated]:
    ordered: list[_Dated] = []
    for _, alike in groupby(sorted(found, key=_days), key=_days):
        ordered.extend(sorted(alike, key=_canonical))
    return ordered


_days = itemgetter(0, 1)


def _canonical(found: _Dated) -> str:
    return json.dumps(found[2], sort_keys=True, default=str)
