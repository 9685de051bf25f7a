"""A day in the month of birth for which the copy of a record has the findings of the original.

Standards depend on ages, so the first of the month may change a finding of a child whose birthday falls between. Then
another day of the month is taken that changes none: never the child's own, and drawn by the key, so that it is no edge
of the days that would do.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from casecheck.anonymising.fields import BIRTHS
from casecheck.anonymising.keys import drawn
from casecheck.anonymising.record import Row, in_month
from casecheck.auditing import Auditor, audit_case
from casecheck.calendar import DAYS, UNKNOWN, birthday, iso
from casecheck.records.case import release
from casecheck.records.derived import case_as_at

_AGES: Final = (0, 16, 18, 21, 25)
"""The birthdays on which something in a record begins or ends."""

Findings = tuple[Any, ...]


class Fitted(NamedTuple):
    """A copy, whether another day than the first of the month was taken, and the standards that find otherwise in it
    than in the original.
    """

    record: Row
    other_day: bool
    changed: tuple[str, ...]


def findings(auditor: Auditor, record: Mapping[str, Any]) -> dict[str, Findings]:
    """What an audit finds in a valid record: of each standard the outcome, and how many counted obligations have which;
    under no name whether the case is adequate.
    """
    case = case_as_at(record, auditor.span.as_at, auditor.reads)
    entry = audit_case(auditor, case)
    release(case)
    found: dict[str, Findings] = {"": (entry["adequate"],)}
    for each in entry["findings"]:
        counts = Counter(made["outcome"] for made in each["obligations"] if made["counted"])
        found[each["rule"]] = (*found.get(each["rule"], ()), each["outcome"], *sorted(counts.items()))
    return found


def fitted(auditor: Auditor, original: Mapping[str, Any], copy: Row, key: bytes) -> Fitted:
    """The copy with a day in the month of birth that changes no finding; with the first, where no such day is.

    What fell on a birthday falls on it in the copy too, unless only its own day changes no finding.
    """
    wanted = findings(auditor, original)
    first: Fitted | None = None
    for other_day, made in _candidates(original, copy, key):
        changed = _changed(wanted, findings(auditor, made))
        if not changed:
            return Fitted(made, other_day, ())
        first = first or Fitted(made, False, changed)
    assert first is not None
    return first


def changed_findings(auditor: Auditor, original: Mapping[str, Any], copy: Row) -> tuple[str, ...]:
    """The standards that find otherwise in a copy than in the original."""
    return _changed(findings(auditor, original), findings(auditor, copy))


def _changed(before: Mapping[str, Findings], after: Mapping[str, Findings]) -> tuple[str, ...]:
    return tuple(name for name, found in before.items() if name and found != after[name])


def _candidates(original: Mapping[str, Any], copy: Row, key: bytes) -> Iterator[tuple[bool, Row]]:
    """The copy with one day of the month of birth after the other, the first one first; and whether it is another."""
    details = copy.get("child_details") or {}
    born = {name: details[name] for name in BIRTHS if details.get(name)}
    true = {original["child_details"][name][8:] for name in born}
    days = [day for day in range(2, 32) if born and f"{day:02}" not in true]
    days.sort(key=lambda each: drawn(key, f"day {each}", original["la_child_id"], 2**32))
    for birthdays_too in (True, False):
        for day in (1, *days):
            moved = {name: in_month(held, day) for name, held in born.items()}
            if day > 1 and any(f"{day:02}" != held[8:] for held in moved.values()):
                continue
            made = {**copy, "child_details": {**details, **moved}} if born else copy
            yield day > 1, _with_birthdays(original, made) if birthdays_too else made


def _with_birthdays(original: Mapping[str, Any], copy: Row) -> Row:
    """The copy in which what happened on a birthday that matters happened on that birthday of the copy's own."""
    before, after = _birthdays(original), _birthdays(copy)
    if not before or before == after:
        return copy
    days = dict(zip(before, after, strict=True))
    births = {name: held for name, held in copy["child_details"].items() if name in BIRTHS}
    kept = {"child_details": {**_replaced(copy["child_details"], days), **births}}
    if "coverage" in copy:
        kept["coverage"] = copy["coverage"]
    return {**{name: _replaced(held, days) for name, held in copy.items()}, **kept}


def _replaced(value: Any, days: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return days.get(value, value)
    if isinstance(value, list):
        return [_replaced(each, days) for each in value]
    return {name: _replaced(each, days) for name, each in value.items()} if isinstance(value, dict) else value


def _birthdays(record: Mapping[str, Any]) -> list[str]:
    """The day of birth and the birthdays on which care, plans and duties begin or end; none of the unborn."""
    born = DAYS[(record.get("child_details") or {}).get("date_of_birth") or ""]
    return [iso(birthday(born, age)) for age in _AGES] if born != UNKNOWN else []


def tells_birthday(original: Mapping[str, Any], copy: Mapping[str, Any]) -> bool:
    """Whether a date that the copy keeps is the day of birth itself, or one of the birthdays that matter: whoever sees
    it may guess the day. The first of a month tells no more than the month.
    """
    telling = {day for day in _birthdays(original) if not day.endswith("-01")}
    kept = {name: held for name, held in copy.items() if name != "coverage"}
    return any(each in telling for each in _texts(kept))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
