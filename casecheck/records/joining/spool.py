"""The records of several sources side by side, child by child, in a temporary store on disk.

As the rows of tables do, they lie in SQLite's own kind of temporary database, which is gone when it is closed, or when
the process ends however it ends.
"""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from casecheck.errors import InputProblem

CACHE: Final = 32 * 1024
"""How much of it is kept in memory, in KiB."""

_NO_ROOM: Final = "the records could not be put into a temporary file; is there room in the folder for such files?"


class Spool:
    """Records by child and source: put them in, then take them out."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        for pragma in (f"cache_size = -{CACHE}", "journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE records (child TEXT, source INTEGER, data BLOB, PRIMARY KEY (child, source))")

    def put(self, child: str, source: int, data: bytes) -> bool:
        """Take in a record; False, and nothing is taken in, where the source has one of that child already."""
        try:
            cursor = self._db.execute("INSERT OR IGNORE INTO records VALUES (?, ?, ?)", (child, source, data))
        except sqlite3.Error as problem:
            raise InputProblem(f"{_NO_ROOM} ({problem})") from None
        return cursor.rowcount == 1

    def by_child(self) -> Iterator[tuple[str, list[tuple[int, bytes]]]]:
        """Each child's records, each with the place of its source; the children by id."""
        found = self._db.execute("SELECT child, source, data FROM records ORDER BY child, source")
        for child, rows in groupby(found, key=itemgetter(0)):
            yield child, [(source, data) for _, source, data in rows]

    def unlike_by_zeros(self) -> int:
        """How many ids of different sources differ by leading zeros only, and so are not joined."""
        ((number,),) = self._db.execute(
            "SELECT count(*) FROM (SELECT ltrim(child, '0') AS bare FROM records WHERE child NOT GLOB '*[^0-9]*' "
            "GROUP BY bare HAVING count(DISTINCT child) > 1)"
        ).fetchall()
        return int(number)

    def close(self) -> None:
        """Let go of it."""
        self._db.close()
