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
    """How late it was, beside its mark."""

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
    """An obligation as the drawing needs it: its days, None where they are not known."""

    starts: int | None
    due: int | None
    ends: int
    """The last day drawn of it: when it was done, or until when it was not."""
    outcome: str
    late: str


def timeline(obligations: Sequence[Mapping[str, Any]], axis: Axis) -> Timeline | None:
    """The drawing of the obligations; None where none takes time, so that there is nothing to draw."""
    waits = [wait for each in obligations if (wait := _wait(each, axis)) is not None]
    if all(_first(wait) == wait.ends for wait in waits):
        return None
    lanes = _lanes(waits, axis)
    drawn = lanes[:MOST_LANES]
    drawing = Timeline(LANE * len(drawn), [], [], [], _said(waits, sum(map(len, lanes[MOST_LANES:]))))
    for place, lane in enumerate(drawn):
        middle = LANE * place + _HALF
        for wait, following in zip(lane, [*lane[1:], None], strict=True):
            _draw(drawing, wait, following, middle, axis)
    return drawing


def _said(waits: Iterable[_Wait], not_drawn: int) -> str:
    outcomes = [wait.outcome for wait in waits]
    words = {"met": "in time", "late": "late", "missed": "not done", "not_due": "not due yet", "unknown": "not known"}
    told = ", ".join(f"{number(outcomes.count(each))} {words[each]}" for each in words if each in outcomes)
    more = f"; {counted(not_drawn, 'of them is', 'of them are')} not drawn" if not_drawn else ""
    return f"{counted(len(outcomes), 'thing')} that had to be done: {told}{more}. The table has the days."


def _wait(obligation: Mapping[str, Any], axis: Axis) -> _Wait | None:
    starts, due, done = (_day(obligation[name]) for name in ("starts", "due", "done"))
    outcome = obligation["outcome"]
    if outcome == "missed" and due is not None:
        ends = due + obligation["days_late"]
    else:
        known = [day for day in (done, due if outcome != "unknown" else None, axis.as_at) if day is not None]
        ends = known[0]
    if starts is None and due is None:
        return None
    return _Wait(starts, due, ends, outcome, outcome_of(obligation) if outcome in ("late", "missed") else "")


def _day(iso: str | None) -> int | None:
    return None if iso is None else date.fromisoformat(iso).toordinal()


def _first(wait: _Wait) -> int:
    return min(day for day in (wait.starts, wait.due, wait.ends) if day is not None)


def _lanes(waits: Iterable[_Wait], axis: Axis) -> list[list[_Wait]]:
    """The waits, each in the first lane in which nothing else is drawn on its days and its mark has room."""
    lanes: list[list[_Wait]] = []
    for wait in sorted(waits, key=lambda wait: (_first(wait), wait.ends)):
        for lane in lanes:
            before = lane[-1].ends
            if before <= _first(wait) and axis.at(before) + _APART <= axis.at(wait.ends):
                lane.append(wait)
                break
        else:
            lanes.append([wait])
    return lanes


def _draw(drawing: Timeline, wait: _Wait, following: _Wait | None, middle: int, axis: Axis) -> None:
    start, end = axis.at(_first(wait)), axis.at(wait.ends)
    late_from = axis.at(wait.due) if wait.late and wait.due is not None else end
    if start < late_from:
        kind = "wait" if wait.outcome != "unknown" else "unknown"
        drawing.spans.append(Span(kind, start, late_from, middle))
    if late_from < end:
        drawing.spans.append(Span("late", late_from, end, middle))
    free_from = axis.last if following is None else _first(following)
    drawing.marks.extend(_marks(wait, free_from, middle, axis))
    if wait.late:
        room = 100.0 if following is None else axis.at(free_from)
        drawing.words.extend(_word(wait.late, late_from, end, room, middle))


def _marks(wait: _Wait, free_from: int, middle: int, axis: Axis) -> Iterable[Mark]:
    """The marks of a wait. The due day of what was done before it has one only where nothing else is drawn on it."""
    begun, end = _first(wait), wait.ends
    if begun < axis.first:
        yield Mark("before", axis.at(begun), middle)
    elif begun < end:
        yield Mark("begun", axis.at(begun), middle)
    if wait.due is not None and axis.first <= wait.due <= axis.last and (wait.due < end or end < wait.due <= free_from):
        yield Mark("due", axis.at(wait.due), middle)
    if end > axis.last:
        yield Mark("after", axis.at(end), middle)
    elif end >= axis.first:
        yield Mark(wait.outcome, axis.at(end), middle)


def _word(text: str, left: float, right: float, room: float, middle: int) -> Iterable[Word]:
    """The words to the right of the mark, else to its left, else within the late stretch, else nowhere."""
    width = (len(text) * _LETTER + _TO_MARK) / _WIDTH * 100
    if right + width + 1 <= min(room, 100.0):
        yield Word(text, right, middle, "start")
    elif right - left >= width:
        yield Word(text, right, middle, "end")
