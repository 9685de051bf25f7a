"""A mapping as casecheck holds it, read and checked: `casecheck.records.tables.loading` makes it of YAML."""

from collections.abc import Mapping as Dict
from typing import Any, Final, NamedTuple

Path = tuple[str, ...]
"""The chain of property names from the child to a section; the child itself is ()."""

NOT_HELD: Final = "not held"
"""What a blank cell may be said to mean: that the source does not hold the value."""


class Column(NamedTuple):
    """A column: its heading, all its headings as `plain` gives them, and the field that it becomes.

    `field` is None for one that is known and not used. `kind` is `date`, `flag`, `count`, `code` or `list`; `codes`
    what the plain words of the column become (None: they stay as they are); `blank` what a blank cell becomes.
    """

    heading: str
    names: tuple[str, ...]
    section: Path
    field: str | None
    kind: str = "code"
    needed: bool = False
    blank: Any = None
    codes: Dict[str, Any] | None = None
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    month_first: bool = False
    longest: int | None = None
    personal: bool = False
    is_end: bool = False
    must_be_told: bool = False
    """Whether the field, left out, would mean that there is none: what cannot be read of it must not be left out."""


class Condition(NamedTuple):
    """Values of one column, as `plain` gives them; the empty text for a blank."""

    heading: str
    names: tuple[str, ...]
    values: frozenset[str]


class Table(NamedTuple):
    """One table of a mapping. Headings are given as `plain` gives them; `child_heading` as it is written.

    One that is not `read` is known only so that it is taken for no other.
    """

    name: str
    place: int
    files: tuple[str, ...]
    sheets: tuple[str, ...]
    element: str | None
    rows_of: str | None
    several: bool
    read: bool
    child_heading: str
    child: tuple[str, ...]
    id: tuple[str, ...]
    within: str | None
    within_by: tuple[str, ...]
    into: Path
    columns: tuple[Column, ...]
    sets: Dict[str, Any]
    otherwise: Dict[str, Any]
    without_rows_not_held: bool
    leave_out: tuple[Condition, ...]
    says_none: tuple[Condition, ...]

    @property
    def sections(self) -> tuple[Path, ...]:
        """The sections that the table fills, its own first."""
        used = [column.section for column in self.columns if column.field is not None]
        return tuple(dict.fromkeys([self.into, *used]))


class YearTo(NamedTuple):
    """The year that a source covers, worked out from columns, each as (table, plain heading)."""

    month: int
    day: int
    of: tuple[tuple[str, str], ...]


class LatestOf(NamedTuple):
    """The latest day of columns, each as (table, plain heading): about the day on which the source was drawn."""

    of: tuple[tuple[str, str], ...]


class Covers(NamedTuple):
    """What of a child's history the source holds. `since` holds a day, `the year`, `the earliest year` or a number of
    months before `to`, by section.
    """

    to: str | YearTo | LatestOf | None
    since: Dict[Path, str]
    latest_only: tuple[Path, ...]
    not_held: tuple[Path, ...]


class Mapping(NamedTuple):
    """How the tables of a source become case records. `format` is what results call a source that it was read by."""

    id: str
    format: str
    title: str
    xml_root: str | None
    xml_child: str | None
    covers: Covers
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table:
        """The table of that name."""
        return next(table for table in self.tables if table.name == name)
