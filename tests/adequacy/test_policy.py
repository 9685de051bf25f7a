"""When a case is adequate, and which grade a share indicates."""

import pytest

from casecheck.adequacy.policy import grade, is_adequate, reasons
from casecheck.rules.model import Policy

POLICY = Policy(fail={"critical": 0, "major": 2}, unknown={"critical": 3})
GRADES = {"outstanding": 0.95, "good": 0.8, "adequate": 0.6}


def test_as_many_failures_as_the_policy_bears_are_adequate():
    assert is_adequate(POLICY, passed=5, failed={"major": 2}, unknown={}) is True


def test_one_failure_more_is_inadequate():
    assert is_adequate(POLICY, passed=5, failed={"major": 3}, unknown={}) is False
    assert is_adequate(POLICY, passed=5, failed={"critical": 1}, unknown={}) is False


def test_a_severity_left_out_of_the_policy_has_no_bound():
    assert is_adequate(POLICY, passed=1, failed={"minor": 99}, unknown={"major": 99, "minor": 99}) is True


def test_a_case_in_which_nothing_passed_is_undetermined():
    assert is_adequate(POLICY, passed=0, failed={}, unknown={}) is None
    assert is_adequate(POLICY, passed=0, failed={"minor": 1}, unknown={}) is None


def test_too_much_unknown_leaves_a_case_undetermined():
    assert is_adequate(POLICY, passed=5, failed={}, unknown={"critical": 3}) is True
    assert is_adequate(POLICY, passed=5, failed={}, unknown={"critical": 4}) is None


def test_failure_weighs_before_what_is_unknown():
    assert is_adequate(POLICY, passed=0, failed={"critical": 1}, unknown={"critical": 4}) is False


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (1.0, "outstanding"),
        (0.95, "outstanding"),
        (0.949, "good"),
        (0.6, "adequate"),
        (0.599, "inadequate"),
        (0.0, "inadequate"),
    ],
)
def test_a_grade_is_reached_at_its_threshold(share, expected):
    assert grade(share, GRADES) == expected


def test_no_share_indicates_no_grade():
    assert grade(None, GRADES) is None


# --- why --------------------------------------------------------------------------------------------------------------


def test_an_adequate_case_needs_no_reason():
    assert reasons(POLICY, passed=5, failed={"major": 2, "minor": 9}, unknown={"critical": 3}) == []


def test_every_bound_that_is_exceeded_is_a_reason():
    found = reasons(POLICY, passed=5, failed={"critical": 1, "major": 3}, unknown={"critical": 9})
    assert found == ["1 critical standard failed, and none is allowed", "3 major standards failed, and 2 are allowed"]


def test_what_is_not_known_is_a_reason_only_where_nothing_worse_is():
    assert reasons(POLICY, passed=5, failed={}, unknown={"critical": 4}) == [
        "4 critical standards not known, and 3 are allowed"
    ]
    assert reasons(POLICY, passed=0, failed={}, unknown={}) == ["no standard passed"]


@pytest.mark.parametrize("passed", [0, 1])
@pytest.mark.parametrize("failed", [{}, {"critical": 1}, {"major": 2}, {"major": 3}, {"minor": 4}])
@pytest.mark.parametrize("unknown", [{}, {"critical": 3}, {"critical": 4}])
def test_a_case_has_reasons_unless_it_is_adequate(passed, failed, unknown):
    verdict = is_adequate(POLICY, passed, failed, unknown)
    assert bool(reasons(POLICY, passed, failed, unknown)) is (verdict is not True)
