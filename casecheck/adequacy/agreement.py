"""How far two who judged the same things agree, beyond what chance would give: Cohen's kappa with its interval.

Sources: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960);
for its standard error J. L. Fleiss, J. Cohen and B. S. Everitt, Large sample standard errors of kappa and weighted
kappa, Psychological Bulletin 72 (1969).
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple


class Agreement(NamedTuple):
    """`judged` things, of which the two agree on `agreed`; `expected` is the share (0 to 1) on which chance would.

    `kappa` is 1 where they always agree, 0 where no more often than by chance, and less where less; `low` and `high`
    are its 95% interval. All three are None where nothing was judged, or both gave one verdict only: then chance
    explains everything, and there is nothing to tell.
    """

    judged: int
    agreed: int
    expected: float | None
    kappa: float | None
    low: float | None
    high: float | None


def agreement(verdicts: Iterable[tuple[Hashable, Hashable]]) -> Agreement:
    """How far two agree who each gave a verdict on the same things; `verdicts` are pairs, one a thing."""
    cells = Counter(verdicts)
    judged = sum(cells.values())
    agreed = sum(number for (first, second), number in cells.items() if first == second)
    if not judged:
        return Agreement(0, 0, None, None, None, None)
    firsts: Counter[Hashable] = Counter()
    seconds: Counter[Hashable] = Counter()
    for (first, second), number in cells.items():
        firsts[first] += number
        seconds[second] += number
    expected = sum(number * seconds[verdict] for verdict, number in firsts.items()) / judged**2
    if expected == 1:
        return Agreement(judged, agreed, 1.0, None, None, None)
    kappa = (agreed / judged - expected) / (1 - expected)
    reach = NormalDist().inv_cdf(0.975) * _standard_error(cells, firsts, seconds, judged, expected)
    return Agreement(judged, agreed, expected, kappa, max(-1.0, kappa - reach), min(1.0, kappa + reach))


def _standard_error(
    cells: Counter[tuple[Hashable, Hashable]],
    firsts: Counter[Hashable],
    seconds: Counter[Hashable],
    judged: int,
    expected: float,
) -> float:
    """Fleiss, Cohen and Everitt's, equation 13."""
    observed = sum(number for (first, second), number in cells.items() if first == second) / judged
    same = other = 0.0
    for (first, second), number in cells.items():
        share = number / judged
        if first == second:
            same += share * (1 - expected - (seconds[first] + firsts[first]) / judged * (1 - observed)) ** 2
        else:
            other += share * ((seconds[first] + firsts[second]) / judged) ** 2
    other *= (1 - observed) ** 2
    third = (observed * expected - 2 * expected + observed) ** 2
    variance = (same + other - third) / (judged * (1 - expected) ** 4)
    return sqrt(max(0.0, variance))
