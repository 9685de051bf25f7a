"""The figures in the reasons for which a gate does not hold."""

import pytest

from casecheck.adequacy.gate import Gate, Minimum, not_held
from casecheck.adequacy.ratios import ratio
from tests.reports.results import head, rule


def whole(adequate, inadequate, rules=()):
    return head(adequate=adequate, inadequate=inadequate, rules=list(rules))["summary"]


@pytest.mark.parametrize(
    ("adequate", "inadequate", "asked", "told"),
    [
        (2, 1, 66.8, "66.7% of 3 cases, and 66.8% is asked"),
        (2, 1, 80, "67% of 3 cases, and 80% is asked"),
        (84_999, 15_001, 85, "84.999% of 100,000 cases, and 85% is asked"),
        (0, 1, 0.5, "0% of 1 case, and 0.5% is asked"),
    ],
)
def test_a_share_is_told_with_as_many_digits_as_show_that_it_is_too_small(adequate, inadequate, asked, told):
    assert not_held(Gate(fail_under=Minimum(asked)), whole(adequate, inadequate)) == [f"adequate: {told}"]


@pytest.mark.parametrize("denominator", range(1, 60))
def test_a_share_reaches_what_it_is(denominator):
    for numerator in range(denominator + 1):
        minimum = Minimum((ratio(numerator, denominator)["ratio"] or 0) * 100 - 0.0001)
        assert not_held(Gate(fail_under=minimum), whole(numerator, denominator - numerator)) == []


@pytest.mark.parametrize("asked", [84, 83.8])
def test_all_of_twenty_may_be_as_few_as_84_percent(asked):
    found = not_held(Gate(fail_under=Minimum(asked, confident=True)), whole(20, 0))
    assert found == ([] if asked == 83.8 else ["adequate: 100% of 20 cases, but the lower end of its 95% interval is "
                                               "83.9%, and 84% is asked"])  # fmt: skip


def test_of_many_standards_that_failed_the_most_often_failed_are_named():
    rules = [rule(f"r{number}", severity="major", cases=(0, number, 0, 0, 0)) for number in range(9)]
    (told,) = not_held(Gate(fail_on=("major", "minor")), whole(1, 1, rules))
    assert told == (
        "major: 36 findings of that severity failed, and none is allowed: r8 in 8 cases, r7 in 7 cases, r6 in 6 cases, "
        "r5 in 5 cases, r4 in 4 cases and 3 more standards"
    )
    (told,) = not_held(Gate(fail_on=("major",)), whole(1, 1, rules[1:2]))
    assert told == "major: 1 finding of that severity failed, and none is allowed: r1 in 1 case"
