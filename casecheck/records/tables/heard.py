"""What was heard of a source while its tables were read: for its notes, its coverage, and who asks what was read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from casecheck.records.schema import sections
from casecheck.records.tables.headings import Match, Unknown
from casecheck.records.tables.model import Column, Path, Table
from casecheck.written.places import listed, printable

MOST_ROWS: Final = 5
"""How many rows a note names before it only counts."""

SWAPPED_FROM: Final = 8
"""Days typed as such, all of them up to the 12th, from which it is no chance that none is later."""

CellKey = tuple[int, str]
"""A column: its table's place in the mapping, and its heading."""


class Told(NamedTuple):
    """What came of one table of a file: for `convert --explain`.

    `used` are the headings that are read, each with what it becomes; `not_used` those that are known and not read;
    `missing` those that are not there. `left_out` says, by reason, how many rows were not read. `problem` is why the
    table could not be read, if it could not.
    """

    file: str
    sheet: str
    table: str
    used: tuple[tuple[str, str], ...]
    not_used: tuple[str, ...]
    unknown: tuple[Unknown, ...]
    missing: tuple[tuple[str, str | None], ...]
    rows: int
    left_out: tuple[tuple[str, int], ...]
    problem: str | None

    @property
    def label(self) -> str:
        """The file, and the sheet in it, as notes call them."""
        return label(self.file, self.sheet)


def label(file: str, sheet: str) -> str:
    """What notes call a table: its file, and its sheet if it has sheets."""
    return printable(f"{file}, sheet {sheet}" if sheet else file)


class Orders:
    """What the cells of one column of dates tell of the order of day and month."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.contrary: list[int] = []

    def add(self, order: str, row: int, contrary: bool) -> None:
        """Note the form of a date; `contrary` is one whose day and month can only be the other way round."""
        self.counts[order] += 1
        if contrary:
            self.counts["contrary"] += 1
            if len(self.contrary) < MOST_ROWS:
                self.contrary.append(row)

    @property
    def texts_doubtful(self) -> bool:
        """Whether what can be read either way is not to be relied on, since others can only be the other way round."""
        return bool(self.counts["contrary"])

    @property
    def typed_doubtful(self) -> bool:
        """Whether a spreadsheet program has taken for days, month first, all it could, and left the rest as text."""
        early, late = self.counts["typed early"], self.counts["typed late"]
        return early >= SWAPPED_FROM and not late and self.counts["day"] > 0


class Heard:
    """What was heard of a source so far: `labels` are what notes call its tables, in the order in which they are read,
    `filled` the places of those that are whole, `lacking` the sections that a table would fill, by its place, if the
    columns of them were there, `without_ids` the places of those whose rows have no id that others could refer to.
    """

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.told: list[Told] = []
        self.notes: list[str] = []
        self.orders: dict[CellKey, Orders] = {}
        self.days: dict[CellKey, Counter[str]] = {}
        self.filled: set[int] = set()
        self.lacking: set[tuple[int, Path]] = set()
        self.without_ids: set[int] = set()

    def orders_of(self, table: Table, column: Column) -> Orders:
        """What is known of the order of day and month in a column."""
        return self.orders.setdefault((table.place, column.heading), Orders())

    def days_of(self, table: Table, column: Column) -> Counter[str]:
        """How often each day (ISO) stands in a column."""
        return self.days.setdefault((table.place, column.heading), Counter())

    def tell_of(self, match: Match, name: str) -> None:
        """Say of a table what of its headings is not read, though it may be meant to be."""
        if match.table.id and match.id is None:
            self.without_ids.add(match.table.place)
        self.lacking.update((match.table.place, path) for path in _lacking(match))
        for heading, near in match.unknown:
            if near is not None:
                self.notes.append(
                    f"{name}: column {heading_text(heading)} is not known and not read; did you mean {near}?"
                )
        for heading in match.twice:
            self.notes.append(f"{name}: column {heading_text(heading)} stands there twice; the first is read")
        for column, near in match.missing:
            if column.field is not None and not column.needed and near is None:
                self.notes.append(f"{name}: there is no column {column.heading}, so {column.field} is not held")

    def tell_of_sheets(self, names: Sequence[str], file: str) -> None:
        """Say of a workbook which of its sheets are not read."""
        if names:
            many = len(names) > 1
            listed_names = listed([printable(name) for name in names], "and")
            self.notes.append(f"{file}: sheet{'s' * many} {listed_names} {'are' if many else 'is'} not read")

    def tell_of_orders(self, table: Table, name: str) -> None:
        """Say of a table's columns of dates which are doubtful."""
        for column in table.columns:
            orders = self.orders.get((table.place, column.heading))
            if orders is None:
                continue
            if orders.texts_doubtful:
                self.notes.append(f"{name}: {_swapped(column, orders)}")
            if orders.typed_doubtful:
                self.notes.append(f"{name}: {_typed(column, orders.counts['typed early'])}")
            if orders.counts["serial"]:
                self.notes.append(f"{name}: {_serial(column, orders.counts['serial'])}")


def _lacking(match: Match) -> Iterator[Path]:
    """The sections, beside the table's own, of which the column of the date is not there, or no column at all."""
    there = {column.heading for column, _ in match.columns}
    for path in match.table.sections[1:]:
        columns = [column for column in match.table.columns if column.section == path and column.field is not None]
        dated = [column for column in columns if column.field == sections()[path].start]
        if not any(column.heading in there for column in dated or columns):
            yield path


def _swapped(column: Column, orders: Orders) -> str:
    way, other = ("month", "day") if column.month_first else ("day", "month")
    number, either = orders.counts["contrary"], orders.counts["either"]
    return (
        f"column {column.heading} is read {way} first, but {number:,} of its dates can only be {other} first "
        f"({rows_in_words(orders.contrary, number)}); these, and the {either:,} that could be read either way, are "
        "taken as not known"
    )


def _typed(column: Column, number: int) -> str:
    return (
        f"in column {column.heading} a spreadsheet program seems to have taken for days, month first, what it could "
        f"({number:,}, none after the 12th of a month) and left the rest as text; what it took is taken as not known"
    )


def _serial(column: Column, number: int) -> str:
    stand = "1 day stands" if number == 1 else f"{number:,} days stand"
    return f"in column {column.heading} {stand} as the number by which a spreadsheet program keeps it; read as that day"


def rows_in_words(rows: Iterable[int], number: int) -> str:
    """`row 5`, or `rows 2, 5 and 9`, or `rows 2, 5 and 91 more`."""
    shown = [f"{row:,}" for row in rows]
    if number > len(shown):
        shown.append(f"{number - len(shown):,} more")
    return f"{'row' if number == 1 else 'rows'} {listed(shown, 'and')}"


def heading_text(heading: str) -> str:
    """A heading as notes show it."""
    return printable(heading if len(heading) <= 60 else heading[:57] + "...")
