"""The HTML report read as a tree, for its tests."""

import io

from lxml import html

from casecheck.reports.html.page import write_html


def written(head, cases=()):
    out = io.BytesIO()
    write_html(head, cases, out)
    return out.getvalue().decode()


def page(head, cases=()):
    return html.document_fromstring(written(head, cases).encode(), parser=html.HTMLParser(encoding="utf-8"))


def texts(tree, selector):
    """The text of every element that the CSS selector, made of a tag and a class, finds."""
    tag, _, name = selector.partition(".")
    found = tree.iter(tag)
    return [words(each) for each in found if not name or name in (each.get("class") or "").split()]


def words(element):
    """All text in the element, with a space between what stands in different elements."""
    return " ".join(" ".join(element.itertext()).split())


def by_id(tree, name):
    (found,) = tree.xpath("//*[@id=$name]", name=name)
    return found
