"""Conditions as data, compiled once into plain functions: what a mapping asks of a record.

All entries of a mapping must hold; `casecheck.rules.truth` says how they combine.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from casecheck.calendar import OPEN, UNKNOWN, add, age_on, birthday, parse_duration
from casecheck.records.case import NOT_HELD, Case, Found, Record, compile_fetch, row_on
from casecheck.records.schema import Section, sections, sections_named
from casecheck.rules.matching import Truth, compile_matcher, list_known, ordinals_known
from casecheck.rules.truth import ALWAYS, Condition, Daily, Moments, Test, all_of, any_of, constant, negated, varying

Terms = Mapping[str, Mapping[str, Any]]
Path = tuple[str, ...]

RUNS: Final = frozenset({"placements", "legal_statuses"})
UNBORN: Final = -1


def compile_condition(written: Mapping[str, Any], path: Path, terms: Terms) -> Condition:
    """The condition as a function on records of the section at `path`. `written` has passed the checks for sense."""
    parts = [_entry(key, value, path, terms) for key, value in written.items()]
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else all_of(parts)


def _entry(key: str, value: Any, path: Path, terms: Terms) -> Condition:
    if key in ("any_of", "none_of"):
        choices = [compile_condition(each, path, terms) for each in value]
        return any_of(choices) if key == "any_of" else negated(any_of(choices))
    if key == "is":
        names = [value] if isinstance(value, str) else value
        return all_of([compile_condition(terms[name], path, terms) for name in names])
    if key == "age":
        return _age(value)
    if key == "position":
        return _position(value)
    if key == "lasted":
        return _lasted(value)
    section = sections()[path]
    if key in section.fields:
        return _field(section, key, value)
    if "." in key:
        first, rest = key.split(".", 1)
        if first == "previous":
            return _previous(section, rest, value)
        if first == "local":
            return _local(rest, value)
        outer = _section_around(first, path)
        if outer is not None and rest in outer.fields:
            return _outer_field(outer, rest, value)
    return _section(section_for(key, path), value, path, terms)


def section_for(name: str, path: Path) -> Section:
    """The section that a name means for a rule on the section at `path`: its own one before any other.

    Raises KeyError where there is none, or more than one and none of them nearer.
    """
    found = sections_named(name)
    if len(found) > 1:
        nearest = [each for each in found if each.path[:-1] == path] or [
            each for each in found if each.path[: len(each.path) - 1] == path[: len(each.path) - 1]
        ]
        found = nearest or found
    if len(found) != 1:
        raise KeyError(name)
    return found[0]


def _section_around(name: str, path: Path) -> Section | None:
    for length in range(len(path), 0, -1):
        if path[length - 1] == name:
            return sections()[path[:length]]
    return None


# --- what a record offers ---------------------------------------------------------------------------------------------


def _field(section: Section, name: str, expected: Any) -> Condition:
    matches = compile_matcher(expected)
    absent = None if section.fields[name].absent_is_empty else NOT_HELD
    if section.name not in RUNS:
        return constant(lambda case, record, day: matches(record.row.get(name, absent), case, record, day))

    def test(case: Case, record: Record, day: int) -> Truth:
        row = row_on(record, day) if record.later_rows else record.row
        return matches(row.get(name, absent), case, record, day)

    return _of_a_run(test)


def _of_a_run(test: Test) -> Condition:
    """A condition on a field that may differ from row to row of a derived run."""

    def over(case: Case, record: Record, end: int) -> Truth | Daily:
        return (lambda day: test(case, record, day)) if record.later_rows else test(case, record, 0)

    return Condition(test, over, (row_moments,))


def row_moments(case: Case, record: Record) -> Iterable[int]:
    """The days on which another row of a derived run begins to hold."""
    return [since for since, _ in record.later_rows]


def _local(name: str, expected: Any) -> Condition:
    matches = compile_matcher(expected)

    def test(case: Case, record: Record, day: int) -> Truth:
        own = row_on(record, day).get("local")
        return matches(own.get(name, NOT_HELD) if isinstance(own, Mapping) else NOT_HELD, case, record, day)

    return _of_a_run(test)


def _outer_field(outer: Section, name: str, expected: Any) -> Condition:
    inner = _field(outer, name, expected)

    def holder(record: Record) -> Record:
        while record.section.path != outer.path and record.parent is not None:
            record = record.parent
        return record

    return Condition(
        lambda case, record, day: inner.test(case, holder(record), day),
        lambda case, record, end: inner.over(case, holder(record), end),
        tuple(_at_holder(moments, holder) for moments in inner.moments),
    )


def _at_holder(moments: Moments, holder: Callable[[Record], Record]) -> Moments:
    return lambda case, record: moments(case, holder(record))


def _previous(section: Section, name: str, expected: Any) -> Condition:
    matches = compile_matcher(expected)
    absent = None if section.fields[name].absent_is_empty else NOT_HELD

    def test(case: Case, record: Record, day: int) -> Truth:
        if record.previous is not None:
            return matches(record.previous.row.get(name, absent), case, record.previous, day)
        return matches(None if ordinals_known(case, record) else NOT_HELD, case, record, day)

    return constant(test)


def _position(expected: Any) -> Condition:
    matches = compile_matcher(expected)

    def test(case: Case, record: Record, day: int) -> Truth:
        if not list_known(case, record):
            return matches(NOT_HELD, case, record, day)
        truth = matches(record.position, case, record, day)
        for more in range(1, record.may_follow + 1):
            if matches(record.position + more, case, record, day) is not truth:
                return None
        return truth

    return constant(test)


def _age(expected: Any) -> Condition:
    matches = compile_matcher(expected)
    ages = sorted({age + more for age in _numbers(expected) for more in (0, 1)})

    def test(case: Case, record: Record, day: int) -> Truth:
        born = case.born
        if born is None or (born == UNKNOWN and case.expected is not None and case.expected > case.as_at):
            return matches(UNBORN, case, record, day)
        if born == UNKNOWN:
            return matches(NOT_HELD, case, record, day)
        return matches(age_on(born, day) if day >= born else UNBORN, case, record, day)

    def moments(case: Case, record: Record) -> Iterable[int]:
        born = case.born
        return () if born is None or born == UNKNOWN else [born, *(birthday(born, age) for age in ages)]

    return varying(test, moments)


def _numbers(expected: Any) -> list[int]:
    if isinstance(expected, Mapping):
        return [number for each in expected.values() for number in _numbers(each)]
    if isinstance(expected, list):
        return [number for each in expected for number in _numbers(each)]
    return [expected] if isinstance(expected, int) and not isinstance(expected, bool) else []


def _lasted(expected: Mapping[str, str]) -> Condition:
    """How long a record has lasted on the day: `at_least` so long, `at_most` so long (durations)."""
    least = parse_duration(expected["at_least"]) if "at_least" in expected else None
    most = parse_duration(expected["at_most"]) if "at_most" in expected else None

    def test(case: Case, record: Record, day: int) -> Truth:
        if record.start == UNKNOWN:
            return None
        long_enough = least is None or day >= add(record.start, least)
        too_long = most is not None and day > add(record.start, most)
        if record.began_before and (not long_enough or (most is not None and not too_long)):
            return False if too_long else None
        return long_enough and not too_long

    def moments(case: Case, record: Record) -> Iterable[int]:
        if record.start != UNKNOWN and least is not None:
            yield add(record.start, least)
        if record.start != UNKNOWN and most is not None:
            yield add(record.start, most) + 1

    return varying(test, moments)


# --- sections ---------------------------------------------------------------------------------------------------------


def _section(section: Section, expected: Mapping[str, Any], path: Path, terms: Terms) -> Condition:
    """At least one of the section's records, in force on the day, meets what stands under its name."""
    fetch = compile_fetch(path, section.path)
    rest = {key: value for key, value in expected.items() if key != "present"}
    inner = compile_condition(rest, section.path, terms)
    wanted = expected.get("present", True)

    def judged(case: Case, found: Found, among: Sequence[Record], day: int) -> Truth:
        siblings, lacking = found
        held_since = case.coverage.since.get(section.path)
        result: Truth = None if lacking or (held_since is not None and day < held_since) else False
        for each in among:
            truth = in_force(each, siblings, day)
            if truth is not False:
                meets = inner.test(case, each, day)
                if truth and meets:
                    result = True
                    break
                if meets is not False:
                    result = None
        return result if wanted or result is None else not result

    def test(case: Case, record: Record, day: int) -> Truth:
        found = fetch(record)
        return judged(case, found, found[0], day)

    def over(case: Case, record: Record, end: int) -> Truth | Daily:
        found = fetch(record)
        among = [each for each in found[0] if inner.over(case, each, end) is not False]
        if not found[1] and section.path not in case.coverage.since:
            if not among:
                return not wanted
            truth = inner.over(case, among[0], end)
            if len(among) == 1 and not callable(truth) and _throughout(record, among[0], found[0], end):
                return truth if wanted or truth is None else not truth
        return lambda day: judged(case, found, among, day)

    deeper = [_within(each, path, section.path) for each in inner.moments if each is not row_moments]
    return Condition(test, over, (_section_moments(path, section.path), *deeper))


