"""`casecheck explain`, end to end in this process."""

import json
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_cases"

PACK = """
id: trial
title: A trial
version: "1"
source: {title: A report, publisher: A publisher, date: 2012-01-01, paragraphs: 10}
review_period: 12 months
areas: [{id: an-area, title: An area}]
terms:
  under a plan: {child_protection_plans: {present: true}}
adequate: {fail: {critical: 0}}
grades: {outstanding: 0.95, good: 0.85, adequate: 0.7}
"""
RULES = """
- id: supervised
  title: The case is supervised
  area: an-area
  severity: critical
  basis: [{report: [4, 2]}, {law: An Act}, {local: Every month}]
  each: social_care_episodes
  while: {is: under a plan}
  recurring: {events: supervisions, limits: [{every: 1 month}]}
- id: views-recorded
  title: The child's views are recorded
  area: an-area
  severity: minor
  basis: [{local: Always}]
  each: supervisions
  recorded: {child_experience_considered_flag: true}
- id: visited
  title: The child is visited
  area: an-area
  severity: major
  basis: [{local: Every month}]
  each: child_protection_plans
  recurring: {events: child_protection_visits, limits: [{every: 1 month}]}
- id: core-groups
  title: Core groups are held
  area: an-area
  severity: major
  basis: [{local: Every 6 weeks}]
  each: child_protection_plans
  recurring: {events: core_groups, limits: [{every: 6 weeks}]}
- id: planned
  title: There is a care plan
  area: an-area
  severity: major
  basis: [{local: Always}]
  each: care_periods
  held: {records: care_plans}
"""
EPISODE = {
    "referral_date": "2012-01-10",
    "child_looked_after_placements": [],
    "supervisions": [
        {"supervision_date": "2012-02-10", "child_experience_considered_flag": True},
        {"supervision_date": "2012-03-20", "child_experience_considered_flag": True},
        {"supervision_date": "2012-04-18", "child_experience_considered_flag": True},
    ],
    "child_protection_plans": [
        {"start_date": "2012-01-20", "end_date": None, "core_groups": [{"meeting_date": "2012-04-10"}]}
    ],
}
PAGE = """\
WHY THE FINDINGS OF CASE A-1 ARE WHAT THEY ARE
================================================================================
Record        A-1, in cases.jsonl
As at         23 April 2012 (as the call says)
Looking back  from 23 April 2011 to that day
The case is   inadequate
Its findings  2 failed, 1 passed, 1 not known, 1 does not apply

THE CASE IS SUPERVISED
----------------------
supervised (critical): failed.
Supervision due 10 March 2012, held 20 March 2012, 10 days late.

Standard  For each social care episode, while the child is under a plan:
          supervision every month, until the case closes.
          - "under a plan": there is a child protection plan
From      report: paragraphs 2 and 4 of A report
          law: An Act
          local: Every month

Social care episode from 10 January 2012
/social_care_episodes/0

10 Jan 2012  +   social care episode begins
             -   the rule does not bind from here: the child is not under a plan
20 Jan 2012  -   the rule binds from here: the child is under a plan
             -   limit from here: every 1 month; the first limit in this wait
             |   counts from here: supervision due by 20 February 2012
10 Feb 2012  o   supervision held in time (due by 20 February 2012)
             |   /social_care_episodes/0/supervisions/0
10 Mar 2012  >   supervision due (every 1 month, from 10 February 2012)
             !
20 Mar 2012  x   supervision held, 10 days late
             |   /social_care_episodes/0/supervisions/1
18 Apr 2012  o   supervision held in time (due by 20 April 2012)
             |   /social_care_episodes/0/supervisions/2
23 Apr 2012  +   audit date
18 May 2012  >   supervision due (every 1 month, from 18 April 2012); not late
             |   yet

CORE GROUPS ARE HELD
--------------------
core-groups (major): failed.
Core group due 2 March 2012, held 10 April 2012, 39 days late.

Standard  For each child protection plan: a core group every 6 weeks, until the
          plan ends.
From      local: Every 6 weeks

Child protection plan from 20 January 2012
/social_care_episodes/0/child_protection_plans/0

20 Jan 2012  +   child protection plan begins
             -   limit: every 6 weeks
 2 Mar 2012  >   core group due (every 6 weeks, from 20 January 2012)
             !
10 Apr 2012  x   core group held, 39 days late
             |   /social_care_episodes/0/child_protection_plans/0/core_groups/0
23 Apr 2012  +   audit date
22 May 2012  >   core group due (every 6 weeks, from 10 April 2012); not late
             |   yet

--------------------------------------------------------------------------------
o done  x late or missed  > due  ? not known  + begins or ends  - bears on it
The rail is ! while something is overdue, and : while the rule does not bind.

NOT KNOWN FOR WANT OF WHAT THE RECORD DOES NOT HOLD
---------------------------------------------------

- Visits are not held: the section is left out. Wanted: the visits, or [] if
  there were none.
  /social_care_episodes/0/child_protection_visits
  so not known: visited

PASSED
------
- The child's views are recorded (views-recorded)

DO NOT APPLY
------------
planned

To see one in full, name it: --rule ID, with an id that stands here.
"""
ONE = """\
WHY THE FINDINGS OF CASE A-1 ARE WHAT THEY ARE
================================================================================
Record        A-1, in cases.jsonl
As at         23 April 2012 (as the call says)
Looking back  from 23 April 2011 to that day
The case is   inadequate

THE CHILD'S VIEWS ARE RECORDED
------------------------------
views-recorded (minor): passed.

Standard  For each supervision: the record shows that the child's experience was
          considered.
From      local: Always

Supervision of 10 February 2012
  /social_care_episodes/0/supervisions/0
Supervision of 20 March 2012
  /social_care_episodes/0/supervisions/1
Supervision of 18 April 2012
  /social_care_episodes/0/supervisions/2
The record shows what is asked.

It was asked that
  yes       the child's experience was considered: recorded as yes
              child_experience_considered_flag
"""


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "trial"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK)
    (folder / "rules.yaml").write_text(RULES)
    return folder


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "cases.jsonl"
    records = [{"la_child_id": "A-1", "social_care_episodes": [EPISODE]}, {"la_child_id": "A-2"}]
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file


