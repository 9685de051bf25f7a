"""`casecheck due`: what is overdue and what falls due, by team and worker."""

import csv
import json
from typing import Any

import pytest
from icalendar import Calendar


def child(name, *supervised, workers=(("w1", "East"),)):
    """A child whose case is supervised every month, and nothing else is held."""
    episode: dict[str, Any] = {"referral_date": "2012-01-10", "referral_no_further_action_flag": False}
    episode["supervisions"] = [{"supervision_date": day} for day in supervised]
    episode["care_worker_details"] = [
        {"worker_id": worker, "role": "social_worker", "team": team, "start_date": "2012-01-10"}
        for worker, team in workers
    ]
    return {"la_child_id": name, "social_care_episodes": [episode]}


@pytest.fixture
def file(tmp_path):
    """Supervision of A is overdue since 9 April, of B due on 5 May, of C on 8 May."""
    children = [
        child("A", "2012-02-09", "2012-03-09"),
        child("B", "2012-02-09", "2012-03-09", "2012-04-05", workers=(("w1", "East"), ("w2", "West"))),
        child("C", "2012-02-09", "2012-03-09", "2012-04-08", workers=()),
    ]
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in children), encoding="utf-8")
    return file


@pytest.fixture
def due(casecheck, file):
    def due(*options, form="json"):
        told = casecheck("due", file, "--as-at", "2012-04-23", "--format", form, *options)
        assert told.exit_code == 0, told.stderr
        return told.stdout

    return due


def supervisions(told):
    """Case, due day and days overdue of each supervision in the list."""
    listed = [item for item in json.loads(told)["items"] if item["rule"] == "supervision-held"]
    return [(item["case_id"], item["due"], item["days_overdue"]) for item in listed]


def test_what_is_overdue_comes_first_then_what_falls_due_within_14_days(due):
    assert supervisions(due()) == [("A", "2012-04-09", 14), ("B", "2012-05-05", 0)]


@pytest.mark.parametrize(
    ("within", "cases"),
    [
        ("11d", ["A"]),
        ("12d", ["A", "B"]),
        ("15d", ["A", "B", "C"]),
        ("2w", ["A", "B"]),
        ("1m", ["A", "B", "C"]),
        ("9 working days", ["A", "B"]),
        ("0d", ["A"]),
    ],
)
def test_how_far_it_looks_ahead(due, within, cases):
    # 9 working days from 23 April 2012 end on 4 May, a Friday; the fifth is a Saturday.
    expected = [each for each in cases if within != "9 working days" or each == "A"]
    assert [case for case, *_ in supervisions(due("--within", within))] == expected


def test_what_falls_to_workers_of_two_teams_stands_in_the_list_of_each(due):
    text = due(form="text")
    east, west = text[text.index("\nEAST\n") : text.index("\nWEST\n")], text[text.index("\nWEST\n") :]
    for part in (east, west):
        assert any(line.startswith("Supervision (every 1 month") and " B " in line for line in part.splitlines())
    assert "Worker w1: " in east
    assert "Worker w2: " in west


def test_a_child_without_a_worker_has_a_list_too(due):
    text = due("--within", "1m", form="text")
    nobodys = text[text.index("\nNO TEAM RECORDED\n") :]
    assert "No allocated worker: " in nobodys
    assert "8 May 2012" in nobodys


def test_csv_has_a_line_for_each_obligation_and_worker(due):
    rows = [row for row in csv.DictReader(due(form="csv").splitlines()) if row["rule"] == "supervision-held"]
    assert [(row["case_id"], row["worker"], row["team"]) for row in rows] == [
        ("A", "w1", "East"),
        ("B", "w1", "East"),
        ("B", "w2", "West"),
    ]
    assert rows[1]["item"] == rows[2]["item"] != rows[0]["item"]
    assert (rows[0]["due"], rows[0]["days_overdue"], rows[0]["what"]) == ("2012-04-09", "14", "supervision")


def test_a_calendar_has_an_event_for_each_obligation(due):
    calendar: Any = Calendar.from_ical(due(form="ics"))
    assert not calendar.errors
    events = [each for each in calendar.walk("VEVENT") if "supervision" in each["summary"]]
    assert [str(each["summary"]) for each in events] == [
        "Overdue since 9 Apr 2012: supervision, case A",
        "supervision, case B",
    ]
    days = [(each["dtstart"].dt.isoformat(), each["dtend"].dt.isoformat()) for each in events]
    assert days == [("2012-04-23", "2012-04-24"), ("2012-05-05", "2012-05-06")]
    assert sorted(map(str, events[1]["categories"].cats)) == ["East", "West", "major"]
    every = calendar.walk("VEVENT")
    assert len({str(each["uid"]) for each in every}) == len(every) == len(json.loads(due())["items"])


def test_the_same_records_give_the_same_calendar(due):
    assert due(form="ics") == due("--jobs", "1", form="ics")


def test_a_teams_or_a_workers_own_list(due):
    assert [case for case, *_ in supervisions(due("--team", "West"))] == ["B"]
    assert [case for case, *_ in supervisions(due("--worker", "w1"))] == ["A", "B"]
    assert supervisions(due("--team", "West", "--worker", "w1")) == []
    (item,) = [each for each in json.loads(due("--team", "West"))["items"] if each["rule"] == "supervision-held"]
    assert [each["team"] for each in item["workers"]] == ["West"]


def test_no_item_is_lost_between_the_lists(due):
    told = json.loads(due("--within", "1m"))["items"]
    listed = {row["item"] for row in csv.DictReader(due("--within", "1m", form="csv").splitlines())}
    assert listed == {item["item"] for item in told}


def test_nothing_due_is_said(due):
    assert "Nothing is overdue on 23 April 2012, and nothing falls due by 7 May 2012." in " ".join(
        due("--team", "North", form="text").split()
    )


def test_a_time_that_is_none_ends_with_2(casecheck, file):
    told = casecheck("due", file, "--within", "soon")
    assert told.exit_code == 2
    assert "--within soon" in told.stderr
    assert "14d" in told.stderr


def test_the_audit_itself_says_nothing_of_allocations(casecheck, file):
    result = json.loads(casecheck("audit", file, "--as-at", "2012-04-23", "--format", "json").stdout)
    assert all("allocated" not in case for case in result["cases"])
    assert "due" not in result
