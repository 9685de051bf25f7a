"""What other programs call: `casecheck.load_pack`, `read_cases` and `audit`."""

import json
from datetime import date

import pytest

import casecheck
from casecheck.errors import UsageProblem

PACK = casecheck.load_pack("southampton-2012")
CASE = {
    "la_child_id": "A",
    "social_care_episodes": [
        {"referral_date": "2012-03-01", "supervisions": [{"supervision_date": "2012-03-30", "actions": []}]}
    ],
}


def finding(result, rule, case=0):
    return next(each for each in result["cases"][case]["findings"] if each["rule"] == rule)


def test_an_audit_of_records_given_has_the_same_shape_as_one_of_files(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(CASE))
    given = casecheck.audit([CASE], PACK, as_at="2012-04-23")
    read = casecheck.audit(casecheck.read_cases(tmp_path), PACK, as_at=date(2012, 4, 23))
    assert given == read
    assert list(given)[-3:] == ["summary", "cases", "invalid_records"]
    assert finding(given, "supervision-held")["outcome"] == "pass"


def test_the_review_period_is_the_packs_unless_one_is_given():
    assert casecheck.audit([CASE], PACK, as_at="2012-04-23")["since"] == "2011-04-23"
    assert casecheck.audit([CASE], PACK, as_at="2012-04-23", since=date(2012, 1, 1))["since"] == "2012-01-01"


@pytest.mark.parametrize("day", ["2012-02-30", "23 April 2012", ""])
def test_a_day_that_is_none_is_refused(day):
    with pytest.raises(UsageProblem, match="is no day of the calendar; write one as 2012-04-23"):
        casecheck.audit([CASE], PACK, as_at=day)


def test_a_review_period_that_begins_after_the_audit_is_refused():
    with pytest.raises(UsageProblem, match="must begin by the audit date"):
        casecheck.audit([CASE], PACK, as_at="2012-04-23", since="2012-04-24")


def test_a_record_that_is_not_valid_takes_no_other_with_it():
    result = casecheck.audit([{"la_child_id": ""}, CASE, {**CASE, "mis_child_id": 5}], PACK, as_at="2012-04-23")
    assert [case["case_id"] for case in result["cases"]] == ["A"]
    assert [record["record"] for record in result["invalid_records"]] == [1, "A"]
    assert result["summary"]["cases"]["read"] == 3


def test_a_second_record_with_an_id_already_seen_is_invalid_and_counts_nowhere():
    once = casecheck.audit([CASE], PACK, as_at="2012-04-23")["summary"]
    twice = casecheck.audit([CASE, CASE], PACK, as_at="2012-04-23")
    assert twice["invalid_records"][0]["message"].startswith("another record before this one has the same id")
    assert twice["summary"]["rules"] == once["rules"]
    assert twice["summary"]["areas"] == once["areas"]


def test_a_record_to_be_purged_is_not_there():
    result = casecheck.audit([{**CASE, "purge": True}], PACK, as_at="2012-04-23")
    assert result["cases"] == result["invalid_records"] == []


def test_properties_that_are_not_known_are_noted_once_a_source():
    case = {**CASE, "coverge": {}, "social_care_episodes": [{"referral_date": "2012-03-01", "supervison": []}]}
    result = casecheck.audit([case, {**case, "la_child_id": "B"}], PACK, as_at="2012-04-23")
    assert result["sources"][0]["notes"] == [
        "coverge is no property that casecheck knows, in 2 records; it was not used; did you mean coverage?",
        "social_care_episodes.supervison is no property that casecheck knows, in 2 records; it was not used; "
        "did you mean supervisions?",
    ]


def test_what_the_package_does_not_offer_is_no_attribute_of_it():
    with pytest.raises(AttributeError, match="has no attribute 'adit'"):
        casecheck.adit  # noqa: B018
