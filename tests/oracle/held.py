"""The held check as a walk through days: each is covered or not."""

from collections.abc import Iterator
from typing import Any

from casecheck.calendar import add, parse_duration
from tests.oracle.conditions import holds
from tests.oracle.file import File, Record, around
from tests.oracle.outcome import Duty, Window, counts, days_late, outcome_of, period_of


def runs_of_days(rules: list[Any], record: Record, file: File, terms: Any) -> Iterator[tuple[Any, int, int | None]]:
    """Runs of binding days up to the audit date, each with its rule; None as an end: it goes on."""
    ends = period_of(record, rules[0].lapses_with)
    for rule in rules:
        since, until = rule.in_force
        start = None
        for day in range(record.first, file.as_at + 2):
            inside = ends is None or day <= ends
            in_force = (since is None or day >= since) and (until is None or day < until)
            binds = inside and in_force and holds(rule.while_, record, day, file, terms)
            if binds and start is None:
                start = day
            if not binds and start is not None:
                if start <= file.as_at:
                    yield rule, start, day - 1
                start = None
        if start is not None and start <= file.as_at:
            yield rule, start, end_after_audit(rule, record, file, terms, ends)


def end_after_audit(rule: Any, record: Record, file: File, terms: Any, ends: int | None) -> int | None:
    """The last binding day of a run that goes on after the audit date, as far as it can be known then."""
    for day in range(file.as_at + 1, file.as_at + 1500):
        if ends is not None and day > ends:
            return ends
        until = rule.in_force[1]
        if (until is not None and day >= until) or not holds(rule.while_, record, day, file, terms):
            return day - 1
    return None


def is_covered(rule: Any, record: Record, day: int, file: File, terms: Any) -> bool:
    """Whether any record covers the day."""
    named = rule.check["records"]
    return any(
        covers(rule, each, day, file, terms)
        for section in ([named] if isinstance(named, str) else named)
        for each in around(record, section)
    )


def covers(rule: Any, cover: Record, day: int, file: File, terms: Any) -> bool:
    begun = cover.last if cover.nature == "work" else cover.first
    if begun is None or day < begun:
        return False
    if cover.nature == "lasting" and cover.last is not None and day > cover.last:
        return False
    counts_for = rule.check.get("counts_for")
    if counts_for is not None and day >= add(begun, parse_duration(counts_for)):
        return False
    return holds(rule.check.get("where", {}), cover, begun, file, terms)


def duties(rules: list[Any], record: Record, file: File, terms: Any, window: Window) -> Iterator[Duty]:
    """One obligation a loss of cover, in every run of binding days."""
    for rule, start, ends in runs_of_days(rules, record, file, terms):
        last = file.as_at if ends is None else min(ends, file.as_at)
        covered = {day: is_covered(rule, record, day, file, terms) for day in range(start, last + 1)}
        needed = [start] + [day for day in range(start + 1, last + 1) if covered[day - 1] and not covered[day]]
        for need in needed:
            due = due_day(rule, start, need)
            done = next((day for day in range(need, last + 1) if covered[day]), None)
            outcome = outcome_of(due, done, ends, file.as_at)
            if outcome is None:
                continue
            outcome, counted = in_window(outcome, need, due, done, ends, last, covered, window)
            yield Duty(
                record.pointer, need, due, done, outcome, days_late(outcome, due, done, ends, file.as_at), counted
            )


def due_day(rule: Any, start: int, need: int) -> int:
    """By when a need is to be covered: never sooner than one that begins with the run."""
    within, gap = (rule.check.get(name) for name in ("within", "gap"))
    at_start = add(start, parse_duration(within)) if within else start
    if need == start:
        return at_start
    return max(at_start, add(need, parse_duration(gap)) if gap else need)


def in_window(
    outcome: str,
    need: int,
    due: int,
    done: int | None,
    ends: int | None,
    last: int,
    covered: dict[int, bool],
    window: Window,
) -> tuple[str, bool]:
    """The outcome and whether it is counted: days out of cover before the window make nothing late or missed."""
    if done is not None and done <= window.first:
        unbroken = last >= window.first and all(covered[day] for day in range(done, window.first + 1))
        return ("met", True) if unbroken else (outcome, False)
    return outcome, counts(outcome, done, due, ends, window)
