"""One child's records of several sources become one."""

import pytest
from hypothesis import given

from casecheck.errors import InputProblem
from casecheck.records.joining.merging import merged
from casecheck.records.joining.spool import Spool
from casecheck.records.validation import is_valid
from tests.strategies import cases

CENSUS = {
    "la_child_id": "1",
    "child_details": {"date_of_birth": "2008-04-01", "sex": "F"},
    "social_care_episodes": [
        {"referral_date": "2012-01-10", "closure_date": "2012-06-01", "child_protection_visits": []},
        {
            "referral_date": "2013-02-01",
            "child_protection_plans": [{"start_date": "2013-03-01"}],
            "child_protection_visits": [{"visit_date": "2013-05-05"}],
        },
    ],
    "coverage": {
        "to": "2014-03-31",
        "latest_only": ["child_protection_visits"],
        "not_held": ["child_in_need_plans", "child_looked_after_placements"],
    },
}


def table(name="1", covers=None, **sections):
    """What a table that tells of no episode makes of a child."""
    return {"la_child_id": name, "social_care_episodes": [sections], "coverage": covers or {}}


def join(*records):
    return merged(list(enumerate(records)))


def episodes(*records):
    return join(*records).record["social_care_episodes"]


def test_one_source_stays_as_it_is():
    assert join(CENSUS).record == CENSUS


def test_rows_of_a_table_go_to_the_episode_in_force_on_their_day():
    days = ["2012-02-03", "2012-12-24", "2013-07-01", "2011-01-01"]
    one, two = episodes(CENSUS, table(supervisions=[{"supervision_date": day} for day in days]))
    assert [each["supervision_date"] for each in one["supervisions"]] == ["2012-02-03", "2012-12-24", "2011-01-01"]
    assert [each["supervision_date"] for each in two["supervisions"]] == ["2013-07-01"]


def test_the_order_of_the_sources_moves_no_row():
    rows = table(supervisions=[{"supervision_date": "2013-07-01"}])
    assert episodes(CENSUS, rows) == episodes(rows, CENSUS)


def test_a_table_without_rows_of_the_child_leaves_its_section_empty_in_every_episode():
    assert [each["supervisions"] for each in episodes(CENSUS, table(supervisions=[]))] == [[], []]


def test_the_source_that_holds_a_section_whole_gives_it_whichever_is_named_first():
    rows = table(child_protection_visits=[{"visit_date": "2013-04-04"}, {"visit_date": "2013-05-05"}])
    for records in ((CENSUS, rows), (rows, CENSUS)):
        found = join(*records)
        one, two = found.record["social_care_episodes"]
        assert one["child_protection_visits"] == []
        assert [each["visit_date"] for each in two["child_protection_visits"]] == ["2013-04-04", "2013-05-05"]
        assert "latest_only" not in found.record["coverage"]
        assert not found.left


def test_of_sources_alike_the_first_named_gives_the_section_and_what_is_left_is_counted():
    one = table(supervisions=[{"supervision_date": "2013-04-04"}])
    two = table(supervisions=[{"supervision_date": "2013-04-04"}, {"supervision_date": "2013-05-05"}])
    found = join(one, two)
    assert found.record["social_care_episodes"] == one["social_care_episodes"]
    assert found.left == {(1, ("social_care_episodes", "supervisions")): 1}


def test_what_a_source_covers_from_a_day_is_told_where_it_is_taken():
    one = table(covers={"from": {"supervisions": "2013-04-01"}, "to": "2015-01-01"}, supervisions=[])
    assert join(CENSUS, one).record["coverage"] == {
        "from": {"supervisions": "2013-04-01"},
        "to": "2014-03-31",
        "latest_only": ["child_protection_visits"],
        "not_held": ["child_in_need_plans", "child_looked_after_placements"],
    }


def test_not_held_is_only_what_no_source_holds():
    placements = {"child_looked_after_placements": [{"start_date": "2013-04-02", "start_reason": "S"}]}
    covers = {"not_held": ["child_in_need_plans", "child_protection_plans", "section_47_assessments"]}
    found = join(CENSUS, table(covers=covers, **placements)).record
    assert found["coverage"]["not_held"] == ["child_in_need_plans"]
    assert [len(each.get("child_looked_after_placements")) for each in found["social_care_episodes"]] == [0, 1]


def test_of_a_field_that_two_give_differently_the_first_is_taken_and_its_place_told():
    other = {"la_child_id": "1", "child_details": {"sex": "M", "ethnicity": "WBRI", "date_of_birth": "0000-00-00"}}
    found = join(CENSUS, other)
    details = {"date_of_birth": "2008-04-01", "sex": "F", "ethnicity": "WBRI"}
    assert found.record["child_details"] == details
    assert found.differences == (("/child_details/sex", "child_details.sex", 0, 1),)
    assert join(other, CENSUS).record["child_details"] == {**details, "sex": "M"}


