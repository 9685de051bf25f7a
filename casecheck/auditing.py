"""Cases held against a pack: the findings of one case, whether it is adequate, and the sum over all.

`auditor` makes everything ready once; `audit_case` is then called for every record, in whatever process. A `Tally`
counts what the entries of cases say, and the tally of two parts together is the sum of theirs, so that parts can be
audited apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casecheck.adequacy.policy import is_adequate, reasons
from casecheck.allocations import PATHS, allocations
from casecheck.calendar import ISO
from casecheck.checks import CompiledRule, compile_pack
from casecheck.checks.obligation import LATE, MET, MISSED, NOT_DUE, UNKNOWN_OUTCOME, Obligation
from casecheck.checks.outcomes import Span
from casecheck.groups import Group, compile_group
from casecheck.records.case import Case, Note
from casecheck.rules.model import Pack
from casecheck.rules.reading import sections_read
from casecheck.sentences import finding_message

PASS: Final = "pass"
FAIL: Final = "fail"
UNKNOWN_FINDING: Final = "unknown"
NOT_APPLICABLE: Final = "not_applicable"

VERDICTS: Final = {True: "adequate", False: "inadequate", None: "undetermined"}

Tally = Counter[tuple[str, ...]]
"""What was found, counted: keys begin with `case`, `rule`, `obligation`, `area`, `due`, `group`, `group rule` or
`group obligation`.
"""


class Auditor(NamedTuple):
    """A pack made ready for audits as at one day over one review period, broken down by some fields."""

    pack: Pack
    rules: tuple[CompiledRule, ...]
    span: Span
    groups: tuple[Group, ...]
    by_month: bool
    """Whether what fell due is counted by month too."""
    allocated: bool
    """Whether a case's entry also says who is allocated to the child."""
    reads: frozenset[tuple[str, ...]]
    """The paths of the sections that the rules and the breakdowns read."""


def auditor(
    pack: Pack, as_at: int, since: int, by: Sequence[str] = (), by_month: bool = False, allocated: bool = False
) -> Auditor:
    """Make a pack ready. `as_at` and `since` are day numbers.

    Raises UsageProblem where a field to break down by is not known, or is of a person.
    """
    groups = tuple(compile_group(name) for name in by)
    paths = (group.path[:length] for group in groups for length in range(1, len(group.path) + 1))
    reads = sections_read(pack).union(paths, PATHS if allocated else ())
    return Auditor(pack, compile_pack(pack), Span(since, as_at), groups, by_month, allocated, reads)


def outcome_of_finding(obligations: Iterable[Obligation]) -> str:
    """`fail` if any counted obligation is late or missed, else `pass` if any is met, `unknown`, `not_due`, and

    `not_applicable` where none is counted.
    """
    outcomes = {each.outcome for each in obligations if each.counted}
    if LATE in outcomes or MISSED in outcomes:
        return FAIL
    if MET in outcomes:
        return PASS
    if UNKNOWN_OUTCOME in outcomes:
        return UNKNOWN_FINDING
    return NOT_DUE if NOT_DUE in outcomes else NOT_APPLICABLE


def audit_case(auditor: Auditor, case: Case, notes: Sequence[Note] = ()) -> dict[str, Any]:
    """One case's entry in the result document. `case` is as at the audit date, `notes` are what its reader noted."""
    findings: list[dict[str, Any]] = []
    found: dict[tuple[str, str], int] = {}
    for rule, check in auditor.rules:
        obligations = check(case, auditor.span)
        if not obligations:
            findings.append({"rule": rule.id, "outcome": NOT_APPLICABLE, "message": "", "obligations": []})
            continue
        outcome = outcome_of_finding(obligations)
        message = "" if outcome in (PASS, NOT_APPLICABLE) else finding_message(rule, outcome, obligations)
        findings.append({"rule": rule.id, "outcome": outcome, "message": message, "obligations": _told(obligations)})
        found[outcome, rule.severity] = found.get((outcome, rule.severity), 0) + 1
    counts = _by_severity(found)
    return {
        "case_id": case.id,
        "adequate": is_adequate(auditor.pack.adequate, *counts),
        "reasons": reasons(auditor.pack.adequate, *counts),
        "groups": {group.name: group.value_of(case) for group in auditor.groups},
        "notes": [{"pointer": note.pointer, "message": note.message} for note in (*notes, *case.notes)],
        "findings": findings,
        **({"allocated": allocations(case)} if auditor.allocated else {}),
    }


