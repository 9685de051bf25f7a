"""The printed audit: what stands on its pages, and that nothing of a result is taken for markup."""

import builtins
import importlib
import io
import sys

import pytest

from casecheck.adequacy.ratios import ratio
from casecheck.errors import UsageProblem
from casecheck.reports import formats
from casecheck.reports.pdf.cases import MOST_CASES, MOST_RECORDS
from casecheck.reports.pdf.document import document
from casecheck.reports.pdf.groups import MOST_PRINTED
from casecheck.reports.pdf.letters import printable, printable_text
from casecheck.reports.pdf.trend import MOST_PERIODS
from casecheck.reports.text import text_report
from tests.reports.results import (
    area,
    case,
    finding,
    group,
    head,
    in_time,
    note,
    rule,
    rule_of_group,
    source,
)

pytest.importorskip("typst", reason="typst, which sets the PDF, is not installed")
pypdf = pytest.importorskip("pypdf", reason="pypdf, which reads the PDF, is not installed")

from casecheck.reports.pdf.writing import pdf, write_pdf  # noqa: E402 (it cannot be had without typst)


def pages(result, cases=()):
    """The text of each page, its spaces made one."""
    return [words(page.extract_text()) for page in read(pdf(result, cases)).pages]


def read(data):
    return pypdf.PdfReader(io.BytesIO(data))


def words(text):
    return " ".join(text.replace("\u200b", "").split())


def printed(result, cases=()):
    """All that stands on the pages, with spaces made one."""
    return " ".join(pages(result, cases))


def told(piece):
    """Every text in a piece of the document."""
    if isinstance(piece, str):
        return [piece]
    inner = piece.values() if isinstance(piece, dict) else piece if isinstance(piece, list | tuple) else ()
    return [text for each in inner for text in told(each)]


def trend(periods=2, *, by="month", changed=0.25):
    share, none = ratio(3, 4), ratio(0, 0)
    named = [
        {"period": f"{2010 + at // 12}-{at % 12 + 1:02}", "from": f"{2010 + at // 12}-{at % 12 + 1:02}-01"}
        for at in range(periods)
    ]
    counts = {"met": 3, "late": 1, "missed": 0, "unknown": 2}
    series = {
        "ratios": [none] + [share] * (periods - 1),
        "counts": [counts] * periods,
        "before": share,
        "recent": share,
    }
    series |= {"change": changed, "more_than_chance": True}
    silent = series | {
        "ratios": [none] * periods,
        "before": none,
        "recent": none,
        "change": None,
        "more_than_chance": False,
    }
    return {
        "by": by,
        "recent": {"from": "2012-01-23", "to": "2012-04-22"},
        "periods": named,
        "series": [
            series | {"of": "all", "title": "All standards"},
            series | {"of": "area", "title": "In care"},
            series | {"of": "rule", "title": "Visits in time", "severity": "major"},
            silent | {"of": "rule", "title": "Silent", "severity": "major"},
        ],
    }


# --- what stands in it ------------------------------------------------------------------------------------------------


def test_it_is_tagged_in_british_english_with_a_title_that_is_shown():
    made = read(pdf(head(adequate=1), []))
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"] == "en-GB"
    assert made.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata.title == "Audit of case records, 23 April 2012"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf(head(adequate=1), [])
    assert [round(float(side)) for side in made.pages[0].mediabox[2:]] == [595, 842]


def test_the_title_page_says_what_was_audited_how_much_is_adequate_and_the_main_findings():
    areas = [
        area(title="Safeguarding: being heard", grade="good", low="adequate", high="good", adequate=9, inadequate=1)
    ]
    result = head(areas=areas, adequate=10, inadequate=10, undetermined=1)
    first, second, *_ = pages(result)
    for said in (
        "10 of 20 cases adequate (50%; 95% interval 30% to 70%).",
        "1 more case is undetermined: the records do not hold enough to tell.",
        "cases.jsonl (jsonl)",
        "23 April 2012 (as the call says)",
        "southampton-2012, version 1.0 (digest 0123456789ab)",
        "Record of main findings, as the audited standards indicate",
        "good (adequate to good)",
        "They are not an inspector's judgement.",
    ):
        assert said in first, said
    assert "Contents" in second
    assert "1 Safeguarding: being heard" in second


