"""The defaults of the audits of a folder: its casecheck.yaml."""

import pytest

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


def test_a_gate_is_refused_since_there_is_none_yet(tmp_path):
    (message,) = messages(tmp_path, "as_at: 2012-04-23\ngate: {fail_under: 85}\n")
    assert message.startswith("2: `gate`: this version of casecheck has no gate yet")


def test_everything_wrong_is_told_at_once_with_its_line(tmp_path):
    text = "asat: 2012-04-23\nsince: 2012-02-30\nrules: [a]\nby: []\nsomething else: 1\n"
    assert messages(tmp_path, text) == [
        "1: `asat`: there is no such setting; did you mean `as_at`?",
        "2: `since`: `2012-02-30` is no day of the calendar; write one as 2012-04-23",
        "3: `rules`: a list is no pack; write a pack's id, or a folder",
        "4: `by`: write a field, or a list of fields, such as [team]",
        "5: `something else`: there is no such setting; known are rules, as_at, since and by",
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
    (folders[1] / "casecheck.yaml").write_text("as_at: 2012-04-24\n")
    with pytest.raises(UsageProblem, match="have different settings; audit one folder at a time"):
        settings_of([str(folder) for folder in folders])
