"""Chains of waits, drawn: each event with the wait that it ended, and which limit was in force and why."""

VISITS = """
each: placements
while: {none_of: [{is: with a parent}]}
recurring:
  events: looked_after_visits
  limits:
    - {within: 1 week, for: first}
    - {every: 6 weeks, until: 1 year}
    - {every: 3 months, where: {intended_to_last_until_18_flag: true}}
    - {every: 6 weeks}
"""
SEEN = """
each: placements
recurring: {events: looked_after_visits, where: {seen_flag: true}, limits: [{every: 6 weeks}]}
"""
CORE_GROUPS = "{each: child_protection_plans, recurring: {events: core_groups, limits: [{every: 6 weeks}]}}"
REVIEWS = """
each: child_protection_plans
recurring:
  events: child_protection_reviews
  counts_on_first_day: false
  limits: [{within: 3 months, for: first}, {every: 6 months}]
"""
SUPERVISION = "{each: social_care_episodes, recurring: {events: supervisions, limits: [{every: 1 month}]}}"


def placed(start, end=None, reason="S", code="U1", permanent=False):
    return {
        "start_date": start,
        "start_reason": reason,
        "end_date": end,
        "end_reason": "X1" if end else None,
        "placement_type": code,
        "intended_to_last_until_18_flag": permanent,
    }


def visits(*days, **more):
    return [{"visit_date": day, **more} for day in days]


def child(rows, visited, coverage=None, **more):
    episode = {
        "referral_date": "2010-01-11",
        "child_looked_after_placements": rows,
        "looked_after_visits": visited,
        "legal_statuses": [],
        **more,
    }
    return {
        "child_details": {"date_of_birth": "2004-05-05"},
        "social_care_episodes": [episode],
        **({"coverage": coverage} if coverage else {}),
    }


def on_a_plan(start, end=None, **more):
    plan = {"start_date": start, "end_date": end, **more}
    return {"social_care_episodes": [{"referral_date": "2011-05-20", "child_protection_plans": [plan]}]}


def dated(name, *days):
    return [{name: day} for day in days]


def test_visits_late_in_the_first_placement_and_in_time_in_the_second(drawn):
    rows = [placed("2011-05-02", "2011-09-01"), placed("2011-09-01", reason="P")]
    first = visits("2011-05-06", "2011-06-29", "2011-07-20", "2011-08-25")
    second = visits("2011-09-06", "2011-10-15", "2011-11-24", "2012-01-03", "2012-02-10", "2012-03-20")
    assert (
        drawn(child(rows, first + second), VISITS)
        == """\
Placement from 2 May 2011 to 1 September 2011
/social_care_episodes/0/child_looked_after_placements/0

 2 May 2011  +   placement begins
             -   limit: within 1 week, for the first visit
 6 May 2011  o   visit made in time (due by 9 May 2011)
             |   /social_care_episodes/0/looked_after_visits/0
             -   limit: every 6 weeks (in the first year of the placement, to 1
             |   May 2012)
17 Jun 2011  >   visit due (every 6 weeks, from 6 May 2011)
             !
29 Jun 2011  x   visit made, 12 days late
             |   /social_care_episodes/0/looked_after_visits/1
20 Jul 2011  o   visit made in time (due by 10 August 2011)
             |   /social_care_episodes/0/looked_after_visits/2
25 Aug 2011  o   visit made in time (due by 31 August 2011)
             |   /social_care_episodes/0/looked_after_visits/3
 1 Sep 2011  -   visit due by 6 October 2011: no longer asked, since the
             |   placement ends on 1 September 2011
             +   the placement ends

Applied to as well, without deciding it:
- Placement from 1 September 2011: 6 met, 1 not due yet.
"""
    )


