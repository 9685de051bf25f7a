"""Whether a record meets a condition on a day. Everything asked for must be held."""

from typing import Any

from casecheck.calendar import age_on
from tests.oracle.file import SECTIONS, File, Record, around

Condition = dict[str, Any]


class NotHeld(Exception):
    """The condition asks for what the record does not hold: the oracle does not answer then."""


def holds(condition: Any, record: Record, day: int, file: File, terms: Any) -> bool:
    """Whether every entry of the condition holds. After the audit date what has not ended stands, and ages go on."""
    return all(entry_holds(key, value, record, day, file, terms) for key, value in condition.items())


def entry_holds(key: str, value: Any, record: Record, day: int, file: File, terms: Any) -> bool:
    if key == "any_of":
        return any(holds(each, record, day, file, terms) for each in value)
    if key == "none_of":
        return not any(holds(each, record, day, file, terms) for each in value)
    if key == "is":
        return holds(terms[value], record, day, file, terms)
    if key in SECTIONS:
        standing = in_force(around(record, key), day)
        if set(value) == {"present"}:
            return bool(standing) == bool(value["present"])
        return any(holds(value, each, day, file, terms) for each in standing)
    return value_meets(held_value(key, record, day, file), value, record, day, file)


def in_force(records: list[Record], day: int) -> list[Record]:
    standing = [record for record in records if record.in_force(day)]
    if standing and SECTIONS[standing[0].section].one_at_a_time:
        return standing[-1:]
    return standing


def held_value(key: str, record: Record, day: int, file: File) -> Any:
    if key == "age":
        if file.born is None:
            raise NotHeld(key)
        return age_on(file.born, day)
    if key == "position":
        return record.in_turn().index(record) + 1
    if key.startswith("previous."):
        place = record.in_turn().index(record)
        before = record.in_turn()[place - 1] if place else None
        return None if before is None else held_value(key.removeprefix("previous."), before, day, file)
    if "." in key:
        section, name = key.split(".")
        outer: Record | None = record
        while outer is not None and outer.section != section:
            outer = outer.parent
        if outer is None:
            raise NotHeld(key)
        return held_value(name, outer, day, file)
    fields = record.on(day)
    if key not in fields:
        raise NotHeld(key)
    return fields[key]


def value_meets(held: Any, asked: Any, record: Record, day: int, file: File) -> bool:
    if isinstance(asked, dict):
        return all(operator_meets(held, name, operand, record, day, file) for name, operand in asked.items())
    if isinstance(asked, list):
        return any(value_meets(held, each, record, day, file) for each in asked)
    if isinstance(held, list):
        return asked in held
    return bool(held == asked)


def operator_meets(held: Any, name: str, operand: Any, record: Record, day: int, file: File) -> bool:
    if name == "not":
        return not value_meets(held, operand, record, day, file)
    if name == "present":
        return (held is not None) == bool(operand)
    if name == "same_as":
        return bool(held == held_value(operand, record, day, file))
    if held is None:
        return False
    return bool(held >= operand if name == "at_least" else held <= operand)
