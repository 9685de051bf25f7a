"""The summary of a result document, from a tally of what was found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from casecheck.adequacy.differences import Share, more_than_chance
from casecheck.adequacy.policy import grade
from casecheck.adequacy.ratios import Ratio, ratio
from casecheck.rules.model import Pack

VERDICTS: Final = ("adequate", "inadequate", "undetermined")
FINDINGS: Final = ("pass", "fail", "not_due", "unknown", "not_applicable")
OBLIGATIONS: Final = ("met", "late", "missed", "not_due", "unknown")

SMALLEST_GROUP: Final = 10
"""Cases, adequate or not, from which a group is compared: of fewer the interval of a share spans half of the scale."""

Counted = Mapping[tuple[str, ...], int]


def summarise(
    pack: Pack, tally: Counter[tuple[str, ...]], read: int, invalid: int, by: Sequence[str]
) -> dict[str, Any]:
    """The `summary` of the result document: cases, ratios, rules in the pack's order, areas, groups.

    `read` counts the records found in the sources, `invalid` those that could not be audited.
    """
    cases = _counts(tally, ("case",), VERDICTS)
    rules = _rules(pack, tally, sum(cases.values()))
    return {
        "cases": {"read": read, "audited": sum(cases.values()), "invalid": invalid, **cases},
        "adequacy_ratio": _adequacy(cases),
        **_in_time(rules),
        "rules": rules,
        "areas": _areas(pack, tally, rules),
        "groups": [group for name in by for group in _groups(name, tally, rules, cases)],
    }


def due_by_month(pack: Pack, tally: Counted) -> dict[str, dict[str, dict[str, int]]]:
    """Of each rule, by month (`2012-03`), how many of the obligations that fell due in it had which outcome."""
    found: dict[str, dict[str, dict[str, int]]] = {rule.id: {} for rule in pack.rules}
    for key in sorted(key for key in tally if key[0] == "due"):
        _, rule, month, outcome = key
        if tally[key]:
            found[rule].setdefault(month, {})[outcome] = tally[key]
    return found


def _counts(tally: Counted, key: tuple[str, ...], names: Sequence[str]) -> dict[str, int]:
    return {name: tally.get((*key, name), 0) for name in names}


def _adequacy(cases: Mapping[str, int]) -> Ratio:
    return ratio(cases["adequate"], cases["adequate"] + cases["inadequate"])


def _found(cases: dict[str, int], obligations: dict[str, int]) -> dict[str, Any]:
    """What was found of a standard: cases and obligations, and the ratio of each."""
    settled = obligations["met"] + obligations["late"] + obligations["missed"]
    return {
        "cases": cases,
        "adequacy_ratio": ratio(cases["pass"], cases["pass"] + cases["fail"]),
        "obligations": obligations,
        "obligation_ratio": ratio(obligations["met"], settled),
    }


def _in_time(rules: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The obligations of several rules together, and the ratio of those met."""
    every = [rule["obligations"] for rule in rules]
    obligations = {name: sum(each[name] for each in every) for name in OBLIGATIONS}
    settled = obligations["met"] + obligations["late"] + obligations["missed"]
    return {"obligations": obligations, "obligation_ratio": ratio(obligations["met"], settled)}


def _rules(pack: Pack, tally: Counted, audited: int) -> list[dict[str, Any]]:
    told = []
    for rule in {rule.id: rule for rule in reversed(pack.rules)}.values():
        cases = _counts(tally, ("rule", rule.id), FINDINGS)
        cases["not_applicable"] = audited - sum(cases.values())
        obligations = _counts(tally, ("obligation", rule.id), OBLIGATIONS)
        head = {"rule": rule.id, "title": rule.title, "area": rule.area, "severity": rule.severity}
        told.append(head | _found(cases, obligations))
    return told[::-1]


def _areas(pack: Pack, tally: Counted, rules: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    told = []
    for area in pack.areas:
        inside = [rule for rule in rules if rule["area"] == area.id]
        if inside:
            cases = _counts(tally, ("area", area.id), VERDICTS)
            share = _adequacy(cases)
            bounds = {"grade": share["ratio"], "grade_low": share["low"], "grade_high": share["high"]}
            grades = {name: grade(bound, pack.grades) for name, bound in bounds.items()}
            head = {"area": area.id, "title": area.title, "cases": cases, "adequacy_ratio": share}
            told.append(head | _in_time(inside) | grades)
    return told


# --- groups ----------------------------------------------------------------------------------------------------------


def _groups(
    name: str, tally: Counted, rules: Sequence[Mapping[str, Any]], whole: Mapping[str, int]
) -> list[dict[str, Any]]:
    """The groups by one field, each with its standards, and what in it differs from all other cases by more than
    chance.
    """
    values = sorted({key[2] for key in tally if key[0] == "group" and key[1] == name})
    cases = {value: _counts(tally, ("group", name, value), VERDICTS) for value in values}
    shares = {value: _adequacy(counts) for value, counts in cases.items()}
    large = [value for value in values if shares[value]["denominator"] >= SMALLEST_GROUP]
    of_all = {rule["rule"]: rule["adequacy_ratio"] for rule in rules}
    standards = {value: _standards(tally, name, value, list(of_all)) for value in values}
    comparisons = sum(len(standards[value]) for value in large)
    told = []
    for value in values:
        is_large = value in large
        for each in standards[value]:
            each["more_than_chance"] = is_large and _differs(each["adequacy_ratio"], of_all[each["rule"]], comparisons)
        told.append(
            {
                "by": name,
                "value": value,
                "cases": cases[value],
                "adequacy_ratio": shares[value],
                **_in_time(standards[value]),
                "too_small": not is_large,
                "more_than_chance": is_large and _differs(shares[value], _adequacy(whole), len(large)),
                "rules": standards[value],
            }
        )
    return told


def _standards(tally: Counted, name: str, value: str, rules: Iterable[str]) -> list[dict[str, Any]]:
    """What was found of each standard that binds a case of the group."""
    told = []
    for rule in rules:
        cases = _counts(tally, ("group rule", name, value, rule), FINDINGS[:-1])
        if any(cases.values()):
            obligations = _counts(tally, ("group obligation", name, value, rule), OBLIGATIONS)
            told.append({"rule": rule, **_found(cases, obligations)})
    return told


def _differs(group: Ratio, whole: Ratio, comparisons: int) -> bool:
    """Whether a group differs from the cases that are not in it by more than chance."""
    inside = Share(group["numerator"], group["denominator"])
    rest = Share(whole["numerator"] - inside.numerator, whole["denominator"] - inside.denominator)
    return more_than_chance(rest, inside, max(1, comparisons))
