"""`casecheck rules test`: every rule of a pack shown by its examples."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from casecheck.cli.main import cli

HEAD = """\
id: demo
title: A pack to try things on
version: "1"
source: {title: A report}
review_period: 12 months
areas: [{id: an-area, title: An area}]
adequate: {fail: {critical: 0}}
grades: {outstanding: 0.95, good: 0.8, adequate: 0.5}
"""
RULE = """\
- id: core-groups-held
  title: Core groups meet
  area: an-area
  severity: critical
  basis: [{local: Every six weeks.}]
  each: child_protection_plans
  recurring: {events: core_groups, limits: [{every: 6 weeks}]}
"""
HOLDS = {
    "why": "A meeting on the forty-second day is in time",
    "as_at": "2012-02-13",
    "case": {
        "social_care_episodes": [
            {
                "referral_date": "2012-01-02",
                "child_protection_plans": [
                    {"start_date": "2012-01-02", "core_groups": [{"meeting_date": "2012-02-13"}]}
                ],
            }
        ]
    },
    "expect": "pass",
    "obligations": [{"due": "2012-02-13", "done": "2012-02-13", "outcome": "met"}, {"outcome": "not_due"}],
}
BROKEN = {
    **HOLDS,
    "why": "This one expects what cannot come, and says why at such length that one line cannot hold it all",
    "expect": "fail",
    "obligations": [{"due": "2012-02-06", "done": None, "outcome": "missed", "days_late": 7}],
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "pack.yaml").write_text(HEAD)
    (tmp_path / "rules.yaml").write_text(RULE)
    (tmp_path / "examples").mkdir()
    return tmp_path


def run(pack: Path | str, *examples: dict) -> tuple[int, str, str]:
    if examples and isinstance(pack, Path):
        lines = "".join(f"- {json.dumps(each)}\n" for each in examples)
        (pack / "examples" / "core-groups-held.yaml").write_text(lines)
    result = CliRunner().invoke(cli, ["rules", "test", str(pack)])
    return result.exit_code, result.stdout, result.stderr


def test_examples_that_all_hold_end_with_0(pack):
    code, out, err = run(pack, HOLDS)
    assert (code, err) == (0, "")
    assert "demo 1: 1 rule, 1 example" in out
    assert out.endswith("The one example holds.\n")
    assert run(pack, HOLDS, HOLDS)[1].endswith("All 2 examples hold.\n")


def test_a_broken_example_ends_with_1_and_says_what_came(pack):
    code, out, _ = run(pack, HOLDS, BROKEN)
    assert code == 1
    shown = out[out.index(f"{pack}/examples/core-groups-held.yaml:2") :]
    assert "core-groups-held: This one expects what cannot come" in shown
    assert "    expected fail, came pass\n" in shown
    assert "      expected  due 2012-02-06, done null, outcome missed, days_late 7\n" in shown
    assert "      came      due 2012-02-13, done 2012-02-13, outcome met, days_late null\n" in shown
    assert "    obligation 2\n      expected  none\n      came      starts 2012-02-13, due 2012-03-26" in shown
    assert out.endswith("1 of 2 examples broken.\n")
    assert all(len(line) <= 80 for line in out.splitlines() if str(pack) not in line)


def test_a_rule_without_examples_ends_with_1(pack):
    code, out, _ = run(pack)
    assert code == 1
    assert "no examples" in out
    assert out.endswith("No examples; 1 rule without examples.\n")


def test_a_wrong_pack_ends_with_2(pack):
    (pack / "rules.yaml").write_text(RULE.replace("every", "evry"))
    code, out, err = run(pack)
    assert (code, out) == (2, "")
    assert "rules.yaml:7: rule core-groups-held: unknown key `evry`: did you mean `every`?" in err


def test_a_pack_that_is_not_there_ends_with_2():
    code, _, err = run("southampton-2021")
    assert code == 2
    assert "did you mean `southampton-2012`?" in err
