"""Leaving care: pathway assessments, plans and reviews, the personal adviser's visits, where the young person lives."""

from casecheck.calendar import add_months, birthday, iso
from casecheck.generating.life import Life, Row, ended, renewed, repeatedly, timely
from casecheck.generating.placements import Care

DAYS_OF_CARE = 91
HOMES = (
    *("supported_lodgings", "supported_lodgings", "supported_accommodation", "supported_accommodation"),
    *("independent_tenancy", "independent_tenancy", "independent_tenancy", "former_foster_carer", "foyer"),
    *("with_family_or_friends", "hostel", "bed_and_breakfast"),
)


def eligible_from(life: Life, care: Care) -> int | None:
    """The day on which care makes the young person eligible for leaving care; None if it does not, or not yet."""
    if care.short_breaks:
        return None
    behind = max(care.start, birthday(life.born, 14)) + DAYS_OF_CARE
    day = max(birthday(life.born, 16), behind)
    over = life.as_at if care.end is None else min(care.end, life.as_at)
    return day if day <= min(over, birthday(life.born, 18) - 1) else None


def leaving_care(life: Life, care: Care, eligible: int) -> Row:
    """The sections `care_leavers` and `accommodations`."""
    chance = life.chance
    prepared = timely(life, eligible - 60, add_months(eligible, 12))
    leaver: Row = {
        "contact_date": iso(max(eligible, life.as_at - chance.between(1, 60))),
        "activity": chance.pick(("F2", "F4", "F5", "P2", "P5", "G4", "G5")),
        "accommodation": chance.pick(("B", "C", "D", "E", "T", "U", "V", "W", "Y")),
        **life.flags("intervention_purpose_clear_flag"),
        "independence_preparation_start_date": life.held(prepared) if life.on_file(2) else None,
        "pathway_assessments": [],
        "pathway_plans": [],
        "personal_adviser_visits": [],
    }
    done = timely(life, eligible + 20, add_months(eligible, 3))
    if done <= life.as_at and life.on_file():
        leaver["pathway_assessments"] = [_assessment(life, eligible, done)]
    if life.on_file():
        planned = timely(life, eligible + 30, add_months(eligible, 3))
        leaver["pathway_plans"] = _plans(life, planned)
    left = care.end
    if left is None or left > life.as_at:
        return {"care_leavers": leaver}
    homes = _homes(life, left)
    leaver["personal_adviser_visits"] = _adviser_visits(life, homes)
    return {"care_leavers": leaver, "accommodations": [home for _, _, home in homes]}


def _assessment(life: Life, start: int, done: int) -> Row:
    row: Row = {"start_date": iso(start + 14), "completed_date": iso(done)}
    return row | life.flags("analytical_flag", "informs_plan_flag", among=2)


def _plans(life: Life, first: int) -> list[Row]:
    """Pathway plans with their reviews, which in poor hands cease."""
    if first > life.as_at:
        return []
    plans = renewed(life, first, life.as_at, None, 18)
    return [plan | _plan(life, day, min(life.as_at, add_months(day, 18))) for day, plan in plans]


def _plan(life: Life, day: int, last: int) -> Row:
    milestones = ("education_training_employment_milestones_flag", "accommodation_milestones_flag")
    plan = life.flags(*milestones, "independence_milestones_flag", among=3)
    reviewed = repeatedly(life, day, last if life.on_file() else day + 200, 6, months=True)
    reviews = [{"review_date": iso(review)} for review in reviewed if review <= last]
    return plan | life.flags("contingency_plan_flag") | {"pathway_plan_reviews": reviews}


def _homes(life: Life, left: int) -> list[tuple[int, int | None, Row]]:
    """Where the young person has lived since leaving care: from, to, and the record."""
    chance = life.chance
    homes: list[tuple[int, int | None, Row]] = []
    start = left
    while True:
        over = start + chance.between(60, 700)
        end = over if over <= life.as_at else None
        kind = chance.pick(HOMES)
        home = ended({"start_date": iso(start)}, life, end) | {"accommodation_type": kind}
        home["suitable_flag"] = kind != "bed_and_breakfast" and chance.percent(92)
        home["provided_by_council_flag"] = kind not in ("with_family_or_friends", "independent_tenancy")
        homes.append((start, end, home))
        if end is None:
            return homes
        start = end


def _adviser_visits(life: Life, homes: list[tuple[int, int | None, Row]]) -> list[Row]:
    rows: list[Row] = []
    seen = 0
    for start, end, _ in homes:
        last = life.as_at if end is None else end
        first = timely(life, start, start + 7, among=2)
        days = [first, *repeatedly(life, first, last, 2, months=True, among=4)] if first <= last else []
        rows += [{"visit_date": iso(day)} for day in days if day > seen]
        seen = days[-1] if days else seen
    return rows
