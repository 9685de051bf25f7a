"""Whether a record keeps to the case schema, and if not, where and why, in plain words.

`jsonschema_rs` gives the verdict, since it is a hundred times faster; `jsonschema` finds the places, and the words are
ours: what stands there by kind and size, and what would be right. What a record holds is never repeated, but for a few
digits of what should have been a date.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final

import orjson

from casecheck.records.case import Note
from casecheck.records.properties import did_you_mean, known_properties, unknown_properties
from casecheck.records.schema import case_schema, strict_schema

__all__ = [
    "described",
    "did_you_mean",
    "errors",
    "is_valid",
    "known_properties",
    "parse",
    "pointer",
    "unknown_properties",
]

MOST_TOLD: Final = 20
"""How many places of one record are told of; after these one line says that there are more."""

_PLAIN: Final = re.compile(r"[0-9/-]{1,20}")
_DAY: Final = "a day such as 2012-04-23 (year-month-day)"
_TYPES: Final = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "empty (null)",
}


def parse(data: bytes) -> dict[str, Any] | Note:
    """One record from UTF-8 JSON; a Note of what is wrong, and where, if it is no JSON object."""
    try:
        record = orjson.loads(data)
    except orjson.JSONDecodeError as problem:
        return Note("", _not_json(data, problem))
    if isinstance(record, dict):
        return record
    return Note("", f"is {described(record)}; a case record should be an object, {{ ... }}")


def is_valid(record: object) -> bool:
    """Whether the record keeps to the case schema."""
    try:
        return bool(_fast().is_valid(record))
    except ValueError:
        return False


def is_clean(record: object) -> bool:
    """Whether the record keeps to the case schema, has no property that it does not know and no impossible day.

    Told at once, so that only the few records that are not clean need be looked through.
    """
    try:
        return bool(_strict().is_valid(record))
    except ValueError:
        return False


def errors(record: object) -> list[Note]:
    """What keeps the record from being valid, one note a place; none if it is valid."""
    found: dict[str, Note] = {}
    told: Iterable[Any] = _telling().iter_errors(record)
    for error in islice(told, 50 * MOST_TOLD):
        place = pointer(error.absolute_path)
        found.setdefault(place, Note(place, _message(error)))
        if len(found) > MOST_TOLD:
            break
    notes = list(found.values())
    if len(notes) > MOST_TOLD:
        notes[MOST_TOLD:] = [Note("", "is wrong in more places, which are not listed")]
    if not notes and not is_valid(record):
        notes = [Note("", "holds something that JSON cannot hold")]
    return notes


def pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a path of names and places."""
    return "".join("/" + str(part)[:100].replace("~", "~0").replace("/", "~1") for part in path)


def described(value: object, plain: bool = True) -> str:
    """What a value is, by kind and size: never the value, unless it is 20 signs or fewer of digits, - and /.

    Without `plain` not even then.
    """
    if isinstance(value, str):
        if plain and _PLAIN.fullmatch(value):
            return value
        return f"text of {_characters(len(value))}" if value else "empty text"
    if isinstance(value, list):
        return f"a list of {len(value):,}"
    if value is None or isinstance(value, bool):
        return {None: "empty (null)", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return "a number"
    return "an object" if isinstance(value, Mapping) else "something else than JSON"


def _characters(count: int) -> str:
    return f"{count:,} character{'' if count == 1 else 's'}"


def _message(error: Any) -> str:
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        title = error.schema.get("properties", {}).get(missing, {}).get("title", "")
        return f"has no {missing}" + (f" ({title[0].lower()}{title[1:]})" if title else "")
    shown = described(error.instance, plain="child_details" not in error.absolute_path)
    return f"is {shown}; it should be {_right(error.schema, error.instance)}"


def _right(schema: Mapping[str, Any], value: object) -> str:
    """What a schema asks for, in words."""
    if schema.get("pattern") == case_schema()["$defs"]["date"]["pattern"]:
        return _DAY
    if "enum" in schema:
        return "one of " + ", ".join(str(each) for each in schema["enum"] if each is not None)
    types = schema.get("type", ())
    types = [types] if isinstance(types, str) else [each for each in types if each != "null"]
    words = " or ".join(_TYPES[each] for each in types)
    if "string" in types and isinstance(value, str):
        least, most = schema.get("minLength", 0), schema.get("maxLength")
        limits = f" of {f'{least:,} to' if least else 'at most'} {most:,} characters" if most else ""
        return words + limits + (" on one line" if "pattern" in schema else "")
    return words + (f" of at least {schema['minimum']}" if "minimum" in schema else "")


def _not_json(data: bytes, problem: orjson.JSONDecodeError) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as broken:
        return f"is not UTF-8 text: byte {broken.start + 1:,} cannot be read as a character"
    if "limit" in problem.msg:
        return "is nested more than 1,024 levels deep"
    if not data.strip():
        return "is empty"
    line, column = problem.lineno, problem.colno
    where = f"at column {column:,}" if b"\n" not in data else f"at line {line:,}, column {column:,}"
    if problem.pos >= len(data.decode("utf-8").rstrip()):
        return f"is cut off: the JSON ends {where} before it is closed"
    return f"is not valid JSON {where}: {_why(data, problem)}"


def _why(data: bytes, problem: orjson.JSONDecodeError) -> str:
    rest = data.decode("utf-8")[problem.pos : problem.pos + 9].lstrip("-")
    if rest.startswith(("NaN", "Infinity")):
        return "JSON has no NaN and no Infinity; write null, or leave it out"
    return problem.msg


@cache
def _fast() -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(case_schema())


@cache
def _strict() -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(strict_schema(), validate_formats=True)


@cache
def _telling() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(case_schema())
