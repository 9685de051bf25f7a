"""A time in care: where the child lives and under which legal status, as rows of the SSDA903 return."""

from typing import NamedTuple

from casecheck.calendar import add_months, birthday, iso
from casecheck.generating.adoption import Adoption, orders_for_adoption, way_to_adoption
from casecheck.generating.chance import weighted
from casecheck.generating.life import Life, Row, ended, timely, with_next

SETTINGS = {
    "foster care": weighted({"F2": 55, "F3": 20, "F5": 10, "F6": 15}),
    "connected person": ("F1", "F1", "F1", "F4"),
    "home": ("K2",),
    "semi-independent": ("H5",),
    "parent": ("P1",),
    "adoption": ("A3", "A3", "A5"),
    "elsewhere": ("R2", "R5", "S1", "Z1"),
}
PROVIDERS = {"F3": "PR4", "F6": "PR4", "P1": "PR0", "K2": "PR4", "R2": "PR3", "R5": "PR3", "S1": "PR5", "Z1": "PR5"}
JUDGED = weighted({"outstanding": 20, "good": 60, "adequate": 16, "inadequate": 4})
YOUNG = weighted({"foster care": 74, "connected person": 23, "elsewhere": 3})
OLDER = weighted({"foster care": 47, "connected person": 12, "home": 22, "semi-independent": 6, "elsewhere": 7})
FIRST_STATUS = weighted({"V2": 58, "C1": 28, "L2": 5, "J2": 3, "C2": 9})


class Placement(NamedTuple):
    """One placement: where, from which day to which (None while it lasts), and whether it is meant to last."""

    setting: str
    start: int
    end: int | None
    lasting: bool


class Care(NamedTuple):
    """A period in care. `end` is None while it lasts; `statuses` are days with the legal status from then on."""

    start: int
    end: int | None
    placements: tuple[Placement, ...]
    statuses: tuple[tuple[int, str], ...]
    adoption: Adoption | None
    short_breaks: bool

    def status_on(self, day: int) -> str:
        """The legal status in force on a day of the period."""
        return next(status for since, status in reversed(self.statuses) if since <= day)

    def last(self, life: Life) -> int:
        """The period's last day up to now."""
        return life.as_at if self.end is None else self.end


def short_breaks(life: Life, start: int, end: int | None) -> Care:
    """A series of short breaks under one agreement."""
    return Care(start, end, (Placement("foster care", start, end, False),), ((start, "V4"),), None, True)


def in_care(life: Life, start: int, end: int | None, for_adoption: bool = False) -> Care:
    """A period in care from `start` to `end` (None: it lasts), with its moves and its legal statuses."""
    last = life.as_at if end is None else end
    over = min(last, birthday(life.born, 17))
    found = orders_for_adoption(life, start) if for_adoption else _statuses(life, start)
    statuses = tuple((day, status) for day, status in found if day == start or day < over)
    adoption = way_to_adoption(life, statuses, last)
    placed = None if adoption is None else adoption.placed
    placements = _placements(life, start, end, statuses, last + 1 if placed is None else placed)
    return Care(start, end, tuple(placements), statuses, adoption, False)


def _statuses(life: Life, start: int) -> list[tuple[int, str]]:
    chance = life.chance
    status = chance.pick(FIRST_STATUS)
    found = [(start, status)]
    if status == "L2":
        found.append((start + 8, "C1"))
    elif status in ("V2", "J2") and chance.percent(35):
        found.append((start + chance.between(60, 400), "C1"))
    if found[-1][1] == "C1":
        found.append((found[-1][0] + chance.between(150, 420), "C2"))
        if life.age(start) < 6 and chance.percent(50):
            found.append((found[-1][0] + chance.between(1, 60), "E1"))
    return found


def _placements(
    life: Life, start: int, end: int | None, statuses: tuple[tuple[int, str], ...], adopted: int
) -> list[Placement]:
    """One placement after the other; from the day `adopted` on, with those who are to adopt the child."""
    chance = life.chance
    last = life.as_at if end is None else end
    begun, found = start, list[Placement]()
    while True:
        lasting = begun - start > 150 and chance.percent(60)
        over = min(begun + chance.between(20, 260) + (chance.between(300, 2400) if lasting else 0), adopted)
        setting = _setting(life, begun, statuses)
        if begun == adopted:
            setting, lasting, over = "adoption", True, last + 1
        if over > last - 7:
            found.append(Placement(setting, begun, end, lasting))
            return found
        found.append(Placement(setting, begun, over, lasting))
        begun = over


