"""The formats of the report: each is made from the result document alone, by one function.

`casecheck audit --format` and `casecheck report --format` both have them from here. A new one is a line in FORMATS and
a module. It is imported when it is asked for, so that nobody waits for what another format stands on.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, BinaryIO, Final

Head = Mapping[str, Any]
"""The result document without its `cases`; under `trend` a document `casecheck/trend/1`, where one is given."""

Cases = Iterable[Mapping[str, Any]]
"""The cases of the result: made anew, one after the other, each time that they are gone through."""

Write = Callable[[Head, Cases | None, BinaryIO], None]
"""Writes the report of a result; where the cases are None, it tells of no single case."""

FORMATS: Final[Mapping[str, str]] = {
    "text": "casecheck.reports.text:write_text",
    "html": "casecheck.reports.html.page:write_html",
}
"""Of each format the place of its function, as `module:function`."""


def writer(name: str) -> Write:
    """The function that writes the report in the format of that name."""
    module, _, function = FORMATS[name].partition(":")
    write: Write = getattr(import_module(module), function)
    return write
