"""What becomes of an obligation, whether it counts, and what a finding is made of: the tables of the specification."""

from typing import NamedTuple

from tests.oracle.file import Record


class Duty(NamedTuple):
    """An obligation as the oracle sees it. Days are ordinals; `ends` is the last day of its period."""

    pointer: str
    starts: int | None
    due: int | None
    done: int | None
    outcome: str
    days_late: int | None
    counted: bool
    ends: int | None = None


class Window(NamedTuple):
    """The review period: its first day and the audit date, both included."""

    first: int
    last: int

    def holds(self, day: int | None) -> bool:
        return day is not None and self.first <= day <= self.last


def outcome_of(due: int, done: int | None, ends: int | None, as_at: int) -> str | None:
    """The table of outcomes; None where the duty lapsed."""
    if done is not None and done <= due:
        return "met"
    if ends is not None and ends <= due:
        return None
    if ends is not None and ends <= as_at and (done is None or done > ends):
        return "missed"
    if done is not None:
        return "late"
    return "missed" if due < as_at else "not_due"


def days_late(outcome: str, due: int, done: int | None, ends: int | None, as_at: int) -> int | None:
    if outcome == "late" and done is not None:
        return done - due
    if outcome == "missed":
        return (as_at if ends is None else min(as_at, ends)) - due
    return None


def settled_on(outcome: str, done: int | None, ends: int | None, as_at: int) -> int | None:
    """The day on which nothing more could change it; None while it is open."""
    if outcome in ("met", "late"):
        return done
    if outcome == "missed" and ends is not None and ends <= as_at:
        return ends
    return None


def counts(outcome: str, done: int | None, due: int | None, ends: int | None, window: Window) -> bool:
    """Settled in the window, or not settled yet; what is unknown, if due in the window or later."""
    if outcome == "unknown":
        return next(day for day in (due, ends, window.last) if day is not None) >= window.first
    settled = settled_on(outcome, done, ends, window.last)
    return settled is None or window.holds(settled)


def finding_of(duties: list[Duty]) -> str:
    """The finding over the counted obligations, first that matches."""
    outcomes = {duty.outcome for duty in duties if duty.counted}
    for finding, any_of in (
        ("fail", {"late", "missed"}),
        ("pass", {"met"}),
        ("unknown", {"unknown"}),
        ("not_due", {"not_due"}),
    ):
        if outcomes & any_of:
            return finding
    return "not_applicable"


def period_of(record: Record, lapses_with: str | None) -> int | None:
    """The day on which the duty ends: the record's own last day if it lasts, else that of what lasts around it."""
    if lapses_with == "none":
        return None
    holder: Record | None = record
    while holder is not None:
        if lapses_with is None and holder.nature == "lasting":
            return holder.last
        if lapses_with is not None and holder.section == lapses_with:
            return holder.last
        holder = holder.parent
    return None
