"""Laws that hold for every case and every rule: of time, of order, of parts and of runs."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

from hypothesis import given, note, settings
from hypothesis import strategies as st

import casecheck
from tests import strategies as make
from tests.engine.comparing import as_duty, engine_findings, readable

WHOLE_AUDITS = settings().max_examples // 4

KINDS = (make.recurring_rules, make.held_rules, make.deadline_rules, make.recorded_rules, make.limit_rules)


def duties(case, rule, since, as_at):
    found = engine_findings(case, make.pack(rule), since, as_at)[rule.id]
    return [as_duty(each) for each in found["obligations"]]


@given(st.data(), st.sampled_from([make.recurring_rules, make.deadline_rules]), st.integers(1, 400))
def test_a_later_audit_date_leaves_met_what_is_met(data, rules, later):
    case = data.draw(make.cases())
    rule = data.draw(rules(case))
    since, as_at = data.draw(make.audit_dates(case))
    before = duties(case, rule, since, as_at)
    after = duties(case, rule, since, as_at + timedelta(days=later))
    note(f"before {readable(before)}")
    note(f"after  {readable(after)}")
    still_met = {(duty.pointer, duty.starts, duty.done, duty.counted) for duty in after if duty.outcome == "met"}
    met = {(duty.pointer, duty.starts, duty.done, duty.counted) for duty in before if duty.outcome == "met"}
    assert met <= still_met


@given(st.data())
def test_an_added_event_never_adds_a_day_out_of_time(data):
    case = data.draw(make.cases())
    section = data.draw(st.sampled_from(["social_care_episodes", "placements", "care_periods"]))
    lengths = data.draw(
        st.sampled_from([("1 week", "10 days", "6 weeks"), ("4 weeks", "1 month", "3 months"), ("6 weeks",) * 3])
    )
    limits = [
        {"within": lengths[0], "for": "first"},
        {"every": lengths[1], "until": data.draw(st.sampled_from(["1 month", "1 year"]))},
        {"every": lengths[2]},
    ]
    rule = make.rule("recurring", section, {"events": "supervisions", "limits": limits[data.draw(st.integers(0, 2)) :]})
    since, as_at = data.draw(make.audit_dates(case))
    before = duties(case, rule, since, as_at)
    added = {"supervision_date": data.draw(make.some_days(case)), "plan_challenged_flag": None}
    episodes = [{**each, "supervisions": [*each["supervisions"], added]} for each in case["social_care_episodes"]]
    after = duties({**case, "social_care_episodes": episodes}, rule, since, as_at)
    note(f"before {readable(before)}")
    note(f"after  {readable(after)}")
    assert sum(duty.days_late or 0 for duty in after) <= sum(duty.days_late or 0 for duty in before)


@given(st.data())
def test_an_added_record_never_adds_a_day_out_of_cover(data):
    case = data.draw(make.cases())
    check = {"records": "supervisions", "counts_for": data.draw(st.sampled_from(make.LIMITS))}
    rule = make.rule("held", "social_care_episodes", check)
    since, as_at = data.draw(make.audit_dates(case))
    before = duties(case, rule, since, as_at)
    added = {"supervision_date": data.draw(make.some_days(case)), "plan_challenged_flag": None}
    episodes = [{**each, "supervisions": [*each["supervisions"], added]} for each in case["social_care_episodes"]]
    after = duties({**case, "social_care_episodes": episodes}, rule, as_at - (as_at - since), as_at)
    note(f"before {readable(before)}")
    note(f"after  {readable(after)}")
    assert days_out_of_cover(after, as_at) <= days_out_of_cover(before, as_at)


def days_out_of_cover(found, as_at):
    """The days that late and missed obligations say were out of cover; those not due yet have none before their due."""
    return sum((duty.done or as_at.toordinal()) - duty.starts for duty in found if duty.starts <= as_at.toordinal())


def shuffled(data, value):
    """The same records with every list of records in another order."""
    if isinstance(value, dict):
        return {key: shuffled(data, each) for key, each in value.items()}
    if isinstance(value, list):
        return data.draw(st.permutations([shuffled(data, each) for each in value]))
    return value


@given(st.data(), st.sampled_from(KINDS))
def test_rows_in_another_order_give_the_same_findings(data, rules):
    case = data.draw(make.cases())
    rule = data.draw(rules(case))
    since, as_at = data.draw(make.audit_dates(case))
    before = duties(case, rule, since, as_at)
    after = duties(shuffled(data, case), rule, since, as_at)
    assert Counter(duty._replace(pointer="") for duty in after) == Counter(duty._replace(pointer="") for duty in before)


@st.composite
def audits(draw):
    """A few cases, a pack of a rule of each kind, and the days of an audit."""
    found = [draw(make.cases(name)) for name in "ABC"[: draw(st.integers(1, 3))]]
    rules = [draw(kind(found[0]))._replace(id=f"rule-{place}") for place, kind in enumerate(KINDS)]
    since, as_at = draw(make.audit_dates(found[0]))
    return found, make.pack(*rules), since, as_at


@settings(max_examples=WHOLE_AUDITS)
@given(audits(), st.randoms(use_true_random=False))
def test_cases_in_another_order_give_the_same_result_in_that_order(audit, random):
    cases, pack, since, as_at = audit
    other = random.sample(cases, len(cases))
    result = casecheck.audit(cases, pack, as_at=as_at, since=since)
    reordered = casecheck.audit(other, pack, as_at=as_at, since=since)
    entries = {entry["case_id"]: entry for entry in result["cases"]}
    assert reordered["cases"] == [entries[case["la_child_id"]] for case in other]
    assert reordered["summary"] == result["summary"]


def counts_in(value, path=()):
    """Every whole number of a summary by its place; ratios and their bounds follow from the numbers."""
    if isinstance(value, dict):
        named = {key: value[key] for key in ("rule", "area", "by", "value") if isinstance(value.get(key), str)}
        return sum((counts_in(each, (*path, *named.values(), key)) for key, each in value.items()), Counter())
    if isinstance(value, list):
        return sum((counts_in(each, path) for each in value), Counter())
    return Counter({path: value}) if type(value) is int else Counter()


@settings(max_examples=WHOLE_AUDITS)
@given(audits())
def test_the_parts_add_up_to_the_whole(audit):
    cases, pack, since, as_at = audit
    whole = casecheck.audit(cases, pack, as_at=as_at, since=since)
    parts = [casecheck.audit([case], pack, as_at=as_at, since=since) for case in cases]
    assert whole["cases"] == [part["cases"][0] for part in parts]
    assert counts_in(whole["summary"]) == sum((counts_in(part["summary"]) for part in parts), Counter())


@settings(max_examples=WHOLE_AUDITS)
@given(audits())
def test_two_runs_give_the_same_bytes(audit):
    cases, pack, since, as_at = audit
    first, second = (json.dumps(casecheck.audit(cases, pack, as_at=as_at, since=since)) for _ in range(2))
    assert first == second


RUN = """
import json, casecheck
from tests import strategies as make
from tests.engine.test_laws import SAMPLE_RULES, sample
print(json.dumps(casecheck.audit(sample(), make.pack(*SAMPLE_RULES), as_at="2012-04-23")))
"""

SAMPLE_RULES = (
    make.rule(
        "recurring",
        "placements",
        {"events": ["looked_after_visits", "looked_after_reviews"], "limits": [{"every": "6 weeks"}]},
    ),
    make.rule("held", "care_periods", {"records": "care_plans", "within": "10 working days"}, id="b-rule"),
)


def sample():
    row = {"start_date": "2011-04-01", "start_reason": "S", "placement_type": "U1"}
    visits = [{"visit_date": f"2011-{month:02}-11"} for month in range(4, 13)]
    reviews = [{"review_date": "2011-05-01"}, {"review_date": "2011-05-01"}]
    episode = {"referral_date": "2011-04-01", "child_looked_after_placements": [row], "looked_after_visits": visits}
    return [
        {"la_child_id": name, "social_care_episodes": [{**episode, "looked_after_reviews": reviews, "made_up": 1}]}
        for name in "AB"
    ]


def test_bytes_do_not_depend_on_the_order_of_hashes():
    outputs = {
        subprocess.run(
            [sys.executable, "-c", RUN],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_the_audit_date_may_be_a_date_or_text():
    pack = make.pack(*SAMPLE_RULES)
    assert casecheck.audit(sample(), pack, as_at=date(2012, 4, 23)) == casecheck.audit(
        sample(), pack, as_at="2012-04-23"
    )
