"""A hostile result opened in a browser: nothing in it runs, and all of it is text."""

import pytest

from casecheck.reports.html.page import write_html
from tests.reports.documents import found, obligation
from tests.reports.results import area, case, group, head, note, rule, source

PAYLOADS = [
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 1</script>",
    "</title></style><script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    '" onmouseover="window.ran = 1" autofocus onfocus="window.ran = 1" x="',
    "' onfocus='window.ran = 1' '",
    "javascript:window.ran=1",
    "<svg onload=window.ran=1><a xlink:href='javascript:window.ran=1'>",
    "{{ 7 * 7 }}{% raw %}${window.ran = 1}",
    "<!-- --><base href='https://example.org/'><meta http-equiv=refresh content='0;url=https://example.org/'>",
    "\u202egnp.exe\u2066\u200f\x00\x1b[31m\r\n",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The report of a result that holds every payload in every kind of string."""
    told = head(
        inadequate=len(PAYLOADS),
        rules=[_rule(text) for text in PAYLOADS],
        areas=[area(text, title=text, inadequate=1) for text in PAYLOADS],
        groups=[group(by, value, inadequate=1) for by in PAYLOADS for value in (by, f"{by} 2")],
        sources=[source(text, notes=[text]) for text in PAYLOADS],
        invalid=[{"source": text, "record": text, "pointer": f"/{text}", "message": text} for text in PAYLOADS],
    )
    all_of_them = " ".join(PAYLOADS)
    says = dict.fromkeys(("id", "version", "title"), all_of_them)
    told["pack"] |= says | {"source": dict.fromkeys(("title", "url", "publisher", "date"), all_of_them)}
    told["pack"]["terms"] = [{"term": text, "means": text} for text in PAYLOADS]
    file = tmp_path_factory.mktemp("hostile") / "hostile.html"
    with file.open("wb") as out:
        write_html(told, [_case(text) for text in PAYLOADS], out)
    return file


def _rule(text):
    says = {"rule": text, "standard": [text], "basis": [{"law": text, "url": text, "note": text}]}
    return {**rule(title=text, area=text), **says}


def _case(text):
    duty = {**obligation(f"/{text}"), "evidence": f"/{text}", "limit": text}
    groups = dict.fromkeys(PAYLOADS, text)
    fails = found(text, "fail", duty, message=text)
    return case(text, source=text, reasons=[text], groups=groups, notes=[note(text, f"/{text}")], findings=[fails])


COUNT_HANDLERS = """() => [...document.querySelectorAll('*')]
    .flatMap(each => [...each.attributes]).filter(each => each.name.startsWith('on')).length"""
COUNT_FOREIGN = "document.querySelectorAll('script, img, base, iframe, meta[http-equiv]').length"


def test_nothing_runs_and_nothing_is_asked_for(hostile, opened):
    page = opened(hostile)
    page.get_by_role("button", name="Open those shown").click()
    for inner in page.locator("main a").all():
        inner.dispatch_event("mouseover")
        inner.dispatch_event("focus")
    assert page.evaluate("window.ran") is None
    assert page.evaluate(COUNT_FOREIGN) == 2  # the policy and the page's own script
    assert page.evaluate(COUNT_HANDLERS) == 0
    assert page.url == hostile.as_uri()


def test_no_sign_that_turns_or_controls_is_left_in_it(hostile, opened):
    page = opened(hostile)
    text = page.evaluate("document.documentElement.outerHTML")
    assert not {character for character in text if character in "\u202e\u2066\u200f\x00\x1b\r"}


def test_it_is_filtered_and_sorted_all_the_same(hostile, opened):
    page = opened(hostile)
    for place in range(len(PAYLOADS)):
        choice = page.locator("select[name=group]").nth(place)
        choice.select_option(index=1)
        assert page.locator(".count").inner_text() == f"1 of {len(PAYLOADS)} cases shown"
        choice.select_option(index=0)
    page.locator("select[name=sort]").select_option("name")
    assert page.locator("ol.cases > li:visible").count() == len(PAYLOADS)
