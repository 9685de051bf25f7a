"""A made-up child and the child's whole record."""

from typing import Final

from casecheck.calendar import add_months, add_working_days, birthday, iso
from casecheck.generating.care import looked_after
from casecheck.generating.chance import Chance, weighted
from casecheck.generating.leaving import HOMES, eligible_from, leaving_care
from casecheck.generating.life import Life, Row, ended, timely, with_next
from casecheck.generating.placements import Care, in_care, short_breaks
from casecheck.generating.protection import (
    assessed,
    conference,
    core_assessment,
    enquiry,
    homelessness,
    missing,
    need_plan,
    protection_plan,
    referral,
    visits,
)
from casecheck.generating.work import adviser, allocations, everyday

KINDS: Final = weighted({"assessed": 32, "in need": 32, "protected": 18, "looked after": 14, "leaving care": 4})
PRACTICE: Final = weighted({(1, 4): 45, (7, 15): 35, (25, 35): 20})
"""How late and how thin (see Life) the work is: good, middling and poor, by how often it is met."""

LEAVING_AGES: Final = weighted({16: 9, 17: 9, 18: 6, 19: 3, 20: 1})
ETHNICITIES: Final = weighted(
    {"WBRI": 70, "WOTH": 5, "MWBC": 4, "MOTH": 3, "AIND": 2, "APKN": 4, "ABAN": 2, "BAFR": 5, "BCRB": 2, "OOTH": 3}
)
DISABILITIES: Final = ("AUT", "BEH", "COMM", "HEAR", "LD", "MOB", "PC", "VIS")
TEAMS: Final = {
    "assessed": ("Assessment",),
    "in need": ("Protection and court east", "Protection and court west"),
    "protected": ("Protection and court east", "Protection and court west"),
    "looked after": ("Children looked after", "Protection and court east", "Protection and court west"),
    "leaving care": ("Leaving care",),
}
RECORDED: Final = (
    *("protection_concerns", "initial_child_protection_conferences", "child_in_need_visits", "child_protection_visits"),
    *("homelessness_presentations", "missing_episodes", "accommodations", "supervisions", "management_decisions"),
    *("case_notes", "chronology_updates", "complaints", "legal_statuses", "carer_approvals", "looked_after_visits"),
    *("looked_after_reviews", "care_plans", "care_plan_changes", "permanence_plans", "legal_planning_meetings"),
    *("care_proceedings", "health_assessments", "health_plans", "personal_education_plans"),
)
"""What the source holds of every episode, be it empty: a section left out would be one that it does not hold."""


def case_record(seed: int, number: int, as_at: int) -> Row:
    """The record with this number, as a case stands on day `as_at`; it depends on nothing but what is given here."""
    chance = Chance(f"casecheck/{seed}/{number}")
    kind = chance.pick(KINDS)
    late, thin = chance.pick(PRACTICE)
    life = Life(chance, _born(chance, kind, as_at), as_at, late, thin)
    disabled = chance.percent(12)
    team = "Disabled children" if disabled and kind != "leaving care" else chance.pick(TEAMS[kind])
    start = _start(life, kind)
    earlier = [_earlier_episode(life, start)] if chance.percent(18) and start - life.born > 500 else []
    record: Row = {
        "la_child_id": f"synthetic-{seed}-{number:07}",
        "child_details": {
            "date_of_birth": iso(life.born),
            "sex": chance.pick("FM"),
            "ethnicity": chance.pick(ETHNICITIES),
            "disabilities": sorted({chance.pick(DISABILITIES) for _ in range(2)}) if disabled else [],
            "uasc_flag": kind in ("looked after", "leaving care") and life.age(as_at) >= 15 and chance.percent(12),
        },
    }
    main = _episode(life, kind, start, team, disabled)
    if main.get("child_looked_after_placements"):
        record["health_and_wellbeing"] = {"sdq_assessments": _questionnaires(life, start)}
    return record | {"social_care_episodes": [*earlier, main]}


