"""`casecheck check-anonymous`: what is found where, in files of every form, and that nothing found is repeated."""

import gzip
import json
from pathlib import Path

import pytest

from casecheck.anonymising.judging import BIRTH, FREE_TEXT, judged

ROOT = Path(__file__).parents[2]


def test_the_sample_and_every_example_of_the_packs_name_nobody(casecheck):
    told = casecheck("check-anonymous", "--invented", ROOT / "sample_cases", ROOT / "rules")
    assert told.exit_code == 0, told.stdout
    assert "nothing was found" in told.stdout


def test_as_records_of_someone_the_sample_would_not_pass(casecheck):
    told = casecheck("check-anonymous", ROOT / "sample_cases")
    assert told.exit_code == 1
    assert f"/child_details/date_of_birth: {BIRTH}" in told.stdout
    assert f"visit_purpose: {FREE_TEXT}" in told.stdout


@pytest.mark.parametrize(
    ("name", "value", "kinds"),
    [
        ("first_name", "Jane", ["a name"]),
        ("surname", "Smith", ["a name"]),
        ("Mother_Surname", "smith", ["a name"]),
        ("unique_pupil_number", "unknown", ["a pupil number"]),
        ("UPNunknown", "UN3", []),
        ("postcode", "x", ["a postcode"]),
        ("death_date", "2012-01-01", ["a date of death"]),
        ("date_of_birth", "2003-05-14", [BIRTH]),
        ("date_of_birth", "2003-05-01", []),
        ("DOB", "14/05/2003", [BIRTH]),
        ("dob", "01/05/2003", []),
        ("PersonBirthDate", "2003-05-14", [BIRTH]),
        ("mobile", "n/a", ["a telephone number"]),
        ("nhs_number", 9434765919, ["an NHS number"]),
        ("score", 9434765919, ["an NHS number"]),
        ("score", 20, []),
        ("score", True, []),
        ("visit_purpose", "recorded", []),
        ("visit_purpose", "how he settles at his school", [FREE_TEXT]),
        ("visit_purpose", "see Jane", [FREE_TEXT, "a name"]),
        ("lead", "social worker", []),
        ("lead", "worker 12", [FREE_TEXT]),
        ("referral_source", "1C", []),
        ("role", "Jane Smith", ["a name"]),
        ("role", "social_worker", []),
        ("team", "Protection and Court West", []),
        ("team", "SO14 7LY", ["a postcode"]),
        ("worker_id", "worker-bmtcgkbfbvbsjn", []),
        ("worker_id", "jsmith@example.org", ["an e-mail address"]),
        ("activity", "goes to college on four days a week", [FREE_TEXT]),
        ("remarks", "Goes there on foot", [FREE_TEXT]),
        ("remarks", "goes there", []),
        ("remarks", "  ", []),
        ("referral_date", "2012-01-10", []),
    ],
)
def test_a_value_is_judged_by_its_name_and_by_what_it_says(name, value, kinds):
    assert list(judged(name, value, made_up=False)) == kinds


@pytest.mark.parametrize(
    ("name", "value", "kinds"),
    [
        ("date_of_birth", "2003-05-14", []),
        ("visit_purpose", "how he settles at his school", []),
        ("visit_purpose", "see Jane", ["a name"]),
        ("visit_purpose", "ring 12 34", [FREE_TEXT]),
        ("note", "words " * 20, [FREE_TEXT]),
        ("permanence_option", "home to his mother or adoption, side by side", []),
        (
            "permanence_option",
            "home to his mother or adoption, planned side by side as the court has asked",
            [FREE_TEXT],
        ),
        ("first_name", "Jane", ["a name"]),
    ],
)
def test_of_the_made_up_more_is_let_pass(name, value, kinds):
    assert list(judged(name, value, made_up=True)) == kinds


def record(**details):
    return {"la_child_id": "1", "child_details": details, "social_care_episodes": []}


def test_a_birth_that_says_it_is_of_the_month_passes(casecheck, written):
    day = {"date_of_birth": "2003-05-14"}
    assert casecheck("check-anonymous", written(record(**day, birth_month_only_flag=True))).exit_code == 0
    assert casecheck("check-anonymous", written(record(**day, birth_month_only_flag=False))).exit_code == 1


def test_places_are_told_and_what_stands_there_is_not(casecheck, tmp_path, written):
    file = written(record(), {**record(surname="Secretson"), "Jane Secretson": [{"x": "SO14 7LY"}]})
    told = casecheck("check-anonymous", tmp_path)
    assert told.exit_code == 1
    name = file.as_posix()
    assert told.stdout.splitlines() == [
        f"{name}, record 2 at /child_details/surname: a name",
        f"{name}, record 2 at /(a name of a property): a name",
        f"{name}, record 2 at /(a property)/0/x: a postcode",
        "3 places in 1 of 1 file tell who someone is, or may",
    ]


