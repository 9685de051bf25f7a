"""An auditor's verdicts held against an audit's."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from casecheck.adequacy.moderation import Judged, moderation

RULES = ["specific", "analytical"]
HEAD = {
    "summary": {
        "rules": [
            {"rule": name, "title": f"Is {name}", "area": "care", "severity": "major", "cases": {}} for name in RULES
        ]
    }
}
OUTCOMES = ["pass", "fail", "unknown", "not_due", "not_applicable"]
VERDICTS = ["met", "not met", "not applicable", "cannot tell"]
IN_WORDS = {"pass": "met", "fail": "not met"}


def case(name="A", adequate=True, **outcomes):
    findings = [{"rule": rule, "outcome": each, "message": f"{rule} {each}"} for rule, each in outcomes.items()]
    return {"case_id": name, "adequate": adequate, "findings": findings}


judgements = st.lists(
    st.builds(
        lambda rule, verdict, outcome: Judged(case(**{rule: outcome}), rule, verdict),
        st.sampled_from(RULES),
        st.sampled_from(VERDICTS),
        st.sampled_from(OUTCOMES),
    ),
    max_size=60,
)


def pairs(judged):
    both = [(each.verdict, IN_WORDS.get(each.case["findings"][0]["outcome"])) for each in judged]
    return [pair for pair in both if pair[0] in ("met", "not met") and pair[1]]


@given(judgements)
def test_every_verdict_is_compared_or_left_out_and_every_difference_is_told(judged):
    document = moderation(HEAD, judged)
    found = document["standards"]
    compared = pairs(judged)
    assert found["verdicts"] == len(judged)
    assert found["agreement"]["denominator"] == len(compared)
    assert found["agreement"]["numerator"] == found["both_met"] + found["both_not_met"]
    assert found["agreement"]["denominator"] + sum(each["number"] for each in found["left_out"]) == len(judged)
    assert len(document["differences"]) == found["only_auditor_met"] + found["only_audit_met"]
    assert len(document["differences"]) == sum(one != other for one, other in compared)
    assert sum(rule["verdicts"] for rule in document["rules"]) == len(judged)
    json.dumps(document)


@given(judgements)
def test_agreement_and_kappa_are_those_of_statsmodels(judged):
    found = moderation(HEAD, judged)["standards"]
    compared = pairs(judged)
    table = np.array([[compared.count((a, b)) for b in ("met", "not met")] for a in ("met", "not met")])
    if compared:
        low, high = proportion_confint(int(table.trace()), len(compared), method="wilson")
        assert found["agreement"]["low"] == pytest.approx(low, abs=2e-6)
        assert found["agreement"]["high"] == pytest.approx(high, abs=2e-6)
    if found["kappa"] is None:
        assert not compared or table.max() == len(compared)
        return
    with np.errstate(all="ignore"):  # of a test of no difference, which is no part of ours
        expected = cohens_kappa(table)
    assert found["kappa"] == pytest.approx(expected.kappa, abs=1e-6)
    if np.isnan(expected.kappa_low):  # no variance, and less than none by the rounding of machines
        assert found["kappa_low"] == found["kappa"] == found["kappa_high"]
        return
    assert found["kappa_low"] == pytest.approx(max(-1, expected.kappa_low), abs=2e-6)
    assert found["kappa_high"] == pytest.approx(min(1, expected.kappa_upp), abs=2e-6)


def test_the_standards_are_told_one_by_one_where_there_is_a_verdict_on_them():
    judged = [
        Judged(case("A", specific="pass"), "specific", "met"),
        Judged(case("B", specific="fail"), "specific", "not met"),
    ]
    (rule,) = moderation(HEAD, judged)["rules"]
    assert (rule["rule"], rule["title"], rule["severity"]) == ("specific", "Is specific", "major")
    assert (rule["agreement"]["numerator"], rule["kappa"]) == (2, 1.0)


def test_differences_are_told_with_what_the_audit_said():
    judged = [
        Judged(case("B", specific="pass"), "specific", "not met"),
        Judged(case("A", analytical="fail"), "analytical", "met"),
        Judged(case("A", analytical="fail"), "analytical", "cannot tell"),
    ]
    differences = moderation(HEAD, judged)["differences"]
    assert [
        (each["case_id"], each["rule"], each["auditor"], each["audit"], each["message"]) for each in differences
    ] == [
        ("B", "specific", "not met", "pass", "specific pass"),
        ("A", "analytical", "met", "fail", "analytical fail"),
    ]


def test_whole_cases_are_held_apart_from_standards():
    judged = [
        Judged(case("A", True), None, "met"),
        Judged(case("B", False, specific="fail", analytical="pass"), None, "met"),
        Judged(case("C", None), None, "met"),
        Judged(case("D", False), None, "cannot tell"),
    ]
    document = moderation(HEAD, judged)
    assert document["standards"]["verdicts"] == 0
    found = document["cases"]
    assert (found["verdicts"], found["agreement"]["numerator"], found["agreement"]["denominator"]) == (4, 1, 2)
    assert found["left_out"] == [
        {"auditor": "cannot tell", "audit": "inadequate", "number": 1},
        {"auditor": "met", "audit": "undetermined", "number": 1},
    ]
    (difference,) = document["differences"]
    assert (difference["case_id"], difference["rule"], difference["audit"]) == ("B", None, "inadequate")
    assert difference["failed"] == [{"rule": "specific", "title": "Is specific"}]


def test_a_standard_that_the_case_has_no_finding_of_does_not_apply_to_it():
    found = moderation(HEAD, [Judged(case("A"), "specific", "met")])["standards"]
    assert found["left_out"] == [{"auditor": "met", "audit": "not_applicable", "number": 1}]
