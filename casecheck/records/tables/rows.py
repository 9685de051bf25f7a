"""A table as rows of cells, whatever file it comes from."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from casecheck.records.tables.cells import Cell

Row = tuple[int, Sequence[Cell]]
"""A row's number, as people count it (1 for the first of the file or the sheet), and its cells."""


class Sheet(NamedTuple):
    """One table of a file: `name` is a sheet's (empty for a file that is one table), `rows` gives them from the first.

    `since_1904` says from when the file counts its days, None where it does not count them. `notes` are what is to be
    said of the table before it is read, `merged` the cells that are merged, each as its first and last row and column
    (from 0).
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    since_1904: bool | None = None
    notes: tuple[str, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()


class Broken(Exception):
    """A table that cannot be read to its end; its text says why."""
