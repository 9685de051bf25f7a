"""Who is allocated to a child on the audit date."""

import pytest

from casecheck.allocations import PATHS, allocations
from casecheck.calendar import DAYS
from casecheck.records.derived import case_as_at


def allocated(*episodes, as_at="2012-04-23"):
    told = [{"referral_date": "2011-01-10", "care_worker_details": list(workers)} for workers in episodes]
    record = {"la_child_id": "A", "social_care_episodes": told}
    return allocations(case_as_at(record, DAYS[as_at], PATHS))


def worker(name="w1", start="2012-01-01", **more):
    return {"worker_id": name, "start_date": start, "role": "social_worker", "team": "East", **more}


def names(found):
    return [each["worker"] for each in found]


def test_a_worker_is_told_with_role_team_and_episode():
    assert allocated([worker()]) == [
        {"episode": "/social_care_episodes/0", "worker": "w1", "role": "social_worker", "team": "East"}
    ]


@pytest.mark.parametrize(
    ("end", "there"), [(None, True), ("2012-04-23", True), ("2012-04-22", False)], ids=["open", "last day", "over"]
)
def test_a_worker_is_there_to_the_last_day(end, there):
    assert bool(allocated([worker(end_date=end)])) is there


def test_one_who_comes_after_the_audit_date_is_not_there_yet():
    assert allocated([worker(start="2012-04-24")]) == []
    assert names(allocated([worker(start="2012-04-23")])) == ["w1"]


def test_social_workers_and_personal_advisers_hold_the_case_before_others():
    others = [worker("chair", role="child_protection_chair"), worker("adviser", role="personal_adviser")]
    assert names(allocated([*others, worker("w1")])) == ["adviser", "w1"]
    assert names(allocated(others[:1])) == ["chair"]


def test_every_episode_has_its_own():
    found = allocated([worker("w1")], [], [worker("w2", team="West")])
    assert [(each["episode"], each["team"]) for each in found] == [
        ("/social_care_episodes/0", "East"),
        ("/social_care_episodes/2", "West"),
    ]


def test_what_is_not_recorded_is_none():
    (found,) = allocated([{"start_date": "2012-01-01"}])
    assert (found["worker"], found["role"], found["team"]) == (None, None, None)


def test_where_workers_are_not_held_nobody_is_told():
    record = {"la_child_id": "A", "social_care_episodes": [{"referral_date": "2011-01-10"}]}
    assert allocations(case_as_at(record, DAYS["2012-04-23"], PATHS)) == []
