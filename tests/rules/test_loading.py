"""Loading a pack: what it becomes, and that everything wrong with it is told at once."""

from typing import Any

import pytest

from casecheck.calendar import DAYS
from casecheck.errors import PackProblem
from casecheck.rules.loading import load_pack
from casecheck.rules.model import Area, Policy
from casecheck.rules.packs import shipped_packs
from tests.rules.conftest import CORE_GROUPS, HEAD, VISITS, written


def test_a_pack_is_what_its_folder_says(make_pack):
    folder = make_pack({**VISITS, "in_force": {"from": "2011-04-01"}, "lapses_with": "none"}, CORE_GROUPS)
    pack = load_pack(folder)
    assert (pack.id, pack.title, pack.version) == ("demo", HEAD["title"], "1")
    assert pack.review_period_months == 12
    policy = Policy({"critical": 0}, {"critical": 3})
    assert pack.areas == (Area("looked-after/staying-safe", "Staying safe", policy),)
    assert pack.adequate == policy
    assert pack.grades == HEAD["grades"]
    assert pack.folder == str(folder)
    visits, minutes = pack.rules
    assert (visits.applies_to, visits.latest, visits.kind) == ("placements", False, "recurring")
    assert visits.check == VISITS["recurring"]
    assert visits.while_ == VISITS["while"]
    assert visits.where == {}
    assert visits.lapses_with == "none"
    assert visits.in_force == (DAYS["2011-04-01"], None)
    assert (visits.file, visits.line) == ("rules.yaml", 1)
    assert (minutes.kind, minutes.line) == ("deadline", 2)
    assert minutes.lapses_with is None


def test_an_area_may_say_otherwise_what_makes_a_case_adequate_in_it(make_pack):
    says = {"fail": {"major": 1}, "unknown": {"critical": None}}
    area = {"id": "looked-after/staying-safe", "title": "Staying safe", "adequate": says}
    pack = load_pack(make_pack(VISITS, areas=[area]))
    assert pack.areas[0].adequate == Policy({"critical": 0, "major": 1}, {})
    assert pack.adequate == Policy({"critical": 0}, {"critical": 3})


def test_a_review_period_may_be_said_in_years(make_pack):
    assert load_pack(make_pack(VISITS, review_period="2 years")).review_period_months == 24


def test_a_folder_can_be_given_as_text(make_pack):
    assert load_pack(str(make_pack(VISITS))).id == "demo"


def test_rules_stand_in_order_of_their_files_and_lines(make_pack):
    folder = make_pack(VISITS, CORE_GROUPS)
    (folder / "a-first.yaml").write_text(written([{**VISITS, "id": "first"}]))
    (folder / ".hidden.yaml").write_text("not: [a pack")
    assert [rule.id for rule in load_pack(folder).rules] == ["first", "visits", "minutes-sent"]


def test_the_digest_tells_packs_apart_but_not_the_ways_to_end_a_line(make_pack):
    folder = make_pack(VISITS)
    before = load_pack(folder).digest
    rules = folder / "rules.yaml"
    rules.write_bytes(rules.read_bytes().replace(b"\n", b"\r\n"))
    assert load_pack(folder).digest == before
    rules.write_bytes(rules.read_bytes().replace(b"6 weeks", b"5 weeks"))
    assert load_pack(folder).digest != before
    assert len(before) == 64


@pytest.mark.parametrize("pack", sorted(shipped_packs()))
def test_the_shipped_packs_load_by_their_ids(pack):
    loaded = load_pack(pack)
    assert loaded.id == pack
    assert loaded.rules


def test_ten_errors_are_ten_messages_each_with_file_line_and_rule(make_pack):
    said: list[tuple[dict[str, Any], str]] = [
        ({"recurring": {"events": "looked_after_visits", "limits": [{"evry": "6 weeks"}]}}, "did you mean `every`?"),
        ({"severity": "high"}, "write critical, major or minor"),
        ({"each": "placments"}, "did you mean `placements`?"),
        ({"where": {"placd_with": "parent"}}, "did you mean `placed_with`?"),
        ({"where": {"placed_with": "parents"}}, "did you mean `parent`?"),
        ({"while": {"is": "with parents"}}, "did you mean `with a parent`?"),
        ({"area": "looked-after/staying-saf"}, "did you mean `looked-after/staying-safe`?"),
        ({"basis": [{"report": [171]}]}, "the report has no paragraph 171; its last is 170"),
        ({"recurring": {**VISITS["recurring"], "limits": [{"every": "6 wks"}]}}, "6 wks"),
        ({"in_force": {"from": "2013-04-15", "to": "2011-04-01"}}, "`from` is not before `to`"),
    ]
    rules = [{**VISITS, **change, "id": f"rule-{number}"} for number, (change, _) in enumerate(said, 1)]
    folder = make_pack(*rules)
    with pytest.raises(PackProblem) as caught:
        load_pack(folder)
    messages = caught.value.messages
    assert len(messages) == 10
    for number, (message, (_, hint)) in enumerate(zip(messages, said, strict=True), 1):
        assert message.startswith(f"{folder}/rules.yaml:{number}: rule rule-{number}: ")
        assert hint in message
    assert caught.value.exit_code == 2


