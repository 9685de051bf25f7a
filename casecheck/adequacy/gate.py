"""The gate: what an audit must show for a check that runs by itself to pass, and in which points it does not.

A gate is judged on the summary of a result; only where a stored result is not to be undercut are the cases of both
looked at, by `casecheck.adequacy.comparing`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casecheck.written.places import Path, listed

SEVERITIES: Final = ("critical", "major", "minor")
MOST_RULES: Final = 5
"""Standards named where those of a severity failed; the report has them all."""

_POINT: Final = 100
_DIGITS: Final = 6
"""Decimal places of a ratio in a result."""

Part = Mapping[str, Any]


class Minimum(NamedTuple):
    """The share, in percent, that must be reached: by what was found, or by the lower end of its interval."""

    at_least: float
    confident: bool = False


class GroupMinimum(NamedTuple):
    """The share of adequate cases that every group by a field must reach, or the one of that value."""

    by: str
    value: str | None
    minimum: Minimum


class Baseline(NamedTuple):
    """A stored result that is not to be undercut: its file, and by how many points a share may fall.

    Without `allowance` every fall is allowed that chance may have brought.
    """

    result: str
    allowance: float | None


class Gate(NamedTuple):
    """What is asked of an audit; what is empty or None is not asked."""

    fail_under: Minimum | None = None
    fail_on: tuple[str, ...] = ()
    rules: tuple[tuple[str, Minimum], ...] = ()
    areas: tuple[tuple[str, Minimum], ...] = ()
    groups: tuple[GroupMinimum, ...] = ()
    no_unknown: tuple[str, ...] = ()
    no_worse_than: Baseline | None = None


def names_missing(gate: Gate, rules: Collection[str], areas: Collection[str]) -> list[tuple[Path, str]]:
    """The rules and areas that the gate names and that there are none of: where it names them, and their names."""
    return [
        *((("rules", name), name) for name, _ in gate.rules if name not in rules),
        *((("areas", name), name) for name, _ in gate.areas if name not in areas),
        *((("no_unknown", at), name) for at, name in enumerate(gate.no_unknown) if name not in rules),
    ]


def fields_missing(gate: Gate, fields: Collection[str]) -> list[tuple[Path, str]]:
    """The fields that the gate names and that the audit is not broken down by: where it names them, and their names."""
    return [(("groups", at), each.by) for at, each in enumerate(gate.groups) if each.by not in fields]


def groups_missing(gate: Gate, summary: Part) -> list[tuple[Path, str]]:
    """The groups that the gate names and that the audit does not have: where it names them, and their names."""
    found = {(group["by"], group["value"]) for group in summary["groups"]}
    return [
        (("groups", at), each.value)
        for at, each in enumerate(gate.groups)
        if each.value is not None and (each.by, each.value) not in found
    ]


def not_held(gate: Gate, summary: Part, comparison: Part | None = None) -> list[str]:
    """In which points the gate does not hold, each a sentence with its figures; nothing where it holds.

    `comparison` is `casecheck/comparison/1` of the stored result and this one, where the gate names one. What the gate
    names must be in the result.
    """
    rules = {rule["rule"]: rule for rule in summary["rules"]}
    areas = {area["area"]: area for area in summary["areas"]}
    reasons = [] if gate.fail_under is None else [*_under("adequate", summary, gate.fail_under)]
    for severity in gate.fail_on:
        reasons += _failed(severity, summary["rules"])
    for name, minimum in gate.rules:
        reasons += _under(name, rules[name], minimum)
    for name, minimum in gate.areas:
        reasons += _under(name, areas[name], minimum)
    for asked in gate.groups:
        for group in summary["groups"]:
            if group["by"] == asked.by and asked.value in (None, group["value"]):
                reasons += _under(f"{group['by']} {group['value']}", group, asked.minimum)
    for name in gate.no_unknown:
        reasons += _unknown(name, rules[name]["cases"])
    if gate.no_worse_than is not None and comparison is not None:
        reasons += _worse(gate.no_worse_than, comparison)
    return reasons


# --- minimums ---------------------------------------------------------------------------------------------------------


def _under(name: str, found: Part, minimum: Minimum) -> Iterator[str]:
    """Why a share does not reach its minimum. Where nothing was to be judged, nothing was missed."""
    share, at_least = found["adequacy_ratio"], minimum.at_least
    asked = f"{_number(at_least)}% is asked"
    if not share["denominator"]:
        yield from (f"{name}: {told} and told in none, and {asked}" for told in _left_open(found["cases"]))
        return
    of = f"{_percent(share['ratio'], at_least)} of {_cases(share['denominator'])}"
    if share["numerator"] * _POINT < at_least * share["denominator"]:
        yield f"{name}: {of}, and {asked}"
    elif minimum.confident and share["low"] * _POINT < at_least:
        yield f"{name}: {of}, but the lower end of its 95% interval is {_percent(share['low'], at_least)}, and {asked}"


def _left_open(cases: Part) -> list[str]:
    """In how many cases it cannot be told, if in any; of a standard, or of whole cases."""
    word, number = ("not known", cases["unknown"]) if "unknown" in cases else ("undetermined", cases["undetermined"])
    return [f"{word} in {_cases(number)}"] if number else []


def _failed(severity: str, rules: Sequence[Part]) -> Iterator[str]:
    failed = [(rule["rule"], rule["cases"]["fail"]) for rule in rules if rule["severity"] == severity]
    failed = sorted((each for each in failed if each[1]), key=lambda each: -each[1])
    if not failed:
        return
    named = [f"{name} in {_cases(number)}" for name, number in failed[:MOST_RULES]]
    more = len(failed) - MOST_RULES
    told = [*named, f"{more} more {'standard' if more == 1 else 'standards'}"] if more > 0 else named
    number = sum(number for _, number in failed)
    findings = "1 finding of that severity failed" if number == 1 else f"{number:,} findings of that severity failed"
    yield f"{severity}: {findings}, and none is allowed: {listed(told, 'and')}"


def _unknown(name: str, cases: Part) -> Iterator[str]:
    if cases["unknown"]:
        yield f"{name}: not known in {_cases(cases['unknown'])}, and none is allowed"


# --- a stored result --------------------------------------------------------------------------------------------------


def _worse(baseline: Baseline, comparison: Part) -> Iterator[str]:
    """The whole, and each standard, that fell by more than is allowed; of what has no share in one of the two nothing
    fell.
    """
    name = comparison["before"]["name"]
    told = [("adequate", comparison["whole"]), *((rule["rule"], rule) for rule in comparison["rules"])]
    for of, difference in told:
        change = difference["change"]
        if change is None or change >= 0 or not _beyond(baseline, difference):
            continue
        before, after = difference["before"], difference["after"]
        was = f"{_percent(before['ratio'])} of {_cases(before['denominator'])} in {name}"
        now = f"{_percent(after['ratio'], before['ratio'] * _POINT)} of {_cases(after['denominator'])}"
        yield f"{of}: {now}, and it was {was}{_allowed(baseline)}"


def _beyond(baseline: Baseline, difference: Part) -> bool:
    if baseline.allowance is None:
        return bool(difference["more_than_chance"])
    return bool(round(-difference["change"] * _POINT, _DIGITS) > baseline.allowance)


def _allowed(baseline: Baseline) -> str:
    if baseline.allowance is None:
        return "; that is more than chance"
    if not baseline.allowance:
        return ""
    return f"; a fall of {_number(baseline.allowance)} {'point' if baseline.allowance == 1 else 'points'} is allowed"


# --- figures ----------------------------------------------------------------------------------------------------------


def _percent(ratio: float, under: float | None = None) -> str:
    """A share from 0 to 1 in percent, with as many digits as show that it lies under `under`."""
    for digits in range(_DIGITS - 2):
        told = round(ratio * _POINT, digits)
        if under is None or told < under or ratio * _POINT >= under:
            break
    return f"{_number(told)}%"


def _number(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _cases(count: int) -> str:
    return f"{count:,} {'case' if count == 1 else 'cases'}"
