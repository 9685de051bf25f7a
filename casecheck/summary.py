"""The summary of a result document, from a tally of what was found."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from casecheck.adequacy.differences import Share, more_than_chance
from casecheck.adequacy.policy import grade
from casecheck.adequacy.ratios import Ratio, ratio
from casecheck.rules.model import Pack, Rule
from casecheck.rules.words import rule_in_words, terms_in_words

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


def told_pack(pack: Pack) -> dict[str, Any]:
    """The `pack` of the result document: which it is, where it comes from, what its terms mean, and from where on
    a share indicates which grade.
    """
    means: dict[str, str] = {}
    for rule in pack.rules:
        means |= dict(terms_in_words(rule, pack.terms))
    return {
        "id": pack.id,
        "version": pack.version,
        "digest": pack.digest,
        "title": pack.title,
        "source": dict(pack.source),
        "grades": dict(pack.grades),
        "terms": [{"term": name, "means": means[name]} for name in pack.terms if name in means],
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
    by_id: dict[str, list[Rule]] = {}
    for rule in pack.rules:
        by_id.setdefault(rule.id, []).append(rule)
    for name, laws in by_id.items():
        cases = _counts(tally, ("rule", name), FINDINGS)
        cases["not_applicable"] = audited - sum(cases.values())
        obligations = _counts(tally, ("obligation", name), OBLIGATIONS)
        first = laws[0]
        head = {"rule": name, "title": first.title, "area": first.area, "severity": first.severity}
        told.append(head | _source(laws) | _found(cases, obligations))
    return told


def _source(laws: Sequence[Rule]) -> dict[str, Any]:
    """A standard in words, one sentence for each law of it, and where it comes from."""
    basis: list[dict[str, Any]] = []
    for each in (dict(each) for rule in laws for each in rule.basis):
        if each not in basis:
            basis.append(each)
    return {"standard": [rule_in_words(rule) for rule in laws], "basis": basis}


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
    values = sorted({key[2] for key in tally if key[0] == "group" and key[1] == name}, key=in_order)
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


def in_order(value: str) -> list[tuple[int, int, str]]:
    """What puts values in the order in which people count: 9 before 10, numbers before words."""
    parts = [part for part in re.split("([0-9]+)", value) if part]
    return [(0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part) for part in parts]


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
