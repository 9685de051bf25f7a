"""What a source says of children that it does not name, where it names every child of whom there is anything to tell:
that there is nothing.
"""

from typing import Any

from casecheck.calendar import OPEN, iso
from casecheck.records.coverage import section_name
from casecheck.records.joining.said import EPISODES, Path, Said, all_paths
from casecheck.records.tables.shape import is_one


class Complete:
    """The sections that all records of a source hold, and what they cover, so far as they have been shown to it."""

    def __init__(self) -> None:
        self._held: set[Path] | None = None
        self._since: dict[Path, int] = {}
        self._to = OPEN

    def look(self, data: dict[str, Any]) -> None:
        """Take account of a valid record."""
        said = Said(0, data)
        held = {
            path
            for path in all_paths()
            if path[:-1] == EPISODES and not is_one(path) and said.says_itself(path) and said.fullness(path) is not None
        }
        self._held = held if self._held is None else self._held & held
        self._to = min(self._to, said.coverage.to)
        for path, day in said.coverage.since.items():
            self._since[path] = max(day, self._since.get(path, day))

    def record(self, child: str) -> dict[str, Any]:
        """What it says of a child that it does not name."""
        held = sorted(self._held or ())
        since = {section_name(path): iso(self._since[path]) for path in held if path in self._since}
        covers = {
            "from": since,
            "not_held": ["health_and_wellbeing"],
            **({"to": iso(self._to)} if self._to < OPEN else {}),
        }
        return {"la_child_id": child, "social_care_episodes": [{path[-1]: [] for path in held}], "coverage": covers}
