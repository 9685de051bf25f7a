"""Words that the drawings of all kinds of check share: what a record is called, what came of an obligation, by when."""

from typing import Final

from casecheck.calendar import OPEN, UNKNOWN, Duration, in_words, is_working_day
from casecheck.checks.obligation import LATE, MET, MISSED, NOT_DUE, UNKNOWN_OUTCOME, Obligation
from casecheck.records.case import Record
from casecheck.rules.model import Rule
from casecheck.rules.record_words import narrowed, sentence_noun
from casecheck.sentences import Thing, thing_due
from casecheck.written.places import listed


def days(count: int | None) -> str:
    """`1 day`, `16 days`."""
    return "1 day" if count == 1 else f"{count} days"


def capital(text: str) -> str:
    """The text with a large first letter, as a sentence begins."""
    return text[:1].upper() + text[1:]


def plainly(thing: Thing) -> str:
    """How one says that it was done, without a day: `made`, `in place`."""
    return thing.done.removesuffix(" from")


# --- records ---------------------------------------------------------------------------------------------------------


def noun_for(rule: Rule, record: Record) -> str:
    """What a record to which the rule is applied is called: `placement`, `initial assessment`."""
    return sentence_noun(record.section, *narrowed(rule.where)).one


def called(noun: str, record: Record, as_at: int) -> str:
    """A record with its dates: `placement from 7 June 2010 to 3 May 2011`, `visit of 3 May 2011`.

    An end after the audit date is not told: it is that of a birthday.
    """
    nature, start, end = record.section.nature, record.start, record.end if record.end <= as_at else OPEN
    if record.section.start is None:
        return noun
    if nature == "event":
        return f"{noun} of {_day(start)}"
    if nature == "work":
        until = "" if end == OPEN else f", {_completed(record)} {_on(end)}"
        return f"{noun} begun {_on(start)}{until}"
    since = "from before " if record.began_before else "from "
    return f"{noun} {since}{_day(start)}{'' if end == OPEN else f' to {_day(end)}'}"


def _completed(record: Record) -> str:
    return "ended" if record.section.end == "end_date" else "completed"


def _on(day: int) -> str:
    return "on a day that is not known" if day == UNKNOWN else in_words(day)


def _day(day: int) -> str:
    return "a day that is not known" if day == UNKNOWN else in_words(day)


# --- obligations -----------------------------------------------------------------------------------------------------


def what_came_of_it(rule: Rule, each: Obligation) -> str:
    """An obligation as a clause: what was due when, what came of it, and whether it is counted."""
    text = _CAME.get(rule.kind, _due_and_done)(rule, each)
    return text if each.counted else f"{text}; not counted"


def _due_and_done(rule: Rule, each: Obligation) -> str:
    thing = thing_due(rule)
    due = f"{thing.noun} due {'on a day that is not known' if each.due is None else in_words(each.due)}"
    if each.outcome == UNKNOWN_OUTCOME:
        return f"{due}: not known"
    if each.outcome == NOT_DUE:
        return f"{due}: not late yet"
    if each.done is None:
        return f"{due}, not {plainly(thing)}{overdue(each)}"
    return f"{due}, {thing.done} {in_words(each.done)}, {_how_late(each)}"


def _shown(rule: Rule, each: Obligation) -> str:
    shown = {MET: "the record shows what is asked", MISSED: "the record does not show what is asked"}
    return shown.get(each.outcome, "not known whether the record shows what is asked")


def _number(rule: Rule, each: Obligation) -> str:
    most = f"{rule.check['at_most']} in {rule.check['in']}"
    said = {MET: f"no more than {most}", MISSED: f"more than {most}"}
    return said.get(each.outcome, f"not known whether more than {most}")


_CAME: Final = {"recorded": _shown, "limit": _number}


def overdue(each: Obligation) -> str:
    """`, 16 days overdue`; nothing of what is missed on the day itself."""
    return f", {days(each.days_late)} overdue" if each.days_late else ""


def _how_late(each: Obligation) -> str:
    if each.outcome == LATE:
        return f"{days(each.days_late)} late"
    if each.due is not None and each.done is not None and each.done > each.due:
        return f"{days(each.done - each.due)} late, but standing in the review period, so met"
    return "in time"


def done_words(thing: Thing, each: Obligation) -> str:
    """What was done, on its own day: `visit made, 4 days late`; `visit made in time (due by 3 May 2011)`."""
    done = f"{thing.noun} {plainly(thing)}"
    if each.outcome == LATE or (each.due is not None and each.done is not None and each.done > each.due):
        return f"{done}, {_how_late(each)}"
    if each.due is None or each.due == each.done:
        return f"{done} on the day it was due"
    return f"{done} in time (due by {in_words(each.due)})"


# --- working days ----------------------------------------------------------------------------------------------------

_MOST: Final = 12
"""Bank holidays named: no limit of working days that is in use passes more."""


def bank_holidays(start: int, due: int, length: Duration | None) -> str:
    """`, leaving out the bank holidays of 26 December 2011 and 2 January 2012`, where a limit of working days passed
    some; else nothing.
    """
    if length is None or length.unit != "working days" or not start < due < OPEN:
        return ""
    passed = [day for day in range(start + 1, due) if (day - 1) % 7 < 5 and not is_working_day(day)]
    if not passed or len(passed) > _MOST:
        return ""
    noun = "bank holiday" if len(passed) == 1 else "bank holidays"
    return f", leaving out the {noun} of {listed([in_words(day) for day in passed], 'and')}"
