"""`casecheck compare`: the result of one audit held against that of a later one."""

import json

import pytest


@pytest.fixture
def results(casecheck, folder):
    """Two results of the same children: before one of them was visited by the manager in time, and after."""
    before, after = folder / "before.json", folder / "after.json"
    assert casecheck("audit", folder, "--format", "json", "--output", before).exit_code == 0
    mended = json.loads((folder / "in-time.json").read_text(encoding="utf-8")) | {"la_child_id": "none"}
    (folder / "none.json").write_text(json.dumps(mended), encoding="utf-8")
    before.replace(folder.parent / "before.json")
    after = folder.parent / "after.json"
    assert casecheck("audit", folder, "--format", "json", "--output", after).exit_code == 0
    return folder.parent / "before.json", after


def test_it_says_which_cases_changed_and_which_standards_rose(casecheck, results):
    told = casecheck("compare", *results)
    assert told.exit_code == 0, told.stderr
    lines = told.stdout.splitlines()
    assert "Cases     3 in both; 0 only before, 0 only after" in lines
    assert any(line.startswith("The case is supervised regularly") for line in lines)
    assert any(line.startswith("Case none: ") for line in lines)
    assert "  - now met: The case is supervised regularly, and the file shows it" in lines
    assert all(len(line) <= 80 for line in lines)


def test_as_json_it_is_one_document(casecheck, results):
    document = json.loads(casecheck("compare", *results, "--format", "json").stdout)
    assert document["schema"] == "casecheck/comparison/1"
    changed = {case["case_id"]: case["findings"] for case in document["cases"]["changed"]}
    assert {"rule": "supervision-held", "before": "fail", "after": "pass"} in changed["none"]


def test_a_result_as_json_lines_serves_too(casecheck, results, folder):
    lines = folder.parent / "after.jsonl"
    casecheck("audit", folder, "--format", "jsonl", "--output", lines)
    told = casecheck("compare", results[0], lines)
    assert told.stdout.replace("after.jsonl", "after.json") == casecheck("compare", *results).stdout


def test_results_that_cannot_be_compared_are_refused_unless_asked_for(casecheck, results, folder):
    other = folder.parent / "other.json"
    casecheck("audit", folder, "--rules", "working-together-2023", "--format", "json", "--output", other)
    refused = casecheck("compare", results[0], other)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "different packs, southampton-2012 and working-together-2023" in refused.stderr
    assert "--anyway" in refused.stderr
    told = casecheck("compare", results[0], other, "--anyway")
    assert told.exit_code == 0
    assert "Compared although they were held against different packs" in told.stdout


def test_its_output_takes_the_place_of_no_input(casecheck, results):
    told = casecheck("compare", *results, "--output", results[0])
    assert told.exit_code == 2
    assert "is one of the files that are read" in told.stderr


@pytest.mark.parametrize(
    ("content", "told", "code"),
    [
        ("{", "is no result of casecheck, or not a whole one", 3),
        ('{"cases": {}}', "/cases is no list", 3),
        ('{"schema": "casecheck/result/9", "cases": []}', "is not of the form casecheck/result/1", 3),
        ('{"schema": "casecheck/result/1", "cases": []}', "is not what a result of casecheck holds there", 3),
        ('{"la_child_id": "A"}', "is no result of casecheck", 3),
        ('{"case_id": "A"}\n{"schema": "casecheck/result/1"}\n', "is not what a result of casecheck holds there", 3),
    ],
    ids=["cut off", "no cases", "another form", "half a result", "a record", "lines of another kind"],
)
def test_what_is_no_result_is_told_with_its_place(casecheck, results, tmp_path, content, told, code):
    wrong = tmp_path / "wrong.json"
    wrong.write_text(content, encoding="utf-8")
    result = casecheck("compare", wrong, results[1])
    assert result.exit_code == code
    assert told in result.stderr
    assert "casecheck audit" in result.stderr


def test_a_case_that_is_wrong_is_told_with_its_place_and_nothing_of_it(casecheck, results):
    document = json.loads(results[0].read_text(encoding="utf-8"))
    document["cases"][1]["findings"][0]["outcome"] = "Mary Smith"
    results[0].write_text(json.dumps(document), encoding="utf-8")
    result = casecheck("compare", *results)
    assert result.exit_code == 3
    assert "/cases/1" in result.stderr
    assert "Mary" not in result.stderr


def test_a_line_that_is_wrong_is_told_with_its_number(casecheck, results, folder):
    lines = folder.parent / "lines.jsonl"
    casecheck("audit", folder, "--format", "jsonl", "--output", lines)
    held = lines.read_text(encoding="utf-8").splitlines()
    held[1] = '{"case_id": "B"}'
    lines.write_text("\n".join(held) + "\n", encoding="utf-8")
    result = casecheck("compare", lines, results[1])
    assert result.exit_code == 3
    assert "lines.jsonl:2" in result.stderr


def test_a_file_that_is_not_there_ends_with_2(casecheck, results, tmp_path):
    result = casecheck("compare", tmp_path / "none.json", results[1])
    assert result.exit_code == 2
    assert "no such file" in result.stderr
