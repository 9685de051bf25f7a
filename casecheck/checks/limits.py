"""The limits of a recurring check: which is in force on a day, and by when a wait must end.

A limit applies on a day if its `where` holds, its law is in force (`from`, `to`), its `until` has not come, and, for a
limit of a numbered wait, the wait has that number. The first of the list that applies is in force.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casecheck.calendar import DAYS, OPEN, UNKNOWN, Duration, add, duration_in_words, parse_duration
from casecheck.checks.discharge import Serving, compile_serving, served
from casecheck.records.case import Case, Record
from casecheck.rules.conditions import ALWAYS, Condition, Truth, compile_condition
from casecheck.rules.model import Rule

ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")


class Limit(NamedTuple):
    """One entry of `limits`, ready. `ordinal` is 1 for the first wait, 0 for every wait; `in_words` says the timescale.

    `until` is a duration after the start, or the section whose first later record ends it; `law` the days of the
    limit's own `from` and `to`, `rule_law` those of the rule, `binding` the rule's `while`.
    """

    length: Duration
    ordinal: int
    where: Condition
    until: Duration | Serving | None
    law: tuple[int, int]
    rule_law: tuple[int, int]
    binding: Condition
    in_words: str


Limits = tuple[Limit, ...]
Possible = tuple[Limit, bool]


class Segment(NamedTuple):
    """Days from `day` on which nothing about the limits changes: those that may apply in order, each with whether it
    surely does; `bound` False where it may be that none applies.
    """

    day: int
    possible: tuple[Possible, ...]
    bound: bool


class Timeline(NamedTuple):
    """The limits over a record's days, from its start on. `doubtful` where something not held bears on them."""

    segments: tuple[Segment, ...]
    doubtful: bool
    binds_never: bool


class Due(NamedTuple):
    """The last day of a wait (OPEN if no limit can break it) and the limit that applies, in words."""

    day: int
    limit: str


def compile_limits(rules: Sequence[Rule], path: tuple[str, ...], terms: Mapping[str, Any]) -> Limits:
    """The limits of one rule, or of several that share an id and follow one another in law."""
    limits: list[Limit] = []
    for rule in rules:
        binding = compile_condition(rule.while_, path, terms)
        rule_law = _law(*rule.in_force)
        for says in rule.check["limits"]:
            length = parse_duration(says.get("within") or says["every"])
            ordinal = ORDINALS.index(says["for"]) + 1 if "for" in says else 0
            words = ("within " if "within" in says else "every ") + duration_in_words(length)
            law = _law(_day(says.get("from")), _day(says.get("to")))
            where = compile_condition(says.get("where", {}), path, terms)
            until = _until(says.get("until"), path, terms)
            limits.append(Limit(length, ordinal, where, until, law, rule_law, binding, words))
    return tuple(limits)


def _until(says: Any, path: tuple[str, ...], terms: Mapping[str, Any]) -> Duration | Serving | None:
    if says is None or isinstance(says, str):
        return None if says is None else parse_duration(says)
    return compile_serving(says["first"], says.get("where", {}), path, terms)


def _day(text: Any) -> int | None:
    return None if text is None else DAYS[str(text)]


def _law(begins: int | None, ends: int | None) -> tuple[int, int]:
    return (0 if begins is None else begins), (OPEN if ends is None else ends)


def timeline(limits: Limits, case: Case, record: Record) -> Timeline:
    """The limits over the record's days; the record's start is known."""
    start = record.start
    untils = [_until_day(limit.until, case, record) for limit in limits]
    days = {start}
    for limit, until in zip(limits, untils, strict=True):
        days.update(day for day in (*_days_of_change(limit, case, record), until) if start < day < OPEN)
    first_binds: dict[int, Truth] = {}
    segments: list[Segment] = []
    doubtful = False
    binds_never = True
    for day in sorted(days):
        possible: list[Possible] = []
        bound = False
        binding: dict[int, Truth] = {}
        for limit, until in zip(limits, untils, strict=True):
            truth = _applies(limit, until, case, record, day, binding)
            if limit.ordinal == 1 and truth is not False:
                if id(limit) not in first_binds:
                    first_binds[id(limit)] = _binds(limit, case, record, start, {})
                truth = _and(truth, first_binds[id(limit)])
            if truth is False:
                continue
            possible.append((limit, bool(truth)))
            doubtful = doubtful or truth is None
            if truth and not limit.ordinal:
                bound = True
                break
        binds_never = binds_never and not possible
        segments.append(Segment(day, tuple(possible), bound))
    return Timeline(tuple(segments), doubtful, binds_never)


