"""The engine's answer in the oracle's words, and the two side by side."""

from datetime import date
from typing import Any

from casecheck.auditing import audit_case, auditor
from casecheck.records.derived import case_as_at
from casecheck.rules.model import Pack, Rule
from tests.oracle.audit import findings
from tests.oracle.outcome import Duty
from tests.strategies import pack


def engine_findings(case: dict[str, Any], of: Pack, since: date, as_at: date) -> dict[str, Any]:
    """What the engine finds of one case, rule by rule."""
    entry = audit_case(auditor(of, as_at.toordinal(), since.toordinal()), case_as_at(case, as_at.toordinal()))
    return {finding["rule"]: finding for finding in entry["findings"]}


def day(text: str | None) -> int | None:
    return None if text is None else date.fromisoformat(text).toordinal()


def as_duty(told: dict[str, Any]) -> Duty:
    return Duty(
        told["pointer"],
        day(told["starts"]),
        day(told["due"]),
        day(told["done"]),
        told["outcome"],
        told["days_late"],
        told["counted"],
    )


def both(case: dict[str, Any], rule: Rule, since: date, as_at: date, *others: Rule) -> tuple[Any, Any]:
    """The engine's and the oracle's answer: finding and obligations, in one order. `others` share the rule's id.

    The due day of what was done in time is left out where it falls after the period's end: what the limit would have
    been then is said nowhere.
    """
    told = engine_findings(case, pack(rule, *others), since, as_at)[rule.id]
    outcome, duties = findings(case, pack(rule, *others), as_at.toordinal(), since.toordinal())[rule.id]
    ends = {duty.pointer: duty.ends for duty in duties if duty.ends is not None}

    def in_order(found: list[Duty]) -> list[Duty]:
        return sorted((without_late_due(duty, ends.get(duty.pointer)) for duty in found), key=repr)

    return (told["outcome"], in_order([as_duty(each) for each in told["obligations"]])), (outcome, in_order(duties))


def without_late_due(duty: Duty, ends: int | None) -> Duty:
    after = duty.outcome == "met" and ends is not None and duty.due is not None and duty.due > ends
    return duty._replace(ends=None, due=None if after else duty.due)


def readable(duties: list[Duty]) -> list[str]:
    """Obligations as people read them, for a failing test."""
    return [
        f"{duty.pointer} {iso(duty.starts)} {iso(duty.due)} {iso(duty.done)} {duty.outcome} {duty.days_late} "
        + ("counted" if duty.counted else "not counted")
        for duty in duties
    ]


def iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()
