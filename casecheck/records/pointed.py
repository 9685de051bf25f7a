"""On which line of a file of JSON stands what a pointer into one of its records leads to."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a file that is looked into: in a larger one nobody reads a line."""

_MOST_TRIES: Final = 100
_BLANK: Final = re.compile(r"[ \t\r\n]*")

_decode: Final = json.JSONDecoder().raw_decode


class Lines:
    """The lines of files of records, by the names of their sources; the last file looked into is kept."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._kept: tuple[str, str] | None = None

    def of(self, source: str, case_id: str, begins: int, pointer: str) -> int | None:
        """The line of what `pointer` leads to in the record of a case that begins on the line `begins`.

        None where that is not found: in what is no JSON, is too large, or is not there any more.
        """
        text = self._text(source)
        start = _line_start(text, begins)
        try:
            record = _record(text, start, case_id)
            return None if record is None else begins + text.count("\n", start, _place(text, record, pointer))
        except (ValueError, IndexError, KeyError, RecursionError):
            return None

    def _text(self, source: str) -> str:
        if self._kept is None or self._kept[0] != source:
            self._kept = source, _read(self._files.get(source))
        return self._kept[1]


def _read(file: Path | None) -> str:
    try:
        if file is None or file.stat().st_size > LARGEST:
            return ""
        return file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _line_start(text: str, line: int) -> int:
    place = 0
    for _ in range(line - 1):
        place = text.find("\n", place) + 1
        if not place:
            return len(text)
    return place


def _record(text: str, start: int, case_id: str) -> int | None:
    """Where the record of the case begins: of the objects that begin on the line the one with its id."""
    end = text.find("\n", start)
    place = start
    for _ in range(_MOST_TRIES):
        place = text.find("{", place, len(text) if end < 0 else end)
        if place < 0:
            return None
        found: Any = _decode(text, place)[0]
        if found.get("la_child_id") == case_id:
            return place
        place += 1
    return None


def _place(text: str, place: int, pointer: str) -> int:
    """Where the value begins that the pointer leads to. Raises KeyError or IndexError where there is none."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if text[place] == "{":
            place = _member(text, place, key)
        elif text[place] == "[":
            place = _element(text, place, int(key))
        else:
            raise KeyError(key)
    return place


def _member(text: str, place: int, key: str) -> int:
    found = None
    for name, value in _members(text, place):
        if name == key:
            found = value
    if found is None:
        raise KeyError(key)
    return found


def _members(text: str, place: int) -> Iterator[tuple[str, int]]:
    """The keys of an object, each with where its value begins."""
    place = _behind_blanks(text, place + 1)
    while text[place] != "}":
        name, place = _decode(text, place)
        value = _behind_blanks(text, _behind_blanks(text, place) + 1)
        yield name, value
        place = _after(text, _decode(text, value)[1])


def _element(text: str, place: int, number: int) -> int:
    place = _behind_blanks(text, place + 1)
    for _ in range(number):
        place = _after(text, _decode(text, place)[1])
    if text[place] == "]":
        raise IndexError(number)
    return place


def _after(text: str, place: int) -> int:
    """Behind the comma after a value, if there is one."""
    place = _behind_blanks(text, place)
    return _behind_blanks(text, place + 1) if text[place] == "," else place


def _behind_blanks(text: str, place: int) -> int:
    match = _BLANK.match(text, place)
    return match.end() if match else place
