"""The audit as Markdown."""

import io
import re

import pytest

from casecheck.reports.facts import MOST_GROUPS
from casecheck.reports.markdown import MOST_CASES, write_markdown
from casecheck.reports.markdown_words import code, text
from casecheck.reports.text import text_report
from tests.reports.documents import CASES, HEAD, HOSTILE_CASES, HOSTILE_HEAD, RULES, found
from tests.reports.results import area, case, group, head, note, rule, rule_of_group, source


def report(of=HEAD, cases=CASES):
    out = io.BytesIO()
    write_markdown(of, cases, out)
    return out.getvalue().decode()


def test_it_says_what_the_text_says_in_the_same_order():
    headings = re.findall(r"^#+ (.*)$", report(), re.MULTILINE)
    assert headings == [
        "Audit of case records",
        "Record of main findings, as the audited standards indicate",
        "Standards, in cases",
        "Looked after: care",
        "Voice",
        "By team",
        "Inadequate cases",
        "Adequate cases that fail a standard",
        "Notes on records",
        "Records that could not be audited",
        "Notes on what was read",
    ]
    of_text = " ".join(" ".join(text_report(HEAD, CASES)).split())
    for sentence in (
        "1 of 2 cases adequate (50%; 95% interval 9% to 91%).",
        "1 critical standard failed, and none is allowed.",
        "Visit due 30 January 2012, made 12 March 2012.",
        "a.json, record 4 at /b: is wrong",
    ):
        assert sentence in report()
        assert sentence in of_text


def test_a_case_is_told_with_its_groups_and_what_failed():
    _, _, told = report().partition("## Inadequate cases\n\n")
    assert told.splitlines()[:6] == [
        "**Case `C1`** (team: East)",
        "",
        "1 critical standard failed, and none is allowed.",
        "",
        "- **critical**: Children are visited in time. Visit due 30 January 2012, made 12 March 2012.",
        "- not known: `plan`",
    ]


def test_tables_have_as_many_cells_in_every_row():
    for block in re.findall(r"(?:^\|.*\n)+", report() + report(HOSTILE_HEAD, HOSTILE_CASES), re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1


def test_without_cases_no_case_is_named():
    assert "C1" not in report(cases=None)


def test_of_many_cases_the_first_are_told_and_the_others_counted():
    many = [case(f"C{number}", findings=[found()], notes=[note("odd")] * 9) for number in range(MOST_CASES + 7)]
    told = report(head(inadequate=len(many)), many)
    assert told.count("**Case `C3`**") == 2
    assert f"**Case `C{MOST_CASES}`**" not in told
    assert told.count("And 7 more cases, in the JSON result.") == 2
    assert "- and 4 more, in the JSON result" in told


def test_of_many_records_and_sources_too():
    invalid = [{"source": "a", "record": number, "pointer": "", "message": "is wrong"} for number in range(55)]
    told = report(head(invalid=invalid, sources=[source(str(number), notes=["odd"]) for number in range(53)]), None)
    assert "- and 5 more, in the JSON result" in told
    assert "And 3 more sources, in the JSON result." in told


def test_a_case_in_which_nothing_was_judged_says_so():
    told = report(cases=[case(adequate=None), case("C9", adequate=None, findings=[found("visits", "pass")])])
    assert "**Case `C1`**\n\nNo standard had anything to judge in the review period.\n" in told
    assert told.endswith("x is not known\n")


@pytest.mark.parametrize("number", [1, 2, MOST_GROUPS, MOST_GROUPS + 1])
def test_groups_are_set_side_by_side_standard_by_standard(number):
    groups = [group("team", f"T{at}", rules=[rule_of_group(met=1, late=at, differs=at == 1)]) for at in range(number)]
    told = report(head(rules=[rule(met=3, late=2), *RULES[1:]], groups=groups, areas=[area()]), None)
    assert ("### Done in time, by team" in told) == (number > 1)
    assert ("| Standard | `T0` | `T1`" in told) == (1 < number <= MOST_GROUPS)
    assert (r"\* The share of cases" in told) == (1 < number <= MOST_GROUPS)
    assert ("There are 13 groups" in told) == (number > MOST_GROUPS)


def test_a_grade_is_told_with_those_that_it_may_be():
    of = head(areas=[area(grade="good", low="adequate", high="outstanding", adequate=3)])
    assert "good (adequate to outstanding) |" in report(of, None)


# --- whatever stands in a record --------------------------------------------------------------------------------------


def test_it_marks_up_links_and_mentions_nothing():
    told = report(HOSTILE_HEAD, HOSTILE_CASES)
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", told.replace("\\`", ""))
    assert "<b>" not in outside
    assert not re.search(r"@(?!<!-- -->)", outside)
    assert "https://" not in outside
    assert "www.evil" not in outside
    assert all(line.isprintable() for line in told.splitlines())


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("a_b *c* [d](e)", r"a\_b \*c\* \[d\](e)"),
        ("<img> & co", "&lt;img&gt; &amp; co"),
        ("a | b", r"a \| b"),
        ("@all, see #7", r"@<!-- -->all, see \#7"),
        ("http://x WWW.x", "http:<!-- -->//x WWW<!-- -->.x"),
        ("1/2 // and ww.x", "1/2 // and ww.x"),
    ],
)
def test_text_is_read_as_it_stands(said, told):
    assert text(said) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("C1", "`C1`"),
        ("a`b", "`` a`b ``"),
        ("a``b", "``` a``b ```"),
        (" a", "`  a `"),
        ("a|b", r"`a\|b`"),
        ("", "`  `"),
    ],
)
def test_a_name_is_code(name, told):
    assert code(name) == told
