"""What every part of a made-up life shares: when it is lived, and how timely and thorough the work on it is."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from casecheck.calendar import add_months, age_on, iso
from casecheck.generating.chance import Chance

Row = dict[str, Any]


class Life(NamedTuple):
    """The child and the practice that the child meets.

    `born` and `as_at` are day numbers; nothing happens after `as_at`. `late` is how many of 100 deadlines are missed,
    `thin` how many of 100 things that should be on the file are not. Of what a file holds many, visits say, a standard
    asks each to be right; so where `among` tells about how many there are, each is missed so much less often.
    """

    chance: Chance
    born: int
    as_at: int
    late: int
    thin: int

    def age(self, day: int) -> int:
        """The child's age on a day, in whole years."""
        return age_on(self.born, day)

    def on_file(self, among: int = 1) -> bool:
        """Whether something that should be on the file is."""
        return self.chance.below(100 * among) >= self.thin

    def flags(self, *names: str, among: int = 1) -> Row:
        """Whether each of these is on the file."""
        return {name: self.on_file(among) for name in names}

    def slips(self, among: int = 1) -> bool:
        """Whether a deadline is missed."""
        return self.chance.below(100 * among) < self.late

    def held(self, day: int) -> str | None:
        """The day as text, None if it lies after the day up to which lives are lived."""
        return iso(day) if day <= self.as_at else None


def on_weekday(day: int) -> int:
    """The day itself, or the Friday before where it falls on a weekend."""
    beyond = (day - 1) % 7 - 4
    return day - beyond if beyond > 0 else day


def timely(life: Life, start: int, due: int, among: int = 1) -> int:
    """When something that starts on `start` and is due by `due` is done: mostly in time, else days or months late."""
    chance = life.chance
    if life.slips(among):
        drifts = 60 if chance.percent(12) else 0
        return due + 1 + chance.below(5 + (due - start) // 2 + drifts)
    early = chance.below(1 + (due - start) // 3)
    return max(start, on_weekday(due - early))


def repeatedly(life: Life, start: int, end: int, every: int, *, months: bool = False, among: int = 1) -> Iterator[int]:
    """The days up to `end`, in order, on which something is done that is due every so many days, or months."""
    last = start
    while True:
        due = add_months(last, every) if months else last + every
        last = timely(life, last + 1, due, among)
        if last > end:
            return
        yield last


def with_next(days: Sequence[int], last: int | None = None) -> Iterator[tuple[int, int | None]]:
    """Each day with the one that follows it; the last day with `last`."""
    return zip(days, [*days[1:], last], strict=True)


def ended(row: Row, life: Life, end: int | None) -> Row:
    """The row with its end, if it has come to one; its last day lies in `end`."""
    if end is not None and end <= life.as_at:
        row["end_date"] = iso(end)
    return row


def renewed(life: Life, start: int, last: int, over: int | None, months: int) -> Iterator[tuple[int, Row]]:
    """Plans that follow on one another, each with the day on which it starts; the newest lasts until `over`."""
    for day, following in with_next([start, *repeatedly(life, start, last, months, months=True)]):
        yield day, ended({"start_date": iso(day)}, life, over if following is None else following)


def action(life: Life, set_on: int, lead: str, among: int = 2) -> Row:
    """A decided action: mostly done by its due date, sometimes late, not yet, or without a date."""
    chance = life.chance
    due = set_on + chance.pick((7, 14, 14, 28, 28, 42))
    done = timely(life, set_on, due, among) if life.on_file(3 * among) else None
    return {
        "set_date": iso(set_on),
        "due_date": iso(due) if life.on_file(4 * among) else None,
        "completed_date": None if done is None else life.held(done),
        "lead": lead if life.on_file(2 * among) else None,
        **life.flags("specific_flag", "measurable_flag", among=2 * among),
    }