def _born(chance: Chance, kind: str, as_at: int) -> int:
    """A day of birth that makes a child of 0 to 17, or a young person of 16 to 20, on the day `as_at`."""
    age = chance.pick(LEAVING_AGES) if kind == "leaving care" else chance.below(18)
    latest = add_months(as_at, -12 * age)
    return max(latest - chance.below(360), add_months(latest, -12) + 1) if age else latest - 20 - chance.below(330)


def _start(life: Life, kind: str) -> int:
    """The day of the referral that the case goes back to."""
    chance = life.chance
    if kind == "leaving care":
        return min(life.as_at - 200, birthday(life.born, 16) + chance.between(-200, 400))
    ago = {"assessed": (10, 500), "in need": (10, 280), "protected": (20, 340), "looked after": (20, 480)}[kind]
    if kind == "looked after" and chance.percent(20):
        ago = (480, 1300)
    return max(life.as_at - chance.between(*ago), life.born + chance.below(15))


def _questionnaires(life: Life, start: int) -> list[Row]:
    days = [add_months(start, 12 * year + 6) for year in range(6)]
    asked = [day for day in days if day <= life.as_at and 4 <= life.age(day) <= 16]
    return [{"date": iso(day), "score": life.chance.between(3, 32)} for day in asked]


def _closed(episode: Row, life: Life, day: int | None) -> Row:
    if day is not None and day <= life.as_at:
        episode |= {"closure_date": iso(day), "closure_reason": life.chance.pick(("RC1", "RC3", "RC7", "RC8", "RC8"))}
    return episode


def _earlier_episode(life: Life, start: int) -> Row:
    """An earlier referral that came to nothing, or to an assessment alone, and was closed before `start`."""
    referred = start - life.chance.between(150, 450)
    closed = referred + life.chance.between(20, 80)
    if life.chance.percent(60):
        episode = referral(life, referred, True) | {name: [] for name in RECORDED}
        return _closed(episode, life, add_working_days(referred, 2))
    return _episode_until(life, referred, "Assessment", closed, _assessed_only(life, referred))


def _episode(life: Life, kind: str, start: int, team: str, disabled: bool) -> Row:
    chance = life.chance
    if kind == "assessed":
        rows = _assessed_only(life, start)
        return _episode_until(life, start, team, start + chance.between(20, 80), rows)
    if kind == "in need":
        over = start + chance.between(60, 330) if chance.percent(60) else None
        return _episode_until(life, start, team, over, _in_need(life, start, over))
    if kind == "protected":
        over = start + chance.between(200, 500) if chance.percent(40) else None
        return _episode_until(life, start, team, over, _protected(life, start, over))
    care = _care(life, start, kind, disabled)
    over = care.end + chance.between(20, 90) if care.end is not None and kind == "looked after" else None
    return _episode_until(life, start, team, over, _looked_after(life, start, care))


def _episode_until(life: Life, start: int, team: str, over: int | None, rows: Row) -> Row:
    """The episode with the everyday work on it, up to its closure or the day `as_at`."""
    last = life.as_at if over is None else min(over, life.as_at)
    closed = over is not None and over <= life.as_at
    workers = allocations(life, start, last, closed, team) + rows.pop("care_worker_details", [])
    episode = referral(life, start, False) | {"care_worker_details": workers}
    episode |= {name: [] for name in RECORDED} | rows | everyday(life, start, last)
    return _closed(episode, life, over)


def _assessed_only(life: Life, start: int) -> Row:
    return {"child_and_family_assessments": assessed(life, start, core=False, plan=False).rows}


