"""`recorded`: conditions that the record must meet, judged on what is recorded of it. Met or missed, settled at once.

```yaml
recorded: {child_seen_flag: true}
recorded: {any_of: [{seen_alone_flag: true}, {not_seen_alone_reason: {present: true}}]}
```

`where` is judged on the day from which the obligation runs: an event's date, the first day of what lasts (of the
`latest`, the audit date or its last day). An event counts by its date; what lasts if it is in force on a day of the
review period; work when it is completed. Work that is judged when it is begun (an action, an episode of going missing)
counts by the day on which it was, and as long as it is not finished: it is not settled before. Of the `latest` record:
whatever its date, while the lasting record around it stands in the review period. A field recorded as null does not
meet; one not held is unknown.
"""

from collections.abc import Mapping
from typing import Any

from casecheck.calendar import OPEN, UNKNOWN
from casecheck.checks.application import Check, apply, over_records
from casecheck.checks.obligation import MET, MISSED, Obligation
from casecheck.checks.outcomes import Span, unknown
from casecheck.records.case import Case, Record, lasting_around
from casecheck.rules.conditions import compile_condition
from casecheck.rules.matching import OPERATORS
from casecheck.rules.model import Rule
from casecheck.rules.truth import ALWAYS

LIMIT = "as recorded"


def compile(rule: Rule, terms: Mapping[str, Any]) -> Check:
    """The check of a rule whose kind is `recorded`."""
    application = apply(rule, terms)
    condition = compile_condition(held_to(rule.check), application.section.path, terms)
    begins, ends = rule.in_force

    def judge(case: Case, record: Record, span: Span) -> list[Obligation]:
        day = judged_on(record, case.as_at)
        if day is None:
            return []
        on = case.as_at if day == UNKNOWN else day
        first = on if day == UNKNOWN or rule.latest or record.section.nature != "lasting" else record.start
        if (begins is not None and first < begins) or (ends is not None and first >= ends):
            return []
        applies = True if application.where is ALWAYS else application.where.test(case, record, first)
        if applies is False:
            return []
        truth = condition.test(case, record, on)
        if day == UNKNOWN or truth is None or (not truth and applies is None):
            end = application.period_end(case, record, on) if day == UNKNOWN else OPEN
            found = unknown(rule.id, record.pointer, record.start, None if day == UNKNOWN else day, end, LIMIT, span)
        else:
            found = _settled(rule.id, record, day, truth)
        if rule.latest or day != UNKNOWN:
            counted = _counted(record, day, rule.latest, span)
            if counted is None and found.outcome == MISSED:
                found = unknown(rule.id, record.pointer, record.start, day, OPEN, LIMIT, span)
            found = found._replace(counted=counted is True or (counted is None and found.outcome != MET))
        return [found]

    return over_records(application, judge)


def held_to(written: Mapping[str, Any]) -> dict[str, Any]:
    """The condition as `recorded` means it: what is recorded as null does not meet a `not` either."""
    strict: dict[str, Any] = {}
    for key, value in written.items():
        if key == "any_of":
            strict[key] = [held_to(each) for each in value]
        elif key == "none_of" or not isinstance(value, Mapping):
            strict[key] = value
        elif "not" in value:
            strict[key] = value if value["not"] is None else {"present": True, **value}
        else:
            strict[key] = value if any(operator in value for operator in OPERATORS) else held_to(value)
    return strict


def judged_on(record: Record, as_at: int) -> int | None:
    """The day on which a record is judged: its date; of what lasts the audit date or its last day; of work its
    completion.

    None where work is not completed, UNKNOWN where the day is not held.
    """
    section = record.section
    if section.nature == "work" and not section.judged_when_begun:
        return None if record.end > as_at else record.end
    if section.nature == "lasting":
        return UNKNOWN if record.start == UNKNOWN else min(record.end, as_at) if record.end != UNKNOWN else as_at
    return record.start


def _settled(rule: str, record: Record, day: int, met: bool) -> Obligation:
    starts = day if record.start == UNKNOWN or record.section.nature != "lasting" else record.start
    done = day if met else None
    evidence = record.pointer if met else None
    outcome, late = (MET, None) if met else (MISSED, 0)
    return Obligation(rule, record.pointer, evidence, starts, day, done, LIMIT, outcome, late, True)


def _counted(record: Record, day: int, latest: bool, span: Span) -> bool | None:
    """Whether it counts; None where it is not known whether work was still to be finished in the review period."""
    if latest:
        around = lasting_around(record.parent) if record.parent is not None else None
        return around is None or around.end == UNKNOWN or around.end >= span.since
    if day >= span.since or not record.section.judged_when_begun:
        return day >= span.since
    around = lasting_around(record)
    if around is not None and UNKNOWN < around.end < span.since:
        return False
    return None if record.end == UNKNOWN else record.end >= span.since
