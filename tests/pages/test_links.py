"""What the pages point to is there: files, and places within pages."""

import re
from pathlib import Path

import pytest

from pages.every import generated_pages

ROOT = Path(__file__).parent.parent.parent
MADE = {(ROOT / "docs" / name).resolve(): text for name, text in generated_pages().items()}
WRITTEN = {
    file.resolve(): file.read_text(encoding="utf-8") for file in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
}
PAGES = WRITTEN | MADE


def links(markdown):
    """The targets of the links of a page, but for those to other sites."""
    prose = re.sub(r"^```.*?^```", "", markdown, flags=re.DOTALL | re.MULTILINE)
    found = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`(?!\])", "", prose))
    return sorted({link for link in found if "://" not in link})


def anchors(markdown):
    """The places of a page that links can point to: its headings as GitHub names them, and those set by hand."""
    prose = re.sub(r"^```.*?^```", "", markdown, flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.*)$", prose, re.MULTILINE)
    named = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return named | set(re.findall(r'<a id="(.*?)"></a>', markdown))


LINKS = [
    pytest.param(page, link, id=f"{page.relative_to(ROOT)}-{link}")
    for page, text in PAGES.items()
    for link in links(text)
]


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_what_a_page_points_to_is_there(page, link):
    path, _, place = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    assert target in PAGES or target.exists()
    if place:
        assert place in anchors(PAGES[target])
