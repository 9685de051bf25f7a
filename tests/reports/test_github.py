"""The audit as annotations of GitHub Actions."""

import io
import re

from casecheck.reports.github import write_github
from tests.reports.documents import CASES, HEAD, HOSTILE_CASES, HOSTILE_HEAD


def annotations(head=HEAD, cases=CASES):
    out = io.BytesIO()
    write_github(head, cases, out)
    return out.getvalue().decode().splitlines()


def test_a_finding_that_fails_is_an_annotation_of_its_severity_on_the_record():
    assert annotations({**HEAD, "paths": {"a.json": "cases/a.json"}}) == [
        "::error file=cases/a.json,title=Records that could not be audited::a.json, record 4 at /b: is wrong",
        "::error file=cases/a.json,line=3,title=Children are visited in time::Case C1: Visit due 30 January 2012, made "
        "12 March 2012. (visits, /a/1)",
        "::warning file=b.jsonl.gz,title=A plan%2C 100%25 kept::Case C2: Plan due 30 January 2012, not made. (plan)",
        "::notice title=Audit of case records::1 of 2 cases adequate (50%25; 95%25 interval 9%25 to 91%25).",
    ]


def test_without_cases_it_says_how_much_is_adequate():
    assert len(annotations(cases=None)) == 2


def test_where_the_files_are_at_hand_it_stands_on_the_line_of_what_was_late_or_missed():
    asked = []

    def line_of(*of):
        asked.append(of)
        return 17 if of[0] == "a.json" else None

    told = annotations({**HEAD, "line_of": line_of}, [CASES[0], {**CASES[1], "source": "a.json.txt"}])
    assert asked == [("a.json", "C1", 3, "/a/1"), ("a.json.txt", "C2", 2, "")]
    assert [line.partition(",title")[0] for line in told[1:3]] == [
        "::error file=a.json,line=17",
        "::warning file=a.json.txt,line=2",
    ]


def test_without_a_file_an_annotation_stands_alone():
    _, first, *_ = annotations(cases=[{**CASES[0], "source": "standard input"}])
    assert first.startswith("::error title=Children are visited in time::Case C1: ")


def test_whatever_stands_in_a_record_it_commands_nothing():
    told = annotations(HOSTILE_HEAD, HOSTILE_CASES)
    assert len(told) == 3
    for line in told:
        assert line.isprintable()
        found = re.fullmatch(r"::(error|warning|notice) ((?:file|line|title)=[^:,]*,?)+::.*", line)
        assert found, line
        assert "%0A" not in line.replace("%250A", "")
