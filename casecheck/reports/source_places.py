"""Where the files of the sources lie, seen from the folder of the call, and on which of their lines things stand."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from casecheck.reports.words import plain

_NO_FILES: Final = ("standard input", "records given")
_LONGEST_PATH: Final = 4096


class SourcePlace(NamedTuple):
    """A file, None where there is none to point to, and a line of it, None where none is known."""

    file: str | None
    line: int | None


class SourcePlaces:
    """Of each source its file: the path that the call gave, where it is known, else the name that the result has.

    A result knows the line on which a record begins; where the files are at hand, a line within it can be found.
    """

    def __init__(self, head: Mapping[str, Any]) -> None:
        self._paths: Mapping[str, str] = head.get("paths", {})
        self._line_of: Callable[[str, str, int, str], int | None] | None = head.get("line_of")
        self._packed = {source["name"] for source in head["sources"] if source["format"].endswith(".gz")}

    def within(self, case: Mapping[str, Any], pointer: str) -> SourcePlace:
        """The place of what the pointer leads to in the record of the case, else that of the record."""
        place = self.of(case["source"], case["line"])
        if place.line is None or self._line_of is None:
            return place
        return place._replace(line=self._line_of(case["source"], case["case_id"], place.line, pointer) or place.line)

    def of(self, source: str, line: int | None = None) -> SourcePlace:
        """The place of a record; a gzipped file has no lines that anyone could be shown."""
        if source in _NO_FILES:
            return SourcePlace(None, None)
        file = plain(self._paths.get(source, source), _LONGEST_PATH)
        return SourcePlace(file, None if source in self._packed else line)
