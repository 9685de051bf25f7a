"""The limits of a recurring check: which is in force on a day, and by when a wait must end.

A limit applies on a day if its `where` holds, its law is in force (`from`, `to`), its `until` has not come, and, for a
limit of a numbered wait, the wait has that number. The first of the list that applies is in force.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casecheck.calendar import DAYS, OPEN, UNKNOWN, Duration, add, adder, duration_in_words, parse_duration
from casecheck.checks.discharge import Serving, compile_serving, served
from casecheck.records.case import Case, Record
from casecheck.rules.conditions import compile_condition
from casecheck.rules.matching import Truth
from casecheck.rules.model import Rule
from casecheck.rules.truth import ALWAYS, Condition, Daily, Moments

ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")


class Limit(NamedTuple):
    """One entry of `limits`, ready.

    `due_from` tells the due day of a wait from a day, `ordinal` is 1 for the first wait and 0 for every wait,
    `in_words` says the timescale. `until` is a duration after the start, or the section whose first later record ends
    it; `law` the days of its own `from` and `to`, `rule_law` those of the rule that it comes from, `binding` that
    rule's `while`.
    """

    due_from: Callable[[int], int]
    ordinal: int
    where: Condition
    until: Duration | Serving | None
    law: tuple[int, int]
    rule_law: tuple[int, int]
    binding: Condition
    in_words: str


class Limits(NamedTuple):
    """The limits of a rule in their order, the days of law, and what tells the days on which conditions may change."""

    entries: tuple[Limit, ...]
    law_days: tuple[int, ...]
    moments: tuple[Moments, ...]
    most_ordinal: int
    only: "Timeline | None"
    """The timeline of every record, where one limit applies on all its days."""


class Segment(NamedTuple):
    """Days from `day` on which nothing about the limits changes: those that may apply, in order, each with whether it
    surely does.
    """

    day: int
    possible: tuple[tuple[Limit, bool], ...]


Steps = tuple[tuple[int, Limit | None], ...]
"""The limit in force (or None) from each day on."""


class Timeline(NamedTuple):
    """The limits over a record's days, from its start on.

    `doubtful` says whether something not held bears on them; where nothing does, `first` and `later` are the limits in
    force during the first wait and during those after it, and `only` the one in force on every day of every wait.
    """

    segments: tuple[Segment, ...]
    doubtful: bool
    first: Steps
    later: Steps
    binds_never: bool
    only: Limit | None = None


class Due(NamedTuple):
    """The last day of a wait (OPEN if no limit can break it), the limit that applies, in words, and the first day of
    the wait on which a limit was in force.
    """

    day: int
    limit: str
    bound_from: int


ALL_DAYS: Final = (0, OPEN)
NEVER: Final = Timeline((), False, (), (), True)


# --- compiling --------------------------------------------------------------------------------------------------------


def compile_limits(rules: Sequence[Rule], path: tuple[str, ...], terms: Mapping[str, Any]) -> Limits:
    """The limits of one rule, or of several that share an id and follow one another in law."""
    entries: list[Limit] = []
    for rule in rules:
        binding = compile_condition(rule.while_, path, terms)
        entries.extend(_limit(says, rule, binding, path, terms) for says in rule.check["limits"])
    law_days = {day for entry in entries for day in (*entry.law, *entry.rule_law)} - {0, OPEN}
    moments = dict.fromkeys(each for entry in entries for each in (*entry.where.moments, *entry.binding.moments))
    most_ordinal = max(entry.ordinal for entry in entries)
    return Limits(tuple(entries), tuple(law_days), tuple(moments), most_ordinal, _only(entries))


def _only(entries: Sequence[Limit]) -> "Timeline | None":
    limit = entries[0]
    if len(entries) > 1 or limit.ordinal or limit.until or limit.law != ALL_DAYS or limit.rule_law != ALL_DAYS:
        return None
    if limit.where is not ALWAYS or limit.binding is not ALWAYS:
        return None
    return Timeline((Segment(0, ((limit, True),)),), False, ((0, limit),), ((0, limit),), False, limit)


def _limit(
    says: Mapping[str, Any], rule: Rule, binding: Condition, path: tuple[str, ...], terms: Mapping[str, Any]
) -> Limit:
    length = parse_duration(says.get("within") or says["every"])
    return Limit(
        due_from=adder(length),
        ordinal=ORDINALS.index(says["for"]) + 1 if "for" in says else 0,
        where=compile_condition(says.get("where", {}), path, terms),
        until=_until(says.get("until"), path, terms),
        law=_law(_day(says.get("from")), _day(says.get("to"))),
        rule_law=_law(*rule.in_force),
        binding=binding,
        in_words=("within " if "within" in says else "every ") + duration_in_words(length),
    )


def _until(says: Any, path: tuple[str, ...], terms: Mapping[str, Any]) -> Duration | Serving | None:
    if says is None or isinstance(says, str):
        return None if says is None else parse_duration(says)
    return compile_serving(says["first"], says.get("where", {}), path, terms)


def _day(text: Any) -> int | None:
    return None if text is None else DAYS[str(text)]


def _law(begins: int | None, ends: int | None) -> tuple[int, int]:
    return (0 if begins is None else begins), (OPEN if ends is None else ends)


# --- the limits over a record's days ----------------------------------------------------------------------------------


class _Here(NamedTuple):
    """A limit for one record: when its `until` comes, and its conditions where they are the same on every day."""

    limit: Limit
    until: int
    where: Truth | Daily
    binding: Truth | Daily


def timeline(limits: Limits, case: Case, record: Record, end: int) -> Timeline:
    """The limits over the record's days; its start is known. What changes after `end` changes nothing."""
    if limits.only is not None:
        return limits.only
    start, last = record.start, OPEN - 1 if end == UNKNOWN else min(end, OPEN - 1)
    here = _here(limits.entries, case, record, OPEN if end == UNKNOWN else end)
    if not here:
        return NEVER
    days = {start, *limits.law_days, *(each.until for each in here)}
    if any(callable(each.where) or callable(each.binding) for each in here):
        days.update(day for moments in limits.moments for day in moments(case, record))
    segments = tuple(_segment(here, day) for day in sorted(days) if start <= day <= last)
    doubtful = any(not sure for segment in segments for _, sure in segment.possible)
    binds_never = not any(segment.possible for segment in segments)
    if doubtful or limits.most_ordinal > 1:
        return Timeline(segments, doubtful, (), (), binds_never)
    first = _steps((segment.day, _first(segment, ordinals=True)) for segment in segments)
    later = _steps((segment.day, _first(segment, ordinals=False)) for segment in segments)
    only = later[0][1] if first == later and len(later) == 1 else None
    return Timeline(segments, False, first, later, binds_never, only)


