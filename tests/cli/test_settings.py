"""The defaults of the audits of a folder: its casecheck.yaml."""

import pytest

from casecheck.adequacy.gate import Gate, Minimum
from casecheck.cli.settings import Settings, settings_of
from casecheck.errors import PackProblem, UsageProblem


def settings(folder, text):
    (folder / "casecheck.yaml").write_text(text, encoding="utf-8")
    return settings_of([str(folder)])


def messages(folder, text):
    with pytest.raises(UsageProblem) as problem:
        settings(folder, text)
    return [message.removeprefix(f"{folder / 'casecheck.yaml'}:") for message in problem.value.messages]


def test_a_folder_says_how_it_is_audited(tmp_path):
    found = settings(tmp_path, "rules: southampton-2012\nas_at: 2012-04-23\nsince: 2011-04-24\nby: [team, age]\n")
    assert found == Settings("southampton-2012", "2012-04-23", "2011-04-24", ("team", "age"))


def test_one_field_needs_no_list(tmp_path):
    assert settings(tmp_path, "by: team\n").by == ("team",)


def test_what_is_not_said_is_left_to_others(tmp_path):
    assert settings(tmp_path, "as_at: 2012-04-23\n") == Settings(as_at="2012-04-23")
    (tmp_path / "none").mkdir()
    assert settings_of([str(tmp_path / "none"), "-", "there is no such path"]) == Settings()


def test_a_file_beside_the_settings_is_audited_without_them(tmp_path):
    settings(tmp_path, "as_at: 2012-04-23\n")
    (tmp_path / "case.json").write_text("{}")
    assert settings_of([str(tmp_path / "case.json")]) == Settings()


@pytest.mark.parametrize("says", ["our-rules", "./our-rules", "../cases/our-rules"])
def test_a_pack_folder_is_seen_from_the_settings_own_folder(tmp_path, says):
    folder = tmp_path / "cases"
    (folder / "our-rules").mkdir(parents=True)
    found = settings(folder, f"rules: {says}\n").rules
    assert found is not None
    assert (folder / "our-rules").samefile(found)


def test_a_pack_that_is_no_folder_there_is_an_id(tmp_path):
    assert settings(tmp_path, "rules: our-rules\n").rules == "our-rules"


def test_a_gate_is_said_here_or_in_a_file_seen_from_here(tmp_path):
    says = "fail_under: 85\nfail_on: [critical]\n"
    (tmp_path / "gates").mkdir()
    (tmp_path / "gates" / "weekly.yaml").write_text(says)
    in_a_file = settings(tmp_path, "gate: gates/weekly.yaml\n").gate
    here = settings(tmp_path, "gate: {fail_under: 85, fail_on: [critical]}\n").gate
    assert here is not None
    assert in_a_file is not None
    assert here.gate == in_a_file.gate == Gate(fail_under=Minimum(85), fail_on=("critical",))
    assert here.files == (tmp_path / "casecheck.yaml",)
    assert in_a_file.files == (tmp_path / "gates" / "weekly.yaml",)


def test_what_is_wrong_with_a_gate_is_told_with_its_line(tmp_path):
    text = "as_at: 2012-04-23\ngate:\n  fail_under: 850\n"
    assert messages(tmp_path, text) == [
        "3: `fail_under` is `850`; write a percentage from 0 to 100, such as 85, or `{at_least: 85, confident: true}`"
    ]
    assert messages(tmp_path, "gate: [85]\n") == ["1: `gate`: write a file, or what is asked, such as {fail_under: 85}"]


def test_everything_wrong_is_told_at_once_with_its_line(tmp_path):
    text = "asat: 2012-04-23\nsince: 2012-02-30\nrules: [a]\nby: []\nsomething else: 1\n"
    assert messages(tmp_path, text) == [
        "1: `asat`: there is no such setting; did you mean `as_at`?",
        "2: `since`: `2012-02-30` is no day of the calendar; write one as 2012-04-23",
        "3: `rules`: a list is no pack; write a pack's id, or a folder",
        "4: `by`: write a field, or a list of fields, such as [team]",
        "5: `something else`: there is no such setting; known are rules, as_at, since, by and gate",
    ]


def test_settings_that_are_no_mapping_are_refused(tmp_path):
    assert messages(tmp_path, "- as_at\n") == ["1: settings are a mapping, such as `as_at: 2012-04-23`"]


def test_what_is_no_yaml_is_refused_with_its_line(tmp_path):
    with pytest.raises(PackProblem, match=r"casecheck\.yaml:1: "):
        settings(tmp_path, "as_at: [2012-04-23\n")


def test_two_folders_may_agree_but_not_differ(tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        (folder / "casecheck.yaml").write_text("as_at: 2012-04-23\n")
    assert settings_of([str(folder) for folder in folders]) == Settings(as_at="2012-04-23")
    for lead, folder in enumerate(folders):
        (folder / "casecheck.yaml").write_text("\n" * lead + "gate: {rules: {core-groups-held: 90}}\n")
    found = settings_of([str(folder) for folder in folders]).gate
    assert found is not None
    assert found.gate.rules == (("core-groups-held", Minimum(90)),)
    (folders[1] / "casecheck.yaml").write_text("as_at: 2012-04-24\n")
    with pytest.raises(UsageProblem, match="have different settings; audit one folder at a time"):
        settings_of([str(folder) for folder in folders])
