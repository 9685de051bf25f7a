"""Rows of CSV that a spreadsheet opens without running anything that stands in them."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any, Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_line(cells: Iterable[Any]) -> str:
    """A row without its end of line; None is an empty cell.

    Text that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection). Line breaks
    and other control characters become blanks, so that a row is a line.
    """
    out = StringIO()
    csv.writer(out, lineterminator="").writerow([cell(each) for each in cells])
    return out.getvalue()


def cell(value: Any) -> Any:
    """A value as it stands in its cell."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = "".join(character if character.isprintable() else " " for character in value)
    return f"'{text}" if value.startswith(_FORMULA) else text
