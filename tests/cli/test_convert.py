"""`casecheck convert`: a census return, a looked-after return and a CSV of supervision dates for the same children."""

import gzip
import json

import pytest

from tests.records.tables.making import write_return

CENSUS = """
<Message>
  <Header><CollectionDetails><Collection>CIN</Collection><Year>2018</Year><ReferenceDate>2018-03-31</ReferenceDate>
  </CollectionDetails></Header>
  <Children>
    <Child>
      <ChildIdentifiers><LAchildID>100</LAchildID><PersonBirthDate>2008-03-27</PersonBirthDate>
        <GenderCurrent>1</GenderCurrent></ChildIdentifiers>
      <CINdetails><CINreferralDate>2016-05-02</CINreferralDate>
        <ChildProtectionPlans><CPPstartDate>2016-05-20</CPPstartDate></ChildProtectionPlans></CINdetails>
    </Child>
    <Child>
      <ChildIdentifiers><LAchildID>400</LAchildID><PersonBirthDate>2010-09-09</PersonBirthDate>
        <GenderCurrent>2</GenderCurrent></ChildIdentifiers>
      <CINdetails><CINreferralDate>2018-01-02</CINreferralDate></CINdetails>
    </Child>
  </Children>
</Message>
"""
MAPPING = """
mapping: supervision-dates
title: The spreadsheet of supervision dates
tables:
  supervision:
    child: Case number
    into: supervisions
    columns: {Date of supervision: supervision_date, Worker: not used}
"""


@pytest.fixture
def council(tmp_path):
    (tmp_path / "cin.xml").write_text(CENSUS, encoding="utf-8")
    write_return(tmp_path / "ssda903")
    (tmp_path / "supervision.yaml").write_text(MAPPING, encoding="utf-8")
    rows = [
        "Case number,Date of supervision,Worker",
        "100,23/05/2016,A. Worker",
        "100,18/07/2016,B",
        "200,18/01/2018,C",
    ]
    (tmp_path / "supervision.csv").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


@pytest.fixture
def sources(council):
    return (
        council / "cin.xml",
        council / "ssda903",
        council / "supervision.csv",
        "--mapping",
        council / "supervision.yaml",
    )


def flat(text):
    return " ".join(text.split())


def test_three_sources_become_one_record_a_child_that_audit_reads(casecheck, council, sources):
    out = council / "cases.jsonl"
    told = casecheck("convert", *sources, "-o", out)
    assert told.exit_code == 0, told.output
    records = {each["la_child_id"]: each for each in map(json.loads, out.read_bytes().splitlines())}
    assert list(records) == ["100", "200", "300", "400"]
    (episode,) = records["100"]["social_care_episodes"]
    assert episode["referral_date"] == "2016-05-02"
    assert [each["start_date"] for each in episode["child_protection_plans"]] == ["2016-05-20"]
    assert len(episode["child_looked_after_placements"]) == 3
    assert [each["supervision_date"] for each in episode["supervisions"]] == ["2016-05-23", "2016-07-18"]
    assert records["100"]["coverage"]["not_held"] == ["care_worker_details", "child_in_need_plans"]
    assert "child_looked_after_placements" in records["400"]["coverage"]["not_held"]
    audit = casecheck("audit", out, "--as-at", "2018-03-31", "--format", "json")
    assert json.loads(audit.stdout)["summary"]["cases"]["audited"] == 4


def test_what_was_joined_and_what_differs_is_told_without_values(casecheck, council, sources):
    told = flat(casecheck("convert", *sources, "-o", council / "cases.jsonl").stderr)
    assert "4 records, one a child" in told
    assert "2 of them of more than one source" in told
    assert "cin.xml (census): 2 records; of 1 child no other source tells" in told
    assert "Audit the records with --as-at 2018-03-31" in told
    assert "- child_details.sex: 1 record, cin.xml taken, not ssda903 The first of them: - 100 /child_" in told
    assert "taken to cover the year to 31 March 2018" in told
    assert "Worker" not in told


def test_the_records_go_to_standard_output_or_into_a_packed_file(casecheck, council, sources):
    out = council / "cases.jsonl.gz"
    plain = casecheck("convert", *sources)
    packed = casecheck("convert", *sources, "-o", out)
    assert "to standard output" in plain.stderr
    assert packed.exit_code == 0
    assert gzip.decompress(out.read_bytes()) == plain.stdout_bytes


