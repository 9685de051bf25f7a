"""A breakdown by one field: the groups beside the whole, and the standards group by group."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.facts import (
    DIFFERS,
    LONGEST_TITLE,
    MOST_GROUPS,
    about_groups,
    beside_others,
    too_many_groups,
)
from casecheck.reports.pdf import pieces
from casecheck.reports.pdf.front import ADEQUACY, adequacy, told
from casecheck.reports.pdf.pieces import Piece, cell
from casecheck.reports.words import number, percent, plain

MOST_PRINTED: Final = 60
"""Groups of one field that are printed; of more, the first."""
_SIDE_BY_SIDE: Final = 6
"""Groups that stand side by side, with all cases at the end."""


def breakdown(name: str, summary: Mapping[str, Any]) -> Iterator[Piece]:
    """The breakdown by the field `name`."""
    groups = [group for group in summary["groups"] if group["by"] == name]
    printed = groups[:MOST_PRINTED]
    yield pieces.heading(f"By {plain(name)}", new_page=True)
    yield _chart(name, printed, summary)
    yield _table(name, printed, summary)
    if len(groups) > len(printed):
        yield pieces.paragraphs(f"These are the first {number(len(printed))} of {number(len(groups))} groups.")
    yield pieces.paragraphs(about_groups(groups))
    yield from _standards(name, groups, summary)


def _chart(name: str, groups: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]) -> Piece:
    named = [*((plain(group["value"]), group["adequacy_ratio"]) for group in groups)]
    drawn = [pieces.bar(said, share, told(share)) for said, share in [*named, ("All cases", whole["adequacy_ratio"])]]
    listed = "; ".join(f"{bar['name']} {bar['label']}" for bar in drawn)
    alt = f"Bar chart of the share of adequate cases by {plain(name)}, with its 95% interval: {listed}."
    return pieces.bars(f"Share of adequate cases by {plain(name)}, with 95% interval", alt, drawn)


def _table(name: str, groups: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]) -> Piece:
    columns = [
        pieces.column(plain(name), "1fr", "left"),
        *ADEQUACY,
        pieces.column("Beside others", "20mm", "left"),
    ]
    told_of = [[cell(plain(group["value"])), *adequacy(group), cell(beside_others(group))] for group in groups]
    return pieces.table(columns, [pieces.rows([*told_of, [cell("All cases"), *adequacy(whole), cell("")]])])


# --- standard by standard ---------------------------------------------------------------------------------------------


def _standards(name: str, groups: Sequence[Mapping[str, Any]], summary: Mapping[str, Any]) -> Iterator[Piece]:
    """Of each standard that was not always met, what share was done in time in each group and in all."""
    failing = [rule for rule in summary["rules"] if rule["obligations"]["late"] or rule["obligations"]["missed"]]
    if len(groups) < 2 or not failing:
        return
    yield pieces.heading(f"Done in time, by {plain(name)}", 2)
    if len(groups) > MOST_GROUPS:
        yield pieces.paragraphs(too_many_groups(groups))
        return
    rules = [rule for rule in failing if sum(_due(group, rule) for group in groups) > 1]
    for first in range(0, len(groups), _SIDE_BY_SIDE):
        yield _side_by_side(groups[first : first + _SIDE_BY_SIDE], rules)
    if any(rule["more_than_chance"] for group in groups for rule in group["rules"]):
        yield pieces.paragraphs(DIFFERS)


def _due(group: Mapping[str, Any], rule: Mapping[str, Any]) -> bool:
    found = _found(group, rule)
    return found is not None and bool(found["obligation_ratio"]["denominator"])


def _found(group: Mapping[str, Any], rule: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return next((each for each in group["rules"] if each["rule"] == rule["rule"]), None)


def _side_by_side(groups: Sequence[Mapping[str, Any]], rules: Sequence[Mapping[str, Any]]) -> Piece:
    columns = [
        pieces.column("Standard", "1fr", "left"),
        *(pieces.column(plain(group["value"]), "16mm") for group in groups),
        pieces.column("All cases", "16mm"),
    ]
    return pieces.table(columns, [pieces.rows([_standard(rule, groups) for rule in rules])], compact=True)


def _standard(rule: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]) -> list[pieces.Cell]:
    title = f"{plain(rule['title'], LONGEST_TITLE)} ({rule['severity']})"
    return [cell(title), *(cell(_share(_found(group, rule))) for group in groups), cell(_share(rule))]


def _share(found: Mapping[str, Any] | None) -> str:
    ratio = None if found is None else found["obligation_ratio"]
    if found is None or ratio is None or not ratio["denominator"]:
        return "-"
    star = "*" if found.get("more_than_chance") else ""
    return f"{percent(ratio['ratio'])} of {number(ratio['denominator'])}{star}"