def add_to(tally: Tally, auditor: Auditor, entry: Mapping[str, Any]) -> None:
    """Count what the entry of a case says; findings that do not apply are the rest of its cases, and not counted."""
    by_area: dict[str, dict[tuple[str, str], int]] = {}
    for (rule, _), finding in zip(auditor.rules, entry["findings"], strict=True):
        outcome = finding["outcome"]
        if outcome == NOT_APPLICABLE:
            continue
        tally["rule", rule.id, outcome] += 1
        for each in finding["obligations"]:
            if each["counted"]:
                tally["obligation", rule.id, each["outcome"]] += 1
        if auditor.by_month:
            _add_by_month(tally, auditor, rule.id, finding["obligations"])
        for name, value in entry["groups"].items():
            _add_to_group(tally, (name, value, rule.id), finding)
        if outcome in (PASS, FAIL, UNKNOWN_FINDING):
            found = by_area.setdefault(rule.area, {})
            found[outcome, rule.severity] = found.get((outcome, rule.severity), 0) + 1
    for area in auditor.pack.areas:
        if area.id in by_area:
            tally["area", area.id, VERDICTS[is_adequate(area.adequate, *_by_severity(by_area[area.id]))]] += 1
    verdict = VERDICTS[entry["adequate"]]
    tally["case", verdict] += 1
    for name, value in entry["groups"].items():
        tally["group", name, value, verdict] += 1


def _add_by_month(tally: Tally, auditor: Auditor, rule: str, obligations: Iterable[Mapping[str, Any]]) -> None:
    """Count what fell due on a day of the review period that is over, by the month of that day.

    The audit date itself is not over: of what is due on it only what is done already would be seen.
    """
    since, as_at = (ISO[day] or "" for day in auditor.span)
    for each in obligations:
        due = each["due"]
        if due is not None and since <= due < as_at:
            tally["due", rule, due[:7], each["outcome"]] += 1


def _add_to_group(tally: Tally, of: tuple[str, str, str], finding: Mapping[str, Any]) -> None:
    """Count a finding, and its counted obligations, under a field, its value and the rule."""
    tally["group rule", *of, finding["outcome"]] += 1
    for each in finding["obligations"]:
        if each["counted"]:
            tally["group obligation", *of, each["outcome"]] += 1


def _by_severity(found: Mapping[tuple[str, str], int]) -> tuple[int, dict[str, int], dict[str, int]]:
    """How many findings pass, and by severity how many fail and how many are not known; `found` counts findings by
    outcome and severity.
    """
    passed, failed, unknown = 0, {}, {}
    for (outcome, severity), number in found.items():
        if outcome == PASS:
            passed += number
        elif outcome == FAIL:
            failed[severity] = number
        elif outcome == UNKNOWN_FINDING:
            unknown[severity] = number
    return passed, failed, unknown


def _told(obligations: Iterable[Obligation]) -> list[dict[str, Any]]:
    """The obligations as a result document tells them."""
    return [
        {
            "pointer": pointer,
            "evidence": evidence,
            "starts": ISO[starts],
            "due": ISO[due],
            "done": ISO[done],
            "limit": limit,
            "outcome": outcome,
            "days_late": days_late,
            "counted": is_counted,
        }
        for _, pointer, evidence, starts, due, done, limit, outcome, days_late, is_counted in obligations
    ]
