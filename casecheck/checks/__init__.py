"""The five kinds of check: each compiles a rule into a function from a case to obligations, one file a kind."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casecheck.checks import deadline, held, limit, recorded, recurring
from casecheck.checks.application import Check
from casecheck.checks.obligation import Obligation
from casecheck.checks.outcomes import Span
from casecheck.records.case import Case
from casecheck.rules.model import Pack, Rule

_KINDS: Final[Mapping[str, Callable[[Rule, Mapping[str, Any]], Check]]] = {
    "deadline": deadline.compile,
    "held": held.compile,
    "limit": limit.compile,
    "recorded": recorded.compile,
}


class CompiledRule(NamedTuple):
    """A standard made ready: its rule (of several that share an id, the first) and its check."""

    rule: Rule
    check: Check


def compile_pack(pack: Pack) -> tuple[CompiledRule, ...]:
    """Every rule of the pack as a plain function, in the pack's order; rules that share an id are one."""
    by_id: dict[str, list[Rule]] = {}
    for rule in pack.rules:
        by_id.setdefault(rule.id, []).append(rule)
    return tuple(CompiledRule(rules[0], _compile(rules, pack.terms)) for rules in by_id.values())


def _compile(rules: Sequence[Rule], terms: Mapping[str, Any]) -> Check:
    if rules[0].kind == "recurring":
        return recurring.compile(rules, terms)
    checks = [_KINDS[rule.kind](rule, terms) for rule in rules]
    if len(checks) == 1:
        return checks[0]

    def check(case: Case, span: Span) -> list[Obligation]:
        return [obligation for each in checks for obligation in each(case, span)]

    return check


__all__ = ["CompiledRule", "Span", "compile_pack"]
