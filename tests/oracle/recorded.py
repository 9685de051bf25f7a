"""The recorded check: what stands in a record, judged on its own day."""

from collections.abc import Iterator
from typing import Any

from tests.oracle.conditions import holds
from tests.oracle.file import File, Record
from tests.oracle.outcome import Duty, Window, period_of

JUDGED_WHEN_BEGUN = ("actions", "missing_episodes")


def own_day(record: Record, file: File) -> int | None:
    """The day on which a record is judged: an event's, work's completion, what lasts on the audit date or its last."""
    if record.nature == "lasting":
        return file.as_at if record.last is None else min(record.last, file.as_at)
    return record.last if record.nature == "work" and record.section not in JUDGED_WHEN_BEGUN else record.first


def duties(rules: list[Any], record: Record, file: File, terms: Any, window: Window) -> Iterator[Duty]:
    """One obligation, met or missed, if the record has its day."""
    day = own_day(record, file)
    starts = record.first if record.nature == "lasting" else day
    rule = next((rule for rule in rules if starts is not None and in_force(rule, starts)), None)
    if day is None or rule is None:
        return
    meets = holds(met_by_something(rule.check), record, day, file, terms)
    counted = window.holds(day)
    if record.nature == "lasting":
        counted = record.first <= window.last and (record.last is None or record.last >= window.first)
    elif record.section in JUDGED_WHEN_BEGUN:
        counted = counted or is_open_in(window, record)
    yield judged(record, starts, day, meets, counted)


def is_open_in(window: Window, work: Record) -> bool:
    """Whether work begun before the window was still to be finished when that opened, with what it is part of."""
    ends = [each for each in (work.last, period_of(work, None)) if each is not None]
    return work.first < window.first and all(each >= window.first for each in ends)


def met_by_something(check: Any) -> Any:
    """The check in which a `not` is not met by what is recorded as null either."""
    if not isinstance(check, dict):
        return [met_by_something(each) for each in check] if isinstance(check, list) else check
    if "not" in check:
        but = check["not"] if isinstance(check["not"], list) else [check["not"]]
        return {**check, "not": but if None in but else [*but, None]}
    return {key: value if key == "none_of" else met_by_something(value) for key, value in check.items()}


def judged(record: Record, starts: int | None, day: int, meets: bool, counted: bool) -> Duty:
    return Duty(
        record.pointer, starts, day, day if meets else None, "met" if meets else "missed", None if meets else 0, counted
    )


def in_force(rule: Any, day: int) -> bool:
    since, until = rule.in_force
    return (since is None or day >= since) and (until is None or day < until)
