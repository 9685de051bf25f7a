"""The examples of the shipped packs catch a rule that is a little off: a timescale, a number, a condition left out.

A rule that could be changed without any example breaking would say something that nobody has checked.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import casecheck
from casecheck.calendar import parse_duration
from casecheck.rules.examples import run_examples
from casecheck.rules.model import Pack, Rule

PACKS = {name: casecheck.load_pack(name) for name in ("southampton-2012", "working-together-2023")}
RULES = [(name, rule) for name, pack in PACKS.items() for rule in pack.rules]
Path = tuple[Any, ...]

SAYS_THE_SAME_WITHOUT = {
    # `while` says it again, of each day.
    ("looked-after-visits-parent-care-order", ("where", "legal_status")),
}
"""What can be left out of a rule without changing an outcome: it says whom the rule is for."""


def broken(pack: Pack, rule: Rule) -> int:
    """How many of the rule's examples do not hold once it stands in the place of its pack's rules."""
    return sum(not result.holds for result in run_examples(pack._replace(rules=(rule,)), casecheck.audit))


# --- what a rule says, as one mapping -------------------------------------------------------------------------


def said(rule: Rule) -> dict[str, Any]:
    """What says whom, when and how the rule binds."""
    return {"where": rule.where, "while": rule.while_, rule.kind: rule.check}


def saying(rule: Rule, says: Mapping[str, Any]) -> Rule:
    return rule._replace(where=says["where"], while_=says["while"], check=says[rule.kind])


def nodes(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything within what a rule says, with the way to it."""
    yield path, node
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from nodes(value, (*path, key))
    elif isinstance(node, list | tuple):
        for place, value in enumerate(node):
            yield from nodes(value, (*path, place))


def with_value(node: Any, path: Path, value: Any) -> Any:
    """What a rule says, with another value at the end of the way; None leaves the node out."""
    first, *rest = path
    if isinstance(node, Mapping):
        changed = {
            key: with_value(held, tuple(rest), value) if key == first and rest else held for key, held in node.items()
        }
        if not rest:
            changed |= {first: value}
        return {key: held for key, held in changed.items() if rest or key != first or value is not None}
    changed_list = [
        with_value(held, tuple(rest), value) if place == first and rest else held for place, held in enumerate(node)
    ]
    if not rest:
        changed_list[first : first + 1] = [] if value is None else [value]
    return changed_list


def mutant(name: str, rule: Rule, path: Path, value: Any) -> Any:
    label = f"{rule.id}: {'.'.join(map(str, path))} {'left out' if value is None else value}"
    return pytest.param(name, saying(rule, with_value(said(rule), path, value)), id=label)


# --- timescales and numbers -----------------------------------------------------------------------------------


def a_unit_off(duration: str) -> list[str]:
    """The duration a day less and more; where it is in months or years, a month."""
    count, unit = parse_duration(duration)
    if unit == "weeks":
        count, unit = 7 * count, "days"
    if unit == "years":
        count, unit = 12 * count, "months"
    return [f"{count + by} {unit}" for by in (-1, 1)]


def off_by_one(value: Any) -> list[Any]:
    """The duration or number a little less and more; nothing for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return [value + by for by in (-1, 1) if value + by >= 0]
    if isinstance(value, str):
        try:
            return a_unit_off(value)
        except ValueError:
            return []
    return []


def measures() -> Iterator[Any]:
    for name, rule in RULES:
        for path, value in nodes(said(rule)):
            for other in off_by_one(value):
                yield mutant(name, rule, path, other)
        for key, at in (("from", 0), ("to", 1)):
            day = rule.in_force[at]
            for by in (-1, 1) if day is not None else ():
                in_force = list(rule.in_force)
                in_force[at] = (day or 0) + by
                changed = rule._replace(in_force=(in_force[0], in_force[1]))
                yield pytest.param(name, changed, id=f"{rule.id}: in_force {key} {by:+}")


@pytest.mark.parametrize(("name", "mutant"), list(measures()))
def test_a_timescale_or_number_that_is_a_unit_off_breaks_an_example(name: str, mutant: Rule):
    assert broken(PACKS[name], mutant)


# --- conditions -----------------------------------------------------------------------------------------------

NOT_A_CONDITION = {
    "within",
    "every",
    "from",
    "due",
    "done",
    "events",
    "records",
    "first",
    "limits",
    "at_most",
    "at_least",
    "in",
    "for",
}


def conditions_left_out() -> Iterator[Any]:
    """Every rule without one entry of its conditions, one alternative of them, or one key of its check."""
    for name, rule in RULES:
        for path, _ in nodes(said(rule)):
            if len(path) < 2 or (rule.id, path) in SAYS_THE_SAME_WITHOUT:
                continue
            *around, last = path
            within: Any = said(rule)
            for step in around:
                within = within[step]
            if isinstance(within, Mapping):
                left_out = last not in NOT_A_CONDITION and not _is_the_last(around, within)
            else:
                left_out = len(within) > 1
            if left_out:
                yield mutant(name, rule, path, None)
        if rule.in_force != (None, None):
            yield pytest.param(name, rule._replace(in_force=(None, None)), id=f"{rule.id}: in_force left out")


def _is_the_last(around: list[Any], within: Mapping[str, Any]) -> bool:
    """Whether what would be left is no rule: nothing to be recorded, or an operator's mapping without its operator."""
    return len(within) == 1 and (around == ["recorded"] or len(around) > 1)


@pytest.mark.parametrize(("name", "mutant"), list(conditions_left_out()))
def test_a_condition_left_out_breaks_an_example(name: str, mutant: Rule):
    assert broken(PACKS[name], mutant)


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("months", [11, 13])
def test_a_review_period_that_is_a_month_off_breaks_an_example(name: str, months: int):
    pack = PACKS[name]._replace(review_period_months=months)
    assert any(not result.holds for result in run_examples(pack, casecheck.audit))
