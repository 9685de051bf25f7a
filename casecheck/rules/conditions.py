"""Conditions as data, compiled once into plain functions.

A condition is a mapping whose entries must all hold (design: docs/rules.md). It is three-valued: True, False, or None
where the record does not hold what is needed to tell (Kleene's strong logic), so that doubt stays as small as it is.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casecheck.calendar import OPEN, UNKNOWN, add, age_on, birthday, parse_duration
from casecheck.records.case import NOT_HELD, Case, Record, records_of, row_on
from casecheck.records.schema import Section, sections, sections_named

Truth = bool | None
Test = Callable[[Case, Record, int], Truth]
Moments = Callable[[Case, Record], Iterable[int]]
Matcher = Callable[[Any, Case, Record, int], Truth]
Terms = Mapping[str, Mapping[str, Any]]
Path = tuple[str, ...]

OPERATORS: Final = ("not", "present", "at_least", "at_most", "same_as", "says_more_than")
RUNS: Final = frozenset({"placements", "legal_statuses"})
UNBORN: Final = -1


class Condition(NamedTuple):
    """A compiled condition: its truth for a record on a day, and the days on which that may change.

    `moments` is None where the truth is the same on every day.
    """

    test: Test
    moments: Moments | None


def _always(case: Case, record: Record, day: int) -> Truth:
    return True


ALWAYS: Final = Condition(_always, None)


def compile_condition(written: Mapping[str, Any], path: Path, terms: Terms) -> Condition:
    """The condition as a function on records of the section at `path`. `written` has passed the checks for sense."""
    parts = [_entry(key, value, path, terms) for key, value in written.items()]
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else _all(parts)


def _entry(key: str, value: Any, path: Path, terms: Terms) -> Condition:
    if key in ("any_of", "none_of"):
        choices = [compile_condition(each, path, terms) for each in value]
        return _any(choices) if key == "any_of" else _not(_any(choices))
    if key == "is":
        names = [value] if isinstance(value, str) else value
        return _all([compile_condition(terms[name], path, terms) for name in names])
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
    return _section(section_for(key, path), value, terms)


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


# --- truth -----------------------------------------------------------------------------------------------


def _merged(parts: Sequence[Condition]) -> Moments | None:
    moments = [part.moments for part in parts if part.moments is not None]
    if not moments:
        return None
    if len(moments) == 1:
        return moments[0]
    return lambda case, record: [day for each in moments for day in each(case, record)]


def _all(parts: Sequence[Condition]) -> Condition:
    if len(parts) == 1:
        return parts[0]
    tests = [part.test for part in parts]

    def test(case: Case, record: Record, day: int) -> Truth:
        result: Truth = True
        for each in tests:
            truth = each(case, record, day)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return Condition(test, _merged(parts))


def _any(parts: Sequence[Condition]) -> Condition:
    tests = [part.test for part in parts]

    def test(case: Case, record: Record, day: int) -> Truth:
        result: Truth = False
        for each in tests:
            truth = each(case, record, day)
            if truth:
                return True
            if truth is None:
                result = None
        return result

    return Condition(test, _merged(parts))


def _not(part: Condition) -> Condition:
    inner = part.test

    def test(case: Case, record: Record, day: int) -> Truth:
        truth = inner(case, record, day)
        return None if truth is None else not truth

    return Condition(test, part.moments)


# --- what a record offers --------------------------------------------------------------------------------


def _field(section: Section, name: str, expected: Any) -> Condition:
    matches = _matcher(expected)
    absent = None if section.fields[name].absent_is_empty else NOT_HELD
    if section.name in RUNS:
        return Condition(
            lambda case, record, day: matches(row_on(record, day).get(name, absent), case, record, day),
            lambda case, record: [since for since, _ in record.later_rows],
        )
    return Condition(lambda case, record, day: matches(record.row.get(name, absent), case, record, day), None)


def _local(name: str, expected: Any) -> Condition:
    matches = _matcher(expected)

    def test(case: Case, record: Record, day: int) -> Truth:
        own = row_on(record, day).get("local")
        return matches(own.get(name, NOT_HELD) if isinstance(own, Mapping) else NOT_HELD, case, record, day)

    return Condition(test, lambda case, record: [since for since, _ in record.later_rows])


def _outer_field(outer: Section, name: str, expected: Any) -> Condition:
    inner = _field(outer, name, expected)

    def holder(record: Record) -> Record:
        while record.section.path != outer.path and record.parent is not None:
            record = record.parent
        return record

    moments = inner.moments
    return Condition(
        lambda case, record, day: inner.test(case, holder(record), day),
        None if moments is None else lambda case, record: moments(case, holder(record)),
    )


def ordinals_known(case: Case, record: Record) -> bool:
    """Whether the place of the record in its list by date is known: nothing of the list is left out or undated."""
    coverage, path = case.coverage, record.section.path
    if path in coverage.latest_only:
        return False
    since = coverage.since.get(path)
    if since is not None and (record.parent is None or record.parent.start < since):
        return False
    siblings = record.parent.children.get(record.section.name) if record.parent is not None else None
    return not siblings or siblings[0].start != UNKNOWN or siblings[0].section.start is None


def _previous(section: Section, name: str, expected: Any) -> Condition:
    matches = _matcher(expected)
    absent = None if section.fields[name].absent_is_empty else NOT_HELD

    def test(case: Case, record: Record, day: int) -> Truth:
        if record.previous is not None:
            return matches(record.previous.row.get(name, absent), case, record.previous, day)
        return matches(None if ordinals_known(case, record) else NOT_HELD, case, record, day)

    return Condition(test, None)


def _position(expected: Any) -> Condition:
    matches = _matcher(expected)

    def test(case: Case, record: Record, day: int) -> Truth:
        return matches(record.position if ordinals_known(case, record) else NOT_HELD, case, record, day)

    return Condition(test, None)


def _age(expected: Any) -> Condition:
    matches = _matcher(expected)
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

    return Condition(test, moments)


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

    return Condition(test, moments)


# --- sections --------------------------------------------------------------------------------------------


def _section(section: Section, expected: Any, terms: Terms) -> Condition:
    """At least one of the section's records, in force on the day, meets what stands under its name."""
    path = section.path
    rest = {key: value for key, value in expected.items() if key != "present"}
    inner = compile_condition(rest, path, terms)
    wanted = expected.get("present", True)

    def test(case: Case, record: Record, day: int) -> Truth:
        found, lacking = records_of(record, path)
        held_since = case.coverage.since.get(path)
        result: Truth = None if lacking or (held_since is not None and day < held_since) else False
        for each in found:
            truth = in_force(each, found, day)
            if truth is not False:
                meets = inner.test(case, each, day)
                if truth and meets:
                    result = True
                    break
                if meets is not False:
                    result = None
        return result if wanted or result is None else not result

    def moments(case: Case, record: Record) -> Iterable[int]:
        for each in records_of(record, path)[0]:
            if each.start != UNKNOWN:
                yield each.start
            if each.end not in (OPEN, UNKNOWN):
                yield each.end
                yield each.end + 1
            if inner.moments is not None:
                yield from inner.moments(case, each)

    return Condition(test, None if section.start is None else moments)


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


