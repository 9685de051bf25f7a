"""Properties that the case schema does not know: accepted, but worth a word, since nothing reads a misspelt one."""

from collections.abc import Iterator, Mapping
from typing import Any

from casecheck.records.schema import child_sections, known_names
from casecheck.written.near import did_you_mean

__all__ = ["did_you_mean", "known_properties", "unknown_properties"]


def unknown_properties(record: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The properties of a valid record that the schema does not know, each as (dotted path of its section, name).

    What is worked out on reading (`placements`) counts as not known, since it is not read. The path of the child itself
    is empty.
    """
    return {(".".join(path), name) for path, name in _unknown(record, ())}


def _unknown(record: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for name in record.keys() - known_names(path):
        yield path, name
    for section in child_sections(path):
        held = None if section.derived else record.get(section.name)
        for row in held if isinstance(held, list) else [held]:
            if row:
                yield from _unknown(row, section.path)


def known_properties(path: str) -> frozenset[str]:
    """The names that a record of the section at a dotted path (empty for the child itself) may have."""
    return known_names(tuple(path.split(".")) if path else ())
