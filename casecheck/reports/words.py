"""Words, numbers and lines as every printed report has them.

What comes out of records (ids, names of sources, values of groups) passes through `plain`, so that nothing in it can
move a terminal's cursor, turn the direction of a line, or fill a page.
"""

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final

WIDTH: Final = 80
"""Columns of a printed report, as wide as paper and the narrowest terminals."""

LONGEST_NAME: Final = 60


@lru_cache(maxsize=10_000)
def plain(text: str, longest: int = LONGEST_NAME) -> str:
    """The text with every control, formatting or line-breaking character written as its code, cut to `longest`."""
    cut = text if len(text) <= longest else text[: longest - 3] + "..."
    if cut.isascii() and cut.isprintable():
        return cut
    return "".join(_safe(character) for character in cut)


def _safe(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "C" or category in ("Zl", "Zp"):
        code = ord(character)
        return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
    return character


def wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """The text in lines of at most WIDTH columns, the first begun with `first`, the others with `rest`."""
    indent = " " * len(first) if rest is None else rest
    lines = textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)
    return lines or [first.rstrip()]


def as_utf8(lines: Iterable[str]) -> Iterator[bytes]:
    """Each line as UTF-8, with its end."""
    return (line.encode("utf-8", "backslashreplace") + b"\n" for line in lines)


def heading(text: str) -> list[str]:
    """A heading, set off by a line above and underlined."""
    lines = wrapped(text.upper())
    return ["", *lines, "-" * max(map(len, lines))]


def number(count: int) -> str:
    """A count with its thousands apart: `12,345`."""
    return f"{count:,}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """`1 record`, `2 records`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def percent(share: float | None) -> str:
    """A share from 0 to 1 as `67%`; `-` of nothing. Only none is `0%`, only all is `100%`."""
    if share is None:
        return "-"
    whole = int(share * 100 + 0.5)
    if whole == 0 and share > 0:
        return "<1%"
    if whole == 100 and share < 1:
        return ">99%"
    return f"{whole}%"


def day_in_words(iso_day: str) -> str:
    """`2012-04-23` as `23 April 2012`."""
    day = date.fromisoformat(iso_day)
    return f"{day.day} {day:%B} {day.year}"


def listed(names: Iterable[str], most: int) -> str:
    """The names with commas between them; of more than `most`, the first ones and how many more there are."""
    every = list(names)
    more = len(every) - most
    return ", ".join(every) if more <= 0 else f"{', '.join(every[:most])} and {number(more)} more"