def test_episodes_and_records_that_could_not_be_joined_are_told(casecheck, tmp_path):
    one, two, three = (tmp_path / f"{name}.json" for name in ("one", "two", "three"))
    early = {"referral_date": "2010-01-01", "closure_date": "2010-02-01"}
    plans = [{"start_date": "2012-02-01"}, {"start_date": "2012-03-01"}]
    late = {"referral_date": "2012-01-01", "child_protection_plans": plans[:1]}
    one.write_text(json.dumps({"la_child_id": "7", "social_care_episodes": [late]}), encoding="utf-8")
    episodes = [early, {**late, "child_protection_plans": plans}]
    two.write_text(json.dumps({"la_child_id": "7", "social_care_episodes": episodes}), encoding="utf-8")
    three.write_text(json.dumps({"la_child_id": "07", "coverage": {"to": "2012-03-01"}}), encoding="utf-8")
    told = flat(casecheck("convert", one, two, three).stderr)
    assert "- two.json: 1 episode of no other source, kept with all it holds" in told
    assert "- two.json: 1 record of child_protection_plans left out" in told
    assert "- 1 number of children differ by leading zeros only" in told


def test_what_is_invalid_is_left_out_and_told(casecheck, tmp_path):
    good = [{"la_child_id": "1"}, {"la_child_id": "1"}, {"la_child_id": "2", "purge": True}, {"la_child_id": ""}]
    file, out = tmp_path / "cases.jsonl", tmp_path / "out.jsonl"
    file.write_text("\n".join([*map(json.dumps, good), "{nothing", "[]"]), encoding="utf-8")
    told = casecheck("convert", file, "-o", out)
    assert told.exit_code == 0
    assert out.read_bytes() == b'{"la_child_id":"1"}\n'
    said = flat(told.stderr)
    assert "1 to be purged and passed over" in said
    assert "another record of this source has the same id; the first is taken" in said
    strict = casecheck("convert", file, "-o", tmp_path / "strict.jsonl", "--strict")
    assert strict.exit_code == 3
    assert not (tmp_path / "strict.jsonl").exists()


def test_no_record_at_all_writes_nothing(casecheck, tmp_path):
    (tmp_path / "cases.jsonl").write_text("[]\n", encoding="utf-8")
    told = casecheck("convert", tmp_path / "cases.jsonl", "-o", tmp_path / "out.jsonl")
    assert told.exit_code == 3
    assert "there is no valid case record; nothing was written" in told.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_an_output_that_is_read_or_would_be_the_next_time_is_refused(casecheck, council):
    folder = council / "ssda903"
    assert "lies in" in casecheck("convert", folder, "-o", folder / "cases.jsonl").stderr
    told = casecheck("convert", folder, "-o", council / "cases.json")
    assert told.exit_code == 2
    assert "is no .jsonl or .jsonl.gz file" in told.stderr
    file = council / "cases.jsonl"
    file.write_text('{"la_child_id":"1"}', encoding="utf-8")
    assert "is one of the files that are read" in casecheck("convert", file, "-o", file).stderr


def test_the_same_sources_give_the_same_bytes(casecheck, council, sources):
    one, two = (casecheck("convert", *sources) for _ in range(2))
    assert one.stdout_bytes == two.stdout_bytes
    assert one.stderr == two.stderr


def test_explain_tells_of_tables_and_columns(casecheck, sources):
    told = casecheck("convert", *sources, "--explain")
    assert told.exit_code == 0, told.output
    said = flat(told.stdout)
    assert "supervision.csv: table supervision, 3 rows read used: Date of supervision (supervision_date)" in said
    assert "not used: Worker" in said
    assert "left out: 1 row: SDQ_SCORE says that it is not meant" in said
    assert "not recognised: DOB" not in said
    assert "- child_protection_plans (from 1 April 2017): start_date" in said


