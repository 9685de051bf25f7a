"""`deadline`: from a day, done within so long, or by the day that the record itself sets. One obligation a record.

```yaml
deadline: {from: start_date, within: 35 working days, done: authorisation_date}
deadline: {from: set_date, due: due_date, done: completed_date}
deadline: {from: referral_date, within: 10 working days, done: {first: child_and_family_assessments, where: {...}}}
```

A `from` or a `due` that is recorded empty makes no obligation.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from casecheck.calendar import DAYS, OPEN, UNKNOWN, Duration, add, duration_in_words, parse_duration
from casecheck.checks.application import Application, Check, apply, over_records
from casecheck.checks.discharge import compile_serving, first_between, served
from casecheck.checks.obligation import MET, NOT_DUE, UNKNOWN_OUTCOME, Obligation
from casecheck.checks.outcomes import Judged, Span, doubted, obligation, outcome_of, unknown
from casecheck.records.case import NOT_HELD, Case, Record, row_on
from casecheck.records.schema import sections
from casecheck.rules.matching import ordinals_known
from casecheck.rules.model import Rule
from casecheck.rules.truth import ALWAYS

DayOf = Callable[[Case, Record], int | None]


class Done(NamedTuple):
    """When it was done (None: it was not), by what (and by what that lasts), and whether that is sure.

    Where it is not, `possible` is the day on which it may have been done, None where that may be any day. `held` says
    whether the source holds what would tell, if only from some day on.
    """

    day: int | None
    evidence: str | None
    lasting: Record | None
    sure: bool
    possible: int | None
    held: bool = True


DoneOf = Callable[[Case, Record, int, int], Done]


def compile(rule: Rule, terms: Mapping[str, Any]) -> Check:
    """The check of a rule whose kind is `deadline`."""
    application = apply(rule, terms)
    path = application.section.path
    check = rule.check
    from_day = date_of(check["from"], path)
    due_day = date_of(check["due"], path) if "due" in check else None
    within = parse_duration(check["within"]) if "within" in check else None
    done_of = _done_by(check["done"], path, terms)
    limit = "by the day set" if within is None else f"within {duration_in_words(within)}"

    def judge(case: Case, record: Record, span: Span) -> list[Obligation]:
        start = from_day(case, record)
        if start is None or not _in_force(rule, start):
            return []
        applies = True if application.where is ALWAYS else _applies(application, case, record, start)
        if applies is False:
            return []
        due = _due(case, record, start, within, due_day)
        if due is None:
            return []
        end = application.period_end(case, record, case.as_at if start == UNKNOWN else start)
        if start == UNKNOWN or due == UNKNOWN:
            found: Obligation | None = unknown(
                rule.id, record.pointer, start, None if due == UNKNOWN else due, end, limit, span
            )
        else:
            done = done_of(case, record, start, end)
            facts = Judged(start, due, done.day, done.evidence, limit)
            found = _judged(rule.id, case, record, facts, done, end, span)
        if found is None:
            return []
        return [found if applies else doubted(found, end, span, case.coverage.is_partial)]

    return over_records(application, judge)


def _judged(
    rule: str, case: Case, record: Record, facts: Judged, done: Done, end: int, span: Span
) -> Obligation | None:
    """The obligation of one record; None where it lapsed."""
    outcome = _outcome(facts, done, end, case)
    if outcome is None:
        return None
    if outcome == UNKNOWN_OUTCOME:
        told = unknown(rule, record.pointer, facts.starts, facts.due, end, facts.limit, span)
        return told if done.held or _is_over(record, case) else told._replace(counted=told.counted or end >= span.since)
    found = obligation(rule, record.pointer, facts, outcome, end, span)
    if done.day is not None and done.day < span.since and done.lasting is not None and done.lasting.end >= span.since:
        return found._replace(outcome=MET, days_late=None, counted=True)
    if _is_over(record, case):
        return found if found.counted == _over_in(found, span) else found._replace(counted=not found.counted)
    return found


def _is_over(record: Record, case: Case) -> bool:
    """Whether what the deadline is of is an event or finished work."""
    nature = record.section.nature
    return nature == "event" or (nature == "work" and record.end <= case.as_at)


def _outcome(facts: Judged, done: Done, end: int, case: Case) -> str | None:
    """The outcome, or `unknown` where what is not held could change it."""
    as_at, due = case.as_at, facts.due
    outcome = outcome_of(due, done.day, OPEN if end == UNKNOWN else end, as_at)
    if outcome == MET:
        return outcome
    if end == UNKNOWN:
        return UNKNOWN_OUTCOME
    if not done.sure and (done.possible is None or outcome_of(due, done.possible, end, as_at) != outcome):
        return UNKNOWN_OUTCOME
    if done.day is None and as_at > case.coverage.to and due > case.coverage.to and outcome is not None:
        return UNKNOWN_OUTCOME
    return outcome


def _over_in(found: Obligation, span: Span) -> bool:
    """Whether a deadline of an event or of finished work counts: it is over with its due or its done day."""
    since, as_at = span
    if found.outcome == NOT_DUE or (found.due is not None and since <= found.due <= as_at):
        return True
    return found.done is not None and since <= found.done <= as_at


def _applies(application: Application, case: Case, record: Record, start: int) -> bool | None:
    return application.where.test(case, record, start if start != UNKNOWN else case.as_at)


def _in_force(rule: Rule, start: int) -> bool:
    begins, ends = rule.in_force
    if start == UNKNOWN:
        return True
    return (begins is None or start >= begins) and (ends is None or start < ends)


def _due(case: Case, record: Record, start: int, within: Duration | None, due_day: DayOf | None) -> int | None:
    if due_day is not None:
        return due_day(case, record)
    return UNKNOWN if start == UNKNOWN or within is None else add(start, within)


# --- fields --------------------------------------------------------------------------------------------


def date_of(name: str, path: tuple[str, ...]) -> DayOf:
    """The day in a field of the record, of the one before it (`previous.`) or of one around it (`SECTION.`)."""
    first, _, rest = name.rpartition(".")
    if first == "previous":
        own = _own_date(rest, path)

        def previous(case: Case, record: Record) -> int | None:
            if record.previous is not None:
                return own(case, record.previous)
            return None if ordinals_known(case, record) else UNKNOWN

        return previous
    if first:
        depth = len(path) - 1 - path[::-1].index(first.split(".")[-1])
        outer = _own_date(rest, path[: depth + 1])
        levels = len(path) - depth - 1

        def around(case: Case, record: Record) -> int | None:
            for _ in range(levels):
                record = record.parent or record
            return outer(case, record)

        return around
    return _own_date(name, path)


def _own_date(name: str, path: tuple[str, ...]) -> DayOf:
    section = sections()[path]
    if name in (section.start, section.end):
        at_start = name == section.start

        def own(case: Case, record: Record) -> int | None:
            day = record.start if at_start else record.end
            recorded_empty = day == UNKNOWN and record.row.get(name, NOT_HELD) is None
            return None if day == OPEN or day > case.as_at or recorded_empty else day

        return own
    absent = None if section.fields[name].absent_is_empty else NOT_HELD

    def field(case: Case, record: Record) -> int | None:
        text = row_on(record, case.as_at).get(name, absent)
        return UNKNOWN if text is NOT_HELD else None if text is None else DAYS[text]

    return field


# --- what was done -------------------------------------------------------------------------------------


def _done_by(says: str | Mapping[str, Any], path: tuple[str, ...], terms: Mapping[str, Any]) -> DoneOf:
    if isinstance(says, str):
        return _done_on(says, path)
    serving = compile_serving(says["first"], says.get("where", {}), path, terms)

    def done(case: Case, record: Record, start: int, end: int) -> Done:
        here = served(case, record, serving)
        last = OPEN if end == UNKNOWN else end
        first = first_between(start, last, here.sure)
        doubtful = here.lacking or bool(here.undated) or here.since > start
        possible = first if doubtful or not here.possible else first_between(start, last, here.sure + here.possible)
        sure = not doubtful and possible == first
        if first is None:
            return Done(None, None, None, sure, possible[0] if possible else None, not here.lacking)
        lasting = first[1] if first[1].section.nature == "lasting" else None
        return Done(first[0], first[1].pointer, lasting, sure, None if doubtful or not possible else possible[0])

    return done


def _done_on(name: str, path: tuple[str, ...]) -> DoneOf:
    day_of = date_of(name, path)

    def done(case: Case, record: Record, start: int, end: int) -> Done:
        day = day_of(case, record)
        if day == UNKNOWN:
            return Done(None, None, None, False, None, held=False)
        return Done(day, f"{record.pointer}/{name}" if day is not None else None, None, True, None)

    return done
