"""Deadlines, drawn: the day from which they run, the day by which they are due, and when it was done."""

ASSESSMENT = """
each: social_care_episodes
where: {referral_no_further_action_flag: false}
deadline:
  from: referral_date
  within: 10 working days
  done: {first: child_and_family_assessments, where: {assessment_type: initial, child_seen_flag: true}}
"""
AUTHORISED = """
each: child_and_family_assessments
where: {assessment_type: core}
deadline: {from: start_date, within: 35 working days, done: authorisation_date}
"""
ACTION = "{each: supervisions.actions, deadline: {from: set_date, due: due_date, done: completed_date}}"
INTERVIEW = """
each: missing_episodes
deadline: {from: end_date, within: 72 hours, done: return_interview_offered_date}
"""
REVIEWED = """
each: looked_after_reviews
deadline: {from: previous.review_date, within: 6 months, done: review_date}
"""
OLD = "in_force: {to: 2012-01-01}\n" + AUTHORISED.strip()
NEW = "in_force: {from: 2012-01-01}\n" + AUTHORISED.strip().replace("35", "45")


def child(referred="2011-12-20", closed=None, coverage=None, **more):
    more.setdefault("referral_no_further_action_flag", False)
    record = {"social_care_episodes": [{"referral_date": referred, "closure_date": closed, **more}]}
    return record | ({"coverage": coverage} if coverage else {})


def assessment(start, completed=None, kind="initial", seen=True):
    return {"assessment_type": kind, "start_date": start, "authorisation_date": completed, "child_seen_flag": seen}


def test_ten_working_days_over_christmas(drawn):
    record = child(child_and_family_assessments=[assessment("2011-12-21", "2012-01-09")])
    assert (
        drawn(record, ASSESSMENT)
        == """\
Social care episode from 20 December 2011
/social_care_episodes/0

20 Dec 2011  +   social care episode begins
             -   referral; initial assessment due within 10 working days, so by
             |   6 January 2012, leaving out the bank holidays of 26 December
             |   2011, 27 December 2011 and 2 January 2012
             |   /social_care_episodes/0/referral_date
 6 Jan 2012  >   initial assessment due
             !
 9 Jan 2012  x   initial assessment completed, 3 days late
             |   /social_care_episodes/0/child_and_family_assessments/0
23 Apr 2012  +   audit date
"""
    )


def test_what_came_sooner_does_not_count(drawn):
    found = [assessment("2012-01-03", "2012-01-05", seen=False), assessment("2012-01-03", "2012-01-06", kind="core")]
    assert (
        drawn(child(child_and_family_assessments=found), ASSESSMENT)
        == """\
Social care episode from 20 December 2011
/social_care_episodes/0

20 Dec 2011  +   social care episode begins
             -   referral; initial assessment due within 10 working days, so by
             |   6 January 2012, leaving out the bank holidays of 26 December
             |   2011, 27 December 2011 and 2 January 2012
             |   /social_care_episodes/0/referral_date
 5 Jan 2012  -   initial assessment completed, does not count: the child was not
             |   seen
             |   /social_care_episodes/0/child_and_family_assessments/0
 6 Jan 2012  >   initial assessment due
             !
23 Apr 2012  x   initial assessment not completed by the audit date: 108 days
             |   overdue
             +   audit date
"""
    )


def test_a_referral_that_was_not_taken_further(drawn):
    assert (
        drawn(child(referral_no_further_action_flag=True, child_and_family_assessments=[]), ASSESSMENT)
        == """\
Social care episode from 20 December 2011
/social_care_episodes/0
The rule does not apply: the referral was not taken further.
"""
    )


def test_a_case_that_closed_first(drawn):
    assert (
        drawn(child(closed="2011-12-30", child_and_family_assessments=[]), ASSESSMENT)
        == """\
Social care episode from 20 December 2011 to 30 December 2011
/social_care_episodes/0

20 Dec 2011  +   social care episode begins
             -   referral; initial assessment due within 10 working days, so by
             |   6 January 2012, leaving out the bank holidays of 26 December
             |   2011, 27 December 2011 and 2 January 2012
             |   /social_care_episodes/0/referral_date
30 Dec 2011  -   initial assessment due by 6 January 2012: no longer asked,
             |   since the case closes on 30 December 2011
             +   the case closes
"""
    )


def test_whether_the_referral_was_taken_further_is_not_held(drawn):
    record = child(child_and_family_assessments=[])
    del record["social_care_episodes"][0]["referral_no_further_action_flag"]
    assert (
        drawn(record, ASSESSMENT)
        == """\
Social care episode from 20 December 2011
/social_care_episodes/0
It is not known whether the rule applies.

20 Dec 2011  +   social care episode begins
             -   referral; initial assessment due within 10 working days, so by
             |   6 January 2012, leaving out the bank holidays of 26 December
             |   2011, 27 December 2011 and 2 January 2012
             |   /social_care_episodes/0/referral_date
 6 Jan 2012  ?   initial assessment due; whether that was kept is not known
23 Apr 2012  +   audit date

What is not known, and what would have to be in the record to tell:
- Whether the referral led to no further action is not held: it is left out.
  Wanted: its value, or null if nothing was recorded.
  /social_care_episodes/0/referral_no_further_action_flag
"""
    )