def test_a_longer_limit_that_comes_into_force_counts_from_the_waits_start(drawn):
    days = ("2011-03-05", "2011-04-12", "2011-05-20", "2011-06-28", "2011-08-05", "2011-09-12", "2011-10-20")
    record = child([placed("2010-12-01", permanent=True)], visits("2010-12-06", *days, "2011-11-20", "2012-02-15"))
    assert (
        drawn(record, VISITS)
        == """\
Placement from 1 December 2010
/social_care_episodes/0/child_looked_after_placements/0

 1 Dec 2010  +   placement begins
             |   (4 earlier lines left out: nothing in them counts)
 6 Dec 2010  -   limit: every 6 weeks (in the first year of the placement, to 30
             |   November 2011)
12 Apr 2011  o   visit made in time (due by 16 April 2011) (not counted)
             |   /social_care_episodes/0/looked_after_visits/2
23 Apr 2011  -   the review period begins
20 May 2011  o   visit made in time (due by 24 May 2011)
             |   /social_care_episodes/0/looked_after_visits/3
28 Jun 2011  o   visit made in time (due by 1 July 2011)
             |   /social_care_episodes/0/looked_after_visits/4
 5 Aug 2011  o   visit made in time (due by 9 August 2011)
             |   /social_care_episodes/0/looked_after_visits/5
12 Sep 2011  o   visit made in time (due by 16 September 2011)
             |   /social_care_episodes/0/looked_after_visits/6
20 Oct 2011  o   visit made in time (due by 24 October 2011)
             |   /social_care_episodes/0/looked_after_visits/7
20 Nov 2011  o   visit made in time (due by 20 January 2012)
             |   /social_care_episodes/0/looked_after_visits/8
 1 Dec 2011  -   limit from here: every 3 months (the first year of the
             |   placement is over and the placement is meant to last to 18);
             |   longer, so it counts from 20 November 2011: visit due by 20
             |   February 2012, not by 1 January 2012
15 Feb 2012  o   visit made in time (due by 20 February 2012)
             |   /social_care_episodes/0/looked_after_visits/9
23 Apr 2012  +   audit date
15 May 2012  >   visit due (every 3 months, from 15 February 2012); not late yet
"""
    )


def test_a_shorter_limit_counts_from_the_day_on_which_it_comes_into_force(drawn):
    rows = [placed("2009-03-01", "2012-02-01", permanent=True), placed("2012-02-01", reason="L")]
    assert (
        drawn(child(rows, visits("2011-07-30", "2011-10-25", "2012-01-20")), VISITS)
        == """\
Placement from 1 March 2009
/social_care_episodes/0/child_looked_after_placements/0

 1 Mar 2009  +   placement begins
             -   limit: within 1 week, for the first visit
 8 Mar 2009  >   visit due (within 1 week, from 1 March 2009)
             !
23 Apr 2011  -   the review period begins
30 Jul 2011  x   visit made, 874 days late
             |   /social_care_episodes/0/looked_after_visits/0
             -   limit: every 3 months (the first year of the placement is over
             |   and the placement is meant to last to 18)
25 Oct 2011  o   visit made in time (due by 30 October 2011)
             |   /social_care_episodes/0/looked_after_visits/1
20 Jan 2012  o   visit made in time (due by 25 January 2012)
             |   /social_care_episodes/0/looked_after_visits/2
 1 Feb 2012  -   limit from here: every 6 weeks (the first year of the placement
             |   is over and the placement is not meant to last to 18); shorter,
             |   so it counts from here: visit due by 14 March 2012, not by 20
             |   April 2012
             |   /social_care_episodes/0/child_looked_after_placements/1
14 Mar 2012  >   visit due (every 6 weeks, from 1 February 2012)
             !
23 Apr 2012  x   visit not made by the audit date: 40 days overdue
             +   audit date
"""
    )


