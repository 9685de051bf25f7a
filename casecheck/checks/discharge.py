"""What discharges a duty: the dated records of one or more sections, and how sure their dates and conditions are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from casecheck.calendar import OPEN, UNKNOWN
from casecheck.records.case import Case, Fetch, Record, compile_fetch
from casecheck.records.coverage import WHOLE
from casecheck.rules.conditions import compile_condition, section_for
from casecheck.rules.truth import ALWAYS, Condition

Path = tuple[str, ...]


class Serving(NamedTuple):
    """The sections any of whose records serve, each with how to find its records and the condition they must meet.

    `sorts` says whether their records do not stand in order of the days on which they serve; `plain` whether every
    record of the one section serves from its first day.
    """

    sections: tuple[tuple[Path, Fetch, Condition], ...]
    sorts: bool
    plain: bool


class Served(NamedTuple):
    """What a record's sections hold: `sure` and `possible` records that serve, each with the day from which it does.

    `undated` says whether one has no known day, `lacking` whether any of the sections is not held, `held` whether any
    is; `since` is the first day from which all are held (0 where nothing is left out).
    """

    sure: list[tuple[int, Record]]
    possible: list[tuple[int, Record]]
    undated: list[Record]
    lacking: bool
    held: bool
    since: int


def compile_serving(names: str | list[str], where: Mapping[str, Any], path: Path, terms: Mapping[str, Any]) -> Serving:
    """The sections named, as a rule on the section at `path` sees them."""
    found = [section_for(name, path) for name in ([names] if isinstance(names, str) else names)]
    return Serving(
        tuple(
            (section.path, compile_fetch(path, section.path), compile_condition(where, section.path, terms))
            for section in found
        ),
        sorts=len(found) > 1 or found[0].nature == "work",
        plain=len(found) == 1 and found[0].nature != "work" and not where,
    )


def serves_from(record: Record) -> int:
    """The day from which a record serves: an event's date, the completion of work (OPEN if it is not completed), the
    first day of what lasts.
    """
    return record.end if record.section.nature == "work" else record.start


def served(case: Case, record: Record, serving: Serving, day_of: Callable[[Record], int] = serves_from) -> Served:
    """The records that serve for `record`, in order of the day on which they do, which `day_of` tells.

    What serves on no day (OPEN: work that is not completed) is left out.
    """
    if serving.plain and case.coverage is WHOLE:
        found, lacking = serving.sections[0][1](record)
        if not lacking and (not found or found[0].start != UNKNOWN):
            return Served([(each.start, each) for each in found], [], [], False, True, 0)
    sure: list[tuple[int, Record]] = []
    possible: list[tuple[int, Record]] = []
    undated: list[Record] = []
    any_held = any_lacking = False
    since = 0
    for path, fetch, where in serving.sections:
        found, lacking = fetch(record)
        any_lacking = any_lacking or bool(lacking)
        any_held = any_held or bool(found) or not lacking
        if case.coverage is not WHOLE:
            since = max(since, _held_since(case, path, found))
        for each in found:
            day = day_of(each)
            meets = day != OPEN and (where is ALWAYS or where.test(case, each, day))
            if meets is False:
                continue
            if day == UNKNOWN:
                undated.append(each)
            else:
                (sure if meets else possible).append((day, each))
    if serving.sorts or day_of is not serves_from:
        sure.sort(key=_by_day)
        possible.sort(key=_by_day)
    return Served(sure, possible, undated, any_lacking, any_held, since)


def newest_hidden(case: Case, serving: Serving) -> bool:
    """Whether a section of which only the newest record is held has that one after the audit date."""
    return any(path in case.coverage.latest_only and path in case.after for path, _, _ in serving.sections)


def only_newest(case: Case, serving: Serving) -> bool:
    """Whether of any of the sections only the newest record is held."""
    latest_only = case.coverage.latest_only
    return bool(latest_only) and any(path in latest_only for path, _, _ in serving.sections)


def first_between(start: int, last: int, found: Iterable[tuple[int, Record]]) -> tuple[int, Record] | None:
    """The first of the records to serve from `start` to `last`; what lasts serves on `start` if it is in force then."""
    best: tuple[int, Record] | None = None
    for from_day, record in found:
        serves = max(from_day, start) if record.section.nature == "lasting" and record.end >= start else from_day
        if start <= serves <= last and (best is None or serves < best[0]):
            best = (serves, record)
    return best


def _by_day(each: tuple[int, Record]) -> tuple[int, int]:
    return each[0], each[1].position


def _held_since(case: Case, path: Path, found: Sequence[Record]) -> int:
    since = case.coverage.since.get(path, 0)
    if path in case.coverage.latest_only:
        since = max([since, *(day for day in map(serves_from, found) if day != OPEN)])
    return since
