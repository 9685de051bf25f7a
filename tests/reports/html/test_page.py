"""The HTML report: one file, what it tells, and that nothing in a result is taken for markup."""

import base64
import hashlib
import re

import pytest

from casecheck.reports import facts
from casecheck.reports.html import page as page_module
from casecheck.reports.text import text_report
from tests.reports import results
from tests.reports.documents import CASES, HEAD, HOSTILE_CASES, HOSTILE_HEAD, found, obligation
from tests.reports.html.reading import by_id, page, texts, words, written
from tests.reports.results import area, case, group, head, note, rule, rule_of_group, source

EVIL = "<script>window.ran = true</script>\"'><img src=x onerror=alert(1)>\u202e\x1b[2J\x00"


# --- one file ---------------------------------------------------------------------------------------------------------


def test_it_loads_nothing_and_its_policy_lets_nothing_run_but_what_it_brings():
    text = written(HEAD, CASES)
    tree = page(HEAD, CASES)
    assert not tree.xpath("//link | //img | //iframe | //object | //embed | //base | //*[@src] | //*[@style]")
    assert not re.search(r"url\((?!#)|@import|@font-face", text)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_same_result_gives_the_same_bytes():
    assert written(HEAD, CASES) == written(HEAD, CASES)


def test_what_it_refers_to_is_on_the_page():
    tree = page({**HEAD, "pack": {**HEAD["pack"], "terms": []}}, CASES)
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    inner = {href[1:] for href in tree.xpath("//a/@href | //*[local-name()='use']/@href") if href.startswith("#")}
    labels = {each for names in tree.xpath("//@aria-labelledby") for each in names.split()}
    assert inner | labels <= set(ids)


def test_cases_are_written_while_they_are_read():
    read: list[int] = []

    class Out:
        def __init__(self):
            self.size, self.seen = 0, []

        def write(self, data):
            self.size += len(data)

        def writelines(self, pieces):
            for piece in pieces:
                self.write(piece)

    out = Out()

    def cases():
        for number in range(400):
            read.append(out.size)
            yield case(f"C{number}", findings=[found("visits", "fail", obligation())])

    page_module.write_html(head(inadequate=400), cases(), out)  # type: ignore[arg-type]
    assert read[0] < read[200] < read[399] < out.size


# --- what it tells ----------------------------------------------------------------------------------------------------


def test_it_has_every_sentence_that_the_text_report_has():
    told = head(
        adequate=1,
        inadequate=1,
        undetermined=2,
        rules=[rule(met=3, late=1)],
        areas=[area(adequate=1, inadequate=1, grade="inadequate", high="good")],
        groups=[group("team", "East", inadequate=1, too_small=True), group("team", "West", differs=True, adequate=1)],
        invalid=[{"source": "a.json", "record": 4, "pointer": "/b", "message": "is wrong"}],
    )
    told["summary"] |= results.in_time(3, 1)
    shown = words(page(told, CASES_OF_VISITS))
    summary = told["summary"]
    said = [
        *(text for _, text in facts.audited(told, summary["cases"])),
        *facts.verdict(summary),
        facts.about_grades(summary["areas"]),
        facts.about_groups(summary["groups"]),
        *map(facts.invalid_record, told["invalid_records"]),
        *(str(facts.reasons(each)) for each in CASES_OF_VISITS if each["reasons"]),
        *(facts.sentence(each["message"]) for every in CASES_OF_VISITS for each in facts.found(every, "fail")),
    ]
    as_text = " ".join(" ".join(text_report(told, CASES_OF_VISITS)).split())
    assert len(said) > 12
    for sentence in said:
        assert sentence in shown
        assert sentence in as_text


CASES_OF_VISITS = [
    case("C1", reasons=["1 critical standard failed, and none is allowed"], findings=[found("visits", "fail")]),
    case("C2", adequate=None, reasons=["nothing passed"], findings=[found("visits", "unknown", message="not held")]),
]


def test_every_standard_stands_with_its_sentence_and_its_sources():
    standard = by_id(page(HEAD, CASES), "standard-0")
    assert "For each child looked after: a visit every 6 weeks, until care ends." in words(standard)
    assert "Law: A regulation" in words(standard)
    assert "A note." in words(standard)
    assert standard.xpath(".//a/@href") == ["https://example.org/law"]


def test_only_an_address_of_the_web_is_made_a_link():
    for url in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org"):
        told = rule()
        told["basis"] = [{"law": "A regulation", "url": url}]
        assert not by_id(page(head(rules=[told])), "standard-0").xpath(".//a")


def test_areas_stand_in_the_parts_of_the_record_with_a_chart_each():
    areas = [
        area(
            "a", title="Safeguarding: quality of provision", grade="good", high="outstanding", adequate=9, inadequate=1
        ),
        area("b", title="Looked after children: being healthy"),
    ]
    (table,) = page(head(areas=areas)).xpath("//table[contains(@class, 'areas')]")
    assert [words(each) for each in table.xpath(".//tr[@class='part']")] == ["Safeguarding", "Looked after children"]
    first, second = table.xpath(".//tr[td]")
    assert words(first).startswith("Quality of provision 9 of 10 90% 60% to 98% 0 good (good to outstanding)")
    assert [line.get("x1") for line in first.xpath(".//*[@class='bound']")] == ["95.00%", "85.00%", "70.00%"]
    assert first.xpath(".//*[@class='range']")
    assert words(second).startswith("Being healthy 0 of 0 - -")
    assert not second.xpath(".//*[@class='range']")


