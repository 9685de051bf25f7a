"""What records were asked, and what they have there; of text never what it says."""

from typing import Any

ALONE = """
each: looked_after_visits
where: {age: {at_least: 4}}
recorded:
  any_of:
    - {seen_alone_flag: true}
    - {not_seen_alone_reason: {says_more_than: [asleep]}, seen_flag: true}
"""
PLAN = """
latest: care_plans
where: {social_care_episodes.closure_date: null}
recorded: {specific_flag: true, measurable_flag: {not: false}, end_date: null}
"""
PLACEMENT = """
latest: placements
recorded: {placement_type: [U1, K2], none_of: [{is: with a parent}], age: {at_most: 15}}
"""
ASSESSED = "{each: child_and_family_assessments, recorded: {child_seen_flag: true, is: with a parent}}"


def child(born="2004-05-05", **more):
    episode = {"referral_date": "2010-01-11", **more}
    return {"child_details": {"date_of_birth": born}, "social_care_episodes": [episode]}


def visit(day, seen=True, alone=False, reason=None):
    return {"visit_date": day, "seen_flag": seen, "seen_alone_flag": alone, "not_seen_alone_reason": reason}


def test_one_of_several_conditions(drawn):
    visits = [
        visit("2011-12-05", alone=True),
        visit("2012-01-16", reason="SECRET words"),
        visit("2012-02-20"),
        visit("2012-03-01", seen=False),
        visit("2012-03-26"),
    ]
    assert (
        drawn(child(looked_after_visits=visits), ALONE)
        == """\
Visit of 20 February 2012
  /social_care_episodes/0/looked_after_visits/2
Visit of 26 March 2012
  /social_care_episodes/0/looked_after_visits/4
The record does not show what is asked.

It was asked that
  NO        either the child was seen alone, or the visit's reason why not seen
              alone says more than "asleep" and the child was seen
  NO          the child was seen alone: recorded as no
                seen_alone_flag
  NO          the visit's reason why not seen alone says more than "asleep" and
                the child was seen
  NO            the visit's reason why not seen alone says more than "asleep":
                  recorded as empty
                  not_seen_alone_reason
  yes           the child was seen: recorded as yes
                  seen_flag

Visit of 1 March 2012
/social_care_episodes/0/looked_after_visits/3
The record does not show what is asked.

It was asked that
  NO        either the child was seen alone, or the visit's reason why not seen
              alone says more than "asleep" and the child was seen
  NO          the child was seen alone: recorded as no
                /social_care_episodes/0/looked_after_visits/3/seen_alone_flag
  NO          the visit's reason why not seen alone says more than "asleep" and
                the child was seen
  NO            the visit's reason why not seen alone says more than "asleep":
                  recorded as empty
                  /social_care_episodes/0/looked_after_visits/3/not_seen_alone_reason
  NO            the child was seen: recorded as no
                  /social_care_episodes/0/looked_after_visits/3/seen_flag

Applied to as well, without deciding it:
- Visit of 5 December 2011: the record shows what is asked.
- Visit of 16 January 2012: the record shows what is asked.
"""
    )


