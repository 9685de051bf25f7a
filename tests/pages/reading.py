"""The blocks of code of a page in docs/, each with what is quoted below it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).parent.parent.parent / "docs"
_BLOCK = re.compile(r"^```(\S*)([^\n]*)\n(.*?)^```\n", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    """A block of code: its language and what stands behind that, its text, and its line on the page.

    `quoted` are the paragraphs quoted below it, each in one line.
    """

    language: str
    mark: str
    text: str
    line: int
    quoted: tuple[str, ...]


def blocks(page: str) -> list[Block]:
    """The blocks of the page in docs/ of that name."""
    return list(blocks_of((DOCS / page).read_text(encoding="utf-8")))


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of a page, or of a part of one, in order."""
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(found[1], found[2].strip(), found[3], line, _quoted(text[found.end() :].lstrip("\n")))


def _quoted(text: str) -> tuple[str, ...]:
    lines = []
    for line in text.splitlines():
        if not line.startswith(">"):
            break
        lines.append(line[1:].strip())
    return tuple(" ".join(each.split()) for each in "\n".join(lines).split("\n\n") if each.strip())


def rows(page: str, head: str) -> list[tuple[str, ...]]:
    """The rows of the table of the page in docs/ of that name."""
    return rows_of((DOCS / page).read_text(encoding="utf-8"), head)


def rows_of(text: str, head: str) -> list[tuple[str, ...]]:
    """The rows of the table whose head is the line `head`, each cell without the signs of code around it."""
    _, _, after = text.partition(f"{head}\n")
    found = []
    for line in after.splitlines()[1:]:
        if not line.startswith("|"):
            break
        found.append(tuple(cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", line)[1:-1]))
    return found
