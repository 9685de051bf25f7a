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


# --- with a trend -----------------------------------------------------------------------------------------------------


@pytest.fixture
def trend(casecheck, folder):
    """The trend of the records of the folder."""
    file = folder.parent / "trend.json"
    assert casecheck("trend", folder, "--format", "json", "--output", file).exit_code == 0
    return file


def test_a_trend_is_told_of_where_it_is_given(casecheck, result, trend):
    with_trend = casecheck("report", result, "--format", "html", "--trend", trend)
    assert with_trend.exit_code == 0, with_trend.stderr
    assert "What was done in time, month by month" in with_trend.stdout
    assert "month by month" not in casecheck("report", result, "--format", "html").stdout


def test_a_trend_of_something_else_is_refused(casecheck, folder, result, trend):
    casecheck("trend", folder, "--as-at", "2012-04-01", "--format", "json", "--output", trend)
    refused = casecheck("report", result, "--trend", trend)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "is as at 2012-04-01, the result as at 2012-04-23" in refused.stderr
    casecheck("trend", folder, "--rules", "working-together-2023", "--format", "json", "--output", trend)
    refused = casecheck("report", result, "--trend", trend)
    assert refused.exit_code == 2
    assert "is of another pack of standards than the result" in refused.stderr


def test_its_output_does_not_take_the_place_of_the_trend(casecheck, result, trend):
    told = casecheck("report", result, "--trend", trend, "--output", trend)
    assert told.exit_code == 2
    assert "is one of the files that are read" in told.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda document: document.update(schema="casecheck/result/1"), "is no trend of the form casecheck/trend/1"),
        (lambda document: document.update(by="Mary Smith"), "/by: is not what a trend of casecheck holds there"),
        (lambda document: document["periods"].pop(), "/series/0: has not one share for each period"),
    ],
    ids=["another document", "a wrong value", "periods without shares"],
)
def test_what_is_no_trend_ends_with_3_and_nothing_of_it_is_told(casecheck, result, trend, change, told):
    document = json.loads(trend.read_text(encoding="utf-8"))
    change(document)
    trend.write_text(json.dumps(document), encoding="utf-8")
    refused = casecheck("report", result, "--trend", trend)
    assert refused.exit_code == 3
    assert told in refused.stderr
    assert "Mary" not in refused.stderr


# --- results that another hand has changed ----------------------------------------------------------------------------


DUTY = {
    "pointer": "/a",
    "evidence": None,
    "starts": "2012-01-01",
    "due": "2012-02-01",
    "done": None,
    "limit": "within 1 month",
    "outcome": "missed",
    "days_late": 82,
    "counted": True,
}


@pytest.mark.parametrize("lines", [False, True], ids=["json", "jsonl"])
@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda finding: finding.update(rule="of-no-pack"), "/findings/0/rule: is no rule of this result's summary"),
        (lambda finding: finding["obligations"].append(DUTY | {"due": "2012-02-31"}), "/due: is not what a result"),
        (lambda finding: finding["obligations"].append(DUTY | {"due": "0000-01-01"}), "/due: is not what a result"),
    ],
    ids=["unknown rule", "no day", "no year"],
)
def test_a_result_with_days_that_are_none_or_rules_that_are_not_its_own_is_refused(
    casecheck, folder, tmp_path, change, place, lines
):
    form = "jsonl" if lines else "json"
    file = tmp_path / f"result.{form}"
    casecheck("audit", folder, "--format", form, "--output", file)
    text = file.read_text(encoding="utf-8")
    first, *rest = text.splitlines() if lines else (text,)
    document = json.loads(first)
    change((document if lines else document["cases"][0])["findings"][0])
    file.write_text("\n".join([json.dumps(document), *rest]) + "\n", encoding="utf-8")
    refused = casecheck("report", file, "--format", "html", "--output", tmp_path / "report.html")
    assert refused.exit_code == 3
    assert place in refused.stderr
    assert not (tmp_path / "report.html").exists()
