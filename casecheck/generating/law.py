"""Legal planning and care proceedings."""

from casecheck.calendar import add_working_days, iso
from casecheck.generating.life import Life, Row, action, timely
from casecheck.generating.placements import Care


def proceedings(life: Life, care: Care, opened: int) -> Row:
    """What led to the interim care order, in a case opened on `opened`; without one, what was considered, if at all."""
    order = next((day for day, status in care.statuses if status == "C1"), None)
    if order is None:
        voluntary = care.statuses[0][1] == "V2"
        return considered(life, care.start + 30, care.last(life), 60) if voluntary else {}
    issued = max(opened, order - life.chance.between(1, 8))
    decided = max(opened, issued - _taken(life, (5, 26), (32, 75)))
    called = max(opened, decided - _taken(life, (3, 12), (18, 45)))
    concluded = next((day for day, status in care.statuses if status in ("C2", "E1") and day > order), None)
    return {
        "legal_planning_meetings": [_meeting(life, called, decided)],
        "care_proceedings": [_issued(decided, issued, concluded)],
    }


def considered(life: Life, start: int, last: int, likelihood: int) -> Row:
    """Legal planning about a child of whom no order is made, so likely in 100; proceedings may be decided on."""
    chance = life.chance
    called = start + chance.between(0, 200)
    if called >= last or not chance.percent(likelihood):
        return {}
    met = timely(life, called, add_working_days(called, 10))
    rows: Row = {"legal_planning_meetings": [_meeting(life, called, met)]}
    if met <= last and chance.percent(30):
        issued = timely(life, met, add_working_days(met, 20))
        rows["care_proceedings"] = [_issued(met, issued if issued <= last and life.on_file(2) else None, None)]
    return rows


def _taken(life: Life, in_time: tuple[int, int], late: tuple[int, int]) -> int:
    return life.chance.between(*(late if life.slips() or life.chance.percent(5) else in_time))


def _meeting(life: Life, called: int, met: int) -> Row:
    held = met <= life.as_at
    return {
        "decision_date": iso(called),
        "meeting_date": life.held(met),
        "proceedings_considered_flag": held,
        "return_home_considered_flag": held and life.on_file(),
        "actions": [action(life, met, "social worker") for _ in range(life.chance.pick((1, 2)))] if held else [],
    }


def _issued(decided: int, issued: int | None, concluded: int | None) -> Row:
    return {
        "decision_date": iso(decided),
        "issued_date": None if issued is None else iso(issued),
        "concluded_date": None if concluded is None else iso(concluded),
    }
