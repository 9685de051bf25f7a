"""The cases of the HTML report: what each shows, and what is left out of a large one."""

import pytest

from casecheck.reports.html import cases as cases_module
from casecheck.reports.html import selection as selection_module
from casecheck.reports.html.selection import selection
from tests.reports.documents import CASES, HEAD, found, obligation
from tests.reports.html.reading import by_id, page, texts, words
from tests.reports.results import case, head, note, rule


def test_a_case_says_what_it_is_before_it_is_opened():
    summary = by_id(page(HEAD, CASES), "case-1").find("summary")
    assert words(summary) == "C1 inadequate Standards failed: 1 critical Team : East Longest delay: 42 days"


def test_what_filters_and_sorts_a_case_stands_with_it():
    first, second = (by_id(page(HEAD, CASES), f"case-{number}") for number in (1, 2))
    told = {name.removeprefix("data-"): value for name, value in first.items() if name.startswith("data-")}
    assert told == {
        "name": "C1",
        "verdict": "inadequate",
        "weight": "1.0.0",
        "latest": "42",
        "signs": "fud",
        "group-0": "East",
    }
    assert second.get("data-signs") == "pf-"


def test_an_opened_case_tells_why_with_the_evidence_of_each_standard():
    opened = by_id(page(HEAD, CASES), "case-1")
    assert "1 critical standard failed, and none is allowed." in texts(opened, "p.reasons")
    assert "Record in a.json, line 3." in texts(opened, "p.legend")
    assert texts(opened, "h4.outcome") == ["Failed 1", "Not known 1", "Not due 1"]
    failed = opened.xpath(".//article[contains(@class, 'fail')]")[0]
    assert words(failed.find("h5")) == "Children are visited in time critical"
    assert [words(row) for row in failed.xpath(".//tbody/tr")] == [
        "30 Jan 2012 12 Mar 2012 42 days late Every 6 weeks, from 19 Dec 2011 /a/1",
        "30 Jan 2012 - 42 days overdue Every 6 weeks, from 19 Dec 2011 /a/2",
    ]
    assert "1 other lies outside the review period and does not count." in texts(failed, "p.legend")


def test_the_gravest_failures_come_first_and_what_passed_is_folded():
    rules = [rule("minor", severity="minor"), rule("critical"), rule("passed")]
    findings = [found("minor"), found("critical"), found("passed", "pass", obligation(outcome="met"))]
    opened = by_id(page(head(inadequate=1, rules=rules), [case("C1", findings=findings)]), "case-1")
    assert [words(each)[-8:] for each in opened.iter("h5")] == ["critical", "me minor"]
    (passed,) = opened.iterdescendants("details")
    assert passed.get("open") is None
    assert "In time" in words(passed)


def test_a_case_in_which_nothing_was_judged_says_so_and_how_many_standards_do_not_apply():
    opened = by_id(
        page(head(undetermined=1), [case("C1", adequate=None, findings=[found("visits", "not_applicable")])]), "case-1"
    )
    assert "No standard had anything to judge in the review period." in texts(opened, "p")
    assert "1 standard does not apply to this case." in texts(opened, "p.legend")
    assert "Standards failed: none" in words(opened.find("summary"))


def test_notes_on_the_record_stand_in_the_case():
    opened = by_id(
        page(head(adequate=1), [case("C1", adequate=True, notes=[note("ends before it begins")] * 6)]), "case-1"
    )
    assert texts(opened, "li")[-1] == "and 1 more, in the JSON result"
    assert texts(opened, "li")[0] == "/social_care_episodes/0: ends before it begins"


def test_of_many_obligations_the_first_are_told(monkeypatch):
    monkeypatch.setattr(cases_module, "MOST_ROWS", 2)
    findings = [found("visits", "fail", *[obligation(f"/{place}", counted=place < 5) for place in range(7)])]
    opened = by_id(page(head(inadequate=1), [case("C1", findings=findings)]), "case-1")
    assert len(opened.xpath(".//tbody/tr")) == 2
    said = "3 more are in the JSON result. 2 others lie outside the review period and do not count."
    assert said in texts(opened, "p.legend")


def test_each_standard_leads_to_the_cases_that_failed_it():
    links = page(HEAD, CASES).xpath("//table[contains(@class, 'standards')]//a[@data-standard]")
    assert [(link.get("data-standard"), link.get("data-outcome"), link.get("href")) for link in links] == [
        ("0", "f", "#cases"),
        ("1", "f", "#cases"),
    ]


# --- large audits -----------------------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch):
    """A page takes no more than three cases."""
    monkeypatch.setattr(selection_module, "MOST_WHOLE", 3)
    monkeypatch.setattr(selection_module, "MOST_KEPT", 3)


RULES = [rule("major", severity="major"), rule("critical"), rule("other", severity="major")]


def failing(name, *rules, adequate=False):
    return case(
        name,
        adequate=adequate,
        findings=[found(each) for each in rules] + [found("other", "pass", obligation(outcome="met"))],
    )


def names(kept):
    return [each["case_id"] for each in kept.cases]


def test_a_small_audit_is_told_whole(small):
    cases = [failing("A", "major"), case("B", adequate=True), case("C", adequate=True)]
    kept = selection(head(adequate=2, inadequate=1, rules=RULES)["summary"], cases)
    assert (names(kept), kept.whole, kept.said) == (["A", "B", "C"], True, None)


def test_a_larger_one_holds_what_is_to_be_looked_at_and_says_so(small):
    cases = [
        case("A", adequate=True),
        failing("B", "major", adequate=True),
        case("C", adequate=None),
        failing("D", "critical"),
    ]
    told = head(adequate=2, inadequate=1, undetermined=1, rules=RULES)
    kept = selection(told["summary"], cases)
    assert names(kept) == ["B", "C", "D"]
    tree = page(told, cases)
    assert texts(tree, "p.kept") == [
        "4 cases were audited. This page holds those that are inadequate or undetermined, or fail a standard. Of each "
        "it tells what failed, is not known or is not due. The JSON result holds them all, and the rest of each."
    ]
    assert "Passed" not in " ".join(texts(tree, "h4.outcome"))


def test_of_a_very_large_one_the_gravest_are_kept_in_the_order_of_the_result(small):
    cases = [
        failing("A", "major", adequate=True),
        failing("B", "critical"),
        failing("C", "major"),
        case("D", adequate=None),
        failing("E", "critical", "major"),
        case("F", adequate=True),
    ]
    kept = selection(head(adequate=2, inadequate=3, undetermined=1, rules=RULES)["summary"], cases)
    assert names(kept) == ["B", "C", "E"]
    assert kept.said is not None
    assert "of these 5, the 3 in which the most critical standards failed, then the most major ones." in kept.said
