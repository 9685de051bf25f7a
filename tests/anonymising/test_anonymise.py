"""`casecheck anonymise`: the copy, its findings before and after, and what is told."""

import gzip
import json
from pathlib import Path

import pytest

from casecheck import audit, load_pack
from casecheck.anonymising.births import findings, fitted, tells_birthday
from casecheck.anonymising.reading import reading
from casecheck.anonymising.record import Asked, anonymised
from casecheck.auditing import auditor
from casecheck.calendar import DAYS
from casecheck.generating import case_records
from tests.anonymising.conftest import KEY

SAMPLE = Path(__file__).parents[2] / "sample_cases"
DATA = Path(__file__).parents[3] / "shared" / "data"
AS_AT = "2012-04-23"
PACK = load_pack("southampton-2012")
READY = auditor(PACK, DAYS[AS_AT], DAYS["2011-04-23"])
ASKED = Asked(KEY.encode(), reading(PACK))


def counted(result):
    """What a result counts: all of its summary."""
    return result["summary"]


def records_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_audit_of_a_copy_of_the_sample_finds_the_same(casecheck, tmp_path, key_file):
    told = casecheck("anonymise", SAMPLE, tmp_path / "copy", "--key-file", key_file)
    assert told.exit_code == 0, told.output
    assert "finds the same in the copy" in told.stdout
    files = {}
    for name, folder in (("before", SAMPLE), ("after", tmp_path / "copy")):
        files[name] = tmp_path / f"{name}.json"
        assert casecheck("audit", folder, "--format", "json", "--output", files[name]).exit_code == 0
    before, after = (json.loads(file.read_text(encoding="utf-8")) for file in files.values())
    assert counted(before) == counted(after)
    assert before["as_at"] == after["as_at"]
    assert casecheck("check-anonymous", tmp_path / "copy").exit_code == 0


@pytest.mark.parametrize("name", ["dfe_api/csc_payload_sample.json", "cin_census/CIN_Census_2024.xml"])
def test_it_copies_what_is_sent_to_the_government(casecheck, tmp_path, key_file, name):
    if not DATA.is_dir():
        pytest.skip("needs the public sample data, which is not part of the project")
    told = casecheck("anonymise", DATA / name, tmp_path / "copy", "--key-file", key_file, "--as-at", "2024-03-31")
    assert told.exit_code == 0, told.output
    checks = [casecheck("check-anonymous", each).exit_code for each in (DATA / name, tmp_path / "copy")]
    assert checks == [1, 0]
    results = [
        json.loads(casecheck("audit", each, "--as-at", "2024-03-31", "--format", "json").stdout)
        for each in (DATA / name, tmp_path / "copy")
    ]
    assert counted(results[0]) == counted(results[1])


def test_made_up_children_are_judged_alike_and_no_birthday_is_told():
    copies = []
    for record in case_records(150, 3, DAYS[AS_AT]):
        copy, _ = anonymised(record, ASKED)
        made = fitted(READY, record, copy, ASKED.key)
        assert made.changed == ()
        assert not tells_birthday(record, made.record)
        born, shown = record["child_details"]["date_of_birth"], made.record["child_details"]["date_of_birth"]
        assert born[:7] == shown[:7]
        assert made.other_day is not shown.endswith("-01")
        assert born != shown or born.endswith("-01")
        copies.append(made.record)
    summaries = [
        counted(audit(records, PACK, as_at=AS_AT)) for records in (list(case_records(150, 3, DAYS[AS_AT])), copies)
    ]
    assert summaries[0] == summaries[1]


def test_the_same_key_gives_the_same_bytes_and_another_key_other_names(casecheck, tmp_path, key_file):
    other = tmp_path / "other"
    casecheck("key", "--output", other)
    for name, key in (("a.jsonl", key_file), ("b.jsonl", key_file), ("c.jsonl", other)):
        assert casecheck("anonymise", SAMPLE, tmp_path / name, "--key-file", key).exit_code == 0
    one, again, with_other = ((tmp_path / name).read_bytes() for name in ("a.jsonl", "b.jsonl", "c.jsonl"))
    assert one == again
    names = [{each["la_child_id"] for each in map(json.loads, text.splitlines())} for text in (one, with_other)]
    assert not names[0] & names[1]


def test_records_stand_in_the_order_of_their_new_names(casecheck, tmp_path, key_file):
    casecheck("anonymise", SAMPLE, tmp_path / "a.jsonl.gz", "--key-file", key_file)
    lines = gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()).splitlines()
    names = [json.loads(line)["la_child_id"] for line in lines]
    assert names == sorted(names)
    assert len(names) == 20


def test_the_key_is_in_no_output(casecheck, tmp_path, written):
    file = written({"la_child_id": "1"})
    told = casecheck("anonymise", file, tmp_path / "copy", "--as-at", AS_AT, env={"CASECHECK_KEY": KEY})
    assert told.exit_code == 0, told.output
    assert KEY not in told.stdout + told.stderr
    assert not any(KEY.encode() in each.read_bytes() for each in (tmp_path / "copy").iterdir())


def at_18(days):
    """A child whose care ended on the 18th birthday, visited on these days."""
    placement = {"start_date": "2010-01-15", "start_reason": "S", "end_date": "2011-11-14", "end_reason": "E4"}
    placement |= {"placement_type": "U4", "legal_status": "C2"}
    return {
        "la_child_id": "1",
        "child_details": {"date_of_birth": "1993-11-14"},
        "social_care_episodes": [
            {
                "referral_date": "2010-01-10",
                "child_looked_after_placements": [placement],
                "looked_after_visits": [{"visit_date": day} for day in days],
            }
        ],
    }


