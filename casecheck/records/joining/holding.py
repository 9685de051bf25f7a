"""What a source holds, seen over all of its records: which sections and fields, and with what limits.

What is worked out on reading (placements, care periods, legal statuses, leaving care) is held where that is of which it
is worked out.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from casecheck.calendar import in_words
from casecheck.records.census_layout import NO_DAY
from casecheck.records.coverage import section_name
from casecheck.records.joining.said import LEFT_OUT, Path, Said, all_paths
from casecheck.records.properties import did_you_mean, known_properties, unknown_properties
from casecheck.records.schema import sections

EPISODES: Final = "social_care_episodes"
ROWS: Final = (EPISODES, "child_looked_after_placements")
PLACEMENTS: Final = (EPISODES, "placements")
CARE_PERIODS: Final = (EPISODES, "care_periods")
LEGAL_STATUSES: Final = (EPISODES, "legal_statuses")
CARE_LEAVERS: Final = (EPISODES, "care_leavers")
STATUSES: Final = (*CARE_LEAVERS, "leaving_care_statuses")
BIRTH: Final = (("child_details",), "date_of_birth")

_ELIGIBILITY: Final = frozenset(("became_eligible_date", "eligibility_end_date"))
_A_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")


class Holding:
    """What a source holds, so far as its records have been shown to it."""

    def __init__(self) -> None:
        self.records = 0
        self.columns: frozenset[tuple[Path, str]] | None = None
        self.unknown: Counter[tuple[str, str]] = Counter()
        self._held: Counter[Path] = Counter()
        self._lacking: Counter[Path] = Counter()
        self._left_out: Counter[Path] = Counter()
        self._latest: set[Path] = set()
        self._since: dict[Path, tuple[int, int]] = {}
        self._seen: set[tuple[Path, str]] = set()
        self._not_known: set[tuple[Path, str]] = set()
        self._there: set[Path] = set()

    def look(self, data: dict[str, Any]) -> None:
        """Take account of a valid record."""
        self.records += 1
        self.unknown.update(unknown_properties(data))
        said = Said(0, data)
        for path in all_paths():
            if not said.of(path[:-1]):
                continue
            full = said.fullness(path)
            self._held[path] += full is not None
            self._lacking[path] += full is None
            self._left_out[path] += full == LEFT_OUT
            if full is not None and path in said.coverage.latest_only:
                self._latest.add(path)
            if full is not None and path in said.coverage.since:
                day = said.coverage.since[path]
                first, last = self._since.get(path, (day, day))
                self._since[path] = min(first, day), max(last, day)
        for path, parts in said.parts.items():
            self._there.add(path)
            for part in parts:
                for field, value in part.row.items():
                    (self._not_known if value == NO_DAY else self._seen).add((path, field))

    def reads(self, columns: Iterable[str]) -> None:
        """Take account of the fields that columns of tables become, each as `section.field`."""
        parted = (tuple(name.split(".")) for name in columns)
        self.columns = (self.columns or frozenset()) | {(name[:-1], name[-1]) for name in parted}

    def holds(self, path: Path) -> bool:
        """Whether it holds the section."""
        if not path or self._held[path]:
            return True
        if path in (PLACEMENTS, CARE_PERIODS):
            return self.holds(ROWS)
        if path == LEGAL_STATUSES:
            return self.holds_field(ROWS, "legal_status")
        if path in (CARE_LEAVERS, STATUSES):
            return self.holds(ROWS) and self.holds_field(*BIRTH)
        return False

    def holds_field(self, path: Path, field: str) -> bool:
        """Whether it holds the field of the section; `age` of the child is worked out of the date of birth."""
        if (path, field) == ((), "age"):
            return self.holds_field(*BIRTH)
        if path in (PLACEMENTS, CARE_PERIODS):
            return self.holds_field(ROWS, "placement_type" if field == "placed_with" else field)
        if path == LEGAL_STATUSES and not self._held[path]:
            return self.holds_field(ROWS, field)
        if path == STATUSES or (path == CARE_LEAVERS and field in _ELIGIBILITY):
            return self.holds(path)
        if (path, field) in self._seen:
            return True
        if (path, field) in self._not_known:
            return False
        known = sections()[path].fields.get(field)
        if known is not None and known.absent_is_empty:
            return True
        if not self._held[path] or path in self._there:
            return False
        return self.columns is None or (path, field) in self.columns

    def limits(self, path: Path) -> tuple[str, ...]:
        """With what limits it holds the section, in words."""
        if path in (PLACEMENTS, CARE_PERIODS) or (path in (LEGAL_STATUSES, STATUSES) and not self._held[path]):
            return self.limits(ROWS)
        found = []
        if path in self._since:
            first, last = (in_words(day) for day in self._since[path])
            found.append(f"from {first}" if first == last else f"from a day between {first} and {last}")
        if path in self._latest:
            found.append("the newest record only")
        if self._held[path] and self._lacking[path]:
            found.append("of some children only")
        if self._held[path] and self._left_out[path] == self._held[path]:
            found.append("always left out, which says that there is none")
        return tuple(found)

    def sections(self) -> list[dict[str, Any]]:
        """The sections that it holds, each with its limits and the fields that stand in its records."""
        return [
            {
                "section": section_name(path),
                "limits": list(self.limits(path)),
                "fields": [name for name in sections()[path].fields if (path, name) in self._seen],
            }
            for path in all_paths()
            if self._held[path] and self._left_out[path] != self._held[path]
        ]

    def not_recognised(self) -> list[dict[str, Any]]:
        """The properties of its records that the case record does not know, each with the name likely meant."""
        return [
            {
                "name": ".".join(filter(None, (section, name if _A_NAME.fullmatch(name) else "(not repeated)"))),
                "near": did_you_mean(name, known_properties(section)),
                "records": number,
            }
            for (section, name), number in sorted(self.unknown.items())
        ]
