"""One child's rows as a case record: each in its place in the tree, sorted so that the order of the rows makes no
difference, with a note of every cell that could not be read.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

import orjson

from casecheck.records.case import Note
from casecheck.records.census_layout import NO_DAY
from casecheck.records.schema import Section, sections
from casecheck.records.tables.covering import Covered, coverage
from casecheck.records.tables.heard import Heard
from casecheck.records.tables.model import Mapping, Path, Table
from casecheck.records.tables.reading import PER_FILE, Said, unpacked
from casecheck.records.tables.shape import is_one
from casecheck.records.tables.store import Stored

MOST_NOTES: Final = 20
"""How many cells of one child are told of; after these one note says that there are more."""

Record = dict[str, Any]
Finish = Callable[[Record, Covered], None]
"""What a format does to a record that its mapping cannot say."""

_TAKEN: Final = "taken as not known"


class Node:
    """A record of a section as it is put together: its fields, its sections, and the notes on its fields."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.row: Record = {}
        self.children: dict[str, list[Node]] = {}
        self.notes: list[tuple[str, str]] = []
        self.source: tuple[int, int] = (-1, 0)
        self.own: str | None = None
        self.contradicted: set[str] = set()

    def key(self) -> tuple[str, str, bytes]:
        """By which the records of a list are sorted: their dates, then all that they hold."""
        start, end = (self.row.get(name) if name else None for name in (self.section.start, self.section.end))
        return start or "", end or "9999", orjson.dumps(self.written(), option=orjson.OPT_SORT_KEYS)

    def sort(self) -> None:
        """Sort all that is in it."""
        for name, nodes in self.children.items():
            for node in nodes:
                node.sort()
            self.children[name] = sorted(nodes, key=Node.key)

    def written(self) -> Record:
        """The record as JSON has it."""
        found = dict(self.row)
        for name, nodes in self.children.items():
            single = is_one((*self.section.path, name))
            found[name] = nodes[0].written() if single and nodes else [node.written() for node in nodes]
        return found

    def told(self, pointer: str) -> Iterator[Note]:
        """The notes on it and on all that is in it, each with its place."""
        for field, message in self.notes:
            yield Note(f"{pointer}/{field}" if field else pointer, message)
        for name, nodes in self.children.items():
            single = is_one((*self.section.path, name))
            for place, node in enumerate(nodes):
                yield from node.told(f"{pointer}/{name}" if single else f"{pointer}/{name}/{place}")


class _Part(NamedTuple):
    """What one row says of one section."""

    table: Table
    path: Path
    section: int
    stored: Stored
    said: Said
    values: Record


