"""The axis of the timelines: days of the review period as places from left to right, the same for every case."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

_LEFT, _RIGHT = 1.0, 99.0
_LEAST_MARGIN: Final = 30
_MOST_TICKS: Final = 7
_MONTHS_APART: Final = (1, 2, 3, 6, 12, 24, 60, 120, 600)


class Tick(NamedTuple):
    """A day named beneath the axis."""

    place: float
    name: str


class Axis(NamedTuple):
    """Days of the Gregorian calendar as numbers: the first and last drawn, and the review period between them."""

    first: int
    last: int
    since: int
    as_at: int

    @property
    def begins(self) -> float:
        """Where the review period begins."""
        return self.at(self.since)

    @property
    def ends(self) -> float:
        """Where the audit date is."""
        return self.at(self.as_at)

    def at(self, day: int) -> float:
        """The place of a day in per cent of the width; of one that is not drawn, the nearer edge."""
        share = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return round(_LEFT + share * (_RIGHT - _LEFT), 2)

    def ticks(self) -> Iterator[Tick]:
        """A few first days of months, evenly apart."""
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        months = (last.year - first.year) * 12 + last.month - first.month
        apart = next((each for each in _MONTHS_APART if months // each <= _MOST_TICKS), months)
        for number in range(first.year * 12 + first.month, last.year * 12 + last.month):
            if number % apart == 0:
                day = date(number // 12, number % 12 + 1, 1)
                yield Tick(self.at(day.toordinal()), f"{day:%b %Y}" if apart < 12 else str(day.year))


def axis(head: Any) -> Axis:
    """The axis of a result: its review period, with room before it and after."""
    since, as_at = (date.fromisoformat(head[name]).toordinal() for name in ("since", "as_at"))
    margin = max(_LEAST_MARGIN, (as_at - since) // 8)
    return Axis(max(1, since - margin), min(date.max.toordinal(), as_at + margin), since, as_at)