@pytest.fixture
def explain(casecheck, file, pack):
    return lambda *arguments: casecheck("explain", file, "--as-at", "2012-04-23", "--rules", pack, *arguments)


def without_digest(text):
    """The page without the pack's digest and the version of casecheck, which change with every word."""
    return "\n".join(line for line in text.splitlines() if not line.startswith(("Against", "Made by"))) + "\n"


def test_a_whole_page(explain):
    result = explain("--case", "A-1")
    assert result.exit_code == 0, result.stderr
    assert without_digest(result.stdout) == PAGE
    assert result.stderr == ""


def test_a_finding_that_is_named_is_told_in_full(explain):
    result = explain("--case", "A-1", "--rule", "views-recorded")
    assert result.exit_code == 0
    assert without_digest(result.stdout) == ONE


def test_json_tells_of_every_finding(explain):
    document = json.loads(explain("--case", "A-1", "--format", "json").stdout)
    assert document["schema"] == "casecheck/explanation/1"
    assert [each["rule"] for each in document["findings"]] == [
        "supervised",
        "views-recorded",
        "visited",
        "core-groups",
        "planned",
    ]
    late = [line for line in document["findings"][0]["applied"][0]["lines"] if line["outcome"] == "late"]
    assert late == [
        {
            "day": "2012-03-10",
            "kind": "due",
            "says": "supervision due (every 1 month, from 10 February 2012)",
            "pointer": None,
            "outcome": "late",
            "counted": True,
        },
        {
            "day": "2012-03-20",
            "kind": "event",
            "says": "supervision held, 10 days late",
            "pointer": "/social_care_episodes/0/supervisions/1",
            "outcome": "late",
            "counted": True,
        },
    ]


def test_several_findings_may_be_named(explain):
    document = json.loads(explain("--case", "A-1", "--format", "json", "--rule", "planned", "--rule", "visited").stdout)
    assert [each["rule"] for each in document["findings"]] == ["visited", "planned"]


def test_two_runs_give_the_same_bytes_and_a_file_gets_them_too(explain, tmp_path):
    target = tmp_path / "page.txt"
    assert explain("--case", "A-1", "--output", target).output == ""
    assert target.read_bytes() == explain("--case", "A-1").stdout_bytes == explain("--case", "A-1").stdout_bytes


def test_it_says_what_the_audit_of_the_sample_says(casecheck):
    audit = json.loads(casecheck("audit", SAMPLE, "--format", "json").stdout)
    for case in audit["cases"][:3]:
        found = json.loads(casecheck("explain", SAMPLE, "--case", case["case_id"], "--format", "json").stdout)
        assert (found["as_at"], found["since"], found["as_at_from"]) == ("2012-04-23", "2011-04-23", "casecheck.yaml")
        assert found["pack"] == audit["pack"]
        assert [(each["rule"], each["outcome"]) for each in found["findings"]] == [
            (each["rule"], each["outcome"]) for each in case["findings"]
        ]


