"""The outcome of an obligation and whether it is counted: the two tables of the design, shared by all kinds of check.

| an obligation is | when (first that holds) |
| --- | --- |
| `unknown` | the record does not hold what is needed to tell |
| `met` | done on or before due, be it after its period's end |
| (none: it lapsed) | its period ended on or before due |
| `missed` | its period ended after due and it was not done in it |
| `late` | done after due, and by the audit date |
| `missed` | due before the audit date and not done by then |
| `not_due` | due on the audit date or later |
"""

from typing import NamedTuple

from casecheck.calendar import OPEN, UNKNOWN
from casecheck.checks.obligation import LATE, MET, MISSED, NOT_DUE, UNKNOWN_OUTCOME, Obligation


class Span(NamedTuple):
    """What bounds a judgement: the review period's first day and the audit date, both included."""

    since: int
    as_at: int


class Judged(NamedTuple):
    """An obligation's bare facts. `done` is None if undone; `due` is OPEN where nothing is ever due."""

    starts: int
    due: int
    done: int | None
    evidence: str | None
    limit: str


def outcome_of(due: int, done: int | None, end: int, as_at: int) -> str | None:
    """The outcome of what was due on `due`, done on `done`, in a period that ends on `end` (OPEN if it does not).

    None where it lapsed, or was never due. An end after the audit date is known beforehand (an 18th birthday): what
    would fall due after it lapses, but nothing is missed for it before its time.
    """
    if done is not None and done <= due:
        return MET
    if due == OPEN or end <= due:
        return None
    if end <= as_at and (done is None or done > end):
        return MISSED
    if done is not None:
        return LATE
    return MISSED if due < as_at else NOT_DUE


def counted_if_unknown(due: int | None, end: int, span: Span) -> bool:
    """Whether an unknown obligation counts: by its due day, else its period's end, else the audit date."""
    if due is not None:
        return due >= span.since
    return end == UNKNOWN or end >= span.since


def obligation(rule: str, pointer: str, facts: Judged, outcome: str, end: int, span: Span) -> Obligation:
    """The obligation as it is told. It is counted if it was settled (done, or missed at its period's end) in the review
    period, or is not settled yet.

    `days_late` are the calendar days from due until done when late, until the audit date or the period's end when
    missed. What was done only after the period is not told of.
    """
    starts, due, done, evidence, limit = facts
    since, as_at = span
    late: int | None = None
    is_counted = True
    if outcome == MISSED:
        done = evidence = None
        late = min(as_at, end) - due
        is_counted = end > as_at or end >= since
    elif done is not None:
        is_counted = done >= since
        if outcome == LATE:
            late = done - due
    return Obligation(rule, pointer, evidence, starts, due, done, limit, outcome, late, is_counted)


def unknown(rule: str, pointer: str, starts: int, due: int | None, end: int, limit: str, span: Span) -> Obligation:
    """An obligation of which the record does not hold what is needed to tell."""
    starts_known = starts if starts > 1 else None
    is_counted = counted_if_unknown(due, end, span)
    return Obligation(rule, pointer, None, starts_known, due, None, limit, UNKNOWN_OUTCOME, None, is_counted)


def doubted(found: Obligation, end: int, span: Span, partial: bool = False) -> Obligation:
    """The obligation where its rule may not have bound: what was met stays met, of the rest it is not known.

    It counts where it would if the rule surely bound, too; but not where history is `partial`, which may be all that
    the doubt is of.
    """
    if found.outcome == MET:
        return found
    starts = UNKNOWN if found.starts is None else found.starts
    told = unknown(found.rule, found.pointer, starts, found.due, end, found.limit, span)
    return told._replace(counted=told.counted or (found.counted and not partial))
