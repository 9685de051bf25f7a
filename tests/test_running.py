"""An audit of whole sources: in one process or several, in parts or whole, the result is the same."""

import json
from collections import Counter

import pytest

from casecheck.auditing import add_to, auditor
from casecheck.calendar import DAYS
from casecheck.errors import UsageProblem
from casecheck.generating import case_records
from casecheck.records.sources import find_sources
from casecheck.rules.loading import load_pack
from casecheck.running import CHUNK, Options, common_reference_date, run

AS_AT, SINCE = DAYS["2012-04-23"], DAYS["2011-04-23"]
OPTIONS = Options(AS_AT, "call", SINCE, ("team",))
PACK = load_pack("southampton-2012")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """More records than one chunk holds, one of them a second time, one invalid, one that is not there."""
    folder = tmp_path_factory.mktemp("records")
    made = [json.dumps(record) for record in case_records(CHUNK + 20, seed=7, as_at=AS_AT)]
    lines = [*made, made[3], '{"la_child_id": 5}', '{"la_child_id": "gone", "purge": true}', "not JSON"]
    (folder / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def audited(folder, jobs=1, progress=None):
    cases: list[bytes] = []
    head = run(find_sources([folder]), PACK, OPTIONS, cases.append, jobs, progress)
    return head, cases


def test_the_number_of_processes_never_shows(source):
    assert audited(source, jobs=1) == audited(source, jobs=2)


def test_a_case_is_told_with_its_source_and_the_line_on_which_it_begins(source):
    cases = [json.loads(case) for case in audited(source, jobs=2)[1]]
    assert {case["source"] for case in cases} == {"records.jsonl"}
    assert [case["line"] for case in cases] == list(range(1, CHUNK + 21))


def test_what_could_not_be_audited_is_told_with_its_place(source):
    head, cases = audited(source)
    assert len(cases) == CHUNK + 20
    assert [(each["record"], each["pointer"]) for each in head["invalid_records"]] == [
        (json.loads(cases[3])["case_id"], "/la_child_id"),
        (CHUNK + 22, "/la_child_id"),
        (CHUNK + 24, ""),
    ]
    assert head["summary"]["cases"]["read"] == CHUNK + 23


def test_progress_is_told_of_every_record(source):
    told: list[int] = []
    head, _ = audited(source, progress=told.append)
    assert sum(told) == head["summary"]["cases"]["read"]


def test_the_summary_is_the_sum_of_what_the_cases_say(source):
    head, cases = audited(source)
    ready = auditor(PACK, AS_AT, SINCE, ("team",))
    tally: Counter[tuple[str, ...]] = Counter()
    for case in cases:
        add_to(tally, ready, json.loads(case))
    rule = head["summary"]["rules"][0]
    assert rule["cases"]["fail"] == tally["rule", rule["rule"], "fail"]
    assert sum(rule["cases"].values()) == len(cases)
    groups = head["summary"]["groups"]
    assert sum(sum(group["cases"].values()) for group in groups) == len(cases)
    assert [group["value"] for group in groups] == sorted(group["value"] for group in groups)


def test_sources_that_state_different_days_are_refused(tmp_path):
    census = (
        "<Message><Header><CollectionDetails><Collection>CIN</Collection><ReferenceDate>{}</ReferenceDate>"
        "</CollectionDetails></Header><Children/></Message>"
    )
    for day in ("2024-03-31", "2023-03-31"):
        (tmp_path / f"{day}.xml").write_text(census.format(day), encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"different reference dates: .*; say which day with --as-at"):
        common_reference_date(find_sources([tmp_path]))
    assert common_reference_date(find_sources([tmp_path / "2024-03-31.xml"])) == "2024-03-31"