def test_files_that_are_no_yaml_are_all_told_before_anything_else(make_pack):
    folder = make_pack(VISITS)
    (folder / "rules.yaml").write_text("- id: [")
    (folder / "more.yaml").write_text("a: 1\na: 2")
    with pytest.raises(PackProblem) as caught:
        load_pack(folder)
    places = [message.split(": ")[0] for message in caught.value.messages]
    assert places == [f"{folder}/more.yaml:2", f"{folder}/rules.yaml:1"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a: 1", "a file of rules is a list"),
        ("[]", "a file of rules is a list"),
        ("- visits", "a rule is a mapping of keys; this is `visits`"),
        ("- {}", "`id` is missing"),
    ],
)
def test_a_file_of_rules_is_a_list_of_mappings(make_pack, content, says):
    folder = make_pack(VISITS)
    (folder / "more.yaml").write_text(content)
    with pytest.raises(PackProblem, match=says):
        load_pack(folder)


@pytest.mark.parametrize("content", ["[]", "3", "null", "text"])
def test_pack_yaml_is_a_mapping(make_pack, content):
    folder = make_pack(VISITS)
    (folder / "pack.yaml").write_text(content)
    with pytest.raises(PackProblem, match="write a mapping with id"):
        load_pack(folder)


def test_a_rule_file_with_another_ending_is_not_passed_over(make_pack):
    folder = make_pack(VISITS)
    (folder / "visits.yml").write_text("- {}")
    with pytest.raises(PackProblem, match=r"visits\.yml:1: the names of rule files end in \.yaml"):
        load_pack(folder)


def test_an_examples_file_of_no_rule_is_told(make_pack):
    folder = make_pack(VISITS)
    (folder / "examples").mkdir()
    (folder / "examples" / "visit.yaml").write_text("[]")
    with pytest.raises(PackProblem, match=r"examples/visit\.yaml:1: no rule has this file's name for its id"):
        load_pack(folder)


def test_a_pack_that_is_not_there_is_told_with_the_shipped_ones():
    with pytest.raises(PackProblem, match="did you mean `southampton-2012`"):
        load_pack("southampton-2021")
    with pytest.raises(PackProblem, match="shipped are southampton-2012"):
        load_pack("elsewhere")


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000])
def test_a_name_that_no_folder_can_have_is_told(name):
    with pytest.raises(PackProblem, match="rule pack"):
        load_pack(name)


def test_a_folder_without_pack_yaml_is_told(tmp_path):
    with pytest.raises(PackProblem, match=r"holds no pack\.yaml"):
        load_pack(tmp_path)


def test_something_wrong_with_pack_yaml_is_told_with_its_line(complaints):
    (message,) = complaints(VISITS, version=1.0)
    assert message.endswith('/demo/pack.yaml:3: `version` is `1.0`; write a version in quotes, such as "1.0"')


def test_files_beyond_counting_are_refused(make_pack, monkeypatch):
    monkeypatch.setattr("casecheck.rules.loading.MAX_FILES", 1)
    folder = make_pack(VISITS)
    assert load_pack(folder)
    (folder / "more.yaml").write_text(written([{**VISITS, "id": "more"}]))
    with pytest.raises(PackProblem, match="more than 1 files of rules"):
        load_pack(folder)


def test_a_file_that_cannot_be_read_is_told(make_pack, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    folder = make_pack(VISITS)
    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(PackProblem) as caught:
        load_pack(folder)
    names = ("pack.yaml", "rules.yaml")
    assert caught.value.messages == tuple(
        f"{folder}/{name}:1: the file cannot be read: Permission denied" for name in names
    )


def test_a_folder_that_cannot_be_read_is_told(make_pack, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    folder = make_pack(VISITS)
    monkeypatch.setattr("casecheck.rules.packs.shipped_packs", dict)
    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    with pytest.raises(PackProblem, match="demo: the folder cannot be read: Permission denied"):
        load_pack(folder)


def test_signs_that_a_terminal_obeys_are_not_echoed(make_pack):
    with pytest.raises(PackProblem) as caught:
        load_pack(make_pack({**VISITS, "id": "\x1b[31m", "each": "\x07"}, title="\x1b]0;x"))
    assert len(caught.value.messages) == 3
    assert all(message.isprintable() for message in caught.value.messages)
