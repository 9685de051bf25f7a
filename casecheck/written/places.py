"""Where something was written, and what was found wrong there."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""The way to a node of a YAML document: keys of mappings, places in lists (from 0)."""


class Place(NamedTuple):
    """A line (from 1) of a file, as it is told to people."""

    file: str
    line: int


class Places(NamedTuple):
    """The place of a node, and of all nodes within it by key or by place in the list."""

    place: Place
    within: Mapping[str | int, "Places"]

    def under(self, *path: str | int) -> "Places":
        """The places of the node at `path`, else of the nearest node around it that was written."""
        here = self
        for step in path:
            if step not in here.within:
                break
            here = here.within[step]
        return here

    def at(self, *path: str | int) -> Place:
        """The place of the node at `path`, else of the nearest node around it."""
        return self.under(*path).place


class Document(NamedTuple):
    """A YAML document: its value as plain Python, and where each part of it was written."""

    value: Any
    places: Places


class Complaint(NamedTuple):
    """Something wrong with a pack: where, in which rule (None if in none), and what to write instead."""

    place: Place
    rule: str | None
    text: str


def told(complaints: Iterable[Complaint]) -> list[str]:
    """The complaints as messages, `FILE:LINE: rule RULE: what is wrong; what to write`: by file and line, each once."""
    messages = []
    for (file, line), rule, text in sorted(set(complaints), key=lambda one: (one.place, one.text, one.rule or "")):
        messages.append(printable(f"{file}:{line}: {f'rule {rule}: ' if rule else ''}{text}"))
    return messages


def printable(text: str) -> str:
    """The text with a question mark for each sign that a terminal would obey rather than show."""
    return text if text.isprintable() else "".join(sign if sign.isprintable() else "?" for sign in text)


def quoted(value: Any) -> str:
    """A value as a message shows it, shortened: `6 weeks`, `true`; a list and a mapping by their kind."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "empty (null)"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    text = " ".join(str(value).split())
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"


def listed(words: Iterable[str], last: str = "or") -> str:
    """`a, b or c`, for people."""
    *first, final = list(words) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final
