"""Rows of several tables put together child by child, in a temporary store on disk.

It is SQLite's own kind of temporary database, which has no name, lives in the system's folder for temporary files once
it outgrows its cache, and is gone when it is closed, or when the process ends however it ends. So memory does not grow
with the number of rows. It holds what the rows become in the record, nothing else that stands in the tables.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple
from weakref import finalize

CACHE: Final = 32 * 1024
"""How much of the store is kept in memory, in KiB."""

BATCH: Final = 2000


class Stored(NamedTuple):
    """A row: the child's id (empty where it is that of the row it belongs to), the table's place in the mapping, the
    row's number over all files, its own id and that of the row it belongs to, and what it says, as JSON.
    """

    child: str
    table: int
    number: int
    own: str | None
    parent: str | None
    data: bytes


class Store:
    """The rows of a source. Put them in, `settle`, then take them out by child, sorted by id."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._closing = finalize(self, self._db.close)
        self._db.execute(f"PRAGMA cache_size = -{CACHE}")
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("PRAGMA temp_store = FILE")
        self._db.execute("CREATE TABLE rows (child TEXT, tbl INTEGER, n INTEGER, own TEXT, parent TEXT, data BLOB)")
        self._waiting: list[Stored] = []
        self.joined: dict[str, int] = {}
        self.apart = 0

    def put(self, row: Stored) -> None:
        """Take in a row."""
        self._waiting.append(row)
        if len(self._waiting) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)", self._waiting)
        self._waiting.clear()

    def forget(self, table: int) -> None:
        """Let go of all rows of a table that turned out not to be whole."""
        self._flush()
        self._db.execute("DELETE FROM rows WHERE tbl = ?", (table,))

    def settle(self, within: Iterable[tuple[int, int]]) -> dict[int, int]:
        """Find the child of rows that name only the row they belong to, and put ids together that are one.

        `within` are pairs of tables: that of such rows, and that of the rows they belong to. Returns, by table, how
        many rows belong to none that is there; they are left out.
        """
        self._flush()
        lost = {}
        pairs = list(within)
        if pairs:
            self._db.execute("CREATE INDEX rows_by_own ON rows (tbl, own)")
        for table, parent in pairs:
            self._db.execute(
                "UPDATE rows SET child = coalesce((SELECT p.child FROM rows AS p WHERE p.tbl = ? AND p.own = "
                "rows.parent ORDER BY p.child LIMIT 1), '') WHERE tbl = ? AND child = ''",
                (parent, table),
            )
            gone = self._db.execute("DELETE FROM rows WHERE tbl = ? AND child = ''", (table,)).rowcount
            if gone:
                lost[table] = gone
        self._db.execute("CREATE INDEX rows_by_child ON rows (child, tbl, n)")
        self._join_ids()
        return lost

    def _join_ids(self) -> None:
        """Take ids that differ by leading zeros only for one, where no table has both: the longest is the one.

        A table that has both tells that they are two children. `joined` says of an id how many were put together,
        `apart` how many groups were not.
        """
        rows = self._db.execute(
            "SELECT DISTINCT child, ltrim(child, '0') AS bare FROM rows WHERE child NOT GLOB '*[^0-9]*' AND bare IN "
            "(SELECT ltrim(child, '0') FROM rows WHERE child >= '0' AND child < '1') ORDER BY bare, length(child) DESC"
        ).fetchall()
        for _, alike in groupby(rows, key=itemgetter(1)):
            longest, *others = (child for child, _ in alike)
            if others and self._stand_together([longest, *others]):
                self.apart += 1
            elif others:
                for other in others:
                    self._db.execute("UPDATE rows SET child = ? WHERE child = ?", (longest, other))
                self.joined[longest] = len(others) + 1

    def _stand_together(self, ids: list[str]) -> bool:
        """Whether one table has more than one of the ids."""
        tables: set[int] = set()
        for child in ids:
            own = {table for (table,) in self._db.execute("SELECT DISTINCT tbl FROM rows WHERE child = ?", (child,))}
            if tables & own:
                return True
            tables |= own
        return False

    def by_child(self) -> Iterator[tuple[str, list[Stored]]]:
        """Each child's rows, by table and number; the children by id."""
        found = self._db.execute("SELECT child, tbl, n, own, parent, data FROM rows ORDER BY child, tbl, n")
        for child, rows in groupby(found, key=itemgetter(0)):
            yield child, [Stored(*row) for row in rows]

    def close(self) -> None:
        """Let go of the store; what was on disk is gone."""
        self._closing()
