"""A page an area of judgement: a chart of its standards, and each standard with its source."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.bases import source_in_words
from casecheck.reports.facts import (
    ABOUT_STANDARDS,
    LONGEST_MESSAGE,
    LONGEST_TITLE,
    STANDARDS,
    grade,
    met_in_time,
    sentence,
    verdict,
)
from casecheck.reports.pdf import pieces
from casecheck.reports.pdf.front import told
from casecheck.reports.pdf.pieces import Piece, cell
from casecheck.reports.words import counted, number, plain

_COUNTED: Final = ("pass", "fail", "not_due", "unknown")
_COLUMNS: Final = (
    pieces.column("No.", "10mm", "left"),
    pieces.column("Standard", "1fr", "left"),
    pieces.column("Passed", "12mm"),
    pieces.column("Failed", "11mm"),
    pieces.column("Not due", "9mm"),
    pieces.column("Not known", "12mm"),
    pieces.column("Met in time", "17mm"),
)

Numbers = Mapping[str, str]
"""Of each rule the number that its standard has in print, such as `2.14`."""


def numbers(summary: Mapping[str, Any]) -> Numbers:
    """The standards numbered within their areas, in the order of the pack."""
    found: dict[str, str] = {}
    for at, (_, rules) in enumerate(_by_area(summary), 1):
        found |= {rule["rule"]: f"{at}.{place}" for place, rule in enumerate(rules, 1)}
    return found


def standards(head: Mapping[str, Any], numbered: Numbers) -> Iterator[Piece]:
    """The areas, each from a new page on."""
    for at, (area, rules) in enumerate(_by_area(head["summary"]), 1):
        if at == 1:
            yield pieces.heading(STANDARDS, new_page=True)
            yield pieces.paragraphs(ABOUT_STANDARDS, style="small")
        yield pieces.heading(f"{at} {plain(area['title'], LONGEST_TITLE)}", 2, new_page=at > 1)
        yield from _area(area, rules, numbered)


def _by_area(summary: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """The areas in their order, each with its rules; an area that the summary does not tell of comes last."""
    areas = {area["area"]: area for area in summary["areas"]}
    by_area: dict[str, list[Mapping[str, Any]]] = {name: [] for name in areas}
    for rule in summary["rules"]:
        by_area.setdefault(rule["area"], []).append(rule)
    return [(areas.get(name, {"title": name}), rules) for name, rules in by_area.items()]


def _area(area: Mapping[str, Any], rules: Sequence[Mapping[str, Any]], numbered: Numbers) -> Iterator[Piece]:
    if "adequacy_ratio" in area:
        yield pieces.paragraphs(*verdict(area), _indicates(area))
    judged = [rule for rule in rules if rule["adequacy_ratio"]["denominator"]]
    if judged:
        yield _chart(area, judged, numbered)
    if len(judged) < len(rules):
        without = counted(len(rules) - len(judged), "standard")
        yield pieces.paragraphs(f"Not drawn: {without} that no case passed or failed.", style="small")
    yield pieces.table(_COLUMNS, [pieces.rows([_standard(rule, numbered) for rule in rules])])


def _indicates(area: Mapping[str, Any]) -> str:
    indicated, others = grade(area)
    return f"Indicates: {indicated}{'' if others is None else f' ({others})'}."


def _chart(area: Mapping[str, Any], rules: Sequence[Mapping[str, Any]], numbered: Numbers) -> Piece:
    drawn = [
        pieces.bar(
            plain(rule["title"], LONGEST_TITLE),
            rule["adequacy_ratio"],
            told(rule["adequacy_ratio"]),
            numbered[rule["rule"]],
        )
        for rule in rules
    ]
    said = "; ".join(f"{bar['number']} {bar['name']}: {bar['label']}" for bar in drawn)
    alt = f"Bar chart of the share of cases that meet each standard, with its 95% interval: {said}."
    return pieces.bars("Share of cases that meet the standard, with 95% interval", alt, drawn, names=82)


def _standard(rule: Mapping[str, Any], numbered: Numbers) -> list[pieces.Cell]:
    cases = rule["cases"]
    title = f"{plain(rule['title'], LONGEST_TITLE)} ({rule['severity']})"
    says = [pieces.run(_whole(each), "plain") for each in rule["standard"]]
    source = [pieces.run(text, "small", url) for text, url in map(source_in_words, rule["basis"])]
    counts = [cell(number(cases[outcome]) if cases[outcome] else "-") for outcome in _COUNTED]
    return [
        cell(numbered[rule["rule"]]),
        [pieces.run(title, "strong"), *says, *source],
        *counts,
        cell(met_in_time(rule)),
    ]


def _whole(text: str) -> str:
    """What a standard asks, cut where it is too long."""
    return plain(text, LONGEST_MESSAGE) if text.endswith(".") else sentence(text)