# --- values ----------------------------------------------------------------------------------------------


def _matcher(expected: Any) -> Matcher:
    if isinstance(expected, Mapping):
        parts = [_operator(name, operand) for name, operand in expected.items()]
        return parts[0] if len(parts) == 1 else _both(parts)
    return _equals(expected)


def _both(parts: Sequence[Matcher]) -> Matcher:
    def matches(value: Any, case: Case, record: Record, day: int) -> Truth:
        truths = [part(value, case, record, day) for part in parts]
        return False if False in truths else None if None in truths else True

    return matches


def _equals(expected: Any) -> Matcher:
    """Equal to the value, or to one of the list; a list in the record is tested for containing; null is empty."""
    wanted = {(type(each) is bool, each) for each in (expected if isinstance(expected, list) else [expected])}
    empty_wanted = (False, None) in wanted

    def matches(value: Any, case: Case, record: Record, day: int) -> Truth:
        if value is NOT_HELD:
            return None
        if isinstance(value, list):
            return any((type(each) is bool, each) in wanted for each in value if _plain(each)) or (
                empty_wanted and not value
            )
        return _plain(value) and (type(value) is bool, value) in wanted

    return matches


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _operator(name: str, operand: Any) -> Matcher:
    if name == "not":
        inner = _matcher(operand)

        def differs(value: Any, case: Case, record: Record, day: int) -> Truth:
            truth = inner(value, case, record, day)
            return None if truth is None else not truth

        return differs
    if name == "same_as":
        return _same_as(operand)
    if name == "present":
        return _held_value(_present, operand)
    return _held_value(_says_more_than if name == "says_more_than" else _bound(name), operand)


def _held_value(judge: Callable[[Any, Any], bool], operand: Any) -> Matcher:
    def matches(value: Any, case: Case, record: Record, day: int) -> Truth:
        return None if value is NOT_HELD else judge(value, operand)

    return matches


def _present(value: Any, wanted: bool) -> bool:
    return (value not in (None, "", []) and (not isinstance(value, str) or not value.isspace())) is wanted


def _bound(name: str) -> Callable[[Any, Any], bool]:
    def within(value: Any, bound: Any) -> bool:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float | str)
            or isinstance(value, str) != isinstance(bound, str)
        ):
            return False
        return bool(value >= bound if name == "at_least" else value <= bound)

    return within


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def _says_more_than(value: Any, words: Sequence[str]) -> bool:
    said = {word for each in words for word in _words(each)}
    return isinstance(value, str) and bool(_words(value) - said)


def _same_as(other: str) -> Matcher:
    name = other.removeprefix("previous.")

    def matches(value: Any, case: Case, record: Record, day: int) -> Truth:
        holder = record if name == other else record.previous
        if holder is None:
            return False if ordinals_known(case, record) else None
        compared = row_on(holder, day).get(name, NOT_HELD)
        if value is NOT_HELD or compared is NOT_HELD:
            return None
        return bool(value == compared and value is not None)

    return matches
