"""A result document read again: what `casecheck audit --format json` or `jsonl` wrote."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from casecheck.errors import InputProblem, UsageProblem
from casecheck.reports.result_schema import result_schema

_HOW: Final = "make one with `casecheck audit PATH --format json --output FILE`"


class Result(NamedTuple):
    """A result: the name of its file, the document without its cases, and the cases, which can be gone through anew."""

    name: str
    head: Mapping[str, Any]
    cases: Iterable[Mapping[str, Any]]


class _Lines:
    """The cases of a result in JSON Lines, read anew each time that they are gone through."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        with self._path.open("rb") as lines:
            line = next(lines, b"")
            for number, following in enumerate(lines, 1):
                yield _checked_case(line, f"{self._path}:{number}")
                line = following


def read_result(path: Path) -> Result:
    """The result in the file.

    Raises UsageProblem where there is no such file, InputProblem where it holds no result of this form. What is wrong
    in a case of a result in JSON Lines is told when the case is reached.
    """
    try:
        with path.open("rb") as file:
            first = file.readline()
            if _is_case(_parsed(first)):
                last = first
                for line in file:
                    last = line
                return Result(path.name, _checked_head(_parsed(last), path), _Lines(path))
            whole = _parsed(first + file.read())
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
        raise UsageProblem(f"{path}: cannot be read: {reason}") from None
    cases = whole.pop("cases", []) if isinstance(whole, dict) else []
    if not isinstance(cases, list):
        raise InputProblem(f"{path}: /cases is no list, so this is no result of casecheck; {_HOW}")
    head = _checked_head(whole, path)
    for number, case in enumerate(cases):
        _refuse_unless_valid(_case_validator(), case, f"{path}: /cases/{number}")
    return Result(path.name, head, cases)


def _parsed(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return None


def _is_case(value: Any) -> bool:
    return isinstance(value, dict) and "case_id" in value and "schema" not in value


def _checked_head(head: Any, path: Path) -> Mapping[str, Any]:
    if not isinstance(head, dict) or "schema" not in head:
        raise InputProblem(f"{path}: is no result of casecheck, or not a whole one; {_HOW}")
    known = result_schema()["properties"]["schema"]["const"]
    if head["schema"] != known:
        raise InputProblem(f"{path}: is not of the form {known}, which this version of casecheck reads; {_HOW}")
    _refuse_unless_valid(_head_validator(), {**head, "cases": []}, f"{path}: ")
    return head


def _checked_case(line: bytes, place: str) -> Mapping[str, Any]:
    case = _parsed(line)
    _refuse_unless_valid(_case_validator(), case, f"{place}: ")
    found: Mapping[str, Any] = case
    return found


def _refuse_unless_valid(validator: Callable[[Any], Iterable[Any]], value: Any, place: str) -> None:
    """Name the place of what is wrong, never what stands there: another's file may hold anything."""
    error = next(iter(validator(value)), None)
    if error is not None:
        pointer = "".join(f"/{each}" for each in error.instance_path)
        raise InputProblem(f"{place}{pointer or '/'}: is not what a result of casecheck holds there; {_HOW}")


@cache
def _head_validator() -> Callable[[Any], Iterable[Any]]:
    return _validator(result_schema())


@cache
def _case_validator() -> Callable[[Any], Iterable[Any]]:
    return _validator({"$ref": "#/$defs/case", "$defs": result_schema()["$defs"]})


def _validator(schema: dict[str, Any]) -> Callable[[Any], Iterable[Any]]:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(schema).iter_errors