def _here(entries: Sequence[Limit], case: Case, record: Record, end: int) -> list[_Here]:
    """The limits that may apply on some day; those of the first wait only if the record's first day is bound."""
    here: list[_Here] = []
    bindings: dict[int, Truth | Daily] = {}
    for limit in entries:
        key = id(limit.binding)
        if key not in bindings:
            bindings[key] = limit.binding.over(case, record, end)
        binding = bindings[key]
        where = True if limit.where is ALWAYS else limit.where.over(case, record, end)
        if binding is not False and where is not False:
            here.append(_Here(limit, until_day(limit.until, case, record), where, binding))
    if not any(limit.ordinal == 1 for limit, *_ in here):
        return here
    on_first_day = {_binds(limit, binding, record.start) for limit, _, _, binding in here}
    if True in on_first_day:
        return here
    return [
        _on_first_day(each, None in on_first_day) for each in here if each.limit.ordinal != 1 or None in on_first_day
    ]


def _on_first_day(each: _Here, in_doubt: bool) -> _Here:
    """A limit of the first wait, which may not apply if it is in doubt whether the first day is a binding one."""
    if each.limit.ordinal != 1 or not in_doubt or each.where is not True:
        return each
    return each._replace(where=None)


def _segment(here: Sequence[_Here], day: int) -> Segment:
    possible: list[tuple[Limit, bool]] = []
    rule: tuple[Condition, tuple[int, int]] | None = None
    binds: Truth = False
    for limit, until, where, binding in here:
        begins, ends = limit.law
        if not begins <= day < ends or (until != UNKNOWN and day >= until):
            continue
        if rule is None or rule[0] is not limit.binding or rule[1] is not limit.rule_law:
            rule = limit.binding, limit.rule_law
            binds = _binds(limit, binding, day)
        applies = where(day) if callable(where) else where
        if binds is False or applies is False:
            continue
        sure = binds is True and applies is True and until != UNKNOWN
        possible.append((limit, sure))
        if sure and not limit.ordinal:
            break
    return Segment(day, tuple(possible))


