"""The audit as JUnit XML."""

import io
from xml.etree import ElementTree

from casecheck.reports.junit import MOST_OBLIGATIONS, write_junit
from tests.reports.documents import CASES, HEAD, HOSTILE, HOSTILE_CASES, HOSTILE_HEAD, RULES, found, obligation
from tests.reports.results import area, case, head


def suites(of=HEAD, cases=CASES):
    out = io.BytesIO()
    write_junit(of, cases, out)
    return ElementTree.fromstring(out.getvalue())


def test_a_suite_is_an_area_and_a_test_a_case_and_standard():
    root = suites()
    assert [suite.get("name") for suite in root] == ["Looked after: care", "Voice", "Records that could not be audited"]
    assert [[test.get("name") for test in suite] for suite in root] == [
        [
            "C1: Children are visited in time",
            "C1: A plan, 100% kept",
            "C2: Children are visited in time",
            "C2: A plan, 100% kept",
        ],
        ["C1: Views"],
        ["a.json: 4"],
    ]


def test_a_failure_says_why_and_where():
    failure = suites()[0][0]
    assert failure.attrib == {"classname": "visits", "name": "C1: Children are visited in time", "file": "a.json"}
    (told,) = failure
    assert told.tag == "failure"
    assert told.attrib == {"message": "Visit due 30 January 2012, made 12 March 2012.", "type": "critical"}
    assert (told.text or "").splitlines() == [
        "Visit due 30 January 2012, made 12 March 2012.",
        "/a/1: every 6 weeks, due 30 January 2012, done 12 March 2012",
        "/a/2: every 6 weeks, due 30 January 2012, missed",
    ]


def test_what_cannot_be_told_or_is_not_due_is_skipped_with_its_reason():
    root = suites()
    assert root[0][1][0].attrib == {"message": "Not known: Plan: not held."}
    assert root[1][0][0].attrib == {"message": "Not due yet: Views due 1 May 2012."}
    assert {root[0][1][0].tag, root[1][0][0].tag} == {"skipped"}


def test_a_record_that_could_not_be_audited_is_an_error():
    (error,) = suites()[2][0]
    assert error.tag == "error"
    assert error.get("message") == "a.json, record 4 at /b: is wrong"


def test_the_counts_are_those_of_the_tests():
    root = suites()
    for node in (root, *root):
        tests = list(node.iter("testcase"))
        counts = {name: sum(test.find(name) is not None for test in tests) for name in ("failure", "skipped", "error")}
        names = ("tests", "failures", "skipped", "errors")
        assert [int(node.get(name) or "-1") for name in names] == [len(tests), *counts.values()]


def test_of_many_obligations_the_first_are_told():
    many = [obligation(f"/a/{number}") for number in range(MOST_OBLIGATIONS + 2)]
    of = head(inadequate=1, rules=RULES[:1], areas=[area("care", inadequate=1)])
    text = suites(of, [case(findings=[found("visits", "fail", *many)])])[0][0][0].text or ""
    assert text.splitlines()[-1] == "and 2 more"


def test_the_path_of_the_call_is_told_where_it_is_known_and_no_file_where_there_is_none():
    root = suites({**HEAD, "paths": {"a.json": "cases/a.json"}}, [{**CASES[0], "source": "standard input"}, CASES[1]])
    assert [test.get("file") for test in root[0]] == [None, None, "b.jsonl.gz", "b.jsonl.gz"]
    assert root[2][0].get("file") == "cases/a.json"


def test_whatever_stands_in_a_record_the_document_is_well_formed():
    root = suites(HOSTILE_HEAD, HOSTILE_CASES)
    assert [len(suite) for suite in root] == [2, 1]
    assert "\x1b" not in ElementTree.tostring(root, encoding="unicode")
    assert HOSTILE[:9] in (root[0][0].get("name") or "")