def _throughout(record: Record, other: Record, siblings: Sequence[Record], end: int) -> bool:
    """Whether the other record surely holds on every day of this one, to the day `end`."""
    if record.start == UNKNOWN or other.end == UNKNOWN or not UNKNOWN < other.start <= record.start:
        return False
    return other.end >= end and (other is siblings[-1] or not other.section.one_at_a_time)


@cache
def _section_moments(path: Path, target: Path) -> Moments:
    """The days on which the records of a section begin, end, and begin to hold in another row."""
    fetch = compile_fetch(path, target)

    def moments(case: Case, record: Record) -> Iterable[int]:
        for each in fetch(record)[0]:
            if each.start != UNKNOWN:
                yield each.start
            if each.end not in (OPEN, UNKNOWN):
                yield each.end
                yield each.end + 1
            for since, _ in each.later_rows:
                yield since

    return moments


def _within(inner: Moments, path: Path, target: Path) -> Moments:
    fetch = compile_fetch(path, target)
    return lambda case, record: [day for each in fetch(record)[0] for day in inner(case, each)]


def in_force(record: Record, siblings: Sequence[Record], day: int) -> Truth:
    """Whether the record is in force on the day: its first and last day included; work while it is under way.

    Where only one of a section holds at a time, the later of two that share a day does.
    """
    start, end = record.start, record.end
    if start == UNKNOWN or end == UNKNOWN:
        return False if start > day or UNKNOWN < end < day else None
    if not start <= day <= end:
        return False
    if record.section.one_at_a_time and len(siblings) > 1:
        for each in siblings:
            if each.position > record.position and each.parent is record.parent and each.start <= day <= each.end:
                return False
    return True
