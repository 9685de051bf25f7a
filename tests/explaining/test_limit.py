"""What is counted in the months to the audit date, one after another, and what is not."""

CHANGES = """
each: social_care_episodes
limit:
  records: care_worker_details
  where: {position: {at_least: 2}, worker_id: {not: {same_as: previous.worker_id}}}
  at_most: 2
  in: 12 months
"""
MOVES = "{each: care_periods, limit: {records: placements, at_most: 2, in: 12 months, count: standing}}"


def child(**more):
    return {"social_care_episodes": [{"referral_date": "2010-01-11", **more}]}


def workers(*found):
    return [{"worker_id": worker, "role": "social_worker", "start_date": start} for start, worker in found]


ALLOCATED = (("2010-01-11", "a"), ("2011-06-01", "b"), ("2011-08-01", "b"), ("2011-08-20", "c"), ("2011-12-01", "d"))


def test_changes_of_worker(drawn):
    assert (
        drawn(child(care_worker_details=workers(*ALLOCATED)), CHANGES)
        == """\
Social care episode from 11 January 2010
/social_care_episodes/0

11 Jan 2010  +   social care episode begins
23 Apr 2011  -   the review period begins
24 Apr 2011  -   the 12 months to the audit date begin
 1 Jun 2011  o   allocated worker begins: number 1
             |   /social_care_episodes/0/care_worker_details/1
 1 Aug 2011  -   allocated worker, not counted: the allocation's worker is the
             |   same as that of the allocated worker of the same role before it
             |   /social_care_episodes/0/care_worker_details/2
20 Aug 2011  o   allocated worker begins: number 2
             |   /social_care_episodes/0/care_worker_details/3
 1 Dec 2011  o   allocated worker begins: number 3
             |   /social_care_episodes/0/care_worker_details/4
23 Apr 2012  x   3 counted: more than 2
             +   audit date
"""
    )


def test_placements_that_stood_in_the_months(drawn):
    days = ("2010-03-01", "2011-09-01", "2012-01-10")
    rows = [
        {"start_date": start, "end_date": end, "start_reason": reason, "end_reason": "X1" if end else None}
        for start, end, reason in zip(days, (*days[1:], None), "SPP", strict=True)
    ]
    assert (
        drawn(child(child_looked_after_placements=rows), MOVES)
        == """\
Period of care from 1 March 2010
/social_care_episodes/0/child_looked_after_placements/0

 1 Mar 2010  +   period of care begins
             o   placement begins: number 1
23 Apr 2011  -   the review period begins
24 Apr 2011  -   the 12 months to the audit date begin
 1 Sep 2011  o   placement begins: number 2
             |   /social_care_episodes/0/child_looked_after_placements/1
10 Jan 2012  o   placement begins: number 3
             |   /social_care_episodes/0/child_looked_after_placements/2
23 Apr 2012  x   3 counted: more than 2
             +   audit date
"""
    )


def test_more_of_them_may_not_be_held(drawn):
    record = child(care_worker_details=workers(*ALLOCATED[3:]))
    record["coverage"] = {"from": {"care_worker_details": "2011-08-01"}}
    assert (
        drawn(record, CHANGES)
        == """\
Social care episode from 11 January 2010
/social_care_episodes/0

11 Jan 2010  +   social care episode begins
23 Apr 2011  -   the review period begins
24 Apr 2011  -   the 12 months to the audit date begin
23 Apr 2012  ?   0 counted for certain, of 2 at most; whether there were more is
             |   not known
             +   audit date

What is not known, and what would have to be in the record to tell:
- No allocated workers before 1 August 2011 are held. Wanted: earlier allocated
  workers.
  /coverage/from/care_worker_details
- Earlier allocated workers may not be held, or have no known date or role, so
  their order is not known. Wanted: all allocated workers, with their dates and
  roles.
  /social_care_episodes/0/care_worker_details
"""
    )


def test_a_case_that_closed_long_ago(drawn):
    record = child(care_worker_details=workers(*ALLOCATED[:1]))
    record["social_care_episodes"][0]["closure_date"] = "2011-01-10"
    assert (
        drawn(record, CHANGES)
        == """\
Social care episode from 11 January 2010 to 10 January 2011
/social_care_episodes/0
It ended before the 12 months that are counted, which begin on 24 April 2011.
"""
    )
