"""Referral, assessment and enquiry."""

from typing import NamedTuple

from casecheck.calendar import add_months, add_working_days, iso
from casecheck.generating.life import Life, Row, ended, timely

FACTORS = ("1A", "1B", "2A", "2B", "3A", "3B", "3C", "4A", "4B", "5A", "6A", "7A", "10A", "16A", "17A", "18A", "19A")
NOT_INCLUDED = ("not known who he is", "not known where he is", "a risk to the child's mother")


class Assessed(NamedTuple):
    """Assessments, and the day on which the last of them is, or will be, complete."""

    rows: list[Row]
    done: int


def referral(life: Life, day: int, no_further_action: bool) -> Row:
    """How the case came in."""
    chance = life.chance
    return {
        "referral_date": iso(day),
        "referral_source": chance.pick(("1A", "1B", "1C", "2A", "2B", "3A", "4", "5A", "5B", "6", "7", "8", "9", "10")),
        "referral_no_further_action_flag": no_further_action,
        "referral_decision_date": life.held(timely(life, day, add_working_days(day, 1))),
        "primary_need_code": chance.pick(("N1", "N1", "N1", "N2", "N3", "N4", "N5", "N5", "N6", "N8")),
    }


def assessed(life: Life, start: int, core: bool, plan: bool) -> Assessed:
    """An initial assessment from `start`, then a core one if `core`; `plan` says that it calls for a plan."""
    due = add_working_days(start, 10)
    done = timely(life, start + 1, due)
    first = _assessment(life, "initial", start, due, done)
    first |= {"core_assessment_required_flag": core, "child_in_need_plan_required_flag": plan and not core}
    first |= {"comprehensive_flag": False, "informs_plan_flag": False}
    if not core or done > life.as_at:
        return Assessed([first], done)
    second, finished = core_assessment(life, done, plan)
    return Assessed([first, second], finished)


def reassessed(life: Life, done: int, last: int) -> list[Row]:
    """The core assessments that follow about every year on the one of day `done`, up to `last`, unless forgotten."""
    rows: list[Row] = []
    again = _a_year_on(life, done)
    while again < last and not life.chance.percent(15 + life.thin):
        row, done = core_assessment(life, again, False)
        rows.append(row)
        again = _a_year_on(life, done)
    return rows


def _a_year_on(life: Life, done: int) -> int:
    """When the next assessment begins: mostly early enough to be complete within a year."""
    return add_months(done, 12) + (life.chance.between(-30, 90) if life.slips() else -life.chance.between(50, 90))


def core_assessment(life: Life, start: int, plan: bool) -> tuple[Row, int]:
    """A core assessment, and the day on which it is complete."""
    due = add_working_days(start, 35)
    done = timely(life, start + 1, due)
    row = _assessment(life, "core", start, due, done) | {"child_in_need_plan_required_flag": plan}
    return row | life.flags("comprehensive_flag", "informs_plan_flag", among=3), done


def _assessment(life: Life, kind: str, start: int, due: int, done: int) -> Row:
    chance = life.chance
    row: Row = {"start_date": iso(start)}
    if done <= life.as_at:
        row["authorisation_date"] = iso(done)
        row["factors"] = sorted({chance.pick(FACTORS) for _ in range(chance.between(1, 3))})
    overdue = due < min(done, life.as_at)
    row |= {
        "assessment_type": kind,
        "became_overdue_date": iso(due + 1) if overdue else None,
        "overdue_risk_assessed_date": life.held(due + 1 + chance.below(7)) if overdue and life.on_file(2) else None,
    }
    row |= life.flags("child_seen_flag", "child_views_recorded_flag", "parents_views_recorded_flag", among=2)
    row |= life.flags("views_inform_conclusions_flag", "identity_considered_flag")
    row |= life.flags("agencies_views_recorded_flag", "agencies_views_inform_conclusions_flag", among=2)
    row |= life.flags("risks_analysed_flag", "needs_analysed_flag", "protective_factors_analysed_flag", among=2)
    row |= {"child_seen_alone_flag": chance.percent(70), "father_included_flag": chance.percent(60)}
    if not row["child_seen_alone_flag"]:
        row["not_seen_alone_reason"] = "too young" if life.on_file() else None
    if not row["father_included_flag"]:
        row["father_not_included_reason"] = chance.pick(NOT_INCLUDED) if life.on_file() else None
    return row


def enquiry(life: Life, start: int) -> tuple[Row, int]:
    """A section 47 enquiry that leads to an initial conference, and the conference's day."""
    met = timely(life, start + 5, add_working_days(start, 15))
    row = _enquiry(life, start, met, to_conference=True)
    if met <= life.as_at:
        row["icpc_date"] = iso(met)
    return row, met


def enquiry_alone(life: Life, start: int) -> Row:
    """A section 47 enquiry from which no conference comes, and mostly a core assessment, as an episode's sections."""
    ends = timely(life, start + 1, add_working_days(start, 15))
    rows: Row = {"section_47_assessments": [_enquiry(life, start, ends, to_conference=False)]}
    if life.on_file():
        rows["child_and_family_assessments"] = [core_assessment(life, start, False)[0]]
    return rows


def _enquiry(life: Life, start: int, ends: int, to_conference: bool) -> Row:
    row: Row = {"start_date": iso(start), "icpc_required_flag": to_conference}
    return ended(row, life, ends) | {"strategy_discussion_date": iso(start)}