def test_what_fell_on_a_birthday_falls_on_it_in_the_copy():
    record = at_18(["2011-10-20"])
    made = fitted(READY, record, anonymised(record, ASKED)[0], ASKED.key)
    assert made.changed == ()
    born = made.record["child_details"]["date_of_birth"]
    row = made.record["social_care_episodes"][0]["child_looked_after_placements"][0]
    assert row["end_date"][4:] == born[4:]
    assert "11-14" not in json.dumps(made.record)


def test_findings_are_outcomes_and_how_many_obligations_have_which():
    found = findings(READY, at_18(["2011-10-20"]))
    assert found[""] == (False,)
    assert found["looked-after-visits"][0] == "fail"


def test_cases_whose_findings_change_are_told_or_left_out(casecheck, tmp_path, written, key_file):
    """Two workers begin and end on the same days: their order is that of their numbers, which changes."""
    days = {"role": "social_worker", "start_date": "2012-01-10", "end_date": "2012-02-10"}
    first = {"role": "social_worker", "start_date": "2011-06-10", "end_date": "2012-01-09", "worker_id": "w1"}
    records = []
    for number in range(12):
        workers = [first, {**days, "worker_id": "w1"}, {**days, "worker_id": f"w{number + 2}"}]
        workers.append({"role": "social_worker", "start_date": "2012-02-11", "worker_id": f"w{number + 2}"})
        episode = {"referral_date": "2011-06-10", "care_worker_details": workers}
        records.append({"la_child_id": f"{number}", "social_care_episodes": [episode]})
    file = written(*records)
    call = ("anonymise", file, "--key-file", key_file, "--as-at", AS_AT)
    told = casecheck(*call, tmp_path / "a.jsonl")
    assert told.exit_code == 1, told.output
    assert "finds otherwise in the copy" in told.stdout
    assert "- child-" in told.stdout
    left = casecheck(*call, tmp_path / "b.jsonl", "--leave-out-changed")
    assert left.exit_code == 0
    assert "were left out." in " ".join(left.stdout.split())
    assert 0 < len(records_of(tmp_path / "b.jsonl")) < len(records_of(tmp_path / "a.jsonl")) == 12
    shifted = casecheck(*call, tmp_path / "c.jsonl", "--shift-dates")
    assert shifted.exit_code == 0
    assert "all other dates of each child moved by as many weeks" in shifted.stdout


def test_shifted_dates_change_findings_and_it_says_how_many(casecheck, tmp_path, key_file):
    told = casecheck("anonymise", SAMPLE, tmp_path / "copy", "--key-file", key_file, "--shift-dates")
    assert told.exit_code == 0
    assert "findings of" in told.stdout
    assert "changed." in told.stdout


def test_records_that_an_audit_does_not_take_are_left_out_and_told(casecheck, tmp_path, written, key_file):
    file = written({"la_child_id": "1"}, {"la_child_id": "1"}, {"la_child_id": 7}, {"la_child_id": "2", "purge": True})
    with file.open("a", encoding="utf-8") as lines:
        lines.write("no json\n" * 25)
    told = casecheck("anonymise", file, tmp_path / "copy", "--key-file", key_file, "--as-at", AS_AT)
    assert told.exit_code == 0, told.output
    assert "29 records read, 1 written, 27 left out as invalid, 1 to be purged" in told.stdout
    assert "another record before this one has the same id" in " ".join(told.stdout.split())
    assert "- and 7 more" in told.stdout
    assert len(records_of(tmp_path / "copy" / "records.jsonl")) == 1


def test_what_happened_on_a_birthday_tells_the_birthday_where_it_stays():
    assert tells_birthday(at_18([]), at_18([]))
    assert not tells_birthday({"la_child_id": "1"}, {"la_child_id": "1"})


@pytest.mark.parametrize("make", ["file", "folder"])
def test_nothing_is_written_over(casecheck, tmp_path, written, key_file, make):
    file = written({"la_child_id": "1"})
    target = tmp_path / "out.jsonl" if make == "file" else tmp_path / "out"
    if make == "file":
        target.write_text("mine", encoding="utf-8")
    else:
        target.mkdir()
        (target / "mine").write_text("mine", encoding="utf-8")
    told = casecheck("anonymise", file, target, "--key-file", key_file, "--as-at", AS_AT)
    assert told.exit_code == 2
    assert "already" in told.stderr


def test_a_copy_within_the_records_is_refused(casecheck, tmp_path, key_file):
    told = casecheck("anonymise", SAMPLE, SAMPLE / "copy", "--key-file", key_file)
    assert told.exit_code == 2
    assert "is read" in told.stderr
    assert not (SAMPLE / "copy").exists()


def test_without_a_key_and_without_a_valid_record_nothing_is_written(casecheck, tmp_path, written, key_file):
    file = written({"la_child_id": 7})
    told = casecheck("anonymise", file, tmp_path / "copy", "--as-at", AS_AT, env={"CASECHECK_KEY": ""})
    assert told.exit_code == 2
    assert "there is no key" in told.stderr
    told = casecheck("anonymise", file, tmp_path / "copy", "--key-file", key_file, "--as-at", AS_AT)
    assert told.exit_code == 3
    assert not (tmp_path / "copy").exists()
