"""What a source does not hold: a record's `coverage`, read.

| key | says |
| --- | --- |
| `from: {section: date}` | nothing of the section before that date is held |
| `to: date` | the day on which the source was drawn |
| `latest_only: [section]` | only the newest record of the section is held |
| `not_held: [section]` | the section is not held at all, even where leaving it out would mean that there is none |
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from casecheck.calendar import DAYS, OPEN, UNKNOWN
from casecheck.records.schema import sections_named

Path = tuple[str, ...]

DERIVED_FROM: dict[Path, Path] = {
    ("social_care_episodes", "placements"): ("social_care_episodes", "child_looked_after_placements"),
    ("social_care_episodes", "care_periods"): ("social_care_episodes", "child_looked_after_placements"),
}


class Coverage(NamedTuple):
    """`since` maps a section's path to the first day held; `to` is OPEN where the source is up to date."""

    since: dict[Path, int]
    to: int
    latest_only: frozenset[Path]
    not_held: frozenset[Path]
    problems: tuple[str, ...]

    @property
    def is_partial(self) -> bool:
        """Whether the source holds only the later history of a section."""
        return bool(self.since or self.latest_only)


WHOLE = Coverage({}, OPEN, frozenset(), frozenset(), ())


def read_coverage(says: Any) -> Coverage:
    """The coverage that a record states; the whole where it states none. Names that mean nothing are told."""
    if not isinstance(says, Mapping) or not says:
        return WHOLE
    problems: list[str] = []
    since: dict[Path, int] = {}
    for name, text in (says.get("from") or {}).items():
        day = DAYS[text] if isinstance(text, str) else UNKNOWN
        if day == UNKNOWN:
            problems.append(f"coverage from {name}: no day of the calendar; the section is taken as not held")
        for path in _paths(name, problems):
            since[path] = day
    to = says.get("to")
    latest_only = _all_paths(says.get("latest_only"), problems)
    not_held = _all_paths(says.get("not_held"), problems) | {path for path, day in since.items() if day == UNKNOWN}
    return Coverage(
        {path: day for path, day in since.items() if day != UNKNOWN},
        OPEN if to is None or DAYS[to] == UNKNOWN else DAYS[to],
        frozenset(latest_only),
        frozenset(not_held),
        tuple(problems),
    )


def _all_paths(names: Any, problems: list[str]) -> set[Path]:
    return {path for name in names or () if name is not None for path in _paths(name, problems)}


def _paths(name: str, problems: list[str]) -> tuple[Path, ...]:
    paths = _known(name)
    if not paths:
        problems.append(f"coverage names {name}, which is no section of the case record")
    return paths


@cache
def _known(name: str) -> tuple[Path, ...]:
    named = tuple(section.path for section in sections_named(name))
    return named + tuple(derived for derived, rows in DERIVED_FROM.items() if rows in named)


@cache
def section_name(path: Path) -> str:
    """The section's own name where no other has it, else its path, as rules and coverage name it."""
    return path[-1] if len(sections_named(path[-1])) == 1 else ".".join(path)
