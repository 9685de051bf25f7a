"""The summary of a result document, from a tally of what was found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from casecheck.adequacy.policy import grade
from casecheck.adequacy.ratios import Ratio, ratio
from casecheck.rules.model import Pack

VERDICTS: Final = ("adequate", "inadequate", "undetermined")
FINDINGS: Final = ("pass", "fail", "not_due", "unknown", "not_applicable")
OBLIGATIONS: Final = ("met", "late", "missed", "not_due", "unknown")


def summarise(
    pack: Pack, tally: Counter[tuple[str, ...]], read: int, invalid: int, by: Sequence[str]
) -> dict[str, Any]:
    """The `summary` of the result document: cases, adequacy ratio, rules in the pack's order, areas, groups.

    `read` counts the records found in the sources, `invalid` those that could not be audited.
    """
    cases = _counts(tally, ("case",), VERDICTS)
    return {
        "cases": {"read": read, "audited": sum(cases.values()), "invalid": invalid, **cases},
        "adequacy_ratio": _adequacy(cases),
        "rules": _rules(pack, tally, sum(cases.values())),
        "areas": _areas(pack, tally),
        "groups": _groups(tally, by),
    }


def due_by_month(pack: Pack, tally: Mapping[tuple[str, ...], int]) -> dict[str, dict[str, dict[str, int]]]:
    """Of each rule, by month (`2012-03`), how many of the obligations that fell due in it had which outcome."""
    found: dict[str, dict[str, dict[str, int]]] = {rule.id: {} for rule in pack.rules}
    for key in sorted(key for key in tally if key[0] == "due"):
        _, rule, month, outcome = key
        if tally[key]:
            found[rule].setdefault(month, {})[outcome] = tally[key]
    return found


def _counts(tally: Mapping[tuple[str, ...], int], key: tuple[str, ...], names: Sequence[str]) -> dict[str, int]:
    return {name: tally.get((*key, name), 0) for name in names}


def _adequacy(cases: Mapping[str, int]) -> Ratio:
    return ratio(cases["adequate"], cases["adequate"] + cases["inadequate"])


def _rules(pack: Pack, tally: Counter[tuple[str, ...]], audited: int) -> list[dict[str, Any]]:
    told = []
    for rule in {rule.id: rule for rule in reversed(pack.rules)}.values():
        cases = _counts(tally, ("rule", rule.id), FINDINGS)
        cases["not_applicable"] = audited - sum(cases.values())
        obligations = _counts(tally, ("obligation", rule.id), OBLIGATIONS)
        settled = obligations["met"] + obligations["late"] + obligations["missed"]
        told.append(
            {
                "rule": rule.id,
                "title": rule.title,
                "area": rule.area,
                "severity": rule.severity,
                "cases": cases,
                "adequacy_ratio": ratio(cases["pass"], cases["pass"] + cases["fail"]),
                "obligations": obligations,
                "obligation_ratio": ratio(obligations["met"], settled),
            }
        )
    return told[::-1]


def _areas(pack: Pack, tally: Counter[tuple[str, ...]]) -> list[dict[str, Any]]:
    told = []
    used = {rule.area for rule in pack.rules}
    for area in pack.areas:
        if area.id in used:
            cases = _counts(tally, ("area", area.id), VERDICTS)
            found = _adequacy(cases)
            indicated = grade(found["ratio"], pack.grades)
            told.append(
                {"area": area.id, "title": area.title, "cases": cases, "adequacy_ratio": found, "grade": indicated}
            )
    return told


def _groups(tally: Counter[tuple[str, ...]], by: Sequence[str]) -> list[dict[str, Any]]:
    told = []
    for name in by:
        for value in sorted({key[2] for key in tally if key[0] == "group" and key[1] == name}):
            cases = _counts(tally, ("group", name, value), VERDICTS)
            told.append({"by": name, "value": value, "cases": cases, "adequacy_ratio": _adequacy(cases)})
    return told
