"""`recurring`: again and again, never longer apart than the limit in force on the day. One obligation a wait.

```yaml
recurring:
  events: looked_after_visits
  limits:
    - {within: 1 week, for: first}
    - {every: 6 weeks, until: 1 year}
    - {every: 3 months, where: {intended_to_last_until_18_flag: true}}
    - {every: 6 weeks}
```

A wait runs from the last event, or from the start, and the first limit of the list that applies on a day is in force.
When a limit comes into force during a wait, a longer one counts from the wait's start; a shorter one, or a first one,
counts from the day it came into force, but never gives more time than the one before it gave. The due day is the last
before a limit in force is first broken.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from casecheck.calendar import OPEN, UNKNOWN
from casecheck.checks.application import Application, Check, apply, over_records
from casecheck.checks.discharge import Served, Serving, compile_serving, newest_hidden, only_newest, served
from casecheck.checks.limits import Limit, Timeline, compile_limits, due_day, timeline
from casecheck.checks.obligation import MET, MISSED, NOT_DUE, UNKNOWN_OUTCOME, Obligation
from casecheck.checks.outcomes import Judged, Span, doubted, obligation, outcome_of, unknown
from casecheck.records.case import Case, Record
from casecheck.rules.model import Rule
from casecheck.rules.truth import ALWAYS


class _Chain(NamedTuple):
    """What the waits of one record share.

    `to` is the day on which the source was drawn. `doubtful` says whether an event that is not held, or not surely one,
    might have ended a wait; `certain` that nothing but the limits can be in doubt.
    """

    rule: str
    pointer: str
    span: Span
    end: int
    to: int
    limits: Timeline
    doubtful: bool
    certain: bool


def compile(rules: Sequence[Rule], terms: Mapping[str, Any]) -> Check:
    """The check of a rule whose kind is `recurring`; of several that share an id, one chain."""
    rule = rules[0]
    application = apply(rule, terms)
    path = application.section.path
    serving = compile_serving(rule.check["events"], rule.check.get("where", {}), path, terms)
    limits = compile_limits(rules, path, terms)
    on_first_day = rule.check.get("counts_on_first_day", True)

    def judge(case: Case, record: Record, span: Span) -> list[Obligation]:
        start = record.start
        end = application.period_end(case, record, start if start != UNKNOWN else case.as_at)
        if start == UNKNOWN:
            return _of_unknown_start(application, case, record, end, span)
        applies = True if application.where is ALWAYS else application.where.test(case, record, start)
        if applies is False or UNKNOWN < end < start:
            return []
        line = timeline(limits, case, record, end)
        if line.binds_never:
            return []
        found = served(case, record, serving)
        doubtful = bool(found.lacking or found.possible or found.undated)
        certain = not doubtful and end != UNKNOWN and case.coverage.to >= case.as_at
        chain = _Chain(rule.id, record.pointer, span, end, case.coverage.to, line, doubtful, certain)
        obligations = _waits(chain, case, record, serving, found, on_first_day)
        partial = case.coverage.is_partial
        return obligations if applies else [doubted(each, end, span, partial) for each in obligations]

    return over_records(application, judge)


def _of_unknown_start(application: Application, case: Case, record: Record, end: int, span: Span) -> list[Obligation]:
    for condition in (application.where, application.binding):
        if condition.over(case, record, OPEN) is False:
            return []
    return [unknown(application.rule.id, record.pointer, UNKNOWN, None, end, "from a start that is not held", span)]


def _waits(
    chain: _Chain, case: Case, record: Record, serving: Serving, found: Served, on_first_day: bool
) -> list[Obligation]:
    start, end = record.start, chain.end
    if not found.held or newest_hidden(case, serving):
        if all(due_day(chain.limits, start, ordinal, longest=False).day == OPEN for ordinal in (1, 2)):
            return []
        return [unknown(chain.rule, chain.pointer, start, None, end, "not held", chain.span)]
    last = OPEN if end == UNKNOWN else end
    first = start if on_first_day else start + 1
    days = {day: event.pointer for day, event in reversed(found.sure) if first <= day <= last}
    if only_newest(case, serving) and days:
        newest = max(days)
        return _one(_since_the_newest(chain, newest, days[newest], case.as_at))
    return _all_waits(chain, record, days, found.since)


def _all_waits(chain: _Chain, record: Record, days: dict[int, str], since: int) -> list[Obligation]:
    obligations: list[Obligation] = []
    wait_from, ordinal, partial = record.start, 1, record.began_before
    if record.start < since:
        wait_from, partial = since, True
    if partial and (wait_from > chain.span.as_at or UNKNOWN < chain.end < wait_from):
        return _one(unknown(chain.rule, chain.pointer, record.start, None, chain.end, "not held", chain.span))
    events = sorted(day for day in days if day >= wait_from)
    if chain.certain and not partial and chain.limits.only is not None:
        return _plain_waits(chain, chain.limits.only, [record.start, *events], days)
    whole_history = not partial
    for done in [*events, None]:
        evidence = None if done is None else days[done]
        found = _wait(chain, wait_from, done, evidence, ordinal, whole_history, partial)
        if found is not None:
            obligations.append(found)
        if done is not None:
            wait_from, ordinal, partial = done, ordinal + 1, False
    return obligations


def _plain_waits(chain: _Chain, limit: Limit, turns: Sequence[int], days: Mapping[int, str]) -> list[Obligation]:
    """The waits where one limit is in force throughout and nothing is in doubt, as it mostly is: `_wait` in short."""
    obligations: list[Obligation] = []
    end, as_at = chain.end, chain.span.as_at
    for start, done in zip(turns, [*turns[1:], None], strict=True):
        due = limit.due_from(start)
        outcome = outcome_of(due, done, end, as_at)
        if outcome is not None:
            facts = Judged(start, due, done, None if done is None else days[done], limit.in_words)
            obligations.append(obligation(chain.rule, chain.pointer, facts, outcome, end, chain.span))
    return obligations


def _wait(
    chain: _Chain,
    start: int,
    done: int | None,
    evidence: str | None,
    ordinal: int,
    ordinal_known: bool,
    partial: bool,
) -> Obligation | None:
    """The obligation of one wait, judged by the shortest and by the longest limits that might apply.

    None of a wait that was over before any limit was in force in it. `partial` is one that began before what is held.
    """
    line, span = chain.limits, chain.span
    longest = shortest = due_day(line, start, ordinal, True, ordinal_known)
    if line.doubtful:
        shortest = due_day(line, start, ordinal, False, ordinal_known)
    if shortest.day == OPEN or shortest.bound_from > (span.as_at if done is None else done):
        return None
    due, limit, _ = longest if longest.day != OPEN else shortest
    end = OPEN if chain.end == UNKNOWN else chain.end
    outcome = outcome_of(longest.day, done, end, span.as_at)
    if shortest.day != longest.day:
        strict = outcome_of(shortest.day, done, end, span.as_at)
        outcome = MET if strict == MET else outcome if strict == outcome else UNKNOWN_OUTCOME
    if partial or not chain.certain:
        outcome = _doubt(chain, outcome, due, done, partial)
    if outcome is None:
        return None
    if outcome == UNKNOWN_OUTCOME:
        found = unknown(chain.rule, chain.pointer, start, due, chain.end, limit, span)
        return found if done is None or done >= span.since else found._replace(counted=False)
    return obligation(chain.rule, chain.pointer, Judged(start, due, done, evidence, limit), outcome, end, span)


def _doubt(chain: _Chain, outcome: str | None, due: int, done: int | None, partial: bool) -> str | None:
    """The outcome, or `unknown` where something that is not held could make it another."""
    if outcome == MET:
        return UNKNOWN_OUTCOME if partial else outcome
    if chain.end == UNKNOWN:
        return UNKNOWN_OUTCOME
    if outcome is None:
        return UNKNOWN_OUTCOME if partial else None
    if done is None and chain.span.as_at > chain.to and due > chain.to:
        return UNKNOWN_OUTCOME
    return UNKNOWN_OUTCOME if chain.doubtful or (partial and outcome == NOT_DUE) else outcome


def _since_the_newest(chain: _Chain, newest: int, pointer: str, as_at: int) -> Obligation | None:
    """Of a section of which only the newest event is held, only the wait since it is judged."""
    due, limit, _ = due_day(chain.limits, newest, 2, longest=True, ordinal_known=False)
    if due == OPEN:
        return None
    if chain.end == UNKNOWN or chain.to < due < as_at:
        return unknown(chain.rule, chain.pointer, newest, due, chain.end, limit, chain.span)
    if due < min(as_at, chain.end):
        facts = Judged(newest, due, None, None, limit)
        return obligation(chain.rule, chain.pointer, facts, MISSED, chain.end, chain.span)
    if chain.end <= as_at:
        return None
    facts = Judged(newest, due, newest, pointer, limit)
    return obligation(chain.rule, chain.pointer, facts, MET, chain.end, chain.span)._replace(counted=True)


def _one(found: Obligation | None) -> list[Obligation]:
    return [] if found is None else [found]
