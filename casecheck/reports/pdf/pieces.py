"""What a printed report is made of: pieces that the template knows how to set, as plain data.

A piece is a mapping with its `kind`. Whatever a reader sees comes from here as text and reaches typst as data, never as
typst's own markup, so that nothing in a record, a pack or a result can be taken for an instruction.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

Piece = dict[str, Any]

Run = Mapping[str, str]
"""Text of one style, and where it leads if it is a link."""

Cell = Sequence[Run]
"""The paragraphs of a cell."""

NAMELESS: Final = "-"
"""A heading of nothing: PDF/UA allows none that is empty."""

_LONGEST_ROW: Final = 2500
"""Characters of a row that surely fits on a page; a longer one may be broken over pages."""


def run(text: str, style: str = "plain", url: str | None = None) -> Run:
    """Text in one of the styles `plain`, `strong`, `small`; a link where `url` is an address of the web."""
    safe = url if url is not None and url.lower().startswith(("https://", "http://")) else None
    return {"text": text, "style": style} if safe is None else {"text": text, "style": style, "url": safe}


def cell(*texts: str) -> Cell:
    """A cell of plain paragraphs."""
    return [run(text) for text in texts]


def heading(text: str, level: int = 1, *, new_page: bool = False, listed: bool = True) -> Piece:
    """A heading of level 1 or 2; `listed` says whether it stands in the contents."""
    said = text if text.strip() else NAMELESS
    return {"kind": "heading", "text": said, "level": level, "new_page": new_page, "listed": listed}


def contents(title: str) -> Piece:
    """The contents, on a page of their own."""
    return {"kind": "contents", "title": title}


def paragraphs(*texts: str, style: str = "plain") -> Piece:
    """Paragraphs in one of the styles `plain`, `large`, `small`."""
    return {"kind": "paragraphs", "style": style, "texts": list(texts)}


def bullets(texts: Sequence[str]) -> Piece:
    """A list of short texts."""
    return {"kind": "bullets", "texts": list(texts)}


def entries(names_and_texts: Sequence[tuple[str, str]], *, wide: bool = False) -> Piece:
    """Names with what is said of each; one without a name goes on with what was said before. `wide` where the names
    are long.
    """
    found: list[tuple[str, list[str]]] = []
    for name, text in names_and_texts:
        if name or not found:
            found.append((name or NAMELESS, [text]))
        else:
            found[-1][1].append(text)
    return {"kind": "entries", "entries": found, "wide": wide}


def column(head: str, width: str = "auto", align: str = "right") -> Mapping[str, str]:
    """A column of a table. Its width is `auto`, a number of shares such as `3fr`, or a length such as `20mm`."""
    return {"head": head, "width": width, "align": align}


def rows(cells: Sequence[Sequence[Cell]], title: str = "") -> dict[str, Any]:
    """Rows of a table, under a title of their own where they have one."""
    return {"title": title, "rows": [_row(each) for each in cells]}


def _row(cells: Sequence[Cell]) -> dict[str, Any]:
    length = sum(len(each["text"]) for cell in cells for each in cell)
    return {"cells": [list(cell) for cell in cells], "breakable": length > _LONGEST_ROW}


def table(columns: Sequence[Mapping[str, str]], groups: Sequence[Mapping[str, Any]], *, compact: bool = False) -> Piece:
    """A table; its head stands on each of its pages. A compact one is of smaller letters."""
    return {"kind": "table", "columns": list(columns), "groups": list(groups), "compact": compact}


def bar(name: str, share: Mapping[str, Any], label: str, number: str = "") -> dict[str, Any]:
    """A bar of a chart: a share with its interval, which may be none; and what is said beside it."""
    return {"number": number, "name": name, "label": label, **{part: share[part] for part in ("ratio", "low", "high")}}


def bars(
    title: str,
    alt: str,
    drawn: Sequence[Mapping[str, Any]],
    marks: Sequence[tuple[float, str]] = (),
    *,
    names: int = 60,
    labels: int = 28,
) -> Piece:
    """A chart of shares from 0% to 100%. `alt` says it in words; `marks` are shares at which a line is drawn, each with
    its name; `names` and `labels` are how many millimetres there are for what stands before and behind a bar.
    """
    lines = [{"at": share, "name": name} for share, name in marks]
    widths = {"name": names, "label": labels}
    return {"kind": "bars", "title": title, "alt": alt, "bars": list(drawn), "marks": lines, "widths": widths}
