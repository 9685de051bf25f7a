"""The recurring check as a walk through days: each has the limit in force and its deadline, and is broken or not."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from casecheck.calendar import add, birthday, parse_duration
from tests.oracle.conditions import holds
from tests.oracle.file import SECTIONS, File, Record, around, number
from tests.oracle.outcome import Duty, Window, counts, days_late, outcome_of, period_of

ORDINALS = {"first": 1, "second": 2, "third": 3}


class Walk:
    """One record's days under a chain of rules (one rule, or several with one id that take turns)."""

    def __init__(self, rules: list[Any], record: Record, file: File, terms: Any) -> None:
        self.rules, self.record, self.file, self.terms = rules, record, file, terms
        self.starts = record.first
        self.ends = period_of(record, rules[0].lapses_with)
        self.limit_on = cache(self.limit_on)  # type: ignore[method-assign]
        self.horizon = self.find_horizon()

    def find_horizon(self) -> int:
        """A day after which nothing changes any more."""
        named = [day for rule in self.rules for day in rule.in_force if day is not None]
        named += [
            number(limit[key])
            for rule in self.rules
            for limit in rule.check["limits"]
            for key in ("from", "to")
            if key in limit
        ]
        last: int = max([self.file.as_at, self.starts, *named])
        if any("'age'" in repr(rule) for rule in self.rules) and self.file.born is not None:
            last = max(last, birthday(self.file.born, 19))
        return last + 900

    def binding_rule(self, day: int) -> int | None:
        """Which rule binds on the day, if one does."""
        for index, rule in enumerate(self.rules):
            since, until = rule.in_force
            if (since is None or day >= since) and (until is None or day < until):
                binds = holds(rule.while_, self.record, day, self.file, self.terms)
                return index if binds else None
        return None

    def limit_on(self, day: int, ordinal: int) -> tuple[int, int] | None:
        """The first limit of the list that applies on the day to a wait of that ordinal."""
        chosen = self.binding_rule(day)
        if chosen is None:
            return None
        for index, limit in enumerate(self.rules[chosen].check["limits"]):
            if self.applies(limit, day, ordinal):
                return chosen, index
        return None

    def applies(self, limit: Any, day: int, ordinal: int) -> bool:
        if "for" in limit and ORDINALS[limit["for"]] != ordinal:
            return False
        if limit.get("for") == "first" and self.binding_rule(self.starts) is None:
            return False
        if "until" in limit and not self.is_before(limit["until"], day):
            return False
        if "from" in limit and day < (number(limit["from"]) or 0):
            return False
        if "to" in limit and day >= (number(limit["to"]) or 0):
            return False
        return holds(limit.get("where", {}), self.record, day, self.file, self.terms)

    def is_before(self, until: Any, day: int) -> bool:
        if isinstance(until, str):
            return day < add(self.starts, parse_duration(until))
        firsts = [each.first for each in around(self.record, until["first"]) if each.first > self.starts]
        return not firsts or day < min(firsts)

    def length(self, which: tuple[int, int], day: int) -> int:
        """The due day of that limit, counted from the day."""
        limit = self.rules[which[0]].check["limits"][which[1]]
        return add(day, parse_duration(limit.get("every") or limit["within"]))

    def first_broken(self, start: int, ordinal: int) -> int | None:
        """The first day on which a limit in force is broken if nothing happens from the wait's start on.

        After the period's end no other limit comes into force.
        """
        deadline: int | None = None
        current = None
        for day in range(start, self.horizon):
            over = self.ends is not None and day > self.ends
            now = current if over else self.limit_on(day, ordinal)
            if now is None:
                deadline = None
            elif now != current:
                deadline = self.new_deadline(now, deadline, start, day)
            current = now
            if deadline is not None and day > deadline:
                return day
        return None

    def is_bound(self, start: int, last: int, ordinal: int) -> bool:
        """Whether a limit was in force on any day of the wait; else none could break it."""
        return any(self.limit_on(day, ordinal) is not None for day in range(start, last + 1))

    def new_deadline(self, limit: tuple[int, int], deadline: int | None, start: int, day: int) -> int:
        """The deadline once a limit is in force: a longer one counts from the wait's start, others from the day."""
        if deadline is None:
            return self.length(limit, day)
        if self.length(limit, start) > deadline:
            return self.length(limit, start)
        return min(deadline, self.length(limit, day))


def event_days(rule: Any, record: Record, file: File, terms: Any) -> list[int]:
    """The days of the events of a rule, each once, wherever they lie."""
    named = rule.check["events"]
    days = set()
    for section in [named] if isinstance(named, str) else named:
        for event in around(record, section):
            day = event.last if SECTIONS[section].nature == "work" else event.first
            if day is not None and holds(rule.check.get("where", {}), event, day, file, terms):
                days.add(day)
    return sorted(days)


def chain(rules: list[Any], record: Record, file: File, terms: Any, window: Window) -> Iterator[Duty]:
    """The obligations of one record, one a wait."""
    walk = Walk(rules, record, file, terms)
    ends = walk.ends
    first = walk.starts + (not rules[0].check.get("counts_on_first_day", True))
    events = [
        day for day in event_days(rules[0], record, file, terms) if day >= first and (ends is None or day <= ends)
    ]
    starts = [walk.starts, *events]
    for ordinal, (start, done) in enumerate(zip(starts, [*events, None], strict=True), 1):
        last = min(day for day in (done, ends, file.as_at) if day is not None)
        broken = walk.first_broken(start, ordinal)
        if broken is None or not walk.is_bound(start, last, ordinal):
            continue
        due = broken - 1
        outcome = outcome_of(due, done, ends, file.as_at)
        if outcome is not None:
            late_by = days_late(outcome, due, done, ends, file.as_at)
            yield Duty(
                record.pointer, start, due, done, outcome, late_by, counts(outcome, done, due, ends, window), ends
            )
