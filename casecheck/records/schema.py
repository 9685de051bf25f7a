"""What the case schema says of the record: its sections, their natures and dates, and how a rule names them.

The JSON Schema in `case.schema.json` is the contract; its `x-` keywords say what JSON Schema has no word for:

- `x-nature` of a section: `event` (dated by its date), `work` (begun and completed), `lasting` (from and to) or
  `part` (a list without dates of its own, such as those who attended a meeting);
- `x-dates`: the fields that hold those dates: `{date}`, `{begun, completed}` or `{from, to}`;
- `x-judged: begun`: work whose `recorded` rules are dated by the day it was begun, not completed (an
  action, an episode of going missing);
- `x-one-at-a-time`: of two that share a day, the later holds, and an earlier one ends where the later begins;
- `x-in-turn-by`: the field by which its records follow one another: `position` and `previous` of one are counted among
  those that are the same in it (the workers of one role);
- `x-ends-at-18`: it ends on the 18th birthday at the latest;
- `x-ends-with`: the section (`care_periods`) with a record of which it ends at the latest, that in which it began;
- `x-outlasts`: it may last longer than the lasting record around it, with which everything else ends at the latest;
- `x-absent: empty`: left out means that there is none (otherwise, that the source does not hold it);
- `x-tells`: of a date, whether it tells what `happened` or what is `planned`;
- `x-not-before`: the date field of the same record that this one cannot be earlier than;
- `x-with`: the date field with which this one is recorded: not seen where that date is not;
- `x-derived`: worked out on reading, never read;
- `x-judgement`: what no record system holds by itself: someone has read the file and judged (is the plan specific?);
- `x-personal`: a name, an address or a number of a person, which never reaches an output;
- `x-source`: where the name comes from: the DfE payload, the Standard Safeguarding Dataset, a law, a guidance;
- `x-ssd`: the table or the column of the Standard Safeguarding Dataset that holds the same, where `x-source` says none.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

NATURES: Final = ("event", "work", "lasting", "part")


class Field(NamedTuple):
    """A property that holds a value (not a section).

    `judgement` says that only someone who has read the file can tell. `source` says where its name comes from, `ssd` in
    which column of the Standard Safeguarding Dataset (`table.column`) the same stands; None if in none.
    """

    name: str
    is_date: bool
    planned: bool
    absent_is_empty: bool
    not_before: str | None
    values: tuple[Any, ...]
    types: tuple[str, ...]
    personal: bool
    judgement: bool
    title: str
    recorded_with: str | None
    description: str
    source: str
    ssd: str | None


class Section(NamedTuple):
    """A list of records (or a single one) at one place of the tree; the child itself is the root, path `()`.

    `path` is the chain of property names from the child. `start` and `end` name the fields of its dates: of an event
    both are its date, of work its beginning and completion, of what lasts its first and last day; None if it has none.
    `in_turn_by` names the field by which its records follow one another, where it is not the whole list that they
    follow in. `ends_with` names the section with a record of which it ends at the latest, where that is not the one
    around it; what `outlasts` that one ends with none. `source` and `ssd` are as of a field; `ssd` names a table.
    """

    path: tuple[str, ...]
    nature: str
    start: str | None
    end: str | None
    judged_when_begun: bool
    one_at_a_time: bool
    in_turn_by: str | None
    ends_at_18: bool
    ends_with: str | None
    outlasts: bool
    absent_is_empty: bool
    single: bool
    derived: bool
    fields: dict[str, Field]
    names: tuple[str, ...]
    title: str
    description: str
    source: str
    ssd: str | None

    @property
    def name(self) -> str:
        """The last part of the path; `child` for the child itself."""
        return self.path[-1] if self.path else "child"


@cache
def case_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a case record, parsed."""
    text = resources.files(__package__).joinpath("case.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def strict_schema() -> dict[str, Any]:
    """The case schema made strict: no property that it does not name, no day that the calendar does not have."""
    strict: dict[str, Any] = _made_strict(case_schema())
    return strict


def _made_strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_made_strict(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: _made_strict(each) for key, each in node.items()}
    if isinstance(node.get("properties"), dict):
        read = {name: each for name, each in made["properties"].items() if "x-derived" not in each}
        made |= {"properties": read, "additionalProperties": False}
    if node.get("pattern") != _DAY_PATTERN:
        return made
    return {key: each for key, each in made.items() if key not in ("pattern", "maxLength")} | {"format": "date"}


_DAY_PATTERN: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


@cache
def sections() -> dict[tuple[str, ...], Section]:
    """Every section of the schema by its path, the child itself first, parents before what they hold."""
    return {section.path: section for section in _walk(case_schema(), (), {"x-nature": "child"})}


def child_sections(path: tuple[str, ...]) -> tuple[Section, ...]:
    """The sections that a record of the section at `path` holds itself."""
    return _children().get(path, ())


@cache
def known_names(path: tuple[str, ...]) -> frozenset[str]:
    """The names that a record of the section at `path` may have; what is worked out on reading is none of them."""
    return frozenset(sections()[path].names) - {child.name for child in child_sections(path) if child.derived}


@cache
def _children() -> dict[tuple[str, ...], tuple[Section, ...]]:
    by_parent: dict[tuple[str, ...], list[Section]] = {}
    for path, section in sections().items():
        if path:
            by_parent.setdefault(path[:-1], []).append(section)
    return {path: tuple(found) for path, found in by_parent.items()}


def sections_named(name: str) -> list[Section]:
    """The sections that a dotted name can mean: those whose path ends with it. One where the name is unique."""
    parts = tuple(name.split("."))
    found = [section for path, section in sections().items() if path and path[-len(parts) :] == parts]
    exact = [section for section in found if section.path == parts]
    return exact or found


def _resolve(node: dict[str, Any]) -> dict[str, Any]:
    """The node with what its `$ref` points to; the node's own keywords win."""
    reference = node.get("$ref")
    if reference is None:
        return node
    target: dict[str, Any] = case_schema()
    for part in reference.removeprefix("#/").split("/"):
        target = target[part]
    return {**_resolve(target), **{key: value for key, value in node.items() if key != "$ref"}}


def _walk(node: dict[str, Any], path: tuple[str, ...], annotations: dict[str, Any]) -> Iterator[Section]:
    held = {name: _resolve(each) for name, each in node.get("properties", {}).items()}
    inner = {name: _record_schema(each) for name, each in held.items()}
    yield _section(path, annotations, {name: each for name, each in held.items() if inner[name] is None}, tuple(held))
    for name, each in held.items():
        record = inner[name]
        if record is not None:
            yield from _walk(record, (*path, name), each)


def _record_schema(node: dict[str, Any]) -> dict[str, Any] | None:
    """The schema of one record, if the node is a section: an object with properties, or a list of such."""
    if "properties" in node:
        return node
    for choice in node.get("oneOf", node.get("anyOf", ())):
        found = _record_schema(_resolve(choice))
        if found is not None:
            return found
    items = _resolve(node.get("items", {}))
    return items if "properties" in items else None


def _section(
    path: tuple[str, ...], says: dict[str, Any], fields: dict[str, dict[str, Any]], names: tuple[str, ...]
) -> Section:
    dates = says.get("x-dates", {})
    start = dates.get("date") or dates.get("begun") or dates.get("from")
    end = dates.get("date") or dates.get("completed") or dates.get("to")
    return Section(
        path=path,
        nature=says.get("x-nature", "part"),
        start=start,
        end=end,
        judged_when_begun=says.get("x-judged") == "begun",
        one_at_a_time=says.get("x-one-at-a-time", False),
        in_turn_by=says.get("x-in-turn-by"),
        ends_at_18=says.get("x-ends-at-18", False),
        ends_with=says.get("x-ends-with"),
        outlasts=says.get("x-outlasts", False),
        absent_is_empty=says.get("x-absent") == "empty",
        single="properties" in says,
        derived="x-derived" in says,
        fields={name: _field(name, each) for name, each in fields.items()},
        names=names,
        title=says.get("title", ""),
        description=says.get("description", ""),
        source=says.get("x-source", ""),
        ssd=_ssd(says),
    )


def _field(name: str, says: dict[str, Any]) -> Field:
    types = says.get("type", ())
    return Field(
        name=name,
        is_date="x-tells" in says,
        planned=says.get("x-tells") == "planned",
        absent_is_empty=says.get("x-absent") == "empty",
        not_before=says.get("x-not-before"),
        values=tuple(says.get("enum", ())),
        types=(types,) if isinstance(types, str) else tuple(types),
        personal=says.get("x-personal", False),
        judgement=says.get("x-judgement", False),
        title=says.get("title", name),
        recorded_with=says.get("x-with"),
        description=says.get("description", ""),
        source=says.get("x-source", ""),
        ssd=_ssd(says),
    )


def _ssd(says: dict[str, Any]) -> str | None:
    """The table or column of the Standard Safeguarding Dataset that gave a property its name, or holds the same."""
    _, taken_from_it, name = says.get("x-source", "").partition("Standard Safeguarding Dataset: ")
    return name if taken_from_it else says.get("x-ssd")
