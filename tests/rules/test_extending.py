"""A council's own standards laid over another pack."""

import json

import pytest

from casecheck.calendar import DAYS
from casecheck.errors import PackProblem
from casecheck.rules.extending import merge
from casecheck.rules.loading import load_pack
from casecheck.written.places import Place, Places
from tests.rules.conftest import CORE_GROUPS, HEAD, VISITS

WHERE = {**{key: each for key, each in VISITS.items() if key != "while"}, "where": {"placed_with": "parent"}}
NOWHERE = Places(Place("a.yaml", 1), {})


@pytest.fixture
def overlay(make_pack):
    """Lays an overlay with these keys and rules over the small pack, and loads it."""
    make_pack(VISITS, CORE_GROUPS, name="base")

    def lay(*rules, **head):
        return load_pack(make_pack(*rules, name="ours", head={"extends": "../base", **head}))

    return lay


def rule(pack, rule_id="visits"):
    (found,) = [each for each in pack.rules if each.id == rule_id]
    return found


def complaint(lay, *rules, **head) -> str:
    with pytest.raises(PackProblem) as caught:
        lay(*rules, **head)
    (message,) = caught.value.messages
    return message


def test_what_is_not_said_is_taken_over(overlay):
    pack = overlay()
    assert pack.id == "ours"
    assert pack.title == f"{HEAD['title']}, with local changes"
    assert pack.version == "1"
    assert [each.id for each in pack.rules] == ["visits", "minutes-sent"]
    assert pack.terms == HEAD["terms"]
    assert rule(pack).file == "demo/rules.yaml"


def test_what_is_said_replaces_what_the_other_says(overlay):
    pack = overlay(id="mine", title="Mine", version="2", review_period="2 years")
    assert (pack.id, pack.title, pack.version, pack.review_period_months) == ("mine", "Mine", "2", 24)


def test_an_override_changes_the_keys_that_it_names_and_no_others(overlay):
    visits = rule(overlay(override={"visits": {"severity": "minor", "recurring": {"limits": [{"every": "4 weeks"}]}}}))
    assert visits.severity == "minor"
    assert visits.check == {"events": "looked_after_visits", "limits": [{"every": "4 weeks"}]}
    assert visits.title == VISITS["title"]


def test_null_takes_a_key_away(overlay):
    change = {"recurring": None, "while": None, "held": {"records": "care_plans"}}
    visits = rule(overlay(override={"visits": change}))
    assert (visits.kind, visits.while_) == ("held", {})


def test_null_within_a_condition_is_a_value():
    merged, _ = merge(WHERE, NOWHERE, {"where": {"end_reason": None}}, NOWHERE)
    assert merged["where"] == {"placed_with": "parent", "end_reason": None}


def test_rules_left_out_are_not_there(overlay):
    assert [each.id for each in overlay(disable=["visits"]).rules] == ["minutes-sent"]


def test_a_rule_left_out_can_be_written_anew(overlay):
    pack = overlay({**VISITS, "severity": "minor"}, disable=["visits"])
    assert [each.id for each in pack.rules] == ["minutes-sent", "visits"]
    assert (rule(pack).severity, rule(pack).file) == ("minor", "rules.yaml")


def test_rules_terms_and_areas_can_be_added(overlay):
    pack = overlay(
        {**VISITS, "id": "more", "area": "elsewhere", "while": {"is": "with foster carers"}},
        areas=[{"id": "elsewhere", "title": "Elsewhere"}, {"id": "looked-after/staying-safe", "title": "Safe"}],
        terms={"with foster carers": {"placed_with": "foster_care"}},
    )
    assert [each.id for each in pack.rules] == ["visits", "minutes-sent", "more"]
    told = [(area.id, area.title) for area in pack.areas]
    assert told == [("looked-after/staying-safe", "Safe"), ("elsewhere", "Elsewhere")]
    assert set(pack.terms) == {"with a parent", "with foster carers"}


def test_what_makes_a_case_adequate_merges_and_null_lifts_a_bound(overlay):
    pack = overlay(adequate={"fail": {"major": 2}, "unknown": {"critical": None}})
    assert pack.adequate.fail == {"critical": 0, "major": 2}
    assert pack.adequate.unknown == {}


def test_an_override_holds_for_every_rule_of_the_id(make_pack):
    days = [{"to": "2011-04-01"}, {"from": "2011-04-01"}]
    make_pack(*({**VISITS, "in_force": each} for each in days), name="base")
    pack = load_pack(make_pack(name="ours", head={"extends": "../base", "override": {"visits": {"severity": "minor"}}}))
    assert [(each.severity, each.in_force) for each in pack.rules] == [
        ("minor", (None, DAYS["2011-04-01"])),
        ("minor", (DAYS["2011-04-01"], None)),
    ]


def test_packs_can_be_laid_over_one_another_more_than_once(make_pack):
    make_pack(VISITS, name="base")
    make_pack(CORE_GROUPS, name="middle", head={"extends": "../base", "id": "middle"})
    head = {"extends": "../middle", "override": {"visits": {"severity": "minor"}}, "disable": ["minutes-sent"]}
    pack = load_pack(make_pack(name="top", head=head))
    assert [(each.id, each.severity, each.file) for each in pack.rules] == [("visits", "minor", "demo/rules.yaml")]


