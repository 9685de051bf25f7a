"""`casecheck report`: the report of a result, as `casecheck audit` prints it."""

import pytest

from casecheck.reports.formats import FORMATS, writer


@pytest.fixture
def result(casecheck, folder):
    """A result of the records of the folder."""
    file = folder.parent / "result.json"
    assert casecheck("audit", folder, "--format", "json", "--output", file).exit_code == 0
    return file


@pytest.mark.parametrize("cases", ["--cases", "--no-cases"])
@pytest.mark.parametrize("form", FORMATS)
def test_it_is_the_report_that_the_audit_prints(casecheck, folder, result, form, cases, tmp_path):
    ways = {"audit": folder, "report": result}
    for command, path in ways.items():
        told = casecheck(command, path, "--format", form, cases, "--output", tmp_path / command)
        assert (told.exit_code, told.stdout, told.stderr) == (0, "", "")
    assert (tmp_path / "audit").read_bytes() == (tmp_path / "report").read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_its_writer(form):
    assert callable(writer(form))


def test_a_result_as_json_lines_serves_too(casecheck, folder, result):
    lines = folder.parent / "result.jsonl"
    casecheck("audit", folder, "--format", "jsonl", "--output", lines)
    told = casecheck("report", lines)
    assert told.exit_code == 0, told.stderr
    assert told.stdout == casecheck("report", result).stdout


def test_without_cases_no_case_is_named(casecheck, result):
    assert "Case late" in casecheck("report", result).stdout
    assert "Case late" not in casecheck("report", result, "--no-cases").stdout


def test_its_output_takes_the_place_of_no_input(casecheck, result):
    told = casecheck("report", result, "--output", result)
    assert told.exit_code == 2
    assert "is one of the files that are read" in told.stderr


def test_what_is_no_result_ends_with_3(casecheck, tmp_path):
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    told = casecheck("report", wrong)
    assert (told.exit_code, told.stdout) == (3, "")
    assert "is no result of casecheck" in told.stderr
