"""The audit as tables for a spreadsheet."""

import csv
import io

from casecheck.reports.csv_report import FINDINGS, OBLIGATIONS, write_findings, write_obligations
from tests.reports.documents import CASES, HEAD, HOSTILE_CASES, HOSTILE_HEAD


def rows(write, head=HEAD, cases=CASES):
    out = io.BytesIO()
    write(head, cases, out)
    names, *lines = csv.reader(io.StringIO(out.getvalue().decode(), newline=""))
    return names, [dict(zip(names, line, strict=True)) for line in lines]


def test_a_row_is_a_finding():
    names, found = rows(write_findings)
    assert names == [*FINDINGS, "by team"]
    assert [(row["case_id"], row["rule"], row["outcome"]) for row in found] == [
        ("C1", "visits", "failed"),
        ("C1", "plan", "not known"),
        ("C1", "views", "not due"),
        ("C2", "visits", "passed"),
        ("C2", "plan", "failed"),
        ("C2", "views", "does not apply"),
    ]
    assert found[0] == {
        "case_id": "C1",
        "source": "a.json",
        "verdict": "inadequate",
        "rule": "visits",
        "title": "Children are visited in time",
        "area": "care",
        "severity": "critical",
        "outcome": "failed",
        "message": "Visit due 30 January 2012, made 12 March 2012.",
        "met": "0",
        "late": "1",
        "missed": "1",
        "not_due": "0",
        "unknown": "0",
        "by team": "East",
    }
    assert found[3]["message"] == ""


def test_a_row_is_an_obligation_counted_or_not():
    names, found = rows(write_obligations)
    assert names == [*OBLIGATIONS, "by team"]
    assert len(found) == 7
    assert [(row["outcome"], row["counted"], row["done"]) for row in found[:3]] == [
        ("late", "no", "2012-03-12"),
        ("late", "yes", "2012-03-12"),
        ("missed", "yes", ""),
    ]
    assert found[4]["outcome"] == "not due"
    assert (found[1]["pointer"], found[1]["evidence"], found[1]["days_late"]) == ("/a/1", "/a/1", "42")


def test_what_stands_in_a_record_is_neither_a_formula_nor_a_row():
    for write, number in ((write_findings, 2), (write_obligations, 2)):
        _, found = rows(write, HOSTILE_HEAD, HOSTILE_CASES)
        assert len(found) == number
        cells = [cell for row in found for cell in row.values()]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
        assert all(cell.isprintable() for cell in cells)
