"""What a source leaves to be worked out, worked out once: placements, care periods, legal statuses.

- A **placement** is a run of placement rows, joined where a row's start reason is L, T or U and it starts on the
  earlier one's end, since a new legal status or a carer's new address is no new placement. It goes on through a
  temporary stay (codes T0 to T4, as in hospital or on holiday) once a row without a gap brings the child back to it.
- A **care period** runs from a row that starts with S to one that ends for another reason than X1.
- **Legal statuses** are runs: adjoining rows of one status are one. Where the source holds them only on placement rows,
  they are read from those; a child of no placement has none.
- What ends with care at the latest is ended then: `casecheck.records.ending`.
- **Leaving care** is worked out from these: `casecheck.records.leaving_care`.

The reasons and codes are those of the SSDA903 return, which the DfE payload uses too.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from casecheck.calendar import OPEN, UNKNOWN, iso
from casecheck.records.building import build
from casecheck.records.case import NOT_HELD, Case, Note, Record, Row, numbered
from casecheck.records.coverage import WHOLE
from casecheck.records.ending import end_with_care, ending_with_care
from casecheck.records.leaving_care import EPISODES, ROWS, derive_leaving_care
from casecheck.records.schema import Section, sections

SAME_PLACEMENT: Final = frozenset("LTU")
TEMPORARY: Final = frozenset(("T0", "T1", "T2", "T3", "T4"))
PROVIDER: Final = ("placement_urn", "placement_provider")
OF_THE_FIRST_ROW: Final = ("start_date", "start_reason", "planned_entry_flag")
OF_THE_LAST_ROW: Final = ("end_date", "end_reason", "health_history_given_date")

Path = tuple[str, ...]

DERIVED: Final = frozenset(
    (EPISODES, name) for name in ("placements", "care_periods", "legal_statuses", "care_leavers")
)
"""The sections that are worked out, or completed, here."""

NOTHING_DERIVED: Final[dict[str, Sequence[Record]]] = {name: () for _, name in DERIVED}

NEEDED: Final = frozenset({(EPISODES,), (EPISODES, ROWS), (EPISODES, "legal_statuses"), (EPISODES, "care_leavers")})
"""The sections of which they are."""

_PLACED_WITH: Final = (
    (("P1",), "parent"),
    (("A3", "A4", "A5", "A6"), "adoption"),
    (("F", "Q", "U"), "foster_care"),
    (("K1", "K2", "H3", "H4"), "childrens_home"),
)


def case_as_at(data: Row, as_at: int, wanted: frozenset[Path] | None = None) -> Case:
    """The case that a valid record holds for a reader on the day `as_at`, with what is worked out of it.

    `wanted` are the paths of the sections that will be read; by default all.
    """
    case = build(data, as_at, None if wanted is None else _needed_for(wanted))
    if wanted is None or not _worked_on().isdisjoint(wanted):
        derive(case)
    return case


@cache
def _worked_on() -> frozenset[Path]:
    return DERIVED.union(ending_with_care())


@cache
def _needed_for(wanted: frozenset[Path]) -> frozenset[Path]:
    """The sections to build so that those wanted can be worked out."""
    return wanted if _worked_on().isdisjoint(wanted) else wanted | NEEDED


def derive(case: Case) -> None:
    """Add to each episode of the case its derived sections, and end what ends with care, in place."""
    episodes = case.root.children.get(EPISODES) or ()
    if case.coverage is WHOLE and all(_never_in_care(episode) for episode in episodes):
        for episode in episodes:
            episode.children.update(NOTHING_DERIVED)
            end_with_care(case, episode)
        return
    for episode in episodes:
        rows = episode.children.get(ROWS)
        statuses = _legal_statuses(case, episode, rows)
        episode.children["legal_statuses"] = statuses
        if rows is None:
            episode.children["placements"] = episode.children["care_periods"] = None
        else:
            episode.children["placements"] = _placements(episode, rows)
            episode.children["care_periods"] = _care_periods(case, episode, rows)
        end_with_care(case, episode)
    derive_leaving_care(case, episodes)


def _never_in_care(episode: Record) -> bool:
    """Whether there is nothing to work out: no placement rows, where the source holds them, nor what goes with them."""
    children = episode.children
    return children.get(ROWS) == () and not children.get("legal_statuses") and not children.get("care_leavers")


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


def _placements(episode: Record, rows: Sequence[Record]) -> list[Record]:
    section = _section("placements")
    runs: list[list[Record]] = []
    for row in rows:
        joins = bool(runs) and row.start != UNKNOWN and row.start == runs[-1][-1].end
        if joins and row.row.get("start_reason") in SAME_PLACEMENT:
            runs[-1].append(row)
            continue
        back = _returned_to(runs, row) if joins else None
        if back is None:
            runs.append([row])
        else:
            runs[back:] = [[*(each for run in runs[back:] for each in run), row]]
    return numbered([_placement(section, episode, run) for run in runs])


def _returned_to(runs: Sequence[list[Record]], row: Record) -> int | None:
    """The run to which the row brings the child back from a temporary stay, if it does: the place of it."""
    after = row
    for place in reversed(range(len(runs))):
        for before in reversed(runs[place]):
            if before.end != after.start:
                return None
            if before.row.get("placement_type") not in TEMPORARY:
                return place if after is not row and _same_place(before.row, row.row) else None
            after = before
    return None


def _same_place(one: Row, other: Row) -> bool:
    """Whether two rows may be of the same carers or home: of one kind, and of one provider where both tell it.

    The number of the placement says nothing of it: after a stay elsewhere the record system gives a new one.
    """
    of_one_kind: bool = one.get("placement_type") == other.get("placement_type")
    told = [(one.get(name), other.get(name)) for name in PROVIDER]
    return of_one_kind and all(a == b for a, b in told if a is not None and b is not None)


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


def _care_periods(case: Case, episode: Record, rows: Sequence[Record]) -> list[Record]:
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
    found = [_care_period(case, section, episode, period, following) for period, following in _with_next(periods)]
    if undated:
        if found and found[-1].end == OPEN:
            found[-1] = found[-1]._replace(end=UNKNOWN)
        starts = [row for row in undated if row.row.get("start_reason") == "S"]
        found = [_care_period(case, section, episode, [row], None) for row in starts] + found
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


def _care_period(
    case: Case, section: Section, episode: Record, period: list[Record], following: list[Record] | None
) -> Record:
    first, last = period[0], max(period, key=lambda row: row.end)
    end = last.end
    if following is not None and end > following[0].start:
        end = following[0].start
    elif following is None and UNKNOWN < end < case.eighteen and last.row.get("end_reason") == "X1":
        end = case.eighteen
        message = "ends with X1, so care goes on, but no later placement is held"
        case.notes.append(Note(last.pointer, message))
    if max(first.start, 1) <= episode.end < end:
        end = episode.end
    row = {name: first.row[name] for name in OF_THE_FIRST_ROW if name in first.row}
    row |= {name: last.row[name] for name in OF_THE_LAST_ROW if name in last.row}
    if end != last.end:
        row["end_date"] = iso(end) if end <= case.as_at else None
    reason = first.row.get("start_reason", "S")
    return Record(
        section, row, first.start, end, episode, first.pointer, 1, None, {}, began_before=reason not in (None, "S")
    )


def _legal_statuses(case: Case, episode: Record, rows: Sequence[Record] | None) -> Sequence[Record] | None:
    section = _section("legal_statuses")
    held = episode.children.get("legal_statuses")
    if held is None:
        if rows is None or (rows and not any("legal_status" in row.row for row in rows)):
            return None
        held = [
            Record(section, row.row, row.start, row.end, episode, row.pointer, 1, None, {})
            for row in rows
            if row.row.get("legal_status", NOT_HELD) is not None
        ]
        if (EPISODES, ROWS) in case.coverage.since:
            case.coverage.since.setdefault(section.path, case.coverage.since[EPISODES, ROWS])
    runs: list[Record] = []
    for record in held:
        if runs and _carries_on(runs[-1], record):
            last = runs[-1]
            later_rows = (*last.later_rows, (record.start, record.row))
            runs[-1] = last._replace(end=max(last.end, record.end), later_rows=later_rows)
        else:
            runs.append(record)
    return numbered(runs)


def _carries_on(status: Record, following: Record) -> bool:
    """Whether the following row adjoins the status and is of the same one."""
    if UNKNOWN in (status.start, status.end, following.start) or following.start > status.end + 1:
        return False
    return bool(status.row.get("legal_status", NOT_HELD) == following.row.get("legal_status", NOT_HELD))
