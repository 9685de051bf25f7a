"""What a cell of a table says: days, flags, codes, counts and ids, and that nothing wrong is taken for right.

A cell is text (of CSV and XML), or what a workbook holds: text, a number, a truth value or a day. What cannot be read
raises `Unread`, whose text says why in words that hold nothing of the cell: it may be of a person.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

Cell = str | float | int | bool | date | datetime | None | object

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
"""Years outside of these are taken for slips of the keys."""

_ERRORS: Final = re.compile(r"#(N/?A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)|#+", re.IGNORECASE)
_BLANKS: Final = frozenset(("", "null", "nan", "nat", "<na>"))
_INVISIBLE: Final = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
_ROUNDED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+")
_LETTERED: Final = re.compile(r"[A-Za-z]{1,2}\)\s*")
_FIRST_PART: Final = re.compile(r"([A-Za-z0-9]+)\s*(?:[:\u2013\u2014-]|\s-)")
_FIRST_WORD: Final = re.compile(r"([A-Z0-9]{2,})\s")

_YES: Final = ("y", "yes", "true", "t", "1")
_NO: Final = ("n", "no", "false", "f", "0")


class Unread(Exception):
    """A cell that cannot be read; its text says what it is and what would be right."""


class Merged:
    """What stands in a cell that is merged with the one beside it, so that nothing tells what it holds."""


# --- text -------------------------------------------------------------------------------------------------------------


def cleaned(cell: Cell) -> str:
    """The text of a cell: blanks around it left out, those within single, non-breaking ones too; nothing for a blank.

    Raises Unread for an error of a spreadsheet.
    """
    if isinstance(cell, str):
        text = cell if cell.isalnum() else " ".join(cell.translate(_INVISIBLE).split())
        if text.lower() in _BLANKS:
            return ""
        if text[0] == "#" and _ERRORS.fullmatch(text):
            raise Unread("is an error of a spreadsheet program, such as #N/A")
        return text
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell == cell and cell.is_integer() else "" if cell != cell else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, Merged):
        raise Unread("is merged with the cell beside it, so that nothing tells what it holds")
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing; an error of a spreadsheet is not nothing."""
    try:
        return not cleaned(cell)
    except Unread:
        return False


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Text without capitals and marks, by which words are told to be the same: `Child's ID` as `childsid`."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


# --- values -----------------------------------------------------------------------------------------------------------


def read_id(cell: Cell) -> str:
    """The number of a child or of a record, as text. Raises Unread where a spreadsheet program has rounded it."""
    text = cleaned(cell)
    if _ROUNDED.fullmatch(text):
        raise Unread("was rounded by a spreadsheet program (such as 1.23E+05), so it names no one")
    whole, dot, rest = text.partition(".")
    if dot and whole.isdecimal() and not rest.strip("0"):
        text = whole
    if len(text) > 100 or not text.isprintable():
        raise Unread("is longer than 100 characters, or holds control characters")
    return text


def read_flag(cell: Cell, yes: frozenset[str], no: frozenset[str]) -> bool:
    """Yes or no; `yes` and `no` are a mapping's own words for them, as `plain` gives them."""
    text = _LETTERED.sub("", cleaned(cell), count=1)
    word = plain(text)
    if word in yes or (word in _YES and word not in no):
        return True
    if word in no or word in _NO:
        return False
    raise Unread("is neither yes nor no")


def read_code(cell: Cell, codes: Mapping[str, Any] | None, longest: int | None) -> Any:
    """A code, by a list of codes where the mapping has one: `a) WBRI` and `N1 - Abuse or neglect` are `WBRI` and `N1`.

    So is `N1 Abuse or neglect`, where what stands first is of two signs or more and in capitals.

    `codes` leads from what `plain` makes of the words for a code to what it becomes.
    """
    text = cleaned(cell)
    if codes is None:
        if longest is not None and len(text) > longest:
            raise Unread(f"is longer than {longest:,} characters")
        return text
    stripped = _LETTERED.sub("", text, count=1)
    firsts = [found[1] for found in (_FIRST_PART.match(stripped), _FIRST_WORD.match(stripped)) if found]
    for tried in (text, stripped, *firsts):
        word = plain(tried)
        if word in codes:
            return codes[word]
    raise Unread("is none of the codes that the mapping lists")


