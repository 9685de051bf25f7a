"""Engine against oracle: for any small case and any small rule, both come to the same obligations and finding."""

from hypothesis import given, note
from hypothesis import strategies as st

from tests import strategies as make
from tests.engine.comparing import both, readable


def agree(data, rules, chained=lambda case, rule: st.just([rule])):
    case = data.draw(make.cases())
    rule = data.draw(rules(case))
    since, as_at = data.draw(make.audit_dates(case))
    chain = data.draw(chained(case, rule))
    engine, oracle = both(case, chain[0], since, as_at, *chain[1:])
    note(f"engine {engine[0]}: {readable(engine[1])}")
    note(f"oracle {oracle[0]}: {readable(oracle[1])}")
    assert engine[1] == oracle[1]
    assert engine[0] == oracle[0]


@given(st.data())
def test_recurring_is_a_walk_through_the_days(data):
    agree(data, make.recurring_rules)


@given(st.data())
def test_held_is_cover_day_by_day(data):
    agree(data, make.held_rules)


@given(st.data())
def test_a_deadline_is_met_or_not(data):
    agree(data, make.deadline_rules)


@given(st.data())
def test_what_is_recorded_meets_or_not(data):
    agree(data, make.recorded_rules)


@given(st.data())
def test_a_limit_counts_what_began_in_its_months(data):
    agree(data, make.limit_rules)


@given(st.data())
def test_rules_that_share_an_id_make_one_chain_of_waits(data):
    agree(data, make.recurring_rules, make.two_laws)


@given(st.data())
def test_of_rules_that_share_an_id_the_one_in_force_on_the_first_day_sets_the_deadline(data):
    agree(data, make.deadline_rules, make.two_laws)
