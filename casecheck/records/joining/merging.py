"""One child's records of several sources as one: section by section, those around before those within.

The records of a section are those of the source that holds it most fully, of equals the first named. A record of
another source that is the same one (by its id, its first day, or as the only open episode) adds what it says; of a
field that two sources give differently the first named is taken. An episode that no other source tells of is kept with
all that it holds. What a source holds in a record that is not there goes to the one in force on its day.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from casecheck.calendar import OPEN, iso
from casecheck.records.census_layout import NO_DAY
from casecheck.records.coverage import section_name
from casecheck.records.joining.said import EPISODES, LEFT_OUT, Part, Path, Row, Said, all_paths, day_of
from casecheck.records.schema import Section, sections
from casecheck.records.tables.shape import is_one


class Difference(NamedTuple):
    """A field that two sources give differently: where in the joined record, its section and name, the places of the
    source that was taken and of the other.
    """

    pointer: str
    field: str
    taken: int
    other: int


class Merged(NamedTuple):
    """The record of a child. `left` counts by source and section the records that were not taken, `apart` by source
    the episodes that no other source tells of.
    """

    record: Row
    differences: tuple[Difference, ...]
    left: Counter[tuple[int, Path]]
    apart: Counter[int]


def merged(records: Sequence[tuple[int, Row]]) -> Merged:
    """One record of those of a child, each with the place of its source, the first named first."""
    if len(records) == 1:
        return Merged(records[0][1], (), Counter(), Counter())
    return _Merger([Said(*each) for each in records]).result()


class _Node:
    """A record of the joined one. `given` tells from which source each field is; `alone` is the only source that tells
    of it, where it is one that no other may add to.
    """

    def __init__(self, section: Section, around: "_Node | None", alone: int | None = None) -> None:
        self.section = section
        self.around = around
        self.alone = alone
        self.row: Row = {}
        self.given: dict[str, int] = {}
        self.children: dict[str, list[_Node]] = {}
        self.parts: list[Part] = []
        self.differing: list[tuple[str, int, int]] = []

    def fill(self, part: Part) -> None:
        """Add what a source says of it."""
        self.parts.append(part)
        for field, value in part.row.items():
            self._set(field, value, part.source)

    def _set(self, field: str, value: Any, source: int) -> None:
        before = self.row.get(field, NO_DAY)
        if before == NO_DAY:
            self.row[field], self.given[field] = value, source
        elif field == "local" and isinstance(before, dict) and isinstance(value, dict):
            self.row[field] = {**value, **before}
        elif value not in (before, NO_DAY):
            self.differing.append((field, self.given[field], source))

    def written(self) -> Row:
        """As JSON has it."""
        found = dict(self.row)
        for name, nodes in self.children.items():
            single = is_one((*self.section.path, name))
            found[name] = nodes[0].written() if single and nodes else [node.written() for node in nodes]
        return found

    def told(self, pointer: str) -> Iterator[Difference]:
        """The fields in it that sources give differently."""
        for field, taken, other in self.differing:
            yield Difference(f"{pointer}/{field}", ".".join((*self.section.path, field)), taken, other)
        for name, nodes in self.children.items():
            single = is_one((*self.section.path, name))
            for place, node in enumerate(nodes):
                yield from node.told(f"{pointer}/{name}" if single else f"{pointer}/{name}/{place}")


class _Merger:
    def __init__(self, said: Sequence[Said]) -> None:
        self._said = said
        self._root = _Node(sections()[()], None)
        self._nodes: dict[Path, list[_Node]] = {(): [self._root]}
        self._placed: dict[Part, _Node] = {}
        self._givers: dict[Path, list[Said]] = {}
        self._left: Counter[tuple[int, Path]] = Counter()
        self._apart: Counter[int] = Counter()

    def result(self) -> Merged:
        for each in self._said:
            for part in each.of(()):
                self._put(part, self._root)
        for path in all_paths():
            self._section(path)
        record = {**self._root.written(), "coverage": self._coverage()}
        if not record["coverage"]:
            del record["coverage"]
        return Merged(record, tuple(self._root.told("")), self._left, self._apart)

    def _put(self, part: Part, node: _Node) -> None:
        node.fill(part)
        self._placed[part] = node

    # --- a section ---------------------------------------------------------------------------------------------------

    def _section(self, path: Path) -> None:
        """Put together the records of a section, those of the source that holds it most fully as they are."""
        holding = [(full, each.source, each) for each in self._said if (full := each.fullness(path)) is not None]
        taken = min(holding, key=lambda found: found[:2])[2] if holding else None
        if taken is not None:
            self._givers[path] = [taken]
        parts = [part for each in self._said for part in each.of(path) if not part.is_bare]
        own = [part for part in parts if taken is not None and part.source == taken.source]
        same = self._same(parts, own, path)
        for part in own:
            self._placed[part] = self._new(path, self._around(part), self._alone(part))
        for part in parts:
            node = self._placed.get(part) or self._placed_as(part, same.get(part), path, taken is not None)
            if node is not None:
                self._put(part, node)
        if not parts and not self._nodes.get(path):
            self._keep_bare(path)
        self._leave_empty(path, taken)

    def _new(self, path: Path, around: _Node, alone: int | None = None) -> _Node:
        siblings = around.children.setdefault(path[-1], [])
        if is_one(path) and siblings:
            return siblings[0]
        node = _Node(sections()[path], around, alone)
        siblings.append(node)
        self._nodes.setdefault(path, []).append(node)
        return node

    def _placed_as(self, part: Part, same: Part | None, path: Path, is_held: bool) -> _Node | None:
        """Where a record goes that is not of the source whose records are taken; None if it is not taken."""
        if same is not None:
            return self._placed[same]
        alone = self._alone(part)
        if alone is not None or is_one(path):
            return self._new(path, self._around(part), alone)
        if path == EPISODES:
            self._apart[part.source] += is_held
            self._givers.setdefault(path, []).append(self._source(part.source))
            return self._new(path, self._around(part), part.source)
        self._left[part.source, path] += 1
        return None

    def _source(self, place: int) -> Said:
        return next(each for each in self._said if each.source == place)

    def _alone(self, part: Part) -> int | None:
        """The source, where the record lies in an episode that it alone tells of."""
        node = self._placed.get(part.around) if part.around is not None else None
        return node.alone if node is not None and node.alone == part.source else None

    def _keep_bare(self, path: Path) -> None:
        """Keep one record that only holds others, where sources have no other."""
        part = next((part for each in self._said for part in each.of(path)), None)
        if part is not None:
            self._put(part, self._new(path, self._around(part)))

    def _leave_empty(self, path: Path, taken: Said | None) -> None:
        """Let the section be there and empty wherever a source that holds it says that there is nothing."""
        if is_one(path):
            return
        name = path[-1]
        of_bare = taken is not None and any(part.is_bare and name in part.has for part in taken.of(path[:-1]))
        for node in self._nodes.get(path[:-1], ()):
            says_so = any(
                name in part.has and self._source(part.source).fullness(path) is not None for part in node.parts
            )
            if says_so or (of_bare and node.alone is None):
                node.children.setdefault(name, [])

    # --- which record is which ---------------------------------------------------------------------------------------

    def _same(self, parts: Iterable[Part], own: Sequence[Part], path: Path) -> dict[Part, Part]:
        """For records of other sources the one that is taken and is the same."""
        found: dict[Part, Part] = {}
        for source in sorted({part.source for part in parts}):
            others = [part for part in parts if part.source == source and part not in own]
            free = list(own)
            for tell in (_by_id, _by_start, _by_being_open if path == EPISODES else _by_nothing):
                for part in [each for each in others if each not in found]:
                    alike = [each for each in free if self._may_be(part, each)]
                    one = tell(part, alike, others)
                    if one is not None:
                        found[part] = one
                        free.remove(one)
        return found

    def _may_be(self, part: Part, other: Part) -> bool:
        """Whether both lie in one record, as far as that can be told."""
        if part.around is None or other.around is None:
            return True
        one, two = self._placed.get(part.around), self._placed.get(other.around)
        return one is None or two is None or one is two

    def _around(self, part: Part) -> _Node:
        """The record that a record goes into: that of the same source; else the one in force on its day."""
        if part.around is None:
            return self._root
        placed = self._placed.get(part.around)
        if placed is not None:
            return placed
        path = part.section.path[:-1]
        outer = self._placed.get(part.around.around) if part.around.around is not None else None
        inner = [node for node in self._nodes.get(path, ()) if outer in (None, self._root, node.around)]
        if not inner:
            return self._new(path, self._around(part.around))
        return _in_force(inner, part.start)

    # --- what the joined record covers -------------------------------------------------------------------------------

    def _coverage(self) -> Row:
        since: dict[str, str] = {}
        latest: list[str] = []
        for path, givers in self._givers.items():
            days = [each.coverage.since[path] for each in givers if path in each.coverage.since]
            if days:
                since[section_name(path)] = iso(max(days))
            if any(path in each.coverage.latest_only for each in givers):
                latest.append(section_name(path))
        to = min(each.coverage.to for each in self._said)
        told = {path for each in self._said for path in each.coverage.not_held if not sections()[path].derived}
        none = sorted(section_name(path) for path in told if path not in self._givers and not self._nodes.get(path))
        says = {"from": since, "to": iso(to) if to != OPEN else None, "latest_only": latest, "not_held": none}
        return {key: value for key, value in says.items() if value}


def _by_id(part: Part, alike: Sequence[Part], others: Sequence[Part]) -> Part | None:
    return _only([each for each in alike if part.id is not None and each.id == part.id])


def _by_start(part: Part, alike: Sequence[Part], others: Sequence[Part]) -> Part | None:
    return _only([each for each in alike if part.start is not None and each.start == part.start])


def _by_being_open(part: Part, alike: Sequence[Part], others: Sequence[Part]) -> Part | None:
    """The only open episode of one source is the only open one of another."""
    is_only = part.is_open and sum(each.is_open for each in others) == 1
    return _only([each for each in alike if each.is_open]) if is_only else None


def _by_nothing(part: Part, alike: Sequence[Part], others: Sequence[Part]) -> Part | None:
    return None


def _only(parts: Sequence[Part]) -> Part | None:
    return parts[0] if len(parts) == 1 else None


def _in_force(nodes: Sequence[_Node], day: str | None) -> _Node:
    """The record in force on a day; else the latest begun by then; else the first. Without a day the latest."""
    ordered = sorted(nodes, key=_begun)
    if day is None:
        return ordered[-1]
    begun = [node for node in ordered if _begun(node) <= day]
    lasting = [node for node in begun if (day_of(node.row, node.section.end) or "9999") >= day]
    return (lasting or begun or ordered[:1])[-1]


def _begun(node: _Node) -> str:
    return day_of(node.row, node.section.start) or ""


__all__ = ["LEFT_OUT", "Difference", "Merged", "merged"]
