"""What befalls young people above all: to be homeless, to go missing."""

from casecheck.calendar import add_working_days, iso
from casecheck.generating.life import Life, Row, ended, timely, with_next

HOMELESS_HOMES = (
    *("supported_lodgings", "supported_lodgings", "supported_lodgings", "supported_accommodation"),
    *("supported_accommodation", "supported_accommodation", "hostel", "hostel", "foyer", "bed_and_breakfast"),
    *("with_family_or_friends", "with_family_or_friends", "with_family_or_friends", "bed_and_breakfast"),
)


def homeless(life: Life, day: int, last: int, looked_after: bool) -> Row:
    """A young person of 16 or 17 presents as homeless, and lives somewhere, unless looked after from then on."""
    completed = timely(life, day, add_working_days(day, 10))
    considered = life.on_file()
    presentation = {
        "presentation_date": iso(day),
        "assessment_completed_date": life.held(completed) if life.on_file(2) else None,
        "section_20_considered_flag": considered,
        "section_20_offered_flag": looked_after or (considered and life.chance.percent(70)),
    }
    if looked_after:
        return {"homelessness_presentations": [presentation]}
    home = ended({"start_date": iso(day)}, life, min(last, day + life.chance.between(10, 120)))
    home["accommodation_type"] = life.chance.pick(HOMELESS_HOMES)
    home["suitable_flag"] = home["accommodation_type"] != "bed_and_breakfast" and life.chance.percent(85)
    home["provided_by_council_flag"] = home["accommodation_type"] != "with_family_or_friends"
    return {"homelessness_presentations": [presentation], "accommodations": [home]}


def missing(life: Life, start: int, last: int, likelihood: int) -> Row:
    """The times that a child of 12 or over went missing, so likely in 100, between two days."""
    if life.age(last) < 12 or not life.chance.percent(likelihood):
        return {}
    days = sorted({life.chance.between(start, last - 1) for _ in range(life.chance.pick((1, 1, 2, 3)))})
    apart = [day for day, following in with_next(days) if day < last and (following is None or following - day > 14)]
    return {"missing_episodes": [_episode(life, day, last) for day in apart]}


def _episode(life: Life, start: int, last: int) -> Row:
    """An episode of going missing that begins on `start`; the child is back by `last` at the latest."""
    chance = life.chance
    back = min(last, start + chance.pick((0, 0, 1, 1, 2, 4, 11)))
    interview = timely(life, back, back + 3) if life.on_file(2) else life.as_at + 1
    offered = interview <= life.as_at
    accepted = offered and chance.percent(75)
    met = timely(life, start, add_working_days(start, 5))
    return {
        "start_date": iso(start),
        "end_date": iso(back),
        "missing_episode_type": chance.pick("MMMA"),
        "return_interview_offered_date": life.held(interview),
        "return_interview_accepted_flag": accepted,
        "return_interview_date": iso(interview) if accepted else None,
        "return_interview_independent_flag": offered and life.on_file(),
        **life.flags("risk_assessed_flag", "history_considered_flag", among=2),
        "strategy_meeting_date": life.held(met) if life.on_file() else None,
    }
