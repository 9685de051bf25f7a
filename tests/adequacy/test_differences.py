"""Differences that are more than chance, held against statsmodels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep

from casecheck.adequacy.differences import (
    Share,
    change_by_chance,
    changed_by_more_than_chance,
    difference,
    more_than_chance,
)

shares = st.integers(1, 200).flatmap(lambda whole: st.builds(Share, st.integers(0, whole), st.just(whole)))


@settings(max_examples=300)
@given(shares, shares, st.sampled_from([0.9, 0.95, 0.999]))
def test_the_interval_of_a_difference_is_newcombes(before: Share, after: Share, confidence: float):
    expected = confint_proportions_2indep(*after, *before, method="newcomb", compare="diff", alpha=1 - confidence)
    assert difference(before, after, confidence) == pytest.approx(expected, abs=1e-9)


def test_the_intervals_are_those_that_newcombe_published():
    # Statistics in Medicine 17 (1998), table II, method 10: 56/70 - 48/80 and 9/10 - 3/10.
    assert difference(Share(48, 80), Share(56, 70)) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert difference(Share(3, 10), Share(9, 10)) == pytest.approx((0.1705, 0.8090), abs=5e-5)


def test_a_share_of_nothing_is_not_compared():
    with pytest.raises(ValueError, match="share of nothing"):
        difference(Share(0, 0), Share(1, 2))
    assert not more_than_chance(Share(0, 0), Share(5, 5))
    assert not more_than_chance(Share(5, 5), Share(0, 0))


def test_half_of_twenty_against_nearly_all_of_twenty_is_more_than_chance_and_against_two_thirds_is_not():
    assert more_than_chance(Share(10, 20), Share(19, 20))
    assert more_than_chance(Share(19, 20), Share(10, 20))
    assert not more_than_chance(Share(10, 20), Share(13, 20))


def test_among_many_comparisons_each_is_held_to_a_stricter_bound():
    assert more_than_chance(Share(10, 20), Share(17, 20))
    assert not more_than_chance(Share(10, 20), Share(17, 20), comparisons=100)


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_change_of_the_same_cases_is_tested_as_mcnemar_does(lost: int, gained: int):
    expected = mcnemar([[0, lost], [gained, 0]], exact=True).pvalue
    assert change_by_chance(lost, gained) == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 3000).flatmap(lambda lost: st.tuples(st.just(lost), st.integers(1001, 3000))))
def test_of_very_many_changes_the_normal_distribution_says_nearly_the_same(pair: tuple[int, int]):
    lost, gained = pair
    expected = mcnemar([[0, lost], [gained, 0]], exact=True).pvalue
    assert change_by_chance(lost, gained) == pytest.approx(expected, abs=5e-3)


def test_six_cases_that_all_changed_one_way_are_more_than_chance_and_five_are_not():
    assert changed_by_more_than_chance(0, 6)
    assert not changed_by_more_than_chance(0, 5)
    assert not changed_by_more_than_chance(0, 6, comparisons=2)
    assert not changed_by_more_than_chance(0, 0)
