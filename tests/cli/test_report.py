"""`casecheck report`: the report of a result, as `casecheck audit` prints it."""

import json

import pytest

from casecheck.reports.formats import FORMATS, OF_CASES, writer


@pytest.fixture
def result(casecheck, folder):
    """A result of the records of the folder."""
    file = folder.parent / "result.json"
    assert casecheck("audit", folder, "--format", "json", "--output", file).exit_code == 0
    return file


WAYS = [(form, cases) for form in FORMATS for cases in ("--cases", "--no-cases")]


@pytest.mark.parametrize(("form", "cases"), [way for way in WAYS if way[1] == "--cases" or way[0] not in OF_CASES])
def test_it_is_the_report_that_the_audit_prints(casecheck, folder, result, form, cases, tmp_path):
    ways = {"audit": folder, "report": result}
    for command, path in ways.items():
        told = casecheck(command, path, "--format", form, cases, "--output", tmp_path / command)
        assert (told.exit_code, told.stdout, told.stderr) == (0, "", "")
    assert (tmp_path / "audit").read_bytes() == (tmp_path / "report").read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_its_writer(form):
    assert callable(writer(form))


@pytest.mark.parametrize("form", sorted(OF_CASES))
@pytest.mark.parametrize("command", ["audit", "report"])
def test_of_what_tells_of_cases_alone_nothing_is_left_without_them(casecheck, folder, result, form, command):
    told = casecheck(command, folder if command == "audit" else result, "--format", form, "--no-cases")
    assert (told.exit_code, told.stdout) == (2, "")
    assert f"--no-cases: {form} tells of single cases alone" in told.stderr


def test_annotations_point_to_files_seen_from_the_folder_of_the_call(casecheck, folder, result, monkeypatch):
    record = json.loads((folder / "late.json").read_text(encoding="utf-8"))
    (folder / "late.json").write_text(json.dumps(record, indent=1), encoding="utf-8")
    monkeypatch.chdir(folder.parent)
    audited = casecheck("audit", folder, "--format", "github").stdout
    assert "file=cases/late.json,line=4," in audited
    assert audited == casecheck("report", result, "--format", "github", "--records", "cases").stdout
    assert "file=late.json,line=1," in casecheck("report", result, "--format", "github").stdout
    monkeypatch.chdir(folder)
    alone = casecheck("audit", "late.json", "--as-at", "2012-04-23", "--format", "github").stdout
    assert "file=late.json,line=8,title=The case is supervised regularly" in alone
    monkeypatch.chdir(folder.parent.parent)
    assert f"file={folder.parent.name}/cases/late.json," in casecheck("audit", folder, "--format", "github").stdout


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
