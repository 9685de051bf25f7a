"""How many cases of each stratum a sample holds: as many as its share of all, by the method of largest remainders."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

Name = TypeVar("Name")


def shares(size: int, cases: Mapping[Name, int], tie: Callable[[Name], Any]) -> dict[Name, int]:
    """How many of each stratum are drawn, where `cases` says how many it has; `size` in all, or all there are.

    Each gets its exact share of `size`, rounded down or up. Where there are no more strata than `size`, none goes
    without: one whose share is under one gets one, and the others share the rest in the same way. Between equal
    remainders `tie`, a key to sort by, decides.
    """
    seats = min(size, sum(cases.values()))
    given = dict.fromkeys(cases, 0)
    left = dict(cases)
    while seats >= len(left) and (small := [name for name in left if seats * left[name] < sum(left.values())]):
        for name in small:
            given[name] = 1
            del left[name]
        seats -= len(small)
    return given | _by_largest_remainder(seats, left, tie)


def _by_largest_remainder(seats: int, cases: Mapping[Name, int], tie: Callable[[Name], Any]) -> dict[Name, int]:
    whole = sum(cases.values())
    exact = {name: Fraction(seats * number, whole) for name, number in cases.items()}
    given = {name: int(share) for name, share in exact.items()}
    first = sorted(cases, key=lambda name: (given[name] - exact[name], tie(name)))
    for name in first[: seats - sum(given.values())]:
        given[name] += 1
    return given
