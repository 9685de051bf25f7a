"""`recurring`, drawn: every event with the wait that it ended, which limit was in force and why, what was due when."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from casecheck.calendar import OPEN, UNKNOWN, in_words, parse_duration
from casecheck.checks.discharge import Served, Serving, compile_serving, newest_hidden, only_newest, served
from casecheck.checks.limits import Timeline, compile_limits, due_day, steps_of, timeline
from casecheck.checks.obligation import MISSED, UNKNOWN_OUTCOME, Obligation
from casecheck.explaining.kinds.limits_in_force import (
    Entry,
    Wait,
    counted_from,
    entries_of,
    limit_lines,
    limits_missing,
)
from casecheck.explaining.lines import binding_lines, due_line, lapsed, line, missed_line
from casecheck.explaining.missing import drawn_missing, serving_missing
from casecheck.explaining.missing_dates import own_dates_missing
from casecheck.explaining.model import EVENT, LAPSED, LIMIT, PASSED_OVER, Line, Missing
from casecheck.explaining.serving import passed_over, possible_missing, thing_of
from casecheck.explaining.setting import Drawn, Setting, binding_missing, end_missing, standing
from casecheck.explaining.words import bank_holidays, done_words, plainly
from casecheck.records.case import Record


class _Chain(NamedTuple):
    """What the waits of one record are made of: `events` are those that may end one, by day."""

    entries: tuple[Entry, ...]
    limits: Timeline
    serving: Serving
    found: Served
    events: Mapping[int, Record]
    waits: tuple[Wait, ...]


def draw(setting: Setting) -> Drawn:
    """The chain of waits of one record."""
    record = setting.record
    if record.start == UNKNOWN:
        missing = (*own_dates_missing(record), *standing(setting, setting.span.as_at).missing)
        return Drawn(("It is not known from which day the waits run.",), missing=missing)
    applies = standing(setting, record.start)
    if applies.applies is False or UNKNOWN < setting.end < record.start:
        return Drawn(applies.notes)
    chain = _chain(setting)
    lines = [
        *_held_from(setting, chain),
        *_events(setting, chain),
        *_passed_over(setting, chain),
        *limit_lines(setting, chain.entries, chain.limits, chain.waits),
        *_due(setting, chain),
        *binding_lines(setting),
        *_lapsed(setting, chain),
    ]
    missing = tuple(_missing(setting, chain, applies.missing)) if setting.is_unknown else ()
    return Drawn((*applies.notes, *_notes(setting, chain)), tuple(lines), (), missing)


def _chain(setting: Setting) -> _Chain:
    case, record, check = setting.case, setting.record, setting.rule.check
    limits = compile_limits(setting.rules, setting.path, setting.terms)
    serving = compile_serving(check["events"], check.get("where", {}), setting.path, setting.terms)
    found = served(case, record, serving)
    first = record.start if check.get("counts_on_first_day", True) else record.start + 1
    events = {day: each for day, each in reversed(found.sure) if first <= day <= setting.last}
    line = timeline(limits, case, record, setting.end)
    waits = _waits(setting, line, serving, found, events)
    return _Chain(tuple(entries_of(setting, limits)), line, serving, found, events, waits)


def _waits(
    setting: Setting, line: Timeline, serving: Serving, found: Served, events: Mapping[int, Record]
) -> tuple[Wait, ...]:
    """The waits, one after another, as the check goes through them."""
    if line.binds_never or not found.held or newest_hidden(setting.case, serving):
        return ()
    if only_newest(setting.case, serving) and events:
        return (Wait(max(events), 2, False, None),)
    start = max(setting.record.start, found.since)
    known = not setting.record.began_before and start == setting.record.start
    days = sorted(day for day in events if day >= start)
    ends = [*days, None]
    return tuple(Wait(begins, place + 1, known, ends[place]) for place, begins in enumerate([start, *days]))


def _notes(setting: Setting, chain: _Chain) -> Iterator[str]:
    if chain.limits.binds_never:
        yield "The rule binds on none of its days."
    elif not setting.obligations and not chain.waits:
        yield "No limit could be broken in it."


# --- lines -----------------------------------------------------------------------------------------------------------


def _held_from(setting: Setting, chain: _Chain) -> Iterator[Line]:
    """The day from which all events are held, where that is not from the start."""
    since = chain.found.since
    if setting.record.start < since <= setting.last and not only_newest(setting.case, chain.serving):
        yield line(since, LIMIT, f"from here on all {setting.thing.plural} are held, and none from before")


def _events(setting: Setting, chain: _Chain) -> Iterator[Line]:
    by_done = {each.done: each for each in setting.obligations if each.done is not None}
    held_from = chain.waits[0].start if chain.waits else setting.record.start
    newest = only_newest(setting.case, chain.serving)
    for day, event in sorted(chain.events.items()):
        thing = thing_of(setting, chain.serving, event)
        found, done = by_done.get(day), f"{thing.noun} {plainly(thing)}"
        if newest and day == held_from:
            yield line(day, EVENT, _of_the_newest(setting, done), event.pointer, found)
        elif found is not None:
            yield line(day, EVENT, done_words(thing, found), event.pointer, found)
        elif day < held_from:
            yield line(day, PASSED_OVER, f"{done}, before the day from which all are held", event.pointer)
        else:
            yield line(day, EVENT, done + _of_a_wait_without_outcome(setting, chain, day), event.pointer)


def _of_the_newest(setting: Setting, done: str) -> str:
    due = next((each.due for each in setting.obligations if each.due is not None), None)
    by = f"; the next by {in_words(due)}" if due is not None else ""
    return f"{done}: only the newest is held, so only the time since is judged{by}"


def _of_a_wait_without_outcome(setting: Setting, chain: _Chain, day: int) -> str:
    """Of an event that ended a wait of which nothing is told, or of which it is not known what came of it."""
    start = next((each.start for each in chain.waits if each.done == day), None)
    if any(each.starts == start and each.done is None for each in setting.obligations):
        return "; whether in time is not known"
    return "" if chain.limits.binds_never else "; no limit was in force in the wait before it"


def _passed_over(setting: Setting, chain: _Chain) -> Iterator[Line]:
    where = setting.rule.check.get("where", {})
    yield from passed_over(setting, chain.serving, where, setting.record.start, setting.last)
    if setting.rule.check.get("counts_on_first_day", True):
        return
    for day, event in chain.found.sure:
        if day == setting.record.start:
            thing = thing_of(setting, chain.serving, event)
            says = f"{thing.noun} {plainly(thing)}, does not count: it is on the first day itself"
            yield line(day, PASSED_OVER, says, event.pointer)


def _due(setting: Setting, chain: _Chain) -> Iterator[Line]:
    for each in setting.obligations:
        due = due_line(setting, each, _how(setting, chain, each))
        if due is not None:
            yield due
        if each.outcome == MISSED:
            yield missed_line(setting, each)


def _how(setting: Setting, chain: _Chain, each: Obligation) -> str:
    """By which limit, counted from when; and the day by the shortest limit, where that is not known."""
    wait = next((wait for wait in chain.waits if wait.start == each.starts and each.done in (None, wait.done)), None)
    if wait is None or each.due is None or not each.limit:
        return ""
    longest = steps_of(chain.limits, wait.start, wait.ordinal, True, wait.ordinal_known)
    start = counted_from(longest, wait.start, each.due)
    length = parse_duration(each.limit.partition(" ")[2])
    how = f" ({each.limit}, from {in_words(start)}{bank_holidays(start, each.due, length)})"
    shortest = due_day(chain.limits, wait.start, wait.ordinal, False, wait.ordinal_known).day
    return how if shortest == each.due else f"{how}, or by the shortest limit that may apply {in_words(shortest)}"


def _lapsed(setting: Setting, chain: _Chain) -> Iterator[Line]:
    """Of the last wait, where it came to nothing, that its period ended first."""
    if not chain.waits or setting.end in (UNKNOWN, OPEN):
        return
    last = chain.waits[-1]
    due = due_day(chain.limits, last.start, last.ordinal, True, last.ordinal_known).day
    told = any(each.starts == last.start and each.done in (None, last.start) for each in setting.obligations)
    if due != OPEN and due >= setting.end and not told:
        yield line(setting.last, LAPSED, lapsed(setting, due))


# --- what is not held ------------------------------------------------------------------------------------------------


def _missing(setting: Setting, chain: _Chain, standing_missing: tuple[Missing, ...]) -> Iterator[Missing]:
    case, record = setting.case, setting.record
    where = setting.rule.check.get("where", {})
    yield from standing_missing
    yield from serving_missing(case, record, chain.serving, setting.terms)
    yield from possible_missing(setting, chain.serving, where)
    yield from end_missing(setting)
    if record.began_before:
        yield from own_dates_missing(record)
    yield from limits_missing(setting, chain.entries, chain.limits)
    yield from binding_missing(setting)
    unknown = [each.due for each in setting.obligations if each.outcome == UNKNOWN_OUTCOME]
    if any(due is not None and due > case.coverage.to for due in unknown):
        yield from drawn_missing(case)
