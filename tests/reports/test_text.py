"""The audit as a page of text."""

import pytest

from casecheck.reports.facts import MOST_GROUPS, MOST_NOTES, invalid_record
from casecheck.reports.text import text_report
from tests.reports.results import (
    area,
    case,
    finding,
    group,
    head,
    in_time,
    note,
    rule,
    rule_of_group,
    source,
)


def report(result, cases=()):
    return "\n".join(text_report(result, cases))


def section(text, title):
    """What stands under a heading, to the next blank line."""
    return text.split(f"{title.upper()}\n", 1)[1].split("\n", 1)[1]


def test_the_head_says_what_was_audited_as_at_when_and_against_what():
    text = report(head(adequate=1, as_at_from="casecheck.yaml"))
    assert text.splitlines()[2:8] == [
        "Audited       cases.jsonl (jsonl)",
        "              1 record read, 1 audited, 0 invalid",
        "As at         23 April 2012 (as casecheck.yaml says)",
        "Looking back  from 23 April 2011 to that day",
        "Against       southampton-2012, version 1.0 (digest 0123456789ab)",
        "Made by       casecheck 1.2.3",
    ]


@pytest.mark.parametrize(
    ("as_at_from", "words"),
    [
        ("call", "(as the call says)"),
        ("source", "(the reference date of what was read)"),
        ("today", "(today, since nothing said otherwise)"),
        ("a later version", "(a later version)"),
    ],
)
def test_the_head_says_where_the_audit_date_came_from(as_at_from, words):
    assert f"23 April 2012 {words}" in report(head(as_at_from=as_at_from))


def test_many_sources_are_counted_and_the_first_named():
    sources = [source(f"{number:03}.json") for number in range(1, 2001)]
    text = " ".join(report(head(sources=sources, adequate=2000)).split())
    assert "2,000 sources: 001.json, 002.json, 003.json, 004.json, 005.json and 1,995 more" in text


def test_the_adequacy_ratio_comes_before_any_table():
    text = report(head(adequate=10, inadequate=10))
    assert "\n10 of 20 cases adequate (50%; 95% interval 30% to 70%).\n" in text.split("STANDARDS")[0]
    assert "undetermined" not in text.split("STANDARDS")[0]


def test_undetermined_cases_are_told_beside_the_ratio_and_are_not_in_it():
    text = " ".join(report(head(adequate=1, undetermined=2)).split())
    assert "1 of 1 case adequate" in text
    assert "2 more cases are undetermined: the records do not hold enough to tell. They are in no share." in text
    assert "1 more case is undetermined" in " ".join(report(head(adequate=1, undetermined=1)).split())


def test_where_all_are_undetermined_no_share_is_made_up():
    text = " ".join(report(head(undetermined=1)).split())
    assert "No case could be called adequate or inadequate. 1 case is undetermined" in text


def test_standards_stand_under_their_areas_in_the_order_of_the_pack():
    rules = [
        rule("b", title="Second standard", area="leaving", severity="minor", cases=(3, 1, 2, 4, 0), met=9, late=3),
        rule("a", title="First standard", area="care", cases=(1, 0, 0, 0, 5), met=1),
        rule("c", title="Third standard", area="not in the list"),
    ]
    lines = report(
        head(rules=rules, areas=[area("care", title="In care"), area("leaving", title="After care")])
    ).splitlines()
    found = [" ".join(line.split()) for line in lines if line.strip()]
    at = found.index("In care")
    assert found[at : at + 6] == [
        "In care",
        "First standard (critical) 1 - - - 100% of 1",
        "After care",
        "Second standard (minor) 3 1 2 4 75% of 12",
        "not in the list",
        "Third standard (critical) - - - - -",
    ]


FINDINGS = "Record of main findings, as the audited standards indicate"


def test_areas_show_the_grade_that_is_indicated_and_whose_judgement_it_is_not():
    text = report(head(areas=[area(title="In care", grade="good", adequate=9, inadequate=1)]))
    line = next(line for line in section(text, FINDINGS).splitlines() if line.startswith("In care"))
    assert line.split() == ["In", "care", "9", "of", "10", "90%", "60%", "to", "98%", "0", "good"]
    assert "not an inspector's" in text
    assert "too few cases" not in text


def test_areas_stand_under_the_part_that_their_titles_begin_with():
    areas = [area("a", title="Safeguarding: being heard"), area("b", title="Looked after: health")]
    told = section(report(head(areas=areas)), FINDINGS)
    at = [told.index(each) for each in ("\nSafeguarding\n", "\nBeing heard ", "\nLooked after\n", "\nHealth ")]
    assert at == sorted(at)


