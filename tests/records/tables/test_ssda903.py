"""The return of children looked after, as CSV files and as XML: what becomes of it in the record."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from casecheck.cli.main import cli
from tests.records.tables.making import ROWS, as_xml, read, records, write_return

REAL = Path(__file__).parents[4] / "shared" / "data" / "ssda903"


def test_the_files_of_a_return_are_one_source_and_each_child_one_record(tmp_path):
    source, found, unreadable = read(write_return(tmp_path / "return-2018"))
    assert (source.name, source.format, source.reference_date) == ("return-2018", "ssda903", "2018-03-31")
    assert (list(found), unreadable) == (["100", "200", "300"], [])
    assert source.notes == ("taken to cover the year to 31 March 2018, by the dates that it holds",)


def test_what_the_tables_say_of_a_child_stands_in_one_record(tmp_path):
    child = records(write_return(tmp_path))["100"]
    assert child["child_details"] == {
        "date_of_birth": "2008-03-27",
        "sex": "F",
        "ethnicity": "WROM",
        "uasc_flag": False,
    }
    (episode,) = child["social_care_episodes"]
    assert [
        (row["start_date"], row["end_date"], row["start_reason"]) for row in episode["child_looked_after_placements"]
    ] == [
        ("2016-06-15", "2017-08-14", "S"),
        ("2017-08-14", "2017-10-02", "L"),
        ("2017-10-02", None, "P"),
    ]
    first = episode["child_looked_after_placements"][0]
    assert {name: first[name] for name in first if not name.endswith(("date", "start_reason"))} == {
        "legal_status": "C1",
        "primary_need_code": "N1",
        "placement_type": "U4",
        "placement_provider": "PR1",
        "end_reason": "X1",
        "change_reason": "CARPL",
        "placement_urn": "8969628",
    }
    assert episode["looked_after_reviews"] == [
        {"review_date": "2017-07-01", "review_participation": "PN1"},
        {"review_date": "2017-12-05", "review_participation": "PN4"},
    ]
    assert episode["missing_episodes"] == []


def test_xml_says_the_same_as_the_csv_files(tmp_path):
    (tmp_path / "return.xml").write_text(as_xml(), encoding="utf-8")
    source, found, _ = read(tmp_path / "return.xml")
    assert (source.name, source.format, source.reference_date) == ("return.xml", "ssda903", "2018-03-31")
    assert {child: record for child, (record, _) in found.items()} == records(write_return(tmp_path / "csv"))


def episode_of(record):
    (episode,) = record["social_care_episodes"]
    return episode


def test_a_decision_for_adoption_its_match_and_the_placement_are_one(tmp_path):
    found = records(write_return(tmp_path))
    assert episode_of(found["100"])["adoption"] == [
        {
            "initial_decision_date": "2017-07-10",
            "decision_reversed_date": None,
            "matched_date": "2017-09-01",
            "placed_date": "2017-10-02",
        }
    ]
    assert episode_of(found["200"])["adoption"] == []


def test_a_placement_after_the_decision_was_reversed_is_not_its_own(tmp_path):
    rows = {"placed_for_adoption": ["100,27/03/2008,10/07/2017,01/08/2017,RD1"], "ad1": None}
    (adoption,) = episode_of(records(write_return(tmp_path, **rows))["100"])["adoption"]
    assert adoption == {"initial_decision_date": "2017-07-10", "decision_reversed_date": "2017-08-01"}


@pytest.mark.parametrize(
    ("first", "decided", "placed"),
    [
        ("15/06/2016,S,C1,N1,U4", "10/07/2017", None),
        ("15/06/2016,S,C1,N1,U4", "14/06/2016", "0000-00-00"),
        ("15/06/2016,P,C1,N1,A5", "14/06/2016", "2016-06-15"),
        ("15/06/2016,L,C1,N1,A5", "14/06/2016", "0000-00-00"),
        ("15/05/2017,S,C1,N1,U4", "10/04/2017", None),
        ("15/05/2017,S,C1,N1,U4", "10/03/2017", "0000-00-00"),
    ],
)
def test_a_placement_for_adoption_that_may_have_been_before_what_is_held_is_not_known(tmp_path, first, decided, placed):
    rows = {"episodes": [f"100,{first},PR1,,,,,,", "200,01/03/2018,S,V2,N8,K2,PR4,,,,,,"], "ad1": None}
    rows["placed_for_adoption"] = [f"100,27/03/2008,{decided},,"]
    (adoption,) = episode_of(records(write_return(tmp_path, **rows))["100"])["adoption"]
    assert adoption.get("placed_date") == placed


def test_a_match_without_a_decision_stands_alone(tmp_path):
    found = records(write_return(tmp_path, placed_for_adoption=[]))
    assert episode_of(found["100"])["adoption"] == [{"matched_date": "2017-09-01"}]


def test_of_health_the_return_says_whether_not_when(tmp_path):
    found = records(write_return(tmp_path))
    assert episode_of(found["100"])["health_assessments"] == [{"health_check_type": "health assessment"}]
    assert episode_of(found["200"])["health_assessments"] == []
    assert "health_assessments" not in episode_of(found["300"])
    assert found["100"]["coverage"]["from"]["health_assessments"] == "2017-04-01"
    assert found["100"]["health_and_wellbeing"] == {"sdq_assessments": [{"score": 17}]}
    assert "sdq_assessments" in found["300"]["coverage"]["not_held"]


def test_unaccompanied_children_care_leavers_and_missing_episodes(tmp_path):
    found = records(write_return(tmp_path))
    assert found["200"]["child_details"]["uasc_flag"] is True
    assert found["200"]["child_details"]["uasc_end_date"] == "2018-09-09"
    assert episode_of(found["300"])["care_leavers"] == [{"activity": "F1", "accommodation": "K1"}]
    assert episode_of(found["200"])["missing_episodes"] == [
        {"start_date": "2018-02-05", "missing_episode_type": "M", "end_date": "2018-02-07"},
        {"start_date": "2018-03-30", "missing_episode_type": "A", "end_date": None},
    ]


def test_a_child_whose_first_episode_does_not_start_care_is_covered_from_that_day(tmp_path):
    found = records(write_return(tmp_path))
    since = {child: record["coverage"]["from"].get("child_looked_after_placements") for child, record in found.items()}
    assert since == {"100": "2016-06-15", "200": "2016-04-26", "300": None}


def test_what_ended_before_the_year_is_not_held_of_a_child_who_came_into_care_in_it(tmp_path):
    episodes = ["100,01/02/2018,S,C1,N1,U4,PR1,,,,,,"]
    record = records(write_return(tmp_path, episodes=episodes))["100"]
    assert record["coverage"]["from"]["child_looked_after_placements"] == "2017-04-01"


def test_reviews_are_held_from_the_earliest_year_of_which_there_are_any(tmp_path):
    rows = [f"100,27/03/2008,{day:02}/06/2017,PN1" for day in range(1, 29)] * 8
    rows = [f"{place},,{row.split(',', 2)[2]}" for place, row in enumerate(rows)]
    early = ["100,27/03/2008,01/06/2015,PN1"]
    once = records(write_return(tmp_path / "once", reviews=[*rows, *early]))["100"]
    twice = records(write_return(tmp_path / "twice", reviews=[*rows, *early, "100,27/03/2008,02/06/2015,PN1"]))["100"]
    assert once["coverage"]["from"]["looked_after_reviews"] == "2017-04-01"
    assert twice["coverage"]["from"]["looked_after_reviews"] == "2015-04-01"


def test_what_the_return_cannot_hold_is_not_held(tmp_path):
    for record in records(write_return(tmp_path)).values():
        assert {"child_protection_plans", "section_47_assessments", "care_worker_details"} <= set(
            record["coverage"]["not_held"]
        )


@pytest.mark.parametrize(
    ("rows", "date"),
    [
        ({"episodes": ["100,15/06/2016,S,C1,N1,U4,PR1,14/08/2017,E3,,,,"]}, "2018-03-31"),
        ({"episodes": ["100,15/06/2016,S,C1,N1,U4,PR1,01/04/2018,E3,,,,"]}, "2018-03-31"),
        ({"episodes": ["100,01/04/2018,S,C1,N1,U4,PR1,,,,,,"]}, "2019-03-31"),
        ({"episodes": ["100,soon,S,C1,N1,U4,PR1,,,,,,"]}, None),
        ({"episodes": None}, None),
    ],
)
def test_the_year_of_the_return_is_told_by_its_episodes(tmp_path, rows, date):
    source, found, _ = read(write_return(tmp_path, **rows))
    assert source.reference_date == date
    coverage = found["100"][0]["coverage"]
    assert coverage.get("to") == date
    assert (date is None) == ("health_assessments" not in coverage.get("from", {}))


@given(st.data())
@settings(max_examples=25)
def test_the_order_of_rows_makes_no_difference(tmp_path_factory, data):
    rows = {name: data.draw(st.permutations(own), label=name) for name, own in {**ROWS, **MORE}.items()}
    folder = tmp_path_factory.mktemp("return")
    assert records(write_return(folder / "mixed", **rows)) == records(write_return(folder / "plain", **MORE))


MORE = {
    "reviews": [*ROWS["reviews"], "200,09/09/2000,20/02/2018,PN1", "100,27/03/2008,,PN4", "100,27/03/2008,,PN5"],
    "episodes": [*ROWS["episodes"], "300,15/06/2016,S,C1,N1,U4,PR1,,,,,,", "300,15/06/2016,S,C1,N1,H5,PR1,,,,,,"],
    "header": [*ROWS["header"], "300,2,14/02/2013,ABAN,Y021751958510,,"],
}


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared data are not here")
def test_the_real_return_is_audited_on_the_command_line():
    called = CliRunner().invoke(cli, ["audit", str(REAL), "--since", "2010-04-01", "--format", "json", "--jobs", "1"])
    assert called.exit_code == 0, called.output
    result = json.loads(called.stdout)
    (source,) = result["sources"]
    assert (source["name"], source["format"], source["records"]) == ("ssda903", "ssda903", 1337)
    assert (result["as_at"], result["as_at_from"]) == ("2018-03-31", "source")
    assert result["summary"]["cases"]["audited"] == 1337
    (rule,) = [each for each in result["summary"]["rules"] if each["rule"] == "looked-after-review-in-time"]
    assert rule["obligations"] == {"met": 465, "late": 656, "missed": 570, "not_due": 267, "unknown": 393}