def test_days_on_which_the_rule_does_not_bind_are_a_dotted_rail(drawn):
    rows = [
        placed("2011-08-01", "2011-11-15"),
        placed("2011-11-15", "2011-12-20", reason="T", code="P1"),
        placed("2011-12-20", reason="T"),
    ]
    visited = visits("2011-08-05", "2011-09-12", "2011-10-20", "2012-01-25", "2012-03-05", "2012-04-10")
    assert (
        drawn(child(rows, visited), VISITS)
        == """\
Placement from 1 August 2011
/social_care_episodes/0/child_looked_after_placements/0

 1 Aug 2011  +   placement begins
             -   limit: within 1 week, for the first visit
 5 Aug 2011  o   visit made in time (due by 8 August 2011)
             |   /social_care_episodes/0/looked_after_visits/0
             -   limit: every 6 weeks (in the first year of the placement, to 31
             |   July 2012)
12 Sep 2011  o   visit made in time (due by 16 September 2011)
             |   /social_care_episodes/0/looked_after_visits/1
20 Oct 2011  o   visit made in time (due by 24 October 2011)
             |   /social_care_episodes/0/looked_after_visits/2
15 Nov 2011  -   the rule does not bind from here: the child is with a parent
             :   /social_care_episodes/0/child_looked_after_placements/1
20 Dec 2011  -   the rule binds from here: the child is not with a parent
             |   /social_care_episodes/0/child_looked_after_placements/2
             -   limit from here: every 6 weeks (in the first year of the
             |   placement, to 31 July 2012); the first limit in this wait
             |   counts from here: visit due by 31 January 2012
25 Jan 2012  o   visit made in time (due by 31 January 2012)
             |   /social_care_episodes/0/looked_after_visits/3
 5 Mar 2012  o   visit made in time (due by 7 March 2012)
             |   /social_care_episodes/0/looked_after_visits/4
10 Apr 2012  o   visit made in time (due by 16 April 2012)
             |   /social_care_episodes/0/looked_after_visits/5
23 Apr 2012  +   audit date
22 May 2012  >   visit due (every 6 weeks, from 10 April 2012); not late yet
"""
    )


def test_what_does_not_count_stands_there_with_why(drawn):
    visited = [*visits("2012-02-08", seen_flag=True), *visits("2012-03-07", seen_flag=False)]
    assert (
        drawn(child([placed("2012-01-10")], visited), SEEN)
        == """\
Placement from 10 January 2012
/social_care_episodes/0/child_looked_after_placements/0

10 Jan 2012  +   placement begins
             -   limit: every 6 weeks
 8 Feb 2012  o   visit made in time (due by 21 February 2012)
             |   /social_care_episodes/0/looked_after_visits/0
 7 Mar 2012  -   visit made, does not count: the child was not seen
             |   /social_care_episodes/0/looked_after_visits/1
21 Mar 2012  >   visit due (every 6 weeks, from 8 February 2012)
             !
23 Apr 2012  x   visit not made by the audit date: 33 days overdue
             +   audit date
"""
    )


def test_core_groups_with_a_gap(drawn):
    held = dated("meeting_date", "2011-06-10", "2011-07-18", "2011-10-20", "2011-11-25", "2012-01-04", "2012-02-10")
    assert (
        drawn(on_a_plan("2011-06-01", core_groups=held), CORE_GROUPS)
        == """\
Child protection plan from 1 June 2011
/social_care_episodes/0/child_protection_plans/0

 1 Jun 2011  +   child protection plan begins
             -   limit: every 6 weeks
10 Jun 2011  o   core group held in time (due by 13 July 2011)
             |   /social_care_episodes/0/child_protection_plans/0/core_groups/0
18 Jul 2011  o   core group held in time (due by 22 July 2011)
             |   /social_care_episodes/0/child_protection_plans/0/core_groups/1
29 Aug 2011  >   core group due (every 6 weeks, from 18 July 2011)
             !
20 Oct 2011  x   core group held, 52 days late
             |   /social_care_episodes/0/child_protection_plans/0/core_groups/2
25 Nov 2011  o   core group held in time (due by 1 December 2011)
             |   /social_care_episodes/0/child_protection_plans/0/core_groups/3
 4 Jan 2012  o   core group held in time (due by 6 January 2012)
             |   /social_care_episodes/0/child_protection_plans/0/core_groups/4
10 Feb 2012  o   core group held in time (due by 15 February 2012)
             |   /social_care_episodes/0/child_protection_plans/0/core_groups/5
23 Mar 2012  >   core group due (every 6 weeks, from 10 February 2012)
             !
23 Apr 2012  x   core group not held by the audit date: 31 days overdue
             +   audit date
"""
    )


