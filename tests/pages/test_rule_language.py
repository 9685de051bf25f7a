"""The page on the rule language: every example on it is loaded, and the words below it are those of casecheck."""

import textwrap
from pathlib import Path

import pytest
import yaml

import casecheck
from casecheck.errors import PackProblem
from casecheck.rules.examples import run_examples
from casecheck.rules.loading import load_pack
from casecheck.rules.model import KINDS, Rule
from casecheck.rules.words import rule_in_words
from tests.pages.reading import blocks, rows

PAGE = "rule-language.md"
BLOCKS = [block for block in blocks(PAGE) if block.language == "yaml"]
HEAD = """\
- id: {id}
  title: A rule of the page
  area: looked-after-children
  severity: major
  basis: [{{local: A standard of the page}}]
"""


def kind_of(text):
    """What a block of YAML is: pack, terms, rules, rule (but for its head), examples, or nothing but comments."""
    value = yaml.safe_load(text)
    if isinstance(value, list):
        return "rules" if "id" in value[0] else "examples"
    if value is None:
        return "comment"
    return "pack" if "review_period" in value else "terms" if set(value) == {"terms"} else "rule"


def of_kind(kind, mark=""):
    found = [block for block in BLOCKS if kind_of(block.text) == kind and block.mark == mark]
    return [pytest.param(block, id=f"line-{block.line}") for block in found]


def as_rules(block):
    """The block as a file of rules."""
    if kind_of(block.text) == "rules":
        return block.text
    return HEAD.format(id=f"of-line-{block.line}") + textwrap.indent(block.text, "  ")


@pytest.fixture
def pack(tmp_path: Path):
    """Loads the pack of the page with this text as its file of rules."""

    def load(rules: str, examples: tuple[str, str] | None = None):
        (head,) = (block.text for block in BLOCKS if kind_of(block.text) == "pack")
        (terms,) = (block.text for block in BLOCKS if kind_of(block.text) == "terms")
        (tmp_path / "pack.yaml").write_text(head + terms, encoding="utf-8")
        (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
        if examples:
            (tmp_path / "examples").mkdir()
            (tmp_path / "examples" / f"{examples[0]}.yaml").write_text(examples[1], encoding="utf-8")
        return load_pack(tmp_path)

    return load


@pytest.mark.parametrize("block", of_kind("rules") + of_kind("rule"))
def test_a_rule_of_the_page_is_well_and_reads_as_the_page_says(pack, block):
    words = [rule_in_words(rule) for rule in pack(as_rules(block)).rules]
    assert list(block.quoted) == words


def test_the_page_shows_every_kind_of_check(pack):
    shown: list[Rule] = []
    for block in BLOCKS:
        if kind_of(block.text) in ("rules", "rule") and not block.mark:
            shown += pack(as_rules(block)).rules
    assert {rule.kind for rule in shown} == set(KINDS)
    assert any(rule.latest for rule in shown)
    assert all(any(getattr(rule, part) for rule in shown) for part in ("where", "while_", "lapses_with"))
    assert any(rule.in_force != (None, None) for rule in shown)


@pytest.mark.parametrize(("section", "condition", "words"), rows(PAGE, "| Said of | Condition | In words |"))
def test_a_condition_of_the_page_reads_as_the_page_says(pack, section, condition, words):
    (rule,) = pack(HEAD.format(id="one") + f"  each: {section}\n  recorded: {condition}\n").rules
    assert rule_in_words(rule).partition(": the record shows that ")[2] == f"{words}."


@pytest.mark.parametrize("block", of_kind("examples"))
def test_the_examples_of_the_page_hold(pack, block):
    (rules,) = (each for each in BLOCKS if "- id: child-seen-at-visit\n" in each.text)
    results = run_examples(pack(rules.text, ("child-seen-at-visit", block.text)), casecheck.audit)
    assert [result.holds for result in results] == [True] * len(yaml.safe_load(block.text))


@pytest.mark.parametrize("block", of_kind("rules", "wrong"))
def test_mistakes_of_the_page_are_told_as_the_page_says(pack, block, tmp_path):
    with pytest.raises(PackProblem) as problem:
        pack(block.text)
    told = [message.replace(str(tmp_path), "casecheck: ours", 1) for message in problem.value.messages]
    said = next(each for each in blocks(PAGE) if each.line > block.line)
    assert said.text.split() == " ".join(told).split()


def test_nothing_on_the_page_stays_untested():
    kinds = [(kind_of(block.text), block.mark) for block in BLOCKS]
    assert set(kinds) == {
        *((kind, "") for kind in ("pack", "terms", "rules", "rule", "examples", "comment")),
        ("rules", "wrong"),
    }
    assert all(block.quoted for block in BLOCKS if kind_of(block.text) in ("rules", "rule") and not block.mark)
