"""Tables in XML: elements within the element of one child, each a row whose cells are the elements within it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from lxml import etree

from casecheck.records.census_layout import local_name
from casecheck.records.hardened_xml import LONGEST_CHILD, let_go, pull_parser, without_mark
from casecheck.records.streams import is_gzip
from casecheck.records.tables import rows
from casecheck.records.tables.cells import plain

PIECE: Final = 256 * 1024

Leaves = dict[str, str]
"""Texts by the plain names of their elements."""

XmlRow = tuple[str, Leaves]
"""The name of a row's element, and what is in it."""


def root_of(head: bytes) -> str | None:
    """The name of the root element of XML that begins with `head`; None where it cannot be told."""
    parser = pull_parser("start")
    with suppress(etree.XMLSyntaxError):
        parser.feed(without_mark(head))
    for _, element in parser.read_events():
        return local_name(element)
    return None


def children(path: Path, child: str, elements: Sequence[str]) -> Iterator[tuple[Leaves, list[XmlRow]]]:
    """Of each child the texts of all that is in it, the first of each name, and its rows.

    Raises rows.Broken where the file breaks off.
    """
    parser = pull_parser("end", tag=f"{{*}}{child}")
    wanted = frozenset(elements)
    unended = 0
    try:
        with _opened(path) as file:
            while data := file.read(PIECE):
                parser.feed(data if unended else without_mark(data))
                unended += len(data)
                for _, element in parser.read_events():
                    if element.getroottree().docinfo.doctype:
                        raise rows.Broken("declares a document type (DOCTYPE), which can name entities; it is not read")
                    unended = 1
                    yield _child(element, wanted)
                    let_go(element)
                if unended > LONGEST_CHILD:
                    raise rows.Broken(f"goes on for {LONGEST_CHILD // 1024**2} MiB without a {child} that ends")
        parser.close()
    except etree.XMLSyntaxError as problem:
        line, column = problem.position
        raise rows.Broken(f"is not well-formed XML, or cut off, at line {line:,}, column {column:,}") from None
    except (OSError, EOFError):
        raise rows.Broken("cannot be read to its end: it is cut off or damaged") from None


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
