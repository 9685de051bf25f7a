"""What of a result may be published: tables of counts and shares, in which nothing small can be seen or worked out.

A publication is made from the result document alone. It holds no case, no source, no record that could not be audited,
and no standard group by group. docs/privacy.md says by which rules, and what they do not protect from.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casecheck.adequacy.suppression import THRESHOLD, Cell, Relation, suppressed
from casecheck.errors import UsageProblem

SCHEMA: Final = "casecheck/publication/1"
FEWEST: Final = 2 * THRESHOLD
"""Audited cases from which anything is published."""

HIDDEN: Final = "c"
NOTHING: Final = "z"
"""The signs of official statistics for what is confidential, and for what cannot be."""

_VERDICTS: Final = ("adequate", "inadequate", "undetermined")
_OUTCOMES: Final = ("pass", "fail", "not_due", "unknown", "not_applicable")
_ADEQUACY: Final = ("Adequate", "Inadequate", "Undetermined", "Share adequate")
_STANDARDS: Final = ("Passed", "Failed", "Not due", "Not known", "Does not apply", "Share passed")
_IN_TIME: Final = ("Done in time", "Late or missed", "Share in time")
_WHOLE: Final = "whole"

Shown = int | float | str
Part = Mapping[str, Any]


class _Counts(NamedTuple):
    """The counts of a result by their cells, and what holds between them."""

    counts: dict[Cell, int]
    relations: list[Relation]


def publication(head: Part) -> dict[str, Any]:
    """The publication of a result (its document without the cases).

    Raises UsageProblem where fewer than ten cases were audited.
    """
    summary = head["summary"]
    audited = summary["cases"]["audited"]
    if audited < FEWEST:
        raise UsageProblem(f"--publish: of fewer than {FEWEST} audited cases nothing is published")
    fields = [name for name in dict.fromkeys(each["by"] for each in summary["groups"]) if not _names_someone(name)]
    groups = {name: _put_together(name, summary["groups"]) for name in fields}
    known = _counts(summary, groups)
    hidden = suppressed(*known)
    tables = list(_tables(summary, groups, known.counts, hidden))
    cells = [cell for table in tables for row in table["rows"] for cell in row[1:]]
    return {
        "schema": SCHEMA,
        "casecheck": head["casecheck"],
        "pack": {name: head["pack"][name] for name in ("id", "version", "title")},
        "as_at": head["as_at"],
        "since": head["since"],
        "disclosure": {
            "threshold": THRESHOLD,
            "cells": len(cells),
            "suppressed": sum(cell == HIDDEN for cell in cells),
            "says": _says(sum(cell == HIDDEN for cell in cells), len(cells)),
        },
        "tables": tables,
    }


def _says(hidden: int, cells: int) -> list[str]:
    return [
        f"{HIDDEN}: not shown. Counts from 1 to {THRESHOLD - 1} are suppressed, and with them others from which they "
        f"could be worked out by subtraction, in one table or several. {hidden:,} of {cells:,} figures are so.",
        "Shares are rounded to whole percent, and shown only where the counts that they are made of are.",
        f"{NOTHING}: nothing to make a share of.",
        f"Groups of fewer than {THRESHOLD} cases are put together. Breakdowns by numbers of workers or placements, "
        "standards group by group, single cases and the names of sources are left out.",
    ]


def _names_someone(field: str) -> bool:
    return field.endswith(("_id", "_urn"))


def _put_together(name: str, groups: Iterable[Part]) -> dict[str, dict[str, int]]:
    """The groups by a field, those of few cases as one; of how many verdicts each has. If that one is too small still,
    the smallest of the others goes into it.
    """
    of_field = {each["value"]: {key: each["cases"][key] for key in _VERDICTS} for each in groups if each["by"] == name}
    by_size = sorted(of_field, key=lambda value: (sum(of_field[value].values()), value))
    others: Counter[str] = Counter()
    together: set[str] = set()
    for value in by_size:
        size = sum(of_field[value].values())
        if size < THRESHOLD or 0 < others.total() < THRESHOLD:
            others.update(of_field[value])
            together.add(value)
    kept = {value: counts for value, counts in of_field.items() if value not in together}
    return kept | ({"(all smaller groups together)": dict(others)} if together else {})


# --- what is known ----------------------------------------------------------------------------------------------------


def _counts(summary: Part, groups: Mapping[str, Mapping[str, Mapping[str, int]]]) -> _Counts:
    counts: dict[Cell, int] = {(_WHOLE, name): summary["cases"][name] for name in ("audited", *_VERDICTS)}
    relations: list[Relation] = [_sum((_WHOLE, "audited"), [(_WHOLE, name) for name in _VERDICTS])]
    for rule in summary["rules"]:
        of_rule: dict[Cell, int] = {("rule", rule["rule"], name): rule["cases"][name] for name in _OUTCOMES}
        counts |= of_rule
        relations.append(_sum((_WHOLE, "audited"), of_rule))
    for area in summary["areas"]:
        counts |= {("area", area["area"], name): area["cases"][name] for name in _VERDICTS}
        relations += _of_an_area(area, summary)
    for field, values in groups.items():
        for name in _VERDICTS:
            of_field: dict[Cell, int] = {("group", field, value, name): values[value][name] for value in values}
            counts |= of_field
            relations.append(_sum((_WHOLE, name), of_field))
    return _Counts(counts, relations)


def _sum(total: Cell, parts: Iterable[Cell]) -> Relation:
    return {total: -1, **dict.fromkeys(parts, 1)}


def _of_an_area(area: Part, summary: Part) -> Iterator[Relation]:
    """Where an area has one standard, or is the only one: that its counts are those of the standard, or of the whole,
    where they are the same.
    """
    inside = [rule for rule in summary["rules"] if rule["area"] == area["area"]]
    for name, outcome in zip(_VERDICTS, ("pass", "fail", "unknown"), strict=True):
        count = area["cases"][name]
        if len(inside) == 1 and inside[0]["cases"][outcome] == count:
            yield _sum(("area", area["area"], name), [("rule", inside[0]["rule"], outcome)])
        if len(summary["areas"]) == 1 and summary["cases"][name] == count:
            yield _sum(("area", area["area"], name), [(_WHOLE, name)])


# --- tables -----------------------------------------------------------------------------------------------------------


def _tables(
    summary: Part,
    groups: Mapping[str, Mapping[str, Any]],
    counts: Mapping[Cell, int],
    hidden: frozenset[Cell],
) -> Iterator[dict[str, Any]]:
    def shown(*cell: str) -> Shown:
        return HIDDEN if cell in hidden else counts[cell]

    def verdicts(*cell: str) -> list[Shown]:
        found = [shown(*cell, name) for name in _VERDICTS]
        return [*found, _share(found[0], found[1])]

    yield _table("All cases", ("", "Audited", *_ADEQUACY), [["All cases", shown(_WHOLE, "audited"), *verdicts(_WHOLE)]])
    areas = [[area["title"], *verdicts("area", area["area"])] for area in summary["areas"]]
    yield _table("Areas of judgement", ("Area", *_ADEQUACY), areas)
    standards = []
    for rule in summary["rules"]:
        cases = [shown("rule", rule["rule"], outcome) for outcome in _OUTCOMES]
        share = _share(cases[0], cases[1])
        standards.append([rule["title"], rule["severity"], *cases, share, *_in_time(rule["obligations"], cases[:2])])
    yield _table("Standards", ("Standard", "Severity", *_STANDARDS, *_IN_TIME), standards)
    for field, values in groups.items():
        rows = [[value, *verdicts("group", field, value)] for value in values]
        yield _table(f"By {field}", (field, *_ADEQUACY), rows)


def _table(title: str, columns: Sequence[str], rows: list[list[Shown]]) -> dict[str, Any]:
    return {"title": title, "columns": list(columns), "rows": rows}


def _in_time(obligations: Part, cases: Sequence[Shown]) -> list[Shown]:
    """What of a standard was done in time and what was not. Where a case has one obligation these are its counts of
    cases once more: they are hidden with them.
    """
    done, not_done = obligations["met"], obligations["late"] + obligations["missed"]
    if HIDDEN in cases or any(0 < count < THRESHOLD for count in (done, not_done)):
        return [HIDDEN, HIDDEN, HIDDEN]
    return [done, not_done, _share(done, not_done)]


def _share(part: Shown, rest: Shown) -> Shown:
    if not isinstance(part, int) or not isinstance(rest, int):
        return HIDDEN
    return round(part / (part + rest), 2) if part + rest else NOTHING
