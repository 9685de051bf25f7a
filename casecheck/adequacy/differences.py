"""Whether two shares differ by more than chance.

Of two groups of cases, by Newcombe's interval for the difference of two shares, which is made of their Wilson intervals
(R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17
(1998), method 10). Of the same cases at two times, by McNemar's exact test (Q. McNemar, Note on the sampling error of
the difference between correlated proportions or percentages, Psychometrika 12 (1947)).

Where many differences are shown together some would seem real by chance alone, so each is held to a stricter bound
(Bonferroni's): all the statements of one table together are wrong by chance at most once in twenty tables.
"""

from math import comb, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

from casecheck.adequacy.ratios import wilson_interval

ERROR: Final = 0.05
"""How often chance alone may be taken for a difference, over all the comparisons of a table."""

_LARGEST_EXACT: Final = 1000
"""Changes beyond which McNemar's test is taken from the normal distribution: there the two agree to three digits."""


class Share(NamedTuple):
    """So many of so many."""

    numerator: int
    denominator: int


def difference(before: Share, after: Share, confidence: float = 1 - ERROR) -> tuple[float, float]:
    """The interval of the change from one share to the other, each of another group, as (low, high) within -1 and 1.

    Raises ValueError where a share is of nothing.
    """
    if not before.denominator or not after.denominator:
        raise ValueError("a share of nothing cannot be compared")
    was, now = before.numerator / before.denominator, after.numerator / after.denominator
    was_low, was_high = wilson_interval(*before, confidence)
    now_low, now_high = wilson_interval(*after, confidence)
    change = now - was
    low = change - sqrt((now - now_low) ** 2 + (was_high - was) ** 2)
    high = change + sqrt((now_high - now) ** 2 + (was - was_low) ** 2)
    return low, high


def more_than_chance(before: Share, after: Share, comparisons: int = 1) -> bool:
    """Whether the shares of two groups differ by more than chance, one of so many comparisons shown together.

    A share of nothing differs from none.
    """
    if not before.denominator or not after.denominator:
        return False
    low, high = difference(before, after, 1 - ERROR / comparisons)
    return low > 0 or high < 0


def change_by_chance(lost: int, gained: int) -> float:
    """How likely chance alone changes as many of the same cases one way rather than the other (McNemar; two-sided).

    `lost` are the cases that met the standard before and not after, `gained` the others that changed.
    """
    changed = lost + gained
    if not changed:
        return 1.0
    if changed > _LARGEST_EXACT:
        deviations = (abs(lost - gained) - 1) / sqrt(changed)
        return min(1.0, 2 * NormalDist().cdf(-deviations))
    tail = sum(comb(changed, each) for each in range(min(lost, gained) + 1))
    return min(1.0, tail / (1 << (changed - 1)))


def changed_by_more_than_chance(lost: int, gained: int, comparisons: int = 1) -> bool:
    """Whether the same cases changed by more than chance, one of so many comparisons shown together."""
    return change_by_chance(lost, gained) <= ERROR / comparisons
