"""Which date or field of a record is not held, or impossible: where it should stand, and what would be right."""

from collections.abc import Iterator
from typing import Final

from casecheck.calendar import DAYS, OPEN, UNKNOWN
from casecheck.explaining.model import Missing
from casecheck.records.case import CARE_LEAVERS, NOT_HELD, Record, row_on
from casecheck.records.schema import Section
from casecheck.rules.flag_words import flag_clause
from casecheck.rules.record_words import field_noun, moment, sentence_noun

ROWS: Final = "child_looked_after_placements"
BIRTH: Final = Missing("/child_details/date_of_birth", "the date of birth is not held", "the date of birth")


def field_missing(record: Record, name: str, day: int) -> Missing:
    """That the value of a field is left out on the day, or a date that cannot be."""
    if record.section.path[:2] == CARE_LEAVERS and record.section.derived:
        return _time_in_care(record)
    name = "placement_type" if name == "placed_with" else name
    row, pointer, noun = row_on(record, day), f"{pointer_on(record, day)}/{name}", _noun(record.section, name)
    if name not in row:
        return Missing(pointer, f"{noun} is not held: it is left out", "its value, or null if nothing was recorded")
    if row[name] is NOT_HELD:
        return Missing(pointer, f"{noun} is impossible, and is not relied on", "the right day")
    return Missing(pointer, f"{noun} is recorded as empty", "the day")


def _noun(section: Section, name: str) -> str:
    """What stands in a field: `the start of the placement`, `whether the plan is specific`, `the legal status`."""
    it = f"the {sentence_noun(section).one}"
    field = section.fields[name]
    if field.types == ("boolean",) or field.types == ("boolean", "null"):
        return f"whether {flag_clause(name, field.title, True, it)}"
    if not field.is_date:
        noun = field_noun(section, name)
        return noun if noun.startswith(("who ", "how ", "what ")) else f"the {noun}"
    day = moment(section, name, it)
    is_day = any(word in day for word in ("the day ", " date ", "the start ", "the end "))
    return day if is_day else f"the day of {day}"


def pointer_on(record: Record, day: int) -> str:
    """The pointer to the row of a derived run that holds on the day, where that is a placement row."""
    since = max((each for each, _ in record.later_rows if each <= day), default=None)
    row = row_on(record, day)
    rows = (
        each.pointer
        for each in _rows_of(record)
        if each.start == since and (each.row is row or record.section.name == "placements")
    )
    return next(rows, record.pointer)


def _rows_of(record: Record) -> Iterator[Record]:
    """The placement rows beside a record that is worked out of them."""
    yield from (record.parent.children.get(ROWS) if record.parent is not None else None) or ()


def own_dates_missing(record: Record) -> list[Missing]:
    """The dates of the record's own that are not known."""
    if record.section.path[:2] == CARE_LEAVERS and record.start == UNKNOWN:
        return [BIRTH] if _birth_unknown(record) else [_time_in_care(record)]
    found = list(_rows_without_dates(record)) if record.section.name == "care_periods" else []
    if not found:
        found = [field_missing(record, name, day) for name, day in _unknown_dates(record)]
    if record.began_before:
        said = "it goes on from an earlier one that is not held, so its start is not known"
        found.append(Missing(record.pointer, said, "what was there before it"))
    return found


def _unknown_dates(record: Record) -> list[tuple[str, int]]:
    """The fields of the record's own dates that are not known, each with a day on which the row holds that has it."""
    section = record.section
    dates = {section.end: (record.end, OPEN), section.start: (record.start, 0)}
    return [(name, on) for name, (day, on) in dates.items() if name is not None and day == UNKNOWN]


def _rows_without_dates(record: Record) -> Iterator[Missing]:
    """The rows whose dates are not known, so that when care began or ended is not."""
    if UNKNOWN in (record.start, record.end):
        for row in _rows_of(record):
            for name, day in _unknown_dates(row):
                yield field_missing(row, name, day)


def _time_in_care(record: Record) -> Missing:
    """That it cannot be told from the placement rows on which days the young person was in care."""
    home = record
    while len(home.section.path) > 1 and home.parent is not None:
        home = home.parent
    said = "it is not known on which days the young person was in care, so neither is what that gives a right to"
    return Missing(f"{home.pointer}/{ROWS}", said, "every row of placements, with its dates")


def _birth_unknown(record: Record) -> bool:
    root = record
    while root.parent is not None:
        root = root.parent
    details = root.row.get("child_details") or {}
    return DAYS[details.get("date_of_birth") or ""] == UNKNOWN


def ends_missing(ending: list[Record]) -> list[Missing]:
    """The dates that are not known of the records with one of which a duty ends."""
    return [missing for each in ending for missing in own_dates_missing(each) if UNKNOWN in (each.start, each.end)]
