"""Bad input gets one clear message and an exit code, never a traceback, and takes nobody else's result with it."""

import json

import pytest

GOOD = {"la_child_id": "good", "social_care_episodes": []}
DEEP = '{"la_child_id": "deep", "local": ' + "[" * 100_000 + "]" * 100_000 + "}"
LONG_DATE = json.dumps({"la_child_id": "long", "social_care_episodes": [{"referral_date": "2" * 1_000_000}]})
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><Message><Children><Child>&i;</Child></Children></Message>"
)
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<Message><Children><Child><ChildIdentifiers><LAchildID>&a;</LAchildID></ChildIdentifiers></Child></Children></Message>"
)
ALIASES = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)

UNREADABLE = [
    ("not-json.json", "la_child_id: 1", "neither JSON nor XML"),
    ("cut-off.json", '[{"la_child_id": "C1"}, {"la_child_id": "C', "is cut off"),
    ("deep.json", DEEP, "nested"),
    ("long-date.json", LONG_DATE, "/social_care_episodes/0/referral_date"),
    ("no-id.json", '{"social_care_episodes": []}', "la_child_id"),
    ("bomb.xml", BOMB, "entit"),
    ("external.xml", EXTERNAL, "entit"),
]
"""A file's name, what it holds, and what the message must say."""


@pytest.mark.parametrize(("name", "content", "says"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE])
def test_a_bad_file_alone_is_told_briefly(casecheck, tmp_path, name, content, says):
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = casecheck("audit", tmp_path / name, "--as-at", "2012-04-23", "--strict")
    assert result.exit_code == 3
    *_, message = result.stderr.splitlines()
    assert message.startswith(f"casecheck: {name}, ")
    assert says in message
    assert len(message) < 400
    assert "root:" not in result.stdout + result.stderr


@pytest.mark.parametrize(("name", "content", "says"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE])
def test_a_bad_file_among_good_ones_loses_none_of_them(casecheck, tmp_path, name, content, says):
    (tmp_path / name).write_text(content, encoding="utf-8")
    for number in range(2):
        (tmp_path / f"good-{number}.json").write_text(json.dumps({**GOOD, "la_child_id": f"good-{number}"}))
    result = casecheck("audit", tmp_path, "--as-at", "2012-04-23", "--format", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert {"good-0", "good-1"} <= {case["case_id"] for case in found["cases"]}
    (invalid,) = found["invalid_records"]
    assert invalid["source"] == name
    assert says in invalid["pointer"] + invalid["message"]
    assert casecheck("audit", tmp_path, "--as-at", "2012-04-23", "--strict").exit_code == 3


def test_the_second_record_with_an_id_is_invalid(casecheck, tmp_path):
    (tmp_path / "twice.jsonl").write_text(f"{json.dumps(GOOD)}\n{json.dumps(GOOD)}\n")
    result = casecheck("audit", tmp_path / "twice.jsonl", "--as-at", "2012-04-23", "--strict")
    assert result.exit_code == 3
    assert "2 records read, 1 audited, 1 invalid" in result.stdout
    assert "the same id" in result.stderr


def test_aliases_that_multiply_are_refused(casecheck, tmp_path):
    (tmp_path / "pack.yaml").write_text(ALIASES)
    (tmp_path / "case.json").write_text(json.dumps(GOOD))
    result = casecheck("audit", tmp_path / "case.json", "--rules", tmp_path)
    assert result.exit_code == 2
    assert "aliases counted" in result.stderr


def test_every_error_of_a_pack_is_told_at_once(casecheck, tmp_path):
    (tmp_path / "pack.yaml").write_text("id: Our Pack\ntitle: Ours\nareas: []\nadequate: {fail: {grave: 0}}\n")
    (tmp_path / "rules.yaml").write_text(
        "- id: one\n  title: One\n  area: none\n  severity: grave\n  basis: []\n  each: placments\n"
        "  recorded: {flag: true}\n"
        "- id: two\n  title: Two\n  area: none\n  severity: major\n  basis: [{local: so}]\n  each: placements\n"
        "  recurring: {events: visits, limits: [{every: 6 wekes}]}\n"
    )
    (tmp_path / "case.json").write_text(json.dumps(GOOD))
    result = casecheck("audit", tmp_path / "case.json", "--rules", tmp_path)
    assert result.exit_code == 2
    messages = result.stderr.splitlines()
    assert len(messages) >= 10
    assert all(":" in message and "Traceback" not in message for message in messages)
