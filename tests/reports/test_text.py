"""The audit as a page of text."""

import pytest

from casecheck.reports.text import MOST_NOTES, invalid_record, text_report
from tests.reports.results import area, case, finding, group, head, note, rule, source


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


def test_areas_show_the_grade_that_is_indicated_and_whose_judgement_it_is_not():
    text = report(head(areas=[area(title="In care", grade="good", adequate=9, inadequate=1)]))
    assert "In care    9 of 10    90%  60% to 98%           -" not in text
    line = next(line for line in section(text, "Areas of judgement").splitlines() if line.startswith("In care"))
    assert line.split() == ["In", "care", "9", "of", "10", "90%", "60%", "to", "98%", "0", "good"]
    assert "not an inspector's" in text


def test_groups_have_a_table_each_with_the_whole_beneath_for_comparison():
    groups = [group("team", "Jigsaw", adequate=4), group("team", "Court", inadequate=1), group("age", "7", adequate=4)]
    text = report(head(groups=groups, adequate=4, inadequate=1))
    by_team = section(text, "By team").split("BY AGE")[0]
    assert [line.split()[0] for line in by_team.splitlines()[-4:] if line] == ["Jigsaw", "Court", "All"]
    assert "All cases    4 of 5" in section(text, "By age")


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
