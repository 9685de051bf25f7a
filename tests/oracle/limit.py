"""The limit check: no more than so many, in the months that end on the audit date."""

from collections.abc import Iterator
from typing import Any

from casecheck.calendar import parse_duration, subtract
from tests.oracle.conditions import holds
from tests.oracle.file import File, Record, around
from tests.oracle.outcome import Duty, Window, period_of


def duties(rules: list[Any], record: Record, file: File, terms: Any, window: Window) -> Iterator[Duty]:
    """One obligation, due on the audit date, unless the period ended before the months that are looked at."""
    rule = rules[0]
    check = rule.check
    ends = period_of(record, rule.lapses_with)
    first = subtract(file.as_at, parse_duration(check["in"])) + 1
    if ends is not None and ends < first:
        return
    counted = 0
    for each in around(record, check["records"]):
        if not holds(check.get("where", {}), each, each.first, file, terms):
            continue
        days = [each.first]
        if check.get("count") == "standing":
            days = list(range(each.first, (file.as_at if each.last is None else min(each.last, file.as_at)) + 1))
        lowest, highest = max(first, record.first), file.as_at if ends is None else min(ends, file.as_at)
        counted += any(lowest <= day <= highest for day in days)
    met = counted <= check["at_most"]
    yield Duty(
        record.pointer,
        first,
        file.as_at,
        file.as_at if met else None,
        "met" if met else "missed",
        None if met else 0,
        True,
    )
