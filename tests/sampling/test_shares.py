"""How many cases of each stratum are drawn."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecheck.sampling.shares import shares

strata = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 500), min_size=1, max_size=12)
sizes = st.integers(1, 200)


def shared(size, cases):
    return shares(size, cases, lambda name: name)


@given(sizes, strata)
def test_the_shares_sum_to_the_size_or_to_all_there_is(size, cases):
    given_ = shared(size, cases)
    assert sum(given_.values()) == min(size, sum(cases.values()))
    assert given_.keys() == cases.keys()
    assert all(0 <= given_[name] <= cases[name] for name in cases)


@given(sizes, strata)
def test_none_goes_without_where_there_are_no_more_strata_than_cases_to_draw(size, cases):
    if size >= len(cases):
        assert min(shared(size, cases).values()) >= 1


@given(sizes, strata)
def test_each_differs_by_less_than_one_from_its_share_of_what_is_not_given_to_the_smallest(size, cases):
    given_ = shared(size, cases)
    seats = min(size, sum(cases.values()))
    if seats < len(cases):
        rest = dict(cases)
    else:
        # Those that are given one though their share is less: taken out until the shares of all others are one or more.
        rest = dict(cases)
        while small := [name for name in rest if Fraction(seats * rest[name], sum(rest.values())) < 1]:
            assert all(given_[name] == 1 for name in small)
            seats -= len(small)
            rest = {name: number for name, number in rest.items() if name not in small}
    for name, number in rest.items():
        assert abs(given_[name] - Fraction(seats * number, sum(rest.values()))) < 1


@given(sizes, strata)
def test_a_larger_stratum_has_no_fewer(size, cases):
    given_ = shared(size, cases)
    ordered = sorted(cases, key=lambda name: cases[name])
    assert all(given_[one] <= given_[other] for one, other in pairwise(ordered) if cases[one] < cases[other])


@given(sizes, strata)
def test_the_order_of_the_strata_makes_no_difference(size, cases):
    assert shared(size, dict(reversed(cases.items()))) == shared(size, cases)


@pytest.mark.parametrize(
    ("size", "cases", "expected"),
    [
        (10, {"a": 50, "b": 30, "c": 20}, {"a": 5, "b": 3, "c": 2}),
        (10, {"a": 47, "b": 16, "c": 15, "d": 12, "e": 6, "f": 4}, {"a": 4, "b": 2, "c": 1, "d": 1, "e": 1, "f": 1}),
        (4, {"a": 1000, "b": 1, "c": 1}, {"a": 2, "b": 1, "c": 1}),
        (2, {"a": 6, "b": 5, "c": 1}, {"a": 1, "b": 1, "c": 0}),
        (1, {"b": 5, "a": 5}, {"b": 0, "a": 1}),
        (9, {"a": 2, "b": 3}, {"a": 2, "b": 3}),
    ],
    ids=["exact", "remainders", "one each at least", "more groups than cases", "a tie", "all"],
)
def test_shares_worked_out_by_hand(size, cases, expected):
    assert shared(size, cases) == expected


def test_of_nothing_nothing_is_drawn():
    assert shared(5, {}) == {}