def _binds(limit: Limit, binding: Truth | Daily, day: int) -> Truth:
    """Whether the rule that the limit comes from binds on the day: its law is in force and its `while` holds."""
    begins, ends = limit.rule_law
    if not begins <= day < ends:
        return False
    return binding(day) if callable(binding) else binding


def until_day(until: Duration | Serving | None, case: Case, record: Record) -> int:
    """The first day on which the limit no longer applies; UNKNOWN where what ends it is not held."""
    if until is None:
        return OPEN
    if record.began_before:
        return UNKNOWN
    if isinstance(until, Duration):
        return add(record.start, until)
    found = served(case, record, until)
    first = min((day for day, _ in found.sure if day > record.start), default=OPEN)
    maybe_sooner = any(record.start < day < first for day, _ in found.possible)
    if found.lacking or found.undated or found.since > record.start or maybe_sooner:
        return UNKNOWN
    return first


def _first(segment: Segment, ordinals: bool) -> Limit | None:
    return next((limit for limit, _ in segment.possible if ordinals or not limit.ordinal), None)


def _steps(found: Iterable[tuple[int, Limit | None]]) -> Steps:
    """Without the days on which nothing changes."""
    steps: list[tuple[int, Limit | None]] = []
    for day, limit in found:
        if not steps or steps[-1][1] is not limit:
            steps.append((day, limit))
    return tuple(steps)


# --- the due day ------------------------------------------------------------------------------------------------------


def due_day(line: Timeline, start: int, ordinal: int, longest: bool, ordinal_known: bool = True) -> Due:
    """By when a wait that begins on `start` must end, by the longest or by the shortest limits that may apply.

    `ordinal` is 1 for the record's first wait. Where it is not known, the longest candidate applies.
    """
    steps = steps_of(line, start, ordinal, longest, ordinal_known)
    day, limit = steps[-1]
    if day <= start and limit is not None:
        return Due(limit.due_from(start), limit.in_words, start)
    return walk(steps, start)


def steps_of(line: Timeline, start: int, ordinal: int, longest: bool, ordinal_known: bool) -> Steps:
    """The limits in force, one after another, in the wait of which `due_day` tells the due day."""
    if line.first and ordinal_known:
        return line.first if ordinal == 1 else line.later
    return tuple((segment.day, _chosen(segment, start, ordinal, longest, ordinal_known)) for segment in line.segments)


def walk(steps: Steps, start: int) -> Due:
    """The last day before a limit in force is first broken, and the limit by which."""
    deadline, words, bound_from = OPEN, "", OPEN
    in_force: Limit | None = None
    for place, (day, limit) in enumerate(steps):
        if place + 1 < len(steps) and steps[place + 1][0] <= start:
            continue
        if day > deadline + 1:
            break
        if limit is None:
            deadline, in_force = OPEN, None
            continue
        if limit is in_force:
            continue
        from_start = limit.due_from(start)
        if in_force is None:
            deadline, words = limit.due_from(max(day, start)), limit.in_words
            bound_from = min(bound_from, max(day, start))
        elif from_start > deadline:
            deadline, words = from_start, limit.in_words
        elif limit.due_from(day) < deadline:
            deadline, words = limit.due_from(day), limit.in_words
        in_force = limit
    return Due(deadline, words, bound_from)


def _chosen(segment: Segment, start: int, ordinal: int, longest: bool, ordinal_known: bool) -> Limit | None:
    """The limit in force in the segment: of those that may apply, the one that gives most or least time."""
    choices: list[Limit] = []
    of_unknown_ordinal: list[Limit] = []
    bound = False
    for limit, sure in segment.possible:
        if limit.ordinal and not ordinal_known:
            if limit.ordinal != 1 or ordinal == 1:
                of_unknown_ordinal.append(limit)
            continue
        if limit.ordinal and limit.ordinal != ordinal:
            continue
        choices.append(limit)
        bound = sure
        if sure:
            break
    if not choices or (longest and not bound):
        return None

    def due(limit: Limit) -> int:
        return limit.due_from(start)

    chosen = max(choices, key=due) if longest else min(choices, key=due)
    return max([chosen, *of_unknown_ordinal], key=due)
