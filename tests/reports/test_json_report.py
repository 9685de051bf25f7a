"""The result document as JSON."""

import json

from casecheck.reports.json_report import json_report, last_line
from tests.reports.results import case, head

CASES = [json.dumps(case(f"C{number}")).encode() for number in range(3)]


def test_the_document_holds_all_of_the_head_and_the_cases_a_line_each():
    result = head(inadequate=3)
    written = b"".join(json_report(result, CASES))
    document = json.loads(written)
    assert document == {**result, "cases": [json.loads(each) for each in CASES]}
    assert list(document)[-3:] == ["summary", "cases", "invalid_records"]
    assert written.count(b"\n" + CASES[1]) == 1
    assert written.endswith(b"}\n")


def test_a_document_without_cases_is_valid_too():
    assert json.loads(b"".join(json_report(head(), [])))["cases"] == []


def test_the_last_line_of_json_lines_is_the_rest_of_the_document():
    line = last_line(head(inadequate=3))
    assert json.loads(line) == head(inadequate=3)
    assert line.count(b"\n") == 1