def test_a_plan_that_ended_before_the_next_was_due(drawn):
    held = dated("meeting_date", "2011-12-12", "2012-01-20")
    assert (
        drawn(on_a_plan("2011-12-01", "2012-02-10", core_groups=held), CORE_GROUPS)
        == """\
Child protection plan from 1 December 2011 to 10 February 2012
/social_care_episodes/0/child_protection_plans/0

 1 Dec 2011  +   child protection plan begins
             -   limit: every 6 weeks
12 Dec 2011  o   core group held in time (due by 12 January 2012)
             |   /social_care_episodes/0/child_protection_plans/0/core_groups/0
20 Jan 2012  o   core group held in time (due by 23 January 2012)
             |   /social_care_episodes/0/child_protection_plans/0/core_groups/1
10 Feb 2012  -   core group due by 2 March 2012: no longer asked, since the plan
             |   ends on 10 February 2012
             +   the plan ends
"""
    )


def test_a_plan_that_ended_with_one_overdue(drawn):
    assert (
        drawn(on_a_plan("2011-12-01", "2012-02-10", core_groups=[]), CORE_GROUPS)
        == """\
Child protection plan from 1 December 2011 to 10 February 2012
/social_care_episodes/0/child_protection_plans/0

 1 Dec 2011  +   child protection plan begins
             -   limit: every 6 weeks
12 Jan 2012  >   core group due (every 6 weeks, from 1 December 2011)
             !
10 Feb 2012  x   core group not held before the plan ends: 29 days overdue
             +   the plan ends
"""
    )


def test_an_initial_conference_keyed_as_the_first_review(drawn):
    held = dated("review_date", "2011-06-01", "2011-08-25")
    assert (
        drawn(on_a_plan("2011-06-01", child_protection_reviews=held), REVIEWS)
        == """\
Child protection plan from 1 June 2011
/social_care_episodes/0/child_protection_plans/0

 1 Jun 2011  +   child protection plan begins
             -   review conference held, does not count: it is on the first day
             |   itself
             |   /social_care_episodes/0/child_protection_plans/0/child_protection_reviews/0
             -   limit: within 3 months, for the first review conference
25 Aug 2011  o   review conference held in time (due by 1 September 2011)
             |   /social_care_episodes/0/child_protection_plans/0/child_protection_reviews/1
             -   limit: every 6 months
25 Feb 2012  >   review conference due (every 6 months, from 25 August 2011)
             !
23 Apr 2012  x   review conference not held by the audit date: 58 days overdue
             +   audit date
"""
    )


def test_what_lies_before_the_review_period_is_left_out(drawn):
    days = [f"2010-{month:02}-11" for month in range(2, 13)] + [f"2011-{month:02}-11" for month in range(1, 13)]
    held = dated("supervision_date", *days, "2012-01-11", "2012-02-20")
    episode = {"referral_date": "2010-01-11", "supervisions": held}
    assert (
        drawn({"social_care_episodes": [episode]}, SUPERVISION)
        == """\
Social care episode from 11 January 2010
/social_care_episodes/0

11 Jan 2010  +   social care episode begins
             |   (14 earlier lines left out: nothing in them counts)
             -   limit: every 1 month
11 Apr 2011  o   supervision held on the day it was due (not counted)
             |   /social_care_episodes/0/supervisions/14
23 Apr 2011  -   the review period begins
11 May 2011  o   supervision held on the day it was due
             |   /social_care_episodes/0/supervisions/15
11 Jun 2011  o   supervision held on the day it was due
             |   /social_care_episodes/0/supervisions/16
11 Jul 2011  o   supervision held on the day it was due
             |   /social_care_episodes/0/supervisions/17
11 Aug 2011  o   supervision held on the day it was due
             |   /social_care_episodes/0/supervisions/18
11 Sep 2011  o   supervision held on the day it was due
             |   /social_care_episodes/0/supervisions/19
11 Oct 2011  o   supervision held on the day it was due
             |   /social_care_episodes/0/supervisions/20
11 Nov 2011  o   supervision held on the day it was due
             |   /social_care_episodes/0/supervisions/21
11 Dec 2011  o   supervision held on the day it was due
             |   /social_care_episodes/0/supervisions/22
11 Jan 2012  o   supervision held on the day it was due
             |   /social_care_episodes/0/supervisions/23
11 Feb 2012  >   supervision due (every 1 month, from 11 January 2012)
             !
20 Feb 2012  x   supervision held, 9 days late
             |   /social_care_episodes/0/supervisions/24
20 Mar 2012  >   supervision due (every 1 month, from 20 February 2012)
             !
23 Apr 2012  x   supervision not held by the audit date: 34 days overdue
             +   audit date
"""
    )


