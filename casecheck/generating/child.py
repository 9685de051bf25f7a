"""A made-up child and the child's whole record."""

from typing import Final

from casecheck.calendar import add_months, birthday, iso
from casecheck.generating.chance import Chance, weighted
from casecheck.generating.episodes import earlier_episode, episode
from casecheck.generating.life import Life, Row
from casecheck.generating.wellbeing import questionnaires

KINDS: Final = weighted(
    {"assessed": 30, "in need": 31, "protected": 18, "looked after": 14, "for adoption": 3, "leaving care": 5}
)
PRACTICE: Final = {"good": (2, 5), "middling": (12, 18), "poor": (32, 40)}
"""How late and how thin (see Life) the work is."""

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
    "for adoption": ("Children looked after",),
    "leaving care": ("Leaving care",),
}
MET_IN: Final = {
    "Assessment": weighted({"good": 35, "middling": 40, "poor": 25}),
    "Protection and court east": weighted({"good": 40, "middling": 40, "poor": 20}),
    "Protection and court west": weighted({"good": 20, "middling": 40, "poor": 40}),
    "Children looked after": weighted({"good": 55, "middling": 35, "poor": 10}),
    "Disabled children": weighted({"good": 60, "middling": 30, "poor": 10}),
    "Leaving care": weighted({"good": 45, "middling": 35, "poor": 20}),
}
"""How often each practice is met in a team."""

SINCE: Final = {
    "assessed": ((10, 430), (10, 430)),
    "in need": ((10, 280), (280, 700)),
    "protected": ((20, 340), (340, 900)),
    "looked after": ((20, 480), (480, 1300)),
    "for adoption": ((400, 850), (850, 1300)),
}
"""How many days ago the cases of a kind were referred: most, and the longer ones, which are one in four."""


def case_record(seed: int, number: int, as_at: int) -> Row:
    """The record with this number, as a case stands on day `as_at`; it depends on nothing but what is given here."""
    chance = Chance(f"casecheck/{seed}/{number}")
    kind = chance.pick(KINDS)
    disabled = chance.percent(12)
    team = "Disabled children" if disabled and kind in ("in need", "looked after") else chance.pick(TEAMS[kind])
    late, thin = PRACTICE[chance.pick(MET_IN[team])]
    life = Life(chance, _born(chance, kind, as_at), as_at, late, thin)
    start = _start(life, kind)
    earlier = [earlier_episode(life, start)] if chance.percent(18) and start - life.born > 500 else []
    main = episode(life, kind, start, team, disabled)
    record: Row = {"la_child_id": f"synthetic-{seed}-{number:07}", "child_details": _details(life, kind, disabled)}
    if main.get("child_looked_after_placements"):
        record["health_and_wellbeing"] = {"sdq_assessments": questionnaires(life, start)}
    return record | {"social_care_episodes": [*earlier, main]}


def _details(life: Life, kind: str, disabled: bool) -> Row:
    chance = life.chance
    alone = kind in ("looked after", "leaving care") and life.age(life.as_at) >= 15
    return {
        "date_of_birth": iso(life.born),
        "sex": chance.pick("FM"),
        "ethnicity": chance.pick(ETHNICITIES),
        "disabilities": sorted({chance.pick(DISABILITIES) for _ in range(2)}) if disabled else [],
        "uasc_flag": alone and chance.percent(12),
    }


def _born(chance: Chance, kind: str, as_at: int) -> int:
    """A day of birth that makes a child of 0 to 17, or a young person of 16 to 20, on the day `as_at`."""
    ages = {"leaving care": LEAVING_AGES, "for adoption": range(1, 6)}
    age = chance.pick(ages.get(kind, range(18)))
    latest = add_months(as_at, -12 * age)
    return max(latest - chance.below(360), add_months(latest, -12) + 1) if age else latest - 20 - chance.below(330)


def _start(life: Life, kind: str) -> int:
    """The day of the referral that the case goes back to."""
    chance = life.chance
    if kind == "leaving care":
        return min(life.as_at - 200, birthday(life.born, 16) + chance.between(-200, 400))
    ago = SINCE[kind][chance.percent(25)]
    return max(life.as_at - chance.between(*ago), life.born + chance.below(15))
