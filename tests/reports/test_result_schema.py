"""The schema of the result document describes what is produced, to the letter."""

import copy
import json
from pathlib import Path

import jsonschema_rs
import orjson
import pytest
from jsonschema import Draft202012Validator

import casecheck
from casecheck.calendar import DAYS
from casecheck.checks.obligation import Obligation
from casecheck.generating import case_records
from casecheck.reports.json_report import json_report, last_line
from casecheck.reports.result_schema import result_schema
from casecheck.rules.examples import read_examples
from casecheck.rules.packs import shipped_packs
from casecheck.summary import FINDINGS, OBLIGATIONS, VERDICTS
from tests.reports import results

SCHEMA = result_schema()
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)
DEFS = SCHEMA["$defs"]
PACKS = {name: casecheck.load_pack(name) for name in shipped_packs()}
SAMPLE = Path(__file__).parent.parent.parent / "sample_cases"


def faults(result):
    return [f"/{'/'.join(map(str, error.instance_path))}: {error.message}" for error in VALIDATOR.iter_errors(result)]


def audited(pack, cases, **options):
    return casecheck.audit(cases, PACKS[pack], **{"as_at": "2012-04-23", **options})


@pytest.fixture(scope="module")
def sample():
    return audited("southampton-2012", casecheck.read_cases(str(SAMPLE)), by=["team", "age"])


def test_it_is_a_valid_schema_and_every_property_has_a_title_and_a_description():
    Draft202012Validator.check_schema(SCHEMA)
    for part in (SCHEMA, *DEFS.values(), *(each for each in SCHEMA["properties"].values() if "properties" in each)):
        for name, says in part.get("properties", {}).items():
            assert {"title", "description"} <= says.keys(), name


AS_A_PACK_WRITES_THEM = {"basis", "source_of_pack"}


def test_every_object_says_all_of_its_properties():
    for name, part in DEFS.items():
        if "properties" in part:
            assert part["additionalProperties"] is False, name
            if name not in AS_A_PACK_WRITES_THEM:
                assert set(part["required"]) == set(part["properties"]), name


def test_it_knows_what_casecheck_knows():
    assert set(DEFS["obligation"]["properties"]) == set(Obligation._fields) - {"rule"}
    assert set(DEFS["obligation"]["properties"]["outcome"]["enum"]) == set(OBLIGATIONS)
    assert set(DEFS["finding"]["properties"]["outcome"]["enum"]) == set(FINDINGS)
    assert set(DEFS["verdicts"]["properties"]) == set(VERDICTS)


def test_an_audit_of_the_sample_keeps_to_it(sample):
    assert sample["summary"]["groups"]
    assert faults(sample) == []


@pytest.mark.parametrize("pack", sorted(PACKS))
def test_audits_of_all_examples_keep_to_it(pack):
    by_day: dict = {}
    for number, example in enumerate(read_examples(PACKS[pack])):
        key = example.says["as_at"], example.says.get("since")
        by_day.setdefault(key, []).append({"la_child_id": f"example-{number}", **example.says["case"]})
    for (as_at, since), cases in by_day.items():
        assert faults(audited(pack, cases, as_at=as_at, since=since)) == []


def test_an_audit_of_generated_cases_keeps_to_it():
    assert faults(audited("southampton-2012", case_records(60, 1, DAYS["2012-04-23"]))) == []


def test_invalid_records_repeats_and_nothing_at_all_keep_to_it():
    found = audited("southampton-2012", [{"la_child_id": "a"}, {"la_child_id": "a"}, {"la_child_id": 3}, {}])
    assert len(found["invalid_records"]) == 3
    assert faults(found) == []
    assert faults(audited("southampton-2012", [])) == []


def test_the_results_that_reports_are_tested_with_keep_to_it():
    whole = {
        **results.head(
            groups=[results.group("team", "North", adequate=1)],
            areas=[results.area(grade="good", adequate=1)],
            invalid=[{"source": "x.json", "record": 1, "pointer": "/a", "message": "is wrong"}],
        ),
        "cases": [results.case(notes=[results.note("is doubtful")])],
    }
    assert faults(whole) == []


def test_json_lines_keep_to_its_parts(sample):
    head = {key: value for key, value in sample.items() if key != "cases"}
    cases = [orjson.dumps(each) for each in sample["cases"]]
    one_case = Draft202012Validator({**SCHEMA["$defs"]["case"], "$defs": DEFS})
    assert all(one_case.is_valid(json.loads(line)) for line in cases)
    assert faults({**json.loads(last_line(head)), "cases": []}) == []
    assert faults(json.loads(b"".join(json_report(head, cases)))) == []


def first(node, holds):
    """The first mapping within the node of which it holds."""
    if isinstance(node, dict) and holds(node):
        return node
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return next((found for each in inner if (found := first(each, holds)) is not None), None)


@pytest.mark.parametrize(
    ("which", "change"),
    [
        (lambda node: "case_id" in node, {"case_id": None}),
        (lambda node: "case_id" in node, {"name": "A child"}),
        (lambda node: node.get("outcome") == "missed", {"days_late": None}),
        (lambda node: node.get("outcome") == "missed", {"done": "2012-01-01"}),
        (lambda node: node.get("outcome") == "late", {"done": None}),
        (lambda node: node.get("outcome") == "met", {"days_late": 0}),
        (lambda node: node.get("outcome") == "met", {"due": "1 May 2012"}),
        (lambda node: node.get("outcome") == "fail", {"message": ""}),
        (lambda node: node.get("outcome") == "pass", {"message": "Well done."}),
        (lambda node: node.get("denominator", 0) > 0, {"denominator": 0}),
        (lambda node: node.get("denominator", 0) > 0, {"ratio": None}),
        (lambda node: "as_at_from" in node, {"as_at_from": "nobody"}),
        (lambda node: "as_at_from" in node, {"schema": "casecheck/result/2"}),
    ],
)
def test_what_is_never_produced_does_not_keep_to_it(sample, which, change):
    wrong = copy.deepcopy(sample)
    found = first(wrong, which)
    assert found is not None
    found.update(change)
    assert faults(wrong)
