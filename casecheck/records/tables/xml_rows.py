"""Tables in XML: elements within the element of one child, each a row whose cells are the elements within it."""

import codecs
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from lxml import etree

from casecheck.records.census_layout import local_name
from casecheck.records.streams import is_gzip
from casecheck.records.tables import rows
from casecheck.records.tables.cells import plain

LONGEST_CHILD: Final = 8 * 1024 * 1024
"""The size in bytes that the element of one child may have."""

PIECE: Final = 256 * 1024

Leaves = dict[str, str]
"""Texts by the plain names of their elements."""

XmlRow = tuple[str, Leaves]
"""The name of a row's element, and what is in it."""

_HARDENED: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "recover": False,
}


def root_of(head: bytes) -> str | None:
    """The name of the root element of XML that begins with `head`; None where it cannot be told."""
    parser = etree.XMLPullParser(events=("start",), **_HARDENED)
    with suppress(etree.XMLSyntaxError):
        parser.feed(_without_mark(head))
    for _, element in parser.read_events():
        return local_name(element)
    return None


def children(path: Path, child: str, elements: Sequence[str]) -> Iterator[tuple[Leaves, list[XmlRow]]]:
    """Of each child the texts of all that is in it, the first of each name, and its rows.

    Raises rows.Broken where the file breaks off.
    """
    parser = etree.XMLPullParser(events=("end",), tag=f"{{*}}{child}", **_HARDENED)
    wanted = frozenset(elements)
    unended = 0
    try:
        with _opened(path) as file:
            while data := file.read(PIECE):
                parser.feed(data if unended else _without_mark(data))
                unended += len(data)
                for _, element in parser.read_events():
                    if element.getroottree().docinfo.doctype:
                        raise rows.Broken("declares a document type (DOCTYPE), which can name entities; it is not read")
                    unended = 1
                    yield _child(element, wanted)
                    _let_go(element)
                if unended > LONGEST_CHILD:
                    raise rows.Broken(f"goes on for {LONGEST_CHILD // 1024**2} MiB without a {child} that ends")
        parser.close()
    except etree.XMLSyntaxError as problem:
        line, column = problem.position
        raise rows.Broken(f"is not well-formed XML, or cut off, at line {line:,}, column {column:,}") from None
    except (OSError, EOFError):
        raise rows.Broken("cannot be read to its end: it is cut off or damaged") from None


def _without_mark(data: bytes) -> bytes:
    """The beginning without a byte order mark and blanks, which may not stand before an XML declaration but do."""
    return data.removeprefix(codecs.BOM_UTF8).lstrip()


def _opened(path: Path) -> Any:
    import gzip

    with open(path, "rb") as file:
        gzipped = is_gzip(file.read(2))
    return gzip.open(path, "rb") if gzipped else open(path, "rb")


def _child(child: etree._Element, wanted: frozenset[str]) -> tuple[Leaves, list[XmlRow]]:
    anywhere: Leaves = {}
    found: list[XmlRow] = []
    for each in child.iter():
        name = local_name(each)
        if name in wanted:
            found.append((name, _leaves(each)))
        if len(each) == 0:
            anywhere.setdefault(plain(name), (each.text or "").strip())
    return anywhere, found


def _leaves(element: etree._Element) -> Leaves:
    """The texts of what is in the element and holds no elements itself; of two of one name the first."""
    found: Leaves = {}
    for part in element:
        if len(part) == 0:
            found.setdefault(plain(local_name(part)), (part.text or "").strip())
    return found


def _let_go(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
