"""The episodes of a child's record: what comes of a referral, for each kind of case."""

from typing import Final

from casecheck.calendar import add_working_days, birthday, iso
from casecheck.generating.adolescence import homeless, missing
from casecheck.generating.assessing import (
    assessed,
    core_assessment,
    enquiry,
    enquiry_alone,
    reassessed,
    referral,
)
from casecheck.generating.care import looked_after
from casecheck.generating.law import considered, proceedings
from casecheck.generating.leaving import eligible_from, leaving_care
from casecheck.generating.life import Life, Row, timely
from casecheck.generating.placements import Care, in_care, short_breaks
from casecheck.generating.protection import conference, need_plan, protection_plan, visits
from casecheck.generating.work import allocations, beside, everyday

RECORDED: Final = (
    *("protection_concerns", "initial_child_protection_conferences", "child_in_need_visits", "child_protection_visits"),
    *("homelessness_presentations", "missing_episodes", "accommodations", "supervisions", "management_decisions"),
    *("case_notes", "chronology_updates", "complaints", "legal_statuses", "carer_approvals", "looked_after_visits"),
    *("looked_after_reviews", "care_plans", "care_plan_changes", "permanence_plans", "legal_planning_meetings"),
    *("care_proceedings", "health_assessments", "health_plans", "personal_education_plans"),
)
"""What the source holds of every episode, be it empty: a section left out would be one that it does not hold."""


def earlier_episode(life: Life, start: int) -> Row:
    """An earlier referral that came to nothing, or to an assessment alone, and was closed before `start`."""
    referred = start - life.chance.between(150, 450)
    if life.chance.percent(60):
        row = referral(life, referred, True) | {name: [] for name in RECORDED}
        return row | {"closure_date": row["referral_decision_date"], "closure_reason": "RC8"}
    return _assessed_only(life, referred, "Assessment")


def episode(life: Life, kind: str, start: int, team: str, disabled: bool) -> Row:
    """The episode of a case of this kind that begins with a referral on day `start`."""
    chance = life.chance
    if kind == "assessed":
        return _assessed_only(life, start, team)
    long = life.as_at - start > 300
    if kind == "in need":
        over = start + (chance.between(300, 800) if long else chance.between(60, 330)) if chance.percent(55) else None
        return _until(life, start, team, over, _in_need(life, start, over))
    if kind == "protected":
        over = start + (chance.between(420, 1000) if long else chance.between(200, 500)) if chance.percent(40) else None
        return _until(life, start, team, over, _protected(life, start, over))
    care = _care(life, start, kind, disabled)
    leaving = eligible_from(life, care) is not None
    over = care.end + chance.between(20, 90) if care.end is not None and not leaving else None
    return _until(life, start, team, over, _looked_after(life, start, care))


def _until(life: Life, start: int, team: str, over: int | None, rows: Row) -> Row:
    """The episode with the everyday work on it, up to its closure or the day `as_at`."""
    last = _last(life, over)
    closed = over is not None and over <= life.as_at
    workers = allocations(life, start, last, closed, team) + rows.pop("care_worker_details", [])
    row = referral(life, start, False) | {"care_worker_details": workers}
    row |= {name: [] for name in RECORDED} | rows | everyday(life, start, last)
    return _closed(row, life, over)


def _closed(row: Row, life: Life, day: int | None) -> Row:
    if day is not None and day <= life.as_at:
        row |= {"closure_date": iso(day), "closure_reason": life.chance.pick(("RC1", "RC3", "RC7", "RC8", "RC8"))}
    return row


def _last(life: Life, over: int | None) -> int:
    return life.as_at if over is None else min(over, life.as_at)


def _together(*parts: Row) -> Row:
    """The sections of several parts of a life in one, lists of one section after one another."""
    whole: Row = {}
    for part in parts:
        for name, rows in part.items():
            whole[name] = [*whole[name], *rows] if name in whole else rows
    return whole


def _assessed_only(life: Life, start: int, team: str) -> Row:
    rows, done = assessed(life, start, core=False, plan=False)
    over = max(start + life.chance.between(20, 80), done)
    return _until(life, start, team, over, {"child_and_family_assessments": rows})


