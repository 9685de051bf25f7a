"""How far a long audit has come, on a terminal's standard error and nowhere else."""

import sys
from types import TracebackType
from typing import Final

LONG: Final = 1000
"""Records from which an audit is long enough to tell how far it has come."""


class Progress:
    """Counts records, and shows the count once they are many; leaves nothing behind on the terminal.

    `done` is what is done with them.
    """

    def __init__(self, done: str = "audited") -> None:
        self._done = done
        self._audited = 0
        self._shown = False
        self._on_terminal = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, records: int) -> None:
        """Add to the count."""
        self._audited += records
        if self._on_terminal and self._audited >= LONG:
            sys.stderr.write(f"\r{self._audited:,} records {self._done} ")
            sys.stderr.flush()
            self._shown = True

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r" + " " * 40 + "\r")
            sys.stderr.flush()
