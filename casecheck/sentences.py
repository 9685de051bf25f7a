"""The sentence of evidence of a finding: `visit due 3 May 2011, made 19 May 2011, 16 days late`.

It speaks of dates and of what kind of thing was due, never of what a record says, so that no name can stand in it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from casecheck.calendar import in_words
from casecheck.checks.obligation import LATE, MISSED, NOT_DUE, UNKNOWN_OUTCOME, Obligation
from casecheck.rules.condition_words import without_narrowing
from casecheck.rules.model import Condition, Rule
from casecheck.rules.record_words import done_word, narrowed, noun_of, section_called, spaced

TOLD: Final = 2
"""How many obligations a sentence tells with their dates; of the others it tells the number."""


class Thing(NamedTuple):
    """What a rule asks for, in the words of the field: `visit` is `made`, `care plan` is `in place from` a day."""

    noun: str
    plural: str
    done: str

    @property
    def undone(self) -> str:
        """How one says that it was not done, before the day: `not made by`."""
        return f"not {self.done.removesuffix(' from')} by"


def finding_message(rule: Rule, outcome: str, obligations: Sequence[Obligation]) -> str:
    """Why a finding is what it is (`fail`, `unknown` or `not_due`), from its counted obligations; else nothing."""
    counted = [each for each in obligations if each.counted]
    if outcome == "fail":
        return _failed(rule, [each for each in counted if each.outcome in (LATE, MISSED)])
    if outcome == "unknown":
        return _not_known(rule, [each for each in counted if each.outcome == UNKNOWN_OUTCOME])
    if outcome == "not_due":
        return _not_yet_due(rule, [each for each in counted if each.outcome == NOT_DUE])
    return ""


def thing_due(rule: Rule) -> Thing:
    """What the rule asks for: from the section or the date that discharges it, or that it is recorded of."""
    if rule.kind == "recorded":
        return _thing(rule.applies_to, *_one_kind(rule.where))
    sought = _sought(rule)
    if sought is None:
        return _thing_dated(rule.applies_to, rule.check["done"], *_one_kind(rule.where))
    return _thing(_first(sought.names), *narrowed(sought.where))


class _Sought(NamedTuple):
    """The sections whose records the rule asks for, and which of their records count."""

    names: str | Sequence[str]
    where: Condition


def _sought(rule: Rule) -> _Sought | None:
    """What the rule looks for in other sections; None if it reads the record itself."""
    check = rule.check
    if rule.kind == "recurring":
        return _Sought(check["events"], check.get("where", {}))
    if rule.kind in ("held", "limit"):
        return _Sought(check["records"], check.get("where", {}))
    done = check.get("done") if rule.kind == "deadline" else None
    return _Sought(done["first"], done.get("where", {})) if isinstance(done, Mapping) else None


def _as_asked_for(rule: Rule) -> Thing:
    """The thing, told from others that bear its name and do not count, where there may be such."""
    thing, sought = thing_due(rule), _sought(rule)
    if sought is None or not without_narrowing(sought.where)[0]:
        return thing
    return thing._replace(noun=f"{thing.noun} of the kind asked for")


# --- what failed -----------------------------------------------------------------------------------------------------


def _failed(rule: Rule, failed: Sequence[Obligation]) -> str:
    if rule.kind == "limit":
        return f"more than {rule.check['at_most']} in the {rule.check['in']} to {_day(failed[0].due)}"
    thing = _as_asked_for(rule)
    worst = sorted(failed, key=lambda each: (-(each.days_late or 0), each.due or 0, each.pointer))
    told = sorted(worst[:TOLD], key=lambda each: (each.due or 0, each.pointer))
    others = worst[TOLD:]
    if rule.kind == "recorded":
        where = " and ".join(_of_the_record(rule, thing, each) for each in told)
        return f"not shown in the record of the {where}" + (f", and of {len(others)} more" if others else "")
    return "; ".join([*(_out_of_time(thing, each) for each in told), *_also(thing, others)])


def _out_of_time(thing: Thing, each: Obligation) -> str:
    due, late = each.due or 0, each.days_late or 0
    if each.outcome == LATE:
        return f"{thing.noun} due {_day(due)}, {thing.done} {_day(each.done)}, {_days(late)} late"
    return f"{thing.noun} due {_day(due)}, {thing.undone} {_day(due + late)}, {_days(late)} overdue"


def _also(thing: Thing, others: Sequence[Obligation]) -> list[str]:
    late = sum(each.outcome == LATE for each in others)
    missed = len(others) - late
    parts = [f"{late} more late"] if late else []
    if missed:
        parts.append(f"{missed} {'' if late else 'more '}not {thing.done.removesuffix(' from')}")
    return [f"and {', '.join(parts)}"] if parts else []


def _of_the_record(rule: Rule, thing: Thing, each: Obligation) -> str:
    section = section_called(rule.applies_to)
    if section is not None and section.nature == "lasting":
        return f"{thing.noun} from {_day(each.starts)}"
    return f"{thing.noun} of {_day(each.due)}"


# --- what is not known, and what is not yet due ----------------------------------------------------------------------


def _not_known(rule: Rule, unknown: Sequence[Obligation]) -> str:
    own = rule.applies_to.rpartition(".")[2]
    if unknown and all(_not_held(each) and each.pointer.endswith(f"/{own}") for each in unknown):
        return f"not known: the source does not hold {_thing(rule.applies_to, None, None).plural}"
    thing = thing_due(rule)
    if unknown and all(each.limit == "not held" for each in unknown):
        return f"not known: the source does not hold {thing.plural}"
    dated = rule.kind == "deadline" and isinstance(rule.check["done"], str)
    about = f"the {thing.noun}" if dated else thing.plural
    said = f"not known: what the record holds of {about} does not tell"
    days = sorted({each.due for each in unknown if each.due is not None})
    if not days or rule.kind == "limit":
        return said
    word = "judged on" if rule.kind == "recorded" else "due"
    more = len(unknown) - 1
    return f"{said} ({word} {_day(days[0])}{f', and {more} more' if more else ''})"


def _not_held(each: Obligation) -> bool:
    """Whether the very section of the record is not held, so that not even a first day is known."""
    return each.limit == "not held" and each.starts is None


def _not_yet_due(rule: Rule, not_due: Sequence[Obligation]) -> str:
    days = sorted(each.due for each in not_due if each.due is not None)
    if not days:
        return ""
    more = len(not_due) - 1
    return f"{_as_asked_for(rule).noun} due {_day(days[0])}" + (f", and {more} more after" if more else "")


def _day(day: int | None) -> str:
    return "a day not known" if day is None or day < 1 else in_words(day)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


# --- words -----------------------------------------------------------------------------------------------------------

_FIELDS: Final = {
    "icpc_date": ("initial child protection conference", "initial child protection conferences", "held"),
    "assessment_completed_date": ("assessment", "assessments", "completed"),
    "placed_date": ("placement for adoption", "placements for adoption", "made"),
    "minutes_sent_to_parents_date": ("minutes to the parents", "minutes to the parents", "sent"),
    "return_interview_offered_date": ("offer of a return interview", "offers of return interviews", "made"),
    "strategy_meeting_date": ("strategy meeting", "strategy meetings", "held"),
    "recorded_date": ("case note", "case notes", "recorded"),
    "record_distributed_date": ("record of the review", "records of reviews", "sent out"),
    "reviewing_officer_informed_date": ("notice to the reviewing officer", "notices to the reviewing officer", "given"),
    "handover_summary_date": ("handover summary", "handover summaries", "written"),
    "health_history_given_date": ("summary of health", "summaries of health", "given"),
    "independence_preparation_start_date": ("preparation for independence", "preparation for independence", "begun"),
    "overdue_risk_assessed_date": ("assessment of the risk of delay", "assessments of the risk of delay", "made"),
}


def _first(names: str | Sequence[str]) -> str:
    return names if isinstance(names, str) else names[0]


def _one_kind(where: Condition) -> tuple[str | None, str | None]:
    """The one type of assessment, and the one role of worker, that a record of which the rule speaks has, where it is
    one.
    """
    kind, role = where.get("assessment_type"), where.get("role")
    return kind if isinstance(kind, str) else None, role if isinstance(role, str) else None


@cache
def _thing(name: str, kind: str | None, role: str | None) -> Thing:
    """A record of the section as the thing that is due."""
    noun, plural = noun_of(name, kind, role)
    return Thing(noun, plural, done_word(noun, section_called(name)))


@cache
def _thing_dated(section_name: str, field: str, kind: str | None, role: str | None) -> Thing:
    """What a date field tells of: the completion of the work itself, or what the field is named for."""
    section = section_called(section_name)
    if section is not None and section.nature == "work" and field == section.end:
        return _thing(section_name, kind, role)
    if section is not None and section.nature == "event" and field == section.start:
        return _thing(section_name, kind, role)
    last = field.rpartition(".")[2]
    if last in _FIELDS:
        return Thing(*_FIELDS[last])
    words = spaced(last.removesuffix("_date"))
    return Thing(words, words, "done")
