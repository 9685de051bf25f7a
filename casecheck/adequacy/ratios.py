"""How much of what was audited is adequate, and how sure that is: a share with its 95% Wilson score interval.

Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
Statistical Association 22 (1927). It keeps within 0 and 1 and holds for small samples, where the usual one does not.
"""

from functools import cache
from math import sqrt
from statistics import NormalDist
from typing import Final, TypedDict

_DIGITS: Final = 6
"""Decimal places of a ratio in a result: more would only say how a machine rounds."""


class Ratio(TypedDict):
    """A share as it stands in a result: `ratio`, `low` and `high` lie from 0 to 1, and are None of nothing."""

    numerator: int
    denominator: int
    ratio: float | None
    low: float | None
    high: float | None


def ratio(numerator: int, denominator: int) -> Ratio:
    """`numerator` of `denominator` with its 95% interval; raises ValueError unless 0 <= numerator <= denominator."""
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is no share")
    if denominator == 0:
        return Ratio(numerator=0, denominator=0, ratio=None, low=None, high=None)
    low, high = wilson_interval(numerator, denominator)
    return Ratio(
        numerator=numerator,
        denominator=denominator,
        ratio=round(numerator / denominator, _DIGITS),
        low=round(low, _DIGITS),
        high=round(high, _DIGITS),
    )


def wilson_interval(numerator: int, denominator: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a share of at least one, as (low, high), each from 0 to 1."""
    z = _deviations(confidence)
    share = numerator / denominator
    scale = 1 + z * z / denominator
    middle = (share + z * z / (2 * denominator)) / scale
    reach = z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator * denominator)) / scale
    low = 0.0 if numerator == 0 else max(0.0, middle - reach)
    high = 1.0 if numerator == denominator else min(1.0, middle + reach)
    return low, high


@cache
def _deviations(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)
