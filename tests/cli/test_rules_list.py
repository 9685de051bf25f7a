"""`casecheck rules list`: the rules of a pack, by area."""

from itertools import pairwise

import pytest

from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs


def ids(output):
    return [line.split()[0] for line in output.splitlines() if line.startswith("  ") and line[2] != " "]


@pytest.mark.parametrize("pack", sorted(shipped_packs()))
def test_every_rule_of_a_pack_is_listed_once_and_no_other(casecheck, pack):
    result = casecheck("rules", "list", "--pack", pack)
    assert result.exit_code == 0
    known = {rule.id for rule in load_pack(pack).rules}
    assert sorted(ids(result.stdout)) == sorted(known)
    assert f": {len(known)} rules\n" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_areas_stand_in_the_packs_order_and_rules_by_their_ids(casecheck):
    output = casecheck("rules", "list").stdout
    areas = [area.id for area in load_pack("southampton-2012").areas]
    shown = [line for line in output.splitlines() if line in areas]
    assert shown == [area for area in areas if area in shown]
    for area, following in pairwise(shown):
        inside = ids(output[output.index(f"\n{area}\n") : output.index(f"\n{following}\n")])
        assert inside == sorted(inside)


def of_the_pack(holds):
    """The ids of the rules of the pack of which it holds."""
    return {rule.id for rule in load_pack("southampton-2012").rules if holds(rule)}


def test_of_an_area_and_of_all_areas_under_it(casecheck):
    one = casecheck("rules", "list", "--area", "looked-after/staying-safe").stdout
    assert set(ids(one)) == of_the_pack(lambda rule: rule.area == "looked-after/staying-safe")
    assert f": {len(ids(one))} rules of {len(of_the_pack(bool))}\n" in one
    under = ids(casecheck("rules", "list", "--area", "looked-after").stdout)
    assert set(under) == of_the_pack(lambda rule: rule.area.startswith("looked-after/"))


def test_of_a_severity(casecheck):
    found = ids(casecheck("rules", "list", "--severity", "critical").stdout)
    assert set(found) == of_the_pack(lambda rule: rule.severity == "critical")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CORE-group-IN", "first-core-group-in-time"),
        ("core groups regularly", "core-groups-held"),
        ("regulation 42(1)", "pathway-assessment-in-time"),
        ("connected every 4 weeks", "looked-after-visits-connected-person"),
    ],
)
def test_with_words_that_occur_in_id_title_timescale_or_source(casecheck, text, found):
    listed = ids(casecheck("rules", "list", text).stdout)
    assert found in listed
    assert "supervision-held" not in listed


def test_where_nothing_is_found_that_is_said(casecheck):
    result = casecheck("rules", "list", "unicorns")
    assert result.exit_code == 0
    assert ids(result.stdout) == []
    assert ": 0 rules of " in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--area", "staying-safe"], "did you mean `looked-after/staying-safe`?"),
        (["--area", "looked-afte"], "did you mean `looked-after`?"),
        (["--area", "zzz"], "its areas are safeguarding/safe-and-feel-safe, "),
        (["--pack", "southampton-2021"], "did you mean `southampton-2012`?"),
        (["--severity", "grave"], "'grave' is not one of 'critical', 'major', 'minor'"),
    ],
)
def test_what_is_not_there_ends_with_2_and_says_what_is(casecheck, arguments, message):
    result = casecheck("rules", "list", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