def test_settings_and_standard_input_are_those_of_the_audit(casecheck, folder, records):
    page = casecheck("explain", folder, "--case", "late", "--rule", "supervision-held").stdout
    assert "As at         23 April 2012 (as casecheck.yaml says)" in page
    assert "supervision held, 16 days late" in page
    text = "\n".join(map(json.dumps, records))
    piped = casecheck("explain", "-", "--case", "late", "--as-at", "2012-02-20", "--since", "2012-01-01", stdin=text)
    assert "Looking back  from 1 January 2012 to that day" in piped.stdout
    assert "late, in standard input" in piped.stdout


def test_the_readme_shows_lines_of_what_it_prints(casecheck):
    readme = (SAMPLE.parent / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("casecheck explain sample_cases")[2].partition("```text\n")[2].partition("```")[0]
    printed = casecheck("explain", SAMPLE, "--case", "case-01", "--rule", "core-groups-held").stdout
    assert shown
    assert shown in printed


# --- which record -----------------------------------------------------------------------------------------------------


def test_of_two_records_with_one_id_the_first_is_explained_and_the_other_told(casecheck, tmp_path):
    late = {"la_child_id": "A", "social_care_episodes": [EPISODE]}
    (tmp_path / "a.json").write_text(json.dumps({"la_child_id": "A"}))
    (tmp_path / "b.json").write_text(json.dumps([{"la_child_id": "B", "purge": True}, late, late]))
    result = casecheck("explain", tmp_path, "--case", "A", "--as-at", "2012-04-23")
    assert "A, in a.json" in result.stdout
    assert "record 2 of b.json has this id too" in result.stdout
    assert "record 3 of b.json has this id too" in result.stdout


def test_an_invalid_record_does_not_stand_in_the_way_of_a_valid_one(casecheck, tmp_path):
    lines = ["no JSON", '{"la_child_id": "A", "social_care_episodes": 7}', '{"la_child_id": "A"}']
    (tmp_path / "cases.jsonl").write_text("\n".join(lines))
    result = casecheck("explain", tmp_path, "--case", "A", "--as-at", "2012-04-23")
    assert result.exit_code == 0
    assert "A, in cases.jsonl" in result.stdout


# --- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--case", "A-11"], "--case `A-11`: there is no such case in what was read; did you mean `A-1`?"),
        (["--case", "zzz"], "--case `zzz`: there is no such case in what was read; a case is named by its la_child_id"),
        (["--case", "A-1", "--rule", "supervise"], "trial has no rule `supervise`; did you mean `supervised`?"),
        (["--case", "A-1", "--since", "2013-01-01"], "--since 2013-01-01 is after the audit date, 2012-04-23"),
        (["--case", "A-1", "--as-at", "soon"], "--as-at: soon is no day of the calendar"),
        (["--case", "A-1", "--rules", "no-pack"], "no-pack: there is no such rule pack"),
        ([], "Missing option '--case'"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_what_is_wrong(explain, arguments, said):
    result = explain(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_path_that_is_not_there_ends_with_2(casecheck, tmp_path):
    result = casecheck("explain", tmp_path / "nowhere", "--case", "A")
    assert result.exit_code == 2
    assert "there is no such file or folder" in result.stderr


def test_what_is_read_is_not_written_over(explain, file):
    before = file.read_bytes()
    result = explain("--case", "A-1", "--output", file)
    assert result.exit_code == 2
    assert file.read_bytes() == before


def test_a_record_that_is_invalid_ends_with_3(casecheck, tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text('{"la_child_id": "A", "social_care_episodes": 7}\n{"la_child_id": "B"}\n')
    result = casecheck("explain", file, "--case", "A")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "cases.jsonl, case A at /social_care_episodes: is a number; it should be a list" in result.stderr


def test_a_source_that_breaks_off_ends_with_3(casecheck, tmp_path):
    file = tmp_path / "census.xml"
    file.write_text('<?xml version="1.0"?><Message><Header><CollectionDetails><Collection>CIN</Collection>')
    result = casecheck("explain", file, "--case", "A")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "there is no valid case record" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_pack_that_is_wrong_ends_with_2_and_says_where(explain, pack):
    (pack / "rules.yaml").write_text(RULES.replace("events: supervisions", "events: supervisons"))
    result = explain("--case", "A-1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean `supervisions`?" in result.stderr


def test_no_valid_record_at_all_ends_with_3_and_tells_of_the_first_ones(casecheck, tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text("{}\n" * 25)
    result = casecheck("explain", file, "--case", "A")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "there is no valid case record" in result.stderr
    assert "and 5 more" in result.stderr
    assert result.stderr.count("\n") == 22