def _days_of_change(limit: Limit, case: Case, record: Record) -> Iterable[int]:
    yield from limit.law
    yield from limit.rule_law
    if limit.where.moments is not None:
        yield from limit.where.moments(case, record)
    if limit.binding.moments is not None:
        yield from limit.binding.moments(case, record)


def _until_day(until: Duration | Serving | None, case: Case, record: Record) -> int:
    """The first day on which the limit no longer applies; UNKNOWN where what ends it is not held."""
    if until is None:
        return OPEN
    if isinstance(until, Duration):
        return UNKNOWN if record.began_before else add(record.start, until)
    found = served(case, record, until)
    after = [day for day, _ in found.sure if day > record.start]
    if found.lacking or found.undated or found.since > record.start or record.began_before:
        return UNKNOWN
    if any(record.start < day < min(after, default=OPEN) for day, _ in found.possible):
        return UNKNOWN
    return min(after, default=OPEN)


def _applies(limit: Limit, until: int, case: Case, record: Record, day: int, binding: dict[int, Truth]) -> Truth:
    begins, ends = limit.law
    if not begins <= day < ends or (until != UNKNOWN and day >= until):
        return False
    truth = _binds(limit, case, record, day, binding)
    if truth is False or limit.where is ALWAYS:
        return None if truth and until == UNKNOWN else truth
    truth = _and(truth, limit.where.test(case, record, day))
    return None if truth and until == UNKNOWN else truth


def _binds(limit: Limit, case: Case, record: Record, day: int, known: dict[int, Truth]) -> Truth:
    """Whether the rule that the limit comes from binds on the day: its law is in force and its `while` holds."""
    begins, ends = limit.rule_law
    if not begins <= day < ends:
        return False
    if limit.binding is ALWAYS:
        return True
    key = id(limit.binding)
    if key not in known:
        known[key] = limit.binding.test(case, record, day)
    return known[key]


def _and(one: Truth, other: Truth) -> Truth:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def due_day(line: Timeline, start: int, ordinal: int, longest: bool, ordinal_known: bool = True) -> Due:
    """By when a wait that begins on `start` must end, by the longest or by the shortest limits that may apply.

    `ordinal` is 1 for the record's first wait. Where it is not known, the longest candidate applies.
    """
    deadline, words = OPEN, ""
    in_force: Limit | None = None
    segments = line.segments
    for place, segment in enumerate(segments):
        if place + 1 < len(segments) and segments[place + 1].day <= start:
            continue
        day = max(segment.day, start)
        if day > deadline:
            break
        limit = _chosen(segment, start, ordinal, longest, ordinal_known)
        if limit is None:
            deadline, in_force = OPEN, None
            continue
        if limit is in_force:
            continue
        from_start = add(start, limit.length)
        if in_force is None:
            deadline, words = add(day, limit.length), limit.in_words
        elif from_start > deadline:
            deadline, words = from_start, limit.in_words
        else:
            shorter = add(day, limit.length)
            if shorter < deadline:
                deadline, words = shorter, limit.in_words
        in_force = limit
    return Due(deadline, words)


def _chosen(segment: Segment, start: int, ordinal: int, longest: bool, ordinal_known: bool) -> Limit | None:
    """The limit in force in the segment: of those that may apply, the one that gives most or least time."""
    sure_ordinal: list[Limit] = []
    unsure_ordinal: list[Limit] = []
    bound = False
    for limit, sure in segment.possible:
        if limit.ordinal and ordinal_known and limit.ordinal != ordinal:
            continue
        if limit.ordinal and not ordinal_known and (limit.ordinal != 1 or ordinal == 1):
            unsure_ordinal.append(limit)
            continue
        if limit.ordinal and not ordinal_known:
            continue
        sure_ordinal.append(limit)
        if sure:
            bound = True
            break
    if longest and not bound:
        return None
    choices = sure_ordinal
    if not choices:
        return None
    if len(choices) == 1 and not unsure_ordinal:
        return choices[0]
    pick = max if longest else min
    chosen = pick(choices, key=lambda limit: add(start, limit.length))
    return max([chosen, *unsure_ordinal], key=lambda limit: add(start, limit.length))
