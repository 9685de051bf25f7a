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
    "Reviewing service": range(176, 191),
    "Family support": range(191, 211),
}
"""The teams, with the numbers of their workers."""

BESIDE = {
    "personal_adviser": "Leaving care",
    "independent_reviewing_officer": "Reviewing service",
    "child_protection_chair": "Reviewing service",
    "family_support_worker": "Family support",
}
"""Who works with a child beside the social worker, and in which team."""

LEADS = ("social worker", "social worker", "manager", "health visitor", "school", "parent", "foster carer")


def worker(number: int) -> str:
    """A worker's id."""
    return f"worker-{number:03}"


def allocations(life: Life, start: int, end: int, closed: bool, team: str) -> list[Row]:
    """The social workers who held the case in turn, from its allocation to `end`; a gap now and then."""
    chance = life.chance
    tenure = (25, 110) if chance.percent(5 + life.late) else (120, 900)
    rows: list[Row] = []
    begun, last = timely(life, start, start + 7), 0
    while begun <= end:
        number = chance.pick(TEAMS[team])
        number += number == last and number + 1 in TEAMS[team]
        over = begun + chance.between(*tenure)
        row: Row = {"worker_id": worker(number), "start_date": iso(begun)}
        if over < end or closed:
            row["end_date"] = iso(min(over, end))
        row |= {"role": "social_worker", "team": team, "newly_qualified_flag": chance.percent(12)}
        row["handover_summary_date"] = _handover(life, begun) if rows else None
        rows.append(row)
        begun, last = over + (chance.between(7, 30) if life.slips() else 0), number
    return rows


def _handover(life: Life, begun: int) -> str | None:
    return life.held(timely(life, begun, add_working_days(begun, 10), among=2)) if life.on_file(3) else None


def beside(life: Life, role: str, start: int, end: int | None) -> Row:
    """One who works with the child beside the social worker, from `start`, until `end` if that has come."""
    row: Row = {"worker_id": worker(life.chance.pick(TEAMS[BESIDE[role]])), "start_date": iso(start)}
    return ended(row, life, end) | {"role": role, "team": BESIDE[role]}


def everyday(life: Life, start: int, end: int) -> Row:
    """Supervision, management decisions, case notes, the chronology, complaints and concerns from `start` to `end`."""
    complaints = [day for day in _now_and_then(life, start, end, 400) if life.chance.percent(8 + life.late // 2)]
    return {
        "protection_concerns": [_concern(life, day) for day in _now_and_then(life, start, end, 500)],
        "supervisions": [_supervision(life, day) for day in repeatedly(life, start, end, 1, months=True, among=2)],
        "management_decisions": [_decision(life, day) for day in repeatedly(life, start, end, 3, months=True)],
        "case_notes": [_note(life, day) for day in _now_and_then(life, start, end, 60)],
        "chronology_updates": [
            {"update_date": iso(day)} | life.flags("significant_events_clear_flag")
            for day in repeatedly(life, start, end, 6, months=True)
        ],
        "complaints": [_complaint(life, day) for day in complaints],
    }


def _now_and_then(life: Life, start: int, end: int, apart: int) -> list[int]:
    days: list[int] = []
    day = start + life.chance.below(2 * apart)
    while day <= end:
        days.append(max(start, on_weekday(day)))
        day += 1 + life.chance.below(2 * apart)
    return days


def _concern(life: Life, day: int) -> Row:
    discussed = life.held(timely(life, day, add_working_days(day, 1))) if life.on_file(2) else None
    return {"concern_date": iso(day), "strategy_discussion_date": discussed}


def _supervision(life: Life, day: int) -> Row:
    chance = life.chance
    actions = [action(life, day, chance.pick(LEADS), among=3) for _ in range(chance.pick((0, 0, 0, 1)))]
    for decided in actions:
        decided["carried_over_count"] = 0 if life.on_file() else chance.pick((1, 1, 2, 2, 3, 4))
    considered = life.flags("child_experience_considered_flag", "plan_challenged_flag", among=8)
    return {"supervision_date": iso(day)} | considered | {"actions": actions}


def _decision(life: Life, day: int) -> Row:
    chance = life.chance
    considered = {"proceedings_considered_flag": chance.percent(25), "return_home_considered_flag": chance.percent(20)}
    return {"decision_date": iso(day)} | considered


def _note(life: Life, day: int) -> Row:
    return {"event_date": iso(day), "recorded_date": life.held(timely(life, day, add_working_days(day, 5), among=2))}


def _complaint(life: Life, day: int) -> Row:
    due = add_working_days(day, 10)
    answered = life.held(timely(life, day, due)) if life.on_file(3) else None
    return {"received_date": iso(day), "due_date": iso(due), "answered_date": answered, "stage": "1"}
