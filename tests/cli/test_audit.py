"""`casecheck audit`, end to end in this process."""

import json
from datetime import date

import pytest

CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year>
<ReferenceDate>{day}</ReferenceDate></CollectionDetails></Header>
<Children><Child><ChildIdentifiers><LAchildID>{name}</LAchildID><PersonBirthDate>2015-03-24</PersonBirthDate>
</ChildIdentifiers><CINdetails><CINreferralDate>2023-11-01</CINreferralDate></CINdetails></Child></Children></Message>"""


def document(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def lines_of(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_folder_is_audited_as_its_settings_say(casecheck, folder):
    result = casecheck("audit", folder)
    assert result.exit_code == 0
    assert "3 records read, 3 audited, 0 invalid" in result.stdout
    assert "As at         23 April 2012 (as casecheck.yaml says)" in result.stdout
    assert "BY TEAM" in result.stdout
    assert "Supervision due 10 February 2012, held 26 February 2012, 16 days late." in " ".join(result.stdout.split())
    assert result.stderr == ""


def test_the_call_says_more_than_the_settings(casecheck, folder):
    found = document(
        casecheck("audit", folder, "--as-at", "2012-02-20", "--since", "2012-02-01", "--by", "age", "--format", "json")
    )
    assert (found["as_at"], found["as_at_from"], found["since"]) == ("2012-02-20", "call", "2012-02-01")
    assert {group["by"] for group in found["summary"]["groups"]} == {"age"}


def test_the_review_period_is_the_packs_unless_said(casecheck, folder):
    found = document(casecheck("audit", folder, "--format", "json"))
    assert (found["as_at"], found["since"]) == ("2012-04-23", "2011-04-23")


def test_the_settings_review_period_holds_where_the_call_has_none(casecheck, folder):
    (folder / "casecheck.yaml").write_text("as_at: 2012-04-23\nsince: 2012-03-01\n")
    assert document(casecheck("audit", folder, "--format", "json"))["since"] == "2012-03-01"


def test_json_lines_hold_a_case_a_line_and_the_summary_last(casecheck, folder):
    *cases, last = lines_of(casecheck("audit", folder, "--format", "jsonl"))
    whole = document(casecheck("audit", folder, "--format", "json"))
    assert cases == whole.pop("cases")
    assert last == whole
    assert [case["case_id"] for case in cases] == ["in-time", "late", "none"]


def test_text_can_leave_the_cases_out(casecheck, folder):
    result = casecheck("audit", folder, "--no-cases")
    assert result.exit_code == 0
    assert "Case late" in casecheck("audit", folder).stdout
    assert "Case late" not in result.stdout


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_two_runs_give_the_same_bytes(casecheck, folder, form):
    runs = [casecheck("audit", folder, "--format", form).stdout_bytes for _ in range(2)]
    assert runs[0] == runs[1]


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_a_file_gets_what_standard_output_would(casecheck, folder, tmp_path, form):
    target = tmp_path / "result"
    result = casecheck("audit", folder, "--format", form, "--output", target)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert target.read_bytes() == casecheck("audit", folder, "--format", form, "-o", "-").stdout_bytes


def test_the_number_of_processes_never_shows(casecheck, records, tmp_path):
    lines = tmp_path / "many.jsonl"
    lines.write_text("".join(json.dumps({**records[1], "la_child_id": f"C{number}"}) + "\n" for number in range(600)))
    runs = [casecheck("audit", lines, "--as-at", "2012-04-23", "--format", "jsonl", "--jobs", jobs) for jobs in (1, 2)]
    assert runs[0].exit_code == 0
    assert runs[0].stdout_bytes == runs[1].stdout_bytes


def test_records_may_come_from_standard_input(casecheck, records):
    text = "\n".join(map(json.dumps, records))
    found = document(casecheck("audit", "-", "--as-at", "2012-04-23", "--format", "json", stdin=text))
    assert found["summary"]["cases"]["audited"] == 3
    assert [source["name"] for source in found["sources"]] == ["standard input"]


# --- the audit date ---------------------------------------------------------------------------------------------------


def test_a_returns_reference_date_is_the_audit_date(casecheck, tmp_path):
    (tmp_path / "census.xml").write_text(CENSUS.format(day="2024-03-31", name="A1"))
    found = document(casecheck("audit", tmp_path, "--format", "json", "--rules", "working-together-2023"))
    assert (found["as_at"], found["as_at_from"]) == ("2024-03-31", "source")


def test_returns_of_different_days_need_to_be_told_which(casecheck, tmp_path):
    for year in ("2023", "2024"):
        (tmp_path / f"{year}.xml").write_text(CENSUS.format(day=f"{year}-03-31", name=year))
    result = casecheck("audit", tmp_path)
    assert result.exit_code == 2
    assert "the sources have different reference dates: 2023.xml (2023-03-31), 2024.xml (2024-03-31)" in result.stderr
    assert casecheck("audit", tmp_path, "--as-at", "2024-03-31").exit_code == 0


def test_with_no_date_anywhere_the_audit_is_as_at_today(casecheck, folder):
    (folder / "casecheck.yaml").unlink()
    found = document(casecheck("audit", folder, "--format", "json"))
    assert found["as_at_from"] == "today"
    assert date.fromisoformat(found["as_at"]) <= date.today()


# --- a wrong call: exit code 2 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as-at", "23/04/2012"], "--as-at: 23/04/2012 is no day of the calendar; write one as 2012-04-23"),
        (["--since", "2012-02-31"], "--since: 2012-02-31 is no day of the calendar"),
        (["--since", "2012-04-24"], "--since 2012-04-24 is after the audit date, 2012-04-23"),
        (["--rules", "southhampton-2012"], "there is no such rule pack; did you mean `southampton-2012`?"),
        (["--by", "taem"], "no field of the case record is so named"),
        (["--format", "docx"], "'docx' is not one of"),
        (["--jobs", "0"], "0 is not in the range"),
        (["--jbos", "1"], "No such option"),
        (["another path"], "another path: there is no such file or folder"),
    ],
)
def test_a_wrong_call_is_told_and_nothing_is_audited(casecheck, folder, arguments, message):
    result = casecheck("audit", folder, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_a_call_without_a_path_is_wrong(casecheck):
    assert casecheck("audit").exit_code == 2


def test_an_empty_folder_is_a_wrong_call(casecheck, tmp_path):
    result = casecheck("audit", tmp_path)
    assert result.exit_code == 2
    assert "there is no file of case records in this folder" in result.stderr


def test_what_is_read_is_never_written_over(casecheck, folder):
    record = folder / "late.json"
    before = record.read_bytes()
    for path in (folder, record):
        result = casecheck("audit", path, "--output", record)
        assert result.exit_code == 2
        assert "is one of the files that are read" in result.stderr
    assert record.read_bytes() == before


def test_the_settings_of_an_audit_are_never_written_over(casecheck, folder):
    settings = folder / "casecheck.yaml"
    before = settings.read_bytes()
    result = casecheck("audit", folder, "--output", settings)
    assert result.exit_code == 2
    assert "holds the settings of this audit" in result.stderr
    assert settings.read_bytes() == before


def test_more_processes_than_any_system_waits_for_are_a_wrong_call(casecheck, folder):
    assert casecheck("audit", folder, "--jobs", "60", "--no-cases").exit_code == 0
    assert casecheck("audit", folder, "--jobs", "61").exit_code == 2


# --- input that cannot be read: exit code 3 ---------------------------------------------------------------------------


@pytest.fixture
def folder_with_a_bad_file(folder):
    (folder / "bad.json").write_text('{"la_child_id": "cut off')
    return folder


def test_one_bad_file_never_loses_the_others(casecheck, folder_with_a_bad_file):
    result = casecheck("audit", folder_with_a_bad_file)
    assert result.exit_code == 0
    assert "4 records read, 3 audited, 1 invalid" in result.stdout
    assert "- bad.json, record 1: is cut off" in result.stdout


def test_strictly_one_bad_file_is_one_too_many_and_the_report_still_comes(casecheck, folder_with_a_bad_file):
    result = casecheck("audit", folder_with_a_bad_file, "--strict")
    assert result.exit_code == 3
    assert "4 records read, 3 audited, 1 invalid" in result.stdout
    assert result.stderr.startswith(
        "casecheck: 1 record is invalid (--strict)\ncasecheck: bad.json, record 1: is cut off"
    )


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_no_valid_record_at_all_leaves_nothing_to_print(casecheck, tmp_path, form):
    source, target = tmp_path / "bad.json", tmp_path / "result"
    source.write_text("[1, 2, 3]")
    result = casecheck("audit", source, "--format", form)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.splitlines()[0] == "casecheck: there is no valid case record; nothing was audited"
    assert len(result.stderr.splitlines()) == 4
    assert casecheck("audit", source, "--format", form, "--output", target).exit_code == 3
    assert not target.exists()


def test_of_many_invalid_records_the_first_are_told(casecheck, tmp_path):
    (tmp_path / "bad.json").write_text(json.dumps([1] * 50))
    assert casecheck("audit", tmp_path / "bad.json").stderr.splitlines()[-1] == "casecheck: and 30 more"
