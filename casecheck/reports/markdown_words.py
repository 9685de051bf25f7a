"""Text as it stands in Markdown: as it is, whatever it holds.

What comes out of records or packs can neither mark up, link, mention a person nor end the cell of a table that it
stands in, on GitHub, on GitLab or in a wiki.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from casecheck.reports.words import LONGEST_NAME, plain

_MARKS: Final = re.compile(r"[\\`*_\[\]|~$#]")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LINKS: Final = re.compile(r"@|(?<=:)//|(?<=www)\.", re.IGNORECASE)
_BREAK: Final = "<!-- -->"
"""Shows nothing, and parts what would be taken for a mention or an address."""

_BACKTICKS: Final = re.compile("`+")


def text(said: str) -> str:
    """Text that `plain` has passed, to be read as it stands."""
    escaped = _MARKS.sub(r"\\\g<0>", said)
    for mark, entity in _ENTITIES.items():
        escaped = escaped.replace(mark, entity)
    return _LINKS.sub(lambda found: f"{found[0]}{_BREAK}" if found[0] == "@" else f"{_BREAK}{found[0]}", escaped)


def code(name: str, longest: int = LONGEST_NAME) -> str:
    """A name, such as a case's, as code, where nothing means anything but itself."""
    shown = plain(name, longest)
    ticks = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(shown)), default=0))
    pad = " " if len(ticks) > 1 or shown != shown.strip() or not shown else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}".replace("|", r"\|")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, the first column of words, the others of figures."""
    return [_row(heads), _row([":--", *("--:" for _ in heads[1:])]), *map(_row, rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
