"""The printed audit as data for the template: all its pieces, in their order."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from casecheck.reports.facts import TITLE
from casecheck.reports.formats import Cases, Head
from casecheck.reports.pdf.cases import appendices
from casecheck.reports.pdf.front import front
from casecheck.reports.pdf.groups import breakdown
from casecheck.reports.pdf.guide import guide
from casecheck.reports.pdf.pieces import Piece
from casecheck.reports.pdf.standards import numbers, standards
from casecheck.reports.pdf.trend import trend
from casecheck.reports.words import day_in_words, plain

LANGUAGE: Final = ("en", "GB")


def document(head: Head, cases: Cases | None) -> dict[str, Any]:
    """The document: its title, date and language, what stands at the head and foot of each page, and its pieces."""
    as_at = day_in_words(head["as_at"])
    year, month, day = map(int, head["as_at"].split("-"))
    language, region = LANGUAGE
    return {
        "title": f"{TITLE}, {as_at}",
        "keywords": [plain(head["pack"]["id"]), "casecheck"],
        "date": {"year": year, "month": month, "day": day},
        "language": language,
        "region": region,
        "head": f"{TITLE}, as at {as_at}",
        "foot": {
            "left": f"{plain(head['pack']['id'])}, version {plain(head['pack']['version'])}",
            "page": "Page",
            "of": "of",
        },
        "pieces": list(_pieces(head, cases)),
    }


def _pieces(head: Mapping[str, Any], cases: Cases | None) -> Iterator[Piece]:
    summary = head["summary"]
    numbered = numbers(summary)
    yield from front(head)
    for name in dict.fromkeys(group["by"] for group in summary["groups"]):
        yield from breakdown(name, summary)
    if "trend" in head:
        yield from trend(head["trend"])
    yield from standards(head, numbered)
    yield from guide(head)
    yield from appendices(head, cases, numbered)
