"""How to read the audit: what its words and drawings mean, for who meets it on paper."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from casecheck.reports.bases import report_of
from casecheck.reports.facts import ABOUT_STANDARDS, LONGEST_MESSAGE, about_grades, sentence
from casecheck.reports.pdf import pieces
from casecheck.reports.pdf.front import GRADES
from casecheck.reports.pdf.pieces import Piece
from casecheck.reports.words import percent, plain

CASES: Final = (
    "A case is inadequate if more standards fail in it than the pack allows, undetermined if the records do not hold "
    "enough to tell, and else adequate. The appendix says of every inadequate case why it is."
)
INTERVALS: Final = (
    "Every share has a 95% interval: how far it may be from the true one by chance, if the cases were drawn at random "
    "from many. It says nothing of how they were drawn."
)
CHARTS: Final = (
    "In the charts a grey bar is a share, and the line with two ends its 95% interval. Dotted lines are the shares "
    "from which a grade is indicated."
)
SEVERITY: Final = "Critical, major and minor say how much it weighs if a standard fails."
UNKNOWN: Final = (
    "Not known means that the source does not hold what is needed to tell. It is held against nobody, and is in no "
    "share. A dash means that there is nothing to count."
)
PRIVACY: Final = "A case is named by its number at the council alone. Nothing else of a child is in this report."


def guide(head: Mapping[str, Any]) -> Iterator[Piece]:
    """The last pages."""
    pack = head["pack"]
    yield pieces.heading("How to read this audit", new_page=True)
    yield pieces.entries(
        [
            ("Cases", CASES),
            ("Standards", ABOUT_STANDARDS),
            ("Severity", SEVERITY),
            ("Not known", UNKNOWN),
            ("Intervals", INTERVALS),
            ("Grades", f"{_thresholds(pack['grades'])} {about_grades(head['summary']['areas'])}"),
            ("Charts", CHARTS),
            ("Report", f"Paragraphs cited as of the report are those of {report_of(pack)}."),
            ("Privacy", PRIVACY),
        ]
    )
    if pack["terms"]:
        yield pieces.heading("Terms that standards share", 2)
        terms = [(plain(each["term"]), plain(sentence(each["means"]), LONGEST_MESSAGE)) for each in pack["terms"]]
        yield pieces.entries(terms, wide=True)


def _thresholds(grades: Mapping[str, float]) -> str:
    told = ", ".join(f"{percent(grades[name])} {name}" for name in reversed(GRADES))
    return f"Of an area's cases so many adequate indicate which grade: {told}; fewer, inadequate."
