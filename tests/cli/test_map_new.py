"""`casecheck map new`: a mapping is begun for a table of a council's own."""

import re
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from casecheck.records.tables.drafting import draft
from casecheck.records.tables.loading import read_mapping
from casecheck.records.tables.sampling_columns import Looks, Sampled

PLANS = """Child protection register;;;;;;
Mosaic ID;Child Name;Plan start date;Plan ended;Category;Seen alone?;Notes
M1042;Amy Zebedee;03/04/2023;;Neglect;Y;Long text of Amy
M1043;Bob Zebedee;13/04/2023;05/05/2023;Physical;N;Another text of Bob
"""


@pytest.fixture
def drafted(casecheck, tmp_path):
    """The draft for a table, as text; it keeps to the form of mappings."""

    def drafted(name, content):
        file = tmp_path / name
        file.write_text(content, encoding="utf-8")
        told = casecheck("map", "new", file)
        assert told.exit_code == 0, told.output
        return told.stdout

    return drafted


def test_it_guesses_child_section_days_and_flags(drafted):
    said = drafted("plans.csv", PLANS)
    (table,) = read_mapping(said.encode(), "draft").tables
    assert table.child_heading == "Mosaic ID"
    assert table.into == ("social_care_episodes", "child_protection_plans")
    assert {each.heading: each.field for each in table.columns} == {
        "Child Name": None,
        "Plan start date": "start_date",
        "Plan ended": "end_date",
        "Category": "initial_category",
        "Seen alone?": None,
        "Notes": None,
    }
    assert "Plan ended: end_date  # days, in 1 of 2 rows" in said
    assert '"Seen alone?": not used  # yes or no' in said
    assert "or care_plans" in said


def test_no_cell_of_the_table_is_in_the_draft(drafted):
    said = drafted("plans.csv", PLANS)
    for row in PLANS.splitlines()[2:]:
        assert not [cell for cell in row.split(";") if len(cell) > 1 and cell in said]
    assert "Zebedee" not in said
    assert "register" not in said


def test_what_cannot_be_guessed_is_to_be_filled_in_and_is_refused_until_then(drafted, casecheck, tmp_path):
    said = drafted("xyz.csv", "Colour,Shape\nred,round\nblue,square\n")
    assert "child: FILL-IN" in said
    assert "into: FILL-IN" in said
    (tmp_path / "mapping.yaml").write_text(said, encoding="utf-8")
    told = casecheck("audit", tmp_path / "xyz.csv", "--mapping", tmp_path / "mapping.yaml")
    assert told.exit_code == 2
    assert "has no section `FILL-IN`" in told.stderr


def test_days_that_can_only_be_month_first_are_told(drafted):
    said = drafted("supervision.csv", "Case number,Supervision date\n1042,04/23/2023\n1043,04/05/2023\n")
    assert "dates: month first" in said
    assert "month first" not in drafted("other.csv", "Case number,Supervision date\n1042,23/04/2023\n")


def test_the_draft_reads_the_table(drafted, casecheck, tmp_path):
    said = drafted("supervision.csv", "Case number,Date of supervision,Blank\n1042,23/04/2023,\n")
    assert "Blank: not used  # blank, as far as it was looked at" in said
    (tmp_path / "mapping.yaml").write_text(said, encoding="utf-8")
    told = casecheck("convert", tmp_path / "supervision.csv", "--mapping", tmp_path / "mapping.yaml")
    assert '"supervisions":[{"supervision_date":"2023-04-23"}]' in told.stdout


def test_every_sheet_of_a_workbook_is_a_table(casecheck, tmp_path):
    book = Workbook()
    one = book.create_sheet("Supervision", 0)
    for row in (["Supervision of 2023"], ["Child ID", "Supervision date", "Hours"], [1042, None, 1.5]):
        one.append(row)
    two = book.create_sheet("Reviews")
    for row in (["Child ID", "Review date"], ["A1042", "2023-04-05"]):
        two.append(row)
    book.create_sheet("Empty")
    book.save(tmp_path / "book.xlsx")
    out = tmp_path / "mapping.yaml"
    told = casecheck("map", "new", tmp_path / "book.xlsx", "-o", out)
    assert told.exit_code == 0, told.output
    mapping = read_mapping(out.read_bytes(), "draft")
    assert [(table.name, table.sheets, table.child_heading) for table in mapping.tables] == [
        ("supervision", ("supervision",), "Child ID"),
        ("reviews", ("reviews",), "Child ID"),
    ]
    assert casecheck("map", "new", tmp_path / "book.xlsx", "-o", out).exit_code == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<Return/>", "is XML"),
        ("1042,23/04/2023\n1043,24/04/2023\n", "has no row of headings"),
        ("", "has no row of headings"),
    ],
)
def test_what_holds_no_table_with_headings_is_refused(casecheck, tmp_path, content, why):
    (tmp_path / "table.csv").write_text(content, encoding="utf-8")
    told = casecheck("map", "new", tmp_path / "table.csv")
    assert told.exit_code == 3
    assert why in told.stderr


def test_a_file_that_is_not_there_is_refused(casecheck, tmp_path):
    assert casecheck("map", "new", tmp_path / "none.csv").exit_code == 2


def test_long_tables_are_looked_at_as_far_as_is_needed(drafted):
    rows = "\n".join(f"{number},{number % 28 + 1:02}/04/2023,{'x' * (number % 3)}" for number in range(1000, 1600))
    said = drafted("visits.csv", f"Child ID,Visit date,Sort\n{rows}\n")
    assert re.search(r"Sort: not used +# 2 different words, in 33[0-9] of 500 rows that were looked at", said)


def test_days_numbers_and_errors_of_a_workbook_are_told_for_what_they_are(casecheck, tmp_path):
    book = Workbook()
    sheet = book.create_sheet("Reviews", 0)
    for row in (
        ["Child ID", "Review date", "Score", "Rounded", "Notes"],
        ["A1042", date(2023, 4, 5), 12, "1.5E+10", "#N/A"],
        ["A1043", date(2023, 4, 6), 13, "1.5E+10", "#N/A"],
    ):
        sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    said = casecheck("map", "new", tmp_path / "book.xlsx").stdout
    assert "Review date: review_date  # days" in said
    assert "Score: not used  # numbers" in said


def test_a_file_that_cannot_be_read_to_its_end_is_told(casecheck, tmp_path):
    (tmp_path / "table.csv.gz").write_bytes(b"\x1f\x8b\x08broken")
    assert casecheck("map", "new", tmp_path / "table.csv.gz").exit_code == 3


def test_several_tables_of_one_name_are_told_apart():
    table = Sampled("", 1, 1, (Looks("Child ID", "id", 1, 1),))
    said = list(draft("list", [table, table]))
    assert "  list:" in said
    assert "  list_2:" in said


HEADINGS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
KINDS = st.sampled_from(("day", "flag", "number", "code", "id", "text", "blank"))


@given(
    HEADINGS,
    st.lists(
        st.builds(Looks, HEADINGS, KINDS, st.integers(0, 9), st.integers(0, 9)), unique_by=lambda each: each.heading
    ),
)
def test_any_table_makes_a_draft_that_is_yaml_with_its_headings(name, columns):
    said = yaml.safe_load("\n".join(draft(name, [Sampled("", 1, 9, tuple(columns))])))
    (table,) = said["tables"].values()
    headings = {*table["columns"], table["child"]} - {"FILL-IN"}
    assert headings == {each.heading for each in columns} - {"FILL-IN"}
