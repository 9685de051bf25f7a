"""A timeline drawn in text: a line a day on which something happened, fell due or changed, down a rail.

What happened stands beside the rail's mark: `o` done, `x` late or missed, `>` due, `?` not known, `+` where the period
or the audit begins or ends, `-` what else bears on it. The rail is `!` while something is overdue, and `:` while the
rule does not bind.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from casecheck.reports.words import counted, plain, wrapped

LONGEST: Final = 1000
FEWEST: Final = 3
"""Earlier lines that are left out together; fewer are shown."""

_MARKS: Final = {"begins": "+", "ends": "+", "audit": "+", "due": ">", "event": "o", "settled": "o"}
_BY_OUTCOME: Final = {"late": "x", "missed": "x", "unknown": "?"}

Line = Mapping[str, Any]

LEGEND: Final = "o done  x late or missed  > due  ? not known  + begins or ends  - bears on it"
RAILS: Final = "The rail is ! while something is overdue, and : while the rule does not bind."


def timeline(lines: Sequence[Line], of: str) -> Iterator[str]:
    """The lines of a drawing; `lines` as an explanation has them, in order of their days, `of` the record's pointer."""
    shown, left_out = _shown(lines)
    rail, before = "|", ""
    for place, each in enumerate(shown):
        rail_after = _rail_after(each, rail)
        yield from _drawn(each, "" if each["day"] == before else each["day"], rail_after, of)
        before, rail = each["day"], rail_after
        if each["kind"] == "due" and rail == "!":
            yield f"{'':13}{rail}"
        if place == 0 and left_out:
            text = f"({counted(left_out, 'earlier line')} left out: nothing in them counts)"
            yield f"{'':13}{rail}   {text}"


def _drawn(each: Line, day: str, rail: str, of: str) -> Iterator[str]:
    text = plain(each["says"], LONGEST)
    if each["counted"] is False:
        text += " (not counted)"
    first, rest = f"{_short(day):>11}  {_mark(each)}   ", f"{'':13}{rail}   "
    yield from wrapped(text, first, rest)
    if each["pointer"] and each["pointer"] != of:
        yield rest + plain(each["pointer"], LONGEST)


def _short(day: str) -> str:
    """`2012-04-23` as `23 Apr 2012`."""
    if not day:
        return ""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%b} {found.year}"


def _mark(each: Line) -> str:
    kind, outcome = each["kind"], each["outcome"]
    if kind == "due":
        return "?" if outcome == "unknown" else ">"
    if kind in ("event", "settled"):
        return _BY_OUTCOME.get(outcome, "o")
    return _MARKS.get(kind, "-")


def _rail_after(each: Line, rail: str) -> str:
    """How the rail goes on below a line."""
    kind, fails = each["kind"], each["outcome"] in ("late", "missed")
    if kind == "does_not_bind":
        return ":"
    if kind == "due" and fails:
        return "!"
    if kind == "binds" or (kind in ("event", "settled") and fails):
        return "|"
    return rail


# --- what is left out ------------------------------------------------------------------------------------------------


def _shown(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """The lines without those of long ago that decide nothing, and how many these are.

    Kept are the first line, what the first line that counts runs from, and the last limit before that.
    """
    counts = [place for place, each in enumerate(lines) if each["counted"]]
    if not counts:
        return list(lines), 0
    first = counts[0]
    events = [place for place in range(first) if lines[place]["kind"] in ("event", "lost")]
    start = events[-1] if events else first
    kept = {0, *range(start, len(lines))}
    for kinds in (("limit",), ("binds", "does_not_bind"), ("review_period",)):
        kept.update([place for place in range(start) if lines[place]["kind"] in kinds][-1:])
    left_out = len(lines) - len(kept)
    if left_out < FEWEST:
        return list(lines), 0
    return [each for place, each in enumerate(lines) if place in kept], left_out