# --- what is not held ------------------------------------------------------------------------------------------------


def test_visits_that_are_not_held(drawn):
    record = child([placed("2012-01-10")], [])
    del record["social_care_episodes"][0]["looked_after_visits"]
    assert (
        drawn(record, SEEN)
        == """\
Placement from 10 January 2012
/social_care_episodes/0/child_looked_after_placements/0
Visit due on a day that is not known: not known.

What is not known, and what would have to be in the record to tell:
- Visits are not held: the section is left out. Wanted: the visits, or [] if
  there were none.
  /social_care_episodes/0/looked_after_visits
"""
    )


def test_only_the_newest_visit_held(drawn):
    record = child([placed("2010-05-02")], visits("2012-02-20"), {"latest_only": ["looked_after_visits"]})
    assert (
        drawn(record, VISITS)
        == """\
Placement from 2 May 2010
/social_care_episodes/0/child_looked_after_placements/0

 2 May 2010  +   placement begins
23 Apr 2011  -   the review period begins
20 Feb 2012  o   visit made: only the newest is held, so only the time since is
             |   judged; the next by 2 April 2012
             |   /social_care_episodes/0/looked_after_visits/0
             -   limit: every 6 weeks (the first year of the placement is over
             |   and the placement is not meant to last to 18)
 2 Apr 2012  >   visit due (every 6 weeks, from 20 February 2012)
             !
23 Apr 2012  x   visit not made by the audit date: 21 days overdue
             +   audit date
"""
    )


def test_visits_held_from_a_day_on(drawn):
    record = child(
        [placed("2010-05-02")],
        visits("2011-12-20", "2012-01-28", "2012-03-05", "2012-04-10"),
        {"from": {"looked_after_visits": "2011-12-01"}},
    )
    assert (
        drawn(record, VISITS)
        == """\
Placement from 2 May 2010
/social_care_episodes/0/child_looked_after_placements/0

 2 May 2010  +   placement begins
23 Apr 2011  -   the review period begins
 1 Dec 2011  -   from here on all visits are held, and none from before
             -   limit: every 6 weeks (the first year of the placement is over
             |   and the placement is not meant to last to 18)
20 Dec 2011  o   visit made; whether in time is not known
             |   /social_care_episodes/0/looked_after_visits/0
12 Jan 2012  ?   visit due (every 6 weeks, from 1 December 2011); whether that
             |   was kept is not known
28 Jan 2012  o   visit made in time (due by 31 January 2012)
             |   /social_care_episodes/0/looked_after_visits/1
 5 Mar 2012  o   visit made in time (due by 10 March 2012)
             |   /social_care_episodes/0/looked_after_visits/2
10 Apr 2012  o   visit made in time (due by 16 April 2012)
             |   /social_care_episodes/0/looked_after_visits/3
23 Apr 2012  +   audit date
22 May 2012  >   visit due (every 6 weeks, from 10 April 2012); not late yet

What is not known, and what would have to be in the record to tell:
- No visits before 1 December 2011 are held. Wanted: earlier visits.
  /coverage/from/looked_after_visits
"""
    )


