"""`casecheck rules show`: one rule as a page."""

import json

import pytest

from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs
from casecheck.rules.words import rule_in_words

RULES = [(name, rule.id) for name in sorted(shipped_packs()) for rule in load_pack(name).rules]
PARTS = ["IN PLAIN WORDS", "SOURCE", "WHAT IT READS", "EXAMPLES"]


def flat(text):
    """The text without its line breaks."""
    return " ".join(text.split())


@pytest.mark.parametrize(("pack", "rule"), RULES)
def test_every_rule_has_its_page(casecheck, pack, rule):
    result = casecheck("rules", "show", rule, "--pack", pack)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line for line in lines if line in PARTS] == PARTS
    assert all(len(line) <= 80 for line in lines if "://" not in line)
    (found,) = [each for each in load_pack(pack).rules if each.id == rule]
    assert lines[0] in found.title
    assert flat(rule_in_words(found)) in flat(result.stdout)
    assert "_" not in result.stdout[result.stdout.index("IN PLAIN WORDS") : result.stdout.index("SOURCE")]
    for source in found.basis:
        said = source.get("law") or source.get("guidance") or source.get("local")
        assert said is None or flat(said) in flat(result.stdout)
        assert source.get("url", "") in result.stdout


def test_a_page_says_where_the_standard_comes_from_and_what_it_reads(casecheck):
    page = casecheck("rules", "show", "core-groups-held").stdout
    assert page.startswith("Core groups meet regularly while the plan lasts\n====")
    assert (
        "Report    paragraphs 23 and 43 of Inspection of safeguarding and looked after\n"
        "          children services, Southampton (Ofsted, 13 June 2012)\n"
        "          https://www.ofsted.gov.uk\n"
    ) in page
    assert "Local     Every 6 weeks\n" in page
    assert "- Child protection plans (child_protection_plans): start_date, end_date\n" in page
    assert "- Core groups (core_groups): meeting_date\n" in page
    assert "They stand in southampton-2012/examples/core-groups-held.yaml.\n" in page


def test_terms_are_explained(casecheck):
    page = flat(casecheck("rules", "show", "looked-after-visits-parent-care-order").stdout)
    assert '- "with a parent" means that the child is placed with a parent' in page
    assert "(V4)" in page


def test_sections_that_are_worked_out_are_said_to_be(casecheck):
    page = casecheck("rules", "show", "looked-after-visits").stdout
    assert "- Placements (placements, worked out on reading): start_date, end_date," in page


def test_that_a_standard_needs_an_auditors_eye_is_said(casecheck):
    said = "Judged    needs an auditor's eye: only someone who has read the file can tell\n"
    assert said in casecheck("rules", "show", "care-plan-specific").stdout
    assert "Judged" not in casecheck("rules", "show", "core-groups-held").stdout


@pytest.fixture
def pack(tmp_path):
    """A pack with a standard that changed, and no examples."""
    head = {
        "id": "changing",
        "title": "A law that changed",
        "version": "1",
        "source": {"title": "A report", "date": "2012"},
        "review_period": "12 months",
        "areas": [{"id": "an-area", "title": "An area"}],
        "adequate": {"fail": {"critical": 0}},
        "grades": {"outstanding": 0.95, "good": 0.8, "adequate": 0.5},
    }
    rule = {
        "id": "core-groups",
        "title": "Core groups meet",
        "area": "an-area",
        "severity": "major",
        "basis": [{"report": [3]}],
        "each": "child_protection_plans",
    }
    (tmp_path / "pack.yaml").write_text(json.dumps(head))
    rules = [
        {
            **rule,
            "in_force": {"to": "2013-04-15"},
            "recurring": {"events": "core_groups", "limits": [{"every": "6 weeks"}]},
        },
        {
            **rule,
            "in_force": {"from": "2013-04-15"},
            "recurring": {"events": "core_groups", "limits": [{"every": "4 weeks"}]},
        },
    ]
    (tmp_path / "rules.yaml").write_text(json.dumps(rules))
    return tmp_path


def test_a_standard_that_changed_is_shown_as_it_was_and_as_it_is(casecheck, pack):
    page = casecheck("rules", "show", "core-groups", "--pack", pack).stdout
    assert "every 6 weeks, until the plan ends. In force until 14 April 2013." in flat(page)
    assert "every 4 weeks, until the plan ends. In force from 15 April 2013." in flat(page)
    assert "Report    paragraph 3 of A report (2012)\n" in page
    assert page.count("EXAMPLES") == 1
    assert page.endswith("None: nothing shows yet that the rule finds what it should.\n")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("core-group-held", "did you mean `core-groups-held`?"),
        ("zzz", "`casecheck rules list --pack southampton-2012`"),
    ],
)
def test_a_rule_that_is_not_there_ends_with_2(casecheck, name, hint):
    result = casecheck("rules", "show", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"southampton-2012 has no rule `{name}`; {hint}" in result.stderr
