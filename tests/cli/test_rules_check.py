"""`casecheck rules check`: everything that is wrong with a pack, at once."""

import shutil

import pytest

from casecheck.rules.packs import shipped_packs

WRONG_PACK = """\
extends: southampton-2012
id: ours
terms:
  with gran: {placed_wiht: parent}
override:
  core-groups-heldd: {recurring: {limits: [{every: 4 weeks}]}}
disable: [letters-home]
"""
WRONG_RULES = """\
- id: Visits In Time
  title: Visits
  area: looked-after/staying-save
  severity: grave
  basis: [{report: [200]}]
  each: placement
  recurring: {events: looked_after_visits, limits: [{every: 6 moons}]}
- id: core-groups-held
  title: Twice
  area: looked-after/staying-safe
  severity: major
  basis: [{law: The law, url: legislation.gov.uk}]
  each: child_protection_plans
  recurring: {events: core_groups, limits: [{every: 6 weeks}, {every: 4 weeks}]}
- id: three
  title: Three
  area: looked-after/staying-safe
  severity: major
  basis: [{local: ours}]
  each: child_and_family_assessments
  where: {assessment_type: intial, is: with grandma}
  deadline: {from: start_dat, within: 10 working days, done: authorisation_date}
- id: four
  title: Four
  area: looked-after/staying-safe
  severity: major
  basis: [{local: ours}]
  each: missing_episodes
  in_force: {from: 2013-04-15, to: 2012-04-15}
  while: {age: {at_most: 17}}
  deadline: {from: end_date, within: 72 hours}
- id: five
  title: Five
  area: looked-after/staying-safe
  severity: major
  basis: [{local: ours}]
  each: care_plans
  recorded: {specific_flag: "yes", child_details.first_name: {present: true}}
  limit: {records: care_plans, at_most: 2, in: 10 working days}
"""
MISTAKES = """\
pack.yaml:4: term `with gran`: placements has no field or section `placed_wiht`; did you mean `placed_with`?
pack.yaml:6: rule core-groups-heldd: `override` names a rule that southampton-2012 does not have; did you mean
pack.yaml:7: rule letters-home: `disable` names a rule that southampton-2012 does not have; write the id of one
rules.yaml:1: rule Visits In Time: `id` is `Visits In Time`; write small letters, digits and hyphens
rules.yaml:3: rule Visits In Time: there is no area `looked-after/staying-save`; did you mean
rules.yaml:4: rule Visits In Time: `severity` is `grave`; write critical, major or minor
rules.yaml:5: rule Visits In Time: the report has no paragraph 200; its last is 166
rules.yaml:6: rule Visits In Time: `each`: there is no section `placement`; did you mean `placements`?
rules.yaml:7: rule Visits In Time: `every` is `6 moons`; a duration is a whole number and a unit: 2 hours,
rules.yaml:8: rule core-groups-held: a rule of this id stands at southampton-2012/core-groups.yaml:
rules.yaml:12: rule core-groups-held: `url` is `legislation.gov.uk`; write an address that begins with https://
rules.yaml:14: rule core-groups-held: this limit can never apply, since one before it always does; put it before
rules.yaml:21: rule three: `assessment_type` cannot be `intial`: did you mean `initial`?
rules.yaml:21: rule three: there is no term `with grandma`; did you mean `with gran`?
rules.yaml:22: rule three: `from`: `start_dat` is not a field of child_and_family_assessments; did you mean
rules.yaml:29: rule four: `from` is not before `to` (the first day on which it is no longer law); write an earlier
rules.yaml:30: rule four: `while` cuts the days of a recurring or held check; for deadline write `where`
rules.yaml:31: rule four: `done` is missing; write a date field, or `{first: SECTION, where: ...}`
rules.yaml:32: rule five: `recorded` and `limit` exclude one another; keep one of them
"""
SHIPPED = str(shipped_packs()["southampton-2012"])


@pytest.fixture
def pack(tmp_path):
    """A copy of a shipped pack."""
    return shutil.copytree(SHIPPED, tmp_path / "copy")


@pytest.mark.parametrize("name", sorted(shipped_packs()))
def test_a_shipped_pack_is_well(casecheck, name):
    result = casecheck("rules", "check", name)
    assert result.exit_code == 0
    assert result.stdout.endswith(" rules, all well.\n")


@pytest.mark.parametrize("part", ["", "pack.yaml", "core-groups.yaml", "examples/core-groups-held.yaml"])
def test_a_pack_may_be_named_by_its_folder_or_any_of_its_files(casecheck, pack, part):
    result = casecheck("rules", "check", pack / part)
    whole = casecheck("rules", "check", "southampton-2012")
    assert (result.exit_code, result.stdout) == (0, whole.stdout)


def test_all_errors_are_told_at_once_with_file_line_and_rule(casecheck, pack):
    rules = pack / "core-groups.yaml"
    text = rules.read_text().replace("events: core_groups", "events: core_grups").replace("6 weeks}]", "6 moons}]")
    rules.write_text(text)
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "core_grups" in each)
    result = casecheck("rules", "check", pack)
    assert (result.exit_code, result.stdout) == (2, "")
    place = f"core-groups.yaml:{line}: rule core-groups-held: "
    assert f"{place}`events`: there is no section `core_grups`; did you mean" in result.stderr
    assert f"{place}`every` is `6 moons`; a duration is" in result.stderr


def test_many_kinds_of_mistake_are_told_each_with_what_would_mend_it(casecheck, tmp_path):
    (tmp_path / "pack.yaml").write_text(WRONG_PACK)
    (tmp_path / "rules.yaml").write_text(WRONG_RULES)
    told = casecheck("rules", "check", tmp_path).stderr.splitlines()
    expected = MISTAKES.splitlines()
    assert len(told) == len(expected) >= 15
    for message, begins in zip(told, expected, strict=True):
        assert message.startswith(f"casecheck: {tmp_path}/{begins}")


def test_examples_are_checked_too(casecheck, pack):
    examples = pack / "examples" / "core-groups-held.yaml"
    examples.write_text(examples.read_text().replace("expect: fail", "expect: fale"))
    result = casecheck("rules", "check", pack)
    assert result.exit_code == 2
    assert "examples/core-groups-held.yaml" in result.stderr
    assert "`expect` is `fale`; did you mean `fail`?" in result.stderr


@pytest.mark.parametrize("path", ["southampton-2021", "nowhere.yaml"])
def test_what_is_not_there_ends_with_2(casecheck, path):
    result = casecheck("rules", "check", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no such rule pack" in result.stderr


def test_of_several_packs_each_is_told_once_and_all_that_is_wrong(casecheck, pack, tmp_path):
    both = casecheck("rules", "check", pack / "pack.yaml", pack / "core-groups.yaml", "working-together-2023")
    assert [line.split()[0] for line in both.stdout.splitlines()] == ["southampton-2012", "working-together-2023"]
    (pack / "core-groups.yaml").write_text("- id: a\n")
    wrong = casecheck("rules", "check", pack / "core-groups.yaml", "working-together-2023", "nowhere")
    assert wrong.exit_code == 2
    assert wrong.stdout.startswith("working-together-2023 ")
    assert "core-groups.yaml:1: " in wrong.stderr
    assert "nowhere" in wrong.stderr
