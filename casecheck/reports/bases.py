"""Where a standard comes from, in words."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from casecheck.reports.facts import LONGEST_MESSAGE, LONGEST_TITLE
from casecheck.reports.words import day_in_words, plain

_KINDS: Final = ("law", "guidance", "local")


def source_in_words(basis: Mapping[str, Any]) -> tuple[str, str | None]:
    """One source of a standard, `Report: paragraphs 96 and 102`, and where it can be read, if it says."""
    if "report" in basis:
        return f"Report: {_paragraphs(basis['report'])}", basis.get("url")
    kind = next(each for each in _KINDS if each in basis)
    return f"{kind.capitalize()}: {plain(' '.join(basis[kind].split()), LONGEST_MESSAGE)}", basis.get("url")


def _paragraphs(numbers: Sequence[int]) -> str:
    noun = "paragraph" if len(numbers) == 1 else "paragraphs"
    *most, last = [str(each) for each in sorted(numbers)]
    return f"{noun} {', '.join(most)} and {last}" if most else f"{noun} {last}"


def report_of(pack: Mapping[str, Any]) -> str:
    """The report that a pack is drawn from: `Inspection of ... (Ofsted, 13 June 2012)`."""
    says = pack["source"]
    published = ", ".join(plain(each) for each in (says.get("publisher"), _day(says.get("date"))) if each)
    return plain(says["title"], LONGEST_TITLE) + (f" ({published})" if published else "")


def _day(text: str | None) -> str | None:
    try:
        return None if text is None else day_in_words(text)
    except ValueError:
        return text
