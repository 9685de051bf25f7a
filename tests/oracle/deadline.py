"""The deadline check: something done on a day, or not, by a day."""

from collections.abc import Iterator
from typing import Any

from casecheck.calendar import add, parse_duration
from tests.oracle.conditions import held_value, holds
from tests.oracle.file import File, Record, around, number
from tests.oracle.outcome import Duty, Window, counts, days_late, outcome_of, period_of


def duties(rules: list[Any], record: Record, file: File, terms: Any, window: Window) -> Iterator[Duty]:
    """At most one obligation of the record."""
    check = rules[0].check
    start = number(held_value(check["from"], record, record.first, file))
    if start is None:
        return
    rule = next((rule for rule in rules if in_force(rule, start)), None)
    if rule is None:
        return
    check = rule.check
    due = (
        add(start, parse_duration(check["within"]))
        if "within" in check
        else number(held_value(check["due"], record, start, file))
    )
    if due is None:
        return
    ends = period_of(record, rule.lapses_with)
    done, discharged_by = what_was_done(check["done"], record, start, ends, file, terms)
    outcome = outcome_of(due, done, ends, file.as_at)
    if outcome is None:
        return
    if stands(discharged_by, done, window):
        yield Duty(record.pointer, start, due, done, "met", None, True)
        return
    yield Duty(
        record.pointer,
        start,
        due,
        done,
        outcome,
        days_late(outcome, due, done, ends, file.as_at),
        deadline_counts(outcome, record, due, done, ends, window),
    )


def in_force(rule: Any, day: int) -> bool:
    since, until = rule.in_force
    return (since is None or day >= since) and (until is None or day < until)


def what_was_done(
    done: Any, record: Record, start: int, ends: int | None, file: File, terms: Any
) -> tuple[int | None, Record | None]:
    """The day on which it was done, and the record that did it where a section is named."""
    if isinstance(done, str):
        return number(held_value(done, record, start, file)), None
    named = done["first"]
    found: list[tuple[int, Record]] = []
    for section in [named] if isinstance(named, str) else named:
        for each in around(record, section):
            day = first_day(each, start)
            within = day is not None and day >= start and (ends is None or day <= ends)
            if day is not None and within and holds(done.get("where", {}), each, day, file, terms):
                found.append((day, each))
    return min(found, key=lambda pair: pair[0]) if found else (None, None)


def first_day(record: Record, start: int) -> int | None:
    """The event's day; of work the day it was completed; of what lasts the first day in force from the start on."""
    if record.nature == "work":
        return record.last
    if record.nature == "event":
        return record.first
    if record.last is not None and record.last < start:
        return None
    return max(start, record.first)


def stands(discharged_by: Record | None, done: int | None, window: Window) -> bool:
    """Whether a deadline settled before the window was discharged by something that lasts into it."""
    if discharged_by is None or done is None or done >= window.first:
        return False
    lasts = discharged_by.nature == "lasting"
    return lasts and (discharged_by.last is None or discharged_by.last >= window.first)


def deadline_counts(outcome: str, record: Record, due: int, done: int | None, ends: int | None, window: Window) -> bool:
    over = record.nature == "event" or (record.nature == "work" and record.last is not None)
    if over and outcome != "unknown":
        return window.holds(due) or window.holds(done) or outcome == "not_due"
    return counts(outcome, done, due, ends, window)