def test_each_page_says_which_of_how_many_it_is():
    told = pages(head(adequate=1))
    assert all(f"Page {number} of {len(told)}" in page for number, page in enumerate(told, 1))
    assert all("Audit of case records, as at 23 April 2012" in page for page in told[1:])


def test_an_area_has_a_page_with_its_standards_their_words_and_their_sources():
    rules = [
        rule(title="Visits in time", cases=(3, 2, 1, 4, 0), met=9, late=3),
        rule("b", title="Never asked", severity="minor"),
        rule("c", title="Of an area that nobody names", area="elsewhere"),
    ]
    result = head(rules=rules, areas=[area(title="In care", adequate=3, inadequate=2, grade="good")], adequate=1)
    page = next(page for page in pages(result) if "1.1 Visits in time (critical)" in page)
    for said in (
        "3 of 5 cases adequate (60%; 95% interval 23% to 88%).",
        "Indicates: good.",
        "For each child looked after: a visit every 6 weeks, until care ends.",
        "Report: paragraph 145",
        "Law: A regulation",
        "3 2 1 4 75% of 12",
        "Not drawn: 1 standard that no case passed or failed.",
    ):
        assert said in page, said
    assert any("2 elsewhere" in each for each in pages(result))


def test_drawings_say_in_words_what_they_show():
    pieces = document(head(rules=[rule(cases=(1, 1, 0, 0, 0))], adequate=1), [])["pieces"]
    drawings = [piece for piece in pieces if piece["kind"] == "bars"]
    assert len(drawings) == 2
    assert drawings[1]["alt"].endswith("1.1 Children are visited in time: 1 of 2, 50%.")


def test_the_same_sentences_stand_in_the_text():
    result = head(adequate=10, inadequate=10, rules=[rule(cases=(1, 1, 0, 0, 0), met=3, late=1)])
    result["summary"] |= in_time(met=3, late=1)
    cases = [case("C1", reasons=["1 critical standard failed, and none is allowed"], findings=[finding()])]
    text, paper = words("\n".join(text_report(result, cases))), printed(result, cases)
    for said in (
        "10 of 20 cases adequate (50%; 95% interval 30% to 70%).",
        "Of what was due in the review period, 3 of 4 (75%) was done in time.",
        "1 critical standard failed, and none is allowed.",
        "Visit due 3 May 2011, made 19 May 2011, 16 days late.",
    ):
        assert said in text
        assert said in paper


# --- breakdowns and trend ---------------------------------------------------------------------------------------------


def test_groups_stand_beside_the_whole_and_their_standards_side_by_side():
    of_group = [rule_of_group(met=1, late=3, differs=True)]
    groups = [group("team", name, adequate=1, rules=of_group) for name in ("East", "West")]
    groups.append(group("team", "North", rules=[]))
    paper = printed(head(groups=groups, rules=[rule(met=2, late=6)], adequate=2))
    for said in (
        "By team",
        "All cases",
        "Done in time, by team",
        "25% of 4* 25% of 4* - 25% of 8",
        "by more than chance",
    ):
        assert said in paper, said


def test_of_many_groups_the_first_are_printed_and_none_is_told_standard_by_standard():
    groups = [group("team", f"T{number}", adequate=1) for number in range(MOST_PRINTED + 5)]
    paper = printed(head(groups=groups, rules=[rule(met=2, late=6)], adequate=2))
    assert "These are the first 60 of 65 groups." in paper
    assert "There are 65 groups; the JSON result has their standards one by one." in paper
    assert "T59" in paper
    assert "T60" not in paper


def test_one_group_alone_has_no_standards_side_by_side():
    assert "Done in time" not in printed(head(groups=[group("team", "East", adequate=1)], adequate=1))


