"""The appendices: cases in which something failed, with the evidence; notes; and what could not be audited."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.facts import (
    INVALID,
    KINDS_OF_CASES,
    LONGEST_MESSAGE,
    LONGEST_TITLE,
    MOST_NOTES,
    NOTES_OF_SOURCES,
    NOTHING_JUDGED,
    failed,
    found,
    groups_of,
    invalid_record,
    kind_of_case,
    more_notes,
    note,
    reasons,
    sentence,
)
from casecheck.reports.pdf import pieces
from casecheck.reports.pdf.pieces import Piece, cell
from casecheck.reports.pdf.standards import Numbers
from casecheck.reports.words import listed, number, plain

MOST_CASES: Final = 200
"""Cases printed with what failed in them, and as many with notes; the result document holds them all."""
MOST_RECORDS: Final = 200
"""Invalid records printed, and sources with notes."""
_MOST_STANDARDS: Final = 20
"""Standards not known that are named of one case."""

_FINDINGS: Final = (
    pieces.column("No.", "10mm", "left"),
    pieces.column("Standard", "3fr", "left"),
    pieces.column("Severity", "16mm", "left"),
    pieces.column("What was found", "4fr", "left"),
)

Case = Mapping[str, Any]


class Kept:
    """The first MOST_CASES of some cases, and how many there are."""

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self.count = 0

    def add(self, case: Case) -> None:
        """Count the case, and keep it while there is room."""
        self.count += 1
        if len(self.cases) < MOST_CASES:
            self.cases.append(case)


def appendices(head: Mapping[str, Any], cases: Iterable[Case] | None, numbered: Numbers) -> Iterator[Piece]:
    """What stands after the standards. The cases are gone through once; few are kept."""
    by_kind: dict[str | None, Kept] = {kind: Kept() for kind in KINDS_OF_CASES}
    noted = Kept()
    for case in cases or ():
        kind = kind_of_case(case)
        if kind is not None:
            by_kind[kind].add(case)
        if case["notes"]:
            noted.add(case)
    yield from _cases(head["summary"]["rules"], by_kind, numbered)
    yield from _notes(noted)
    yield from _invalid(head["invalid_records"])
    yield from _notes_of_sources(head["sources"])


def _cases(
    rules: Sequence[Mapping[str, Any]], by_kind: Mapping[str | None, Kept], numbered: Numbers
) -> Iterator[Piece]:
    """The cases kind by kind, no more than MOST_CASES together."""
    named = {rule["rule"]: rule for rule in rules}
    room, new_page = MOST_CASES, True
    for kind in KINDS_OF_CASES:
        kept = by_kind[kind]
        printed = kept.cases[:room]
        room -= len(printed)
        if kept.count:
            yield pieces.heading(f"Appendix: {kind.lower()}", new_page=new_page)
            new_page = False
        if kept.count > len(printed):
            yield pieces.paragraphs(_cut(len(printed), kept.count, "cases"))
        for case in printed:
            yield from _case(case, named, numbered)


def _cut(printed: int, count: int, what: str) -> str:
    first = f"the first {number(printed)}" if printed else "none"
    return f"Of {number(count)} {what} {first} can be printed here; the JSON result has them all."


def _case(case: Case, rules: Mapping[str, Mapping[str, Any]], numbered: Numbers) -> Iterator[Piece]:
    groups, why = groups_of(case), reasons(case)
    yield pieces.heading(f"Case {plain(case['case_id'])}" + (f" ({groups})" if groups else ""), 2, listed=False)
    if why:
        yield pieces.paragraphs(why)
    graver_first = failed(case, rules)
    if graver_first:
        yield pieces.table(
            _FINDINGS, [pieces.rows([_finding(each, rules[each["rule"]], numbered) for each in graver_first])]
        )
    unknown = [_named(rules[finding["rule"]], numbered) for finding in found(case, "unknown")]
    if unknown:
        yield pieces.paragraphs(f"Not known: {listed(unknown, _MOST_STANDARDS)}.", style="small")
    if not graver_first and not unknown and not found(case, "pass"):
        yield pieces.paragraphs(NOTHING_JUDGED)


def _finding(finding: Mapping[str, Any], rule: Mapping[str, Any], numbered: Numbers) -> list[pieces.Cell]:
    title = plain(rule["title"], LONGEST_TITLE)
    return [cell(numbered[rule["rule"]]), cell(title), cell(rule["severity"]), cell(sentence(finding["message"]))]


def _named(rule: Mapping[str, Any], numbered: Numbers) -> str:
    return f"{numbered[rule['rule']]} {plain(rule['title'], LONGEST_TITLE)}"


# --- notes, and what could not be audited -----------------------------------------------------------------------------


def _notes(noted: Kept) -> Iterator[Piece]:
    if not noted.count:
        return
    yield pieces.heading("Appendix: notes on records")
    if noted.count > len(noted.cases):
        yield pieces.paragraphs(_cut(len(noted.cases), noted.count, "cases with notes"))
    for case in noted.cases:
        more = more_notes(case)
        yield pieces.heading(f"Case {plain(case['case_id'])}", 2, listed=False)
        yield pieces.bullets([*map(note, case["notes"][:MOST_NOTES]), *([more] if more else [])])


def _invalid(invalid: Sequence[Mapping[str, Any]]) -> Iterator[Piece]:
    if not invalid:
        return
    yield pieces.heading(f"Appendix: {INVALID.lower()}")
    if len(invalid) > MOST_RECORDS:
        yield pieces.paragraphs(_cut(MOST_RECORDS, len(invalid), "records"))
    yield pieces.bullets([invalid_record(each) for each in invalid[:MOST_RECORDS]])


def _notes_of_sources(sources: Sequence[Mapping[str, Any]]) -> Iterator[Piece]:
    noted = [source for source in sources if source["notes"]]
    if not noted:
        return
    yield pieces.heading(f"Appendix: {NOTES_OF_SOURCES.lower()}")
    if len(noted) > MOST_RECORDS:
        yield pieces.paragraphs(_cut(MOST_RECORDS, len(noted), "sources with notes"))
    for source in noted[:MOST_RECORDS]:
        yield pieces.heading(plain(source["name"]), 2, listed=False)
        yield pieces.bullets([plain(said, LONGEST_MESSAGE) for said in source["notes"][:MOST_RECORDS]])
