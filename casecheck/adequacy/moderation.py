"""An auditor's verdicts held against an audit's: how far the two agree, and in which cases they differ.

Agreement is over what both could tell: met or not met. Where one of them says that a standard does not apply, or that
the file does not tell, there is no second verdict to agree with: such rows are counted apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casecheck.adequacy.agreement import agreement
from casecheck.adequacy.ratios import ratio

SCHEMA: Final = "casecheck/moderation/1"

MET: Final = "met"
NOT_MET: Final = "not met"

_ROUNDED: Final = 6
_OF_AUDIT: Final = {"pass": MET, "fail": NOT_MET}
_OF_CASE: Final = {True: MET, False: NOT_MET, None: "undetermined"}


class Judged(NamedTuple):
    """One verdict of the auditor: the case's entry in the result, the rule (None: the whole case), the verdict."""

    case: Mapping[str, Any]
    rule: str | None
    verdict: str


class Pair(NamedTuple):
    """Two verdicts on one thing: the auditor's, and the outcome of the audit (of a case what it was called)."""

    judged: Judged
    outcome: str
    audited: str
    """The outcome in the auditor's words, `met` or `not met`; any other as it is."""

    @property
    def is_compared(self) -> bool:
        """Whether both could tell."""
        return {self.judged.verdict, self.audited} <= {MET, NOT_MET}


def moderation(head: Mapping[str, Any], judged: Iterable[Judged]) -> dict[str, Any]:
    """How far the auditor and the audit agree: on the standards in all and one by one, and on whole cases.

    `head` is the result document (its cases are not looked at), which knows the rule of each verdict. `differences` are
    the verdicts on which the two differ, standards first, in the order in which they were given.
    """
    pairs = [_pair(each) for each in judged]
    of_rules = [each for each in pairs if each.judged.rule is not None]
    of_cases = [each for each in pairs if each.judged.rule is None]
    rules = {rule["rule"]: rule for rule in head["summary"]["rules"]}
    by_rule: dict[str, list[Pair]] = {name: [] for name in rules}
    for each in of_rules:
        by_rule[str(each.judged.rule)].append(each)
    return {
        "standards": _agreement(of_rules),
        "cases": _agreement(of_cases),
        "rules": [{**_named(rules[name]), **_agreement(found)} for name, found in by_rule.items() if found],
        "differences": [
            {"case_id": each.judged.case["case_id"], **_difference(each, rules)}
            for each in (*of_rules, *of_cases)
            if each.is_compared and each.judged.verdict != each.audited
        ],
    }


def _pair(judged: Judged) -> Pair:
    if judged.rule is None:
        called = _OF_CASE[judged.case["adequate"]]
        outcome = {MET: "adequate", NOT_MET: "inadequate"}.get(called, called)
        return Pair(judged, outcome, called)
    outcome = _finding(judged)["outcome"]
    return Pair(judged, outcome, _OF_AUDIT.get(outcome, outcome))


def _finding(judged: Judged) -> Mapping[str, Any]:
    """The finding of the rule in the case; one that is not there does not apply."""
    nothing = {"outcome": "not_applicable", "message": ""}
    return next((each for each in judged.case["findings"] if each["rule"] == judged.rule), nothing)


def _named(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: rule[key] for key in ("rule", "title", "area", "severity")}


def _agreement(pairs: Sequence[Pair]) -> dict[str, Any]:
    """The verdicts of the auditor in number, how far the two agree, and what was left out since one could not tell."""
    compared = [(each.judged.verdict, each.audited) for each in pairs if each.is_compared]
    found = agreement(compared)
    cells = Counter(compared)
    left_out = Counter((each.judged.verdict, each.outcome) for each in pairs if not each.is_compared)
    return {
        "verdicts": len(pairs),
        "agreement": ratio(found.agreed, found.judged),
        "kappa": _rounded(found.kappa),
        "kappa_low": _rounded(found.low),
        "kappa_high": _rounded(found.high),
        "both_met": cells[MET, MET],
        "both_not_met": cells[NOT_MET, NOT_MET],
        "only_auditor_met": cells[MET, NOT_MET],
        "only_audit_met": cells[NOT_MET, MET],
        "left_out": [
            {"auditor": verdict, "audit": outcome, "number": number}
            for (verdict, outcome), number in sorted(left_out.items())
        ],
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _ROUNDED) + 0.0


def _difference(pair: Pair, rules: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    judged = pair.judged
    verdicts = {"auditor": judged.verdict, "audit": pair.outcome}
    if judged.rule is not None:
        return {**_named(rules[judged.rule]), **verdicts, "message": _finding(judged)["message"], "failed": []}
    names = [each["rule"] for each in judged.case["findings"] if each["outcome"] == "fail"]
    failed = [{"rule": name, "title": rules[name]["title"]} for name in names if name in rules]
    whole = {"rule": None, "title": None, "area": None, "severity": None}
    return {**whole, **verdicts, "message": "", "failed": failed}
