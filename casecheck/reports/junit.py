"""The audit as JUnit XML, which systems that run checks show as tests: a suite an area, a test a case and standard.

A standard that a case fails is a failure with the finding's message; one of which it cannot be told, or that has
nothing due yet, is skipped, and says why. What does not bind a case is left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from casecheck.reports.facts import INVALID, LONGEST_MESSAGE, LONGEST_TITLE, TITLE, invalid_record, sentence
from casecheck.reports.source_places import SourcePlaces
from casecheck.reports.words import as_utf8, day_in_words, number, plain

Part = Mapping[str, Any]

MOST_OBLIGATIONS: Final = 20
"""Told of one finding; the result document has them all."""

_SKIPPED: Final = {"unknown": "Not known", "not_due": "Not due yet"}


def write_junit(head: Part, cases: Iterable[Part] | None, out: BinaryIO) -> None:
    """Write the report; see `casecheck.reports.formats`."""
    out.writelines(as_utf8(_document(head, cases or ())))


def _document(head: Part, cases: Iterable[Part]) -> Iterator[str]:
    summary, invalid = head["summary"], head["invalid_records"]
    places = SourcePlaces(head)
    by_area: dict[str, list[Part]] = {area["area"]: [] for area in summary["areas"]}
    for rule in summary["rules"]:
        by_area[rule["area"]].append(rule)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<testsuites{_attributes(name=TITLE, **_counts(summary['rules'], len(invalid)))}>"
    for area in summary["areas"]:
        yield from _suite(plain(area["title"], LONGEST_TITLE), by_area[area["area"]], cases, places)
    if invalid:
        yield from _invalid(invalid, places)
    yield "</testsuites>"


def _counts(rules: Iterable[Part], errors: int = 0) -> dict[str, int]:
    found = dict.fromkeys(("pass", "fail", "unknown", "not_due"), 0)
    for rule in rules:
        for outcome in found:
            found[outcome] += rule["cases"][outcome]
    skipped = found["unknown"] + found["not_due"]
    tests = sum(found.values()) + errors
    return {"tests": tests, "failures": found["fail"], "errors": errors, "skipped": skipped}


def _suite(title: str, rules: Sequence[Part], cases: Iterable[Part], places: SourcePlaces) -> Iterator[str]:
    within = {rule["rule"]: rule for rule in rules}
    yield f"<testsuite{_attributes(name=title, **_counts(rules))}>"
    for case in cases:
        for finding in case["findings"]:
            rule = within.get(finding["rule"])
            if rule is not None and finding["outcome"] != "not_applicable":
                yield _test(case, rule, finding, places)
    yield "</testsuite>"


def _test(case: Part, rule: Part, finding: Part, places: SourcePlaces) -> str:
    name = f"{plain(case['case_id'])}: {plain(rule['title'], LONGEST_TITLE)}"
    head = _attributes(classname=plain(rule["rule"]), name=name, file=places.of(case["source"]).file)
    outcome = finding["outcome"]
    if outcome == "pass":
        return f"<testcase{head}/>"
    said = sentence(finding["message"])
    if outcome == "fail":
        lines = "\n".join([said, *_evidence(finding["obligations"])])
        what = f"<failure{_attributes(message=said, type=rule['severity'])}>{escape(lines)}</failure>"
    else:
        what = f"<skipped{_attributes(message=f'{_SKIPPED[outcome]}: {said}')}/>"
    return f"<testcase{head}>{what}</testcase>"


def _evidence(obligations: Iterable[Part]) -> Iterator[str]:
    """What was late or missed, each with its place in the record."""
    wrong = [each for each in obligations if each["counted"] and each["outcome"] in ("late", "missed")]
    for each in wrong[:MOST_OBLIGATIONS]:
        done = f"done {day_in_words(each['done'])}" if each["done"] else each["outcome"]
        place = plain(each["pointer"] or "/", LONGEST_MESSAGE)
        yield f"{place}: {plain(each['limit'], LONGEST_MESSAGE)}, due {day_in_words(each['due'])}, {done}"
    if len(wrong) > MOST_OBLIGATIONS:
        yield f"and {number(len(wrong) - MOST_OBLIGATIONS)} more"


def _invalid(records: Sequence[Part], places: SourcePlaces) -> Iterator[str]:
    count = len(records)
    yield f"<testsuite{_attributes(name=INVALID, tests=count, failures=0, errors=count, skipped=0)}>"
    for each in records:
        name = f"{plain(each['source'], LONGEST_MESSAGE)}: {plain(str(each['record']))}"
        head = _attributes(classname="record", name=name, file=places.of(each["source"]).file)
        yield f"<testcase{head}><error{_attributes(message=invalid_record(each), type='invalid')}/></testcase>"
    yield "</testsuite>"


def _attributes(**values: str | int | None) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items() if value is not None)
