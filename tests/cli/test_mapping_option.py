"""`--mapping`: tables of a council's own, read by every command that reads records."""

import json

import pytest

SUPERVISION = """
mapping: supervision-dates
title: The spreadsheet of supervision dates
tables:
  supervision:
    child: Case number
    into: supervisions
    columns: {Date of supervision: supervision_date}
"""
VISITS = """
mapping: visits
title: Visits to children on a plan
tables:
  visits:
    child: Case number
    into: child_protection_visits
    columns: {Date of visit: visit_date}
"""


@pytest.fixture
def council(tmp_path):
    """Two tables of a council's own in one folder, with a mapping of each beside it."""
    (tmp_path / "supervision.yaml").write_text(SUPERVISION, encoding="utf-8")
    (tmp_path / "visits.yaml").write_text(VISITS, encoding="utf-8")
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "dates.csv").write_text("Case number,Date of supervision\n1042,23/05/2023\n", encoding="utf-8")
    (folder / "seen.csv").write_text("Case number,Date of visit\n1042,24/05/2023\n", encoding="utf-8")
    return tmp_path


def options(council):
    return ("--mapping", council / "visits.yaml", "--mapping", council / "supervision.yaml")


def test_each_table_is_read_by_the_mapping_that_its_headings_are_most_like(casecheck, council):
    told = casecheck("audit", council / "tables", *options(council), "--format", "json", "--as-at", "2023-06-01")
    assert told.exit_code == 0, told.output
    result = json.loads(told.stdout)
    assert [(each["name"], each["format"], each["records"]) for each in result["sources"]] == [
        ("dates.csv", "mapping", 1),
        ("seen.csv", "mapping", 1),
    ]
    assert [each["message"] for each in result["invalid_records"]] == [
        "another record before this one has the same id (1042)"
    ]


@pytest.mark.parametrize("command", ["due", "trend", "explain"])
def test_every_command_that_reads_records_takes_it(casecheck, council, command):
    case = ("--case", "1042") if command == "explain" else ()
    file = council / "tables" / "dates.csv"
    told = casecheck(command, file, *case, *options(council), "--as-at", "2023-06-01")
    assert told.exit_code == 0, told.output


def test_without_it_the_table_is_not_read(casecheck, council):
    assert casecheck("audit", council / "tables" / "dates.csv").exit_code == 3


def test_a_mapping_that_is_wrong_or_not_there_is_told(casecheck, council):
    told = casecheck("audit", council / "tables", "--mapping", council / "none.yaml")
    assert told.exit_code == 2
    assert "the mapping cannot be read: no such file or directory" in told.stderr
    (council / "visits.yaml").write_text(VISITS.replace("child:", "chlid:"), encoding="utf-8")
    told = casecheck("audit", council / "tables", *options(council))
    assert told.exit_code == 2
    assert "visits.yaml:6: unknown key `chlid`: did you mean `child`?" in told.stderr


def test_a_file_of_no_table_of_the_mappings_is_told(casecheck, council):
    other = council / "tables" / "other.csv"
    other.write_text("Name,Colour\nA,red\n", encoding="utf-8")
    told = casecheck("audit", other, *options(council))
    assert told.exit_code == 3
    assert "it has the headings of no table of the mapping visits or supervision-dates" in told.stderr
