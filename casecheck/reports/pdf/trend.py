"""What was done in time month by month, where a trend stands beside the result."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.facts import LONGEST_TITLE
from casecheck.reports.pdf import pieces
from casecheck.reports.pdf.pieces import Piece, cell
from casecheck.reports.trend_report import (
    ABOUT_CHANGE,
    TITLE,
    in_points,
    last_against_before,
    name_of_period,
    nothing_due,
)
from casecheck.reports.words import number, percent, plain

MOST_PERIODS: Final = 36
"""Months or quarters that are drawn; of more, the last."""

_NUMBERS: Final = (
    pieces.column("Before", "17mm"),
    pieces.column("Last", "17mm"),
    pieces.column("Change", "17mm"),
)


def trend(document: Mapping[str, Any]) -> Iterator[Piece]:
    """The trend; `document` is `casecheck/trend/1`."""
    series = document["series"]
    yield pieces.heading(TITLE, new_page=True)
    yield _chart(document, series[0])
    if len(document["periods"]) > MOST_PERIODS:
        yield pieces.paragraphs(f"Drawn are the last {MOST_PERIODS}.", style="small")
    yield pieces.paragraphs(last_against_before(document, series[0]))
    for of, title in (("area", "Areas of judgement"), ("rule", "Standards")):
        yield from _series(title, [each for each in series if each["of"] == of])
    yield pieces.paragraphs(ABOUT_CHANGE, style="small")


def _chart(document: Mapping[str, Any], series: Mapping[str, Any]) -> Piece:
    periods = zip(document["periods"], series["ratios"], series["counts"], strict=True)
    drawn = [
        pieces.bar(name_of_period(period, document["by"]), share, _told(share, counts))
        for period, share, counts in list(periods)[-MOST_PERIODS:]
    ]
    said = "; ".join(f"in {bar['name']} it was {bar['label']}" for bar in drawn)
    alt = f"Bar chart of the share of what fell due that was done in time, with its 95% interval: {said}."
    return pieces.bars(
        "Share of what fell due that was done in time, with 95% interval", alt, drawn, names=18, labels=42
    )


def _told(share: Mapping[str, Any], counts: Mapping[str, int]) -> str:
    if not share["denominator"]:
        return "nothing due"
    unknown = f", {number(counts['unknown'])} not known" if counts["unknown"] else ""
    return f"{percent(share['ratio'])} of {number(share['denominator'])}{unknown}"


def _series(title: str, series: Sequence[Mapping[str, Any]]) -> Iterator[Piece]:
    """A line an area or a standard: all before, the last three months, and the change."""
    due = [each for each in series if any(share["denominator"] for share in each["ratios"])]
    if due:
        yield pieces.heading(title, 2)
        columns = [pieces.column(title, "1fr", "left"), *_NUMBERS]
        yield pieces.table(columns, [pieces.rows([_row(each) for each in due])], compact=True)
    silent = nothing_due(series)
    if silent:
        yield pieces.paragraphs(silent, style="small")


def _row(series: Mapping[str, Any]) -> list[pieces.Cell]:
    title = plain(series["title"], LONGEST_TITLE)
    star = " *" if series["more_than_chance"] else ""
    shares = (cell(_of(series[span])) for span in ("before", "recent"))
    named = f"{title} ({series['severity']})" if "severity" in series else title
    return [cell(named), *shares, cell(in_points(series) + star)]


def _of(share: Mapping[str, Any]) -> str:
    return "-" if share["ratio"] is None else f"{percent(share['ratio'])} of {number(share['denominator'])}"