def test_a_trend_in_which_nothing_fell_due_has_no_tables():
    silent = trend()
    silent["series"] = [each | {"ratios": [ratio(0, 0)] * 2} for each in silent["series"]]
    paper = printed(head(adequate=1) | {"trend": silent})
    assert "Of 1 area nothing fell due." in paper
    assert "Before" not in paper


def test_a_pack_without_shared_terms_has_none():
    result = head(adequate=1)
    assert "Terms that standards share" in printed(result)
    result["pack"]["terms"] = []
    assert "Terms that standards share" not in printed(result)


def test_the_trend_stands_in_it_where_one_is_given():
    paper = printed(head(adequate=1) | {"trend": trend(MOST_PERIODS + 1)})
    for said in ("What was done in time, month by month", "75% of 4, 2 not known", "Drawn are the last 36.", "+25 *"):
        assert said in paper, said
    assert "Of 1 standard nothing fell due." in paper
    assert "nothing due" in printed(head(adequate=1) | {"trend": trend(2)})
    assert "month by month" not in printed(head(adequate=1))


# --- appendices -------------------------------------------------------------------------------------------------------


def test_failing_cases_stand_in_an_appendix_with_the_gravest_first():
    rules = [rule("small", title="A small thing", severity="minor"), rule()]
    cases = [
        case("C1", findings=[finding("small", message="thing not done"), finding()], groups={"team": "East"}),
        case("C2", adequate=None, reasons=["too much is not known"], findings=[finding("small", "unknown", "")]),
        case("C3", adequate=None),
        case("C4", adequate=True, findings=[finding("small")]),
        case("C5", adequate=True),
    ]
    paper = printed(head(rules=rules, adequate=2, inadequate=1, undetermined=2), cases)
    at = [
        paper.rindex(said)
        for said in (
            "Appendix: inadequate cases",
            "Case C1 (team: East)",
            "Visit due 3 May 2011",
            "Appendix: undetermined cases",
            "Not known: 1.1 A small thing.",
            "No standard had anything to judge in the review period.",
            "Appendix: adequate cases that fail a standard",
            "Case C4",
        )
    ]
    assert at[3:] == sorted(at[3:])
    assert at[0] < at[1] < paper.index("Thing not done.")
    assert "Case C5" not in paper


def test_without_cases_no_case_is_named():
    result = head(adequate=1)
    assert printed(result, None) == printed(result, [])


def test_of_many_cases_and_records_the_first_are_printed_and_the_others_counted():
    cases = [case(f"C{number}", findings=[finding()], notes=[note("odd")]) for number in range(5_000)]
    invalid = [
        {"source": "a.json", "record": at, "pointer": "", "message": "is no record"} for at in range(MOST_RECORDS + 1)
    ]
    noted = [source(f"{at}.json", notes=["a note"]) for at in range(MOST_RECORDS + 1)]
    result = head(inadequate=5_000, invalid=invalid, sources=noted)
    paper = printed(result, [*cases, case("last", adequate=None)])
    for said in (
        f"Of 5,000 cases the first {MOST_CASES} can be printed here; the JSON result has them all.",
        "Of 1 cases none can be printed here",
        f"Of 5,000 cases with notes the first {MOST_CASES} can be printed here",
        f"Of 201 records the first {MOST_RECORDS} can be printed here",
        f"Of 201 sources with notes the first {MOST_RECORDS} can be printed here",
    ):
        assert said in paper, said
    assert f"Case C{MOST_CASES - 1}" in paper
    assert f"Case C{MOST_CASES} " not in paper


def test_more_notes_than_are_told_are_counted():
    noted = case(notes=[note(f"odd thing {number}") for number in range(7)])
    paper = printed(head(inadequate=1), [noted])
    assert "and 2 more, in the JSON result" in paper
    assert "odd thing 5" not in paper


# --- hostile text -----------------------------------------------------------------------------------------------------

