"""Sources joined: their records one a child, and what is to be told of how they were put together."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

import orjson

from casecheck.calendar import OPEN, iso
from casecheck.records.coverage import read_coverage, section_name
from casecheck.records.joining.complete import Complete
from casecheck.records.joining.merging import Merged, merged
from casecheck.records.joining.spool import Spool
from casecheck.records.sources import Source, Unreadable
from casecheck.records.validation import errors, is_valid, parse

MOST_PLACES: Final = 20
"""How many single places are named of what sources give differently, and of what could not be read."""

Record = dict[str, Any]


class SourceTold:
    """What came of one source: how many records it has, how many of them are not valid and of how many children that
    no other source names; what its reader noted.
    """

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self.format = source.format
        self.records = 0
        self.purged = 0
        self.alone = 0
        self.notes = 0
        self.said: tuple[str, ...] = ()
        self.to: set[str] = set()


class Invalid(NamedTuple):
    """A record that is left out, and why."""

    source: str
    record: str | int
    pointer: str
    message: str


class Told:
    """What is to be told of joined sources, once all records have been taken."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = [SourceTold(source) for source in sources]
        self.invalid: list[Invalid] = []
        self.children = 0
        self.joined = 0
        self.unlike_by_zeros = 0
        self.fields: Counter[tuple[str, int, int]] = Counter()
        self.places: list[tuple[str, str]] = []
        self.left: Counter[tuple[int, str]] = Counter()
        self.apart: Counter[int] = Counter()

    def add(self, child: str, found: Merged, places: Sequence[int]) -> None:
        """Count what came of one child, of whom the sources at those places tell."""
        self.children += 1
        self.joined += len(places) > 1
        if len(places) == 1:
            self.sources[places[0]].alone += 1
        for each in found.differences:
            self.fields[each.field, each.taken, each.other] += 1
            if len(self.places) < MOST_PLACES:
                self.places.append((child, each.pointer))
        for (source, path), number in found.left.items():
            self.left[source, section_name(path)] += number
        self.apart.update(found.apart)


def joined_records(
    sources: Sequence[Source],
    told: Told,
    progress: Callable[[int], object],
    look: Callable[[int, Record], object] | None = None,
    complete: Iterable[int] = (),
) -> Iterator[bytes]:
    """The sources' records as JSON, one a child, by id. `look` is shown every valid record, with its source's place;
    `complete` are the places of sources that name every child of whom there is anything to tell.
    """
    spool = Spool()
    whole = {place: Complete() for place in complete}

    def shown(place: int, data: Record) -> None:
        if place in whole:
            whole[place].look(data)
        if look is not None:
            look(place, data)

    try:
        for place, source in enumerate(sources):
            _take(source, place, spool, told, shown, progress)
        told.unlike_by_zeros = spool.unlike_by_zeros()
        for child, records in spool.by_child():
            found = merged(_with_unnamed(child, [(place, orjson.loads(data)) for place, data in records], whole))
            told.add(child, found, [place for place, _ in records])
            yield orjson.dumps(found.record)
    finally:
        spool.close()


def _with_unnamed(
    child: str, records: list[tuple[int, Record]], whole: dict[int, Complete]
) -> list[tuple[int, Record]]:
    """The records of a child, with what sources say of it that do not name it though they would."""
    named = {place for place, _ in records}
    if not any(data.get("social_care_episodes") for _, data in records):
        return records
    unnamed = [(place, each.record(child)) for place, each in whole.items() if place not in named]
    return sorted([*records, *unnamed], key=itemgetter(0))


def _take(
    source: Source,
    place: int,
    spool: Spool,
    told: Told,
    look: Callable[[int, Record], object],
    progress: Callable[[int], object],
) -> None:
    """Put the valid records of a source in the spool."""
    about = told.sources[place]
    for found in source.records():
        about.records += 1
        progress(1)
        if isinstance(found, Unreadable):
            told.invalid.append(Invalid(source.name, found.number, found.pointer, found.message))
            continue
        data = parse(found.data)
        if isinstance(data, dict) and data.get("purge") is True:
            about.purged += 1
            continue
        if not isinstance(data, dict) or not is_valid(data):
            wrong = errors(data)[0] if isinstance(data, dict) else data
            told.invalid.append(Invalid(source.name, found.number, *wrong))
            continue
        child = data["la_child_id"]
        if not spool.put(child, place, found.data):
            told.invalid.append(Invalid(source.name, child, "/la_child_id", _REPEATED))
            continue
        about.notes += len(found.notes)
        to = read_coverage(data.get("coverage")).to
        if to != OPEN and len(about.to) < MOST_PLACES:
            about.to.add(iso(to))
        look(place, data)
    about.said = tuple(source.notes)


_REPEATED: Final = "another record of this source has the same id; the first is taken"
