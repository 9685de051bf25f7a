"""Properties that the case schema does not know: accepted, but worth a word, since nothing reads a misspelt one."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

from casecheck.records.schema import child_sections, sections


class _Known(NamedTuple):
    """The names that a record of one section may have, and the sections that it holds."""

    path: str
    names: frozenset[str]
    inner: dict[str, "_Known"]


@cache
def _known(path: tuple[str, ...] = ()) -> _Known:
    held = [section for section in child_sections(path) if not section.derived]
    derived = {section.name for section in child_sections(path) if section.derived}
    names = frozenset(sections()[path].names) - derived
    return _Known(".".join(path), names, {section.name: _known(section.path) for section in held})


def unknown_properties(record: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The properties of a valid record that the schema does not know, each as (dotted path of its section, name).

    What is worked out on reading (`placements`) counts as not known, since it is not read. The path of the child itself
    is empty.
    """
    found: set[tuple[str, str]] = set()
    _look([record], _known(), found)
    return found


def _look(rows: list[Mapping[str, Any]], known: _Known, found: set[tuple[str, str]]) -> None:
    """Look at all records of a section at once, since sets of names are compared faster than records are walked."""
    path, names, inner = known
    seen = set().union(*rows)
    if not seen <= names:
        found.update((path, name) for name in seen - names)
    for name in seen & inner.keys():
        held: list[Mapping[str, Any]] = []
        for row in rows:
            value = row.get(name)
            if value:
                held.extend(value if isinstance(value, list) else (value,))
        if held:
            _look(held, inner[name], found)


def known_properties(path: str) -> frozenset[str]:
    """The names that a record of the section at a dotted path (empty for the child itself) may have."""
    return _known(tuple(path.split(".")) if path else ()).names


def did_you_mean(name: str, known: Collection[str]) -> str | None:
    """The known name that is most like `name`, if one is like it."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return close[0] if close else None
