"""A random sample of case records, in one pass over their sources and the same wherever a record stands in them.

Every case has a rank: the keyed hash (BLAKE2b) of its id under the seed. The cases of the lowest ranks are drawn. For a
seed that nobody chose with the outcome in view, the ranks are to the cases as numbers drawn from a hat: each order of
the cases is as likely as any other, and so each set of so many cases is as likely to be the one with the lowest ranks.
That is what a simple random sample is. Neither what a record says nor where it stands has a part in it, and the sample
of a seed holds the smaller samples of that seed, so that one that proves too small can be made larger.

Stratified, the same is done within each stratum. As many are drawn there as is its share of all (`shares`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from heapq import heappush, heappushpop
from typing import Any, Final, NamedTuple, Protocol

from casecheck.errors import UsageProblem
from casecheck.groups import Group
from casecheck.records.case import Note, release
from casecheck.records.derived import case_as_at
from casecheck.records.one_case import Invalid
from casecheck.records.seen import Seen
from casecheck.records.sources import SourceRecord, Unreadable
from casecheck.records.validation import errors, is_valid, parse
from casecheck.sampling.shares import shares

MOST_STRATA: Final = 500
"""Strata that a sample may be drawn from: as many cases are kept in memory of each as may be drawn."""

TOLD_EVERY: Final = 250

Values = tuple[str, ...]
"""What names a stratum: the value of each field that the sample is stratified by."""


class Stratum(NamedTuple):
    """One stratum: its values, how many cases it has, and how many of them are drawn."""

    values: Values
    cases: int
    drawn: int


class Sample(NamedTuple):
    """What was drawn: `records` are the ids and the records as they were read, by id.

    `read` counts the records of the sources, `cases` those that could be drawn; `purged` ones are in neither.
    """

    records: tuple[tuple[str, bytes], ...]
    strata: tuple[Stratum, ...]
    read: int
    cases: int
    purged: int
    invalid: tuple[Invalid, ...]


class _Valid(NamedTuple):
    identity: str
    data: bytes
    record: Mapping[str, Any]


Progress = Callable[[int], object]


class Records(Protocol):
    """What a sample is drawn from: a source of case records."""

    name: str

    def records(self) -> Iterator[SourceRecord | Unreadable]: ...


def draw(
    sources: Sequence[Records],
    size: int,
    seed: int,
    by: Sequence[Group] = (),
    as_at: int = 0,
    progress: Progress | None = None,
) -> Sample:
    """Draw `size` cases at random, or all if there are no more; stratified by some fields as on the day `as_at`.

    What is invalid, to be purged, or a second record with an id, is not drawn. `progress` is called with the number of
    records read since the last call. Raises UsageProblem where the fields have too many values to be strata.
    """
    heaps: dict[Values, list[tuple[int, str, bytes]]] = {}
    cases: dict[Values, int] = {}
    met = _Met()
    seen = Seen()
    for found in _valid(sources, met, progress):
        if not seen.add(found.identity.encode()):
            met.second(found.identity)
            continue
        try:
            values = _values(found.record, by, as_at)
        except Exception as fault:  # a fault of ours in one record must not keep the others from being drawn
            met.wrong(found.identity, Note("", f"could not be read: a fault in casecheck ({type(fault).__name__})"))
            continue
        cases[values] = cases.get(values, 0) + 1
        heap = heaps.setdefault(values, [])
        if len(heaps) > MOST_STRATA:
            raise UsageProblem(_too_many(by))
        ranked = (-rank(seed, found.identity), found.identity, found.data)
        if len(heap) < size:
            heappush(heap, ranked)
        else:
            heappushpop(heap, ranked)
    drawn = shares(size, cases, lambda values: rank(seed, "\n".join(values)))
    chosen = [each for values, heap in heaps.items() for each in sorted(heap, reverse=True)[: drawn[values]]]
    return Sample(
        records=tuple(sorted((identity, data) for _, identity, data in chosen)),
        strata=tuple(Stratum(values, cases[values], drawn[values]) for values in sorted(cases)),
        read=met.read,
        cases=sum(cases.values()),
        purged=met.purged,
        invalid=tuple(met.invalid),
    )


def rank(seed: int, identity: str) -> int:
    """The place of a case among all that a seed may draw from: the lowest are drawn."""
    digest = blake2b(identity.encode(), digest_size=16, key=str(seed).encode(), person=b"casecheck sample").digest()
    return int.from_bytes(digest)


class _Met:
    """What was met on the way: counts of records, and those that cannot be drawn."""

    def __init__(self) -> None:
        self.read = self.purged = 0
        self.invalid: list[Invalid] = []
        self._place = ("", 0)

    def record(self, source: str, number: int) -> None:
        self._place = (source, number)
        self.read += 1

    def purge(self) -> None:
        self.read -= 1
        self.purged += 1

    def wrong(self, record: str | int | None, note: Note) -> None:
        source, number = self._place
        self.invalid.append(Invalid(source, record or number, note.pointer, note.message))

    def second(self, identity: str) -> None:
        self.wrong(identity, Note("/la_child_id", f"another record before this one has the same id ({identity})"))


def _valid(sources: Sequence[Records], met: _Met, progress: Progress | None) -> Iterator[_Valid]:
    told = 0
    for source in sources:
        for found in source.records():
            met.record(source.name, found.number)
            if progress is not None and met.read - told >= TOLD_EVERY:
                progress(met.read - told)
                told = met.read
            if isinstance(found, Unreadable):
                met.wrong(None, Note(found.pointer, found.message))
                continue
            record = parse(found.data)
            if isinstance(record, Note):
                met.wrong(None, record)
            elif record.get("purge") is True:
                met.purge()
            elif not is_valid(record):
                met.wrong(_identity(record), errors(record)[0])
            else:
                yield _Valid(record["la_child_id"], found.data, record)


def _identity(record: Mapping[str, Any]) -> str | None:
    """The id of an invalid record, if it has one that may be told."""
    identity = record.get("la_child_id")
    return identity if isinstance(identity, str) and is_valid({"la_child_id": identity}) else None


def _values(record: Mapping[str, Any], by: Sequence[Group], as_at: int) -> Values:
    if not by:
        return ()
    reads = frozenset(group.path[:length] for group in by for length in range(1, len(group.path) + 1))
    case = case_as_at(record, as_at, reads)
    values = tuple(group.value_of(case) for group in by)
    release(case)
    return values


def _too_many(by: Sequence[Group]) -> str:
    names = " and ".join(f"--by {group.name}" for group in by)
    return f"{names}: has more than {MOST_STRATA} values; draw a sample by a field that has few, such as team"