def read_count(cell: Cell) -> int:
    """A whole number."""
    text = cleaned(cell)
    whole, dot, rest = text.partition(".")
    if not whole.isascii() or not whole.removeprefix("-").isdecimal() or len(whole) > 9 or (dot and rest.strip("0")):
        raise Unread("is no whole number")
    return int(whole)


# --- days -------------------------------------------------------------------------------------------------------------


class Day(NamedTuple):
    """A day that a cell tells, in ISO form.

    `order` says what its form tells of the order of day and month: `day` (it can only be day first), `month` (only
    month first), `either`, or nothing, where there is no question of it.
    """

    iso: str
    order: str = ""


_NUMBERS: Final = re.compile(r"([0-9]{1,4})[/. -]([0-9]{1,2})[/. -]([0-9]{1,4})(?:[ T]+[0-9]{1,2}[:.].*)?")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T].*)?")
_RUN: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NAMED: Final = re.compile(
    r"(?:[A-Za-z]+,? )?([0-9]{1,2})(?:st|nd|rd|th)?[ /.-]+([A-Za-z]{3,9})[ /.,-]+([0-9]{2,4})(?: .*)?"
)
_SERIAL: Final = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_NAMES: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTHS: Final = {
    **{name: place for place, name in enumerate(_NAMES, 1)},
    **{name[:3]: place for place, name in enumerate(_NAMES, 1)},
    "sept": 9,
}
_WANTED: Final = "it should be a day such as 23/04/2012 or 2012-04-23"

EPOCHS: Final = {False: date(1899, 12, 30).toordinal(), True: date(1904, 1, 1).toordinal()}
"""Day 0 of a workbook's day numbers, by whether it counts from 1904."""


def read_day(cell: Cell, month_first: bool = False, since_1904: bool | None = None) -> Day:
    """The day that a cell tells. `since_1904` says from when a workbook counts its days; None: it is no workbook."""
    if isinstance(cell, datetime | date):
        return Day(_checked(cell.year, cell.month, cell.day))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _of_number(float(cell), since_1904)
    return _of_text(cleaned(cell), month_first, since_1904)


@lru_cache(maxsize=50_000)
def _of_text(text: str, month_first: bool, since_1904: bool | None) -> Day:
    if match := _ISO.fullmatch(text) or _RUN.fullmatch(text):
        return Day(_checked(int(match[1]), int(match[2]), int(match[3])))
    if match := _NUMBERS.fullmatch(text):
        return _in_numbers(match[1], match[2], match[3], month_first)
    if match := _NAMED.fullmatch(text):
        month = _MONTHS.get(match[2].lower())
        if month is not None:
            return Day(_checked(_year(match[3]), month, int(match[1])))
    if _SERIAL.fullmatch(text):
        return _of_number(float(text), since_1904)
    raise Unread(f"is no date; {_WANTED}")


def _in_numbers(first: str, second: str, third: str, month_first: bool) -> Day:
    if len(first) > 2:
        return Day(_checked(_year(first), int(second), int(third)))
    year, one, two = _year(third), int(first), int(second)
    order = "" if one == two else "day" if one > 12 else "month" if two > 12 else "either"
    day, month = (two, one) if (order == "month" or (month_first and order != "day")) else (one, two)
    return Day(_checked(year, month, day), order)


def _year(text: str) -> int:
    if len(text) != 4:
        raise Unread(f"is a date whose year has not four digits; {_WANTED}")
    return int(text)


def _of_number(number: float, since_1904: bool | None) -> Day:
    """The day that a spreadsheet program writes as a number."""
    if since_1904 is None:
        raise Unread(f"looks like the number by which a spreadsheet program keeps a day; {_WANTED}")
    whole = int(number) + EPOCHS[since_1904] if number == number and 0 < number < 100_000 else 0
    if not whole:
        raise Unread(f"is a number that is no day; {_WANTED}")
    found = date.fromordinal(whole)
    return Day(_checked(found.year, found.month, found.day), "serial")


def _checked(year: int, month: int, day: int) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unread(f"is a date before {FIRST_YEAR} or after {LAST_YEAR}")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Unread("is a day that the calendar does not have") from None