def test_an_area_with_too_few_cases_to_tell_its_grade_says_between_which_it_lies():
    areas = [area(grade="good", low="inadequate", high="outstanding", adequate=5, inadequate=1)]
    told = section(report(head(areas=areas)), FINDINGS)
    assert "(inadequate to" in told
    assert "too few cases were audited to tell them" in " ".join(told.split())


def test_what_was_done_in_time_is_told_of_all_standards_together():
    result = head(adequate=1)
    assert "was done in time" not in report(result).split("RECORD")[0]
    result["summary"] |= in_time(met=3, late=1)
    assert "Of what was due in the review period, 3 of 4 (75%) was done in time." in report(result)


def test_groups_have_a_table_each_with_the_whole_beneath_for_comparison():
    groups = [group("team", "Jigsaw", adequate=4), group("team", "Court", inadequate=1), group("age", "7", adequate=4)]
    text = report(head(groups=groups, adequate=4, inadequate=1))
    by_team = section(text, "By team").split("\n\n")[0]
    assert [line.split()[0] for line in by_team.splitlines()[-3:]] == ["Jigsaw", "Court", "All"]
    assert "All cases    4 of 5" in section(text, "By age")


def test_a_group_that_is_too_small_and_one_that_differs_are_marked():
    groups = [
        group("team", "Jigsaw", adequate=4, too_small=True),
        group("team", "Court", adequate=1, inadequate=20, differs=True),
        group("team", "East", adequate=10, inadequate=10),
    ]
    told = section(report(head(groups=groups, adequate=15, inadequate=30)), "By team")
    marks = {line.split()[0]: line.split("  ")[-1].strip() for line in told.splitlines() if " of " in line}
    assert {name: marks[name] for name in ("Jigsaw", "Court", "East")} == {
        "Jigsaw": "too few",
        "Court": "differs",
        "East": "-",
    }
    assert "fewer than ten cases" in " ".join(told.split())


def test_each_standard_that_was_not_always_met_is_told_group_by_group():
    rules = [
        rule("visits", title="Visits", cases=(2, 1, 0, 0, 0), met=6, late=2),
        rule("plans", title="Plans", cases=(3, 0, 0, 0, 0), met=3),
    ]
    groups = [
        group("team", "East", rules=[rule_of_group("visits", passed=1, failed=1, met=1, late=2, differs=True)]),
        group("team", "West", rules=[rule_of_group("visits", passed=1, met=5), rule_of_group("plans", met=3)]),
    ]
    told = section(report(head(rules=rules, groups=groups)), "Done in time, by team")
    assert told.startswith("\nVisits (critical)\n    East 33% of 3*; West 100% of 5; all cases 75% of 8\n")
    assert "Plans" not in told
    assert "* The share of cases that meet the standard differs" in told


def test_of_very_many_groups_standards_are_in_the_json_result_only():
    rules = [rule("visits", title="Visits", met=1, late=1)]
    groups = [
        group("worker_id", f"w{number:02}", rules=[rule_of_group("visits", met=1, late=1)])
        for number in range(MOST_GROUPS + 1)
    ]
    told = section(report(head(rules=rules, groups=groups)), "Done in time, by worker_id")
    assert told.strip().startswith("There are 13 groups; the JSON result")
    few = section(report(head(rules=rules, groups=groups[1:])), "Done in time, by worker_id")
    assert "w12 50% of 2" in few


def test_a_case_says_why_it_is_inadequate():
    reasons = ["1 critical standard failed, and none is allowed", "3 major standards failed, and 2 are allowed"]
    text = report(head(inadequate=1), [case(reasons=reasons, findings=[finding()])])
    told = " ".join(section(text, "Inadequate cases").split())
    assert told.startswith(
        "Case C1 1 critical standard failed, and none is allowed; 3 major standards failed, and 2 are"
    )


def test_failing_cases_come_with_their_standards_the_worst_severity_first():
    rules = [rule("a", title="A small thing", severity="minor"), rule("b", title="A grave thing"), rule("c"), rule("d")]
    findings = [
        finding("a", message="not shown in the record of the visit of 1 May 2011"),
        finding("b"),
        finding("c", "unknown", "not known"),
        finding("d", "pass", ""),
    ]
    text = report(head(rules=rules, inadequate=1), [case(groups={"team": "Jigsaw"}, findings=findings)])
    assert section(text, "Inadequate cases") == (
        "\n"
        "Case C1 (team: Jigsaw)\n"
        "  critical  A grave thing\n"
        "            Visit due 3 May 2011, made 19 May 2011, 16 days late.\n"
        "  minor     A small thing\n"
        "            Not shown in the record of the visit of 1 May 2011.\n"
        "  not known c"
    )


