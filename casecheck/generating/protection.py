"""Referral, assessment, enquiry; children in need and children with a child protection plan."""

from collections.abc import Sequence
from typing import NamedTuple

from casecheck.calendar import add_months, add_working_days, iso
from casecheck.generating.chance import weighted
from casecheck.generating.life import Life, Row, action, ended, repeatedly, timely
from casecheck.generating.work import LEADS

FACTORS = ("1A", "1B", "2A", "2B", "3A", "3B", "3C", "4A", "4B", "5A", "6A", "7A", "10A", "16A", "17A", "18A", "19A")
CATEGORIES = weighted({"NEG": 43, "EMO": 34, "PHY": 11, "SAB": 5, "MUL": 7})
NOT_INCLUDED = ("not known who he is", "not known where he is", "a risk to the child's mother")
AGENCIES = ("health", "education", "police", "probation", "housing", "adult_services", "voluntary_sector")


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
    """An initial assessment from `start`, then a core one if `core`; `plan` says that it calls for one."""
    due = add_working_days(start, 10)
    done = timely(life, start + 1, due)
    first = _assessment(life, "initial", start, due, done)
    first["core_assessment_required_flag"] = core
    first["child_in_need_plan_required_flag"] = plan and not core
    if not core or done > life.as_at:
        return Assessed([first], done)
    second, finished = core_assessment(life, done, plan)
    return Assessed([first, second], finished)


def core_assessment(life: Life, start: int, plan: bool) -> tuple[Row, int]:
    """A core assessment, and the day on which it is complete."""
    due = add_working_days(start, 35)
    done = timely(life, start + 1, due)
    row = _assessment(life, "core", start, due, done)
    row |= {"child_in_need_plan_required_flag": plan, "comprehensive_flag": life.on_file()}
    row["informs_plan_flag"] = life.on_file()
    return row, done


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
        "overdue_risk_assessed_date": life.held(due + 1 + chance.below(7)) if overdue and life.on_file() else None,
        "child_seen_flag": life.on_file(),
        "child_seen_alone_flag": chance.percent(70),
        "child_views_recorded_flag": life.on_file(),
        "parents_views_recorded_flag": life.on_file(),
        "views_inform_conclusions_flag": life.on_file(),
        "father_included_flag": chance.percent(70),
        "agencies_views_recorded_flag": life.on_file(),
        "agencies_views_inform_conclusions_flag": life.on_file(),
        "identity_considered_flag": life.on_file(),
        "risks_analysed_flag": life.on_file(),
        "needs_analysed_flag": life.on_file(),
        "protective_factors_analysed_flag": life.on_file(),
    }
    if not row["child_seen_alone_flag"]:
        row["not_seen_alone_reason"] = "too young" if life.on_file() else None
    if not row["father_included_flag"]:
        row["father_not_included_reason"] = chance.pick(NOT_INCLUDED) if life.on_file() else None
    return row


def enquiry(life: Life, start: int, to_conference: bool) -> tuple[Row, int]:
    """A section 47 enquiry, and the day of the initial conference, or on which the enquiry ends without one."""
    due = add_working_days(start, 15)
    conference = timely(life, start + 5, due)
    ends = conference if to_conference else timely(life, start + 1, due)
    row: Row = {"start_date": iso(start), "icpc_required_flag": to_conference}
    if to_conference and conference <= life.as_at:
        row["icpc_date"] = iso(conference)
    ended(row, life, ends)
    row["strategy_discussion_date"] = iso(start)
    return row, ends


def conference(life: Life, day: int) -> Row:
    """The initial child protection conference."""
    return {
        "icpc_date": iso(day),
        "icpc_transfer_in_flag": False,
        "report_detailed_flag": life.on_file(),
        "report_analytical_flag": life.on_file(),
        "attendees": _attendees(life),
    }


def _attendees(life: Life) -> list[Row]:
    """Who took part: the council's own workers, mostly the family, and others, not all of whom come."""
    beyond = [life.chance.pick(AGENCIES) for _ in range(life.chance.pick((1, 1, 2)))] if life.on_file() else []
    family = ["family"] if life.on_file() else []
    rows: list[Row] = []
    for agency in ("childrens_social_care", *family, *sorted(set(beyond))):
        came = agency == "childrens_social_care" or life.chance.percent(90)
        rows.append({"agency": agency, "attended_flag": came})
        if agency in AGENCIES:
            rows[-1]["report_provided_flag"] = life.chance.percent(40)
    return rows


