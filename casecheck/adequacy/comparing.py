"""Two results held against each other: which cases changed, which standards rose or fell, and what is more than chance.

Where both are mostly of the same cases, what changed in those is judged (McNemar's test); where they are of different
ones, such as two random samples, the two shares are (Newcombe's interval). Each standard is held to a bound that lets
chance pass for a difference at most once in twenty whole tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from casecheck.adequacy.differences import Share, changed_by_more_than_chance, more_than_chance

SCHEMA: Final = "casecheck/comparison/1"
VERDICTS: Final = {True: "adequate", False: "inadequate", None: "undetermined"}

_ROUNDED: Final = 6
_OUTCOMES: Final = ("pass", "fail", "unknown", "not_due", "not_applicable")
_CODES: Final = {outcome: code for code, outcome in enumerate(_OUTCOMES)}
_PASS, _FAIL = _CODES["pass"], _CODES["fail"]


class Compared(NamedTuple):
    """One of the two results: its name, the document without its cases, and its cases."""

    name: str
    head: Mapping[str, Any]
    cases: Iterable[Mapping[str, Any]]


class _Case(NamedTuple):
    """A case in few bytes: its verdict, and the code of each rule's outcome in the order of the rules."""

    adequate: bool | None
    outcomes: bytes


def unlike(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Why two results cannot be compared as they are, in clauses; nothing if they can.

    `before` and `after` are result documents; their cases are not looked at.
    """
    found = []
    one, other = before["pack"], after["pack"]
    if one["id"] != other["id"]:
        found.append(f"they were held against different packs, {one['id']} and {other['id']}")
    elif one["version"] != other["version"]:
        found.append(
            f"they were held against different versions of {one['id']}, {one['version']} and {other['version']}"
        )
    elif one["digest"] != other["digest"]:
        found.append(f"{one['id']} {one['version']} was changed between them")
    if not _alike_in_length(before, after):
        periods = [f"{each['since']} to {each['as_at']}" for each in (before, after)]
        found.append(f"their review periods are not equally long: {periods[0]}, and {periods[1]}")
    if before["as_at"] > after["as_at"]:
        found.append(f"the second is of an earlier day than the first, {after['as_at']} and {before['as_at']}")
    return found


def _alike_in_length(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether both look back as far: by days, or by the calendar, as 12 months do in a leap year too."""
    days, calendar = [], []
    for each in (before, after):
        since, as_at = date.fromisoformat(each["since"]), date.fromisoformat(each["as_at"])
        days.append((as_at - since).days)
        calendar.append((12 * (as_at.year - since.year) + as_at.month - since.month, as_at.day - since.day))
    return days[0] == days[1] or calendar[0] == calendar[1]


def compare(before: Compared, after: Compared) -> dict[str, Any]:
    """The comparison as a document, `casecheck/comparison/1`."""
    rules = _rules_of_both(before.head, after.head)
    was = _cases(before.cases, list(rules))
    now = _cases(after.cases, list(rules))
    both = [name for name in was if name in now]
    paired = bool(both) and 2 * len(both) >= min(len(was), len(now))
    told = _rules(rules, before.head, after.head, [(was[name], now[name]) for name in both], paired)
    return {
        "schema": SCHEMA,
        "before": _told(before),
        "after": _told(after),
        "unlike": unlike(before.head, after.head),
        "judged_on": "the same cases" if paired else "different cases",
        "cases": {
            "in_both": len(both),
            "only_before": len(was) - len(both),
            "only_after": len(now) - len(both),
            "changed": _changed(both, was, now, list(rules)),
        },
        "whole": _whole(before.head, after.head, [(was[name], now[name]) for name in both], paired),
        "rules": told,
        "areas": _areas(before.head, after.head),
    }


def _told(compared: Compared) -> dict[str, Any]:
    head = compared.head
    return {
        "name": compared.name,
        "pack": {name: head["pack"][name] for name in ("id", "version", "digest")},
        "as_at": head["as_at"],
        "since": head["since"],
        "audited": head["summary"]["cases"]["audited"],
    }


def _rules_of_both(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The rules of either, by id, in the order of the second and then of the first; as the second tells them."""
    every = {rule["rule"]: rule for rule in after["summary"]["rules"]}
    return every | {rule["rule"]: rule for rule in before["summary"]["rules"] if rule["rule"] not in every}


def _cases(cases: Iterable[Mapping[str, Any]], rules: Sequence[str]) -> dict[str, _Case]:
    place = {rule: number for number, rule in enumerate(rules)}
    found: dict[str, _Case] = {}
    for case in cases:
        outcomes = bytearray([_CODES["not_applicable"]]) * len(rules)
        for finding in case["findings"]:
            if finding["rule"] in place:
                outcomes[place[finding["rule"]]] = _CODES[finding["outcome"]]
        found[case["case_id"]] = _Case(case["adequate"], bytes(outcomes))
    return found


# --- what changed ----------------------------------------------------------------------------------------------------


def _changed(
    both: Iterable[str], was: Mapping[str, _Case], now: Mapping[str, _Case], rules: Sequence[str]
) -> list[dict[str, Any]]:
    """The cases of both of which a verdict or a finding is another, with what it was and is."""
    told = []
    for name in both:
        earlier, later = was[name], now[name]
        if earlier == later:
            continue
        found = [
            {"rule": rule, "before": _OUTCOMES[earlier.outcomes[at]], "after": _OUTCOMES[later.outcomes[at]]}
            for at, rule in enumerate(rules)
            if earlier.outcomes[at] != later.outcomes[at]
        ]
        verdicts = {"before": VERDICTS[earlier.adequate], "after": VERDICTS[later.adequate]}
        told.append({"case_id": name, **verdicts, "findings": found})
    return told


def _whole(
    before: Mapping[str, Any], after: Mapping[str, Any], pairs: Sequence[tuple[_Case, _Case]], paired: bool
) -> dict[str, Any]:
    lost = sum(was.adequate is True and now.adequate is False for was, now in pairs)
    gained = sum(was.adequate is False and now.adequate is True for was, now in pairs)
    ratios = before["summary"]["adequacy_ratio"], after["summary"]["adequacy_ratio"]
    return _difference(*ratios, lost, gained, paired, 1)


def _rules(
    rules: Mapping[str, Mapping[str, Any]],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    pairs: Sequence[tuple[_Case, _Case]],
    paired: bool,
) -> list[dict[str, Any]]:
    was, now = ({rule["rule"]: rule["adequacy_ratio"] for rule in head["summary"]["rules"]} for head in (before, after))
    comparisons = sum(bool(_denominator(was.get(rule)) and _denominator(now.get(rule))) for rule in rules)
    told = []
    for at, (name, rule) in enumerate(rules.items()):
        lost = sum(one.outcomes[at] == _PASS and other.outcomes[at] == _FAIL for one, other in pairs)
        gained = sum(one.outcomes[at] == _FAIL and other.outcomes[at] == _PASS for one, other in pairs)
        head = {"rule": name, "title": rule["title"], "area": rule["area"], "severity": rule["severity"]}
        told.append(head | _difference(was.get(name), now.get(name), lost, gained, paired, max(1, comparisons)))
    return told


def _areas(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    was, now = ({area["area"]: area for area in head["summary"]["areas"]} for head in (before, after))
    told = []
    for area in now | {name: area for name, area in was.items() if name not in now}:
        of = [each.get(area) for each in (was, now)]
        title = next(each["title"] for each in reversed(of) if each is not None)
        sides = [
            None if each is None else {"adequacy_ratio": each["adequacy_ratio"], "grade": each["grade"]} for each in of
        ]
        told.append({"area": area, "title": title, "before": sides[0], "after": sides[1]})
    return told


def _difference(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    lost: int,
    gained: int,
    paired: bool,
    comparisons: int,
) -> dict[str, Any]:
    """Two ratios, how far one lies from the other (None where one is of nothing), and whether that is chance."""
    change = None
    beyond = False
    if before is not None and after is not None and _denominator(before) and _denominator(after):
        shares = [Share(each["numerator"], each["denominator"]) for each in (before, after)]
        change = round(after["ratio"] - before["ratio"], _ROUNDED)
        beyond = (
            changed_by_more_than_chance(lost, gained, comparisons)
            if paired
            else more_than_chance(shares[0], shares[1], comparisons)
        )
    return {
        "before": before,
        "after": after,
        "change": change,
        "gained": gained,
        "lost": lost,
        "more_than_chance": beyond,
    }


def _denominator(ratio: Mapping[str, Any] | None) -> int:
    return 0 if ratio is None else int(ratio["denominator"])
