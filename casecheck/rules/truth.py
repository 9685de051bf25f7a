"""A compiled condition: three-valued, asked of a record on a day, and how several combine.

True, False, or None where the record does not hold what is needed to tell (Kleene's strong logic), so that doubt stays
as small as it is.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from casecheck.records.case import Case, Record
from casecheck.rules.matching import Truth

Test = Callable[[Case, Record, int], Truth]
Moments = Callable[[Case, Record], Iterable[int]]

Daily = Callable[[int], Truth]
"""What is left of a condition to ask on each day, once the record is known."""

Over = Callable[[Case, Record, int], Truth | Daily]


class Condition(NamedTuple):
    """A compiled condition: its truth for a record on a day.

    `over` tells the truth over the days of the record, to the day given (OPEN for all), where it is the same on every
    one, else what is left to ask on each; `moments` are functions that tell the days on which it may change.
    """

    test: Test
    over: Over
    moments: tuple[Moments, ...]


ALWAYS: Final = Condition(lambda case, record, day: True, lambda case, record, end: True, ())


def constant(test: Test) -> Condition:
    """A condition whose truth for a record is the same on every day."""
    return Condition(test, lambda case, record, end: test(case, record, 0), ())


def varying(test: Test, *moments: Moments) -> Condition:
    """A condition whose truth may change on the days that `moments` tell."""
    return Condition(test, lambda case, record, end: lambda day: test(case, record, day), moments)


def _merged(parts: Sequence[Condition]) -> tuple[Moments, ...]:
    return tuple(dict.fromkeys(moment for part in parts for moment in part.moments))


def all_of(parts: Sequence[Condition]) -> Condition:
    """All of the conditions hold."""
    if len(parts) == 1:
        return parts[0]
    tests, overs = [part.test for part in parts], [part.over for part in parts]

    def test(case: Case, record: Record, day: int) -> Truth:
        result: Truth = True
        for each in tests:
            truth = each(case, record, day)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    def over(case: Case, record: Record, end: int) -> Truth | Daily:
        result: Truth = True
        left: list[Daily] = []
        for each in overs:
            truth = each(case, record, end)
            if truth is False:
                return False
            if truth is None:
                result = None
            elif truth is not True:
                left.append(truth)
        return _all_daily(result, left) if left else result

    return Condition(test, over, _merged(parts))


def _all_daily(known: Truth, left: Sequence[Daily]) -> Daily:
    """What `known` and all of what is left come to on a day."""
    if known and len(left) == 1:
        return left[0]

    def daily(day: int) -> Truth:
        result = known
        for each in left:
            truth = each(day)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return daily


def any_of(parts: Sequence[Condition]) -> Condition:
    """Any of the conditions holds."""
    return parts[0] if len(parts) == 1 else negated(all_of([negated(part) for part in parts]))


def negated(part: Condition) -> Condition:
    """The condition does not hold."""
    inner, inner_over = part.test, part.over

    def test(case: Case, record: Record, day: int) -> Truth:
        truth = inner(case, record, day)
        return None if truth is None else not truth

    def over(case: Case, record: Record, end: int) -> Truth | Daily:
        truth = inner_over(case, record, end)
        if truth is None or truth is True or truth is False:
            return None if truth is None else not truth
        return _not_daily(truth)

    return Condition(test, over, part.moments)


def _not_daily(inner: Daily) -> Daily:
    def daily(day: int) -> Truth:
        truth = inner(day)
        return None if truth is None else not truth

    return daily