def test_records_that_are_not_valid_are_looked_through_too(casecheck, written):
    told = casecheck("check-anonymous", written({"child_details": {"surname": ["Smith"]}}))
    assert told.exit_code == 1
    assert "/child_details/surname/0: a name" in told.stdout


def test_gzipped_records_are_looked_through(casecheck, tmp_path):
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(record(surname="Smith")).encode()))
    assert casecheck("check-anonymous", file).exit_code == 1


def test_text_is_looked_through_line_by_line(casecheck, tmp_path):
    (tmp_path / "notes.md").write_text("# Notes\n\nRing 020 7946 0018 about SO14 7LY.\n", encoding="utf-8")
    (tmp_path / "old.txt").write_bytes("Caf\xe9\nj.smith@example.org".encode("latin-1"))
    told = casecheck("check-anonymous", tmp_path).stdout
    assert "notes.md:3: a postcode" in told
    assert "notes.md:3: a telephone number" in told
    assert "old.txt:2: an e-mail address" in told


def test_tables_are_looked_through_by_their_columns(casecheck, tmp_path):
    table = tmp_path / "children.csv"
    table.write_text("Child ID,Date of Birth,Forename\n1,14/05/2003,Jane\n2,01/05/2003,\n", encoding="utf-8")
    told = casecheck("check-anonymous", table).stdout.splitlines()
    assert [line.rpartition("csv:")[2] for line in told[:-1]] == ["2: a name", f"2: {BIRTH}"]


def test_examples_are_looked_through_with_their_lines(casecheck, tmp_path):
    folder = tmp_path / "examples"
    folder.mkdir()
    file = folder / "rule.yaml"
    file.write_text(
        "- why: born 14 May 2003, Jane Smith\n  case:\n    child_details:\n      date_of_birth: 2003-05-14\n"
        "      surname: Smith\n- not a mapping\n- {why: no case}\n",
        encoding="utf-8",
    )
    told = casecheck("check-anonymous", file).stdout
    assert f"rule.yaml:4: {BIRTH}" in told
    assert "rule.yaml:5: a name" in told
    assert "rule.yaml:1" not in told
    file.write_text("{}", encoding="utf-8")
    assert casecheck("check-anonymous", file).exit_code == 0
    file.write_text("- [", encoding="utf-8")
    assert casecheck("check-anonymous", file).exit_code == 3


XML = """<Message>
<!-- for Jane Smith -->
<Children><Child by="j@example.org">
<UPN>x</UPN><UPNunknown>UN3</UPNunknown>
<PersonBirthDate>2003-05-14</PersonBirthDate>
<PersonBirthDate>2003-05-01</PersonBirthDate>
<Note/>ring 020 7946 0018
<Other><Deep>SO14 7LY</Deep></Other>
</Child></Children></Message>
"""


def test_xml_is_looked_through_element_by_element(casecheck, tmp_path):
    file = tmp_path / "return.xml"
    file.write_text(XML, encoding="utf-8")
    told = casecheck("check-anonymous", file).stdout.splitlines()[:-1]
    assert [line.rpartition("xml:")[2] for line in told] == [
        "2: a name",
        "4: a pupil number",
        f"5: {BIRTH}",
        "8: a postcode",
        "3: an e-mail address",
        "3: a telephone number",
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.xml", b"<Message><Child>"),
        ("entities.xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        ("broken.json", b'{"la_child_id": "1", '),
        ("list.json", b"[7]"),
        ("picture.bin", b"\x89PNG\0\0"),
        ("notes.md", b"a\0b"),
    ],
)
def test_what_cannot_be_looked_through_is_told_and_ends_with_3(casecheck, tmp_path, name, data):
    file = tmp_path / name
    file.write_bytes(data)
    told = casecheck("check-anonymous", file)
    assert told.exit_code in ((0, 3) if name == "entities.xml" else (3,))
    assert "root:" not in told.stdout + told.stderr


def test_a_path_that_is_not_there_ends_with_2(casecheck, tmp_path):
    assert casecheck("check-anonymous", tmp_path / "none").exit_code == 2


def test_what_begins_with_a_dot_is_left_out(casecheck, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("j@example.org", encoding="utf-8")
    (tmp_path / ".hidden").write_text("j@example.org", encoding="utf-8")
    told = casecheck("check-anonymous", tmp_path)
    assert (told.exit_code, told.stdout) == (0, "nothing was found that tells who someone is, in 0 files\n")
