"""Whether a source holds what a standard reads."""

import pytest

from casecheck.records.joining.holding import Holding
from casecheck.rules.deciding import decided
from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs
from tests.strategies import pack, rule

SUPERVISIONS = {"events": "supervisions", "limits": [{"every": "1 month"}]}
VISITS = rule("recurring", "social_care_episodes", {**SUPERVISIONS, "events": ["looked_after_visits", "supervisions"]})
SUPERVISION = rule("recurring", "social_care_episodes", SUPERVISIONS)
PLACED = rule("recorded", "placements", {"placement_provider": {"present": True}})


def says(one, *records):
    holding = Holding()
    for record in records:
        holding.look({"la_child_id": "1", **record})
    return decided(one, pack(one), holding)


def episode(**sections):
    return {"social_care_episodes": [{"referral_date": "2012-01-01", **sections}]}


def test_what_is_held_whole_can_be_decided():
    assert says(SUPERVISION, episode(supervisions=[])) == ("yes", (), ())


def test_what_lacks_the_section_that_discharges_it_cannot():
    assert says(SUPERVISION, episode()) == ("no", ("supervisions",), ())


def test_what_lacks_the_records_that_it_is_applied_to_cannot():
    bare = {"social_care_episodes": [{"supervisions": []}], "coverage": {"not_held": ["social_care_episodes"]}}
    assert says(SUPERVISION, bare).answer == "no"
    assert says(PLACED, {"coverage": {"not_held": ["child_looked_after_placements"]}, **episode()}).answer == "no"


def test_one_of_several_sections_is_enough_in_part():
    assert says(VISITS, episode(supervisions=[])) == ("in part", ("looked_after_visits",), ())


@pytest.mark.parametrize(
    ("coverage", "limit"),
    [
        ({"from": {"supervisions": "2012-01-01"}}, "supervisions from 1 January 2012"),
        ({"latest_only": ["supervisions"]}, "supervisions the newest record only"),
    ],
)
def test_limits_let_decide_in_part(coverage, limit):
    assert says(SUPERVISION, {**episode(supervisions=[]), "coverage": coverage}) == ("in part", (), (limit,))


def test_days_that_differ_and_children_without_the_section_are_told():
    since = [{"coverage": {"from": {"supervisions": day}}} for day in ("2012-01-01", "2011-01-01")]
    records = [{**episode(supervisions=[]), **each} for each in since]
    limits = says(SUPERVISION, *records, episode()).limits
    assert limits == (
        "supervisions from a day between 1 January 2011 and 1 January 2012",
        "supervisions of some children only",
    )


def test_what_is_always_left_out_is_told():
    plans = rule("recorded", "child_protection_plans", {"initial_category": {"present": True}})
    assert says(plans, episode()).limits == ("child_protection_plans always left out, which says that there is none",)


def test_what_is_worked_out_is_held_where_that_is_of_which_it_is():
    row = {"start_date": "2012-01-01", "start_reason": "S", "placement_type": "U4", "placement_provider": "PR1"}
    assert says(PLACED, episode(child_looked_after_placements=[row])).answer == "yes"
    assert says(PLACED, episode(child_looked_after_placements=[{**row, "start_date": "0000-00-00"}])).answer == "no"
    leaving = rule("recorded", "care_leavers", {"activity": {"present": True}})
    born = {"child_details": {"date_of_birth": "1995-01-01"}, "coverage": {"not_held": ["care_leavers"]}}
    assert says(leaving, {**born, **episode(child_looked_after_placements=[row])}) == (
        "no",
        ("care_leavers.activity",),
        (),
    )


def test_of_an_empty_section_the_columns_of_its_table_tell_which_fields_it_has():
    holding = Holding()
    holding.look({"la_child_id": "1", **episode(supervisions=[])})
    holding.reads(["social_care_episodes.supervisions.notes"])
    assert decided(SUPERVISION, pack(SUPERVISION), holding) == ("in part", ("supervisions.supervision_date",), ())


def test_records_without_the_day_on_which_they_began_cannot_be_judged():
    plans = rule("recorded", "child_protection_plans", {"initial_category": {"present": True}})
    plan = {"initial_category": "NEG"}
    assert says(plans, episode(child_protection_plans=[plan])) == ("no", ("child_protection_plans.start_date",), ())


def test_a_limit_needs_no_day_of_what_it_is_applied_to():
    one = rule("limit", "social_care_episodes", {"records": "supervisions", "at_most": 2, "in": "12 months"})
    bare = {"social_care_episodes": [{"supervisions": [{"supervision_date": "2012-01-01"}]}]}
    assert says(one, bare).answer == "in part"


@pytest.mark.parametrize("name", shipped_packs())
def test_every_rule_of_a_shipped_pack_is_decided_by_nothing_where_nothing_is_held(name):
    loaded = load_pack(name)
    assert {decided(each, loaded, Holding()).answer for each in loaded.rules} == {"no"}
