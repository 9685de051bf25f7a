"""One case record as a copy that names nobody: what is kept, replaced and removed of it, field by field."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casecheck.anonymising.detectors import is_known_wording, numbers_in
from casecheck.anonymising.fields import MONTH_ONLY, is_birth, is_removed, is_text, kind_of_pseudonym
from casecheck.anonymising.keys import drawn, pseudonym
from casecheck.anonymising.reading import Reading, neutral
from casecheck.calendar import DAYS, UNKNOWN, iso
from casecheck.records.schema import Field, Section, child_sections, sections

Row = dict[str, Any]

_CODE: Final = re.compile(r"[A-Z0-9]{1,6}|[a-z]{2,30}(?:[ _-][a-z]{1,30}){0,3}")
"""A code of the returns (`N1`, `CHILD`), or a kind in words (`foster_carer`, `health visitor`)."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LARGEST: Final = 9_999
"""The largest number that may be a count, a score or a year."""
_MOST_WEEKS: Final = 13


class Asked(NamedTuple):
    """How a copy is made: with which key, so that which pack finds the same in it, with dates moved or not."""

    key: bytes
    reads: Reading
    shift_dates: bool = False


class _Copy(NamedTuple):
    """The copy of one record while it is made: by how many days its dates are moved, and what has been done so far."""

    asked: Asked
    shift: int
    done: Counter[str]


def anonymised(record: Mapping[str, Any], asked: Asked) -> tuple[Row, Counter[str]]:
    """The copy of a valid record, with births on the first of their month; and how many values were dealt with how."""
    name = record["la_child_id"]
    copy = _Copy(asked, 7 * _weeks(asked.key, name) if asked.shift_dates else 0, Counter())
    made = _record(record, sections()[()], copy)
    details = made.get("child_details")
    if isinstance(details, dict) and copy.done["births"]:
        details[MONTH_ONLY] = True
    return made, copy.done


def _weeks(key: bytes, name: str) -> int:
    """By how many weeks the dates of a child are moved: from one to 13, forward or back."""
    number = drawn(key, "weeks", name, 2 * _MOST_WEEKS)
    return number - _MOST_WEEKS if number < _MOST_WEEKS else number - _MOST_WEEKS + 1


def _record(row: Mapping[str, Any], section: Section, copy: _Copy) -> Row:
    if section.path == ("coverage",):
        return _coverage(row)
    made: Row = {}
    children = {child.name: child for child in child_sections(section.path) if not child.derived}
    for name, held in row.items():
        if name in children:
            made[name] = _held(held, children[name], copy)
        elif name == "local":
            made |= _local(held, copy)
        elif name == "purge" or name == MONTH_ONLY:
            continue
        elif name in section.fields:
            made |= _field(section.fields[name], held, copy)
        else:
            copy.done["unknown"] += 1
    return made


def _held(held: Any, section: Section, copy: _Copy) -> Any:
    """What a section holds; what its sender has withdrawn (`purge`) is not there."""
    if isinstance(held, list):
        rows = [row for row in held if not _is_purged(row)]
        return [_record(row, section, copy) if isinstance(row, dict) else None for row in rows]
    if not isinstance(held, dict):
        return None
    return {"purge": True} if _is_purged(held) else _record(held, section, copy)


def _is_purged(row: Any) -> bool:
    return isinstance(row, dict) and row.get("purge") is True


def _field(field: Field, held: Any, copy: _Copy) -> Row:
    """The field in the copy: nothing where it is removed."""
    if held is None:
        return {field.name: None}
    if is_removed(field):
        copy.done["removed"] += 1
        return {}
    if is_text(field):
        copy.done["texts"] += bool(held.strip())
        return {field.name: neutral(copy.asked.reads, field.name, held)}
    if is_birth(field):
        copy.done["births"] += 1
        return {field.name: in_month(_moved(held, copy.shift), 1)}
    if field.is_date:
        return {field.name: _moved(held, copy.shift)}
    if isinstance(held, list):
        return {field.name: [_value(each, field, copy) for each in held]}
    return {field.name: _value(held, field, copy)}


def _value(held: Any, field: Field, copy: _Copy) -> Any:
    kind = kind_of_pseudonym(field.name)
    if kind is not None and isinstance(held, str):
        copy.done["numbers"] += 1
        return pseudonym(copy.asked.key, kind, held)
    if _is_harmless(held, field.values, copy.asked.reads.values):
        return held
    copy.done["not codes"] += 1
    return pseudonym(copy.asked.key, "other", held) if isinstance(held, str) else None


def _is_harmless(held: Any, *known: Any) -> bool:
    """Whether a value is one of those known, a code, or a number that may be a count."""
    if held is None or isinstance(held, bool):
        return True
    if isinstance(held, int | float):
        return abs(held) <= _LARGEST
    if not isinstance(held, str) or any(held in each for each in known):
        return isinstance(held, str)
    return (_CODE.fullmatch(held) is not None or is_known_wording(held)) and not any(numbers_in(held))


def _local(held: Any, copy: _Copy) -> Row:
    """Of a council's own fields those that the pack reads; of these, free text is replaced by a neutral word."""
    if not isinstance(held, dict):
        return {}
    reads = copy.asked.reads
    copy.done["local"] += sum(name not in reads.local for name in held)
    kept = {name: _of_ours(value, copy) for name, value in held.items() if name in reads.local}
    return {"local": kept} if kept else {}


def _of_ours(value: Any, copy: _Copy) -> Any:
    """The value in the copy; None where it is neither a day, a code, a count nor text."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _moved(value, copy.shift)
    if _is_harmless(value, copy.asked.reads.values):
        return value
    copy.done["texts" if isinstance(value, str) else "local"] += 1
    return neutral(copy.asked.reads, "", value) if isinstance(value, str) else None


def _coverage(row: Mapping[str, Any]) -> Row:
    """What the source holds, as it was, but for what names no section: its dates are the source's, not the child's."""
    known = {part for path in sections() for part in (".".join(path), *path)}
    made: Row = {}
    if "from" in row:
        made["from"] = {name: day for name, day in (row["from"] or {}).items() if name in known}
    if "to" in row:
        made["to"] = row["to"]
    for name in ("latest_only", "not_held"):
        if name in row:
            made[name] = [each for each in row[name] or () if each in known]
    return made


# --- days -------------------------------------------------------------------------------------------------------------


def _moved(text: str, days: int) -> str:
    """A day moved by so many days; a day that no calendar has stays one."""
    day = DAYS[text]
    return (iso(day + days) or text) if days and day != UNKNOWN else text


def in_month(text: str, day: int) -> str:
    """The day of that number in the month of a day; the month's last where it has none. A day that no calendar has
    becomes day 00 of its month, which no calendar has either.
    """
    if DAYS[text] == UNKNOWN:
        return f"{text[:7]}-00"
    return next(found for number in range(day, 0, -1) if DAYS[found := f"{text[:7]}-{number:02}"] != UNKNOWN)
