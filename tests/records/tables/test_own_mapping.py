"""A council's own tables, read by a mapping of its own: workbooks, rows that belong to rows, flags, codes, coverage."""

from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from casecheck.records.tables.loading import load_mapping
from tests.records.tables.making import read, records

SUPERVISION = """\
mapping: supervision-dates
title: The spreadsheet of supervision dates
covers: {to: 2024-03-31, from: {supervisions: 2023-04-01}}
tables:
  supervision:
    child: Case number
    into: supervisions
    columns:
      Date of supervision: {becomes: supervision_date, also: [Supervised on]}
      Recorded?: {becomes: plan_challenged_flag, yes: [done], no: ["-"]}
      Worker: not used
"""


def mapping_of(folder, text):
    (folder / "mapping.yaml").write_text(text, encoding="utf-8")
    return load_mapping(folder / "mapping.yaml")


def workbook(folder, rows, name="supervision.xlsx", **sheets):
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for title, own in {"Sheet1": rows, **sheets}.items():
        sheet = book.create_sheet(title)
        for row in own:
            sheet.append(row)
    book.save(folder / name)
    return folder / name


def test_a_workbook_is_read_by_its_mapping(tmp_path):
    rows = [
        ["Case number", "Worker", "Supervised on", "Recorded?", "Room"],
        [12, "Kim", date(2023, 5, 22), "Done", None],
        [12, "Kim", datetime(2023, 7, 18, 9, 30), "-", None],
        [13.0, "Kim", 45190, None, None],
    ]
    source, found, unreadable = read(workbook(tmp_path, rows), mapping_of(tmp_path, SUPERVISION))
    assert (source.format, source.reference_date, unreadable) == ("mapping", "2024-03-31", [])
    assert {child: record["social_care_episodes"] for child, (record, _) in found.items()} == {
        "12": [
            {
                "supervisions": [
                    {"supervision_date": "2023-05-22", "plan_challenged_flag": True},
                    {"supervision_date": "2023-07-18", "plan_challenged_flag": False},
                ]
            }
        ],
        "13": [{"supervisions": [{"supervision_date": "2023-09-21", "plan_challenged_flag": None}]}],
    }
    coverage = found["12"][0]["coverage"]
    assert (coverage["from"], coverage["to"]) == ({"supervisions": "2023-04-01"}, "2024-03-31")
    assert "child_looked_after_placements" in coverage["not_held"]
    assert source.notes == (
        "supervision.xlsx, sheet Sheet1: in column Date of supervision 1 day stands as the number by which a "
        "spreadsheet program keeps it; read as that day",
    )
    (told,) = source.told()
    assert told.used == (
        ("Date of supervision", "social_care_episodes.supervisions.supervision_date"),
        ("Recorded?", "social_care_episodes.supervisions.plan_challenged_flag"),
    )
    assert (told.not_used, [each.heading for each in told.unknown], told.rows) == (("Worker",), ["Room"], 3)


def test_a_workbook_that_counts_its_days_from_1904_is_read_so(tmp_path):
    path = workbook(tmp_path, [["Case number", "Date of supervision"], [12, 45190 - 1462]])
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    found = records(path, mapping_of(tmp_path, SUPERVISION))
    assert found["12"]["social_care_episodes"][0]["supervisions"][0]["supervision_date"] == "2023-09-21"


def test_errors_of_formulas_are_told_and_are_no_blanks(tmp_path):
    path = workbook(tmp_path, [["Case number", "Date of supervision"], [12, "=NA()"], ["=NA()", date(2023, 5, 2)]])
    book = openpyxl.load_workbook(path)
    for cell in ("B2", "A3"):
        book["Sheet1"][cell].value = "#N/A"
    book.save(path)
    source, found, _ = read(path, mapping_of(tmp_path, SUPERVISION))
    record, notes = found["12"]
    assert record["social_care_episodes"][0]["supervisions"] == [{"supervision_date": "0000-00-00"}]
    assert "sheet Sheet1, row 2, column Date of supervision: is an error of a spreadsheet program" in notes[0]
    assert "1 row left out: the number of the child or the record is an error" in source.notes[-1]


def test_merged_cells_say_on_each_row_what_they_say_on_the_first(tmp_path):
    rows = [["Supervision", None, None], ["Case number", "Date of supervision", "Recorded?"]]
    rows += [[12, date(2023, 5, 22), "done"], [None, date(2023, 7, 18), "-"], [13, date(2023, 5, 2), None]]
    path = workbook(tmp_path, rows)
    book = openpyxl.load_workbook(path)
    for cells in ("A1:C1", "A3:A4", "B5:C5"):
        book["Sheet1"].merge_cells(cells)
    book.save(path)
    source, found, _ = read(path, mapping_of(tmp_path, SUPERVISION))
    assert len(found["12"][0]["social_care_episodes"][0]["supervisions"]) == 2
    record, notes = found["13"]
    assert record["social_care_episodes"][0]["supervisions"] == [{"supervision_date": "2023-05-02"}]
    assert "is merged with the cell beside it, so that nothing tells what it holds" in notes[0]
    assert "supervision.xlsx, sheet Sheet1: holds merged cells, which are read on each of their rows" in source.notes


def test_days_that_a_spreadsheet_program_took_month_first_are_not_relied_on(tmp_path):
    rows: list[list[object]] = [["Case number", "Date of supervision"]]
    rows += [[12, date(2023, 7, day)] for day in range(1, 11)] + [[13, "25/07/2023"], [13, "31/07/2023"]]
    source, found, _ = read(workbook(tmp_path, rows), mapping_of(tmp_path, SUPERVISION))
    days = [each["supervision_date"] for each in found["12"][0]["social_care_episodes"][0]["supervisions"]]
    assert days == ["0000-00-00"] * 9 + ["2023-07-07"]
    assert "(9, none after the 12th of a month) and left the rest as text" in source.notes[-1]
    assert found["13"][0]["social_care_episodes"][0]["supervisions"][0]["supervision_date"] == "2023-07-25"