def test_a_shipped_pack_can_be_extended_by_its_id(make_pack):
    pack = load_pack(make_pack(name="ours", head={"extends": "southampton-2012", "disable": ["supervision-held"]}))
    assert "supervision-held" not in {each.id for each in pack.rules}
    assert len(pack.rules) == len(load_pack("southampton-2012").rules) - 1


def test_the_digest_covers_the_pack_that_is_extended(make_pack):
    base = make_pack(VISITS, name="base")
    ours = make_pack(name="ours", head={"extends": "../base"})
    before = load_pack(ours).digest
    (base / "rules.yaml").write_text((base / "rules.yaml").read_text().replace("6 weeks", "5 weeks"))
    assert load_pack(ours).digest != before


# --- what does not fit ---------------------------------------------------------------------------------------


def test_an_override_or_disable_of_no_rule_is_told(overlay):
    message = complaint(overlay, override={"visit": {"severity": "minor"}})
    assert (
        "/ours/pack.yaml:2: rule visit: `override` names a rule that ../base does not have; did you mean `visits`?"
        in (message)
    )


def test_a_disable_of_no_rule_is_told(overlay):
    assert "`disable` names a rule that ../base does not have" in complaint(overlay, disable=["nothing-like-it"])


def test_a_rule_both_changed_and_left_out_is_told(overlay):
    message = complaint(overlay, override={"visits": {"severity": "minor"}}, disable=["visits"])
    assert "changed under `override` and left out; keep one" in message


def test_what_an_override_makes_wrong_is_told_where_the_override_stands(overlay):
    message = complaint(overlay, override={"visits": {"recurring": {"limts": [], "limits": [{"every": "1 week"}]}}})
    assert "/ours/pack.yaml:2: rule visits: unknown key `limts`" in message


def test_an_override_to_a_second_kind_is_told(overlay):
    message = complaint(overlay, override={"visits": {"held": {"records": "care_plans"}}})
    assert "`recurring` and `held` exclude one another; keep one" in message


def test_an_override_cannot_change_an_id(overlay):
    assert "`id` cannot be changed" in complaint(overlay, override={"visits": {"id": "other"}})


def test_a_rule_added_with_an_id_that_is_there_is_told(overlay):
    message = complaint(overlay, VISITS)
    assert "/ours/rules.yaml:1: rule visits: a rule of this id stands at" in message


def test_a_term_changed_so_that_a_rule_makes_no_sense_is_told_in_the_overlay(overlay):
    message = complaint(overlay, terms={"with a parent": {"placed_with": "parents"}})
    assert "/ours/pack.yaml:2: term `with a parent`, used on placements: `placed_with` cannot be `parents`" in message


def test_paragraphs_are_those_of_the_report_that_the_basis_was_written_for(overlay):
    source = {"title": "Another report", "paragraphs": 50}
    assert overlay(source=source)


def test_paragraphs_of_an_override_are_those_of_its_own_report(overlay):
    source = {"title": "Another report", "paragraphs": 50}
    message = complaint(overlay, source=source, override={"visits": {"basis": [{"report": [51]}]}})
    assert "the report has no paragraph 51; its last is 50" in message


@pytest.mark.parametrize(
    ("base", "says"),
    [
        ("../nowhere", "there is no such rule pack"),
        ("southamton-2012", "did you mean `southampton-2012`?"),
        ("..", "holds no pack.yaml"),
        (".", "leads back to a pack that extends it"),
    ],
)
def test_a_pack_to_extend_that_cannot_be_is_told(make_pack, base, says):
    with pytest.raises(PackProblem) as caught:
        load_pack(make_pack(name="ours", head={"title": "Ours", "extends": base}))
    (message,) = caught.value.messages
    assert "/ours/pack.yaml:2: `extends`: " in message
    assert says in message


def test_packs_that_extend_one_another_are_told(make_pack):
    one = make_pack(name="one", head={"extends": "../two"})
    make_pack(name="two", head={"extends": "../one"})
    with pytest.raises(PackProblem, match="leads back to a pack that extends it"):
        load_pack(one)


def test_what_is_wrong_with_the_pack_that_is_extended_is_told_in_its_own_file(make_pack):
    make_pack({**VISITS, "severity": "high"}, name="base")
    with pytest.raises(PackProblem) as caught:
        load_pack(make_pack(name="ours", head={"extends": "../base"}))
    (message,) = caught.value.messages
    assert "/base/rules.yaml:1: rule visits: `severity` is `high`" in message
    assert "ours/.." not in message


def test_places_follow_what_was_merged():
    base = Places(Place("base.yaml", 1), {"a": Places(Place("base.yaml", 2), {"b": Places(Place("base.yaml", 3), {})})})
    change = Places(
        Place("ours.yaml", 1), {"a": Places(Place("ours.yaml", 5), {"c": Places(Place("ours.yaml", 6), {})})}
    )
    merged, places = merge({"a": {"b": 1}}, base, {"a": {"c": 2}}, change)
    assert json.dumps(merged) == '{"a": {"b": 1, "c": 2}}'
    assert (places.at("a", "b"), places.at("a", "c")) == (Place("base.yaml", 3), Place("ours.yaml", 6))


def test_a_rule_of_ones_own_cites_the_paragraphs_of_the_report_that_the_base_is_drawn_from(overlay):
    own = {**WHERE, "id": "ours", "basis": [{"report": [171]}]}
    assert "rule ours: the report has no paragraph 171; its last is 170" in complaint(overlay, own)
