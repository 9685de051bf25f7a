"""The audit as a page of text: 80 columns, no colours, fit for a terminal, a pipe or paper.

What was audited comes first, then how much of it is adequate, then the standards, then the cases with their evidence.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from casecheck.reports.facts import (
    ABOUT_STANDARDS,
    INVALID,
    KINDS_OF_CASES,
    LONGEST_MESSAGE,
    LONGEST_TITLE,
    MAIN_FINDINGS,
    MOST_NOTES,
    NOTES_OF_SOURCES,
    NOTHING_JUDGED,
    STANDARDS,
    TITLE,
    about_grades,
    audited,
    failed,
    found,
    groups_of,
    kind_of_case,
    more_notes,
    note,
    reasons,
    sentence,
    verdict,
)
from casecheck.reports.facts import invalid_record as invalid_record
from casecheck.reports.text_groups import breakdown
from casecheck.reports.text_tables import areas_table, standards_table
from casecheck.reports.words import WIDTH, as_utf8, heading, plain, wrapped


def write_text(head: Mapping[str, Any], cases: Iterable[Mapping[str, Any]] | None, out: BinaryIO) -> None:
    """Write the report; see `casecheck.reports.formats`."""
    out.writelines(as_utf8(text_report(head, cases)))


def text_report(head: Mapping[str, Any], cases: Iterable[Mapping[str, Any]] | None) -> Iterator[str]:
    """The lines of the report.

    `head` is the result document (its `cases` are not looked at), `cases` its cases, gone through more than once; None
    leaves the cases out.
    """
    summary = head["summary"]
    yield from audited_head(TITLE, head, summary["cases"])
    yield ""
    for said in verdict(summary):
        yield from wrapped(said)
    yield from heading(MAIN_FINDINGS)
    yield from areas_table(summary["areas"])
    yield ""
    yield from wrapped(about_grades(summary["areas"]))
    yield from heading(STANDARDS)
    yield from standards_table(summary["rules"], summary["areas"])
    yield ""
    yield from wrapped(ABOUT_STANDARDS)
    for name in dict.fromkeys(group["by"] for group in summary["groups"]):
        yield from breakdown(name, summary)
    if cases is not None:
        yield from _cases(summary, cases)
    yield from _invalid(head["invalid_records"])
    yield from _notes_of_sources(head["sources"])


def audited_head(title: str, head: Mapping[str, Any], cases: Mapping[str, int]) -> Iterator[str]:
    """What stands above every report of an audit: its title, what was audited, as at which day, against what.

    `head` is a document with the sources, days and pack of an audit; `cases` its counts of records.
    """
    yield title.upper()
    yield "=" * WIDTH
    for name, text in audited(head, cases):
        yield from wrapped(text, f"{name:<14}")


# --- cases ------------------------------------------------------------------------------------------------------------


def _cases(summary: Mapping[str, Any], cases: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    rules = {rule["rule"]: rule for rule in summary["rules"]}
    for kind in KINDS_OF_CASES:
        begun = False
        for case in cases:
            if kind_of_case(case) == kind:
                if not begun:
                    yield from heading(kind)
                begun = True
                yield from _case(case, rules)
    begun = False
    for case in cases:
        if case["notes"]:
            if not begun:
                yield from heading("Notes on records")
            begun = True
            yield from _notes_of_case(case)


def _case(case: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    groups, why = groups_of(case), reasons(case)
    yield ""
    yield from wrapped(f"Case {plain(case['case_id'])}" + (f" ({groups})" if groups else ""))
    if why:
        yield from wrapped(why, "  ")
    graver_first = failed(case, rules)
    for finding in graver_first:
        rule = rules[finding["rule"]]
        yield from wrapped(plain(rule["title"], LONGEST_TITLE), f"  {rule['severity']:<10}")
        yield from wrapped(sentence(finding["message"]), " " * 12)
    unknown = [finding["rule"] for finding in found(case, "unknown")]
    if unknown:
        yield from wrapped(", ".join(unknown), "  not known ", " " * 12)
    if not graver_first and not unknown and not found(case, "pass"):
        yield f"  {NOTHING_JUDGED}"


def _notes_of_case(case: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield from wrapped(f"Case {plain(case['case_id'])}")
    for each in case["notes"][:MOST_NOTES]:
        yield from wrapped(note(each), "  - ")
    more = more_notes(case)
    if more:
        yield f"  - {more}"


# --- what could not be audited, and what was not used -----------------------------------------------------------------


def _invalid(invalid: list[Mapping[str, Any]]) -> Iterator[str]:
    if not invalid:
        return
    yield from heading(INVALID)
    yield ""
    for each in invalid:
        yield from wrapped(invalid_record(each), "- ")


def _notes_of_sources(sources: list[Mapping[str, Any]]) -> Iterator[str]:
    noted = [source for source in sources if source["notes"]]
    if not noted:
        return
    yield from heading(NOTES_OF_SOURCES)
    for source in noted:
        yield ""
        yield from wrapped(plain(source["name"]))
        for said in source["notes"]:
            yield from wrapped(plain(said, LONGEST_MESSAGE), "  - ")
