"""Shares and their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from casecheck.adequacy.ratios import ratio, wilson_interval


def test_nothing_has_no_share():
    assert ratio(0, 0) == {"numerator": 0, "denominator": 0, "ratio": None, "low": None, "high": None}


def test_none_of_ten_begins_at_zero_and_admits_of_more():
    assert ratio(0, 10) == {"numerator": 0, "denominator": 10, "ratio": 0.0, "low": 0.0, "high": 0.277533}


def test_ten_of_ten_ends_at_one_and_admits_of_less():
    assert ratio(10, 10) == {"numerator": 10, "denominator": 10, "ratio": 1.0, "low": 0.722467, "high": 1.0}


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_published(numerator, denominator, low, high):
    assert wilson_interval(numerator, denominator) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_interval_holds_the_share_and_mirrors(pair):
    numerator, denominator = pair
    low, high = wilson_interval(numerator, denominator)
    assert 0 <= low <= numerator / denominator <= high <= 1
    mirrored = wilson_interval(denominator - numerator, denominator)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 3), (4, 3), (0, -1)])
def test_what_is_no_share_is_refused(numerator, denominator):
    with pytest.raises(ValueError, match="is no share"):
        ratio(numerator, denominator)


def test_every_interval_up_to_200_cases_is_that_of_statsmodels():
    for whole in range(1, 201):
        for numerator in range(whole + 1):
            expected = proportion_confint(numerator, whole, method="wilson")
            assert wilson_interval(numerator, whole) == pytest.approx(expected, abs=1e-9)