def _in_need(life: Life, start: int, over: int | None) -> Row:
    """A child in need: assessed, then with a plan and visits."""
    chance = life.chance
    last = _last(life, over)
    rows, done = assessed(life, start, core=chance.percent(60), plan=True)
    parts: list[Row] = [{"child_and_family_assessments": rows + reassessed(life, done, last)}]
    planned = timely(life, done, add_working_days(done, 10))
    if planned <= last and life.on_file():
        helper = [beside(life, "family_support_worker", planned, over)] if chance.percent(30) else []
        parts.append(
            {
                "child_in_need_plans": [need_plan(life, planned, over)],
                "child_in_need_visits": visits(life, planned, last, chance.pick((28, 42))),
                "care_worker_details": helper,
            }
        )
    inquired = start + chance.between(30, 250)
    if inquired < last - 20 and chance.percent(25):
        parts.append(enquiry_alone(life, inquired))
    if 16 <= life.age(start) <= 17 and chance.percent(50):
        parts.append(homeless(life, start, last, looked_after=False))
    return _together(*parts, missing(life, start, last, 8))


def _protected(life: Life, start: int, over: int | None) -> Row:
    """A child with a child protection plan, and a child in need plan after it."""
    chance = life.chance
    last = _last(life, over)
    first, done = assessed(life, start, core=False, plan=False)
    inquired = min(done, last) if chance.percent(60) else start + 1
    section_47, met = enquiry(life, inquired)
    if life.on_file():
        second, done = core_assessment(life, inquired, False)
        first.append(second)
    again = reassessed(life, done, last)
    rows: Row = {"child_and_family_assessments": [*first, *again], "section_47_assessments": [section_47]}
    if met > last:
        return rows
    over_plan = met + (chance.between(420, 800) if chance.percent(25) else chance.between(110, 420))
    end = over_plan if over_plan < last else over
    rows |= {
        "initial_child_protection_conferences": [conference(life, met)],
        "child_protection_plans": [protection_plan(life, met, end)],
        "child_protection_visits": visits(life, met, _last(life, end), 28),
        "care_worker_details": [beside(life, "child_protection_chair", met, end)],
    }
    if over_plan < last and chance.percent(80):
        rows["child_in_need_plans"] = [need_plan(life, over_plan, over)]
        rows["child_in_need_visits"] = visits(life, over_plan, last, 42)
    return _together(rows, missing(life, start, last, 8), considered(life, met + 100, last, 15))


def _care(life: Life, start: int, kind: str, disabled: bool) -> Care:
    """The period in care of a child who is or was looked after, is to be adopted, or leaves care."""
    chance = life.chance
    eighteen = birthday(life.born, 18)
    begun = start + (chance.between(0, 20) if chance.percent(50) else chance.between(20, 120))
    begun = max(start, min(begun, life.as_at - 5, eighteen - 120))
    if kind == "leaving care":
        left = birthday(life.born, 17) + chance.between(0, 365) if chance.percent(40) else eighteen
        left = eighteen if left > eighteen or left < begun + 100 else left
        return in_care(life, begun, left if left <= life.as_at else None)
    if kind == "for adoption":
        over = begun + chance.between(650, 1100) if chance.percent(40) else life.as_at + 1
        return in_care(life, begun, over if over <= life.as_at else None, for_adoption=True)
    over = begun + chance.between(20, 500) if chance.percent(35) else eighteen
    end = min(over, eighteen)
    make = short_breaks if disabled and chance.percent(40) else in_care
    return make(life, begun, end if end <= life.as_at else None)


def _looked_after(life: Life, start: int, care: Care) -> Row:
    """A child looked after, one day perhaps leaving care."""
    last = care.last(life)
    rows, done = assessed(life, start, core=True, plan=False)
    parts: list[Row] = [{"child_and_family_assessments": rows + reassessed(life, done, last)}]
    parts += [looked_after(life, care), proceedings(life, care, start)]
    officer = timely(life, care.start, care.start + 5)
    if officer < last:
        parts.append({"care_worker_details": [beside(life, "independent_reviewing_officer", officer, care.end)]})
    if 16 <= life.age(start) <= 17 and life.chance.percent(30):
        parts.append(homeless(life, start, last, looked_after=True))
    eligible = eligible_from(life, care)
    if eligible is not None:
        parts.append(leaving_care(life, care, eligible))
        advised = timely(life, eligible, add_working_days(eligible, 5))
        if advised <= life.as_at and life.on_file(2):
            parts.append({"care_worker_details": [beside(life, "personal_adviser", advised, birthday(life.born, 21))]})
    return _together(*parts, missing(life, care.start, last, 25))
