"""However the records are parted, the summaries of the parts add up to the summary of the whole."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecheck import audit, load_pack
from casecheck.adequacy.ratios import ratio
from casecheck.calendar import DAYS
from casecheck.generating import case_records
from casecheck.summary import in_order

AS_AT = "2012-04-23"
NUMBER = 40
PACK = load_pack("southampton-2012")
BY = ("team", "age")


@pytest.fixture(scope="module")
def records():
    return list(case_records(NUMBER, seed=11, as_at=DAYS[AS_AT]))


@pytest.fixture(scope="module")
def whole(records):
    return audit(records, PACK, as_at=AS_AT, by=BY)


def counts(summary):
    """Every count of a summary, by where it stands."""
    found: Counter[tuple[str, ...]] = Counter()

    def add(where, mapping):
        found.update({(*where, name): number for name, number in mapping.items()})

    add(("cases",), summary["cases"])
    add(("obligations",), summary["obligations"])
    for rule in summary["rules"]:
        add(("rule", rule["rule"], "cases"), rule["cases"])
        add(("rule", rule["rule"], "obligations"), rule["obligations"])
    for area in summary["areas"]:
        add(("area", area["area"], "cases"), area["cases"])
        add(("area", area["area"], "obligations"), area["obligations"])
    for group in summary["groups"]:
        of = ("group", group["by"], group["value"])
        add((*of, "cases"), group["cases"])
        add((*of, "obligations"), group["obligations"])
        for rule in group["rules"]:
            add((*of, rule["rule"], "cases"), rule["cases"])
            add((*of, rule["rule"], "obligations"), rule["obligations"])
    return +found


@settings(max_examples=25)
@given(st.lists(st.integers(0, 4), min_size=NUMBER, max_size=NUMBER))
def test_summaries_of_parts_add_up_to_that_of_the_whole(records, whole, parts):
    total: Counter[tuple[str, ...]] = Counter()
    for part in set(parts):
        inside = [record for record, of in zip(records, parts, strict=True) if of == part]
        total += counts(audit(inside, PACK, as_at=AS_AT, by=BY)["summary"])
    assert total == counts(whole["summary"])


def test_every_ratio_is_that_of_its_counts(whole):
    summary = whole["summary"]
    for each in (summary, *summary["areas"], *summary["groups"]):
        cases = each["cases"]
        assert each["adequacy_ratio"] == ratio(cases["adequate"], cases["adequate"] + cases["inadequate"])
    standards = [*summary["rules"], *(rule for group in summary["groups"] for rule in group["rules"])]
    for each in standards:
        cases = each["cases"]
        assert each["adequacy_ratio"] == ratio(cases["pass"], cases["pass"] + cases["fail"])
    for each in (summary, *summary["areas"], *summary["groups"], *standards):
        found = each["obligations"]
        assert each["obligation_ratio"] == ratio(found["met"], found["met"] + found["late"] + found["missed"])


def test_the_groups_of_a_field_are_the_whole(whole):
    summary = whole["summary"]
    for name in BY:
        groups = [group for group in summary["groups"] if group["by"] == name]
        assert sum(sum(group["cases"].values()) for group in groups) == summary["cases"]["audited"] == NUMBER
        assert [group["value"] for group in groups] == sorted({group["value"] for group in groups}, key=in_order)
        obligations = sum((Counter(group["obligations"]) for group in groups), Counter())
        assert obligations == +Counter(summary["obligations"])


def test_areas_and_the_whole_hold_the_obligations_of_their_standards(whole):
    summary = whole["summary"]
    of_rules: Counter[str] = sum((Counter(rule["obligations"]) for rule in summary["rules"]), Counter())
    of_areas: Counter[str] = sum((Counter(area["obligations"]) for area in summary["areas"]), Counter())
    assert of_rules == of_areas == +Counter(summary["obligations"])


def test_groups_stand_in_the_order_in_which_people_count():
    values = ["unborn", "10", "9", "w10", "w9", "1 to 4", "10 to 15", "5 to 9", ""]
    assert sorted(values, key=in_order) == ["", "1 to 4", "5 to 9", "9", "10", "10 to 15", "unborn", "w9", "w10"]
