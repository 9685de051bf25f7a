"""The tables of the text report: standards by area, areas of judgement, groups."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from tabulate import tabulate

from casecheck.reports.words import WIDTH, number, percent, plain, wrapped

_GAP: Final = 2
_NARROWEST: Final = 16
LONGEST_TITLE: Final = 300

Rows = Sequence[Sequence[str]]


def standards_table(rules: Sequence[Mapping[str, Any]], areas: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line a standard, under the title of its area, in the order of the pack."""
    by_area: dict[str, list[Mapping[str, Any]]] = {}
    titles = {area["area"]: area["title"] for area in areas}
    for rule in rules:
        by_area.setdefault(rule["area"], []).append(rule)
    ordered = sorted(by_area, key=lambda area: list(titles).index(area) if area in titles else len(titles))
    groups = [(titles.get(area, area), [_standard(rule) for rule in by_area[area]]) for area in ordered]
    return _table(("Standard", "Passed", "Failed", "Not due", "Not known", "Met in time"), groups)


def _standard(rule: Mapping[str, Any]) -> list[str]:
    cases, met = rule["cases"], rule["obligation_ratio"]
    in_time = "-" if met["ratio"] is None else f"{percent(met['ratio'])} of {number(met['denominator'])}"
    counts = [number(cases[outcome]) for outcome in ("pass", "fail", "not_due", "unknown")]
    return [f"{plain(rule['title'], LONGEST_TITLE)} ({rule['severity']})", *counts, in_time]


def areas_table(areas: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line an area: how many cases are adequate by its standards alone, and the grade that this indicates."""
    rows = [[plain(area["title"], LONGEST_TITLE), *_adequacy(area), area["grade"] or "-"] for area in areas]
    return _table(("Area", *_ADEQUACY, "Indicates"), [("", rows)])


def groups_table(name: str, groups: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]) -> list[str]:
    """A line a value of the field `name`, and one of all cases to hold them against."""
    rows = [[plain(group["value"]), *_adequacy(group)] for group in groups]
    return _table((plain(name), *_ADEQUACY), [("", [*rows, ["All cases", *_adequacy(whole)]])])


_ADEQUACY: Final = ("Adequate", "Share", "95% interval", "Undetermined")


def _adequacy(of: Mapping[str, Any]) -> list[str]:
    share = of["adequacy_ratio"]
    interval = "-" if share["ratio"] is None else f"{percent(share['low'])} to {percent(share['high'])}"
    adequate = f"{number(share['numerator'])} of {number(share['denominator'])}"
    return [adequate, percent(share["ratio"]), interval, number(of["cases"]["undetermined"])]


def _table(heads: Sequence[str], groups: Sequence[tuple[str, Rows]]) -> list[str]:
    """One table whose first column wraps to what the others leave, with a heading above each group that has one."""
    every = [row for _, rows in groups for row in rows]
    others = [max(len(row[place]) for row in [heads, *every]) for place in range(1, len(heads))]
    first = max(_NARROWEST, WIDTH - sum(others) - _GAP * len(others))
    cells = [(_lines(row[0], first), row[1:]) for row in every]
    drawn = tabulate(
        [["\n".join(lines), *rest] for lines, rest in cells],
        headers=["\n".join(_lines(heads[0], first)).ljust(first), *heads[1:]],
        tablefmt="simple",
        colalign=["left"] + ["right"] * len(others),
        disable_numparse=True,
    ).splitlines()
    heights = [len(lines) for lines, _ in cells]
    body = len(drawn) - sum(heights)
    return [line.rstrip() for line in _with_headings(drawn[:body], drawn[body:], heights, groups)]


def _with_headings(
    head: list[str], body: list[str], heights: list[int], groups: Sequence[tuple[str, Rows]]
) -> Iterable[str]:
    yield from head
    line = row = 0
    for title, rows in groups:
        if title:
            yield ""
            yield from wrapped(plain(title, LONGEST_TITLE))
        height = sum(heights[row : row + len(rows)])
        yield from body[line : line + height]
        line, row = line + height, row + len(rows)


def _lines(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