def _setting(life: Life, day: int, statuses: tuple[tuple[int, str], ...]) -> str:
    chance = life.chance
    status = next(status for since, status in reversed(statuses) if since <= day)
    if status in ("C1", "C2") and chance.percent(25 if status == "C1" else 40):
        return "parent"
    if status in ("C1", "C2") and life.age(day) >= 12 and chance.percent(12):
        return "elsewhere"
    setting = chance.pick(OLDER if life.age(day) >= 12 else YOUNG)
    return "home" if setting == "semi-independent" and life.age(day) < 16 else setting


def placement_rows(life: Life, care: Care) -> list[Row]:
    """The period as rows of the return: a new row for each new placement, legal status or both."""
    chance = life.chance
    moves = {placement.start: placement for placement in care.placements}
    orders = dict(care.statuses)
    days = sorted({*moves, *orders})
    rows: list[Row] = []
    place: Row = {}
    for day, following in with_next(days):
        if day in moves:
            place = _place(life, moves[day])
        reason = "S" if not rows else ("B" if day in orders else "P") if day in moves else "L"
        row = {"start_date": iso(day), "start_reason": reason, "placement_type": place["placement_type"]}
        over = care.end if following is None else following
        if over is not None and over <= life.as_at:
            row |= {"end_date": iso(over), "end_reason": "X1" if following is not None else _end_reason(life, care)}
            if following in moves:
                row["change_reason"] = chance.pick(("CARPL", "CARPL", "CHILD", "ALLEG", "STAND", "CREQB", "OTHER"))
        row |= {"legal_status": care.status_on(day)} | {name: place[name] for name in place if name not in row}
        if not rows:
            row["planned_entry_flag"] = life.on_file()
        rows.append(row)
    if care.end is not None:
        given = timely(life, care.end - 10, add_months(care.end, 1))
        rows[-1]["health_history_given_date"] = life.held(given) if life.on_file(2) else None
    return rows


def _place(life: Life, placement: Placement) -> Row:
    code = life.chance.pick(SETTINGS[placement.setting])
    place: Row = {"placement_type": code, "placement_provider": PROVIDERS.get(code, "PR1")}
    place["provider_judgement"] = None if placement.setting in ("parent", "elsewhere") else life.chance.pick(JUDGED)
    place["intended_to_last_until_18_flag"] = placement.lasting
    if placement.setting == "elsewhere":
        place["arranged_by_another_flag"] = code in ("R2", "R5") or life.chance.percent(60)
    if placement.lasting:
        place["life_story_work_flag"] = life.on_file()
    return place


def _end_reason(life: Life, care: Care) -> str:
    assert care.end is not None
    if care.placements[-1].setting == "adoption":
        return "E11"
    if life.age(care.end) >= 18:
        return life.chance.pick(("E5", "E6", "E8"))
    return life.chance.pick(("E4", "E4", "E4", "E43", "E41", "E8"))


def legal_statuses(life: Life, care: Care) -> list[Row]:
    """The legal statuses as records of their own."""
    rows: list[Row] = []
    for day, following in with_next([since for since, _ in care.statuses], care.end):
        rows.append(ended({"start_date": iso(day)}, life, following) | {"legal_status": care.status_on(day)})
    return rows


def approvals(life: Life, care: Care) -> list[Row]:
    """How carers stand: a connected person approved for 16 weeks or 24, then fully; a parent assessed or not yet."""
    chance = life.chance
    rows: list[Row] = []
    for placement in care.placements:
        if placement.setting == "connected person":
            extended = chance.percent(15)
            expires = placement.start + 7 * (24 if extended else 16)
            decided = timely(life, placement.start + 40, expires) + (30 if chance.percent(8) else 0)
            before = {"approval": "temporary_connected_person", "extended_flag": extended, "expiry_date": iso(expires)}
            before["assessment_completed_date"] = iso(decided) if decided <= _last(life, placement) else None
            rows += _approved(life, placement, before, decided, "full")
        elif placement.setting == "parent":
            decided = placement.start + (chance.between(20, 90) if chance.percent(65) else 0)
            rows += _approved(life, placement, {"approval": "parent_not_yet_assessed"}, decided, "parent_assessed")
    return rows


def _approved(life: Life, placement: Placement, before: Row, decided: int, after: str) -> list[Row]:
    """Two approvals, one up to the day decided and one from then, as far as the placement lasts."""
    last = _last(life, placement)
    rows: list[Row] = []
    if decided > placement.start:
        over = decided if decided <= last else placement.end
        rows.append(ended({"start_date": iso(placement.start)}, life, over) | before)
    if decided < last:
        rows.append(ended({"start_date": iso(decided)}, life, placement.end) | {"approval": after})
    return rows


def _last(life: Life, placement: Placement) -> int:
    return life.as_at if placement.end is None else placement.end
