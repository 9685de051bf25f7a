"""Whether what a condition wants of a field makes sense: values that it can hold, operators that fit it.

Names and free text are personal. They never decide by what they say, so that no result can tell it: of free text a rule
may ask whether there is any and whether it says more than given words, of the child's own details not even that.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from casecheck.calendar import DAYS, UNKNOWN
from casecheck.records.properties import did_you_mean
from casecheck.records.schema import Section
from casecheck.rules.matching import OPERATORS
from casecheck.rules.names import section_around
from casecheck.written.places import Path, listed, quoted

Fault = tuple[Path, str]
"""Where within what is wanted, and what to write instead."""

_NUMBERS: Final = frozenset({"integer", "number"})


class Value(NamedTuple):
    """What a condition asks about: a field of a record or something worked out, by what it can hold.

    `values` are the only ones, if there are few; `compared` says whether a rule may compare it, `readable` whether it
    may ask for it at all.
    """

    name: str
    kind: str
    values: tuple[Any, ...] = ()
    compared: bool = True
    readable: bool = True


DATE, LIST, NUMBER, TRUTH, TEXT, ANYTHING = "a date", "a list", "a number", "true or false", "text", "of any kind"


_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_IN_QUOTES: Final = {TRUTH: re.compile("true|false", re.IGNORECASE), NUMBER: re.compile(r"[-+]?\d+(\.\d+)?")}
"""Text that is a value of the kind but for the quotes around it."""


def value_of(section: Section, name: str) -> Value:
    """What a field of the section can hold."""
    field = section.fields[name]
    types = set(field.types)
    if field.is_date:
        kind = DATE
    elif "array" in types:
        kind = LIST
    elif types & _NUMBERS:
        kind = NUMBER
    else:
        kind = TRUTH if "boolean" in types else TEXT
    readable = not field.personal or section.path not in ((), ("child_details",))
    return Value(name, kind, field.values, compared=not field.personal, readable=readable)


def value_faults(value: Value, wanted: Any, own: Section | None) -> Iterator[Fault]:
    """What makes no sense in wanting this of the value; `same_as` may name the fields of the section `own`, if any,
    and of those around it.
    """
    if not value.readable:
        hint = "write `age`" if value.name.endswith("date_of_birth") else "rules cannot read it"
        yield (), f"`{value.name}` is personal; {hint}"
    elif isinstance(wanted, Mapping):
        for operator, operand in wanted.items():
            yield from (((operator, *path), text) for path, text in _operator(value, operator, operand, own))
    else:
        for each in wanted if isinstance(wanted, list) else [wanted]:
            if each is not None:
                yield from (((), text) for text in _misfit(value, each))


def _operator(value: Value, operator: str, operand: Any, own: Section | None) -> Iterator[Fault]:
    if operator not in OPERATORS:
        meant = did_you_mean(operator, OPERATORS)
        hint = f"did you mean `{meant}`?" if meant else f"the operators are {listed(OPERATORS, 'and')}"
        yield (), f"unknown operator {quoted(operator)}: {hint}"
    elif operator == "not":
        yield from value_faults(value, operand, own)
    elif operator == "says_more_than":
        if value.kind not in (TEXT, ANYTHING) or value.values:
            kind = "one of a list of words" if value.values else value.kind
            yield (), f"`says_more_than` is for free text; `{value.name}` is {kind}"
    elif operator != "present" and not value.compared:
        yield (), _not_compared(value)
    elif operator == "same_as":
        yield from (((), text) for text in _same_as(value, operand, own))
    elif operator != "present":
        yield from (((), text) for text in _bound(value, operator, operand))


def _bound(value: Value, operator: str, operand: Any) -> Iterator[str]:
    if value.kind not in (DATE, NUMBER, ANYTHING):
        yield f"`{operator}` is for numbers and dates; `{value.name}` is {value.kind}: write a value, a list, or `not`"
    else:
        yield from _misfit(value, operand)


def _same_as(value: Value, other: Any, own: Section | None) -> Iterator[str]:
    if own is None:
        yield f"`same_as` compares fields of a record, and `{value.name}` is none; write a number"
        return
    first, _, name = str(other).rpartition(".")
    holder = section_around(first, own.path) if first not in ("", "previous") else own
    if holder is None or name not in holder.fields:
        meant = None if holder is None else did_you_mean(name, holder.fields)
        hint = (
            f"did you mean `{meant}`?" if meant else "write FIELD, previous.FIELD, or SECTION.FIELD of a record around"
        )
        yield f"`same_as`: there is no field {quoted(other)}; {hint}"
        return
    compared = value_of(holder, name)
    if not compared.compared:
        yield f"`same_as`: {_not_compared(compared)}"
    elif compared.kind != value.kind != ANYTHING:
        yield f"`same_as`: `{value.name}` is {value.kind}, but `{name}` is {compared.kind}"


def _not_compared(value: Value) -> str:
    return f"`{value.name}` is personal or free text, and is not compared; write `present`, `says_more_than` or null"


def _misfit(value: Value, wanted: Any) -> Iterator[str]:
    """Why the value can never be the one wanted, and what to write."""
    subject = f"`{value.name}` cannot be {quoted(wanted)}"
    if not value.compared:
        yield _not_compared(value)
    elif value.kind == DATE:
        if not isinstance(wanted, str) or DAYS[wanted] == UNKNOWN:
            why = "there is no such day" if _DAY.fullmatch(str(wanted)) else "it is a date"
            yield f"{subject}: {why}; write one such as 2012-04-23"
    elif value.values:
        if wanted not in value.values:
            known = [str(each) for each in value.values if each is not None]
            meant = did_you_mean(wanted, known) if isinstance(wanted, str) else None
            yield f"{subject}: " + (f"did you mean `{meant}`?" if meant else f"write {listed(known)}")
    elif value.kind in _IN_QUOTES and isinstance(wanted, str) and _IN_QUOTES[value.kind].fullmatch(wanted):
        yield f"`{value.name}` cannot be the text {quoted(wanted)}: it is {value.kind}; write it without quotes"
    elif value.kind in (NUMBER, TRUTH, TEXT) and value.kind != _kind_of(wanted):
        yield f"{subject}: it is {value.kind}; write {value.kind}{', in quotes' if value.kind == TEXT else ''}"


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return TRUTH
    return NUMBER if isinstance(value, int | float) else TEXT
