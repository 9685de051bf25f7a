"""The tables of the text report: standards by area, areas of judgement, groups."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from tabulate import tabulate

from casecheck.reports.facts import LONGEST_TITLE as LONGEST_TITLE
from casecheck.reports.facts import grade, interval, met_in_time, part_and_name
from casecheck.reports.words import WIDTH, number, percent, plain, wrapped

_GAP: Final = 2
_NARROWEST: Final = 10

Rows = Sequence[Sequence[str]]


_STANDARDS: Final = ("Standard", "Passed", "Failed", "Not\ndue", "Not\nknown", "Met\nin time")
ADEQUACY: Final = ("Adequate", "Share", "95%\ninterval", "Un-\ndetermined")


def standards_table(rules: Sequence[Mapping[str, Any]], areas: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line a standard, under the title of its area, in the order of the pack."""
    by_area: dict[str, list[Mapping[str, Any]]] = {}
    titles = {area["area"]: area["title"] for area in areas}
    for rule in rules:
        by_area.setdefault(rule["area"], []).append(rule)
    ordered = sorted(by_area, key=lambda area: list(titles).index(area) if area in titles else len(titles))
    groups = [(titles.get(area, area), [_standard(rule) for rule in by_area[area]]) for area in ordered]
    return table(_STANDARDS, groups)


def _standard(rule: Mapping[str, Any]) -> list[str]:
    cases = rule["cases"]
    counts = [number(cases[outcome]) if cases[outcome] else "-" for outcome in ("pass", "fail", "not_due", "unknown")]
    return [f"{plain(rule['title'], LONGEST_TITLE)} ({rule['severity']})", *counts, met_in_time(rule)]


def areas_table(areas: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line an area, in the form of an inspection's record of main findings: how many cases are adequate by its
    standards alone, and the grade that this indicates. What stands before a colon in an area's title heads its part.
    """
    parts: dict[str, list[list[str]]] = {}
    for area in areas:
        part, name = part_and_name(area)
        parts.setdefault(part, []).append([name, *adequacy(area), _indicated(area)])
    return table(("Area", *ADEQUACY, "Indicates"), list(parts.items()))


def _indicated(area: Mapping[str, Any]) -> str:
    """The grade, and where the interval reaches others the lowest and the highest of them."""
    indicated, others = grade(area)
    return indicated if others is None else f"{indicated}\n({others})".replace(" to ", " to\n")


def adequacy(of: Mapping[str, Any]) -> list[str]:
    """The cells under ADEQUACY of anything that has `cases` and an `adequacy_ratio`."""
    share = of["adequacy_ratio"]
    adequate = f"{number(share['numerator'])} of {number(share['denominator'])}"
    return [adequate, percent(share["ratio"]), interval(share), number(of["cases"]["undetermined"])]


def table(heads: Sequence[str], groups: Sequence[tuple[str, Rows]]) -> list[str]:
    """One table whose first column wraps to what the others leave, with a heading above each group that has one."""
    every = [row for _, rows in groups for row in rows]
    others = [max(_widest(row[place]) for row in [heads, *every]) for place in range(1, len(heads))]
    first = max(_NARROWEST, WIDTH - sum(others) - _GAP * len(others))
    cells = [
        _foot_aligned(["\n".join(_lines(heads[0], first)), *heads[1:]]),
        *(["\n".join(_lines(row[0], first)), *row[1:]] for row in every),
    ]
    drawn = tabulate(
        cells, tablefmt="plain", colalign=["left"] + ["right"] * len(others), disable_numparse=True
    ).splitlines()
    heights = [max(cell.count("\n") + 1 for cell in row) for row in cells]
    width = max(map(len, drawn))
    return [line.rstrip() for line in _with_headings(drawn, heights, groups, width)]


def _with_headings(
    drawn: list[str], heights: list[int], groups: Sequence[tuple[str, Rows]], width: int
) -> Iterable[str]:
    line, row = heights[0], 1
    yield from drawn[:line]
    yield "-" * width
    for title, rows in groups:
        if title:
            if row > 1:
                yield ""
            yield from wrapped(plain(title, LONGEST_TITLE))
            yield ""
        height = sum(heights[row : row + len(rows)])
        yield from drawn[line : line + height]
        line, row = line + height, row + len(rows)


def _foot_aligned(heads: Sequence[str]) -> list[str]:
    """Heads of columns that stand on the line beneath them and, but for the first, end where their columns do."""
    height = max(head.count("\n") for head in heads)
    drawn = ["\n" * (height - head.count("\n")) + head for head in heads]
    return [drawn[0], *("\n".join(line.rjust(_widest(head)) for line in head.split("\n")) for head in drawn[1:])]


def _widest(cell: str) -> int:
    return max(map(len, cell.split("\n")))


def _lines(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
