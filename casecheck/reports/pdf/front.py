"""The first pages: what was audited, how much of it is adequate, and the record of main findings."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from casecheck.reports.facts import (
    LONGEST_TITLE,
    MAIN_FINDINGS,
    TITLE,
    about_grades,
    audited,
    grade,
    interval,
    part_and_name,
    verdict,
)
from casecheck.reports.pdf import pieces
from casecheck.reports.pdf.pieces import Piece, cell
from casecheck.reports.words import number, percent, plain

GRADES: Final = ("adequate", "good", "outstanding")

ADEQUACY: Final = (
    pieces.column("Adequate", "16mm"),
    pieces.column("Share", "11mm"),
    pieces.column("95% interval", "21mm"),
    pieces.column("Undetermined", "20mm"),
)
"""The columns of `adequacy`."""


def front(head: Mapping[str, Any]) -> Iterator[Piece]:
    """The title page with the record of main findings, the contents, and the areas as a chart."""
    summary = head["summary"]
    pack = head["pack"]
    yield {"kind": "title", "title": TITLE, "subtitle": plain(pack["title"], LONGEST_TITLE)}
    first, *more = verdict(summary)
    yield pieces.paragraphs(first, style="large")
    yield pieces.paragraphs(*more)
    yield pieces.entries(audited(head, summary["cases"]))
    yield pieces.heading(MAIN_FINDINGS)
    yield _areas(summary["areas"])
    yield pieces.paragraphs(about_grades(summary["areas"]), style="small")
    yield pieces.contents("Contents")
    yield _chart(summary["areas"], pack["grades"])


def adequacy(of: Mapping[str, Any]) -> list[pieces.Cell]:
    """How many cases are adequate, of anything that has `cases` and an `adequacy_ratio`."""
    share = of["adequacy_ratio"]
    adequate = f"{number(share['numerator'])} of {number(share['denominator'])}"
    undetermined = number(of["cases"]["undetermined"])
    return [cell(each) for each in (adequate, percent(share["ratio"]), interval(share), undetermined)]


def told(share: Mapping[str, Any]) -> str:
    """A share as it stands beside its bar: `3 of 5, 60%`."""
    if share["ratio"] is None:
        return "-"
    return f"{number(share['numerator'])} of {number(share['denominator'])}, {percent(share['ratio'])}"


# --- areas of judgement -----------------------------------------------------------------------------------------------


def _chart(areas: Sequence[Mapping[str, Any]], grades: Mapping[str, float]) -> Piece:
    drawn = [
        pieces.bar(plain(area["title"], LONGEST_TITLE), *_share(area), str(at)) for at, area in enumerate(areas, 1)
    ]
    said = "; ".join(f"{bar['name']} {bar['label']}" for bar in drawn)
    alt = f"Bar chart of the share of adequate cases in each area of judgement, with its 95% interval: {said}."
    marks = [(grades[name], name) for name in GRADES]
    return pieces.bars("Share of adequate cases by area of judgement, with 95% interval", alt, drawn, marks)


def _share(area: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    return area["adequacy_ratio"], told(area["adequacy_ratio"])


def _areas(areas: Sequence[Mapping[str, Any]]) -> Piece:
    parted = [(*part_and_name(area), area, at) for at, area in enumerate(areas, 1)]
    groups = [
        pieces.rows(
            [[cell(str(at)), cell(name), *adequacy(area), _indicated(area)] for _, name, area, at in each], part
        )
        for part, each in groupby(parted, key=lambda entry: entry[0])
    ]
    columns = [pieces.column("No.", "8mm", "left"), pieces.column("Area", "1fr", "left"), *ADEQUACY]
    return pieces.table([*columns, pieces.column("Indicates", "52mm", "left")], groups, compact=True)


def _indicated(area: Mapping[str, Any]) -> pieces.Cell:
    indicated, others = grade(area)
    return cell(indicated if others is None else f"{indicated} ({others})")
