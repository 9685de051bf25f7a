"""Groups beside the whole: which are too small to compare, and which differ by more than chance."""

from collections import Counter

import pytest

from casecheck import audit, load_pack
from casecheck.summary import SMALLEST_GROUP, summarise

PACK = load_pack("southampton-2012")


def child(name, team, *, supervised):
    """A child whose case passes or fails the standard on supervision."""
    days = ["2012-02-10", "2012-03-09", "2012-04-05"] if supervised else []
    episode = {
        "referral_date": "2012-01-10",
        "referral_no_further_action_flag": False,
        "supervisions": [{"supervision_date": day} for day in days],
        "care_worker_details": [{"team": team, "worker_id": "w", "role": "social_worker", "start_date": "2012-01-10"}],
    }
    return {"la_child_id": name, "social_care_episodes": [episode]}


def groups(*teams):
    """The groups by team; a team is its name, and how many of its cases are supervised, and how many not."""
    cases = [
        child(f"{team}-{number}", team, supervised=number < good)
        for team, good, bad in teams
        for number in range(good + bad)
    ]
    result = audit(cases, PACK, as_at="2012-04-23", by=["team"])
    return {group["value"]: group for group in result["summary"]["groups"]}


def supervision(group):
    return next(rule for rule in group["rules"] if rule["rule"] == "supervision-held")


def test_a_standard_of_a_group_is_that_of_its_own_cases():
    found = groups(("East", 3, 1), ("West", 0, 2))
    assert supervision(found["East"])["cases"] == {"pass": 3, "fail": 1, "not_due": 0, "unknown": 0}
    assert supervision(found["West"])["obligation_ratio"]["ratio"] == 0


@pytest.mark.parametrize(("short", "small"), [(0, False), (1, True)])
def test_of_fewer_than_ten_determined_cases_a_group_is_too_small(short, small):
    counts = {"adequate": SMALLEST_GROUP - short, "inadequate": 0, "undetermined": 50}
    tally = {("group", "team", "East", name): number for name, number in counts.items()}
    (group,) = summarise(PACK, Counter(tally), 60, 0, ["team"])["groups"]
    assert group["too_small"] is small
    assert group["more_than_chance"] is False


def test_a_large_group_that_differs_from_all_others_is_marked_and_one_like_them_is_not():
    counts = {("East", "adequate"): 5, ("East", "inadequate"): 45, ("West", "adequate"): 40, ("West", "inadequate"): 10}
    tally: dict[tuple[str, ...], int] = {("group", "team", *key): number for key, number in counts.items()}
    tally |= {("case", "adequate"): 45, ("case", "inadequate"): 55}
    found = {each["value"]: each for each in summarise(PACK, Counter(tally), 100, 0, ["team"])["groups"]}
    assert found["East"]["more_than_chance"] is True
    assert found["West"]["more_than_chance"] is True
    alike = {**tally, ("group", "team", "East", "adequate"): 38, ("group", "team", "East", "inadequate"): 12}
    alike |= {("case", "adequate"): 78, ("case", "inadequate"): 22}
    same = summarise(PACK, Counter(alike), 100, 0, ["team"])["groups"]
    assert [each["more_than_chance"] for each in same] == [False, False]
