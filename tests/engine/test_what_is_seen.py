"""What a reader of the file on the day would not find changes nothing; and what is told can be found in the file."""

import json
from copy import deepcopy
from datetime import date, timedelta

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

import casecheck
from tests import strategies as make
from tests.engine.comparing import as_duty, engine_findings, readable
from tests.oracle.file import PLAN, SECTIONS

KINDS = (make.recurring_rules, make.held_rules, make.deadline_rules, make.recorded_rules, make.limit_rules)
APRIL = date(2011, 4, 23), date(2012, 4, 23)


def duties(case, rule, since, as_at):
    found = engine_findings(case, make.pack(rule), since, as_at)[rule.id]
    return sorted((as_duty(each) for each in found["obligations"]), key=repr)


def as_known_on(value, day):
    """The case as it would have been written on the day; what is planned may lie later."""
    if isinstance(value, dict):
        return {key: value[key] if key == "due_date" else as_known_on(value[key], day) for key in value}
    if isinstance(value, list):
        return [as_known_on(each, day) for each in value if own_date(each) <= day]
    return None if isinstance(value, str) and value[:2] == "20" and value > day else value


def own_date(record):
    return next(str(record[nature.first]) for nature in SECTIONS.values() if record.get(nature.first))


@given(st.data(), st.sampled_from(KINDS))
def test_what_happened_after_the_audit_date_is_not_seen(data, rules):
    case = data.draw(make.cases())
    rule = data.draw(rules(case))
    since, as_at = data.draw(make.audit_dates(case))
    known = {**as_known_on({**case, "child_details": {}}, as_at.isoformat()), "child_details": case["child_details"]}
    seen, written = duties(case, rule, since, as_at), duties(known, rule, since, as_at)
    note(f"seen    {readable(seen)}")
    note(f"written {readable(written)}")
    assert [duty._replace(pointer="") for duty in seen] == [duty._replace(pointer="") for duty in written]


ADDED = {
    "withdrawn": lambda record: {**record, "purge": True},
    "dated null": lambda record: {**record, **{key: None for key in record if key.endswith("_date")}},
    "dated tomorrow": None,
}


@given(st.data(), st.sampled_from(KINDS), st.sampled_from(sorted(ADDED)))
def test_a_record_that_is_not_there_changes_nothing(data, rules, how):
    """One withdrawn by its sender (`purge`), one whose date was recorded empty, one of a day after the audit date."""
    case = data.draw(make.cases())
    rule = data.draw(rules(case))
    since, as_at = data.draw(make.audit_dates(case))
    added = deepcopy(case)
    episode = data.draw(st.sampled_from(added["social_care_episodes"]))
    filled = [name for name in episode if isinstance(episode[name], list) and episode[name]]
    for name in filled:
        record = data.draw(st.sampled_from(episode[name]))
        episode[name].append(absent(record, name, how, as_at))
    assert duties(added, rule, since, as_at) == duties(case, rule, since, as_at)


def absent(record, name, how, as_at):
    make_absent = ADDED[how]
    if make_absent is not None:
        return make_absent(record)
    return {**record, SECTIONS[name].first: (as_at + timedelta(days=1)).isoformat(), SECTIONS[name].last: None} | (
        {"visit_date": (as_at + timedelta(days=1)).isoformat()} if "visit_date" in record else {}
    )


@given(st.data(), st.sampled_from([make.recurring_rules, make.recorded_rules, make.limit_rules, make.deadline_rules]))
def test_a_longer_review_period_counts_no_less(data, rules):
    case = data.draw(make.cases())
    rule = data.draw(rules(case))
    since, as_at = data.draw(make.audit_dates(case))
    earlier = since - timedelta(days=data.draw(st.integers(1, 400)))
    counted = {(duty.pointer, duty.starts, duty.done) for duty in duties(case, rule, since, as_at) if duty.counted}
    longer = {(duty.pointer, duty.starts, duty.done) for duty in duties(case, rule, earlier, as_at) if duty.counted}
    assert counted <= longer


