"""Chance that falls alike on every machine.

Everything is drawn as whole numbers from the bits of `random.Random`, whose sequence Python keeps from version to
version; nothing rests on floats, on the order of sets, or on how a newer Python may choose or shuffle.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws that depend on `name` alone."""

    def __init__(self, name: str) -> None:
        self._bits = Random(name).getrandbits

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1, each as likely; 0 where `limit` is less than 1."""
        return (self._bits(32) * limit) >> 32 if limit > 0 else 0

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included; `least` where `most` is less."""
        return least + self.below(most - least + 1)

    def percent(self, likelihood: int) -> bool:
        """True in `likelihood` of 100 draws."""
        return self.below(100) < likelihood

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, each as likely; a choice that stands there twice is twice as likely."""
        return choices[self.below(len(choices))]


def weighted(weights: Mapping[T, int]) -> tuple[T, ...]:
    """Choices for `Chance.pick`, each as often as its weight says."""
    return tuple(choice for choice, weight in weights.items() for _ in range(weight))
