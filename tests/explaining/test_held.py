"""Cover, drawn: what covered which days, where it was lost, and by when it had to be there again."""

CARE_PLAN = "{each: care_periods, held: {records: care_plans, within: 10 working days}}"
WORKER = """
each: social_care_episodes
while: {age: {at_most: 17}}
held: {records: care_worker_details, where: {role: social_worker}, within: 5 working days, gap: 5 working days}
"""
ASSESSED = """
each: social_care_episodes
held: {records: child_and_family_assessments, within: 45 working days, counts_for: 12 months}
"""


def child(referred="2010-01-11", closed=None, coverage=None, born="2004-05-05", **more):
    record = {
        "child_details": {"date_of_birth": born},
        "social_care_episodes": [{"referral_date": referred, "closure_date": closed, **more}],
    }
    return record | ({"coverage": coverage} if coverage else {})


def in_care(start, **more):
    row = {"start_date": start, "start_reason": "S", "placement_type": "U1"}
    return child(child_looked_after_placements=[row], **more)


def plan(start, end=None):
    return {"start_date": start, "end_date": end}


def worker(start, end=None, role="social_worker"):
    return {"worker_id": "w", "role": role, "start_date": start, "end_date": end}


def assessed(start, completed=None):
    return {"start_date": start, "authorisation_date": completed}


def test_a_care_plan_that_ended_before_the_next_began(drawn):
    record = in_care("2011-05-02", care_plans=[plan("2011-05-10", "2011-11-01"), plan("2011-12-05")])
    assert (
        drawn(record, CARE_PLAN)
        == """\
Period of care from 2 May 2011
/social_care_episodes/0/child_looked_after_placements/0

 2 May 2011  +   period of care begins
10 May 2011  o   care plan in place in time (due by 16 May 2011)
             |   /social_care_episodes/0/care_plans/0
 1 Nov 2011  -   care plan ends
             |   /social_care_episodes/0/care_plans/0
 2 Nov 2011  -   no care plan is in place from here
             >   care plan due at once
             !
 5 Dec 2011  x   care plan in place, 33 days late
             |   /social_care_episodes/0/care_plans/1
23 Apr 2012  +   audit date
"""
    )


def test_grace_over_christmas(drawn):
    assert (
        drawn(in_care("2011-12-20", care_plans=[plan("2012-01-09")]), CARE_PLAN)
        == """\
Period of care from 20 December 2011
/social_care_episodes/0/child_looked_after_placements/0

20 Dec 2011  +   period of care begins
 6 Jan 2012  >   care plan due (within 10 working days of 20 December 2011,
             !   leaving out the bank holidays of 26 December 2011, 27 December
             !   2011 and 2 January 2012)
             !
 9 Jan 2012  x   care plan in place, 3 days late
             |   /social_care_episodes/0/care_plans/0
23 Apr 2012  +   audit date
"""
    )


def test_a_plan_older_than_the_period_covers_it(drawn):
    assert (
        drawn(in_care("2011-12-20", care_plans=[plan("2011-10-03")]), CARE_PLAN)
        == """\
Period of care from 20 December 2011
/social_care_episodes/0/child_looked_after_placements/0

20 Dec 2011  +   period of care begins
             o   care plan in place in time (due by 6 January 2012), since 3
             |   October 2011
             |   /social_care_episodes/0/care_plans/0
23 Apr 2012  +   audit date
"""
    )


def test_no_worker_since_the_last_one_left(drawn):
    workers = [worker("2011-06-06", "2012-03-02"), worker("2012-03-20", role="personal_adviser")]
    assert (
        drawn(child("2011-06-02", care_worker_details=workers), WORKER)
        == """\
Social care episode from 2 June 2011
/social_care_episodes/0

 2 Jun 2011  +   social care episode begins
 6 Jun 2011  o   social worker in place in time (due by 9 June 2011)
             |   /social_care_episodes/0/care_worker_details/0
 2 Mar 2012  -   social worker's allocation ends
             |   /social_care_episodes/0/care_worker_details/0
 3 Mar 2012  -   no social worker is in place from here
 9 Mar 2012  >   social worker due (within 5 working days of 3 March 2012)
             !
23 Apr 2012  x   social worker not in place by the audit date: 45 days overdue
             +   audit date
"""
    )


