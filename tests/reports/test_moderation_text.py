"""An auditor's verdicts held against an audit's, as text."""

from casecheck.adequacy.moderation import Judged, moderation
from casecheck.reports.moderation_text import MOST_TOLD, moderation_text

RULE = {"rule": "specific", "title": "The plan is specific", "area": "care", "severity": "minor"}


def case(name, outcome, message=""):
    finding = {"rule": "specific", "outcome": outcome, "message": message}
    return {"case_id": name, "adequate": True, "findings": [finding]}


def page(*judged, wrong=()):
    document = {
        "checklist": "filled.csv",
        "result": {
            "name": "result.json",
            "pack": {"id": "demo", "version": "1", "digest": "d"},
            "as_at": "2012-04-23",
            "since": "2011-04-23",
            "audited": 3,
        },
        "rows": {
            "read": len(judged) + len(wrong),
            "judged": len(judged),
            "empty": 0,
            "wrong": list(wrong),
            "not_in_result": [],
        },
        **moderation({"summary": {"rules": [RULE]}}, judged),
    }
    lines = list(moderation_text(document))
    assert all(len(line) <= 80 for line in lines)
    return "\n".join(lines)


def test_of_very_many_differences_and_rows_the_first_are_told():
    judged = [Judged(case(f"C{number}", "pass"), "specific", "not met") for number in range(MOST_TOLD + 2)]
    wrong = [{"line": number, "message": "is wrong"} for number in range(1, MOST_TOLD + 4)]
    told = page(*judged, wrong=wrong)
    assert told.count("auditor: not met; audit: met.") == MOST_TOLD
    assert told.count("is wrong") == MOST_TOLD
    assert "And 2 more, in the JSON document." in told
    assert "And 3 more, in the JSON document." in told


def test_what_steers_a_terminal_in_a_result_is_written_out():
    told = page(Judged(case("C\x1b[2J", "fail", "not\u202e shown"), "specific", "met"))
    assert "Case C\\u001b[2J" in told
    assert "audit: not met: not\\u202e shown." in told


def test_kappa_of_nothing_but_chance_has_no_sign():
    judged = [Judged(case(f"C{number}", "fail"), "specific", "met") for number in range(2)]
    judged.append(Judged(case("C3", "pass"), "specific", "met"))
    assert "Cohen's kappa 0.00 (95% interval 0.00 to 0.00)" in page(*judged)
    assert "-0.00" not in page(*judged)
