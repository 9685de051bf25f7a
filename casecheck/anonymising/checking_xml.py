"""XML looked through element by element, whatever its elements are called, with its comments and attributes.

As everywhere, it is read without entities, document types or network.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from casecheck.anonymising.detectors import found_in
from casecheck.anonymising.judging import judged


def look_through_xml(file: Path, made_up: bool) -> Iterator[tuple[int, str]]:
    """The line and the kind of what tells who someone is; at line 0 why the rest cannot be looked through."""
    try:
        events = etree.iterparse(
            file, events=("end", "comment"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        for event, element in events:
            line = element.sourceline or 1
            if event == "comment":
                yield from ((line, kind) for kind in found_in(element.text or ""))
            else:
                yield from ((line, kind) for kind in _element(element, made_up))
                _let_go(element)
    except (etree.XMLSyntaxError, OSError):
        yield 0, "is not well-formed XML, and cannot be looked through"


def _element(element: etree._Element, made_up: bool) -> Iterator[str]:
    name = etree.QName(element).localname
    values: Final = [(name, element.text or ""), *((str(key), str(held)) for key, held in element.items())]
    seen = [kind for key, held in values for kind in judged(key, held.strip(), made_up)]
    seen += [kind for child in element for kind in found_in((child.tail or "").strip())]
    yield from dict.fromkeys(seen)


def _let_go(element: etree._Element) -> None:
    """Free what has been looked through, but for the text behind it, which its parent holds."""
    tail = element.tail
    element.clear()
    element.tail = tail
