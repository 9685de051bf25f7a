"""The health and the education of a child looked after."""

from casecheck.calendar import add_months, add_working_days, iso
from casecheck.generating.life import Life, Row, renewed, repeatedly, timely
from casecheck.generating.placements import Care

SCHOOL_AGE = range(5, 16)


def wellbeing(life: Life, care: Care) -> Row:
    """Health assessments, health plans and personal education plans; a series of short breaks has none."""
    return {} if care.short_breaks else _health(life, care) | _education(life, care)


def _health(life: Life, care: Care) -> Row:
    last = care.last(life)
    first = timely(life, care.start + 3, add_working_days(care.start, 20))
    if first > last:
        return {}
    months = 6 if life.age(first) < 5 else 12
    checks = [first, *repeatedly(life, first, last, months, months=True)]
    kinds = ("initial health assessment", "review health assessment")
    plans = renewed(life, first, last, care.end, 12)
    return {
        "health_assessments": [
            {"health_check_date": iso(day), "health_check_type": kinds[place > 0]} for place, day in enumerate(checks)
        ],
        "health_plans": [plan | life.flags("includes_assessment_findings_flag") for _, plan in plans],
    }


def _education(life: Life, care: Care) -> Row:
    """From the fifth birthday or from coming into care, every six months."""
    last = care.last(life)
    needed = next((day for day in (care.start, add_months(life.born, 60)) if life.age(day) in SCHOOL_AGE), last)
    begun = timely(life, needed + 3, add_working_days(needed, 20))
    if begun > last or needed < care.start:
        return {}
    plans = renewed(life, begun, last, care.end, 6)
    return {"personal_education_plans": [plan | _goals(life) for day, plan in plans if life.age(day) <= 16]}


def _goals(life: Life) -> Row:
    goals = life.flags("progress_evaluated_flag", "goals_set_flag", among=2)
    return goals | life.flags("next_step_planned_flag", "leisure_reviewed_flag")


def questionnaires(life: Life, start: int) -> list[Row]:
    """The yearly questionnaires on strengths and difficulties."""
    days = [add_months(start, 12 * year + 6) for year in range(6)]
    asked = [day for day in days if day <= life.as_at and 4 <= life.age(day) <= 16]
    return [{"date": iso(day), "score": life.chance.between(3, 32)} for day in asked]