def protection_plan(life: Life, start: int, end: int | None) -> Row:
    """A child protection plan with its core groups, reviews and actions, up to its end or today's."""
    last = life.as_at if end is None else min(end, life.as_at)
    category = life.chance.pick(CATEGORIES)
    actions = [action(life, day, life.chance.pick(LEADS)) for day in repeatedly(life, start - 1, last, 150)]
    row: Row = {
        **ended({"start_date": iso(start)}, life, end),
        "initial_category": category,
        "latest_category": category if life.chance.percent(90) else "MUL",
        "previous_plan_count": life.chance.pick((0, 0, 0, 0, 0, 1)),
        "father_included_flag": life.on_file(),
        "core_groups": [_core_group(life, day) for day in _core_group_days(life, start, last)],
    }
    reviews = _conference_days(life, start, last)
    row["child_protection_reviews"] = [_review(life, day, place) for place, day in enumerate(reviews)]
    return row | {"actions": actions}


def _core_group_days(life: Life, start: int, last: int) -> list[int]:
    first = timely(life, start + 1, add_working_days(start, 10))
    return [first, *repeatedly(life, first, last, 42)] if first <= last else []


def _conference_days(life: Life, start: int, last: int) -> Sequence[int]:
    first = timely(life, start + 45, add_months(start, 3))
    return [first, *repeatedly(life, first, last, 6, months=True)] if first <= last else []


def _core_group(life: Life, day: int) -> Row:
    sent = timely(life, day, add_working_days(day, 20))
    return {
        "meeting_date": iso(day),
        "progress_evaluated_flag": life.on_file(),
        "plan_developed_flag": life.on_file(),
        "minutes_sent_to_parents_date": life.held(sent) if life.on_file() else None,
        "attendees": _attendees(life),
    }


def _review(life: Life, day: int, place: int) -> Row:
    return {
        "review_date": iso(day),
        "progress_assessed_flag": life.on_file(),
        "risk_continues_flag": life.chance.percent(60),
        "contingency_considered_flag": place > 0 and life.on_file(),
        "legal_action_considered_flag": place > 0 and life.chance.percent(40),
    }


def need_plan(life: Life, start: int, end: int | None) -> Row:
    """A child in need plan with its actions."""
    last = life.as_at if end is None else min(end, life.as_at)
    return ended({"start_date": iso(start)}, life, end) | {
        "specific_objectives_flag": life.on_file(),
        "measurable_objectives_flag": life.on_file(),
        "father_included_flag": life.on_file(),
        "actions": [action(life, day, life.chance.pick(LEADS)) for day in repeatedly(life, start - 1, last, 120)],
    }


def visits(life: Life, start: int, end: int, every: int) -> list[Row]:
    """Visits to a child in need or with a plan, every so many days."""
    return [_visit(life, day) for day in repeatedly(life, start, end, every)]


def _visit(life: Life, day: int) -> Row:
    seen = life.chance.percent(93)
    return {"visit_date": iso(day), "seen_flag": seen, "seen_alone_flag": seen and life.chance.percent(75)}


def homelessness(life: Life, day: int) -> Row:
    """A young person of 16 or 17 presents as homeless."""
    considered = life.on_file()
    return {
        "presentation_date": iso(day),
        "assessment_completed_date": life.held(timely(life, day, add_working_days(day, 10))),
        "section_20_considered_flag": considered,
        "section_20_offered_flag": considered and life.on_file(),
    }


def missing(life: Life, start: int, last: int) -> Row:
    """An episode of going missing that begins on `start`; the child is back by `last` at the latest."""
    chance = life.chance
    back = min(last, start + chance.pick((0, 0, 1, 1, 2, 4, 11)))
    interview = timely(life, back, back + 3) if life.on_file() else life.as_at + 1
    accepted = interview <= life.as_at and chance.percent(75)
    return {
        "start_date": iso(start),
        "end_date": iso(back),
        "missing_episode_type": chance.pick("MMA"),
        "return_interview_offered_date": life.held(interview),
        "return_interview_accepted_flag": accepted,
        "return_interview_date": iso(interview) if accepted else None,
        "return_interview_independent_flag": accepted and life.on_file(),
        "risk_assessed_flag": life.on_file(),
        "history_considered_flag": life.on_file(),
        "strategy_meeting_date": life.held(timely(life, start, add_working_days(start, 5))) if life.on_file() else None,
    }
