"""The everyday work on an open case: who holds it, supervision, management oversight, recording."""

from casecheck.calendar import add_working_days, iso
from casecheck.generating.life import Life, Row, action, ended, on_weekday, repeatedly, timely

TEAMS = {
    "Assessment": range(1, 31),
    "Protection and court east": range(31, 71),
    "Protection and court west": range(71, 111),
    "Children looked after": range(111, 141),
    "Disabled children": range(141, 156),
    "Leaving care": range(156, 176),
}
"""The teams, with the numbers of their workers."""

LEADS = ("social worker", "social worker", "manager", "health visitor", "school", "parent", "foster carer")


def worker(number: int) -> str:
    """A worker's id."""
    return f"worker-{number:03}"


def allocations(life: Life, start: int, end: int, closed: bool, team: str) -> list[Row]:
    """The social workers who held the case in turn, from its allocation to `end`; a gap now and then."""
    chance = life.chance
    rows: list[Row] = []
    begun, last = timely(life, start, start + 7), 0
    while begun <= end:
        number = chance.pick(TEAMS[team])
        number += number == last and number + 1 in TEAMS[team]
        over = begun + chance.between(120, 900) - 2 * life.late
        row: Row = {"worker_id": worker(number), "start_date": iso(begun)}
        if over < end or closed:
            row["end_date"] = iso(min(over, end))
        row |= {"role": "social_worker", "team": team, "newly_qualified_flag": chance.percent(15)}
        row["handover_summary_date"] = life.held(timely(life, begun, begun + 14)) if rows and life.on_file() else None
        rows.append(row)
        begun, last = over + (chance.between(7, 30) if chance.percent(life.late) else 0), number
    return rows


def adviser(life: Life, start: int, end: int) -> Row:
    """A personal adviser from `start`, until `end` if that has come."""
    row: Row = {"worker_id": worker(life.chance.pick(TEAMS["Leaving care"])), "start_date": iso(start)}
    ended(row, life, end)
    return row | {"role": "personal_adviser", "team": "Leaving care"}


def everyday(life: Life, start: int, end: int) -> Row:
    """Supervision, management decisions, case notes, the chronology, complaints and concerns from `start` to `end`."""
    chance = life.chance
    return {
        "protection_concerns": [_concern(life, day) for day in _now_and_then(life, start, end, 500)],
        "supervisions": [_supervision(life, day) for day in repeatedly(life, start, end, 1, months=True)],
        "management_decisions": [_decision(life, day) for day in repeatedly(life, start, end, 90 + 2 * life.thin)],
        "case_notes": [_note(life, day) for day in _now_and_then(life, start, end, 60)],
        "chronology_updates": [
            {"update_date": iso(day), "significant_events_clear_flag": life.on_file()}
            for day in repeatedly(life, start, end, 5, months=True)
        ],
        "complaints": [_complaint(life, day) for day in _now_and_then(life, start, end, 400) if chance.percent(15)],
    }


def _now_and_then(life: Life, start: int, end: int, apart: int) -> list[int]:
    days: list[int] = []
    day = start + life.chance.below(2 * apart)
    while day <= end:
        days.append(max(start, on_weekday(day)))
        day += 1 + life.chance.below(2 * apart)
    return days


def _concern(life: Life, day: int) -> Row:
    discussed = life.held(timely(life, day, add_working_days(day, 1))) if life.on_file() else None
    return {"concern_date": iso(day), "strategy_discussion_date": discussed}


def _supervision(life: Life, day: int) -> Row:
    chance = life.chance
    actions = [action(life, day, chance.pick(LEADS)) for _ in range(chance.pick((0, 0, 0, 1)))]
    for decided in actions:
        decided["carried_over_count"] = chance.pick((0, 0, 0, 0, 1, 1, 2)) if chance.percent(life.thin) else 0
    return {
        "supervision_date": iso(day),
        "child_experience_considered_flag": life.on_file(),
        "plan_challenged_flag": life.on_file(),
        "actions": actions,
    }


def _decision(life: Life, day: int) -> Row:
    chance = life.chance
    considered = {"proceedings_considered_flag": chance.percent(25), "return_home_considered_flag": chance.percent(20)}
    return {"decision_date": iso(day)} | considered


def _note(life: Life, day: int) -> Row:
    return {"event_date": iso(day), "recorded_date": life.held(timely(life, day, add_working_days(day, 5)))}


def _complaint(life: Life, day: int) -> Row:
    due = add_working_days(day, 10)
    answered = life.held(timely(life, day, due))
    return {"received_date": iso(day), "due_date": iso(due), "answered_date": answered, "stage": "1"}
