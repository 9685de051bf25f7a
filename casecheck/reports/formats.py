"""The formats of the report: each is made from the result document alone, by one function.

`casecheck audit --format` and `casecheck report --format` both have them from here. A new one is a line in FORMATS and
a module. It is imported when it is asked for, so that nobody waits for what another format stands on.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, BinaryIO, Final

from casecheck.errors import UsageProblem

Head = Mapping[str, Any]
"""The result document without its `cases`; under `trend` a document `casecheck/trend/1`, where one is given, and under
`paths` where the file of each source lies, seen from the folder of the call, where that is known, and under `line_of` a
function that finds a line of them: see `casecheck.reports.source_places`."""

Cases = Iterable[Mapping[str, Any]]
"""The cases of the result: made anew, one after the other, each time that they are gone through."""

Write = Callable[[Head, Cases | None, BinaryIO], None]
"""Writes the report of a result; where the cases are None, it tells of no single case."""

FORMATS: Final[Mapping[str, str]] = {
    "text": "casecheck.reports.text:write_text",
    "html": "casecheck.reports.html.page:write_html",
    "markdown": "casecheck.reports.markdown:write_markdown",
    "csv": "casecheck.reports.csv_report:write_findings",
    "csv-obligations": "casecheck.reports.csv_report:write_obligations",
    "junit": "casecheck.reports.junit:write_junit",
    "github": "casecheck.reports.github:write_github",
    "pdf": "casecheck.reports.pdf.writing:write_pdf",
}
"""Of each format the place of its function, as `module:function`."""

NO_TEXT: Final = frozenset({"pdf"})
"""Formats whose bytes are no text, and nothing for a terminal."""


OF_CASES: Final = frozenset({"csv", "csv-obligations", "junit"})
"""Formats that tell of nothing but single cases."""


def writer(name: str, with_cases: bool = True) -> Write:
    """The function that writes the report in the format of that name.

    Raises UsageProblem where it is to tell of no single case, and the format tells of nothing else.
    """
    if name in OF_CASES and not with_cases:
        raise UsageProblem(f"--no-cases: {name} tells of single cases alone, so nothing would be left; leave it out")
    module, _, function = FORMATS[name].partition(":")
    write: Write = getattr(import_module(module), function)
    return write
