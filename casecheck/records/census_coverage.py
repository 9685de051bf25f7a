"""Which part of a child's history a Children in Need census return holds.

A return covers one collection year, 1 April to 31 March, and is drawn as at its last day, the ReferenceDate. It
carries every case that was open in the year, with what fell in the year: the census's own validation checks refuse an
assessment that was authorised (check 8696), a conference that was held (8715), a child in need plan or a child
protection plan that ended (4013, 8930) and a case that was closed (8620) on a day outside it. What had ended before
the year began is thus not there, and is no sign that it was not done.

For review conferences no check says so, and the text of the guidance ("Children in need census: guide for local
authorities", Department for Education, published every year) could not be read here. The reader therefore takes the
choice that cannot turn a review into a missed one: reviews are held from the first day of the year, or from the
earliest that the return gives of the child, where that is before it. A wait that began earlier is doubtful, never
missed for that.

Child in need plans are collected since the census of 2021 to 2022 (methodology of "Characteristics of children in
need", Department for Education); in an earlier return, one without them says nothing.
"""

from functools import cache
from typing import Final, NamedTuple

from casecheck.calendar import DAYS, UNKNOWN, add_months, iso
from casecheck.records.coverage import section_name
from casecheck.records.schema import sections

EPISODES: Final = "social_care_episodes"
PLANS: Final = "child_protection_plans"
REVIEWS: Final = "child_protection_reviews"
IN_NEED_PLANS: Final = "child_in_need_plans"
IN_NEED_PLANS_SINCE: Final = "2022-03-31"

CARRIED: Final = (
    (EPISODES,),
    (EPISODES, "child_and_family_assessments"),
    (EPISODES, "section_47_assessments"),
    (EPISODES, "initial_child_protection_conferences"),
    (EPISODES, IN_NEED_PLANS),
    (EPISODES, PLANS),
    (EPISODES, PLANS, REVIEWS),
)
"""The sections that a census return carries."""

_DESCRIBED: Final = {("child_details",), ("coverage",)}


class Covered(NamedTuple):
    """What a return covers: the first and last day of its year, and the sections that it cannot hold.

    The days are None where it names no ReferenceDate that is a day.
    """

    since: str | None
    to: str | None
    not_held: tuple[str, ...]


@cache
def covered_by(reference_date: str | None) -> Covered:
    """What a return with this ReferenceDate covers."""
    day = DAYS[reference_date or ""]
    if reference_date is None or day == UNKNOWN:
        return Covered(None, None, (*_never_held(), section_name((EPISODES, PLANS, REVIEWS))))
    return Covered(iso(add_months(day, -12) + 1), reference_date, _never_held())


def coverage(covered: Covered, reviews: list[str], has_plans_in_need: bool) -> dict[str, object]:
    """The `coverage` of one child's record; `reviews` are the days of all the child's review conferences."""
    not_held = list(covered.not_held)
    if (covered.to is None or covered.to < IN_NEED_PLANS_SINCE) and not has_plans_in_need:
        not_held.append(section_name((EPISODES, IN_NEED_PLANS)))
    if covered.since is None:
        return {"not_held": not_held}
    since = {section_name(path): covered.since for path in CARRIED}
    since[section_name((EPISODES, PLANS, REVIEWS))] = min([covered.since, *reviews])
    return {"from": since, "to": covered.to, "not_held": not_held}


@cache
def _never_held() -> tuple[str, ...]:
    """The sections that a census return cannot hold, of those that would be taken as empty when left out."""
    found = (path for path, section in sections().items() if section.absent_is_empty and not section.derived)
    return tuple(section_name(path) for path in found if path not in CARRIED and path not in _DESCRIBED)
