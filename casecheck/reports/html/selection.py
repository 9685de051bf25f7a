"""Which cases a page holds: all of a small audit; of a large one those to look at, the gravest first to be kept."""

from collections.abc import Iterable, Mapping
from heapq import nsmallest
from typing import Any, Final, NamedTuple

from casecheck.reports.facts import KINDS_OF_CASES, SEVERITIES, found, kind_of_case
from casecheck.reports.words import number

MOST_WHOLE: Final = 500
"""Cases of an audit that is told whole: of each case every standard, met or not."""

MOST_KEPT: Final = 500
"""Cases told of a larger one: a page of many more opens slowly, or not at all."""

Case = Mapping[str, Any]


class Selection(NamedTuple):
    """The cases that the page holds, whether with what they passed, and what it says of those left out."""

    cases: Iterable[Case]
    whole: bool
    said: str | None


def selection(summary: Mapping[str, Any], cases: Iterable[Case]) -> Selection:
    """The cases that a page holds of those audited."""
    audited = summary["cases"]["audited"]
    if audited <= MOST_WHOLE:
        return Selection(cases, True, None)
    severities = {rule["rule"]: SEVERITIES.index(rule["severity"]) for rule in summary["rules"]}
    ranked = [(*_rank(case, severities), place) for place, case in enumerate(cases) if kind_of_case(case) is not None]
    kept = {rank[-1] for rank in nsmallest(MOST_KEPT, ranked)}
    return Selection(_Kept(cases, kept), False, _said(audited, len(ranked), len(kept)))


def _said(audited: int, to_look_at: int, kept: int) -> str:
    """What is left out, and where it is."""
    which = "those that are inadequate or undetermined, or fail a standard"
    if kept < to_look_at:
        gravest = "in which the most critical standards failed, then the most major ones"
        which += f": of these {number(to_look_at)}, the {number(kept)} {gravest}"
    return (
        f"{number(audited)} cases were audited. This page holds {which}. Of each it tells what failed, is not known or "
        "is not due. The JSON result holds them all, and the rest of each."
    )


def _rank(case: Case, severities: Mapping[str, int]) -> tuple[int, ...]:
    """Less for what is to be kept sooner."""
    failed = [severities[finding["rule"]] for finding in found(case, "fail")]
    kind = KINDS_OF_CASES.index(str(kind_of_case(case)))
    return (*(-failed.count(each) for each in range(len(SEVERITIES))), kind)


class _Kept:
    """The cases at certain places, gone through anew each time."""

    def __init__(self, cases: Iterable[Case], places: set[int]) -> None:
        self._cases, self._places = cases, places

    def __iter__(self) -> Any:
        return (case for place, case in enumerate(self._cases) if place in self._places)
