"""When what lasts ends at the latest: with what is around it, and plans for a child in care with that time in care.

Nothing lasts longer than the lasting record around it: a plan that nobody closed ends with the case. What the schema
marks with `x-outlasts` goes on all the same. What it marks with `x-ends-with: care_periods` (a care plan) ends with the
period of care in which it began, or with the next one where it began before (a plan may be made before the first
placement), where periods of care are held.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

from casecheck.calendar import OPEN, UNKNOWN, in_words, iso
from casecheck.records.case import NOT_HELD, Case, Note, Record, Row, moved, numbered
from casecheck.records.schema import Section, sections

_CALLED: Final = {
    "social_care_episodes": "the case",
    "care_leavers": "the time of leaving care",
    "care_periods": "the time in care",
}
_CLOSED_BY: Final = ("end_date", "closure_date")
"""Fields that people fill to close a record. An adopted child's decision, never reversed, was not left open."""

CARE_PERIODS: Final = "care_periods"

Path = tuple[str, ...]


@cache
def ending_with_care() -> tuple[Path, ...]:
    """The paths of the sections whose records end with a period of care at the latest, in the schema's order."""
    return tuple(path for path, section in sections().items() if section.ends_with == CARE_PERIODS)


@cache
def ends_with_the_one_around(path: Path) -> bool:
    """Whether what lasts of the section at `path` ends with the lasting record around it, and with nothing else."""
    section = sections()[path]
    lasts = bool(path) and section.nature == "lasting" and sections()[path[:-1]].nature == "lasting"
    return lasts and section.ends_with is None and not section.outlasts


def cut(row: Row, end: int, last: int, section: Section, around: str) -> tuple[Row, str | None]:
    """The row of a record that ends on `last` instead of its own `end`, with what around it ends then; and a note of
    that, unless one has been made already, since another record was taken to end it.
    """
    name = section.end or ""
    called = _CALLED.get(around, around)
    if row.get(name) is not None:
        message = f"ends on {in_words(end)}, after {called}; taken to end with {called} on {in_words(last)}"
    else:
        message = f"was never closed; taken to end with {called} on {in_words(last)}"
    told = row.get(name) is not None or (end == OPEN and name in _CLOSED_BY)
    return {**row, name: iso(last)}, message if told else None


def end_with_care(case: Case, episode: Record) -> None:
    """End what ends with care at the latest, in place; the episode has its periods of care."""
    periods = episode.children.get(CARE_PERIODS)
    if episode.end == OPEN and not periods:
        return
    for path in ending_with_care():
        held = episode.children.get(path[-1])
        if held and path[:-1] == episode.section.path:
            ended = [_ended(case, record, episode, periods or ()) for record in held]
            if any(new is not old for new, old in zip(ended, held, strict=True)):
                episode.children[path[-1]] = numbered([moved(record, episode) for record in ended])


def _ended(case: Case, record: Record, episode: Record, periods: Sequence[Record]) -> Record:
    period = _period_of(record, periods)
    if period is not None and period.end == UNKNOWN and record.end == OPEN:
        return record._replace(end=UNKNOWN, row={**record.row, record.section.end or "": NOT_HELD})
    return ended_with(case, record, episode if period is None or UNKNOWN < episode.end < period.end else period)


def ended_with(case: Case, record: Record, around: Record) -> Record:
    """The record as it is where it ends with the one around it at the latest; itself where it ends no later.

    An end that is known beforehand (an 18th birthday) is not recorded yet.
    """
    last = around.end
    if not max(record.start, 1) <= last < record.end:
        return record
    if last > case.as_at:
        return record._replace(end=last)
    row, message = cut(record.row, record.end, last, record.section, around.section.name)
    if message is not None:
        case.notes.append(Note(record.pointer, message))
    return record._replace(end=last, row=row)


def _period_of(record: Record, periods: Sequence[Record]) -> Record | None:
    """The period of care in which the record began, else the next; None where there is none, or it is not known."""
    if record.start == UNKNOWN or not periods or periods[0].start == UNKNOWN:
        return None
    standing = [each for each in periods if each.start <= record.start and (each.end >= record.start or each.end < 1)]
    return standing[-1] if standing else next((each for each in periods if each.start > record.start), None)
