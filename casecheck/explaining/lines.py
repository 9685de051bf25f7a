"""The lines of a timeline, and those that the timelines of all kinds of check have: what begins, ends and falls due."""

from collections.abc import Iterable, Sequence
from typing import Final

from casecheck.calendar import ISO, OPEN, UNKNOWN, in_words
from casecheck.checks.held import binding_runs
from casecheck.checks.obligation import MET, MISSED, NOT_DUE, UNKNOWN_OUTCOME, Obligation
from casecheck.explaining.missing_dates import pointer_on
from casecheck.explaining.model import (
    AUDIT,
    BEGINS,
    BINDS,
    DUE,
    ENDS,
    EVENT,
    LAPSED,
    LIMIT,
    LOST,
    PASSED_OVER,
    REVIEW_PERIOD,
    SETTLED,
    UNBOUND,
    Line,
)
from casecheck.explaining.reasons import said, why, why_not
from casecheck.explaining.setting import Setting, ending_section
from casecheck.explaining.words import days, plainly
from casecheck.rules.record_words import short_noun

_ORDER: Final = (
    *(BEGINS, REVIEW_PERIOD, EVENT, PASSED_OVER, LOST, UNBOUND, BINDS, LIMIT),
    *(DUE, SETTLED, LAPSED, ENDS, AUDIT),
)
"""What stands first of the lines of one day."""


def line(day: int, kind: str, says: str, pointer: str | None = None, of: Obligation | None = None) -> Line:
    """A line of the timeline; `of` is the obligation of which it tells."""
    outcome, counted = (None, None) if of is None else (of.outcome, of.counted)
    return Line(ISO[day] or "", kind, says, pointer, outcome, counted)


def row_pointer(setting: Setting, day: int) -> str | None:
    """The pointer to the row of a derived run that begins to hold on the day, where one does."""
    record = setting.record
    return pointer_on(record, day) if any(since == day for since, _ in record.later_rows) else None


def in_order(found: Iterable[Line]) -> tuple[Line, ...]:
    """Lines by day; of one day what begins comes first, then what was done, what follows from it, what is due."""

    def place(each: Line) -> tuple[str, int]:
        return each.day, _ORDER.index(each.kind)

    return tuple(sorted(found, key=place))


