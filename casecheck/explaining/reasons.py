"""Why a condition holds of a record on a day, or does not, in clauses: each part is asked of the engine."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from casecheck.explaining.missing_dates import pointer_on
from casecheck.explaining.model import Asked
from casecheck.records.case import NOT_HELD, Case, Record, row_on
from casecheck.records.schema import Field
from casecheck.rules.condition_words import clause, each_clause
from casecheck.rules.conditions import compile_condition
from casecheck.rules.model import Condition
from casecheck.rules.negation import negated
from casecheck.rules.record_words import short_noun, value_in_words
from casecheck.rules.truth import Condition as Compiled
from casecheck.written.places import listed


class Asking(NamedTuple):
    """Who is asked: a record of a case on a day, with the terms of the pack."""

    case: Case
    record: Record
    day: int
    terms: Mapping[str, Condition]

    @property
    def it(self) -> str:
        """What clauses call the record."""
        return f"the {short_noun(self.record.section)}"

    def on(self, day: int) -> "Asking":
        """The same, on another day."""
        return self._replace(day=day)

    def compiled(self, says: Condition) -> Compiled:
        """A condition on the record, as the engine has it."""
        return compile_condition(says, self.record.section.path, self.terms)

    def truth(self, says: Condition) -> bool | None:
        """Whether the condition holds, as the engine sees it."""
        return self.compiled(says).test(self.case, self.record, self.day)


def parts_of(says: Condition) -> Iterator[dict[str, Any]]:
    """The conditions of one entry each that must all hold for `says` to hold."""
    for key, value in says.items():
        if key == "none_of":
            yield from ({"none_of": [each]} for each in value)
        elif key == "is" and isinstance(value, list):
            yield from ({"is": each} for each in value)
        else:
            yield {key: value}


def why_not(says: Condition, asking: Asking) -> list[str]:
    """The clauses, each true, for which the condition does not hold."""
    path = asking.record.section.path
    found: list[str] = []
    for part in parts_of(says):
        if asking.truth(part) is not False:
            continue
        (key, value), *_ = part.items()
        if key == "age" and isinstance(value, Mapping) and len(value) == 1:
            found.append(_other_age(value, path, asking))
        elif key == "none_of":
            found += why(value[0], asking)
        elif key == "any_of" and len(value) == 1:
            found += why_not(value[0], asking)
        else:
            found.append(negated(clause(part, path, asking.it)))
    return found


def _other_age(wanted: Mapping[str, Any], path: tuple[str, ...], asking: Asking) -> str:
    """The age that a child is of who is not of the one wanted: `18 or over`, who is not 17 or under."""
    ((bound, age),) = wanted.items()
    if bound == "at_most":
        return clause({"age": {"at_least": age + 1}}, path, asking.it)
    return f"the child is under {age}" if bound == "at_least" else negated(clause({"age": wanted}, path, asking.it))


def why(says: Condition, asking: Asking) -> list[str]:
    """The clauses, each true, for which the condition holds."""
    path = asking.record.section.path
    found: list[str] = []
    for part in parts_of(says):
        (key, value), *_ = part.items()
        if key == "any_of":
            found += next((why(each, asking) for each in value if asking.truth(each)), [])
        elif key == "is" and list(asking.terms[value]) == ["any_of"]:
            found += why(asking.terms[value], asking)
        elif key != "none_of" or len(says) == 1:
            found.append(clause(part, path, asking.it))
    return found


def said(clauses: list[str]) -> str:
    """Clauses as one."""
    return listed(list(dict.fromkeys(clauses)), "and")


# --- a condition part by part ----------------------------------------------------------------------------------------

Strictly = Callable[[Condition], Condition]
"""A condition as its rule means it, where that is more than it says."""


def as_said(says: Condition) -> Condition:
    """A condition that means what it says."""
    return says


def asked(says: Condition, asking: Asking, strictly: Strictly = as_said) -> tuple[Asked, ...]:
    """The parts of a condition that must all hold, each with what came of it."""
    return tuple(_asked(part, asking, strictly) for part in parts_of(says))


def _asked(part: Condition, asking: Asking, strictly: Strictly) -> Asked:
    section = asking.record.section
    (key, value), *_ = part.items()
    words = each_clause(part, section.path, asking.it)[0]
    holds = asking.truth(strictly(part))
    if key == "any_of":
        parts = tuple(_whole(each, asking, strictly) for each in value) if len(value) > 1 else ()
        return Asked(words, holds, "", None, parts)
    if key == "is":
        return Asked(words, holds, "", None, asked(asking.terms[value], asking))
    if key in section.fields:
        field = section.fields[key]
        found = field_state(field, row_on(asking.record, asking.day).get(key, absent(field)))
        return Asked(words, holds, found, f"{pointer_on(asking.record, asking.day)}/{key}", ())
    return Asked(words, holds, "", None, ())


def _whole(says: Condition, asking: Asking, strictly: Strictly) -> Asked:
    """One alternative: of several entries, all of which must hold, or of one."""
    if len(list(parts_of(says))) == 1:
        return _asked(says, asking, strictly)
    words = clause(says, asking.record.section.path, asking.it)
    return Asked(words, asking.truth(strictly(says)), "", None, asked(says, asking, strictly))


_CODE: Final = re.compile(r"[A-Z][0-9]{1,2}")
"""What a code looks like that the case schema does not list, such as that of a placement: too short to be a name."""


def absent(field: Field) -> Any:
    """What a field that is left out means."""
    return None if field.absent_is_empty else NOT_HELD


def field_state(field: Field, value: Any) -> str:
    """What a record has in a field: a flag, a date, a number or a listed code; of text only that there is some."""
    if value is NOT_HELD:
        return "not held"
    if value is None or value == [] or value == "":
        return "recorded as empty"
    if field.personal or isinstance(value, list | dict):
        return "something is recorded"
    if isinstance(value, bool):
        return f"recorded as {'yes' if value else 'no'}"
    if field.is_date or isinstance(value, int | float) or value in field.values or _CODE.fullmatch(value):
        return f"recorded as {value_in_words(field.name, value)}"
    return "something is recorded"
