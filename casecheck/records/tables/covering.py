"""What of a child's history a source of tables holds: the `coverage` of its records.

What no table fills is not held, and told so where leaving it out would mean that there is none. The year that a source
covers is worked out from its dates, so that a few slips of the keys do not move it: the latest year that has at least
one in 200 of them.
"""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Dict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple

from casecheck.calendar import DAYS, add_months, iso
from casecheck.records.coverage import section_name
from casecheck.records.schema import sections
from casecheck.records.tables.heard import Heard
from casecheck.records.tables.model import LatestOf, Mapping, Path, Table, YearTo

SHARE: Final = 200
"""A year counts if it has at least one in so many of the dates."""

APART: Final = 7
"""Days at the end, fewer than one in SHARE, are slips of the keys if they come more than so many after all others..."""
SLIP: Final = 31
MANY: Final = 20
"""...and so is, where there are at least MANY, a single one that comes more than SLIP after them."""

_DESCRIBED: Final = {("child_details",), ("coverage",)}


class Covered(NamedTuple):
    """What a source covers: the first and last day of its year (None where it has none), the day from which each
    section is held, those of which it holds the newest only or nothing, and those that its tables fill.
    """

    year_from: str | None
    to: str | None
    since: Dict[Path, str]
    latest_only: tuple[Path, ...]
    not_held: frozenset[Path]
    filled: tuple[Path, ...]


def covered_by(mapping: Mapping, heard: Heard) -> Covered:
    """What a source covers, now that its tables have been read."""
    tables = [table for table in mapping.tables if _is_whole(table, mapping, heard)]
    filled = _filled(tables, heard)
    covers = mapping.covers
    year_from, to = None, covers.to if isinstance(covers.to, str) else None
    if isinstance(covers.to, YearTo):
        ends = _years(_days(mapping, covers.to, heard), covers.to)
        if ends:
            to = _end_of_year(max(ends), covers.to)
            year_from = iso(add_months(DAYS[to], -12) + 1)
    elif isinstance(covers.to, LatestOf):
        to = _latest(_days(mapping, covers.to, heard))
    since = {}
    for path, said in covers.since.items():
        if said.endswith("months"):
            day = None if to is None else iso(add_months(DAYS[to], -int(said.split()[0])) + 1)
        else:
            day = _since(path, said, tables, covers.to, heard, year_from)
        if path in filled and day is not None:
            since[path] = day
    not_held = (_meant_empty_if_absent() - set(filled)) | set(covers.not_held)
    return Covered(
        year_from, to, since, tuple(p for p in covers.latest_only if p in filled), frozenset(not_held), filled
    )


def _is_whole(table: Table, mapping: Mapping, heard: Heard) -> bool:
    """Whether a table was read to its end, and that which tells whose its rows are, where they do not say it."""
    needed = [table]
    while not needed[-1].child and needed[-1].within is not None and len(needed) <= len(mapping.tables):
        needed.append(mapping.table(needed[-1].within))
    referred_to = {each.place for each in needed[1:]}
    return all(each.place in heard.filled for each in needed) and heard.without_ids.isdisjoint(referred_to)


def coverage(covered: Covered, not_held: Iterable[Path]) -> dict[str, Any]:
    """The `coverage` of one child's record; `not_held` are sections that are not held of this child."""
    found: dict[str, Any] = {}
    if covered.since:
        found["from"] = {section_name(path): day for path, day in covered.since.items()}
    if covered.to is not None:
        found["to"] = covered.to
    if covered.latest_only:
        found["latest_only"] = [section_name(path) for path in covered.latest_only]
    names = sorted(section_name(path) for path in covered.not_held | set(not_held))
    if names:
        found["not_held"] = names
    return found


def _filled(tables: Iterable[Table], heard: Heard) -> tuple[Path, ...]:
    """The sections that the tables fill with the columns that are there, with those around them, outermost first."""
    paths = {path for table in tables for path in table.sections if (table.place, path) not in heard.lacking}
    found = {path[:length] for path in paths for length in range(1, len(path) + 1)}
    return tuple(sorted(found, key=lambda path: (len(path), path)))


def _meant_empty_if_absent() -> set[Path]:
    """The sections that would be taken as empty when left out."""
    return {
        path
        for path, section in sections().items()
        if section.absent_is_empty and not section.derived and path not in _DESCRIBED
    }


def _days(mapping: Mapping, year: YearTo | LatestOf, heard: Heard) -> Counter[date]:
    """The days from which the year, or the latest day, is worked out.

    What ends on the first day of a year was there to the end of the one before.
    """
    found: Counter[date] = Counter()
    for name, heading in year.of:
        table = mapping.table(name)
        column = next(each for each in table.columns if heading in each.names)
        for text, number in heard.days.get((table.place, column.heading), {}).items():
            ends = column.is_end and isinstance(year, YearTo)
            found[date.fromisoformat(text) - timedelta(days=ends)] += number
    return found


def _latest(days: Counter[date]) -> str | None:
    """The latest day that is no slip of the keys."""
    ordered = sorted(days, reverse=True)
    if days.total() >= MANY and len(ordered) > 1 and days[ordered[0]] == 1 and (ordered[0] - ordered[1]).days > SLIP:
        del ordered[0]
    number, latest = 0, ordered[0] if ordered else None
    for day, before in pairwise(ordered):
        number += days[day]
        if number * SHARE >= days.total():
            break
        if (day - before).days > APART:
            latest = before
    return None if latest is None else latest.isoformat()


def _years(days: Counter[date], year: YearTo) -> set[int]:
    """The years, by the one in which each ends, that have their share of the days."""
    counts: Counter[int] = Counter()
    for day, number in days.items():
        counts[day.year + ((day.month, day.day) > (year.month, year.day))] += number
    return {end for end, number in counts.items() if number * SHARE >= counts.total()}


def _end_of_year(end: int, year: YearTo) -> str:
    return date(end, year.month, year.day).isoformat()


def _since(path: Path, said: str, tables: Iterable[Table], to: Any, heard: Heard, year_from: str | None) -> str | None:
    if said == "the year" or not isinstance(to, YearTo):
        return year_from if said == "the year" else said
    start = sections()[path].start
    days: Counter[date] = Counter()
    for table in tables:
        for column in table.columns:
            if column.section == path and column.field == start:
                for text, number in heard.days.get((table.place, column.heading), {}).items():
                    days[date.fromisoformat(text)] += number
    if said != "the earliest year":
        return said
    ends = _years(days, to)
    if year_from is None or not ends:
        return year_from
    return min(year_from, iso(add_months(DAYS[_end_of_year(min(ends), to)], -12) + 1))
