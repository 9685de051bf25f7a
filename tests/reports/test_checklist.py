"""The checklist of an auditor, written and read again."""

import pytest

from casecheck.errors import InputProblem, UsageProblem
from casecheck.reports.checklist import Row, cases_meant, checklist_csv, read_checklist
from casecheck.sampling.looking import Look

LOOKS = [
    Look(
        "A1", "Care", "care-plan-specific", "The care plan is specific, and measurable", "care plan of 1 May 2011 (/0)"
    ),
    Look("A1", "", "(case)", "Is this case adequate?", "the whole file"),
]


@pytest.fixture
def read(tmp_path):
    """Read a checklist of this text, or of these bytes."""

    def read(content, encoding="utf-8"):
        file = tmp_path / "checklist.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read_checklist(file)

    return read


def rows(*verdicts, head="case_id,rule,verdict"):
    return "\n".join([head, *(f"case-{number},care-plan-specific,{each}" for number, each in enumerate(verdicts))])


def verdicts(checklist):
    return [row.verdict for row in checklist.rows]


def test_it_tells_a_spreadsheet_its_encoding_and_what_to_write_where():
    lines = list(checklist_csv(LOOKS))
    assert lines == [
        '\ufeffcase_id,area,rule,standard,look_at,"verdict: met, not met, not applicable or cannot tell",comment',
        'A1,Care,care-plan-specific,"The care plan is specific, and measurable",care plan of 1 May 2011 (/0),,',
        "A1,,(case),Is this case adequate?,the whole file,,",
    ]


def test_as_it_was_written_it_is_read_with_no_verdict(read):
    found = read("\n".join(checklist_csv(LOOKS)))
    assert found.rows == (Row(2, "A1", "care-plan-specific", None), Row(3, "A1", "(case)", None))
    assert found.wrong == ()


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        *[(each, "met") for each in ("met", "MET", " Met ", "yes", "Y", "adequate", "met.")],
        *[
            (each, "not met")
            for each in ("not met", "Not  met", "NOT-MET", "not_met", "no", "n", "unmet", "inadequate")
        ],
        *[(each, "not applicable") for each in ("not applicable", "N/A", "n.a.", "na", "Not-Applicable")],
        *[(each, "cannot tell") for each in ("cannot tell", "can't tell", "Can\u2019t tell", "unknown", "?")],
        *[(each, None) for each in ("", "   ")],
    ],
)
def test_a_verdict_is_understood_as_people_write_it(read, written, verdict):
    found = read(rows(written))
    assert verdicts(found) == [verdict]
    assert found.wrong == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("mett", "the verdict is none that is known (did you mean met?); write met, not met, not applicable or"),
        ("not aplicable", "(did you mean not applicable?)"),
        ("Mary Smith was there", "the verdict is none that is known; write met, not met"),
    ],
)
def test_another_verdict_is_told_with_its_line_and_never_repeated(read, written, told):
    found = read(rows("met", written, "no"))
    assert [(row.line, row.verdict) for row in found.rows] == [(2, "met"), (4, "not met")]
    ((line, message),) = found.wrong
    assert line == 3
    assert told in message
    assert written not in message


def test_lines_are_counted_as_an_editor_counts_them(read):
    text = 'case_id,rule,verdict,comment\nA,r,met,"two\nlines"\n\nB,r,mett,\nC,r,met,\n'
    found = read(text)
    assert [row.line for row in found.rows] == [2, 6]
    assert [line for line, _ in found.wrong] == [5]


def test_a_row_twice_is_told_and_the_first_is_used(read):
    found = read("case_id,rule,verdict\nA,r,met\nA,r,not met\nA,s,met\n")
    assert [(row.rule, row.verdict) for row in found.rows] == [("r", "met"), ("s", "met")]
    assert found.wrong == ((3, "the same case and rule stand in line 2 already; that row is used, this one is not"),)


def test_a_row_without_its_case_or_rule_is_told(read):
    found = read("case_id,rule,verdict\nA,,met\n,r,met\n,,met\nA,r\n")
    assert [message.partition(";")[0] for _, message in found.wrong] == [
        "the row has no rule",
        "the row has no case_id",
        "the row has no case_id and no rule",
    ]
    assert found.rows == (Row(5, "A", "r", None),)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_whatever_a_spreadsheet_makes_of_it_is_read(read, mark, encoding, ends):
    head = ["comment", "Verdict: met, not met, not applicable or cannot tell", "rule", "CASE_ID"]
    body = ["caf\xe9 \u2013 seen", "can\u2019t tell", "care-plan-specific", "\xc41"]
    text = ends.join(mark.join(f'"{each}"' if mark in each else each for each in line) for line in (head, body)) + ends
    assert read(text, encoding).rows == (Row(2, "\xc41", "care-plan-specific", "cannot tell"),)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", ":1: is not the first line of a checklist: it has no column case_id, rule, verdict"),
        ("a,b\n1,2\n", "it has no column case_id, rule, verdict; `casecheck sample` writes one"),
        ("case_id,verdict\nA,met\n", "it has no column rule"),
        ("case_id,rule,verdict\n", "no row of this checklist can be read"),
        (rows("maybe"), "checklist.csv:2: the verdict is none that is known"),
        (b"PK\x03\x04", "is a workbook, not CSV; in the spreadsheet, save the checklist as CSV"),
        (rows("x" * 200_000), "checklist.csv:2: is no row of CSV"),
    ],
    ids=["empty", "another table", "no rule", "no rows", "no verdict", "a workbook", "a cell without end"],
)
def test_what_is_no_checklist_is_told(read, content, told):
    with pytest.raises(InputProblem) as problem:
        read(content)
    assert told in str(problem.value)


def test_a_file_that_is_too_large_or_not_there_is_told(tmp_path, read, monkeypatch):
    monkeypatch.setattr("casecheck.reports.checklist.LARGEST", 10)
    with pytest.raises(InputProblem, match="larger than 64 MiB"):
        read(rows("met"))
    with pytest.raises(UsageProblem, match="cannot be read: no such file"):
        read_checklist(tmp_path / "none.csv")


def meant(written, ids):
    found = cases_meant([Row(2, each, "r", None) for each in written], [{"case_id": each} for each in ids])
    return {name: case["case_id"] for name, case in found.items()}


def test_a_case_is_known_by_what_its_cell_holds():
    assert meant(["A", "'=B", "none"], ["A", "=B", "C"]) == {"A": "A", "'=B": "=B"}


def test_zeros_that_a_spreadsheet_dropped_are_understood_where_one_case_alone_can_be_meant():
    assert meant(["123"], ["00123", "124"]) == {"123": "00123"}
    assert meant(["123"], ["00123", "0123"]) == {}
    assert meant(["123"], ["00123", "123"]) == {"123": "123"}
