"""Text as it can be printed: with letters that the fonts have, and places at which it may break."""

import re
import unicodedata
from functools import lru_cache
from typing import Any, Final

_PRINTED: Final = re.compile(
    r"[^\u0020-\u007e\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20a0-\u20bf"
    r"\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff]"
)
"""What is not Latin, Greek, Cyrillic, punctuation, a currency, an arrow or a plain sign. Of these the fonts that typst
brings have all; of others it would refuse the document, or turn the direction of a line."""

_LONG: Final = re.compile(r"[^\s-]{22,}")
_BREAK: Final = "\u200b"
_PART: Final = 16


def printable(value: Any) -> Any:
    """The data with every text in it made fit for print."""
    if isinstance(value, str):
        return printable_text(value)
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    return value


@lru_cache(maxsize=10_000)
def printable_text(text: str) -> str:
    """The text in letters that the fonts have, any other written as its code; a long word may break within."""
    known = text if text.isascii() else unicodedata.normalize("NFC", text)
    return _LONG.sub(_breakable, _PRINTED.sub(_code, known))


def _code(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _breakable(match: re.Match[str]) -> str:
    """A long word, such as a path or an id, with places to break it: after a slash, else after a few letters."""
    parts = re.split(r"(?<=/)", match[0])
    pieces = [part[at : at + _PART] for part in parts for at in range(0, len(part), _PART)]
    return _BREAK.join(pieces)
