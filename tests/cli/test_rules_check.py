"""`casecheck rules check`: everything that is wrong with a pack, at once."""

import shutil

import pytest

from casecheck.rules.packs import shipped_packs

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
