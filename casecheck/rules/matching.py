"""What a condition says of a value: equal to it, one of several, or an operator; three-valued like the condition."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from casecheck.records.case import NOT_HELD, Case, Record, row_on

Truth = bool | None
Matcher = Callable[[Any, Case, Record, int], Truth]

LONGEST: Final = 100
"""The longest word, in letters, that is looked at for words written together."""

OPERATORS: Final = ("not", "present", "at_least", "at_most", "same_as", "says_more_than")


def compile_matcher(expected: Any) -> Matcher:
    """The function that tells whether a value is as expected: None where the value is not held.

    A list of values means one of them; a list in the record is tested for containing; null is what is recorded empty.
    """
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
    values = expected if isinstance(expected, list) else [expected]
    texts = frozenset(each for each in values if isinstance(each, str))
    others = {(type(each) is bool, each) for each in values if not isinstance(each, str)}
    empty_wanted = (False, None) in others

    def among(value: Any) -> bool:
        return value in texts if isinstance(value, str) else _plain(value) and (type(value) is bool, value) in others

    def matches(value: Any, case: Case, record: Record, day: int) -> Truth:
        if value.__class__ is str:
            return value in texts
        if value is NOT_HELD:
            return None
        if isinstance(value, list):
            return any(among(each) for each in value) or (empty_wanted and not value)
        return among(value)

    return matches


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, int | float)


def _operator(name: str, operand: Any) -> Matcher:
    if name == "not":
        return _differs(compile_matcher(operand))
    if name == "same_as":
        return _same_as(operand)
    if name == "present":
        return _held_value(_present, operand)
    return _held_value(_says_more_than(operand) if name == "says_more_than" else _bound(name), operand)


def _differs(inner: Matcher) -> Matcher:
    def matches(value: Any, case: Case, record: Record, day: int) -> Truth:
        truth = inner(value, case, record, day)
        return None if truth is None else not truth

    return matches


def _held_value(judge: Callable[[Any, Any], bool], operand: Any) -> Matcher:
    def matches(value: Any, case: Case, record: Record, day: int) -> Truth:
        return None if value is NOT_HELD else judge(value, operand)

    return matches


def _present(value: Any, wanted: bool) -> bool:
    return (value not in (None, "", []) and (not isinstance(value, str) or not value.isspace())) is wanted


def _bound(name: str) -> Callable[[Any, Any], bool]:
    def within(value: Any, bound: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return False
        if isinstance(value, str) != isinstance(bound, str):
            return False
        return bool(value >= bound if name == "at_least" else value <= bound)

    return within


def _says_more_than(words: Sequence[str]) -> Callable[[Any, Any], bool]:
    """Whether text holds a word that is none of these, nor several of them written together; compared on letters."""
    known = frozenset(word for each in words for word in _words(each))

    def says_more(value: Any, _: Any) -> bool:
        return isinstance(value, str) and not all(_made_of(word, known) for word in _words(value))

    return says_more


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def _made_of(word: str, known: frozenset[str]) -> bool:
    """Whether a word is one of the known ones or several of them written together."""
    if word in known or len(word) > LONGEST:
        return word in known
    reached = {0}
    for start in range(len(word)):
        if start in reached:
            reached.update(start + len(each) for each in known if word.startswith(each, start))
    return len(word) in reached


def _same_as(other: str) -> Matcher:
    def matches(value: Any, case: Case, record: Record, day: int) -> Truth:
        holder, name = other_field(record, other)
        if holder is None:
            return False if ordinals_known(case, record) else None
        absent = None if holder.section.fields[name].absent_is_empty else NOT_HELD
        compared = row_on(holder, day).get(name, absent)
        if value is NOT_HELD or compared is NOT_HELD:
            return None
        return bool(value == compared and value is not None)

    return matches


def other_field(record: Record, other: str) -> tuple[Record | None, str]:
    """The record and the field that `same_as` means: FIELD, `previous.FIELD`, or `SECTION.FIELD` of a record around."""
    first, _, name = other.rpartition(".")
    holder: Record | None = record.previous if first == "previous" else record
    while first not in ("", "previous") and holder is not None and holder.section.name != first.rpartition(".")[2]:
        holder = holder.parent
    return holder, name


def ordinals_known(case: Case, record: Record) -> bool:
    """Whether the place of the record in its list by date is known, among those that are in turn with it."""
    return not record.may_follow and list_known(case, record)


def list_known(case: Case, record: Record) -> bool:
    """Whether nothing of the record's list is left out, and what has no date in it is among those that it may follow.

    It is not of one that may be in a list which the source does not hold.
    """
    coverage, path = case.coverage, record.section.path
    if path in coverage.latest_only:
        return False
    since = coverage.since.get(path)
    if since is not None and (record.parent is None or record.parent.start < since):
        return False
    if record.parent is None:
        return True
    siblings = record.parent.children.get(record.section.name)
    if siblings is None or record.section.in_turn_by is not None:
        return siblings is not None
    return not siblings or siblings[0].start > 0
