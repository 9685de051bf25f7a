"""The report as PDF: typst sets the document by the template, and checks it against PDF/UA-1."""

from importlib.resources import as_file, files
from typing import BinaryIO, Final

import orjson

from casecheck.errors import UsageProblem
from casecheck.reports.formats import Cases, Head
from casecheck.reports.pdf.document import document
from casecheck.reports.pdf.letters import printable

try:
    import typst
except ImportError as error:
    raise UsageProblem("a PDF is set by typst, which is not installed: pip install 'casecheck[pdf]'") from error

STANDARD: Final = "ua-1"
_TEMPLATE: Final = "audit.typ"


def write_pdf(head: Head, cases: Cases | None, out: BinaryIO) -> None:
    """Write the report; see `casecheck.reports.formats`."""
    out.write(pdf(head, cases))


def pdf(head: Head, cases: Cases | None) -> bytes:
    """The report as PDF. The same result gives the same bytes: its fonts are typst's own, its date is the audit's."""
    data = orjson.dumps(printable(document(head, cases))).decode()
    with as_file(files("casecheck.reports.pdf") / "template") as folder:
        return typst.compile(
            folder / _TEMPLATE,
            root=folder,
            format="pdf",
            sys_inputs={"audit": data},
            pdf_standards=[STANDARD],
            ignore_system_fonts=True,
        )
