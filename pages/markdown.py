"""Markdown as GitHub reads it: text that stays text, tables, lines of a width that people can read."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import Final

WIDTH: Final = 120
NARROWEST: Final = 60

_SIGNS: Final = re.compile(r"([\\`*<>\[\]|~$]|&(?=#?\w+;)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")
_CODE_OR_SIGN: Final = re.compile(rf"(`[^`]+`)|{_SIGNS.pattern}")
_BEGINS_A_BLOCK: Final = re.compile(r"([-+*]|#+|[0-9]+[.)])(\s|$)|>|={3}|-{3}")


def text(plain: str) -> str:
    """Plain text with every sign that Markdown would read as its own set off; what stands in `code` stays code."""
    return _CODE_OR_SIGN.sub(lambda found: found[1] or f"\\{found[2]}", " ".join(plain.split()))


def code(plain: str) -> str:
    """The text as code, whatever it holds."""
    return f"`` {plain} ``" if "`" in plain else f"`{plain}`"


def codes(names: Iterable[str]) -> str:
    """The names as code, with commas between them."""
    return ", ".join(code(each) for each in names)


def link(shown: str, target: str) -> str:
    """A link whose text is Markdown already."""
    return f"[{shown}]({target})"


def anchor(name: str) -> str:
    """A place that links can point to, whatever the heading below it says."""
    return f'<a id="{name}"></a>'


def filled(markdown: str, first: str = "", rest: str | None = None) -> list[str]:
    """A paragraph in lines of at most WIDTH columns, the first begun with `first`, the others with `rest`.

    No line begins with what Markdown would take for the beginning of a list or a heading, and no link is broken.
    """
    indent = " " * len(first) if rest is None else rest
    whole = re.sub(r"\[[^\]]*\]\([^)]*\)|`[^`]*`", lambda found: found[0].replace(" ", "\0"), markdown)
    for width in range(WIDTH, NARROWEST, -1):
        lines = textwrap.wrap(
            whole,
            width,
            initial_indent=first,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
        if not any(_BEGINS_A_BLOCK.match(line[len(indent) :]) for line in lines[1:]):
            break
    return [line.replace("\0", " ") for line in lines]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; cells are Markdown already, empty ones are shown as a dash."""
    return [_row(heads), _row(["---"] * len(heads)), *(_row([cell or "-" for cell in row]) for row in rows)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_cell(each) for each in cells)} |"


def _cell(markdown: str) -> str:
    """A cell in one line; a bar that is not set off yet would end it, in code too."""
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(markdown.split()))


def page(lines: Iterable[str]) -> str:
    """The lines as a file."""
    return "\n".join(lines).rstrip() + "\n"


def made_from(what: str) -> list[str]:
    """What every generated page says of itself."""
    return [f"<!-- Made by `make docs` from {what}. What is written here by hand is lost. -->", ""]
