"""Which ids have been seen already, in a few bytes an id, so that memory hardly grows with the number of records."""

from array import array
from bisect import bisect_left
from hashlib import blake2b
from heapq import merge
from typing import Final

RECENT: Final = 4096
"""How many ids are kept as a plain set before they are put into order."""


class Seen:
    """The ids met so far, each as 8 bytes of its BLAKE2 hash in sorted runs that are merged as they grow.

    Two ids with one hash would be taken for one: among a million ids, less than once in ten million audits.
    """

    def __init__(self) -> None:
        self._recent: set[int] = set()
        self._runs: list[array[int]] = []

    def add(self, identity: bytes) -> bool:
        """Note an id; whether it is new."""
        key = int.from_bytes(blake2b(identity, digest_size=8).digest())
        if key in self._recent or any(_holds(run, key) for run in self._runs):
            return False
        self._recent.add(key)
        if len(self._recent) >= RECENT:
            self._runs.append(array("Q", sorted(self._recent)))
            self._recent = set()
            while len(self._runs) > 1 and len(self._runs[-1]) >= len(self._runs[-2]):
                last, before = self._runs.pop(), self._runs.pop()
                self._runs.append(array("Q", merge(before, last)))
        return True


def _holds(run: "array[int]", key: int) -> bool:
    place = bisect_left(run, key)
    return place < len(run) and run[place] == key
