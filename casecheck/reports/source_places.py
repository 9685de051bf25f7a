"""Where the files of the sources lie, seen from the folder of the call, and on which lines of them records begin."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from casecheck.reports.words import plain

_NO_FILES: Final = ("standard input", "records given")
_LONGEST_PATH: Final = 4096


class SourcePlace(NamedTuple):
    """A file, None where there is none to point to, and a line of it, None where none is known."""

    file: str | None
    line: int | None


class SourcePlaces:
    """Of each source its file: the path that the call gave, where it is known, else the name that the result has."""

    def __init__(self, head: Mapping[str, Any]) -> None:
        self._paths: Mapping[str, str] = head.get("paths", {})
        self._packed = {source["name"] for source in head["sources"] if source["format"].endswith(".gz")}

    def of(self, source: str, line: int | None = None) -> SourcePlace:
        """The place of a record; a gzipped file has no lines that anyone could be shown."""
        if source in _NO_FILES:
            return SourcePlace(None, None)
        file = plain(self._paths.get(source, source), _LONGEST_PATH)
        return SourcePlace(file, None if source in self._packed else line)
