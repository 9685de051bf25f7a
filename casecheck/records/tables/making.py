"""Making a mapping of a document that keeps to the schema, and what is wrong with its sense.

Every section and field that it names must be one of the case record, every value one that the field can have.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dict
from typing import Any, Final, NamedTuple

from casecheck.records.census_layout import NO_DAY
from casecheck.records.coverage import section_name
from casecheck.records.schema import Field, Section, sections, sections_named
from casecheck.records.tables.cells import plain
from casecheck.records.tables.model import NOT_HELD, Column, Condition, Covers, LatestOf, Mapping, Path, Table, YearTo
from casecheck.records.tables.shape import longest
from casecheck.written.near import did_you_mean
from casecheck.written.places import Complaint, Document, listed, quoted

NOT_USED: Final = "not used"
OWN: Final = "mapping"
"""What results call the format of a source that was read by a mapping of a council's own."""

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def make(document: Document, shipped: bool) -> tuple[Mapping, list[Complaint]]:
    """The mapping of a document that keeps to the schema, and all that has no sense in it."""
    maker = _Maker(document)
    return maker.mapping(shipped), maker.complaints


class _Target(NamedTuple):
    """What a name in `becomes` means: a field of a section."""

    section: Section
    field: Field


class _Maker:
    """Makes the mapping of a document that keeps to the schema; `complaints` are what has no sense in it."""

    def __init__(self, document: Document) -> None:
        self._places = document.places
        self._said: Dict[str, Any] = document.value
        self.complaints: list[Complaint] = []

    def mapping(self, shipped: bool) -> Mapping:
        said = self._said
        tables = tuple(self._table(name, place, each) for place, (name, each) in enumerate(said["tables"].items()))
        for table in tables:
            self._refers_to_tables(table, {each.name for each in tables})
        xml = said.get("xml", {})
        covers = self._covers(said.get("covers", {}), {table.name: table for table in tables})
        name = str(said["mapping"])
        return Mapping(name, name if shipped else OWN, said["title"], xml.get("root"), xml.get("child"), covers, tables)

    def _wrong(self, path: Iterable[str | int], text: str) -> None:
        self.complaints.append(Complaint(self._places.at(*path), None, text))

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, name: str, place: int, said: Dict[str, Any]) -> Table:
        at = ("tables", name)
        within = said.get("within", {})
        section = self._section(said.get("into", "child"), (*at, "into"))
        into = section or ()
        if "child" not in said and not within:
            self._wrong(at, f"table {quoted(name)} has neither `child` nor `within`; say which column names a child")
        columns = tuple(
            self._column(heading, each, section, (*at, "columns", heading)) for heading, each in said["columns"].items()
        )
        self._no_heading_twice(columns, (*at, "columns"))
        child = _words(said.get("child", ()))
        return Table(
            name=name,
            place=place,
            files=tuple(map(plain, _words(said.get("files", ())))),
            sheets=tuple(map(plain, _words(said.get("sheets", ())))),
            element=said.get("element"),
            rows_of=said.get("rows_of"),
            several=said.get("several", False),
            read=said.get("read", True),
            child_heading=(child or _words(within.get("by", ())) or [""])[0],
            child=tuple(map(plain, child)),
            id=tuple(map(plain, _words(said.get("id", ())))),
            within=within.get("of"),
            within_by=tuple(map(plain, _words(within.get("by", ())))),
            into=into,
            columns=columns,
            sets=self._fixed(said.get("sets", {}), section, (*at, "sets")),
            otherwise=self._fixed(said.get("otherwise", {}), section, (*at, "otherwise")),
            without_rows_not_held=said.get("without_rows") == NOT_HELD,
            leave_out=tuple(self._conditions(said.get("leave_out", {}), columns)),
            says_none=tuple(self._conditions(said.get("says_none", {}), columns)),
        )

    def _conditions(self, said: Dict[str, Any], columns: Iterable[Column]) -> Iterator[Condition]:
        named = {name: column.names for column in columns for name in column.names}
        for heading, values in said.items():
            words = frozenset("" if value is None else plain(_as_text(value)) for value in values)
            yield Condition(heading, named.get(plain(heading), (plain(heading),)), words)

    def _no_heading_twice(self, columns: Iterable[Column], at: tuple[str | int, ...]) -> None:
        seen: dict[str, str] = {}
        for column in columns:
            for name in column.names:
                if seen.setdefault(name, column.heading) != column.heading:
                    self._wrong(
                        (*at, column.heading),
                        f"{quoted(column.heading)} is the same heading as {quoted(seen[name])}; keep one",
                    )

    def _refers_to_tables(self, table: Table, names: set[str]) -> None:
        for key, other in (("rows_of", table.rows_of), ("within", table.within)):
            if other is not None and (other not in names or other == table.name):
                meant = did_you_mean(other, names - {table.name})
                hint = f"did you mean `{meant}`?" if meant else "write the name of another table of this mapping"
                self._wrong(("tables", table.name, key), f"there is no other table {quoted(other)}; {hint}")

    def _section(self, name: str, at: Iterable[str | int]) -> Path | None:
        """The path of a section by its name; of one that means nothing a complaint, and None."""
        if name == "child":
            return ()
        found = [section for section in sections_named(name) if not section.derived and section.path[0] != "coverage"]
        if len(found) == 1:
            return found[0].path
        if found:
            paths = [f"`{section_name(each.path)}`" for each in found]
            self._wrong(at, f"more than one section is called `{name}`; write {listed(paths)}")
        else:
            self._wrong(at, f"the case record has no section {quoted(name)}; {_like_section(name)}")
        return None

    # --- columns -----------------------------------------------------------------------------------------------------

    def _column(self, heading: str, said: Any, into: Path | None, at: tuple[str | int, ...]) -> Column:
        says = {"becomes": said} if isinstance(said, str) else said
        names = tuple(dict.fromkeys(map(plain, [heading, *_words(says.get("also", ()))])))
        if says["becomes"] == NOT_USED:
            return Column(heading, names, into or (), None, needed=bool(says.get("needed")))
        target = self._target(says["becomes"], into, at)
        if target is None:
            return Column(heading, names, into or (), None)
        section, field = target
        column = Column(
            heading=heading,
            names=names,
            section=section.path,
            field=field.name,
            kind=_kind(field),
            needed=bool(says.get("needed", section.path == into and field.name == section.start)),
            codes=_codes(says["codes"]) if "codes" in says else _own_codes(field),
            yes=frozenset(plain(_as_text(each)) for each in says.get("yes", ()) if each is not None),
            no=frozenset(plain(_as_text(each)) for each in says.get("no", ()) if each is not None),
            month_first=says.get("dates", self._said.get("dates")) == "month first",
            longest=longest(section.path, field.name),
            personal=field.personal,
            is_end=field.name == section.end != section.start,
            must_be_told=field.absent_is_empty,
        )
        self._keys_fit(says, column, at)
        blank = says.get("blank")
        if blank not in (None, NOT_HELD):
            self._value(blank, field, (*at, "blank"))
        for value in () if column.codes is None or "codes" not in says else column.codes.values():
            self._value(value, field, (*at, "codes"))
        return column._replace(blank=blank)

    def _keys_fit(self, says: Dict[str, Any], column: Column, at: tuple[str | int, ...]) -> None:
        for key, kinds in (("yes", "flag"), ("no", "flag"), ("dates", "date"), ("codes", ("code", "list", "count"))):
            if key in says and column.kind not in kinds:
                self._wrong(
                    (*at, key), f"`{key}` has no place here: `{column.field}` is {_AS_KIND[column.kind]}; take it out"
                )

    def _target(self, name: str, into: Path | None, at: Iterable[str | int]) -> _Target | None:
        """The field that a name means for a table that goes into a section (None: one that is not known)."""
        holder, _, field = name.rpartition(".")
        path = self._section(holder, at) if holder else into
        if path is None:
            return None
        section = sections()[path]
        fields = [each for each in section.fields if each not in ("purge", "local")]
        if field in fields:
            if field == "la_child_id":
                self._wrong(at, "the child's number is read from the column that `child` names; write `not used` here")
                return None
            return _Target(section, section.fields[field])
        meant = did_you_mean(field, fields)
        hint = f"did you mean `{meant}`?" if meant else f"its fields are {listed(fields, 'and')}"
        self._wrong(at, f"`{field}` is no field of {section.name}; {hint}")
        return None

    def _fixed(self, said: Dict[str, Any], into: Path | None, at: tuple[str | int, ...]) -> Dict[str, Any]:
        """The fields that are set; a date that is said to be not held is one that no calendar has."""
        fixed = dict(said)
        for name, value in said.items():
            target = self._target(name, into, (*at, name))
            if target is not None and value == NOT_HELD and target.field.is_date:
                fixed[name] = NO_DAY
            elif target is not None and target.section.path == into:
                self._value(value, target.field, (*at, name))
            elif target is not None:
                self._wrong(
                    (*at, name), f"only fields of the table's own section can be set; {quoted(name)} is of another"
                )
        return fixed

    def _value(self, value: Any, field: Field, at: Iterable[str | int]) -> None:
        """Complain of a value that the field cannot have."""
        kind = _kind(field)
        if value is None:
            return
        if field.values and value not in field.values:
            known = [str(each) for each in field.values if each is not None]
            self._wrong(at, f"`{field.name}` cannot be {quoted(value)}; write {listed(known)}")
        elif kind == "flag" and not isinstance(value, bool):
            self._wrong(at, f"`{field.name}` cannot be {quoted(value)}; write true or false")
        elif kind in ("code", "list") and not isinstance(value, str):
            self._wrong(
                at, f"`{field.name}` cannot be {quoted(value)}; write text (in quotes, if it looks like a number)"
            )

    # --- coverage ----------------------------------------------------------------------------------------------------

    def _covers(self, said: Dict[str, Any], tables: Dict[str, Table]) -> Covers:
        at = ("covers",)
        since = {self._section(name, (*at, "from", name)) or (): day for name, day in said.get("from", {}).items()}
        to = said.get("to")
        if isinstance(to, dict):
            to = self._latest_of(to, tables) if "latest_of" in to else self._year_to(to, tables)
        for name, day in said.get("from", {}).items():
            if day.endswith("months") and to is None:
                self._wrong(
                    (*at, "from", name),
                    f"`{day}` needs a day to count from: say under `to` when the source was drawn, as "
                    "{latest_of: [TABLE.HEADING]}",
                )
            if day.startswith("the ") and not isinstance(to, YearTo):
                self._wrong(
                    (*at, "from", name),
                    f"`{day}` needs a year: say under `to` which one, as {{year_ends: 31 March, of: [TABLE.HEADING]}}",
                )
        return Covers(to, since, self._sections(said, "latest_only"), self._sections(said, "not_held"))

    def _sections(self, said: Dict[str, Any], key: str) -> tuple[Path, ...]:
        named = (self._section(name, ("covers", key, place)) for place, name in enumerate(said.get(key, ())))
        return tuple(path for path in named if path is not None)

    def _year_to(self, said: Dict[str, Any], tables: Dict[str, Table]) -> YearTo:
        day, _, month = said["year_ends"].partition(" ")
        if month not in _MONTHS:
            self._wrong(
                ("covers", "to", "year_ends"), f"there is no month {quoted(month)}; write a day such as 31 March"
            )
        of = self._dates(said, "of", tables)
        return YearTo(_MONTHS.index(month) + 1 if month in _MONTHS else 12, int(day), of)

    def _latest_of(self, said: Dict[str, Any], tables: Dict[str, Table]) -> LatestOf:
        return LatestOf(self._dates(said, "latest_of", tables))

    def _dates(self, said: Dict[str, Any], key: str, tables: Dict[str, Table]) -> tuple[tuple[str, str], ...]:
        """The columns of dates that are named there, each as (table, plain heading)."""
        of: list[tuple[str, str]] = []
        for place, name in enumerate(said[key]):
            table, _, heading = name.partition(".")
            found = (
                [column for column in tables[table].columns if plain(heading) in column.names]
                if table in tables
                else []
            )
            if not found or found[0].kind != "date" or found[0].field is None:
                self._wrong(("covers", "to", key, place), f"{quoted(name)} is no column of dates; write TABLE.HEADING")
            else:
                of.append((table, found[0].names[0]))
        return tuple(of)


