"""Plans for children in need and children in need of protection: conferences, core groups, reviews, visits."""

from casecheck.calendar import add_months, add_working_days, iso
from casecheck.generating.chance import weighted
from casecheck.generating.life import Life, Row, action, ended, repeatedly, timely, with_next
from casecheck.generating.work import LEADS

CATEGORIES = weighted({"NEG": 43, "EMO": 34, "PHY": 11, "SAB": 5, "MUL": 7})
AGENCIES = ("health", "education", "police", "probation", "housing", "adult_services", "voluntary_sector")


def conference(life: Life, day: int) -> Row:
    """The initial child protection conference."""
    report = life.flags("report_detailed_flag", "report_analytical_flag", among=2)
    return {"icpc_date": iso(day), "icpc_transfer_in_flag": False, **report, "attendees": _attendees(life, among=2)}


def _attendees(life: Life, among: int) -> list[Row]:
    """Who took part: the council's own workers, mostly the family, and others, not all of whom come."""
    beyond = [life.chance.pick(AGENCIES) for _ in range(life.chance.pick((1, 2, 2)))] if life.on_file(among) else []
    family = ["family"] if life.on_file() else []
    rows: list[Row] = []
    for agency in ("childrens_social_care", *family, *sorted(set(beyond))):
        came = agency == "childrens_social_care" or life.on_file(2)
        rows.append({"agency": agency, "attended_flag": came})
        if agency in AGENCIES:
            rows[-1]["report_provided_flag"] = life.chance.percent(40)
    return rows


def protection_plan(life: Life, start: int, end: int | None) -> Row:
    """A child protection plan with its core groups, reviews and actions, up to its end or today's."""
    last = life.as_at if end is None else min(end, life.as_at)
    category = life.chance.pick(CATEGORIES)
    actions = [action(life, day, life.chance.pick(LEADS)) for day in repeatedly(life, start - 1, last, 120)]
    reviews = _conference_days(life, start, last)
    return ended({"start_date": iso(start)}, life, end) | {
        "initial_category": category,
        "latest_category": category if life.chance.percent(90) else "MUL",
        "previous_plan_count": life.chance.pick((0, 0, 0, 0, 0, 1)),
        **life.flags("father_included_flag"),
        "core_groups": [_core_group(life, day) for day in _core_group_days(life, start, last)],
        "child_protection_reviews": [_review(life, day, place) for place, day in enumerate(reviews)],
        "actions": actions,
    }


def _core_group_days(life: Life, start: int, last: int) -> list[int]:
    """Every six weeks; of a plan in poor hands they may cease for the better part of a year."""
    first = timely(life, start + 1, add_working_days(start, 10))
    days = [first, *repeatedly(life, first, last, 42, among=4)] if first <= last else []
    if life.slips() or life.slips():
        ceased = start + life.chance.between(60, 200)
        days = [day for day in days if not ceased < day < ceased + 280]
    return days


def _conference_days(life: Life, start: int, last: int) -> list[int]:
    """Within three months, then every six; one in ten is brought forward."""
    first = timely(life, start + 45, add_months(start, 3))
    if first > last:
        return []
    days = [first, *repeatedly(life, first, last, 6, months=True)]
    for day, following in with_next(days[:]):
        sooner = day + life.chance.between(20, 90)
        if life.chance.percent(10) and sooner < (last if following is None else following):
            days.append(sooner)
    return sorted(days)


def _core_group(life: Life, day: int) -> Row:
    sent = timely(life, day, add_working_days(day, 20), among=4)
    return {
        "meeting_date": iso(day),
        **life.flags("progress_evaluated_flag", "plan_developed_flag", among=8),
        "minutes_sent_to_parents_date": life.held(sent) if life.on_file(5) else None,
        "attendees": _attendees(life, among=7),
    }


def _review(life: Life, day: int, place: int) -> Row:
    return {
        "review_date": iso(day),
        **life.flags("progress_assessed_flag"),
        "risk_continues_flag": life.chance.percent(65),
        "contingency_considered_flag": place > 0 and life.on_file(),
        "legal_action_considered_flag": place > 0 and life.chance.percent(20),
    }


def need_plan(life: Life, start: int, end: int | None) -> Row:
    """A child in need plan with its actions."""
    last = life.as_at if end is None else min(end, life.as_at)
    return ended({"start_date": iso(start)}, life, end) | {
        **life.flags("specific_objectives_flag", "measurable_objectives_flag", "father_included_flag"),
        "actions": [action(life, day, life.chance.pick(LEADS)) for day in repeatedly(life, start - 1, last, 80)],
    }


def visits(life: Life, start: int, end: int, every: int) -> list[Row]:
    """Visits to a child in need or with a plan, every so many days."""
    return [_visit(life, day) for day in repeatedly(life, start, end, every, among=4)]


def _visit(life: Life, day: int) -> Row:
    seen = life.chance.percent(93)
    return {"visit_date": iso(day), "seen_flag": seen, "seen_alone_flag": seen and life.chance.percent(75)}
