"""`casecheck moderate`: an auditor's checklist, held against an audit."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa

SAMPLE_CASES = Path(__file__).parents[2] / "sample_cases"
VERDICT = "verdict: met, not met, not applicable or cannot tell"
IN_WORDS = {"pass": "met", "fail": "not met", "unknown": "cannot tell"}


@pytest.fixture
def drawn(casecheck, tmp_path):
    """A sample of 12 of the 20 children, and an audit of it."""
    folder, result = tmp_path / "sample", tmp_path / "result.json"
    assert casecheck("sample", SAMPLE_CASES, "--size", 12, "--seed", 4, "--output", folder).exit_code == 0
    assert casecheck("audit", folder, "--format", "json", "--output", result).exit_code == 0
    return folder, result


@pytest.fixture
def filled(drawn):
    """Fill the checklist as the audit found, but for what `change` makes of a row and its verdict; returns the file."""
    folder, result = drawn
    cases = {case["case_id"]: case for case in json.loads(result.read_bytes())["cases"]}

    def audited(row):
        case = cases[row["case_id"]]
        if row["rule"] == "(case)":
            return {True: "met", False: "not met", None: "cannot tell"}[case["adequate"]]
        return IN_WORDS[next(each["outcome"] for each in case["findings"] if each["rule"] == row["rule"])]

    def fill(change=lambda row, verdict: verdict):
        with (folder / "checklist.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row[VERDICT] = change(row, audited(row))
        target = folder / "filled.csv"
        with target.open("w", encoding="cp1252", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        return target, rows

    return fill


@pytest.fixture
def moderated(casecheck, drawn):
    """Hold a checklist against the audit; the document."""

    def moderated(checklist, *options):
        told = casecheck("moderate", checklist, drawn[1], "--format", "json", *options)
        assert told.exit_code == 0, told.output
        return json.loads(told.stdout)

    return moderated


def flat(text):
    return " ".join(text.split())


def turned(verdict):
    return {"met": "not met", "not met": "met"}[verdict]


def three_differences(rows):
    """A change of three verdicts: two on standards, one that is met and one that is not, and one on a whole case."""
    left = {("standard", "met"), ("standard", "not met"), ("case", "met")}

    def change(row, verdict):
        kind = ("case" if row["rule"] == "(case)" else "standard", verdict)
        if kind in left:
            left.remove(kind)
            rows.append((row["case_id"], row["rule"]))
            return turned(verdict)
        return verdict

    return change


def test_who_agrees_throughout_is_said_to(casecheck, drawn, filled):
    told = casecheck("moderate", filled()[0], drawn[1])
    assert told.exit_code == 0, told.output
    assert "Cohen's kappa 1.00; 1 is full agreement" in told.stdout
    assert "\nWHERE THEY DIFFER\n-----------------\n\nNowhere.\n" in told.stdout
    assert all(len(line) <= 80 for line in told.stdout.splitlines())


def test_three_disagreements_are_told_with_what_the_audit_found(casecheck, drawn, filled, moderated):
    changed: list[tuple[str, str]] = []
    checklist, rows = filled(three_differences(changed))
    assert len(changed) == 3
    document = moderated(checklist)
    found = document["differences"]
    assert sorted((each["case_id"], each["rule"] or "(case)") for each in found) == sorted(changed)
    assert {each["auditor"] for each in found if each["rule"] is None} == {"not met"}
    failed = next(each for each in found if each["audit"] == "fail")
    assert failed["message"].startswith("not shown in the record of the")
    told = casecheck("moderate", checklist, drawn[1])
    assert told.exit_code == 0
    differing = told.stdout[told.stdout.index("WHERE THEY DIFFER") :]
    assert differing.count("  - ") == 3
    assert f"{failed['title']} ({failed['severity']}) auditor: met; audit: not met: {failed['message']}." in flat(
        differing
    )
    assert "- the whole case auditor: inadequate; audit: adequate." in flat(differing)
    judged = sum(row[VERDICT] in ("met", "not met") and row["rule"] != "(case)" for row in rows)
    assert f"The two agree on {judged - 2} of {judged} verdicts" in told.stdout
    assert all(len(line) <= 80 for line in told.stdout.splitlines())


def test_kappa_is_that_of_statsmodels(filled, moderated):
    found = moderated(filled(three_differences([]))[0])["standards"]
    table = [[found["both_met"], found["only_auditor_met"]], [found["only_audit_met"], found["both_not_met"]]]
    expected = cohens_kappa(np.array(table))
    assert found["kappa"] == pytest.approx(expected.kappa, abs=1e-6)
    assert found["kappa_low"] == pytest.approx(expected.kappa_low, abs=1e-6)
    assert found["kappa_high"] == pytest.approx(min(1, expected.kappa_upp), abs=1e-6)
    assert found["agreement"]["numerator"] == found["agreement"]["denominator"] - 2


def test_a_case_that_the_audit_calls_inadequate_is_told_with_what_it_failed(casecheck, drawn, filled):
    checklist, _ = filled(lambda row, verdict: "met" if row["rule"] == "(case)" else verdict)
    told = casecheck("moderate", checklist, drawn[1]).stdout
    assert "- the whole case auditor: adequate; audit: inadequate. The audit found not met: " in flat(told)
    assert "Cohen's kappa 0.00 (95% interval 0.00 to 0.00)" in told


def test_rows_left_empty_are_counted_and_not_judged(casecheck, drawn, filled, moderated):
    checklist, rows = filled(lambda row, verdict: verdict if row["rule"] == "(case)" else "")
    document = moderated(checklist)
    assert document["rows"]["judged"] == 12
    assert document["rows"]["empty"] == len(rows) - 12
    assert document["standards"]["verdicts"] == 0
    told = casecheck("moderate", checklist, drawn[1]).stdout
    assert f"12 with a verdict, {len(rows) - 12} left empty" in flat(told)
    assert "\nSTANDARDS\n---------\n\nThe auditor gave no verdict.\n" in told


def test_what_one_of_the_two_cannot_tell_is_counted_apart(casecheck, drawn, filled, moderated):
    checklist, rows = filled(lambda row, verdict: "N/A" if row["rule"] != "(case)" else "can't tell")
    document = moderated(checklist)
    assert document["standards"]["agreement"]["denominator"] == 0
    assert sum(each["number"] for each in document["standards"]["left_out"]) == len(rows) - 12
    assert {each["auditor"] for each in document["cases"]["left_out"]} == {"cannot tell"}
    told = flat(casecheck("moderate", checklist, drawn[1]).stdout)
    assert "There is no verdict of which both say that it is met or not met." in told
    assert "Left out, since one of the two says neither: 12 (" in told
    assert "auditor cannot tell, audit adequate" in told
    assert "BY STANDARD" not in told


def test_where_both_say_one_and_the_same_there_is_no_kappa(casecheck, drawn, filled):
    checklist, _ = filled(lambda row, verdict: verdict if verdict == "met" else "")
    told = flat(casecheck("moderate", checklist, drawn[1]).stdout)
    assert "Cohen's kappa cannot be told: both gave one and the same verdict throughout." in told


def test_rows_that_cannot_be_used_are_told_and_the_others_are(casecheck, drawn, filled, moderated):
    checklist, rows = filled()
    text = checklist.read_text(encoding="cp1252").splitlines()
    text[1] = text[1].replace(rows[0]["case_id"], "case-99", 1)
    text[2] = text[2].replace(f";{rows[1]['rule']};", ";another-rule;")
    text[3] = text[3].replace(f";{rows[2][VERDICT]};", ";Mary Smith;")
    checklist.write_text("\n".join(text), encoding="cp1252")
    found = moderated(checklist)["rows"]
    assert [each["line"] for each in found["not_in_result"]] == [2, 3]
    assert [each["line"] for each in found["wrong"]] == [4]
    assert (found["read"], found["judged"]) == (len(rows), len(rows) - 3)
    told = casecheck("moderate", checklist, drawn[1])
    assert told.exit_code == 0
    assert "3 that could not be used" in flat(told.stdout)
    assert "- line 2: the result has no case of this number, or more than one" in told.stdout
    assert "- line 3: the result has no rule of this id; it may be of another pack" in told.stdout
    assert "- line 4: the verdict is none that is known; write met, not met" in told.stdout
    assert "Mary" not in told.stdout + told.stderr
    strict = casecheck("moderate", checklist, drawn[1], "--strict")
    assert strict.exit_code == 3
    assert strict.stdout == told.stdout
    assert "3 rows could not be used (--strict)" in strict.stderr
    assert f"{checklist}:4: the verdict is none" in strict.stderr


def test_with_strict_a_checklist_without_fault_is_no_trouble(moderated, filled):
    moderated(filled()[0], "--strict")


def test_a_result_of_more_cases_or_as_json_lines_serves_too(casecheck, tmp_path, filled, moderated):
    checklist = filled(three_differences([]))[0]
    every = tmp_path / "every.jsonl"
    assert casecheck("audit", SAMPLE_CASES, "--format", "jsonl", "--output", every).exit_code == 0
    told = casecheck("moderate", checklist, every, "--format", "json")
    assert told.exit_code == 0
    one, other = json.loads(told.stdout), moderated(checklist)
    assert {**one, "result": None} == {**other, "result": None}
    assert (one["result"]["audited"], other["result"]["audited"]) == (20, 12)


def test_a_checklist_of_other_cases_is_refused(casecheck, tmp_path, filled):
    (tmp_path / "other.json").write_text('{"la_child_id": "other"}', encoding="utf-8")
    casecheck("audit", tmp_path / "other.json", "--as-at", "2012-04-23", "--format", "json", "-o", tmp_path / "r.json")
    told = casecheck("moderate", filled()[0], tmp_path / "r.json")
    assert told.exit_code == 3
    assert "no row is of a case and a standard in" in told.stderr
    assert "filled.csv:2: the result has no case of this number" in told.stderr


def test_its_output_takes_the_place_of_no_input_and_is_written_whole(casecheck, drawn, filled, tmp_path):
    checklist = filled()[0]
    told = casecheck("moderate", checklist, drawn[1], "--output", checklist)
    assert told.exit_code == 2
    assert "is one of the files that are read" in told.stderr
    assert casecheck("moderate", checklist, drawn[1], "--output", tmp_path / "page.txt").stdout == ""
    assert (tmp_path / "page.txt").read_text(encoding="utf-8") == casecheck("moderate", checklist, drawn[1]).stdout


def test_files_that_are_not_there_end_with_2(casecheck, drawn, filled, tmp_path):
    assert casecheck("moderate", tmp_path / "none.csv", drawn[1]).exit_code == 2
    assert casecheck("moderate", filled()[0], tmp_path / "none.json").exit_code == 2


def test_the_same_files_give_the_same_bytes(casecheck, drawn, filled):
    checklist = filled(three_differences([]))[0]
    for form in ("text", "json"):
        one, other = (casecheck("moderate", checklist, drawn[1], "--format", form).stdout for _ in range(2))
        assert one == other
