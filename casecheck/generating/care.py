"""The work with a child looked after: visits, reviews, plans, health, education, the courts, adoption."""

from collections.abc import Iterator, Sequence

from casecheck.calendar import add_months, add_working_days, iso
from casecheck.generating.chance import weighted
from casecheck.generating.life import Life, Row, action, ended, repeatedly, timely, with_next
from casecheck.generating.placements import Care, Placement, approvals, legal_statuses, placement_rows
from casecheck.generating.work import LEADS

PURPOSES = weighted(
    {
        "Statutory visit": 4,
        "Stat. visit": 1,
        "To see how the placement is going": 3,
        "To talk about contact with family": 3,
        "To prepare the review": 2,
        "School and plans for the next term": 2,
        "To hear how the child feels about the move": 1,
    }
)


def looked_after(life: Life, care: Care) -> Row:
    """All sections of an episode that tell of the time in care."""
    last = life.as_at if care.end is None else care.end
    reviews = list(_review_days(life, care, last))
    rows: Row = {
        "child_looked_after_placements": placement_rows(life, care),
        "legal_statuses": legal_statuses(life, care),
        "carer_approvals": approvals(life, care),
        "looked_after_visits": [_visit(life, day) for day in _visit_days(life, care, last, reviews)],
        "looked_after_reviews": [_review(life, day) for day in reviews],
    }
    rows |= _plans(life, care, last) | _health(life, care, last) | _law(life, care, last)
    if any(placement.setting == "adoption" for placement in care.placements):
        rows["adoption"] = _adoption(life, care)
    return rows


def _visit_days(life: Life, care: Care, last: int, reviews: Sequence[int]) -> Iterator[int]:
    """Visit days: within a week of each placement's start, then as often as the placement asks for."""
    visited = care.start - 1
    for placement in care.placements:
        over = last if placement.end is None else placement.end
        reviewed = next((review for review in reviews if review >= placement.start), last)
        day = timely(life, placement.start, placement.start + 7)
        while day <= over:
            if day > visited:
                yield day
                visited = day
            day = timely(life, day + 1, day + _interval(care, placement, day, reviewed))


def _interval(care: Care, placement: Placement, day: int, reviewed: int) -> int:
    """How many days may pass after a visit on `day`; `reviewed` is the day of the placement's first review."""
    lasted = day - placement.start
    watched = placement.setting == "parent" or (placement.setting == "connected person" and lasted < 180)
    if day < reviewed and (watched or placement.setting == "adoption"):
        return 7
    if watched:
        return 28
    return 91 if care.short_breaks or (placement.lasting and lasted > 365) else 42


def _visit(life: Life, day: int) -> Row:
    chance = life.chance
    alone = chance.percent(85)
    visit: Row = {"visit_date": iso(day), "seen_flag": chance.percent(96), "seen_alone_flag": alone}
    if not alone:
        visit["not_seen_alone_reason"] = "asleep" if life.on_file() else None
    return visit | {"visit_purpose": chance.pick(PURPOSES), "child_views_recorded_flag": life.on_file()}


def _review_days(life: Life, care: Care, last: int) -> Iterator[int]:
    first = timely(life, care.start + 5, add_working_days(care.start, 20))
    if first > last:
        return
    yield first
    second = timely(life, first + 1, add_months(first, 3))
    if second > last:
        return
    yield second
    yield from repeatedly(life, second, last, 6, months=True)


def _review(life: Life, day: int) -> Row:
    chance = life.chance
    school = life.age(day) >= 4
    took_part = chance.pick(("PN1", "PN1", "PN1", "PN2", "PN3", "PN5", "PN6", "PN7")) if school else "PN0"
    distributed = timely(life, day, add_working_days(day, 20))
    review: Row = {
        "review_date": iso(day),
        "review_participation": took_part,
        "plan_updated_before_review_flag": life.on_file(),
        "record_distributed_date": life.held(distributed) if life.on_file() else None,
        "reviewing_officer_met_child_flag": chance.percent(80),
        "complaints_explained_flag": life.on_file(),
        "advocacy_explained_flag": life.on_file(),
    }
    if not review["reviewing_officer_met_child_flag"]:
        review["reviewing_officer_not_met_reason"] = "away on holiday" if life.on_file() else None
    if school:
        review["designated_teacher_attended_flag"] = chance.percent(60)
        review["designated_teacher_reported_flag"] = life.on_file()
    return review | {
        "proceedings_considered_flag": chance.percent(40),
        "return_home_considered_flag": chance.percent(40),
    }


