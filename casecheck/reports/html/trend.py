"""The trend in the HTML report: a line of the share that was done in time, period by period."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from casecheck.reports.trend_report import (
    ABOUT_CHANGE,
    TITLE,
    in_points,
    last_against_before,
    name_of_period,
    nothing_due,
)
from casecheck.reports.words import number, percent

TALL: Final = 160
SMALL: Final = 28
_EDGE: Final = 4
_LEFT: Final = 10
"""Per cent of the width that the names of the heights need on the narrowest screen."""

_MOST_NAMES: Final = 8

Part = Mapping[str, Any]


class Dot(NamedTuple):
    """The share of a period: its place in per cent of the width, and heights in pixels from the top."""

    across: float
    down: float
    low: float
    high: float


class Step(NamedTuple):
    """The line from one period to the next."""

    start: Dot
    end: Dot


class Line(NamedTuple):
    """A series drawn, and what stands beside it."""

    title: str
    severity: str | None
    dots: list[Dot]
    steps: list[Step]
    before: str
    recent: str
    change: str
    star: bool


class Period(NamedTuple):
    """A period as a row of the table, and its name beneath the axis, if it has one."""

    name: str
    across: float
    is_named: bool
    share: str
    of: str
    unknown: str


class Told(NamedTuple):
    """All that the page tells of the trend."""

    title: str
    said: str
    all: Line
    periods: list[Period]
    areas: list[Line]
    standards: list[Line]
    silent: list[str]
    legend: str


def told_trend(document: Part) -> Told:
    """What the page tells of `casecheck/trend/1`."""
    series = document["series"]
    kinds = {of: [each for each in series if each["of"] == of] for of in ("area", "rule")}
    return Told(
        title=TITLE,
        said=last_against_before(document, series[0]),
        all=_line(series[0], TALL),
        periods=_periods(document, series[0]),
        areas=_lines(kinds["area"]),
        standards=_lines(kinds["rule"]),
        silent=[said for each in kinds.values() if (said := nothing_due(each)) is not None],
        legend=ABOUT_CHANGE,
    )


def _lines(series: Sequence[Part]) -> list[Line]:
    return [_line(each, SMALL) for each in series if any(share["denominator"] for share in each["ratios"])]


def _line(series: Part, height: int) -> Line:
    shares, left = series["ratios"], _LEFT if height == TALL else 2
    drawn = [
        (
            place,
            Dot(_across(place, len(shares), left), *(_down(share[name], height) for name in ("ratio", "high", "low"))),
        )
        for place, share in enumerate(shares)
        if share["ratio"] is not None
    ]
    steps = [Step(one, other) for (place, one), (next_place, other) in pairwise(drawn) if next_place == place + 1]
    return Line(
        title=series["title"],
        severity=series.get("severity"),
        dots=[dot for _, dot in drawn],
        steps=steps,
        before=percent(series["before"]["ratio"]),
        recent=percent(series["recent"]["ratio"]),
        change=in_points(series),
        star=series["more_than_chance"],
    )


def _across(place: int, count: int, left: int) -> float:
    return round(left + (98 - left) * (place / (count - 1) if count > 1 else 0.5), 2)


def _down(share: float, height: int) -> float:
    return round(_EDGE + (1 - share) * (height - 2 * _EDGE), 1)


def _periods(document: Part, series: Part) -> list[Period]:
    count = len(document["periods"])
    apart = -(-count // _MOST_NAMES)
    return [
        Period(
            name=name_of_period(period, document["by"]),
            across=_across(place, count, _LEFT),
            is_named=(count - 1 - place) % apart == 0,
            share=percent(share["ratio"]),
            of=number(share["denominator"]),
            unknown=number(counts["unknown"]) if counts["unknown"] else "-",
        )
        for place, (period, share, counts) in enumerate(
            zip(document["periods"], series["ratios"], series["counts"], strict=True)
        )
    ]