HOSTILE = [
    "#panic()",
    '#read("/etc/passwd")',
    "$x$ *bold* _it_ ] [ ) (",
    "\\ \\u{41} @ref <label> `raw` ```raw```",
    "= Heading",
    "- item + item / term: x",
    "// comment /* comment */ ~ -- --- ...",
    "\"quotes\" and 'these'",
    "https://example.org/#a",
    "line\nbreak\ttab\x00null\x1bescape",
    "right \u202eto\u202c left \u0645\u0631 \u4e2d \U0001f600 \ud800 e\u0301\u0301\u0301",
    "x" * 5000,
    "",
    " ",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_stands_in_a_result_is_set_as_text(text):
    link = {"law": text or "-", "url": "javascript:alert(1)"}
    rules = [rule(title=text, cases=(1, 1, 0, 0, 0), met=1, late=1) | {"standard": [text] * 8, "basis": [link]}]
    result = head(
        rules=rules,
        areas=[area(title=text, grade=None)],
        groups=[group(text, text, adequate=1, rules=[rule_of_group(met=1, late=2)]), group(text, "other", adequate=1)],
        invalid=[{"source": text, "record": text, "pointer": text, "message": text}],
        sources=[source(text, notes=[text or "-"])],
        inadequate=1,
    )
    result["pack"] |= dict.fromkeys(("id", "title", "version"), text or "-")
    result["pack"]["terms"] = [{"term": text, "means": text}]
    result["pack"]["source"] = {"title": text, "date": text, "publisher": text}
    cases = [
        case(text, reasons=[text], groups={text: text}, notes=[note(text, text)], findings=[finding(message=text)])
    ]
    data = pdf(result, cases)
    assert b"javascript" not in data
    shown = words(" ".join(page.extract_text() for page in read(data).pages)).replace(" ", "")
    assert printable_text(text[:50]).replace("\u200b", "").split("\\")[0].replace(" ", "").split("\n")[0] in shown


def test_what_the_fonts_lack_is_written_as_its_code():
    assert printable_text("Łódź, Ŵyn, Ελλη, Мир, €5 \u2013 “ok”") == "Łódź, Ŵyn, Ελλη, Мир, €5 \u2013 “ok”"
    assert printable_text("\u4e2d \U0001f600 \u202e\ud800") == "\\u4e2d \\U0001f600 \\u202e\\ud800"
    assert printable_text("e\u0301\u0302") == "é\\u0302"


def test_all_letters_that_are_let_through_can_be_printed():
    every = "".join(chr(number) for number in range(0x20, 0x3000) if printable_text(chr(number)) == chr(number))
    lines = [every[at : at + 50] for at in range(0, len(every), 50)]
    result = head(adequate=1)
    result["pack"]["terms"] = [{"term": line, "means": line} for line in lines]
    assert pdf(result, [])


def test_a_long_word_may_break_after_a_slash_or_a_few_letters():
    assert printable_text("/social_care/0/core_groups/1") == "/\u200bsocial_care/\u200b0/\u200bcore_groups/\u200b1"
    assert printable_text("x" * 40) == "\u200b".join(("x" * 16, "x" * 16, "x" * 8))
    assert printable({"a": ["b\u4e2d", 1, None]}) == {"a": ["b\\u4e2d", 1, None]}


# --- bytes ------------------------------------------------------------------------------------------------------------


def test_the_same_result_gives_the_same_bytes():
    result, cases = head(adequate=1), [case(findings=[finding()])]
    assert pdf(result, cases) == pdf(result, cases)


def test_it_writes_what_it_makes():
    out = io.BytesIO()
    write_pdf(head(adequate=1), [], out)
    assert out.getvalue().startswith(b"%PDF-1.7")


def test_where_typst_is_not_installed_it_says_what_to_install(monkeypatch):
    found = builtins.__import__

    def without_typst(name, *rest, **named):
        if name == "typst":
            raise ModuleNotFoundError(name)
        return found(name, *rest, **named)

    monkeypatch.delitem(sys.modules, "casecheck.reports.pdf.writing")
    monkeypatch.setattr(builtins, "__import__", without_typst)
    with pytest.raises(UsageProblem, match=r"pip install 'casecheck\[pdf\]'"):
        formats.writer("pdf")
    monkeypatch.undo()
    assert importlib.import_module("casecheck.reports.pdf.writing")