class Assembler:
    """Makes records of the rows of one source."""

    def __init__(self, mapping: Mapping, heard: Heard, covered: Covered, finish: Finish | None) -> None:
        self._mapping = mapping
        self._heard = heard
        self._covered = covered
        self._finish = finish
        self._sections = [table.sections for table in mapping.tables]
        self._tables = [table for table in mapping.tables if table.place in heard.filled]

    def record(self, child: str, rows: list[Stored], joined: int = 0) -> tuple[Record, tuple[Note, ...]]:
        """The case record of a child and what is to be said of it; `joined` ids were taken for this one."""
        root = Node(sections()[()])
        nodes: dict[Path, list[Node]] = {(): [root]}
        parts, present = self._parts(rows)
        for part in sorted(parts, key=lambda part: (len(part.path), part.table.place, part.stored.data)):
            self._place(part, nodes)
        not_held = self._leave_empty(root, nodes, present)
        root.sort()
        record: Record = {"la_child_id": child, **root.written()}
        record["coverage"] = coverage(self._covered, not_held)
        if self._finish is not None:
            self._finish(record, self._covered)
        notes = list(root.told(""))
        if len(notes) > MOST_NOTES:
            notes[MOST_NOTES:] = [Note("", f"{len(notes) - MOST_NOTES:,} more cells could not be read; {_TAKEN}")]
        if joined:
            notes.insert(0, Note("/la_child_id", _JOINED.format(joined)))
        return record, tuple(notes)

    def _parts(self, rows: list[Stored]) -> tuple[list[_Part], set[int]]:
        """What the rows say, each once, and the tables that have a row of the child."""
        parts: list[_Part] = []
        present: set[int] = set()
        seen: set[tuple[int, str | None, str | None, bytes]] = set()
        for stored in rows:
            present.add(stored.table)
            same = (stored.table, stored.own, stored.parent, stored.data)
            if same in seen:
                continue
            seen.add(same)
            said = unpacked(stored.data)
            table = self._mapping.tables[stored.table]
            for place, path in enumerate(self._sections[table.place]):
                values = said.parts.get(str(place))
                if values is not None and not said.none:
                    parts.append(_Part(table, path, place, stored, said, dict(values)))
        return parts, present

    # --- into the tree -----------------------------------------------------------------------------------------------

    def _place(self, part: _Part, nodes: dict[Path, list[Node]]) -> None:
        """Put what a row says of a section where it belongs."""
        if not part.path:
            self._fill(nodes[()][0], part)
            return
        parent = self._parent(part, nodes)
        section = sections()[part.path]
        siblings = parent.children.setdefault(section.name, [])
        if is_one(part.path) and siblings:
            self._fill(siblings[0], part)
            return
        node = Node(section)
        node.source = (part.stored.table, part.stored.number)
        node.own = part.stored.own
        self._fill(node, part)
        siblings.append(node)
        nodes.setdefault(part.path, []).append(node)

    def _fill(self, node: Node, part: _Part) -> None:
        """Take over what the row says, as far as it is not doubtful; what two rows say differently is not known."""
        name = self._named(part.stored)
        for section, field, heading, form in part.said.doubtful:
            if section == part.section and self._is_doubtful(part.table, heading, form):
                part.values[field] = NO_DAY
                node.notes.append((field, f"{name}, column {heading}: may be day first or month first; {_TAKEN}"))
        for section, field, heading, why in part.said.unread:
            if section == part.section:
                node.notes.append((field, f"{name}, column {heading}: {why}; {_TAKEN}"))
        for field, value in part.values.items():
            self._set(node, field, value, name)

    def _set(self, node: Node, field: str, value: Any, name: str) -> None:
        """Set a field. What two rows say differently is not known; a blank says nothing beside a value."""
        before = node.row.get(field)
        if field in node.contradicted or (value is None and before is not None):
            return
        if before is None or before == value:
            node.row[field] = value
            return
        node.contradicted.add(field)
        node.notes.append((field, f"{name}: two rows of the child say different things; {_TAKEN}"))
        if node.section.fields[field].is_date:
            node.row[field] = NO_DAY
        else:
            del node.row[field]

    def _is_doubtful(self, table: Table, heading: str, form: str) -> bool:
        orders = self._heard.orders.get((table.place, heading))
        return orders is not None and (orders.texts_doubtful if form == "either" else orders.typed_doubtful)

    def _named(self, stored: Stored) -> str:
        file, row = divmod(stored.number, PER_FILE)
        return f"{self._heard.labels[file]}, row {row:,}"

    def _parent(self, part: _Part, nodes: dict[Path, list[Node]]) -> Node:
        """The record that a part belongs to: of the same row, of the row that it names, in force on its day, or any."""
        path = part.path[:-1]
        found = nodes.get(path, [])
        if not path:
            return nodes[()][0]
        source = (part.stored.table, part.stored.number)
        same = next((node for node in found if node.source == source), None)
        if same is not None:
            return same
        if part.table.within is not None and part.stored.parent is not None:
            table = self._mapping.table(part.table.within).place
            named = next((node for node in found if node.own == part.stored.parent and node.source[0] == table), None)
            if named is not None:
                return named
        if found:
            return _in_force(found, part.values.get(sections()[part.path].start or ""))
        return self._made(path, nodes)

    def _made(self, path: Path, nodes: dict[Path, list[Node]]) -> Node:
        """A record that no row tells of, to hold what rows tell of within it."""
        parent = nodes[path[:-1]][0] if path[:-1] in nodes else self._made(path[:-1], nodes)
        node = Node(sections()[path])
        parent.children.setdefault(path[-1], []).append(node)
        nodes.setdefault(path, []).append(node)
        return node

    # --- what is there and empty -------------------------------------------------------------------------------------

    def _leave_empty(self, root: Node, nodes: dict[Path, list[Node]], present: set[int]) -> set[Path]:
        """Let what tables would have filled be there and empty; the sections that are not held of this child."""
        not_held: set[Path] = set()
        for table in self._tables:
            if table.place in present:
                continue
            if table.without_rows_not_held:
                not_held.update(table.sections)
            elif table.otherwise:
                node = self._only(table.into, nodes)
                for field, value in table.otherwise.items():
                    node.row.setdefault(field, value)
        told = {path for table in self._tables if table.place in present for path in table.sections}
        for path in self._covered.filled:
            if (path in not_held and path not in told) or is_one(path):
                continue
            if len(path) == 2 and path[:-1] not in nodes:
                self._made(path[:-1], nodes)
            for parent in nodes.get(path[:-1], ()):
                parent.children.setdefault(path[-1], [])
        meant_empty = {path for path in not_held - told if path and sections()[path].absent_is_empty}
        return meant_empty

    def _only(self, path: Path, nodes: dict[Path, list[Node]]) -> Node:
        return nodes[path][0] if path in nodes else self._made(path, nodes)


_JOINED: Final = "{} numbers that differ by leading zeros only, never both in one table, are taken for this child's"


def _in_force(nodes: Iterable[Node], day: Any) -> Node:
    """The record in force on a day; else the latest begun by then; else the first."""
    ordered = sorted(nodes, key=Node.key)
    if not isinstance(day, str):
        return ordered[-1]
    start, end = ordered[0].section.start or "", ordered[0].section.end or ""
    begun = [node for node in ordered if (node.row.get(start) or "") <= day]
    lasting = [node for node in begun if (node.row.get(end) or "9999") >= day]
    return (lasting or begun or ordered[:1])[-1]
