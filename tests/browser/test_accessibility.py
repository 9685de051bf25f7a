"""axe finds nothing in the HTML report against WCAG 2.2 AA, on a wide screen and a narrow one, closed and opened."""

from importlib import resources

import pytest

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe():
    package = pytest.importorskip("axe_playwright_python", reason="axe, which checks pages, is not installed")
    return resources.files(package).joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("opens", [False, True], ids=["closed", "opened"])
@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing(sample, opened, axe, width, opens):
    page = opened(sample, width)
    if opens:
        page.evaluate("document.querySelectorAll('details').forEach((each, place) => { each.open = place < 12; })")
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    assert [(each["id"], each["nodes"][0]["html"], len(each["nodes"])) for each in found["violations"]] == []
    assert len(found["passes"]) > 20