def test_what_is_no_workbook_after_all_is_told(tmp_path):
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    _, found, unreadable = read(tmp_path / "book.xlsx", mapping_of(tmp_path, SUPERVISION))
    assert not found
    assert "is a zip file" in unreadable[0]


CONFERENCES = """\
mapping: conferences
title: Plans, their reviews and who came
dates: month first
tables:
  plans:
    files: plans
    child: Person
    id: Plan
    into: child_protection_plans
    columns:
      Plan: not used
      From: {becomes: start_date, needed: true}
      To: end_date
      Referred: social_care_episodes.referral_date
      Category: {becomes: initial_category, codes: {Neglect: NEG, Physical abuse: PHY}}
  reviews:
    files: reviews
    within: {of: plans, by: [Plan, Plan number]}
    into: child_protection_reviews
    columns:
      Held: {becomes: review_date, needed: true}
  visits:
    files: visits
    child: Person
    into: child_protection_visits
    without_rows: not held
    leave_out: {Kind: [cancelled, null]}
    columns:
      Visited: {becomes: visit_date, needed: true}
      Seen: {becomes: seen_alone_flag, blank: false}
      Kind: not used
"""
PLANS = (
    "Person,Plan,From,To,Referred,Category\n"
    "1,a,05/13/2023,,04/20/2023,neglect\n"
    "2,b,05/14/2023,11/20/2023,,PHYSICAL ABUSE\n"
)
REVIEWS = "Plan number,Held\na,07/30/2023\nb,07/31/2023\nc,01/30/2024\na,01/15/2024\n"
VISITS = "Person,Visited,Seen,Kind\n1,05/30/2023,yes,planned\n1,06/30/2023,,planned\n1,07/30/2023,,Cancelled\n"


@pytest.fixture
def conferences(tmp_path):
    for name, text in (("plans", PLANS), ("reviews", REVIEWS), ("visits", VISITS)):
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def test_rows_belong_to_the_row_that_they_name_and_to_its_child(conferences):
    source, found, unreadable = read(conferences, mapping_of(conferences, CONFERENCES))
    assert (list(found), unreadable) == (["1", "2"], [])
    (episode,) = found["1"][0]["social_care_episodes"]
    assert episode["referral_date"] == "2023-04-20"
    assert episode["child_protection_plans"] == [
        {
            "start_date": "2023-05-13",
            "end_date": None,
            "initial_category": "NEG",
            "child_protection_reviews": [{"review_date": "2023-07-30"}, {"review_date": "2024-01-15"}],
        }
    ]
    assert "table reviews: 1 row left out: it belongs to no row that is there" in source.notes


def test_of_a_child_without_rows_a_section_is_held_or_not_as_the_mapping_says(conferences):
    _, found, _ = read(conferences, mapping_of(conferences, CONFERENCES))
    assert found["1"][0]["social_care_episodes"][0]["child_protection_visits"] == [
        {"visit_date": "2023-05-30", "seen_alone_flag": True},
        {"visit_date": "2023-06-30", "seen_alone_flag": False},
    ]
    assert "child_protection_visits" not in found["2"][0]["social_care_episodes"][0]


def test_a_source_of_which_no_row_names_a_child_holds_no_record(conferences):
    (conferences / "plans.csv").write_text(PLANS.splitlines()[0] + "\n")
    (conferences / "visits.csv").unlink()
    _, found, unreadable = read(conferences, mapping_of(conferences, CONFERENCES))
    assert (found, unreadable) == ({}, ["holds no case record: no row of its tables names a child"])


PEOPLE = """\
mapping: people
title: People, their plans and scores
tables:
  people:
    child: [Person, Number]
    into: child_details
    leave_out: {Status: [closed]}
    columns:
      Born: {becomes: date_of_birth, blank: not held, needed: false}
      Disabilities: disabilities
      Status: not used
  plans:
    child: Person
    into: child_protection_plans
    columns:
      Start: start_date
      End: end_date
      Plans before: {becomes: previous_plan_count, codes: {none: 0, one: 1, two: 2}}
"""


def test_an_end_whose_column_is_not_there_is_not_known(tmp_path):
    (tmp_path / "plans.csv").write_text("Person,Start,Plans before\n1,13/05/2023,One\n1,,\n2,,\n")
    source, found, _ = read(tmp_path / "plans.csv", mapping_of(tmp_path, PEOPLE))
    (plan,) = found["1"][0]["social_care_episodes"][0]["child_protection_plans"]
    assert plan == {"start_date": "2023-05-13", "end_date": "0000-00-00", "previous_plan_count": 1}
    assert "plans.csv: there is no column End, so end_date is not held" in source.notes
    assert list(found) == ["1"]


def test_a_list_of_codes_in_one_cell_becomes_a_list(tmp_path):
    rows = "Person,Born,Disabilities,Status\n1,14/05/2013,HAND; MOB,open\n2,,,open\n3,15/05/2013,VIS,#N/A\n"
    (tmp_path / "people.csv").write_text(rows)
    source, found, _ = read(tmp_path / "people.csv", mapping_of(tmp_path, PEOPLE))
    assert found["1"][0]["child_details"] == {"date_of_birth": "2013-05-14", "disabilities": ["HAND", "MOB"]}
    assert list(found) == ["1", "3"]
    assert source.told()[0].left_out == (("holds nothing that is read", 1),)
