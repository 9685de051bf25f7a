"""A result document or a trend read again: what `casecheck audit` or `casecheck trend` wrote as JSON."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import orjson

from casecheck.errors import InputProblem, UsageProblem
from casecheck.reports.result_schema import result_schema, trend_schema

_HOW_TREND: Final = "make one with `casecheck trend PATH --format json --output FILE`"
_HOW: Final = "make one with `casecheck audit PATH --format json --output FILE`"


class Result(NamedTuple):
    """A result: the name of its file, the document without its cases, and the cases, which can be gone through anew."""

    name: str
    head: Mapping[str, Any]
    cases: Iterable[Mapping[str, Any]]


class _Lines:
    """The cases of a result in JSON Lines, read anew each time that they are gone through."""

    def __init__(self, path: Path, rules: Set[str]) -> None:
        self._path, self._rules = path, rules

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        with self._path.open("rb") as lines:
            line = next(lines, b"")
            for number, following in enumerate(lines, 1):
                yield _checked_case(_parsed(line), self._rules, f"{self._path}:{number}: ")
                line = following


def read_result(path: Path) -> Result:
    """The result in the file.

    Raises UsageProblem where there is no such file, InputProblem where it holds no result of this form. What is wrong
    in a case of a result in JSON Lines is told when the case is reached.
    """
    with _opened(path) as file:
        first = file.readline()
        if _is_case(_parsed(first)):
            last = first
            for line in file:
                last = line
            head = _checked_head(_parsed(last), path)
            return Result(path.name, head, _Lines(path, _rules(head)))
        whole = _parsed(first + file.read())
    cases = whole.pop("cases", []) if isinstance(whole, dict) else []
    if not isinstance(cases, list):
        raise InputProblem(f"{path}: /cases is no list, so this is no result of casecheck; {_HOW}")
    head = _checked_head(whole, path)
    for number, case in enumerate(cases):
        _checked_case(case, _rules(head), f"{path}: /cases/{number}")
    return Result(path.name, head, cases)


def read_trend(path: Path) -> Mapping[str, Any]:
    """The trend in the file.

    Raises UsageProblem where there is no such file, InputProblem where it holds no trend of this form.
    """
    with _opened(path) as file:
        trend = _parsed(file.read())
    known = trend_schema()["properties"]["schema"]["const"]
    if not isinstance(trend, dict) or trend.get("schema") != known:
        raise InputProblem(f"{path}: is no trend of the form {known}; {_HOW_TREND}")
    _refuse_unless_valid(_trend_validator(), trend, f"{path}: ", "a trend", _HOW_TREND)
    periods = len(trend["periods"])
    for number, series in enumerate(trend["series"]):
        if not len(series["counts"]) == len(series["ratios"]) == periods:
            raise InputProblem(f"{path}: /series/{number}: has not one share for each period; {_HOW_TREND}")
    found: Mapping[str, Any] = trend
    return found


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
        raise UsageProblem(f"{path}: cannot be read: {reason}") from None


def _parsed(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return None


def _is_case(value: Any) -> bool:
    return isinstance(value, dict) and "case_id" in value and "schema" not in value


def _rules(head: Mapping[str, Any]) -> Set[str]:
    return {rule["rule"] for rule in head["summary"]["rules"]}


# --- whether it is what it should be ----------------------------------------------------------------------------------


def _checked_head(head: Any, path: Path) -> Mapping[str, Any]:
    if not isinstance(head, dict) or "schema" not in head:
        raise InputProblem(f"{path}: is no result of casecheck, or not a whole one; {_HOW}")
    known = result_schema()["properties"]["schema"]["const"]
    if head["schema"] != known:
        raise InputProblem(f"{path}: is not of the form {known}, which this version of casecheck reads; {_HOW}")
    _refuse_unless_valid(_head_validator(), {**head, "cases": []}, f"{path}: ", "a result", _HOW)
    return head


def _checked_case(case: Any, rules: Set[str], place: str) -> Mapping[str, Any]:
    _refuse_unless_valid(_case_validator(), case, place, "a result", _HOW)
    found: Mapping[str, Any] = case
    for number, finding in enumerate(found["findings"]):
        if finding["rule"] not in rules:
            raise InputProblem(f"{place}/findings/{number}/rule: is no rule of this result's summary; {_HOW}")
    return found


def _refuse_unless_valid(
    validator: Callable[[Any], Iterable[Any]], value: Any, place: str, document: str, how: str
) -> None:
    """Name the place of what is wrong, never what stands there: another's file may hold anything."""
    error = next(iter(validator(value)), None)
    if error is not None:
        pointer = "".join(f"/{each}" for each in error.instance_path)
        raise InputProblem(f"{place}{pointer or '/'}: is not what {document} of casecheck holds there; {how}")


@cache
def _head_validator() -> Callable[[Any], Iterable[Any]]:
    return _validator(result_schema())


@cache
def _case_validator() -> Callable[[Any], Iterable[Any]]:
    return _validator({"$ref": "#/$defs/case", "$defs": result_schema()["$defs"]})


@cache
def _trend_validator() -> Callable[[Any], Iterable[Any]]:
    return _validator(trend_schema())


def _validator(schema: dict[str, Any]) -> Callable[[Any], Iterable[Any]]:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True).iter_errors
