"""The trend as a page of text, and as CSV: what share of what fell due was done in time, month by month."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from casecheck.reports.csv_rows import csv_line
from casecheck.reports.text import audited_head
from casecheck.reports.text_tables import LONGEST_TITLE, table
from casecheck.reports.words import counted, day_in_words, heading, number, percent, plain, wrapped

_BAR: Final = 40
_LEVELS: Final = "▁▂▃▄▅▆▇█"
_NOTHING_DUE: Final = "·"
LONGEST_LINE: Final = 24
"""Periods that fit beside the names of standards as a line of small bars; of more, the last."""

TITLE: Final = "What was done in time, month by month"
ABOUT_CHANGE: Final = (
    "Last: the last three months; change: in points, against all before. A star marks what is more than chance, judged "
    "for the whole table together: in one such table of twenty a star is chance."
)

_HEADS: Final = ("Standard", "Month by month", "Before", "Last", "Change")
_COLUMNS: Final = ("of", "id", "title", "area", "severity", "period", "from", "to", "met", "late", "missed", "unknown")


def trend_text(document: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the report; `document` is `casecheck/trend/1`."""
    yield from audited_head(TITLE, document, document["cases"])
    series = document["series"]
    yield from heading("All standards")
    yield from _month_by_month(document, series[0])
    yield ""
    yield from wrapped(last_against_before(document, series[0]))
    for of, title in (("area", "Areas of judgement"), ("rule", "Standards")):
        yield from heading(title)
        yield from _lines(document, [each for each in series if each["of"] == of], of)
    yield ""
    yield from wrapped(_legend(document))


def _month_by_month(document: Mapping[str, Any], series: Mapping[str, Any]) -> Iterator[str]:
    for period, share, counts in zip(document["periods"], series["ratios"], series["counts"], strict=True):
        bar = "" if share["ratio"] is None else "█" * round(share["ratio"] * _BAR)
        of = (
            f"{percent(share['ratio']):>4} of {number(share['denominator'])}" if share["denominator"] else "nothing due"
        )
        unknown = f", {number(counts['unknown'])} not known" if counts["unknown"] else ""
        yield f"{name_of_period(period, document['by']):<10}{bar:<{_BAR}}  {of}{unknown}".rstrip()


def name_of_period(period: Mapping[str, Any], by: str) -> str:
    """`Mar 2012`, `2012 Q1`."""
    if by == "quarter":
        return str(period["period"]).replace("-", " ")
    return f"{date.fromisoformat(period['from']):%b %Y}"


def last_against_before(document: Mapping[str, Any], series: Mapping[str, Any]) -> str:
    """What was done in time in the last three months, held against all before: a sentence."""
    recent = document["recent"]
    if recent is None or series["change"] is None:
        return "There is no span before the last three months to hold them against."
    days = f"from {day_in_words(recent['from'])} to {day_in_words(recent['to'])}"
    told = (
        f"In the last three months, {days}, {_of(series['recent'])} was done in time; before, {_of(series['before'])}"
    )
    return f"{told}: {_change(series)}."


def _of(share: Mapping[str, Any]) -> str:
    return f"{percent(share['ratio'])} of {number(share['denominator'])}"


def _change(series: Mapping[str, Any]) -> str:
    """`12 points up, more than chance`."""
    points = round(abs(series["change"]) * 100)
    direction = "up" if series["change"] > 0 else "down"
    told = "the same" if series["change"] == 0 else f"{counted(points, 'point')} {direction}"
    return f"{told}, which is more than chance" if series["more_than_chance"] else f"{told}, which may be chance"


# --- areas and standards ---------------------------------------------------------------------------------------------


def _lines(document: Mapping[str, Any], series: Sequence[Mapping[str, Any]], of: str) -> Iterator[str]:
    told = [each for each in series if any(share["denominator"] for share in each["ratios"])]
    by = "Quarter by quarter" if document["by"] == "quarter" else "Month by month"
    heads = ("Area" if of == "area" else "Standard", by, *_HEADS[2:])
    if told:
        yield from table(heads, [("", [_row(each) for each in told])])
    silent = nothing_due(series)
    if silent:
        yield ""
        yield from wrapped(silent)


def nothing_due(series: Sequence[Mapping[str, Any]]) -> str | None:
    """Of how many of the series nothing fell due; they are areas, or they are standards."""
    silent = sum(not any(share["denominator"] for share in each["ratios"]) for each in series)
    return (
        f"Of {counted(silent, 'area' if series[0]['of'] == 'area' else 'standard')} nothing fell due."
        if silent
        else None
    )


def _row(series: Mapping[str, Any]) -> list[str]:
    title = plain(series["title"], LONGEST_TITLE)
    change = in_points(series)
    return [
        f"{title} ({series['severity']})" if "severity" in series else title,
        small_bars([share["ratio"] for share in series["ratios"]][-LONGEST_LINE:]),
        percent(series["before"]["ratio"]),
        percent(series["recent"]["ratio"]),
        f"{change} *" if series["more_than_chance"] else f"{change}  ",
    ]


def in_points(series: Mapping[str, Any]) -> str:
    """The change in points: `+12`, `-3`, `0`."""
    points = round((series["change"] or 0) * 100)
    return "-" if series["change"] is None else f"{points:+d}" if points else "0"


def small_bars(shares: Sequence[float | None]) -> str:
    """Shares from 0 to 1 as bars of one character each, the least for none, the highest for all; a dot where nothing
    was due.
    """
    return "".join(map(_small_bar, shares))


def _small_bar(share: float | None) -> str:
    if share is None:
        return _NOTHING_DUE
    top = len(_LEVELS) - 1
    return _LEVELS[int(share) * top] if share in (0, 1) else _LEVELS[1 + int(share * (top - 1))]


def _legend(document: Mapping[str, Any]) -> str:
    more = len(document["periods"]) > LONGEST_LINE
    cut = f"The lines of bars show the last {LONGEST_LINE}. " if more else ""
    return (
        f"{cut}A bar is the share of what fell due that was done in time, from none to all; a dot is where nothing "
        f"fell due. {ABOUT_CHANGE}"
    )


# --- CSV -------------------------------------------------------------------------------------------------------------


def trend_csv(document: Mapping[str, Any]) -> Iterator[str]:
    """The trend as lines of CSV, one a series and period, after a line of names."""
    yield csv_line((*_COLUMNS, "ratio", "low", "high"))
    for series in document["series"]:
        for period, share, counts in zip(document["periods"], series["ratios"], series["counts"], strict=True):
            values = {**series, **period, **counts}
            yield csv_line([*(values.get(name) for name in _COLUMNS), share["ratio"], share["low"], share["high"]])
