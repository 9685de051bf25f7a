"""`casecheck rules new`: a pack to start from."""

import re

import pytest

from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs


@pytest.mark.parametrize("base", sorted(shipped_packs()))
def test_the_new_pack_is_well_and_its_examples_hold(casecheck, tmp_path, base):
    folder = tmp_path / "Our Standards"
    made = casecheck("rules", "new", folder, "--extends", base)
    assert made.exit_code == 0
    assert f"3 files of a pack that extends {base}." in made.stdout
    checked = casecheck("rules", "check", folder)
    number = len({rule.id for rule in load_pack(base).rules}) + 1
    assert checked.stdout == f"our-standards 0.1: {number} rules, all well.\n"
    tested = casecheck("rules", "test", folder)
    assert tested.exit_code == 0
    assert re.search(r"agreement-to-share-recorded +3\b", tested.stdout)


def test_its_own_rule_reads_a_field_of_the_councils_own(casecheck, tmp_path):
    casecheck("rules", "new", tmp_path / "ours")
    page = casecheck("rules", "show", "agreement-to-share-recorded", "--pack", tmp_path / "ours").stdout
    assert "local.agreement_to_share_recorded" in page


@pytest.mark.parametrize("base", sorted(shipped_packs()))
def test_what_stands_in_comments_is_right_once_they_are_taken_away(casecheck, tmp_path, base):
    casecheck("rules", "new", tmp_path / "ours", "--extends", base)
    head = tmp_path / "ours" / "pack.yaml"
    text = head.read_text()
    for block in ("override", "disable", "adequate"):
        lines = re.search(rf"(?m)^# {block}:.*\n(?:#  .*\n)*", text)
        assert lines is not None
        text = text.replace(lines[0], re.sub(r"(?m)^# ", "", lines[0]))
    head.write_text(text)
    changed, whole = load_pack(tmp_path / "ours"), load_pack(base)
    assert len(changed.rules) == len(whole.rules)
    assert {rule.id for rule in whole.rules} - {rule.id for rule in changed.rules} == {whole.rules[-1].id}
    minor, minor_before = ({rule.id for rule in pack.rules if rule.severity == "minor"} for pack in (changed, whole))
    assert len(minor - minor_before) == 2


def test_it_may_extend_a_folder_wherever_it_stands(casecheck, tmp_path):
    casecheck("rules", "new", tmp_path / "region" / "shared")
    made = casecheck("rules", "new", tmp_path / "councils" / "ours", "--extends", tmp_path / "region" / "shared")
    assert made.exit_code == 0
    assert "extends: ../../region/shared\n" in (tmp_path / "councils" / "ours" / "pack.yaml").read_text()
    assert casecheck("rules", "test", tmp_path / "councils" / "ours").exit_code == 0


@pytest.mark.parametrize(("name", "pack_id"), [("2012", "2012"), ("Nos règles", "nos-r-gles"), ("!", "our-standards")])
def test_the_packs_id_is_made_from_the_folders_name(casecheck, tmp_path, name, pack_id):
    assert casecheck("rules", "new", tmp_path / name).exit_code == 0
    assert load_pack(tmp_path / name).id == pack_id


def test_what_is_there_already_is_left_alone(casecheck, tmp_path):
    (tmp_path / "notes.txt").write_text("ours")
    result = casecheck("rules", "new", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is there already, and not empty" in result.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_filled(casecheck, tmp_path):
    (tmp_path / "ours").mkdir()
    assert casecheck("rules", "new", tmp_path / "ours").exit_code == 0


def test_a_pack_that_is_not_there_cannot_be_extended(casecheck, tmp_path):
    result = casecheck("rules", "new", tmp_path / "ours", "--extends", "southampton-2021")
    assert result.exit_code == 2
    assert "did you mean `southampton-2012`?" in result.stderr
    assert not (tmp_path / "ours").exists()


def test_the_pack_that_is_extended_is_not_named_anew(casecheck, tmp_path):
    result = casecheck("rules", "new", tmp_path / "southampton-2012")
    assert result.exit_code == 2
    assert "southampton-2012 is the name of the pack that it extends; choose another" in result.stderr
