"""The shipped packs hold the standards that they should; their examples hold, and show every rule both ways."""

from collections import Counter

import pytest

import casecheck
from casecheck.rules.examples import read_examples, run_examples
from casecheck.rules.packs import shipped_packs
from tests.packs.standards import SOUTHAMPTON_2012, WORKING_TOGETHER_2023

STANDARDS = {"southampton-2012": SOUTHAMPTON_2012, "working-together-2023": WORKING_TOGETHER_2023}
PACKS = {name: casecheck.load_pack(name) for name in STANDARDS}


def test_the_packs_that_ship_are_these():
    assert set(shipped_packs()) == set(PACKS)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_holds_every_standard_of_its_source_and_no_other(name: str):
    assert Counter(rule.id for rule in PACKS[name].rules) == Counter(STANDARDS[name])


@pytest.mark.parametrize("name", PACKS)
def test_every_area_has_rules_that_can_fail_a_case_in_it(name: str):
    pack = PACKS[name]
    for area in pack.areas:
        severities = Counter(rule.severity for rule in pack.rules if rule.area == area.id)
        bounds = area.adequate.fail
        assert any(severities[severity] > most for severity, most in bounds.items()), area.id


@pytest.mark.parametrize("name", PACKS)
def test_every_example_holds(name: str):
    results = run_examples(PACKS[name], casecheck.audit)
    assert [
        (result.rule, result.why, result.problems, result.differences) for result in results if not result.holds
    ] == []


@pytest.mark.parametrize("name", PACKS)
def test_every_rule_passes_fails_and_is_unknown_in_some_example(name: str):
    shown: dict[str, set[str]] = {rule.id: set() for rule in PACKS[name].rules}
    for example in read_examples(PACKS[name]):
        shown[example.rule].add(example.says["expect"])
    assert {
        rule: {"pass", "fail", "unknown"} - found
        for rule, found in shown.items()
        if not found >= {"pass", "fail", "unknown"}
    } == {}