def test_explain_counts_which_standards_each_source_can_decide_and_what_to_add(casecheck, sources):
    document = json.loads(casecheck("convert", *sources, "--explain", "--format", "json").stdout)
    pack = next(each for each in document["packs"] if each["id"] == "southampton-2012")
    assert [each["name"] for each in pack["sources"]] == ["cin.xml", "ssda903", "supervision.csv", "all together"]
    for place, counts in enumerate(pack["sources"]):
        answers = [rule["sources"][place]["answer"] for rule in pack["rules"]]
        assert [counts[key] for key in ("yes", "in_part", "no")] == [
            answers.count(answer) for answer in ("yes", "in part", "no")
        ]
    rules = {rule["rule"]: rule["sources"] for rule in pack["rules"]}
    supervision = next(each for name, each in rules.items() if name.startswith("supervision"))
    assert [each["answer"] for each in supervision[:3]] == ["no", "no", "no"]
    assert pack["lacking"][0]["undecided"] >= pack["lacking"][-1]["undecided"]


def test_explain_of_one_source_and_pack(casecheck, council):
    told = casecheck("convert", council / "cin.xml", "--explain", "--rules", "southampton-2012")
    said = flat(told.stdout)
    assert "Source Yes In part No" in said
    assert "working-together" not in said
    assert "all together" not in said
    assert "WHAT TO ADD NEXT" in said


def test_explain_tells_of_a_column_that_is_nearly_known_and_of_a_table_that_is_not_whole(casecheck, council):
    table = council / "supervision.csv"
    table.write_text("Case number,Date of supervison,Worker\n100,23/05/2016,A\n", encoding="utf-8")
    (council / "more.jsonl").write_text('{"la_child_id":"1","child_detials":{}}\n{"la_child_id":""}', encoding="utf-8")
    mapping = ("--mapping", council / "supervision.yaml")
    said = flat(casecheck("convert", table, council / "more.jsonl", *mapping, "--explain").stdout)
    assert "not used: cannot be read: it has no column Date of supervision" in said
    assert "Date of supervison (did you mean Date of supervision?)" in said
    assert "- child_detials (did you mean child_details?)" in said
    assert "Sections of the case record that it holds: - none" in said


def test_how_to_explain_goes_with_explain_only(casecheck, council):
    told = casecheck("convert", council / "cin.xml", "--format", "json")
    assert told.exit_code == 2
    assert "they go with --explain" in told.stderr


def test_a_complete_source_says_of_a_child_it_does_not_name_that_there_is_nothing(casecheck, sources):
    told = casecheck("convert", *sources, "--complete", "ssda903")
    assert told.exit_code == 0, told.output
    records = {each["la_child_id"]: each for each in map(json.loads, told.stdout.splitlines())}
    (episode,) = records["400"]["social_care_episodes"]
    assert episode["referral_date"] == "2018-01-02"
    assert episode["child_looked_after_placements"] == []
    assert "supervisions" not in episode
    assert "health_assessments" not in episode
    assert "child_looked_after_placements" not in records["400"]["coverage"]["not_held"]
    assert records["400"]["coverage"]["from"]["looked_after_reviews"] == "2017-04-01"


def test_a_complete_source_makes_no_episode_for_a_child_without_one(casecheck, tmp_path):
    for name, record in (
        ("one", {"la_child_id": "1", "social_care_episodes": []}),
        ("two", {"la_child_id": "2", "social_care_episodes": [{"supervisions": []}]}),
    ):
        (tmp_path / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    told = casecheck("convert", tmp_path / "one.json", tmp_path / "two.json", "--complete", "two.json")
    assert json.loads(told.stdout.splitlines()[0]) == {"la_child_id": "1", "social_care_episodes": []}


def test_a_complete_source_that_there_is_not_is_told(casecheck, sources):
    told = casecheck("convert", *sources, "--complete", "ssda")
    assert told.exit_code == 2
    assert "no source is called so; the sources are cin.xml, ssda903, supervision.csv" in told.stderr


def test_no_audit_decides_what_is_told_not_to_be_decidable(casecheck, council, sources):
    document = json.loads(casecheck("convert", *sources, "--explain", "--format", "json").stdout)
    out = council / "cases.jsonl"
    casecheck("convert", *sources, "-o", out)
    for pack in document["packs"]:
        told = casecheck(
            "audit", out, "--rules", pack["id"], "--as-at", "2018-03-31", "--since", "2010-01-01", "--format", "json"
        )
        decided = {
            each["rule"]
            for each in json.loads(told.stdout)["summary"]["rules"]
            if each["cases"]["pass"] + each["cases"]["fail"]
        }
        assert decided
        undecidable = {each["rule"] for each in pack["rules"] if each["sources"][-1]["answer"] == "no"}
        assert not decided & undecidable