def at(case, pointer):
    found = case
    for part in pointer.split("/")[1:]:
        found = found[int(part)] if isinstance(found, list) else found[part]
    return found


@given(st.data(), st.sampled_from(KINDS))
def test_pointers_lead_to_the_records_they_speak_of(data, rules):
    case = data.draw(make.cases())
    rule = data.draw(rules(case))
    since, as_at = data.draw(make.audit_dates(case))
    for told in engine_findings(case, make.pack(rule), since, as_at)[rule.id]["obligations"]:
        record = at(case, told["pointer"])
        assert isinstance(record, dict)
        if rule.kind == "recurring":
            assert told["starts"] >= own_date(record)
        if told["evidence"] is None:
            continue
        evidence = at(case, told["evidence"])
        if rule.kind == "recurring":
            assert told["done"] in evidence.values()


NAMES = {"first_name": "Zebedee", "surname": "Quixotic", "postcode": "ZZ99 9ZZ", "unique_pupil_number": "X000000000000"}


@given(st.data())
def test_no_name_number_or_address_reaches_the_result(data):
    case = data.draw(make.cases())
    rules = [kind(case) for kind in KINDS]
    pack = make.pack(*(data.draw(rule)._replace(id=f"rule-{place}") for place, rule in enumerate(rules)))
    since, as_at = data.draw(make.audit_dates(case))
    named = deepcopy(case)
    named["child_details"].update(NAMES)
    for episode in named["social_care_episodes"]:
        for row in episode["child_looked_after_placements"]:
            row.update(postcode="ZZ99 9ZZ", home_postcode="ZZ99 9ZZ", local={"note": "Zebedee"}, Quixotic="Quixotic")
    result = json.dumps(casecheck.audit([named], pack, as_at=as_at, since=since))
    assert not any(value in result for value in NAMES.values() if value != "Quixotic")
    assert (
        casecheck.audit([named], pack, as_at=as_at)["cases"][0]["findings"]
        == casecheck.audit([case], pack, as_at=as_at)["cases"][0]["findings"]
    )


@pytest.mark.parametrize(
    ("details", "adult", "child"),
    [
        ({"date_of_birth": "1994-04-23"}, "pass", "fail"),
        ({"date_of_birth": "1994-04-24"}, "fail", "pass"),
        ({"date_of_birth": None, "expected_date_of_birth": "2012-06-01"}, "fail", "pass"),
        ({}, "unknown", "unknown"),
    ],
)
def test_age_is_that_on_the_day_and_the_unborn_are_under_every_age(details, adult, child):
    """Judged on 23 April 2012, on which one born on 23 April 1994 is 18."""
    case = {"la_child_id": "A", "child_details": details, "social_care_episodes": [{"referral_date": "2012-04-01"}]}
    case["social_care_episodes"][0]["supervisions"] = [{"supervision_date": "2012-04-23"}]
    for check, outcome in (({"age": {"at_least": 18}}, adult), ({"age": {"at_most": 17}}, child)):
        rule = make.rule("recorded", "supervisions", check)
        assert engine_findings(case, make.pack(rule), *APRIL)[rule.id]["outcome"] == outcome


def test_an_action_is_judged_by_the_day_it_was_set_and_due_after_the_audit_date_is_seen():
    plan = {
        "start_date": "2012-04-01",
        "actions": [{"set_date": "2012-04-10", "due_date": "2012-05-10", "completed_date": None}],
    }
    case = {"la_child_id": "A", "social_care_episodes": [{"referral_date": "2012-04-01", PLAN: [plan]}]}
    rule = make.rule("deadline", f"{PLAN}.actions", {"from": "set_date", "due": "due_date", "done": "completed_date"})
    (duty,) = duties(case, rule, *APRIL)
    assert (duty.outcome, duty.due) == ("not_due", date(2012, 5, 10).toordinal())