def _renewed(life: Life, start: int, last: int, over: int | None, months: int) -> Iterator[tuple[int, Row]]:
    """Plans that follow on one another, each with the day on which it starts; the newest lasts until `over`."""
    for day, following in with_next([start, *repeatedly(life, start, last, months, months=True)]):
        yield day, ended({"start_date": iso(day)}, life, over if following is None else following)


def _plans(life: Life, care: Care, last: int) -> Row:
    """Care plans, their changes and the plan for permanence."""
    chance = life.chance
    begun = timely(life, care.start, add_working_days(care.start, 10))
    care_plans = list(_renewed(life, begun, last, care.end, 12)) if begun <= last else []
    for day, plan in care_plans:
        plan |= {"specific_flag": chance.percent(45), "measurable_flag": chance.percent(45)}
        plan |= {"intended_outcomes_flag": life.on_file(), "contingency_plan_flag": chance.percent(60)}
        plan |= {"identity_considered_flag": life.on_file(), "father_included_flag": life.on_file()}
        plan["actions"] = [action(life, day, chance.pick(LEADS)) for _ in range(chance.pick((0, 1, 2)))]
    permanent = timely(life, care.start + 40, add_months(care.start, 4))
    options = ("return home", "long-term fostering", "long-term fostering", "special guardianship", "adoption")
    option = {"permanence_option": chance.pick(options)}
    lasts = permanent <= last and not care.short_breaks and life.on_file()
    return {
        "care_plans": [plan for _, plan in care_plans],
        "care_plan_changes": [_change(life, placement.start) for placement in care.placements[1:]],
        "permanence_plans": [ended({"start_date": iso(permanent)}, life, care.end) | option] if lasts else [],
    }


def _change(life: Life, day: int) -> Row:
    told = life.held(timely(life, day, add_working_days(day, 5))) if life.on_file() else None
    return {
        "change_date": iso(day),
        "significant_flag": life.chance.percent(70),
        "reviewing_officer_informed_date": told,
    }


def _health(life: Life, care: Care, last: int) -> Row:
    """Health assessments and plans, and plans for education."""
    first = timely(life, care.start + 3, add_working_days(care.start, 20))
    rows: Row = {"health_assessments": [], "health_plans": [], "personal_education_plans": []}
    if care.short_breaks or first > last:
        return rows
    months = 6 if life.age(first) < 5 else 12
    checks = [first, *repeatedly(life, first, last, months, months=True)]
    kinds = ("initial health assessment", "review health assessment")
    rows["health_assessments"] = [
        {"health_check_date": iso(day), "health_check_type": kinds[place > 0]} for place, day in enumerate(checks)
    ]
    rows["health_plans"] = [
        plan | {"includes_assessment_findings_flag": life.on_file()}
        for _, plan in _renewed(life, first, last, care.end, 12)
    ]
    if 5 <= life.age(care.start) <= 15:
        begun = timely(life, care.start + 3, add_working_days(care.start, 20))
        rows["personal_education_plans"] = [
            plan | _goals(life) for _, plan in _renewed(life, begun, last, care.end, 6) if begun <= last
        ]
    return rows


def _goals(life: Life) -> Row:
    return {
        "progress_evaluated_flag": life.on_file(),
        "goals_set_flag": life.on_file(),
        "next_step_planned_flag": life.chance.percent(40),
        "leisure_reviewed_flag": life.on_file(),
    }


def _law(life: Life, care: Care, last: int) -> Row:
    """Legal planning and care proceedings, where an interim care order came of them."""
    chance = life.chance
    order = next((day for day, status in care.statuses if status == "C1"), None)
    if order is None:
        return {"legal_planning_meetings": [], "care_proceedings": []}
    decided = order - chance.between(25, 45)
    met = min(timely(life, decided, add_working_days(decided, 10)), order - 1)
    issued = min(timely(life, met, met + 20), order)
    concluded = next((iso(day) for day, status in care.statuses if status == "C2"), None)
    meeting = {
        "decision_date": iso(decided),
        "meeting_date": iso(met),
        "proceedings_considered_flag": True,
        "return_home_considered_flag": life.on_file(),
        "actions": [action(life, met, "social worker")],
    }
    issued_proceedings = {"decision_date": iso(met), "issued_date": iso(issued), "concluded_date": concluded}
    return {"legal_planning_meetings": [meeting], "care_proceedings": [issued_proceedings]}


def _adoption(life: Life, care: Care) -> Row:
    placed = next(placement.start for placement in care.placements if placement.setting == "adoption")
    order = next(day for day, status in care.statuses if status == "E1")
    matched = placed - life.chance.between(7, 40)
    row: Row = {
        "initial_decision_date": iso(order),
        "matched_date": iso(max(order, matched)),
        "placed_date": iso(placed),
    }
    return row | {"decision_reversed_date": None}