def test_the_latest_plan_and_what_it_does_not_hold(drawn):
    plans: list[dict[str, Any]] = [
        {"start_date": "2010-02-01", "end_date": "2011-06-01", "specific_flag": True, "measurable_flag": True},
        {"start_date": "2011-06-01", "end_date": None, "specific_flag": False, "measurable_flag": None},
    ]
    assert (
        drawn(child(care_plans=plans), PLAN)
        == """\
Care plan from 1 June 2011
/social_care_episodes/0/care_plans/1
Judged as at 23 April 2012.
The record does not show what is asked.

It was asked that
  yes       no last day is recorded: recorded as empty
              /social_care_episodes/0/care_plans/1/end_date
  NO        it is not recorded that the plan is not measurable: recorded as
              empty
              /social_care_episodes/0/care_plans/1/measurable_flag
  NO        the plan is specific: recorded as no
              /social_care_episodes/0/care_plans/1/specific_flag
"""
    )
    del plans[1]["specific_flag"]
    assert (
        drawn(child(care_plans=plans), PLAN.replace("measurable_flag: {not: false}, ", ""))
        == """\
Care plan from 1 June 2011
/social_care_episodes/0/care_plans/1
Judged as at 23 April 2012.
Not known whether the record shows what is asked.

It was asked that
  yes       no last day is recorded: recorded as empty
              /social_care_episodes/0/care_plans/1/end_date
  not known the plan is specific: not held
              /social_care_episodes/0/care_plans/1/specific_flag

What is not known, and what would have to be in the record to tell:
- Whether the care plan is specific is not held: it is left out. Wanted: its
  value, or null if nothing was recorded.
  /social_care_episodes/0/care_plans/1/specific_flag
"""
    )


def test_which_plan_is_the_latest_is_not_known(drawn):
    plans = [
        {"start_date": "2011-06-01", "specific_flag": True, "measurable_flag": True},
        {"start_date": "2012-02-31", "specific_flag": False, "measurable_flag": True},
    ]
    assert (
        drawn(child(care_plans=plans), PLAN)
        == """\
Care plan from 1 June 2011
/social_care_episodes/0/care_plans/0
It is not known which record is the latest.
Judged as at 23 April 2012.
Not known whether the record shows what is asked.

It was asked that
  yes       no last day is recorded: recorded as empty
              /social_care_episodes/0/care_plans/0/end_date
  yes       it is not recorded that the plan is not measurable: recorded as yes
              /social_care_episodes/0/care_plans/0/measurable_flag
  yes       the plan is specific: recorded as yes
              /social_care_episodes/0/care_plans/0/specific_flag

What is not known, and what would have to be in the record to tell:
- The start of the care plan is impossible, and is not relied on. Wanted: the
  right day.
  /social_care_episodes/0/care_plans/1/start_date

Applied to as well, without deciding it:
- Care plan from a day that is not known: it is not known which record is the
  latest.
"""
    )


def test_a_case_that_has_closed(drawn):
    record = child(care_plans=[{"start_date": "2011-06-01", "end_date": None, "specific_flag": False}])
    record["social_care_episodes"][0]["closure_date"] = "2012-03-01"
    assert (
        drawn(record, PLAN)
        == """\
Care plan from 1 June 2011 to 1 March 2012
/social_care_episodes/0/care_plans/0
The rule does not apply: in the social care episode the date closed is recorded.
"""
    )


def test_codes_are_told_in_words(drawn):
    rows = [{"start_date": "2011-06-01", "start_reason": "S", "placement_type": "P1"}]
    assert (
        drawn(child(child_looked_after_placements=rows), PLACEMENT)
        == """\
Placement from 1 June 2011
/social_care_episodes/0/child_looked_after_placements/0
Judged as at 23 April 2012.
The record does not show what is asked.

It was asked that
  yes       the child is 15 or under
  NO        the child is not with a parent
  NO        the placement code is U1 or K2 (children's home): recorded as P1
              (with parents)
              /social_care_episodes/0/child_looked_after_placements/0/placement_type
"""
    )


def test_work_that_is_not_completed_is_not_judged(drawn):
    rule = ASSESSED.replace(", is: with a parent", "")
    found = [{"start_date": "2012-04-02", "authorisation_date": None, "child_seen_flag": True}]
    assert (
        drawn(child(child_and_family_assessments=found), rule)
        == """\
Assessment begun 2 April 2012
/social_care_episodes/0/child_and_family_assessments/0
Not judged: the assessment is not completed yet.
"""
    )


def test_a_record_without_any(drawn):
    assert (
        drawn(child(looked_after_visits=[]), ALONE)
        == """\
The record holds no visits.
"""
    )
