"""`casecheck sample`: a random sample of case records, and a checklist to audit it by."""

import csv
import gzip
import json
import os
import sys
from pathlib import Path

import pytest

SAMPLE_CASES = Path(__file__).parents[2] / "sample_cases"
FILES = ["casecheck.yaml", "checklist.csv", "records.jsonl"]


@pytest.fixture
def sample(casecheck, tmp_path, monkeypatch):
    """Draw a sample of the 20 children into a folder: what was said, and the folder."""
    monkeypatch.chdir(tmp_path)

    def sample(*options, folder="drawn", of=SAMPLE_CASES):
        told = casecheck("sample", of, "--output", folder, *options)
        assert told.exit_code == 0, told.output
        return told.stdout, tmp_path / folder

    return sample


def rows(folder):
    with (folder / "checklist.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def ids(folder):
    return [json.loads(line)["la_child_id"] for line in (folder / "records.jsonl").read_bytes().splitlines()]


def flat(text):
    return " ".join(text.split())


def test_one_seed_twice_gives_the_same_bytes(sample):
    (said, one), (again, other) = sample("--size", 6, "--seed", 7), sample("--size", 6, "--seed", 7, folder="again")
    assert sorted(os.listdir(one)) == FILES
    for name in FILES:
        assert (one / name).read_bytes() == (other / name).read_bytes()
    assert said == again.replace("again", "drawn")


def test_neither_the_number_of_files_nor_of_processes_shows(sample, tmp_path):
    records = [file.read_bytes() for file in sorted(SAMPLE_CASES.glob("*.json"), reverse=True)]
    packed = tmp_path / "all.json.gz"
    packed.write_bytes(gzip.compress(b"[" + b",".join(records) + b"]"))
    options = ("--size", 6, "--seed", 7, "--as-at", "2012-04-23", "--by", "team")
    _, one = sample(*options, "--jobs", 1)
    _, other = sample(*options, "--jobs", 2, of=packed, folder="other")
    for name in FILES:
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_the_records_are_those_that_were_read_a_line_each_by_id(sample):
    _, folder = sample("--size", 20, "--seed", 7)
    every = sorted(
        (json.loads(file.read_bytes()) for file in SAMPLE_CASES.glob("*.json")), key=lambda each: each["la_child_id"]
    )
    assert [json.loads(line) for line in (folder / "records.jsonl").read_bytes().splitlines()] == every


def test_what_json_has_in_two_ways_stays_as_it_was_written(sample, tmp_path):
    record = (
        '{\n "la_child_id":\r\n  "A",\n "local": {"x": 1.50, "big": 12345678901234567890123, "t": "a\\n\\u00e9 \\t"}\n}'
    )
    (tmp_path / "case.json").write_text(record, encoding="utf-8", newline="")
    _, folder = sample("--as-at", "2012-04-23", "--seed", 1, of=tmp_path / "case.json")
    expected = '{"la_child_id":"A","local": {"x": 1.50, "big": 12345678901234567890123, "t": "a\\n\\u00e9 \\t"}}\n'
    assert (folder / "records.jsonl").read_bytes().decode() == expected


def test_stratified_each_team_has_its_share_and_none_goes_without(sample):
    said, folder = sample("--size", 8, "--seed", 7, "--by", "team")
    assert "\nBY TEAM\n" in said
    table = [line.rsplit(maxsplit=2) for line in said.partition("BY TEAM")[2].splitlines()[4:10]]
    assert [(name, int(cases), int(drawn)) for name, cases, drawn in table] == [
        ("Assessment", 2, 1),
        ("Jigsaw", 2, 1),
        ("Looked After Children", 6, 2),
        ("Pathways", 4, 2),
        ("Protection and Court East", 3, 1),
        ("Protection and Court West", 3, 1),
    ]
    assert len(ids(folder)) == 8


def test_more_groups_than_cases_to_draw_are_said_to_go_without(sample):
    said, _ = sample("--size", 2, "--seed", 7, "--by", "team")
    assert "There are 6 groups, more than cases to draw: of 4 of them none is drawn." in flat(said)


def test_the_checklist_asks_of_each_case_what_only_a_reader_can_judge_and_the_whole(sample):
    said, folder = sample("--size", 6, "--seed", 7)
    asked = rows(folder)
    assert list(dict.fromkeys(row["case_id"] for row in asked)) == ids(folder)
    assert [row["case_id"] for row in asked if row["rule"] == "(case)"] == ids(folder)
    assert {"care-plan-specific", "chronology-useful"} < {row["rule"] for row in asked}
    assert {"supervision-held", "looked-after-visits"}.isdisjoint(row["rule"] for row in asked)
    assert all(row["verdict: met, not met, not applicable or cannot tell"] == row["comment"] == "" for row in asked)
    assert f"checklist.csv has {len(asked)} rows for the auditor" in flat(said)


def test_the_checklist_does_not_say_what_casecheck_found(sample):
    """It is the same where every judgement that the records hold is the other way round."""
    _, folder = sample("--size", 20, "--seed", 7)

    def turned(value, name=""):
        if isinstance(value, dict):
            return {key: turned(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [turned(each, name) for each in value]
        return not value if name in ("identity_considered_flag", "measurable_flag") else value

    turned_round = folder.parent / "turned.jsonl"
    records = [json.dumps(turned(json.loads(line))) for line in (folder / "records.jsonl").read_bytes().splitlines()]
    turned_round.write_text("\n".join(records), encoding="utf-8")
    _, other = sample("--size", 20, "--seed", 7, "--as-at", "2012-04-23", of=turned_round, folder="other")
    assert (other / "checklist.csv").read_bytes() == (folder / "checklist.csv").read_bytes()


def test_an_audit_of_the_folder_repeats_itself(casecheck, sample):
    _, folder = sample("--size", 5, "--seed", 7, "--as-at", "2012-03-01")
    result = json.loads(casecheck("audit", folder, "--format", "json").stdout)
    assert [case["case_id"] for case in result["cases"]] == ids(folder)
    assert (result["as_at"], result["as_at_from"], result["since"]) == ("2012-03-01", "casecheck.yaml", "2011-03-01")
    assert 'rules: "southampton-2012"\n' in (folder / "casecheck.yaml").read_text(encoding="utf-8")
    assert [source["name"] for source in result["sources"]] == ["records.jsonl"]


def test_a_councils_own_pack_and_breakdown_are_found_again_from_the_folder(casecheck, sample, tmp_path):
    assert casecheck("rules", "new", tmp_path / "ours").exit_code == 0
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.json").write_text('{"la_child_id": "a"}', encoding="utf-8")
    (tmp_path / "cases" / "casecheck.yaml").write_text(
        "as_at: 2012-04-23\nrules: ../ours\nby: team\n", encoding="utf-8"
    )
    (tmp_path / "deep").mkdir()
    _, folder = sample("--seed", 1, of=tmp_path / "cases", folder="deep/er")
    assert 'rules: "../../ours"\n' in (folder / "casecheck.yaml").read_text(encoding="utf-8")
    assert 'by: ["team"]\n' in (folder / "casecheck.yaml").read_text(encoding="utf-8")
    assert str(tmp_path) not in (folder / "casecheck.yaml").read_text(encoding="utf-8")
    assert casecheck("audit", folder).exit_code == 0


def test_without_a_seed_one_is_drawn_and_told(sample, monkeypatch):
    monkeypatch.setattr("casecheck.cli.sample.randbelow", lambda below: 4711)
    said, folder = sample("--size", 6)
    assert "Drawn     6 of 20 cases, at random, seed 4711\n" in said
    assert (
        "# A sample of case records, drawn by casecheck: size 6, seed 4711.\n"
        in (folder / "casecheck.yaml").read_text()
    )
    _, again = sample("--size", 6, "--seed", 4711, folder="again")
    assert ids(again) == ids(folder)


def test_fewer_cases_than_asked_for_are_all_drawn_and_said_to_be(sample):
    said, folder = sample("--size", 25, "--seed", 7)
    assert "There are fewer cases than the 25 asked for, so all of them are drawn." in flat(said)
    assert len(ids(folder)) == 20


def test_records_that_cannot_be_drawn_are_told(sample, tmp_path):
    lines = ['{"la_child_id": "a"}', '{"la_child_id": "a"}', '{"la_child_id": "b", "purge": true}', "{", '{"local": 1}']
    lines += ["[]"] * 30
    (tmp_path / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    said, folder = sample("--seed", 1, "--as-at", "2012-04-23", of=tmp_path / "cases.jsonl")
    assert ids(folder) == ["a"]
    assert "34 records read, 33 invalid, 1 to be purged and passed over" in said
    told = said.partition("RECORDS THAT COULD NOT BE DRAWN")[2]
    assert "- cases.jsonl, case a at /la_child_id: another record before this one" in told
    assert "- and 13 more" in told


def test_a_fault_in_one_record_is_told_and_costs_no_other(sample, monkeypatch):
    from casecheck import running
    from casecheck.sampling import drawing

    def at_fault(of):
        as_it_is = of.case_as_at

        def case_as_at(data, *more):
            if data["la_child_id"] == "case-07":
                raise KeyError("Jane")
            return as_it_is(data, *more)

        return case_as_at

    monkeypatch.setattr(running, "case_as_at", at_fault(running))
    said, folder = sample("--seed", 7)
    assert "case-07" in ids(folder)
    assert "case-07" not in {row["case_id"] for row in rows(folder)}
    told = flat(said).partition("CASES THAT WERE DRAWN AND COULD NOT BE AUDITED")[2]
    assert "records.jsonl, case case-07: could not be audited: a fault in casecheck (KeyError)" in told
    monkeypatch.setattr(drawing, "case_as_at", at_fault(drawing))
    said, folder = sample("--seed", 7, "--by", "team", folder="by-team")
    assert len(ids(folder)) == 19
    told = flat(said).partition("RECORDS THAT COULD NOT BE DRAWN")[2]
    assert "case case-07: could not be read: a fault in casecheck (KeyError)" in told
    assert "Jane" not in said


def test_where_no_record_is_valid_nothing_is_written(casecheck, tmp_path):
    (tmp_path / "case.json").write_text('{"local": 1}', encoding="utf-8")
    told = casecheck("sample", tmp_path / "case.json", "--output", tmp_path / "drawn")
    assert told.exit_code == 3
    assert "there is no valid case record to draw; nothing was written" in told.stderr
    assert "case.json, record 1" in told.stderr
    assert os.listdir(tmp_path) == ["case.json"]


@pytest.mark.parametrize("empty", [True, False])
def test_a_folder_that_is_not_empty_is_left_alone(casecheck, folder, tmp_path, empty):
    target = tmp_path / "there"
    target.mkdir()
    if not empty:
        (target / "notes.txt").write_text("mine", encoding="utf-8")
    told = casecheck("sample", folder, "--output", target)
    assert told.exit_code == (0 if empty else 2)
    assert sorted(os.listdir(target)) == (FILES if empty else ["notes.txt"])
    assert empty or "name a folder that is new, or empty" in told.stderr


def test_a_sample_does_not_go_among_the_records(casecheck, folder):
    before = sorted(os.listdir(folder))
    told = casecheck("sample", folder, "--output", folder / "sample")
    assert told.exit_code == 2
    assert "name a folder outside of it" in told.stderr
    assert sorted(os.listdir(folder)) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--by", "tem"), "did you mean team?"),
        (("--by", "surname"), "is of a person"),
        (("--size", "0"), "Invalid value for '--size'"),
        (("--seed", "-1"), "Invalid value for '--seed'"),
        (("--as-at", "2012-02-30"), "no day of the calendar"),
        (("--output", "there/is/none"), "cannot be written"),
    ],
)
def test_a_wrong_call_ends_with_2_and_writes_nothing(casecheck, folder, tmp_path, monkeypatch, options, said):
    monkeypatch.chdir(tmp_path)
    told = casecheck("sample", folder, *options)
    assert told.exit_code == 2
    assert said in told.stderr
    assert os.listdir(tmp_path) == ["cases"]


def test_standard_input_and_a_folder_with_a_blank_in_its_name_serve_too(casecheck, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = casecheck("sample", "-", "--as-at", "2012-04-23", "--output", "my sample", stdin='{"la_child_id": "a"}')
    assert told.exit_code == 0, told.stderr
    assert '  casecheck audit "my sample" --format json --output result.json\n' in told.stdout
    assert ids(tmp_path / "my sample") == ["a"]


@pytest.mark.skipif(sys.platform == "win32", reason="drives are told apart there")
def test_a_pack_on_another_drive_is_named_where_it_is(sample, casecheck, tmp_path, monkeypatch):
    assert casecheck("rules", "new", tmp_path / "ours").exit_code == 0

    def relpath(*_):
        raise ValueError("path is on mount 'D:'")

    monkeypatch.setattr("casecheck.cli.sample.os.path.relpath", relpath)
    _, folder = sample("--seed", 1, "--size", 1, "--rules", tmp_path / "ours")
    assert f'rules: "{(tmp_path / "ours").resolve().as_posix()}"\n' in (folder / "casecheck.yaml").read_text()
