"""Leaving care, worked out once: who is eligible from when, and what that makes of the young person on each day.

- A **care leaver** is eligible from the first day in care, not before the 16th birthday, with 91 days of care since the
  14th behind it (short breaks, legal status V3 and V4, left out), to the 21st birthday (Children Act 1989, schedule 2,
  paragraph 19B; Care Planning, Placement and Case Review (England) Regulations 2010, regulation 40). What the record
  states of either day goes before.
- Within that time a **status** is `eligible` while in care and under 18, `relevant` while out of care and under 18, and
  `former_relevant` from the 18th birthday on (Children Act 1989, sections 23A and 23C). On a day that two share, as the
  day on which care ends, the later holds.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from casecheck.calendar import OPEN, UNKNOWN, birthday, in_words, iso
from casecheck.records.case import CARE_LEAVERS, NOT_HELD, Case, Note, Record, moved, numbered
from casecheck.records.ending import ended_with, ends_with_the_one_around
from casecheck.records.schema import child_sections, sections

EPISODES: Final = "social_care_episodes"
ROWS: Final = "child_looked_after_placements"
STATUSES: Final = "leaving_care_statuses"
SHORT_BREAKS: Final = frozenset(("V3", "V4"))
DAYS_OF_CARE: Final = 91

Span = tuple[int, int]
Stretch = tuple[int, int, object]
"""First day, last day and status (NOT_HELD where it cannot be told)."""


def derive_leaving_care(case: Case, episodes: Sequence[Record]) -> None:
    """One record of leaving care a child, in place, with what every episode's `care_leavers` object holds.

    The episodes have their care periods and legal statuses already.
    """
    stated = [record for episode in episodes for record in episode.children.get("care_leavers") or ()]
    explicit = next((record for record in stated if record.start != UNKNOWN), None)
    home, start = (explicit.parent, explicit.start) if explicit else _eligible(case, episodes, bool(stated))
    for episode in episodes:
        episode.children["care_leavers"] = []
    if home is not None and start is not None:
        record = _care_leaver(case, home, start, stated, explicit)
        record.children[STATUSES] = _statuses(case, record, episodes)
        home.children["care_leavers"] = [record]


def _care_leaver(case: Case, home: Record, start: int, stated: list[Record], explicit: Record | None) -> Record:
    own = next((record for record in stated if record.parent is home), stated[0] if stated else None)
    end = _end(case, start, stated)
    if end == UNKNOWN:
        start = UNKNOWN
    rows = home.children.get(ROWS) or ()
    pointer = own.pointer if own else rows[0].pointer if rows else home.pointer
    children: dict[str, Sequence[Record] | None] = {}
    record = Record(sections()[CARE_LEAVERS], own.row if own else {}, start, end, home, pointer, 1, None, children)
    for section in child_sections(CARE_LEAVERS):
        if section.derived:
            continue
        lists = [held for each in stated if (held := each.children.get(section.name)) is not None]
        merged = sorted((each for held in lists for each in held), key=attrgetter("start", "end"))
        if ends_with_the_one_around(section.path):
            merged = [ended_with(case, each, record) for each in merged]
        children[section.name] = numbered([moved(each, record) for each in merged]) if lists else None
    return record


def _end(case: Case, start: int, stated: list[Record]) -> int:
    """The last day: the latest that is stated, else the 21st birthday (OPEN where that is not known).

    UNKNOWN where it is stated to be before the day, worked out, on which it begins.
    """
    told = max((record for record in stated if UNKNOWN < record.end < OPEN), key=attrgetter("end"), default=None)
    if told is None:
        return OPEN if case.born is None or case.born == UNKNOWN else birthday(case.born, 21)
    if told.end >= start:
        return told.end
    message = f"ends on {in_words(told.end)}, before it begins on {in_words(start)}; neither date is relied on"
    case.notes.append(Note(told.pointer, message))
    return UNKNOWN


def _eligible(case: Case, episodes: Sequence[Record], stated: bool) -> tuple[Record | None, int | None]:
    """The episode in which the child became eligible and the day: UNKNOWN where it cannot be told, None if never."""
    if case.born is None or not episodes:
        return None, None
    if case.born == UNKNOWN:
        never_in_care = not stated and all(episode.children.get("care_periods") == [] for episode in episodes)
        return (None, None) if never_in_care else (episodes[-1], UNKNOWN)
    fourteen, sixteen, eighteen = (birthday(case.born, age) for age in (14, 16, 18))
    last = min(case.as_at, eighteen - 1)
    if sixteen > case.as_at:
        return None, None
    care, doubtful, unsure = _care_days(episodes)
    sure = _first_eligible(care, fourteen, sixteen, last)
    possible = _first_eligible(sorted(care + doubtful), fourteen, sixteen, last)
    unsure = unsure or case.coverage.since.get((EPISODES, ROWS), 0) > fourteen
    if sure != sixteen and (sure != possible or unsure or (sure is None and stated)):
        return episodes[-1], UNKNOWN
    if sure is None:
        return None, None
    return next((episode for episode in episodes if episode.start <= sure <= episode.end), episodes[-1]), sure


def _care_days(episodes: Sequence[Record]) -> tuple[list[Span], list[Span], bool]:
    """Spans of days in care that are no short breaks, those of which that is not known, and whether more may be
    held.
    """
    care: list[Span] = []
    doubtful: list[Span] = []
    unsure = False
    for episode in episodes:
        periods = episode.children.get("care_periods")
        if periods is None:
            unsure = True
            continue
        statuses = episode.children.get("legal_statuses")
        for period in periods:
            if UNKNOWN in (period.start, period.end):
                unsure = True
                continue
            unsure = unsure or period.began_before
            span = (period.start, period.end)
            if statuses is None or any(record.start == UNKNOWN for record in statuses):
                doubtful.append(span)
            else:
                short = [(each.start, each.end) for each in statuses if each.row.get("legal_status") in SHORT_BREAKS]
                care.extend(_without(span, sorted(short)))
    return sorted(care), doubtful, unsure


def _without(span: Span, cuts: list[Span]) -> list[Span]:
    """The span without the days of the cuts; a day on which a short break ends and other care begins stays."""
    start, end = span
    left: list[Span] = []
    for cut_start, cut_end in cuts:
        if cut_end <= start or cut_start > end:
            continue
        if cut_start > start:
            left.append((start, cut_start - 1))
        start = max(start, cut_end)
    if start < end or not cuts:
        left.append((start, end))
    return left


def _first_eligible(care: list[Span], fourteen: int, sixteen: int, last: int) -> int | None:
    """The first day in care from the 16th birthday to `last` with 91 days of care since the 14th behind it."""
    behind, seen = 0, fourteen
    for start, end in care:
        start = max(start, seen)
        if end < start:
            continue
        first = max(sixteen, start, start + DAYS_OF_CARE - behind)
        if first <= min(end, last):
            return first
        behind += end - start + 1
        seen = end + 1
    return None


# --- statuses ---------------------------------------------------------------------------------------------------------


def _statuses(case: Case, leaver: Record, episodes: Sequence[Record]) -> list[Record]:
    """What the young person is on each day of leaving care: one stretch after another, as seen on the audit date."""
    section = sections()[(*CARE_LEAVERS, STATUSES)]
    found: list[Record] = []
    for start, end, status in _stretches(case, leaver, episodes):
        if start <= case.as_at:
            row = {"start_date": _text(start), "end_date": None if end == OPEN else _text(end), "status": status}
            found.append(Record(section, row, start, end, leaver, leaver.pointer, 1, None, {}))
    return numbered(found)


def _text(day: int) -> object:
    return NOT_HELD if day == UNKNOWN else iso(day)


def _stretches(case: Case, leaver: Record, episodes: Sequence[Record]) -> list[Stretch]:
    start, end = leaver.start, leaver.end
    if start == UNKNOWN or case.born is None or case.born == UNKNOWN:
        return [(start, end, NOT_HELD)]
    eighteen = birthday(case.born, 18)
    stretches: list[Stretch] = []
    if start < eighteen:
        until = min(end, eighteen)
        care = _care_since(case, start, episodes)
        stretches = [(start, until, NOT_HELD)] if care is None else _in_and_out_of_care(care, start, until)
    if end > eighteen:
        stretches.append((max(start, eighteen), end, "former_relevant"))
    return stretches


def _care_since(case: Case, start: int, episodes: Sequence[Record]) -> list[Span] | None:
    """Spans of days in care, short breaks left out; None where care since `start` is not known."""
    periods = [period for episode in episodes for period in episode.children.get("care_periods") or ()]
    not_held = any(episode.children.get("care_periods") is None for episode in episodes)
    undated = any(period.start == UNKNOWN or period.end == UNKNOWN for period in periods)
    if not_held or undated or case.coverage.since.get((EPISODES, ROWS), 0) > start:
        return None
    care, doubtful, _ = _care_days(episodes)
    return sorted(care + doubtful)


def _in_and_out_of_care(care: list[Span], start: int, until: int) -> list[Stretch]:
    stretches: list[Stretch] = []
    day = start
    for first, last in care:
        first, last = max(first, day), min(last, until)
        if last <= day or first >= until:
            continue
        if first > day:
            stretches.append((day, first, "relevant"))
        if stretches and stretches[-1][2] == "eligible":
            first = stretches.pop()[0]
        stretches.append((first, last, "eligible"))
        day = last
    if day < until:
        stretches.append((day, until, "relevant"))
    return stretches