def test_what_one_source_does_not_know_another_tells():
    unknown = {"la_child_id": "1", "child_details": {"date_of_birth": "0000-00-00"}}
    found = join(unknown, CENSUS)
    assert found.record["child_details"]["date_of_birth"] == "2008-04-01"
    assert not found.differences


def test_own_fields_are_put_together():
    one, two = ({"la_child_id": "1", "local": {"team": "north", key: 1}} for key in "ab")
    assert join(one, two).record["local"] == {"team": "north", "a": 1, "b": 1}


def test_episodes_are_one_by_their_referral_date():
    other = {
        "la_child_id": "1",
        "social_care_episodes": [{"referral_date": "2012-01-10", "referral_source": "5B", "supervisions": []}],
    }
    one, two = episodes(CENSUS, other)
    assert one["referral_source"] == "5B"
    assert one["supervisions"] == []
    assert "supervisions" not in two


def test_episodes_are_one_by_their_id_or_as_the_only_open_ones():
    one = {"la_child_id": "1", "social_care_episodes": [{"social_care_episode_id": "e", "referral_date": "2012-01-10"}]}
    by_id = {
        "la_child_id": "1",
        "social_care_episodes": [{"social_care_episode_id": "e", "referral_date": "2012-01-12"}],
    }
    by_being_open = {"la_child_id": "1", "social_care_episodes": [{"referral_date": "2012-01-12"}]}
    for other in (by_id, by_being_open):
        found = join(one, other)
        assert found.record["social_care_episodes"] == one["social_care_episodes"]
        assert [each.pointer for each in found.differences] == ["/social_care_episodes/0/referral_date"]


def test_an_episode_that_one_source_alone_tells_of_is_kept_with_all_it_holds():
    early = {
        "referral_date": "2009-01-10",
        "closure_date": "2009-06-01",
        "child_protection_plans": [{"start_date": "2009-03-01", "end_date": "2009-05-01", "core_groups": []}],
    }
    found = join(CENSUS, {"la_child_id": "1", "social_care_episodes": [early]})
    assert found.record["social_care_episodes"][2] == early
    assert found.apart == {1: 1}
    assert not found.left


def test_what_lies_within_a_record_goes_with_the_same_one_of_the_other_source():
    plan = {"start_date": "2013-03-01", "core_groups": [{"meeting_date": "2013-03-09"}]}
    other = {"start_date": "2013-03-05", "core_groups": [{"meeting_date": "2013-04-09"}]}
    found = join(CENSUS, table(child_protection_plans=[plan, other]))
    (joined,) = found.record["social_care_episodes"][1]["child_protection_plans"]
    assert [each["meeting_date"] for each in joined["core_groups"]] == ["2013-03-09", "2013-04-09"]
    assert found.left == {(1, ("social_care_episodes", "child_protection_plans")): 1}


def test_what_lies_within_a_record_that_no_source_has_finds_one_made_for_it():
    one = table(child_protection_plans=[{"core_groups": [{"meeting_date": "2013-03-09"}]}])
    two = table(supervisions=[])
    (episode,) = episodes(two, one)
    assert episode == {
        "supervisions": [],
        "child_protection_plans": [{"core_groups": [{"meeting_date": "2013-03-09"}]}],
    }


def test_a_section_that_is_there_beats_one_left_out_that_would_mean_none():
    payload = {"la_child_id": "1", "social_care_episodes": [{"referral_date": "2012-01-10"}]}
    rows = table(child_in_need_plans=[{"start_date": "2012-03-01"}])
    (episode,) = episodes(payload, rows)
    assert episode["child_in_need_plans"] == [{"start_date": "2012-03-01"}]


def test_records_of_parts_and_without_days_go_to_the_latest():
    rows = table(supervisions=[{"supervision_date": None}])
    one, two = episodes(CENSUS, rows)
    assert one["supervisions"] == []
    assert two["supervisions"] == [{"supervision_date": None}]


@given(cases(), cases())
def test_any_two_records_make_a_valid_one(one, two):
    found = join(one, {**two, "la_child_id": one["la_child_id"]})
    assert is_valid(found.record)


@given(cases())
def test_a_record_joined_with_itself_differs_in_nothing(record):
    assert not join(record, record).differences


def test_records_stand_side_by_side_by_child_and_source():
    spool = Spool()
    assert spool.put("2", 0, b"a")
    assert spool.put("1", 1, b"b")
    assert spool.put("1", 0, b"c")
    assert not spool.put("1", 0, b"d")
    assert list(spool.by_child()) == [("1", [(0, b"c"), (1, b"b")]), ("2", [(0, b"a")])]
    spool.close()


def test_a_full_disk_is_told():
    spool = Spool()
    spool.close()
    with pytest.raises(InputProblem, match="is there room"):
        spool.put("1", 0, b"")