def test_a_source_drawn_before_the_audit(drawn):
    record = child([placed("2012-01-10")], visits("2012-02-06", seen_flag=True), {"to": "2012-03-01"})
    assert (
        drawn(record, SEEN)
        == """\
Placement from 10 January 2012
/social_care_episodes/0/child_looked_after_placements/0

10 Jan 2012  +   placement begins
             -   limit: every 6 weeks
 6 Feb 2012  o   visit made in time (due by 21 February 2012)
             |   /social_care_episodes/0/looked_after_visits/0
19 Mar 2012  ?   visit due (every 6 weeks, from 6 February 2012); whether that
             |   was kept is not known
23 Apr 2012  +   audit date

What is not known, and what would have to be in the record to tell:
- The source was drawn on 1 March 2012, before the audit date. Wanted: a later
  extract, or an audit as at 1 March 2012.
  /coverage/to
"""
    )


def test_whether_a_visit_counts_is_not_held(drawn):
    assert (
        drawn(child([placed("2012-01-10")], visits("2012-02-06")), SEEN)
        == """\
Placement from 10 January 2012
/social_care_episodes/0/child_looked_after_placements/0

10 Jan 2012  +   placement begins
             -   limit: every 6 weeks
 6 Feb 2012  -   visit made; whether it counts is not known
             |   /social_care_episodes/0/looked_after_visits/0
21 Feb 2012  ?   visit due (every 6 weeks, from 10 January 2012); whether that
             |   was kept is not known
23 Apr 2012  +   audit date

What is not known, and what would have to be in the record to tell:
- Whether the child was seen is not held: it is left out. Wanted: its value, or
  null if nothing was recorded.
  /social_care_episodes/0/looked_after_visits/0/seen_flag
"""
    )


def test_which_limit_is_in_force_is_not_held(drawn):
    row = placed("2010-05-02")
    del row["intended_to_last_until_18_flag"]
    assert (
        drawn(child([row], visits("2011-12-05", "2012-01-10", "2012-03-10")), VISITS)
        == """\
Placement from 2 May 2010
/social_care_episodes/0/child_looked_after_placements/0

 2 May 2010  +   placement begins
             -   limit: within 1 week, for the first visit; then every 6 weeks
 9 May 2010  >   visit due (within 1 week, from 2 May 2010)
             !
23 Apr 2011  -   the review period begins
 2 May 2011  -   limit not known: it may be every 3 months or every 6 weeks
 5 Dec 2011  x   visit made, 575 days late
             |   /social_care_episodes/0/looked_after_visits/0
10 Jan 2012  o   visit made in time (due by 5 March 2012)
             |   /social_care_episodes/0/looked_after_visits/1
10 Mar 2012  o   visit made; whether in time is not known
             |   /social_care_episodes/0/looked_after_visits/2
10 Apr 2012  ?   visit due (every 3 months, from 10 January 2012), or by the
             |   shortest limit that may apply 21 February 2012; whether that
             |   was kept is not known
23 Apr 2012  +   audit date
10 Jun 2012  ?   visit due (every 3 months, from 10 March 2012), or by the
             |   shortest limit that may apply 21 April 2012; whether that was
             |   kept is not known

What is not known, and what would have to be in the record to tell:
- Whether the placement is meant to last to 18 is not held: it is left out.
  Wanted: its value, or null if nothing was recorded.
  /social_care_episodes/0/child_looked_after_placements/0/intended_to_last_until_18_flag
"""
    )


def test_a_placement_whose_start_is_impossible(drawn):
    assert (
        drawn(child([placed("2012-02-31")], []), SEEN)
        == """\
Placement from a day that is not known
/social_care_episodes/0/child_looked_after_placements/0
It is not known from which day the waits run.
Visit due on a day that is not known: not known.

What is not known, and what would have to be in the record to tell:
- The start of the placement is impossible, and is not relied on. Wanted: the
  right day.
  /social_care_episodes/0/child_looked_after_placements/0/start_date
"""
    )
