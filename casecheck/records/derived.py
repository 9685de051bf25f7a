"""What a source leaves to be worked out, worked out once: placements, care periods, legal statuses, care leavers.

- A **placement** is a run of placement rows, joined where a row's start reason is L, T or U and it starts on the
  earlier one's end, since a new legal status or a carer's new address is no new placement.
- A **care period** runs from a row that starts with S to one that ends for another reason than X1.
- **Legal statuses** are runs: adjoining rows of one status are one. Where the source holds them only on placement rows,
  they are read from those.
- A **care leaver** is eligible from the first day in care, not before the 16th birthday, with 91 days of care since the
  14th behind it (short breaks, legal status V3 and V4, left out), to the 21st birthday (Children Act 1989, schedule 2,
  paragraph 19B; Care Planning, Placement and Case Review (England) Regulations 2010, regulation 40).

The reasons and codes are those of the SSDA903 return, which the DfE payload uses too.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from casecheck.calendar import OPEN, UNKNOWN, birthday
from casecheck.records.case import CARE_LEAVERS, NOT_HELD, Case, Record, numbered
from casecheck.records.schema import Section, child_sections, sections

EPISODES: Final = "social_care_episodes"
ROWS: Final = "child_looked_after_placements"
SAME_PLACEMENT: Final = frozenset("LTU")
SHORT_BREAKS: Final = frozenset(("V3", "V4"))
DAYS_OF_CARE: Final = 91
OF_THE_FIRST_ROW: Final = ("start_date", "start_reason", "planned_entry_flag")
OF_THE_LAST_ROW: Final = ("end_date", "end_reason", "health_history_given_date")

_PLACED_WITH: Final = (
    (("P1",), "parent"),
    (("A3", "A4", "A5", "A6"), "adoption"),
    (("F", "Q", "U"), "foster_care"),
    (("K1", "K2", "H5", "R1"), "childrens_home"),
)

Span = tuple[int, int]


def derive(case: Case) -> Case:
    """Add to each episode of the case its derived sections, in place; returns the case."""
    episodes = case.root.children.get(EPISODES) or []
    for episode in episodes:
        rows = episode.children.get(ROWS)
        statuses = _legal_statuses(episode, rows)
        episode.children["legal_statuses"] = statuses
        if rows is None:
            episode.children["placements"] = episode.children["care_periods"] = None
        else:
            episode.children["placements"] = _placements(episode, rows)
            episode.children["care_periods"] = _care_periods(episode, rows)
    _care_leavers(case, episodes)
    return case


def _section(name: str) -> Section:
    return sections()[(EPISODES, name)]


def placed_with(code: object) -> object:
    """Whom a child is placed with, from the placement code: `parent`, `adoption`, `foster_care`, `childrens_home`,
    `other`; what is not held or empty stays so.
    """
    if not isinstance(code, str):
        return code
    for starts, word in _PLACED_WITH:
        if code.startswith(starts):
            return word
    return "other"


def _with_setting(record: Record) -> dict[str, object]:
    return {**record.row, "placed_with": placed_with(record.row.get("placement_type", NOT_HELD))}


def _placements(episode: Record, rows: list[Record]) -> list[Record]:
    section = _section("placements")
    runs: list[list[Record]] = []
    for row in rows:
        joins = runs and row.start != UNKNOWN and row.start == runs[-1][-1].end
        if joins and row.row.get("start_reason") in SAME_PLACEMENT:
            runs[-1].append(row)
        else:
            runs.append([row])
    return numbered([_placement(section, episode, run) for run in runs])


def _placement(section: Section, episode: Record, run: list[Record]) -> Record:
    first = run[0]
    return Record(
        section=section,
        row=_with_setting(first),
        start=first.start,
        end=run[-1].end,
        parent=episode,
        pointer=first.pointer,
        position=1,
        previous=None,
        children={},
        later_rows=tuple((row.start, _with_setting(row)) for row in run[1:]),
        began_before=first.row.get("start_reason") in SAME_PLACEMENT,
    )


def _care_periods(episode: Record, rows: list[Record]) -> list[Record]:
    """Runs from a row that starts with S to one that ends care. A row without known dates doubts only an open end."""
    section = _section("care_periods")
    dated = [row for row in rows if row.start != UNKNOWN]
    undated = [row for row in rows if row.start == UNKNOWN]
    periods: list[list[Record]] = []
    for row in dated:
        if not periods or row.row.get("start_reason") == "S" or _ends_care(periods[-1], row):
            periods.append([row])
        else:
            periods[-1].append(row)
    found = [_care_period(section, episode, period, following) for period, following in _with_next(periods)]
    if undated:
        if found and found[-1].end == OPEN:
            found[-1] = found[-1]._replace(end=UNKNOWN)
        starts = [row for row in undated if row.row.get("start_reason") == "S"]
        found = [_care_period(section, episode, [row], None) for row in starts] + found
    return numbered(found)


def _with_next(periods: list[list[Record]]) -> Iterable[tuple[list[Record], list[Record] | None]]:
    return zip(periods, [*periods[1:], None], strict=False)


def _ends_care(period: list[Record], following: Record) -> bool:
    """Whether care had ended by the last-ending row of the period before the following row began."""
    last = max(period, key=lambda row: row.end)
    if last.end == OPEN or last.end > following.start:
        return False
    reason = last.row.get("end_reason")
    return reason not in (None, "X1") or (reason is None and last.end < following.start)


def _care_period(section: Section, episode: Record, period: list[Record], following: list[Record] | None) -> Record:
    first, last = period[0], max(period, key=lambda row: row.end)
    end = last.end
    if following is not None and end > following[0].start:
        end = following[0].start
    elif following is None and UNKNOWN < end < OPEN and last.row.get("end_reason") == "X1":
        end = UNKNOWN
    row = {name: first.row.get(name, NOT_HELD) for name in OF_THE_FIRST_ROW}
    row |= {name: last.row.get(name, NOT_HELD) for name in OF_THE_LAST_ROW}
    reason = first.row.get("start_reason", "S")
    return Record(
        section, row, first.start, end, episode, first.pointer, 1, None, {}, began_before=reason not in (None, "S")
    )


def _legal_statuses(episode: Record, rows: list[Record] | None) -> list[Record] | None:
    section = _section("legal_statuses")
    held = episode.children.get("legal_statuses")
    if held is None:
        stated = [row for row in rows or () if row.row.get("legal_status") is not None]
        if not stated:
            return None
        held = [Record(section, row.row, row.start, row.end, episode, row.pointer, 1, None, {}) for row in stated]
    runs: list[Record] = []
    for record in held:
        last = runs[-1] if runs else None
        same = last is not None and last.row.get("legal_status") == record.row.get("legal_status")
        if (
            last is not None
            and same
            and record.start != UNKNOWN
            and last.end > UNKNOWN
            and record.start <= last.end + 1
        ):
            runs[-1] = last._replace(
                end=max(last.end, record.end), later_rows=(*last.later_rows, (record.start, record.row))
            )
        else:
            runs.append(record)
    return numbered(runs) if len(runs) != len(held) or held is not episode.children.get("legal_statuses") else held


def _care_leavers(case: Case, episodes: list[Record]) -> None:
    """One record of leaving care a child, with what every episode's `care_leavers` object holds."""
    stated = [record for episode in episodes for record in episode.children.get("care_leavers") or ()]
    explicit = next((record for record in stated if record.start != UNKNOWN), None)
    if not stated and case.born == UNKNOWN:
        return
    home, start = (explicit.parent, explicit.start) if explicit else _eligible(case, episodes, bool(stated))
    for episode in episodes:
        episode.children["care_leavers"] = []
    if home is not None and start is not None:
        home.children["care_leavers"] = [_care_leaver(case, home, start, stated, explicit)]


