"""A case under a rule: which records it is applied to, their obligations, the finding."""

from collections.abc import Callable, Iterator
from typing import Any

from casecheck.calendar import add_months
from tests.oracle import deadline, held, limit, recorded, recurring
from tests.oracle.conditions import held_value, holds
from tests.oracle.file import File, Record, everywhere, number, read
from tests.oracle.outcome import Duty, Window, finding_of

KINDS: dict[str, Callable[..., Iterator[Duty]]] = {
    "recurring": recurring.chain,
    "held": held.duties,
    "deadline": deadline.duties,
    "recorded": recorded.duties,
    "limit": limit.duties,
}


def findings(
    case: dict[str, Any], pack: Any, as_at: int, since: int | None = None
) -> dict[str, tuple[str, list[Duty]]]:
    """Every rule's finding and obligations, by the rule's id, in the order of the pack."""
    file = read(case, as_at)
    window = Window(add_months(as_at, -pack.review_period_months) if since is None else since, as_at)
    rules: dict[str, list[Any]] = {}
    for rule in pack.rules:
        rules.setdefault(rule.id, []).append(rule)
    found = {}
    for name, chained in rules.items():
        duties = list(judge(chained, file, pack.terms, window))
        found[name] = (finding_of(duties), duties)
    return found


def judge(rules: list[Any], file: File, terms: Any, window: Window) -> Iterator[Duty]:
    rule = rules[0]
    make = KINDS[rule.kind]
    if rule.latest:
        yield from judge_latest(rules, file, terms, window)
        return
    for record in everywhere(file.child, rule.applies_to.split(".")[-1]):
        day = judged_on(rule, record, file)
        if day is not None and holds(rule.where, record, day, file, terms):
            yield from make(rules, record, file, terms, window)


def judged_on(rule: Any, record: Record, file: File) -> int | None:
    """The day on which `where` is judged: the obligation's first day; for events and work that is their own day."""
    if rule.kind == "deadline":
        return number(held_value(rule.check["from"], record, record.first, file))
    if rule.kind == "recorded" and record.nature != "lasting":
        return recorded.own_day(record, file)
    return record.first


def newest_in_force(records: list[Record], day: int) -> list[Record]:
    standing = [each for each in records if each.nature == "lasting" and each.in_force(day)]
    return [max(standing, key=lambda each: (each.first, each.last or 10**9, each.text))] if standing else []


def newest_ended(records: list[Record]) -> list[Record]:
    ended = [each for each in records if each.last is not None]
    return [max(ended, key=lambda each: (each.last or 0, each.first, each.text))] if ended else []


def judge_latest(rules: list[Any], file: File, terms: Any, window: Window) -> Iterator[Duty]:
    """The record that the file rests on: the newest in force, else the newest ended."""
    rule = rules[0]
    records = everywhere(file.child, rule.applies_to.split(".")[-1])
    standing = newest_in_force(records, file.as_at)
    for record in standing or newest_ended(records):
        day = file.as_at if standing else record.last
        if day is None or not holds(rule.where, record, day, file, terms):
            continue
        meets = holds(recorded.met_by_something(rule.check), record, day, file, terms)
        holder = record.parent
        while holder is not None and holder.nature != "lasting":
            holder = holder.parent
        counted = holder is None or holder.last is None or holder.last >= window.first
        starts = record.first if record.nature == "lasting" else day
        yield recorded.judged(record, starts, day, meets, counted)
