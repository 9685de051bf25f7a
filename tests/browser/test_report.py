"""The HTML report in a browser: filtered, sorted, opened, read without scripts, printed."""

import re

import pytest

CASES = ["case-01", "case-04", "case-07", "case-16"]


def shown(page):
    """The ids of the cases that are shown, in their order."""
    return [each.text_content() for each in page.locator("ol.cases > li:visible h3").all()]


def choose(page, name, label):
    page.locator(f"form.filter select[name={name}]").select_option(label=label)


def counted(page):
    return page.locator(".count").inner_text()


# --- filters ----------------------------------------------------------------------------------------------------------


def test_all_cases_are_shown_first_and_counted(sample, opened):
    page = opened(sample)
    assert shown(page) == CASES
    assert counted(page) == "4 of 4 cases shown"


@pytest.mark.parametrize(
    ("name", "label", "left"),
    [
        ("verdict", "inadequate", ["case-01", "case-07"]),
        ("group", "Pathways", ["case-04", "case-07"]),
        ("severity", "critical", CASES),
        ("outcome", "not known", []),
        ("standard", "Core groups meet regularly while the plan lasts", ["case-01", "case-16"]),
    ],
)
def test_a_filter_leaves_the_cases_that_meet_it(sample, opened, name, label, left):
    page = opened(sample)
    choose(page, name, label)
    if name != "outcome":
        assert shown(page) == left
    assert counted(page) == f"{len(shown(page))} of 4 cases shown"


def test_standard_outcome_and_severity_are_held_against_one_finding(sample, opened):
    page = opened(sample)
    choose(page, "standard", "Core groups meet regularly while the plan lasts")
    choose(page, "outcome", "failed")
    assert shown(page) == ["case-01"]
    choose(page, "severity", "minor")
    assert shown(page) == []
    page.get_by_role("button", name="Show all").click()
    page.get_by_text("4 of 4 cases shown").wait_for()
    assert shown(page) == CASES


def test_a_case_is_found_by_a_part_of_its_id(sample, opened):
    page = opened(sample)
    page.get_by_label("Case id holds").fill("CASE-0")
    assert shown(page) == ["case-01", "case-04", "case-07"]


def test_the_number_that_failed_a_standard_leads_to_those_cases(sample, opened):
    page = opened(sample)
    choose(page, "verdict", "adequate")
    row = page.locator("table.standards tr", has_text="Core groups meet regularly while the plan lasts")
    row.get_by_role("link", name=re.compile("failed: show the cases")).click()
    page.get_by_text("1 of 4 cases shown").wait_for()
    assert shown(page) == ["case-01"]
    assert page.url.endswith("#cases")


# --- order ------------------------------------------------------------------------------------------------------------


def test_cases_are_sorted_and_put_back(sample, opened):
    page = opened(sample)
    choose(page, "sort", "gravest first")
    assert shown(page)[:2] == ["case-01", "case-07"]
    choose(page, "sort", "longest delay first")
    assert shown(page)[:2] == ["case-07", "case-01"]
    choose(page, "sort", "order in the result")
    assert shown(page) == CASES


def test_a_table_is_sorted_by_the_head_of_a_column_from_the_keyboard(sample, opened):
    page = opened(sample)
    table = page.locator("table.standards").nth(1)
    head = table.get_by_role("columnheader", name="Failed")
    head.get_by_role("button").focus()
    for order in ("ascending", "descending"):
        page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == order
        failed = [int(text.replace("-", "0")) for text in table.locator("tbody td:nth-child(5)").all_inner_texts()]
        assert failed == sorted(failed, reverse=order == "descending")
    assert sum(failed) > 0


# --- a case -----------------------------------------------------------------------------------------------------------


def test_a_case_opens_from_the_keyboard_to_its_evidence_and_timelines(sample, opened):
    page = opened(sample)
    case = page.locator("details.case").first
    assert not case.locator(".body").is_visible()
    case.locator("> summary").focus()
    page.keyboard.press("Enter")
    finding = case.locator("article.fail", has_text="Core groups meet regularly while the plan lasts")
    assert finding.get_by_text("Core group due 30 January 2012, held 12 March 2012, 42 days late.").is_visible()
    drawing = finding.get_by_role("img", name="Timeline: Core groups meet regularly while the plan lasts")
    assert drawing.is_visible()
    assert drawing.bounding_box()["width"] > 600
    assert drawing.locator(".span-late").count() >= 1
    rows = finding.locator("table.evidence tbody tr")
    assert "30 Jan 2012" in rows.nth(2).inner_text()
    assert "/core_groups/2" in rows.nth(2).inner_text()


def test_those_shown_are_opened_together_and_closed(sample, opened):
    page = opened(sample)
    choose(page, "verdict", "inadequate")
    page.get_by_role("button", name="Open those shown").click()
    assert page.locator("details.case[open]").count() == 2
    page.get_by_role("button", name="Close all").click()
    assert page.locator("details.case[open]").count() == 0


def test_it_is_read_without_scripts(sample, opened):
    page = opened(sample, scripts=False)
    assert shown(page) == CASES
    assert not page.locator("form.filter").is_visible()
    page.locator("details.case > summary").first.click()
    assert page.locator("article.fail").first.is_visible()


# --- screens and paper ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_runs_out_of_the_screen(sample, opened, width):
    page = opened(sample, width)
    page.get_by_role("button", name="Open those shown").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_printed_it_is_a4_without_controls(sample, opened):
    page = opened(sample)
    page.emulate_media(media="print")
    assert not page.locator("form.filter").is_visible()
    assert not page.locator("nav.contents").is_visible()
    printed = page.pdf(prefer_css_page_size=True)
    boxes = {
        tuple(round(float(each)) for each in box.split()) for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", printed)
    }
    assert boxes == {(0, 0, 595, 842)}
