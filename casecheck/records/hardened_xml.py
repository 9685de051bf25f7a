"""How XML of every kind is read: without entities, network or huge trees, letting go of what has been read."""

import codecs
from typing import Any, Final, Literal

from lxml import etree

LONGEST_CHILD: Final = 8 * 1024 * 1024
"""The size in bytes that the element of one child may have; real ones have a few thousand."""

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
UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def pull_parser(*events: Literal["start", "end"], tag: str | None = None) -> Any:
    """A parser to be fed piece by piece, which tells of these events (of elements of this tag)."""
    return etree.XMLPullParser(events=events, tag=tag, **_HARDENED)


def without_mark(data: bytes) -> bytes:
    """The beginning without a byte order mark and blanks, which may not stand before an XML declaration but do."""
    return data if data.startswith(UTF_16) else data.removeprefix(codecs.BOM_UTF8).lstrip()


def let_go(element: etree._Element) -> None:
    """Free an element that has been read, and all before it within the same one."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
