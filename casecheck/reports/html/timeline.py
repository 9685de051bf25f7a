"""The timeline of a finding: what was due and what was done, as marks with their places on the axis.

Waits that follow one another stand in one lane, those that overlap beneath each other. A shape of its own tells each
outcome, so that the drawing can be read without colours; the words beside it say the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from casecheck.reports.html.axis import Axis
from casecheck.reports.html.words import outcome_of
from casecheck.reports.words import counted, number

LANE: Final = 24
MOST_LANES: Final = 10
_HALF: Final = LANE // 2
_WIDTH: Final = 640
"""The width, in pixels, at which words must fit into the drawing; narrower ones leave them out."""

_LETTER: Final = 6.4
_TO_MARK: Final = 8.0
_APART: Final = 1.2
"""Per cent of the width between two marks of a lane."""


_CALLED: Final = {
    "met": "in time",
    "late": "late",
    "missed": "not done",
    "not_due": "not due yet",
    "unknown": "not known",
}


class Span(NamedTuple):
    """A stretch of days: `wait` until it is done or due, `late` from then on."""

    kind: str
    left: float
    right: float
    middle: int


class Mark(NamedTuple):
    """A shape at a day: begun, due, done, late, missed, not due, unknown; or an arrow to what is not drawn."""

    kind: str
    place: float
    middle: int


class Word(NamedTuple):
    """How late it was, from a mark to the right (`start`) or to the left (`end`)."""

    text: str
    place: float
    middle: int
    anchor: str


class Timeline(NamedTuple):
    """The drawing: its height without the axis, and all that it holds."""

    height: int
    spans: list[Span]
    marks: list[Mark]
    words: list[Word]
    said: str


class _Wait(NamedTuple):
    """An obligation as the drawing needs it: the first and last day drawn of it, and when it was due, if that is known.

    The last is the day on which it was done, or until which it was not.
    """

    first: int
    last: int
    due: int | None
    outcome: str
    late: str


def timeline(obligations: Sequence[Mapping[str, Any]], axis: Axis) -> Timeline | None:
    """The drawing of the obligations; None where none of them takes time within the days that are drawn."""
    waits = [wait for each in obligations if (wait := _wait(each, axis)) is not None]
    seen = [wait for wait in waits if wait.last >= axis.first and wait.first <= axis.last]
    if all(wait.first == wait.last for wait in seen):
        return None
    lanes = _lanes(seen, axis)
    drawn = lanes[:MOST_LANES]
    drawing = Timeline(LANE * len(drawn), [], [], [], _said(obligations, sum(map(len, drawn))))
    for place, lane in enumerate(drawn):
        for before, wait, following in zip([None, *lane], lane, [*lane[1:], None], strict=False):
            _draw(drawing, _Setting(before, following, LANE * place + _HALF, axis), wait)
    return drawing


def _said(obligations: Sequence[Mapping[str, Any]], drawn: int) -> str:
    outcomes = [each["outcome"] for each in obligations]
    told = ", ".join(f"{number(outcomes.count(each))} {_CALLED[each]}" for each in _CALLED if each in outcomes)
    more = f" {number(len(outcomes) - drawn)} of them not drawn." if drawn < len(outcomes) else ""
    return f"{counted(len(outcomes), 'thing')} to be done: {told}.{more} The table beneath has the days."


def _wait(obligation: Mapping[str, Any], axis: Axis) -> _Wait | None:
    starts, due, done = (_day(obligation[name]) for name in ("starts", "due", "done"))
    first = starts if starts is not None else due
    if first is None:
        return None
    outcome = obligation["outcome"]
    if done is not None:
        last = done
    elif due is None or outcome == "unknown":
        last = axis.as_at
    else:
        last = due + (obligation["days_late"] or 0)
    late = outcome_of(obligation) if outcome in ("late", "missed") else ""
    return _Wait(min(first, last), last, due, outcome, late)


def _day(iso: str | None) -> int | None:
    return None if iso is None else date.fromisoformat(iso).toordinal()


def _lanes(waits: Iterable[_Wait], axis: Axis) -> list[list[_Wait]]:
    """The waits, each in the first lane in which nothing else is drawn on its days and its mark has room."""
    lanes: list[list[_Wait]] = []
    for wait in sorted(waits, key=lambda wait: (wait.first, wait.last)):
        for lane in lanes:
            before = lane[-1].last
            if before <= wait.first and axis.at(before) + _APART <= axis.at(wait.last):
                lane.append(wait)
                break
        else:
            lanes.append([wait])
    return lanes


class _Setting(NamedTuple):
    """Where a wait is drawn: what stands before and after it in its lane, and how far down the lane is."""

    before: _Wait | None
    following: _Wait | None
    middle: int
    axis: Axis


def _draw(drawing: Timeline, setting: _Setting, wait: _Wait) -> None:
    axis, middle = setting.axis, setting.middle
    start, end = axis.at(wait.first), axis.at(wait.last)
    late_from = axis.at(wait.due) if wait.late and wait.due is not None else end
    if start < late_from:
        kind = "wait" if wait.outcome != "unknown" else "unknown"
        drawing.spans.append(Span(kind, start, late_from, middle))
    if late_from < end:
        drawing.spans.append(Span("late", late_from, end, middle))
    drawing.marks.extend(_marks(setting, wait))
    if wait.late:
        drawing.words.extend(_word(setting, wait, start, end))


def _marks(setting: _Setting, wait: _Wait) -> Iterable[Mark]:
    """The marks of a wait. The due day of what was done before it has one only where nothing else is drawn on it."""
    axis, middle = setting.axis, setting.middle
    if wait.first < axis.first:
        yield Mark("before", axis.at(wait.first), middle)
    elif wait.first < wait.last and (setting.before is None or setting.before.last < wait.first):
        yield Mark("begun", axis.at(wait.first), middle)
    if wait.due is not None and axis.first <= wait.due <= axis.last:
        free_until = axis.last if setting.following is None else setting.following.first
        if wait.due < wait.last or wait.last < wait.due <= free_until:
            yield Mark("due", axis.at(wait.due), middle)
    if wait.last > axis.last:
        yield Mark("after", axis.at(wait.last), middle)
    else:
        yield Mark(wait.outcome, axis.at(wait.last), middle)


def _word(setting: _Setting, wait: _Wait, start: float, end: float) -> Iterable[Word]:
    """The words to the right of the last mark, else to the left of the first, if they fit there."""
    width = (len(wait.late) * _LETTER + _TO_MARK) / _WIDTH * 100
    free_from = 0.0 if setting.before is None else setting.axis.at(setting.before.last)
    free_until = 100.0 if setting.following is None else setting.axis.at(setting.following.first)
    if end + width <= free_until:
        yield Word(wait.late, end, setting.middle, "start")
    elif start - width >= free_from:
        yield Word(wait.late, start, setting.middle, "end")
