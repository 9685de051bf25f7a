"""The work with a child looked after: visits, reviews, care plans and the plan for permanence."""

from collections.abc import Iterator, Sequence

from casecheck.calendar import add_months, add_working_days, iso
from casecheck.generating.adoption import adoption_row
from casecheck.generating.life import Life, Row, action, ended, renewed, repeatedly, timely
from casecheck.generating.placements import Care, Placement, approvals, legal_statuses, placement_rows
from casecheck.generating.wellbeing import wellbeing
from casecheck.generating.work import LEADS

PURPOSES = (
    *("To see how the placement is going", "To talk about contact with family", "To prepare the review"),
    *("Statutory visit: school and plans for the next term", "To hear how the child feels about the move"),
)
NO_PURPOSES = ("Statutory visit", "Statutory visit", "Stat. visit", "Routine LAC visit")
OPTIONS = ("return home", "long-term fostering", "long-term fostering", "special guardianship")


def looked_after(life: Life, care: Care) -> Row:
    """All sections of an episode that tell of the time in care, but for the courts."""
    last = care.last(life)
    reviews = list(_review_days(life, care, last))
    rows: Row = {
        "child_looked_after_placements": placement_rows(life, care),
        "legal_statuses": legal_statuses(life, care),
        "carer_approvals": approvals(life, care),
        "looked_after_visits": [_visit(life, day) for day in _visit_days(life, care, last, reviews)],
        "looked_after_reviews": [_review(life, day) for day in reviews],
    }
    rows |= _plans(life, care, last) | wellbeing(life, care)
    if care.adoption is not None:
        rows["adoption"] = adoption_row(care.adoption)
    return rows


def _visit_days(life: Life, care: Care, last: int, reviews: Sequence[int]) -> Iterator[int]:
    """Visit days: within a week of each placement's start, then as often as the placement asks for."""
    visited = care.start - 1
    for placement in care.placements:
        over = last if placement.end is None else placement.end
        reviewed = next((review for review in reviews if review > placement.start), last)
        day = timely(life, placement.start, placement.start + 7, among=2)
        while day <= over:
            if day > visited:
                yield day
                visited = day
            every = _interval(care, placement, day, reviewed)
            often = 7 if every == 7 else 1 if placement.setting == "elsewhere" else 4
            day = timely(life, day + 1, day + every, often)


def _interval(care: Care, placement: Placement, day: int, reviewed: int) -> int:
    """How many days may pass after a visit on `day`; `reviewed` is the day of the placement's first review."""
    lasted = day - placement.start
    watched = placement.setting == "parent" or (placement.setting == "connected person" and lasted < 180)
    if day < reviewed and (watched or placement.setting == "adoption"):
        return 7
    if watched:
        return 28
    lasting = placement.lasting and placement.setting != "adoption"
    return 91 if care.short_breaks or (lasting and lasted > 365) else 42


def _visit(life: Life, day: int) -> Row:
    chance = life.chance
    seen = chance.percent(96)
    alone = seen and chance.percent(85)
    visit: Row = {"visit_date": iso(day), "seen_flag": seen, "seen_alone_flag": alone}
    if not alone:
        visit["not_seen_alone_reason"] = "asleep" if life.on_file(2) else None
    visit["visit_purpose"] = chance.pick(PURPOSES if life.on_file(6) else NO_PURPOSES)
    return visit | life.flags("child_views_recorded_flag", among=6)


def _review_days(life: Life, care: Care, last: int) -> Iterator[int]:
    """Reviews from coming into care, and in times of their own from the placement for adoption on."""
    placed = None if care.adoption is None else care.adoption.placed
    yield from _reviews_from(life, care.start + 5, add_working_days(care.start, 20), last if placed is None else placed)
    if placed is not None:
        yield from _reviews_from(life, placed + 1, placed + 28, last, among=1)


def _reviews_from(life: Life, earliest: int, due: int, last: int, among: int = 2) -> Iterator[int]:
    first = timely(life, earliest, due, among)
    if first > last:
        return
    yield first
    second = timely(life, first + 1, add_months(first, 3), among)
    if second > last:
        return
    yield second
    yield from repeatedly(life, second, last, 6, months=True, among=among)


def _review(life: Life, day: int) -> Row:
    chance = life.chance
    school = life.age(day) >= 4
    took_part = chance.pick(("PN1", "PN1", "PN1", "PN2", "PN3", "PN5", "PN6")) if life.on_file(2) else "PN7"
    distributed = timely(life, day, add_working_days(day, 20), among=2)
    review: Row = {
        "review_date": iso(day),
        "review_participation": took_part if school else "PN0",
        **life.flags("plan_updated_before_review_flag", among=2),
        "record_distributed_date": life.held(distributed) if life.on_file(2) else None,
        "reviewing_officer_met_child_flag": chance.percent(75),
        **life.flags("complaints_explained_flag", "advocacy_explained_flag", among=2),
    }
    if not review["reviewing_officer_met_child_flag"]:
        review["reviewing_officer_not_met_reason"] = "away on holiday" if life.on_file() else None
    if school:
        review["designated_teacher_attended_flag"] = chance.percent(50)
        review["designated_teacher_reported_flag"] = life.on_file()
    return review | {
        "proceedings_considered_flag": chance.percent(40),
        "return_home_considered_flag": chance.percent(40),
    }


def _plans(life: Life, care: Care, last: int) -> Row:
    """Care plans, their changes and the plan for permanence."""
    begun = timely(life, care.start, add_working_days(care.start, 10))
    plans = renewed(life, begun, last, care.end, 12) if begun <= last else ()
    return {
        "care_plans": [plan | _care_plan(life, day) for day, plan in plans],
        "care_plan_changes": [_change(life, placement.start) for placement in care.placements[1:]],
        "permanence_plans": _permanence(life, care, last),
    }


def _care_plan(life: Life, day: int) -> Row:
    plan = life.flags("specific_flag", "measurable_flag", "intended_outcomes_flag", among=2)
    plan |= life.flags("contingency_plan_flag", "identity_considered_flag", "father_included_flag")
    actions = [action(life, day, life.chance.pick(LEADS)) for _ in range(life.chance.pick((0, 1, 2)))]
    return plan | {"actions": actions}


def _permanence(life: Life, care: Care, last: int) -> list[Row]:
    planned = timely(life, care.start + 40, add_months(care.start, 4))
    if planned > last or care.short_breaks or not life.on_file():
        return []
    option = "adoption" if care.adoption is not None else life.chance.pick(OPTIONS)
    return [ended({"start_date": iso(planned)}, life, care.end) | {"permanence_option": option}]


def _change(life: Life, day: int) -> Row:
    told = life.held(timely(life, day, add_working_days(day, 5))) if life.on_file(2) else None
    return {
        "change_date": iso(day),
        "significant_flag": life.chance.percent(70),
        "reviewing_officer_informed_date": told,
    }
