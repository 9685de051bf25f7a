"""`held`, drawn: what covered which days, where cover was lost, and by when it had to be there again."""

from collections.abc import Iterator
from typing import NamedTuple

from casecheck.calendar import OPEN, UNKNOWN, in_words, parse_duration
from casecheck.checks.discharge import Served, Serving, compile_serving, served
from casecheck.checks.held import Cover, binding_runs, cover_of
from casecheck.checks.obligation import MISSED, UNKNOWN_OUTCOME, Obligation
from casecheck.explaining.lines import binding_lines, due_line, ended, line, missed_line
from casecheck.explaining.missing import drawn_missing, serving_missing
from casecheck.explaining.missing_dates import own_dates_missing
from casecheck.explaining.model import EVENT, LOST, Line, Missing
from casecheck.explaining.serving import passed_over, possible_missing, thing_of
from casecheck.explaining.setting import Drawn, Setting, binding_missing, end_missing, standing
from casecheck.explaining.words import bank_holidays, done_words, plainly
from casecheck.records.case import Record
from casecheck.rules.record_words import short_noun
from casecheck.sentences import Thing


class _Covering(NamedTuple):
    """A record that covers, what it is called, and the days that it covers."""

    record: Record
    thing: Thing
    cover: Cover


def draw(setting: Setting) -> Drawn:
    """The cover of one record's days, and each loss of it."""
    case, record, check = setting.case, setting.record, setting.rule.check
    applies = standing(setting, max(record.start, 1))
    if applies.applies is False:
        return Drawn(applies.notes)
    if record.start == UNKNOWN:
        return Drawn(("It is not known from which day.",), missing=(*own_dates_missing(record), *applies.missing))
    where = check.get("where", {})
    serving = compile_serving(check["records"], where, setting.path, setting.terms)
    found = served(case, record, serving)
    lines = [
        *_covers(setting, serving, found),
        *passed_over(setting, serving, where, record.start, setting.last),
        *_losses(setting),
        *binding_lines(setting),
    ]
    missing: tuple[Missing, ...] = ()
    if setting.is_unknown:
        missing = (
            *applies.missing,
            *serving_missing(case, record, serving, setting.terms),
            *possible_missing(setting, serving, where),
            *end_missing(setting),
            *(own_dates_missing(record) if record.began_before else ()),
            *binding_missing(setting),
            *drawn_missing(case),
        )
    return Drawn((*applies.notes, *_lapsed(setting)), tuple(lines), (), missing)


# --- cover -----------------------------------------------------------------------------------------------------------


def _covers(setting: Setting, serving: Serving, found: Served) -> Iterator[Line]:
    """When each record begins to cover and when it ceases to, so far as that lies in the period."""
    start, last = setting.record.start, setting.last
    covering = [
        _Covering(each, thing_of(setting, serving, each), cover)
        for day, each in found.sure
        if (cover := cover_of(setting.rule, each, day)) is not None and cover.first <= last and cover.last >= start
    ]
    told: set[Obligation] = set()
    for each in covering:
        day = max(each.cover.first, start)
        of = next((one for one in setting.obligations if one.done == day and one not in told), None)
        told |= {of} if of is not None else set()
        yield line(day, EVENT, _begins(each, of, start), each.record.pointer, of)
        if each.cover.last < last:
            yield line(each.cover.last, LOST, _ceases(setting, each), each.record.pointer)
    for of in setting.obligations:
        if of.done is not None and of not in told:
            yield line(of.done, EVENT, done_words(setting.thing, of), of.evidence, of)


def _begins(each: _Covering, of: Obligation | None, start: int) -> str:
    if of is not None and (of.due is None or of.done != of.due or of.outcome != "met"):
        says = done_words(each.thing, of)
    else:
        says = f"{each.thing.noun} {plainly(each.thing)}"
    return f"{says}, since {in_words(each.cover.first)}" if each.cover.first < start else says


def _ceases(setting: Setting, each: _Covering) -> str:
    """That the record covers no longer: it ended, or has counted for as long as it may."""
    noun = each.thing.noun
    nature, end = each.record.section.nature, each.record.end
    if nature == "lasting" and end == each.cover.last:
        short = short_noun(each.record.section)
        return f"{noun} ends" if noun.endswith(short) else f"{noun}'s {short} ends"
    length = setting.rule.check.get("counts_for")
    return f"{noun} of {in_words(each.cover.first)} has counted for {length}, and counts to this day"


# --- losses ----------------------------------------------------------------------------------------------------------


def _losses(setting: Setting) -> Iterator[Line]:
    begins = _first_days(setting)
    before: Obligation | None = None
    for each in setting.obligations:
        lost = each.starts is not None and each.starts not in begins
        if lost and each.starts != each.done:
            in_doubt = before is not None and before.outcome == UNKNOWN_OUTCOME
            yield line(each.starts or 0, LOST, _lost(setting, in_doubt))
        before = each
        due = due_line(setting, each, _how(setting, each, "gap" if lost else "within"))
        if due is not None:
            yield due
        if each.outcome == MISSED:
            yield missed_line(setting, each)


def _lost(setting: Setting, in_doubt: bool) -> str:
    """That nothing covers from the day, after what did or, in doubt, may have done so."""
    noun, stands = setting.thing.noun, setting.thing.done.startswith("in place")
    if in_doubt:
        return f"an earlier {noun} that is not held can have counted to the day before; from here none can"
    return f"no {noun} is in place from here" if stands else f"no {noun} counts from here"


def _first_days(setting: Setting) -> set[int]:
    """The days on which the rule begins to bind: what is asked there is no loss of cover."""
    (application,) = setting.applications
    return {run.first for run in binding_runs(application, setting.case, setting.record, setting.end)}


def _how(setting: Setting, each: Obligation, key: str) -> str:
    """By which grace, `within` or `gap`, counted from when."""
    if each.starts is None or each.due is None:
        return ""
    written = setting.rule.check.get(key)
    if written is None or each.due == each.starts:
        return " at once"
    length = parse_duration(written)
    holidays = bank_holidays(each.starts, each.due, length)
    return f" (within {written} of {in_words(each.starts)}{holidays})"


def _lapsed(setting: Setting) -> Iterator[str]:
    if not setting.obligations and setting.end != OPEN and setting.end != UNKNOWN:
        on = in_words(setting.end)
        yield f"Nothing fell due in it: {ended(setting)} on {on}, before the time allowed was over."
