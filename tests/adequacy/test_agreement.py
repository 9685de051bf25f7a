"""Cohen's kappa, held against statsmodels."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from casecheck.adequacy.agreement import Agreement, agreement

VERDICTS = ("met", "not met", "not applicable")
tables = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=3, max_size=3)


def pairs(table: list[list[int]]) -> list[tuple[str, str]]:
    return [
        (VERDICTS[row], VERDICTS[column])
        for row in range(len(table))
        for column in range(len(table))
        for _ in range(table[row][column])
    ]


@settings(max_examples=200)
@given(tables)
def test_kappa_and_its_interval_are_those_of_statsmodels(table: list[list[int]]):
    found = agreement(pairs(table))
    assume(found.kappa is not None)
    expected = cohens_kappa(np.array(table))
    assert found.kappa == pytest.approx(expected.kappa, abs=1e-9)
    assert found.low == pytest.approx(max(-1, expected.kappa_low), abs=1e-6)
    assert found.high == pytest.approx(min(1, expected.kappa_upp), abs=1e-6)


def test_the_example_of_fleiss_cohen_and_everitt():
    # Psychological Bulletin 72 (1969), table 1: 200 patients; kappa .429, standard error .0534.
    found = agreement(pairs([[53, 5, 2], [11, 14, 5], [1, 6, 3]]) + pairs([[53, 5, 2], [11, 14, 5], [1, 6, 3]]))
    assert found.kappa == pytest.approx(0.429, abs=5e-4)
    assert found.judged == 200
    assert found.agreed == 140


def test_who_always_agree_on_both_verdicts_have_a_kappa_of_one():
    assert agreement([("met", "met"), ("not met", "not met")]) == Agreement(2, 2, 0.5, 1.0, 1.0, 1.0)


def test_where_only_one_verdict_was_given_there_is_no_kappa():
    assert agreement([("met", "met")] * 20) == Agreement(20, 20, 1.0, None, None, None)


def test_where_nothing_was_judged_there_is_none():
    assert agreement([]) == Agreement(0, 0, None, None, None, None)


def test_who_always_differ_agree_less_than_by_chance():
    found = agreement([("met", "not met"), ("not met", "met")])
    assert found.kappa == -1.0
    assert found.agreed == 0
