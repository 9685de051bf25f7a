"""What a case is broken down by: the value of a field of its record on the audit date.

Of a section the record that the file rests on speaks: the newest in force on the audit date, else the newest ended. Of
workers it is one who holds the case: a reviewing officer's team is not the child's.
"""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from casecheck.allocations import SECTION, whose_case
from casecheck.calendar import UNKNOWN, age_on
from casecheck.checks.application import latest_of
from casecheck.errors import UsageProblem
from casecheck.records.case import NOT_HELD, Case, Record, of_the_child, row_on
from casecheck.records.schema import Section, sections

NONE_RECORDED: Final = "none recorded"
NOT_HELD_WORDS: Final = "not held"

_ROWS: Final = ("social_care_episodes", "child_looked_after_placements")
_BANDS: Final = ((1, "0 (under 1)"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 and 17"))
"""Ages below which each band lies, as the DfE's statistics of children looked after have them."""
_OLDEST: Final = "18 and over"

_NO_VALUES: Final = {
    "local": "a council's own fields may be of a person, and never reach an output",
    "purge": "records to be purged are not there, so none is left to break down",
}
_PREFERRED: Final = ("care_worker_details", "placements", "legal_statuses", "child_details")


class Group(NamedTuple):
    """A field to break down by: its name as given, its section's path, and a case's value of it in words."""

    name: str
    path: tuple[str, ...]
    value_of: Callable[[Case], str]


def compile_group(name: str) -> Group:
    """The breakdown by the field `name`, alone where unique or as `SECTION.FIELD`, or by `age` or `age_band`.

    Raises UsageProblem where no field is so named, more than one is, or it is of a person.
    """
    if name in _OF_AGE:
        return Group(name, (), _OF_AGE[name])
    section, field = _field_named(name)
    absent = None if section.fields[field].absent_is_empty else NOT_HELD

    def value_of(case: Case) -> str:
        found, lacking = of_the_child(case, section.path) if section.path else ((case.root,), ())
        if section.path == SECTION:
            found = whose_case(found, case.as_at)
        records: list[Record] = latest_of(found, case.as_at)
        if not records:
            return NOT_HELD_WORDS if lacking else NONE_RECORDED
        return _in_words(row_on(records[0], case.as_at).get(field, absent))

    return Group(name, section.path, value_of)


def _age(case: Case) -> str:
    if case.born is None:
        return "unborn"
    return NOT_HELD_WORDS if case.born == UNKNOWN else str(age_on(case.born, case.as_at))


def _age_band(case: Case) -> str:
    if case.born is None or case.born == UNKNOWN:
        return _age(case)
    age = age_on(case.born, case.as_at)
    return next((band for below, band in _BANDS if age < below), _OLDEST)


_OF_AGE: Final[Mapping[str, Callable[[Case], str]]] = {"age": _age, "age_band": _age_band}


def _in_words(value: Any) -> str:
    if value is NOT_HELD:
        return NOT_HELD_WORDS
    if value is None or value == [] or value == "":
        return NONE_RECORDED
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _field_named(name: str) -> tuple[Section, str]:
    *where, field = name.split(".")
    if field in _NO_VALUES:
        raise UsageProblem(f"--by {name}: {_NO_VALUES[field]}")
    named = [
        section
        for path, section in sections().items()
        if field in section.fields and path != _ROWS and (not where or path[-len(where) :] == tuple(where))
    ]
    if not named:
        known = sorted({each for section in sections().values() for each in section.fields})
        near = get_close_matches(field, known, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise UsageProblem(f"--by {name}: no field of the case record is so named{meant}")
    allowed = [section for section in named if not section.fields[field].personal]
    if not allowed:
        raise UsageProblem(f"--by {name}: the field is of a person, and never reaches an output")
    found = [section for section in allowed if section.name in _PREFERRED] or allowed
    if len(found) > 1:
        choices = ", ".join(f"{section.name}.{field}" for section in found)
        raise UsageProblem(f"--by {name}: more than one section has this field; write one of {choices}")
    return found[0], field
