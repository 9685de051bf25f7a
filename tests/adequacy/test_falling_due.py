"""What is overdue, and what falls due by a day."""

import pytest

from casecheck.adequacy.falling_due import items, soonest_first

AS_AT, BY = "2012-04-23", "2012-05-07"
EPISODE = "/social_care_episodes/0"


def worker(name, episode=EPISODE, team="East"):
    return {"episode": episode, "worker": name, "role": "social_worker", "team": team}


def obligation(outcome, due, days_late=None, counted=True, pointer=f"{EPISODE}/supervisions/0"):
    return {
        **{"pointer": pointer, "evidence": None, "starts": "2012-01-01", "due": due, "done": None},
        **{"limit": "every 1 month", "outcome": outcome, "days_late": days_late, "counted": counted},
    }


def found(*obligations, allocated=None):
    allocated = [worker("w1")] if allocated is None else allocated
    case = {"case_id": "A", "findings": [{"rule": "supervision", "obligations": list(obligations)}]}
    return list(items(case, allocated, AS_AT, BY))


@pytest.mark.parametrize(
    ("due", "listed"),
    [("2012-04-23", True), ("2012-05-07", True), ("2012-05-08", False)],
    ids=["on the audit date", "on the last day", "on the day after"],
)
def test_what_falls_due_by_the_last_day_is_listed(due, listed):
    assert bool(found(obligation("not_due", due))) is listed


def test_what_is_overdue_says_by_how_many_days():
    (item,) = found(obligation("missed", "2012-04-13", 10))
    assert (item["due"], item["days_overdue"]) == ("2012-04-13", 10)


@pytest.mark.parametrize(
    "settled",
    [
        obligation("missed", "2012-04-13", 3),
        obligation("missed", "2012-04-13", 0),
        obligation("missed", AS_AT, 0),
        obligation("late", "2012-04-13", 2),
        obligation("met", "2012-04-30"),
        obligation("unknown", "2012-04-13"),
        obligation("missed", "2012-04-13", 10, counted=False),
    ],
    ids=["its period ended", "wrong on its day", "wrong today", "done late", "done early", "not known", "not counted"],
)
def test_what_can_no_longer_be_done_or_is_done_is_not_listed(settled):
    assert found(settled) == []


def test_an_item_falls_to_those_allocated_in_its_own_episode():
    both = [worker("w1"), worker("w2", team="West"), worker("w3", "/social_care_episodes/1")]
    (item,) = found(obligation("not_due", AS_AT), allocated=both)
    assert [each["worker"] for each in item["workers"]] == ["w1", "w2"]


def test_the_tenth_episode_is_not_the_first():
    tenth = [worker("w1", "/social_care_episodes/1"), worker("w10", "/social_care_episodes/10")]
    pointer = "/social_care_episodes/10/supervisions/0"
    (item,) = found(obligation("not_due", AS_AT, pointer=pointer), allocated=tenth)
    assert [each["worker"] for each in item["workers"]] == ["w10"]


def test_where_nobody_is_allocated_there_it_falls_to_any_of_the_childs():
    (item,) = found(obligation("not_due", AS_AT), allocated=[worker("w3", "/social_care_episodes/1")])
    assert [each["worker"] for each in item["workers"]] == ["w3"]
    assert found(obligation("not_due", AS_AT), allocated=[])[0]["workers"] == []


def test_two_of_one_day_have_names_of_their_own_and_each_keeps_it():
    one, other = obligation("not_due", AS_AT), obligation("not_due", AS_AT, pointer=f"{EPISODE}/supervisions/1")
    first, second = found(one, other)
    assert first["item"] != second["item"]
    assert found(one)[0]["item"] == first["item"]


def test_the_soonest_comes_first():
    listed = found(obligation("not_due", "2012-05-01"), obligation("missed", "2012-04-01", 22))
    assert [each["due"] for each in soonest_first(listed)] == ["2012-04-01", "2012-05-01"]


def test_a_worker_with_two_rows_is_told_once():
    (item,) = found(obligation("not_due", AS_AT), allocated=[worker("w1"), worker("w1"), worker("w1", team="West")])
    assert [(each["worker"], each["team"]) for each in item["workers"]] == [("w1", "East"), ("w1", "West")]