def test_a_breakdown_holds_each_group_beside_the_whole_and_marks_what_differs():
    groups = [
        group(
            "team", "East", differs=True, adequate=1, inadequate=9, rules=[rule_of_group(met=1, late=3, differs=True)]
        ),
        group("team", "West", adequate=9, inadequate=1, rules=[rule_of_group(met=4)]),
    ]
    tree = page(head(adequate=10, inadequate=10, rules=[rule(met=5, late=3)], groups=groups))
    rows = [words(row) for row in tree.xpath("//table[contains(@class, 'groups')]//tr")]
    assert rows[1] == "East 1 of 10 10% 2% to 40% 0 differs"
    assert rows[-1].startswith("All cases 10 of 20 50%")
    (standard,) = tree.xpath("//table[@class='matrix']/tbody/tr")
    assert words(standard) == "Children are visited in time critical 25% of 4 * 100% of 4 63% of 8"
    assert facts.DIFFERS in texts(tree, "p.legend")


def test_standards_of_many_groups_are_in_the_result_alone():
    groups = [group("age", f"{age:02}", adequate=1, rules=[rule_of_group(late=1)]) for age in range(13)]
    tree = page(head(adequate=13, rules=[rule(late=13)], groups=groups))
    assert not tree.xpath("//table[@class='matrix']")
    assert facts.too_many_groups(groups) in texts(tree, "p.legend")


def test_without_cases_no_case_is_named_and_nothing_leads_to_them():
    tree = page(HEAD, None)
    assert not tree.xpath("//*[@id='cases'] | //a[@href='#cases'] | //form")
    assert "C1" not in words(tree)


def test_a_rule_of_an_area_without_a_title_stands_under_its_id():
    assert "elsewhere" in texts(page(head(rules=[rule(area="elsewhere")])), "h3")


def test_of_many_invalid_records_the_first_are_told(monkeypatch):
    monkeypatch.setattr(page_module, "MOST_INVALID", 2)
    invalid = [{"source": "a.json", "record": each, "pointer": "", "message": "is wrong"} for each in range(1, 6)]
    notes = by_id(page(head(invalid=invalid)), "notes")
    assert texts(notes, "li") == [
        "a.json, record 1: is wrong",
        "a.json, record 2: is wrong",
        "and 3 more, in the JSON result",
    ]


# --- hostile results --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("told", "cases"), [(HOSTILE_HEAD, HOSTILE_CASES)])
def test_nothing_in_a_result_is_taken_for_markup(told, cases):
    text = written(told, cases)
    assert "<b>" not in re.sub(r"<b>[\d,a-z-]+</b>", "", text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
    assert r"\u202e" in text


def test_every_string_of_a_result_may_hold_markup():
    told = head(
        inadequate=1,
        rules=[{**rule(title=EVIL), "standard": [EVIL], "basis": [{"law": EVIL, "url": EVIL, "note": EVIL}]}],
        areas=[area(title=EVIL, inadequate=1)],
        groups=[group(EVIL, EVIL, inadequate=1, rules=[rule_of_group()]), group(EVIL, "b", inadequate=1)],
        sources=[source(EVIL, notes=[EVIL])],
        invalid=[{"source": EVIL, "record": EVIL, "pointer": f"/{EVIL}", "message": EVIL}],
    )
    says = dict.fromkeys(("id", "version", "title"), EVIL)
    terms = [{"term": EVIL, "means": EVIL}]
    told["pack"] |= says | {"terms": terms, "source": {"title": EVIL, "publisher": EVIL, "url": EVIL, "date": EVIL}}
    told["casecheck"] = EVIL
    duty = {**obligation(f"/{EVIL}", outcome="met"), "evidence": f"/{EVIL}", "limit": EVIL}
    cases = [
        case(
            EVIL,
            source=EVIL,
            reasons=[EVIL],
            groups={EVIL: EVIL},
            notes=[note(EVIL, f"/{EVIL}")],
            findings=[found("visits", "fail", duty, message=EVIL)],
        )
    ]
    tree = page(told, cases)
    plain = page(HEAD, CASES)
    assert len(tree.xpath("//script")) == len(plain.xpath("//script")) == 1
    assert not tree.xpath("//img | //@*[starts-with(local-name(), 'on')]")
    assert not tree.xpath("//a[not(starts-with(@href, '#'))]")
    text = written(told, cases)
    assert "<script>window" not in text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", text)
    assert text.count("&lt;script&gt;window.ran") > 20


def test_a_note_of_ten_megabytes_is_cut():
    long = case("C1", notes=[note("x" * 10_000_000)], findings=[found("visits", "fail", message="y" * 10_000_000)])
    assert len(written(head(inadequate=1), [long])) < 200_000
