"""Which limit of a recurring rule was in force when, why that one, and what its coming into force did to a wait."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from casecheck.calendar import OPEN, UNKNOWN, Duration, duration_in_words, in_words
from casecheck.checks.discharge import served
from casecheck.checks.limits import ORDINALS, Limit, Limits, Steps, Timeline, steps_of, until_day, walk
from casecheck.explaining.lines import line, row_pointer
from casecheck.explaining.missing import doubts, serving_missing
from casecheck.explaining.missing_dates import own_dates_missing
from casecheck.explaining.model import LIMIT, Line, Missing
from casecheck.explaining.reasons import said, why, why_not
from casecheck.explaining.setting import Setting
from casecheck.rules.model import Rule
from casecheck.rules.record_words import done_word, sentence_noun, short_noun
from casecheck.written.places import listed


class Wait(NamedTuple):
    """A wait for the next event: from what day, its number, whether that is sure, and when the event came (None: it
    did not).
    """

    start: int
    ordinal: int
    ordinal_known: bool
    done: int | None


class Entry(NamedTuple):
    """A limit as the engine has it, as it is written, and the rule that it stands in."""

    limit: Limit
    says: Mapping[str, Any]
    rule: Rule


def entries_of(setting: Setting, limits: Limits) -> list[Entry]:
    """The limits in their order, each with where it was written."""
    written = [(says, rule) for rule in setting.rules for says in rule.check["limits"]]
    return [Entry(limit, says, rule) for limit, (says, rule) in zip(limits.entries, written, strict=True)]


# --- lines -----------------------------------------------------------------------------------------------------------


def limit_lines(setting: Setting, entries: Sequence[Entry], timeline: Timeline, waits: Sequence[Wait]) -> list[Line]:
    """When which limit was in force, told where it is another than before."""
    if timeline.doubtful:
        return list(_possible_lines(setting, timeline))
    found: list[Line] = []
    told: Limit | None = None
    for wait in waits:
        steps = steps_of(timeline, wait.start, wait.ordinal, True, wait.ordinal_known)
        here = next((limit for day, limit in reversed(steps) if day <= wait.start), None)
        if here is not None and here is not told:
            found.append(line(wait.start, LIMIT, f"limit: {_with_reasons(setting, entries, here, wait.start)}"))
        told = here
        for place, (day, limit) in enumerate(steps):
            if wait.start < day <= (setting.last if wait.done is None else wait.done - 1):
                text = _change(setting, entries, steps[: place + 1], wait)
                changed = place > 0 and steps[place - 1][1] is not None
                pointer = row_pointer(setting, day) if changed else None
                found += [line(day, LIMIT, text, pointer)] if text else []
                told = limit if text else told
    return found


def _change(setting: Setting, entries: Sequence[Entry], steps: Steps, wait: Wait) -> str:
    """What the last of the steps does to the wait; nothing where its due day had passed before."""
    day, limit = steps[-1]
    before, after = walk(steps[:-1], wait.start).day, walk(steps, wait.start).day
    if before != OPEN and day > before + 1:
        return ""
    if limit is None:
        binds = any(setting.asking(day).truth(rule.while_) for rule in setting.rules)
        return "no limit is in force from here" if binds else ""
    due = f"{setting.thing.noun} due by {in_words(after)}"
    if before == OPEN:
        effect = f"the first limit in this wait counts from here: {due}"
    elif after == before:
        effect = f"{due}, as before"
    else:
        base = (
            f"longer, so it counts from {in_words(wait.start)}" if after > before else "shorter, so it counts from here"
        )
        effect = f"{base}: {due}, not by {in_words(before)}"
    return f"limit from here: {_with_reasons(setting, entries, limit, day)}; {effect}"


def _possible_lines(setting: Setting, timeline: Timeline) -> Iterator[Line]:
    """The limits in force, and where that is not known those that may be."""
    told = ""
    for day, possible in timeline.segments:
        numbered = [limit for limit, _ in possible if limit.ordinal and day == setting.record.start]
        others = [limit for limit, _ in possible if not limit.ordinal]
        sure = all(is_sure for limit, is_sure in possible if limit in numbered or not limit.ordinal)
        may_be_none = bool(others) and not possible[-1][1]
        words = listed([*(_in_words(setting, limit) for limit in others), *(["none"] if may_be_none else [])]) or "none"
        words = "; ".join([*(_in_words(setting, limit) for limit in numbered), f"then {words}" if numbered else words])
        says = f"limit: {words}" if sure else f"limit not known: it may be {words}"
        if day <= setting.last and says != told:
            yield line(day, LIMIT, says)
        told = says


def counted_from(steps: Steps, start: int, due: int) -> int:
    """The day from which the limit counts that makes a wait from `start` end on `due`."""
    for day, limit in ((start, None), *steps):
        for each in [limit] if limit is not None else [other for _, other in steps if other is not None]:
            if day >= start and each.due_from(day) == due:
                return day
    return start


# --- reasons ---------------------------------------------------------------------------------------------------------


def _with_reasons(setting: Setting, entries: Sequence[Entry], limit: Limit, day: int) -> str:
    reasons = said(list(_reasons(setting, entries, limit, day)))
    return f"{_in_words(setting, limit)}{f' ({reasons})' if reasons else ''}"


def _in_words(setting: Setting, limit: Limit) -> str:
    which = f", for the {ORDINALS[limit.ordinal - 1]} {setting.thing.noun}" if limit.ordinal else ""
    return limit.in_words + which


def _reasons(setting: Setting, entries: Sequence[Entry], limit: Limit, day: int) -> Iterator[str]:
    """Why the limit is the first to apply on the day: what ended or excludes those before it, and what it asks."""
    for each in entries:
        if each.limit is limit:
            yield from _why_in_force(setting, each, day)
            return
        if not each.limit.ordinal and _is_law(each.limit, day):
            yield from _why_over(setting, each, day)


def _is_law(limit: Limit, day: int) -> bool:
    return all(begins <= day < ends for begins, ends in (limit.law, limit.rule_law))


def _why_over(setting: Setting, each: Entry, day: int) -> Iterator[str]:
    until = until_day(each.limit.until, setting.case, setting.record)
    if UNKNOWN < until <= day:
        yield _until(setting, each, until, over=True)
    else:
        yield from why_not(each.says.get("where", {}), setting.asking(day))


def _why_in_force(setting: Setting, each: Entry, day: int) -> Iterator[str]:
    yield from why(each.says.get("where", {}), setting.asking(day))
    if each.limit.until is not None:
        yield _until(setting, each, until_day(each.limit.until, setting.case, setting.record), over=False)
    if each.limit.law[0]:
        yield f"law from {in_words(each.limit.law[0])}"


def _until(setting: Setting, each: Entry, until: int, over: bool) -> str:
    """That the time for which a limit is meant is over, or is not."""
    of = short_noun(setting.record.section)
    if isinstance(each.limit.until, Duration):
        first = f"first {duration_in_words(each.limit.until).removeprefix('1 ')} of the {of}"
        if over:
            return f"the {first} is over"
        return f"in the {first}" + (f", to {in_words(until - 1)}" if UNKNOWN < until < OPEN else "")
    section = served_section(each)
    noun = sentence_noun(section).one
    done = done_word(noun, section).removesuffix(" from")
    return f"the first {noun} was {done} on {in_words(until)}" if over else f"until the first {noun} is {done}"


def served_section(each: Entry) -> Any:
    """The section whose first record ends the limit."""
    from casecheck.records.schema import sections

    until: Any = each.limit.until
    return sections()[until.sections[0][0]]


# --- what is not held ------------------------------------------------------------------------------------------------


def limits_missing(setting: Setting, entries: Sequence[Entry], timeline: Timeline) -> list[Missing]:
    """What is not held, so that it is not known which limit is in force."""
    found: list[Missing] = []
    for day, possible in timeline.segments:
        for limit, sure in possible:
            if not sure and day <= setting.last:
                entry = next(each for each in entries if each.limit is limit)
                found += _doubts_of(setting, entry, day)
    return found


def _doubts_of(setting: Setting, entry: Entry, day: int) -> Iterator[Missing]:
    limit, says, rule = entry
    yield from doubts(says.get("where", {}), setting.asking(day))
    yield from doubts(rule.while_, setting.asking(day))
    if limit.ordinal == 1:
        yield from doubts(rule.while_, setting.asking(setting.record.start))
    if until_day(limit.until, setting.case, setting.record) == UNKNOWN:
        if setting.record.began_before:
            yield from own_dates_missing(setting.record)
        elif limit.until is not None and not isinstance(limit.until, Duration):
            yield from serving_missing(setting.case, setting.record, limit.until, setting.terms)
            where = says["until"].get("where", {})
            for on, each in served(setting.case, setting.record, limit.until).possible:
                yield from doubts(where, setting.asking(on)._replace(record=each))