def _like_section(name: str) -> str:
    """What to write instead of a name that no section has."""
    word = name.rpartition(".")[2]
    known = sorted({path[-1] for path, section in sections().items() if path and not section.derived})
    meant = did_you_mean(word, known)
    if meant:
        return f"did you mean `{meant}`?"
    alike = [f"`{each}`" for each in known if word in each][:4]
    return f"did you mean {listed(alike)}?" if alike and len(word) > 3 else "docs/case-record.md names them all"


_AS_KIND: Final = {
    "date": "a date",
    "flag": "true or false",
    "count": "a number",
    "code": "text",
    "list": "a list of codes",
}


def _kind(field: Field) -> str:
    if field.is_date:
        return "date"
    for type_, kind in (("boolean", "flag"), ("integer", "count"), ("number", "count"), ("array", "list")):
        if type_ in field.types:
            return kind
    return "code"


def _words(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def _as_text(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _codes(said: Any) -> Dict[str, Any]:
    if isinstance(said, list):
        return {plain(_as_text(code)): _as_text(code) for code in said}
    return {plain(word): value for word, value in said.items()}


def _own_codes(field: Field) -> Dict[str, Any] | None:
    """The values that the schema lists for the field, where it does."""
    words = {plain(str(value)): value for value in field.values if isinstance(value, str)}
    return words or None