def test_work_of_another_type_is_not_spoken_of(drawn):
    found = [assessment("2012-01-03", "2012-01-06"), assessment("2012-01-09", kind="core")]
    assert (
        drawn(child(child_and_family_assessments=found), AUTHORISED)
        == """\
Core assessment begun 9 January 2012
/social_care_episodes/0/child_and_family_assessments/1

 9 Jan 2012  -   start of the assessment; core assessment due within 35 working
             |   days, so by 27 February 2012
             |   /social_care_episodes/0/child_and_family_assessments/1/start_date
27 Feb 2012  >   core assessment due
             !
23 Apr 2012  x   core assessment not completed by the audit date: 56 days
             |   overdue
             +   audit date
"""
    )


def test_rules_that_share_an_id_follow_one_another_in_law(drawn):
    found = [assessment("2011-12-30", "2012-03-01", kind="core"), assessment("2012-01-03", "2012-03-01", kind="core")]
    assert (
        drawn(child(child_and_family_assessments=found), OLD, NEW)
        == """\
Core assessment begun 30 December 2011, completed 1 March 2012
/social_care_episodes/0/child_and_family_assessments/0

30 Dec 2011  -   start of the assessment; core assessment due within 35 working
             |   days, so by 20 February 2012, leaving out the bank holiday of 2
             |   January 2012
             |   /social_care_episodes/0/child_and_family_assessments/0/start_date
20 Feb 2012  >   core assessment due
             !
 1 Mar 2012  x   core assessment completed, 10 days late
             |   /social_care_episodes/0/child_and_family_assessments/0/authorisation_date
23 Apr 2012  +   audit date

Applied to as well, without deciding it:
- Core assessment begun 3 January 2012, completed 1 March 2012: core assessment
  due 6 March 2012, completed 1 March 2012, in time.
"""
    )


def test_actions_with_a_day_of_their_own(drawn):
    actions = [
        {"set_date": "2012-02-01", "due_date": "2012-02-15", "completed_date": "2012-02-20"},
        {"set_date": "2012-02-01", "due_date": "2012-05-01", "completed_date": None},
        {"set_date": "2012-02-01", "due_date": None, "completed_date": None},
        {"set_date": "2012-02-01", "completed_date": None},
        {"set_date": "2012-02-01", "due_date": "2012-03-01"},
    ]
    assert (
        drawn(child(supervisions=[{"supervision_date": "2012-02-01", "actions": actions}]), ACTION)
        == """\
Action begun 1 February 2012, completed 20 February 2012
/social_care_episodes/0/supervisions/0/actions/0

 1 Feb 2012  -   start of the action; action due by 15 February 2012, the day
             |   set
             |   /social_care_episodes/0/supervisions/0/actions/0/set_date
15 Feb 2012  >   action due
             !
20 Feb 2012  x   action completed, 5 days late
             |   /social_care_episodes/0/supervisions/0/actions/0/completed_date
23 Apr 2012  +   audit date

Applied to as well, without deciding it:
- Action begun 1 February 2012, completed on a day that is not known: action due
  1 March 2012: not known.
- Action begun 1 February 2012: action due 1 May 2012: not late yet.
- Action begun 1 February 2012: nothing is asked: the due date of the action is
  not recorded.
- Action begun 1 February 2012: action due on a day that is not known: not
  known.
"""
    )


def test_a_child_who_is_still_missing(drawn):
    missing = [
        {"start_date": "2012-04-20", "end_date": None, "return_interview_offered_date": None},
        {"start_date": "2011-02-01", "end_date": "2011-02-02", "return_interview_offered_date": "2011-02-03"},
    ]
    assert (
        drawn(child(missing_episodes=missing), INTERVIEW)
        == """\
Missing episode begun 1 February 2011, ended 2 February 2011
/social_care_episodes/0/missing_episodes/1

 2 Feb 2011  -   child's return; offer of a return interview due within 3 days,
             |   so by 5 February 2011
             |   /social_care_episodes/0/missing_episodes/1/end_date
 3 Feb 2011  o   offer of a return interview made in time (due by 5 February
             |   2011) (not counted)
             |   /social_care_episodes/0/missing_episodes/1/return_interview_offered_date
23 Apr 2011  -   the review period begins
23 Apr 2012  +   audit date

Missing episode begun 20 April 2012
/social_care_episodes/0/missing_episodes/0
Nothing is asked: the child's return is not recorded.
"""
    )


def test_a_day_in_the_record_before(drawn):
    reviews = [{"review_date": "2011-10-03"}, {"review_date": "2012-04-10"}]
    assert (
        drawn(child(looked_after_reviews=reviews), REVIEWED)
        == """\
Review of 10 April 2012
/social_care_episodes/0/looked_after_reviews/1

 3 Oct 2011  -   date of the review before it; review due within 6 months, so by
             |   3 April 2012
             |   /social_care_episodes/0/looked_after_reviews/0/review_date
 3 Apr 2012  >   review due
             !
10 Apr 2012  x   review held, 7 days late
             |   /social_care_episodes/0/looked_after_reviews/1/review_date
23 Apr 2012  +   audit date

Applied to as well, without deciding it:
- Review of 3 October 2011: nothing is asked: the date of the review before it
  is not recorded.
"""
    )
    coverage = {"from": {"looked_after_reviews": "2012-01-01"}}
    assert (
        drawn(child(looked_after_reviews=reviews[1:], coverage=coverage), REVIEWED)
        == """\
Review of 10 April 2012
/social_care_episodes/0/looked_after_reviews/0
Review due on a day that is not known: not known.

What is not known, and what would have to be in the record to tell:
- Earlier reviews may not be held, or have no known date, so their order is not
  known. Wanted: all reviews, with their dates.
  /social_care_episodes/0/looked_after_reviews
"""
    )
