"""Properties that the case schema does not know: accepted, but worth a word, since nothing reads a misspelt one."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from casecheck.calendar import OPEN
from casecheck.records.building import build
from casecheck.records.schema import known_names


def unknown_properties(record: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The properties of a valid record that the schema does not know, each as (dotted path of its section, name).

    What is worked out on reading (`placements`) counts as not known, since it is not read. The path of the child itself
    is empty.
    """
    return {(".".join(path), name) for path, name in build(record, OPEN).unknown}


def known_properties(path: str) -> frozenset[str]:
    """The names that a record of the section at a dotted path (empty for the child itself) may have."""
    return known_names(tuple(path.split(".")) if path else ())


def did_you_mean(name: str, known: Collection[str]) -> str | None:
    """The known name that is most like `name`, if one is like it."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return close[0] if close else None
