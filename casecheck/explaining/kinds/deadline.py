"""`deadline`, drawn: the day from which it runs, the day by which it is due and why that one, and when it was done."""

from collections.abc import Iterator, Mapping
from typing import Any

from casecheck.calendar import UNKNOWN, add, duration_in_words, in_words, parse_duration
from casecheck.checks.deadline import date_of
from casecheck.checks.discharge import compile_serving
from casecheck.explaining.lines import due_lines, lapsed, line
from casecheck.explaining.missing import drawn_missing, place_missing, serving_missing
from casecheck.explaining.missing_dates import field_missing
from casecheck.explaining.model import EVENT, LAPSED, LIMIT, Line, Missing
from casecheck.explaining.serving import passed_over, possible_missing
from casecheck.explaining.setting import Drawn, Setting, end_missing, standing
from casecheck.explaining.words import bank_holidays, done_words
from casecheck.records.case import Record
from casecheck.records.schema import Section
from casecheck.rules.names import find_date_field
from casecheck.rules.record_words import before_it, moment, short_noun


def draw(setting: Setting) -> Drawn:
    """The one obligation of a record, or why there is none."""
    case, record, check = setting.case, setting.record, setting.rule.check
    start = date_of(check["from"], setting.path)(case, record)
    if start is None:
        return Drawn((f"Nothing is asked: {_moment(setting, check['from'])} is not recorded.",))
    if not setting.obligations and not _in_law(setting, start):
        return Drawn((f"The rule was not law on {in_words(start)}.",))
    applies = standing(setting, case.as_at if start == UNKNOWN else start)
    if applies.applies is False:
        return Drawn(applies.notes)
    due = _due(setting, start)
    if due is None:
        return Drawn((*applies.notes, f"Nothing is asked: {_moment(setting, check['due'])} is not recorded."))
    lines = [*_from(setting, start, due), *_done(setting, start), *due_lines(setting)]
    if not setting.obligations and due >= setting.end:
        lines.append(line(setting.last, LAPSED, lapsed(setting, due)))
    missing = (*applies.missing, *_missing(setting, start, due)) if setting.is_unknown else ()
    return Drawn(applies.notes, tuple(lines), (), missing)


def _in_law(setting: Setting, start: int) -> bool:
    begins, ends = setting.rule.in_force
    return start == UNKNOWN or ((begins is None or start >= begins) and (ends is None or start < ends))


def _due(setting: Setting, start: int) -> int | None:
    """The day by which it is due, UNKNOWN where that is not held, None where none is recorded."""
    check = setting.rule.check
    if "due" in check:
        return date_of(check["due"], setting.path)(setting.case, setting.record)
    return UNKNOWN if start == UNKNOWN else add(start, parse_duration(check["within"]))


# --- fields ----------------------------------------------------------------------------------------------------------


def _moment(setting: Setting, name: str) -> str:
    """What happened on the day in a field: `the referral`, `the start of the plan`."""
    section, field = find_date_field(name, setting.path)
    noun = short_noun(section)
    whose = before_it(section, noun) if name.startswith("previous.") else f"the {noun}"
    return moment(section, field, whose)


def _holder(setting: Setting, name: str) -> tuple[Record | None, str]:
    """The record that holds a date field (None where there is none before it), and the field's own name."""
    section, field = find_date_field(name, setting.path)
    if name.startswith("previous."):
        return setting.record.previous, field
    return _at(setting.record, section), field


def _at(record: Record, section: Section) -> Record:
    while record.section.path != section.path and record.parent is not None:
        record = record.parent
    return record


def _pointer(setting: Setting, name: str) -> str | None:
    holder, field = _holder(setting, name)
    return None if holder is None else f"{holder.pointer}/{field}"


# --- lines -----------------------------------------------------------------------------------------------------------


def _from(setting: Setting, start: int, due: int) -> Iterator[Line]:
    """The day from which it runs, with the day that follows from it."""
    if start == UNKNOWN:
        return
    check, noun = setting.rule.check, setting.thing.noun
    if due == UNKNOWN:
        by = ""
    elif "due" in check:
        by = f"; {noun} due by {in_words(due)}, the day set"
    else:
        length = parse_duration(check["within"])
        holidays = bank_holidays(start, due, length)
        by = f"; {noun} due within {duration_in_words(length)}, so by {in_words(due)}{holidays}"
    what = _moment(setting, check["from"]).removeprefix("the ")
    yield line(start, LIMIT, what + by, _pointer(setting, check["from"]))


def _done(setting: Setting, start: int) -> Iterator[Line]:
    """What was done, and what was passed over."""
    done = setting.rule.check["done"]
    for each in setting.obligations:
        if each.done is not None:
            yield line(each.done, EVENT, done_words(setting.thing, each), each.evidence, each)
    if start == UNKNOWN:
        return
    last = _last_asked(setting)
    if not isinstance(done, str):
        where = done.get("where", {})
        serving = compile_serving(done["first"], where, setting.path, setting.terms)
        yield from passed_over(setting, serving, where, start, last)


def _last_asked(setting: Setting) -> int:
    """The last day of which it is told what was passed over: that on which it was done, if it was."""
    days = [each.done for each in setting.obligations if each.done is not None]
    return min([setting.last, *days])


# --- what is not held ------------------------------------------------------------------------------------------------


def _missing(setting: Setting, start: int, due: int) -> Iterator[Missing]:
    check = setting.rule.check
    if start == UNKNOWN:
        yield from _field_missing(setting, check["from"])
    if due == UNKNOWN and "due" in check:
        yield from _field_missing(setting, check["due"])
    if start == UNKNOWN or due == UNKNOWN:
        return
    yield from end_missing(setting)
    yield from _done_missing(setting, check["done"], start)
    if setting.case.coverage.to < due:
        yield from drawn_missing(setting.case)


def _done_missing(setting: Setting, done: str | Mapping[str, Any], start: int) -> Iterator[Missing]:
    if isinstance(done, str):
        if date_of(done, setting.path)(setting.case, setting.record) == UNKNOWN:
            yield from _field_missing(setting, done)
        return
    where = done.get("where", {})
    serving = compile_serving(done["first"], where, setting.path, setting.terms)
    yield from serving_missing(setting.case, setting.record, serving, setting.terms)
    yield from possible_missing(setting, serving, where)


def _field_missing(setting: Setting, name: str) -> Iterator[Missing]:
    holder, field = _holder(setting, name)
    yield place_missing(setting.record) if holder is None else field_missing(holder, field, setting.case.as_at)