def test_nothing_is_asked_after_the_18th_birthday(drawn):
    record = child("2011-06-02", born="1994-01-15", care_worker_details=[worker("2011-06-06", "2012-01-05")])
    assert (
        drawn(record, WORKER)
        == """\
Social care episode from 2 June 2011
/social_care_episodes/0

 2 Jun 2011  +   social care episode begins
 6 Jun 2011  o   social worker in place in time (due by 9 June 2011)
             |   /social_care_episodes/0/care_worker_details/0
 5 Jan 2012  -   social worker's allocation ends
             |   /social_care_episodes/0/care_worker_details/0
 6 Jan 2012  -   no social worker is in place from here
13 Jan 2012  >   social worker due (within 5 working days of 6 January 2012)
             !
14 Jan 2012  x   social worker not in place before the rule ceases to bind: 1
             |   day overdue
15 Jan 2012  -   the rule does not bind from here: the child is 18 or over
23 Apr 2012  +   audit date
"""
    )


def test_a_case_that_closed_within_the_time_allowed(drawn):
    assert (
        drawn(child("2012-02-01", "2012-02-06", care_worker_details=[]), WORKER)
        == """\
Social care episode from 1 February 2012 to 6 February 2012
/social_care_episodes/0
Nothing fell due in it: the case closes on 6 February 2012, before the time
allowed was over.
"""
    )


def test_an_assessment_counts_for_so_long(drawn):
    record = child("2010-12-01", child_and_family_assessments=[assessed("2010-12-01", "2011-01-20")])
    assert (
        drawn(record, ASSESSED)
        == """\
Social care episode from 1 December 2010
/social_care_episodes/0

 1 Dec 2010  +   social care episode begins
20 Jan 2011  o   assessment completed in time (due by 7 February 2011)
             |   /social_care_episodes/0/child_and_family_assessments/0
23 Apr 2011  -   the review period begins
19 Jan 2012  -   assessment of 20 January 2011 has counted for 12 months, and
             |   counts to this day
             |   /social_care_episodes/0/child_and_family_assessments/0
20 Jan 2012  -   no assessment counts from here
             >   assessment due at once
             !
23 Apr 2012  x   assessment not completed by the audit date: 94 days overdue
             +   audit date
"""
    )


def test_an_assessment_from_before_what_is_held_can_have_counted(drawn):
    coverage = {"from": {"child_and_family_assessments": "2011-02-01"}}
    record = child("2010-01-11", coverage=coverage, child_and_family_assessments=[])
    assert (
        drawn(record, ASSESSED)
        == """\
Social care episode from 11 January 2010
/social_care_episodes/0

11 Jan 2010  +   social care episode begins
15 Mar 2010  ?   assessment due (within 45 working days of 11 January 2010);
             |   whether that was kept is not known (not counted)
23 Apr 2011  -   the review period begins
 1 Feb 2012  -   an earlier assessment that is not held can have counted to the
             |   day before; from here none can
             >   assessment due at once
             !
23 Apr 2012  x   assessment not completed by the audit date: 82 days overdue
             +   audit date

What is not known, and what would have to be in the record to tell:
- No assessments before 1 February 2011 are held. Wanted: earlier assessments.
  /coverage/from/child_and_family_assessments
"""
    )


def test_a_plan_whose_end_is_impossible(drawn):
    record = in_care("2011-05-02", care_plans=[plan("2011-05-10", "2012-02-31")])
    assert (
        drawn(record, CARE_PLAN)
        == """\
Period of care from 2 May 2011
/social_care_episodes/0/child_looked_after_placements/0

 2 May 2011  +   period of care begins
16 May 2011  ?   care plan due (within 10 working days of 2 May 2011); whether
             |   that was kept is not known
23 Apr 2012  +   audit date

What is not known, and what would have to be in the record to tell:
- The end of the care plan is impossible, and is not relied on. Wanted: the
  right day.
  /social_care_episodes/0/care_plans/0/end_date
"""
    )


def test_an_age_that_is_not_known(drawn):
    record = child("2011-06-02", care_worker_details=[])
    del record["child_details"]
    assert (
        drawn(record, WORKER)
        == """\
Social care episode from 2 June 2011
/social_care_episodes/0

 2 Jun 2011  +   social care episode begins
             -   from here it is not known whether the rule binds
 9 Jun 2011  ?   social worker due (within 5 working days of 2 June 2011);
             |   whether that was kept is not known
23 Apr 2012  +   audit date

What is not known, and what would have to be in the record to tell:
- The date of birth is not held. Wanted: the date of birth.
  /child_details/date_of_birth
"""
    )