def _care_leaver(case: Case, home: Record, start: int, stated: list[Record], explicit: Record | None) -> Record:
    end = explicit.end if explicit and explicit.end != UNKNOWN else OPEN
    if end == OPEN and case.born is not None and case.born != UNKNOWN:
        end = birthday(case.born, 21)
    own = next((record for record in stated if record.parent is home), stated[0] if stated else None)
    rows = home.children.get(ROWS) or ()
    pointer = own.pointer if own else rows[0].pointer if rows else home.pointer
    children: dict[str, list[Record] | None] = {}
    record = Record(sections()[CARE_LEAVERS], own.row if own else {}, start, end, home, pointer, 1, None, children)
    for section in child_sections(CARE_LEAVERS):
        lists = [held for each in stated if (held := each.children.get(section.name)) is not None]
        merged = sorted((each for held in lists for each in held), key=attrgetter("start", "end"))
        children[section.name] = numbered([_moved(each, record) for each in merged]) if lists else None
    return record


def _moved(record: Record, parent: Record) -> Record:
    """The record, with all that it holds, beneath another parent."""
    moved = record._replace(parent=parent, children={})
    for name, held in record.children.items():
        moved.children[name] = None if held is None else numbered([_moved(each, moved) for each in held])
    return moved


def _eligible(case: Case, episodes: list[Record], stated: bool) -> tuple[Record | None, int | None]:
    """The episode in which the child became eligible and the day: UNKNOWN where it cannot be told, None if never."""
    if case.born is None or not episodes:
        return None, None
    if case.born == UNKNOWN:
        return episodes[-1], UNKNOWN
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


def _care_days(episodes: list[Record]) -> tuple[list[Span], list[Span], bool]:
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
