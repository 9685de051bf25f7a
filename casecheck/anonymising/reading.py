"""What the standards of a pack read of words and of a council's own fields, so that a copy can answer them alike."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from casecheck.anonymising.fields import TEXTS
from casecheck.records.case import Case
from casecheck.rules.matching import compile_matcher
from casecheck.rules.model import Pack

NEUTRAL: Final = "recorded"
"""The word that takes the place of free text."""

_LOCAL: Final = "local."
_NO_CASE: Any = None


class Reading(NamedTuple):
    """What a pack reads: the values that its conditions name, the council's own fields, and of each field of free text
    the lists of words that the text must say more than.
    """

    values: frozenset[str]
    local: frozenset[str]
    more_than: Mapping[str, Sequence[tuple[str, ...]]]


def reading(pack: Pack) -> Reading:
    """What the pack's rules and terms read."""
    values: set[str] = set()
    local: set[str] = set()
    more_than: dict[str, list[tuple[str, ...]]] = {}
    conditions = [part for rule in pack.rules for part in (rule.where, rule.while_, rule.check)]
    for name, value in _named((*conditions, *pack.terms.values())):
        last = name.rpartition(".")[2]
        if name.startswith(_LOCAL):
            local.add(name.removeprefix(_LOCAL))
        if isinstance(value, str):
            values.add(value)
        elif last in TEXTS and isinstance(value, Mapping):
            more_than.setdefault(last, []).extend(_lists(value))
    return Reading(frozenset(values), frozenset(local), more_than)


def _named(node: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every value under a key, with the key nearest around it; values in lists one by one."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield key, value
            yield from _named(value, key)
    elif isinstance(node, list | tuple):
        for each in node:
            yield name, each
            yield from _named(each, name)


def _lists(value: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for key, under in _named(value):
        if key == "says_more_than" and isinstance(under, list | tuple):
            yield tuple(under)


def neutral(reads: Reading, name: str, text: str) -> str:
    """A word in place of free text that the pack's conditions on the field take as they take the text."""
    if not text.strip():
        return text
    lists = reads.more_than.get(name, ())
    wanted = [_says_more(words, text) for words in lists]
    for candidate in (NEUTRAL, *(word for words in lists for word in words)):
        if [_says_more(words, candidate) for words in lists] == wanted:
            return candidate
    return NEUTRAL


def _says_more(words: tuple[str, ...], text: str) -> Any:
    no_case: Case = _NO_CASE
    return compile_matcher({"says_more_than": list(words)})(text, no_case, _NO_CASE, 0)