def around(setting: Setting, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with those on which the period, the review period and the audit begin and end, in order."""
    record, (since, as_at) = setting.record, setting.span
    found = list(lines)
    if record.section.nature == "lasting" and record.start != UNKNOWN:
        goes_on = " (going on from an earlier one that is not held)" if record.began_before else ""
        found.append(line(record.start, BEGINS, f"{setting.noun} begins{goes_on}", record.pointer))
    if UNKNOWN < setting.end <= as_at:
        found.append(line(setting.end, ENDS, ended(setting)))
    if not UNKNOWN < setting.end < as_at:
        found.append(line(as_at, AUDIT, "audit date"))
    first = min((each.day for each in found), default="")
    if first < (ISO[since] or ""):
        found.append(line(since, REVIEW_PERIOD, "the review period begins"))
    return in_order(found)


def ended(setting: Setting) -> str:
    """`the placement ends`, `the case closes`."""
    section = ending_section(setting)
    if section is None:
        return "the period ends"
    at_18 = " (18th birthday)" if setting.end == setting.case.eighteen else ""
    return f"the {short_noun(section)} {'closes' if section.end == 'closure_date' else 'ends'}{at_18}"


def lapsed(setting: Setting, due: int) -> str:
    """That what was due on the day lapsed with the end of its period."""
    on = f" on {in_words(setting.end)}" if setting.end <= setting.span.as_at else " by then"
    return f"{setting.thing.noun} due by {in_words(due)}: no longer asked, since {ended(setting)}{on}"


# --- what falls due, and what came of it -----------------------------------------------------------------------------


def due_line(setting: Setting, each: Obligation, how: str = "") -> Line | None:
    """That something is due, where that is a line of its own: not of what was done in time.

    `how` says by which limit.
    """
    if each.due is None or (each.outcome == MET and (each.done is None or each.done <= each.due)):
        return None
    says = f"{setting.thing.noun} due{how}"
    if each.outcome == NOT_DUE:
        says += "; that is the audit date, so not late" if each.due == setting.span.as_at else "; not late yet"
    elif each.outcome == UNKNOWN_OUTCOME:
        says += "; whether that was kept is not known"
    return line(each.due, DUE, says, None, each)


def missed_line(setting: Setting, each: Obligation) -> Line:
    """That something was not done by the audit date, or by the end of the period, or of the days on which the rule
    binds, if that came first.
    """
    day = (each.due or 0) + (each.days_late or 0)
    if day == setting.span.as_at:
        by_then = "by the audit date"
    else:
        by_then = "before " + (ended(setting) if day == setting.end else "the rule ceases to bind")
    says = f"{setting.thing.noun} not {plainly(setting.thing)} {by_then}: {days(each.days_late)} overdue"
    return line(day, SETTLED, says, None, each)


def due_lines(setting: Setting) -> list[Line]:
    """Of every obligation when it was due, and that it was missed; what was done has lines of its own."""
    found: list[Line] = []
    for each in setting.obligations:
        due = due_line(setting, each)
        found += [due] if due is not None else []
        found += [missed_line(setting, each)] if each.outcome == MISSED else []
    return found


# --- the days on which the rule binds --------------------------------------------------------------------------------


def binding_lines(setting: Setting) -> list[Line]:
    """When the rule does not bind, and when it does again, each with why; nothing where it binds throughout."""
    last = OPEN if setting.end == UNKNOWN else setting.end
    runs = sorted(
        run
        for application in setting.applications
        for run in binding_runs(application, setting.case, setting.record, last)
        if run.first <= setting.last
    )
    found: list[Line] = []
    bound_to = setting.record.start - 1
    for first, until, sure in runs:
        if first > bound_to + 1:
            found.append(_unbound(setting, bound_to + 1))
            found.append(_bound(setting, first, sure))
        elif not sure:
            found.append(_bound(setting, first, sure))
        bound_to = max(bound_to, until)
    if bound_to < setting.last:
        found.append(_unbound(setting, bound_to + 1))
    return found


def _unbound(setting: Setting, day: int) -> Line:
    reasons = _in_law(setting, day)
    for rule in setting.rules:
        reasons = reasons or why_not(rule.while_, setting.asking(day))
    return line(day, UNBOUND, f"the rule does not bind from here: {said(reasons)}", row_pointer(setting, day))


def _bound(setting: Setting, day: int, sure: bool) -> Line:
    if not sure:
        return line(day, BINDS, "from here it is not known whether the rule binds")
    rule = next((each for each in setting.rules if setting.asking(day).truth(each.while_)), setting.rule)
    reasons = why(rule.while_, setting.asking(day)) if rule.while_ else []
    if not reasons and rule.while_:
        reasons = ["what kept it from binding is over"]
    says = f"the rule binds from here{f': {said(reasons)}' if reasons else ''}"
    return line(day, BINDS, says, row_pointer(setting, day))


def _in_law(setting: Setting, day: int) -> list[str]:
    """Why the rule is not law on the day; nothing where it is."""
    begins, ends = (([each.in_force[place] for each in setting.rules]) for place in (0, 1))
    if not any(_is_law(start, end, day) for start, end in zip(begins, ends, strict=True)):
        later = [start for start in begins if start is not None and start > day]
        return [
            f"it is law from {in_words(min(later))}" if later else f"it was law until {in_words(_latest(ends) - 1)}"
        ]
    return []


def _is_law(begins: int | None, ends: int | None, day: int) -> bool:
    return (begins is None or begins <= day) and (ends is None or day < ends)


def _latest(ends: Sequence[int | None]) -> int:
    return max(each for each in ends if each is not None)
