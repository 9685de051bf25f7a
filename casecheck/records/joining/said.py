"""What one source says of a child, its records laid out by section, and how fully it holds each."""

from collections.abc import Iterator
from typing import Any, Final

from casecheck.calendar import DAYS, UNKNOWN
from casecheck.records.coverage import Coverage, read_coverage
from casecheck.records.schema import Section, child_sections, sections

Path = tuple[str, ...]
Row = dict[str, Any]

EPISODES: Final = ("social_care_episodes",)
COVERAGE: Final = ("coverage",)

FULL: Final = 0
SINCE: Final = 1
LATEST: Final = 2
LEFT_OUT: Final = 3
"""How fully a source holds a section: whole, from a day, its newest record only, or by leaving it out, which says that
there is none."""


class Part:
    """A record of a section as one source has it: its own fields (`row`), the record around it, and the names of the
    sections that it has, be they empty.
    """

    def __init__(self, source: int, section: Section, row: Row, around: "Part | None", has: frozenset[str]) -> None:
        self.source = source
        self.section = section
        self.row = row
        self.around = around
        self.has = has

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing itself: it was made to hold what lies within it."""
        return not self.row

    @property
    def start(self) -> str | None:
        """The day on which it began, as ISO text; None where it tells of none."""
        return day_of(self.row, self.section.start)

    @property
    def is_open(self) -> bool:
        """Whether nothing says that it has ended."""
        return self.row.get(self.section.end or "") is None

    @property
    def id(self) -> str | None:
        """Its own id, as its source numbers such records."""
        name = id_of(self.section)
        value = self.row.get(name) if name else None
        return value if isinstance(value, str) and value else None


class Said:
    """All that a source says of one child. `parts` are its records by section, the child itself first."""

    def __init__(self, source: int, data: Row) -> None:
        self.source = source
        self.coverage: Coverage = read_coverage(data.get("coverage"))
        self.parts: dict[Path, list[Part]] = {}
        for part in _parts(source, data, sections()[()], None):
            self.parts.setdefault(part.section.path, []).append(part)

    def of(self, path: Path) -> list[Part]:
        """The records of a section."""
        return self.parts.get(path, [])

    def says_itself(self, path: Path) -> bool:
        """Whether the section is there, and not only to hold what lies within it."""
        found = self.of(path)
        there = any(path[-1] in around.has for around in self.of(path[:-1]))
        return there and not (found and all(part.is_bare for part in found))

    def fullness(self, path: Path) -> int | None:
        """How fully the source holds the section of this child; None where it does not."""
        if path in self.coverage.not_held:
            return None
        if not self.says_itself(path):
            around = any(not part.is_bare for part in self.of(path[:-1]))
            return LEFT_OUT if around and not self.of(path) and sections()[path].absent_is_empty else None
        if path in self.coverage.latest_only:
            return LATEST
        return SINCE if path in self.coverage.since else FULL


def _parts(source: int, data: Row, section: Section, around: Part | None) -> Iterator[Part]:
    inner = {each.name: each for each in child_sections(section.path) if not each.derived and each.path != COVERAGE}
    row = {name: value for name, value in data.items() if name not in inner and (section.path or name != "coverage")}
    part = Part(source, section, row, around, frozenset(name for name in inner if name in data))
    yield part
    for name, each in inner.items():
        held = data.get(name)
        for found in held if isinstance(held, list) else [held]:
            if isinstance(found, dict):
                yield from _parts(source, found, each, part)


def day_of(row: Row, field: str | None) -> str | None:
    """The day in a field, where it holds one."""
    value = row.get(field) if field else None
    return value if isinstance(value, str) and DAYS[value] != UNKNOWN else None


def id_of(section: Section) -> str | None:
    """The field by which a section's records are numbered."""
    return next((name for name in section.fields if name.endswith("_id") and name != "worker_id"), None)


def all_paths() -> Iterator[Path]:
    """The sections that are read, those around before those within; not the child itself, nor the coverage."""
    return (path for path, section in sections().items() if path and path != COVERAGE and not section.derived)