def _in_need(life: Life, start: int, over: int | None) -> Row:
    """A child in need: assessed, then with a plan and visits."""
    chance = life.chance
    last = life.as_at if over is None else min(over, life.as_at)
    rows, done = assessed(life, start, core=chance.percent(60), plan=True)
    planned = timely(life, done, add_working_days(done, 10))
    episode: Row = {"child_and_family_assessments": rows, "child_in_need_plans": []}
    if planned <= last and life.on_file():
        episode["child_in_need_plans"] = [need_plan(life, planned, over)]
        episode["child_in_need_visits"] = visits(life, planned, last, chance.pick((28, 42)))
    if 16 <= life.age(start) <= 17 and chance.percent(25):
        home = ended({"start_date": iso(start)}, life, min(last, start + chance.between(10, 90)))
        home |= {"accommodation_type": chance.pick(HOMES), "suitable_flag": chance.percent(70)}
        home["provided_by_council_flag"] = chance.percent(60)
        episode |= {"homelessness_presentations": [homelessness(life, start)], "accommodations": [home]}
    return episode | _missing(life, start, last, 6)


def _protected(life: Life, start: int, over: int | None) -> Row:
    """A child with a child protection plan, and a child in need plan after it."""
    chance = life.chance
    last = life.as_at if over is None else min(over, life.as_at)
    first, done = assessed(life, start, core=False, plan=False)
    inquired = min(done, last) if chance.percent(60) else start + 1
    section_47, met = enquiry(life, inquired, True)
    second, _ = core_assessment(life, inquired, False)
    episode: Row = {"child_and_family_assessments": [*first, second], "section_47_assessments": [section_47]}
    if met > last:
        return episode
    over_plan = met + chance.between(110, 420)
    end = over_plan if over_plan < last else over
    episode["initial_child_protection_conferences"] = [conference(life, met)]
    episode["child_protection_plans"] = [protection_plan(life, met, end)]
    episode["child_protection_visits"] = visits(life, met, last if end is None else min(end, last), 28)
    if over_plan < last and chance.percent(80):
        episode["child_in_need_plans"] = [need_plan(life, over_plan, over)]
        episode["child_in_need_visits"] = visits(life, over_plan, last, 42)
    return episode | _missing(life, start, last, 6)


def _missing(life: Life, start: int, last: int, likelihood: int) -> Row:
    if life.age(last) < 12 or not life.chance.percent(likelihood):
        return {"missing_episodes": []}
    days = sorted({life.chance.between(start, last - 1) for _ in range(life.chance.pick((1, 1, 2, 3)))})
    apart = [day for day, following in with_next(days) if day < last and (following is None or following - day > 14)]
    return {"missing_episodes": [missing(life, day, last) for day in apart]}


def _care(life: Life, start: int, kind: str, disabled: bool) -> Care:
    """The period in care of a child who is or was looked after, or leaves care."""
    chance = life.chance
    eighteen = birthday(life.born, 18)
    begun = start + (chance.between(0, 20) if chance.percent(60) else chance.between(20, 90))
    begun = max(start, min(begun, life.as_at - 5, eighteen - 120))
    if kind == "leaving care":
        left = birthday(life.born, 17) + chance.between(0, 365) if chance.percent(30) else eighteen
        left = eighteen if left > eighteen or left < begun + 100 else left
        return in_care(life, begun, left if left <= life.as_at else None)
    over = begun + chance.between(20, 500) if chance.percent(35) else None
    end = eighteen if over is None or over > eighteen else over
    make = short_breaks if disabled and chance.percent(40) else in_care
    return make(life, begun, end if end <= life.as_at else None)


def _looked_after(life: Life, start: int, care: Care) -> Row:
    """A child looked after, one day perhaps leaving care."""
    chance = life.chance
    last = life.as_at if care.end is None else care.end
    rows, done = assessed(life, start, core=True, plan=False)
    again = add_months(done, 12) - chance.below(40)
    while again < last and life.on_file():
        row, again = core_assessment(life, again, False)
        rows.append(row)
        again = add_months(again, 12) - chance.below(40)
    episode: Row = {"child_and_family_assessments": rows} | looked_after(life, care)
    eligible = eligible_from(life, care)
    if eligible is not None:
        episode |= leaving_care(life, care, eligible)
        advised = timely(life, eligible, eligible + 10)
        if advised <= life.as_at and life.on_file():
            episode["care_worker_details"] = [adviser(life, advised, birthday(life.born, 21))]
    return episode | _missing(life, care.start, last, 15)
