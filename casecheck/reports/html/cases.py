"""The cases of the HTML report, made ready for its templates: words, marks and places, nothing left to work out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casecheck.reports.facts import (
    MOST_NOTES,
    NOTHING_JUDGED,
    OUTCOMES,
    SEVERITIES,
    VERDICTS,
    capital,
    failed,
    found,
    more_notes,
    note,
    reasons,
    sentence,
)
from casecheck.reports.html.axis import Axis
from casecheck.reports.html.timeline import Timeline, timeline
from casecheck.reports.html.words import outcome_of, short_day
from casecheck.reports.words import counted, number, plain

MOST_ROWS: Final = 60
"""Obligations told of one finding; the result document holds them all."""

SIGNS: Final = {"pass": "p", "fail": "f", "not_due": "d", "unknown": "u", "not_applicable": "-"}
"""Of each outcome its letter, by which the page's filter finds cases."""

Part = Mapping[str, Any]


class Row(NamedTuple):
    """An obligation as a row of the table of evidence."""

    outcome: str
    said: str
    starts: str
    due: str
    done: str
    limit: str
    pointer: str
    evidence: str | None


class Finding(NamedTuple):
    """What one standard found in a case; `place` is that of the standard in the pack."""

    place: int
    title: str
    severity: str
    message: str | None
    drawing: Timeline | None
    rows: list[Row]
    left_out: str | None


class Case(NamedTuple):
    """A case; `signs` holds a letter for each standard, in the pack's order."""

    number: int
    name: str
    verdict: str
    groups: list[tuple[str, str]]
    failed: str
    weight: str
    latest: int
    signs: str
    record: str
    reasons: str | None
    parts: list[tuple[str, str, list[Finding]]]
    nothing: str | None
    not_applicable: str | None
    notes: list[str]


def told_cases(summary: Part, cases: Iterable[Part], axis: Axis, whole: bool) -> Iterator[Case]:
    """The cases one after the other; unless `whole`, without what they passed."""
    rules = {rule["rule"]: rule for rule in summary["rules"]}
    places = {name: place for place, name in enumerate(rules)}
    for count, case in enumerate(cases, 1):
        yield _case(count, case, rules, places, axis, whole)


def _case(
    count: int, case: Part, rules: Mapping[str, Part], places: Mapping[str, int], axis: Axis, whole: bool
) -> Case:
    graver_first = failed(case, rules)
    told = {"fail": graver_first} | {name: found(case, name) for name in ("unknown", "not_due", "pass")}
    severities = [rules[finding["rule"]]["severity"] for finding in graver_first]
    counts = [severities.count(each) for each in SEVERITIES]
    signs = ["-"] * len(rules)
    for finding in case["findings"]:
        signs[places[finding["rule"]]] = SIGNS[finding["outcome"]]
    late = [each["days_late"] or 0 for finding in graver_first for each in finding["obligations"] if each["counted"]]
    parts = [
        (name, capital(OUTCOMES[name]), [_finding(each, rules, places, axis) for each in findings])
        for name, findings in told.items()
        if findings and (whole or name != "pass")
    ]
    more = more_notes(case)
    return Case(
        number=count,
        name=case["case_id"],
        verdict=VERDICTS[case["adequate"]],
        groups=list(case["groups"].items()),
        failed=_failed(counts),
        weight=".".join(map(str, counts)),
        latest=max(late, default=0),
        signs="".join(signs),
        record=_record(case),
        reasons=reasons(case),
        parts=parts,
        nothing=None if graver_first or told["unknown"] or told["pass"] else NOTHING_JUDGED,
        not_applicable=_not_applicable(case),
        notes=[note(each) for each in case["notes"][:MOST_NOTES]] + ([more] if more else []),
    )


def _record(case: Part) -> str:
    """Where its record stands."""
    line = "" if case["line"] is None else f", line {case['line']}"
    return f"Record in {plain(case['source'])}{line}."


def _failed(counts: Sequence[int]) -> str:
    """`2 critical, 1 minor`: how many standards failed."""
    told = [f"{number(count)} {severity}" for severity, count in zip(SEVERITIES, counts, strict=True) if count]
    return ", ".join(told) or "none"


def _not_applicable(case: Part) -> str | None:
    count = len(found(case, "not_applicable"))
    return f"{counted(count, 'standard does', 'standards do')} not apply to this case." if count else None


def _finding(finding: Part, rules: Mapping[str, Part], places: Mapping[str, int], axis: Axis) -> Finding:
    rule = rules[finding["rule"]]
    counting = [each for each in finding["obligations"] if each["counted"]]
    return Finding(
        place=places[finding["rule"]],
        title=rule["title"],
        severity=rule["severity"],
        message=sentence(finding["message"]) if finding["message"] else None,
        drawing=timeline(counting, axis),
        rows=[_row(each) for each in counting[:MOST_ROWS]],
        left_out=_left_out(len(counting) - MOST_ROWS, len(finding["obligations"]) - len(counting)),
    )


def _row(obligation: Part) -> Row:
    return Row(
        outcome=obligation["outcome"],
        said=capital(outcome_of(obligation)),
        starts=short_day(obligation["starts"]),
        due=short_day(obligation["due"]),
        done=short_day(obligation["done"]),
        limit=obligation["limit"],
        pointer=obligation["pointer"],
        evidence=obligation["evidence"] if obligation["evidence"] != obligation["pointer"] else None,
    )


def _left_out(more: int, outside: int) -> str | None:
    told = []
    if more > 0:
        told.append(f"{number(more)} more are in the JSON result.")
    if outside:
        lies, does = ("other lies", "does") if outside == 1 else ("others lie", "do")
        told.append(f"{number(outside)} {lies} outside the review period and {does} not count.")
    return " ".join(told) or None
