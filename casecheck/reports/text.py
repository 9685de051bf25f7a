"""The audit as a page of text: 80 columns, no colours, fit for a terminal, a pipe or paper.

What was audited comes first, then how much of it is adequate, then the standards, then the cases with their evidence.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from casecheck.reports.text_groups import breakdown
from casecheck.reports.text_tables import LONGEST_TITLE, areas_table, standards_table
from casecheck.reports.words import (
    WIDTH,
    as_utf8,
    counted,
    day_in_words,
    heading,
    listed,
    number,
    percent,
    plain,
    wrapped,
)

SEVERITIES: Final = ("critical", "major", "minor")
MOST_SOURCES: Final = 5
"""Sources told by name; the result document holds them all."""
MOST_NOTES: Final = 5
"""Notes told of one case; the result document holds them all."""

LONGEST_MESSAGE: Final = 1000

_FROM: Final = {
    "call": "as the call says",
    "casecheck.yaml": "as casecheck.yaml says",
    "source": "the reference date of what was read",
    "today": "today, since nothing said otherwise",
}


def write_text(head: Mapping[str, Any], cases: Iterable[Mapping[str, Any]] | None, out: BinaryIO) -> None:
    """Write the report; see `casecheck.reports.formats`."""
    out.writelines(as_utf8(text_report(head, cases)))


def text_report(head: Mapping[str, Any], cases: Iterable[Mapping[str, Any]] | None) -> Iterator[str]:
    """The lines of the report.

    `head` is the result document (its `cases` are not looked at), `cases` its cases, gone through more than once; None
    leaves the cases out.
    """
    summary = head["summary"]
    yield from audited_head("Audit of case records", head, summary["cases"])
    yield from _verdict(summary)
    yield from _in_time(summary)
    yield from heading("Record of main findings, as the audited standards indicate")
    yield from areas_table(summary["areas"])
    yield ""
    yield from wrapped(_about_grades(summary["areas"]))
    yield from heading("Standards, in cases")
    yield from standards_table(summary["rules"], summary["areas"])
    yield ""
    yield from wrapped(
        "Passed, failed, not due and not known count cases. Met in time: the share of what was due in the review "
        "period, visit by visit and plan by plan, that was done in time."
    )
    for name in dict.fromkeys(group["by"] for group in summary["groups"]):
        yield from breakdown(name, summary)
    if cases is not None:
        yield from _cases(summary, cases)
    yield from _invalid(head["invalid_records"])
    yield from _notes_of_sources(head["sources"])


# --- head -------------------------------------------------------------------------------------------------------------


def audited_head(title: str, head: Mapping[str, Any], cases: Mapping[str, int]) -> Iterator[str]:
    """What stands above every report of an audit: its title, what was audited, as at which day, against what.

    `head` is a document with the sources, days and pack of an audit; `cases` its counts of records.
    """
    pack = head["pack"]
    yield title.upper()
    yield "=" * WIDTH
    yield from _entry("Audited", _sources(head["sources"]))
    counts = f"{counted(cases['read'], 'record')} read, {number(cases['audited'])} audited"
    yield from _entry("", f"{counts}, {number(cases['invalid'])} invalid")
    where_from = _FROM.get(head["as_at_from"], plain(head["as_at_from"]))
    yield from _entry("As at", f"{day_in_words(head['as_at'])} ({where_from})")
    yield from _entry("Looking back", f"from {day_in_words(head['since'])} to that day")
    yield from _entry(
        "Against", f"{plain(pack['id'])}, version {plain(pack['version'])} (digest {pack['digest'][:12]})"
    )
    yield from _entry("Made by", f"casecheck {head['casecheck']}")


def _entry(name: str, text: str) -> list[str]:
    return wrapped(text, f"{name:<14}")


def _sources(sources: list[Mapping[str, Any]]) -> str:
    if len(sources) == 1:
        return f"{plain(sources[0]['name'])} ({plain(sources[0]['format'])})"
    names = listed((plain(source["name"]) for source in sources), MOST_SOURCES)
    return f"{counted(len(sources), 'source')}: {names}"


def _verdict(summary: Mapping[str, Any]) -> Iterator[str]:
    cases, share = summary["cases"], summary["adequacy_ratio"]
    undetermined = cases["undetermined"]
    yield ""
    if share["ratio"] is None:
        yield from wrapped("No case could be called adequate or inadequate.")
    else:
        ratio = f"{percent(share['ratio'])}; 95% interval {percent(share['low'])} to {percent(share['high'])}"
        of = f"{number(share['numerator'])} of {counted(share['denominator'], 'case')}"
        yield from wrapped(f"{of} adequate ({ratio}).")
    if undetermined:
        are = "case is" if undetermined == 1 else "cases are"
        more = "more " if share["denominator"] else ""
        in_no_share = "It is" if undetermined == 1 else "They are"
        yield from wrapped(
            f"{number(undetermined)} {more}{are} undetermined: the records do not hold enough to tell. "
            f"{in_no_share} in no share."
        )


def _in_time(summary: Mapping[str, Any]) -> Iterator[str]:
    share = summary["obligation_ratio"]
    if share["denominator"]:
        of = f"{number(share['numerator'])} of {number(share['denominator'])} ({percent(share['ratio'])})"
        yield from wrapped(f"Of what was due in the review period, {of} was done in time.")


def _about_grades(areas: Iterable[Mapping[str, Any]]) -> str:
    said = "Grades are indicated by the audited standards. They are not an inspector's judgement."
    if any(area["grade_low"] != area["grade_high"] for area in areas):
        said += " Where two are named, too few cases were audited to tell them, and those between them, apart."
    return said


# --- cases ------------------------------------------------------------------------------------------------------------


def _cases(summary: Mapping[str, Any], cases: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    rules = {rule["rule"]: rule for rule in summary["rules"]}
    parts = (
        ("Inadequate cases", lambda case: case["adequate"] is False),
        ("Undetermined cases", lambda case: case["adequate"] is None),
        ("Adequate cases that fail a standard", lambda case: case["adequate"] is True and _found(case, "fail")),
    )
    for title, belongs in parts:
        begun = False
        for case in cases:
            if belongs(case):
                if not begun:
                    yield from heading(title)
                begun = True
                yield from _case(case, rules)
    begun = False
    for case in cases:
        if case["notes"]:
            if not begun:
                yield from heading("Notes on records")
            begun = True
            yield from _notes_of_case(case)


def _found(case: Mapping[str, Any], outcome: str) -> list[Mapping[str, Any]]:
    return [finding for finding in case["findings"] if finding["outcome"] == outcome]


def _case(case: Mapping[str, Any], rules: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    groups = "; ".join(f"{plain(name)}: {plain(value)}" for name, value in case["groups"].items())
    yield ""
    yield from wrapped(f"Case {plain(case['case_id'])}" + (f" ({groups})" if groups else ""))
    if case["reasons"]:
        yield from wrapped(_sentence("; ".join(case["reasons"])), "  ")
    failed = sorted(_found(case, "fail"), key=lambda each: SEVERITIES.index(rules[each["rule"]]["severity"]))
    for finding in failed:
        rule = rules[finding["rule"]]
        yield from wrapped(plain(rule["title"], LONGEST_TITLE), f"  {rule['severity']:<10}")
        yield from wrapped(_sentence(finding["message"]), " " * 12)
    unknown = [finding["rule"] for finding in _found(case, "unknown")]
    if unknown:
        yield from wrapped(", ".join(unknown), "  not known ", " " * 12)
    if not failed and not unknown and not _found(case, "pass"):
        yield "  No standard had anything to judge in the review period."


def _sentence(message: str) -> str:
    return plain(message[:1].upper() + message[1:], LONGEST_MESSAGE) + "."


def _notes_of_case(case: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield from wrapped(f"Case {plain(case['case_id'])}")
    for note in case["notes"][:MOST_NOTES]:
        where = f"{plain(note['pointer'], LONGEST_MESSAGE)}: " if note["pointer"] else ""
        yield from wrapped(where + plain(note["message"], LONGEST_MESSAGE), "  - ")
    more = len(case["notes"]) - MOST_NOTES
    if more > 0:
        yield f"  - and {number(more)} more, in the JSON result"


# --- what could not be audited, and what was not used -----------------------------------------------------------------


def _invalid(invalid: list[Mapping[str, Any]]) -> Iterator[str]:
    if not invalid:
        return
    yield from heading("Records that could not be audited")
    yield ""
    for each in invalid:
        yield from wrapped(plain(invalid_record(each), LONGEST_MESSAGE), "- ")


def invalid_record(each: Mapping[str, Any]) -> str:
    """An entry of `invalid_records` as one line: source, record, place, and what is wrong."""
    record = each["record"]
    name = f"record {record}" if isinstance(record, int) else f"case {plain(record)}"
    place = f" at {each['pointer']}" if each["pointer"] else ""
    return f"{plain(each['source'])}, {name}{place}: {each['message']}"


def _notes_of_sources(sources: list[Mapping[str, Any]]) -> Iterator[str]:
    noted = [source for source in sources if source["notes"]]
    if not noted:
        return
    yield from heading("Notes on what was read")
    for source in noted:
        yield ""
        yield from wrapped(plain(source["name"]))
        for note in source["notes"]:
            yield from wrapped(plain(note, LONGEST_MESSAGE), "  - ")