def test_cases_stand_by_verdict_and_those_with_nothing_to_tell_are_left_out():
    cases = [
        case("C1", adequate=True, findings=[finding()]),
        case("C2", adequate=None, findings=[finding("visits", "unknown", "not known")]),
        case("C3", adequate=True, findings=[finding("visits", "pass", "")]),
        case("C4", adequate=False, findings=[finding()]),
        case("C5", adequate=None),
    ]
    text = report(head(adequate=2, inadequate=1, undetermined=2), cases)
    assert section(text, "Inadequate cases").split()[1] == "C4"
    assert "Case C5\n  No standard had anything to judge in the review period." in section(text, "Undetermined cases")
    assert section(text, "Adequate cases that fail a standard").split()[1] == "C1"
    assert "C3" not in text


def test_cases_can_be_left_out():
    assert "CASES" not in report(head(inadequate=1), None).split("STANDARDS, IN CASES")[1]


def test_notes_are_told_case_by_case_and_beyond_a_few_counted():
    notes = [note("ends before it begins"), note("no place", pointer="")] + [note("again")] * MOST_NOTES
    text = report(head(adequate=1), [case("C1", adequate=True, notes=notes), case("C2", adequate=True)])
    told = section(text, "Notes on records")
    assert "Case C1\n  - /social_care_episodes/0: ends before it begins\n  - no place\n" in told
    assert told.endswith("  - and 2 more, in the JSON result")
    assert "C2" not in told


def test_invalid_records_are_told_with_their_place_and_reason():
    invalid = [
        {"source": "a.json", "record": 3, "pointer": "", "message": "is not JSON"},
        {"source": "a.json", "record": "C9", "pointer": "/x", "message": "a date is needed"},
    ]
    text = report(head(adequate=1, invalid=invalid))
    told = section(text, "Records that could not be audited")
    assert told == "\n- a.json, record 3: is not JSON\n- a.json, case C9 at /x: a date is needed"
    assert "3 records read, 1 audited, 2 invalid" in text


def test_notes_of_sources_close_the_report():
    text = report(head(sources=[source(), source("b.json", notes=["visitdate is no property that casecheck knows"])]))
    assert section(text, "Notes on what was read") == "\nb.json\n  - visitdate is no property that casecheck knows"


LONG = "Children-whose-circumstances-are-hard-to-name " * 5
UNBROKEN = "x" * 200


@pytest.mark.parametrize("name", [LONG, UNBROKEN, "/".join(["folder"] * 40)])
def test_no_line_is_wider_than_eighty_columns(name):
    most = 1_234_567
    rules = [rule(name, title=name, area=name, cases=(most,) * 5, met=most, late=1)]
    areas = [area(name, title=name, grade="outstanding", adequate=most, inadequate=1, undetermined=most)]
    groups = [group(name, name, adequate=most, inadequate=1, undetermined=most)]
    invalid = [{"source": name, "record": name, "pointer": f"/{name}", "message": name}]
    findings = [finding(name, message=name), finding(name, "unknown", name)]
    cases = [case(name, adequate=None, groups={name: name}, notes=[note(name, f"/{name}")], findings=findings)]
    result = head(
        sources=[source(name, notes=[name])] * 14,
        rules=rules,
        areas=areas,
        groups=groups,
        invalid=invalid,
        adequate=most,
    )
    assert max(len(line) for line in text_report(result, cases)) <= 80


def test_nothing_in_a_record_can_move_the_cursor_or_turn_a_line():
    evil = "a\x1b[2Jb\u202ec\u2028d\x00e\rf\ng\x7f"
    invalid = [{"source": evil, "record": evil, "pointer": f"/{evil}", "message": evil}]
    cases = [
        case(evil, groups={evil: evil}, notes=[note(evil, f"/{evil}")], findings=[finding("visits", message=evil)])
    ]
    result = head(
        sources=[source(evil, notes=[evil])],
        groups=[group(evil, evil, inadequate=1)],
        rules=[rule(title=evil)],
        areas=[area(title=evil)],
        invalid=invalid,
        inadequate=1,
    )
    text = report(result, cases).replace("\n", "")
    assert text.isprintable()
    assert "a\\u001b[2Jb\\u202ec\\u2028d\\u0000e" in text


def test_a_report_is_the_same_every_time():
    result, cases = head(inadequate=1, groups=[group("team", "Jigsaw", inadequate=1)]), [case(findings=[finding()])]
    assert report(result, cases) == report(result, cases)


def test_an_invalid_record_is_named_by_its_number_where_it_has_no_id():
    assert invalid_record({"source": "a", "record": 1, "pointer": "", "message": "m"}) == "a, record 1: m"
