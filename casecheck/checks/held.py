"""`held`: on every day of the period something covers the day. One obligation a loss of cover, the start being the
first.

```yaml
held: {records: care_plans, within: 10 working days}
held: {records: care_worker_details, where: {role: social_worker}, within: 5 working days, gap: 5 working days}
held: {records: child_and_family_assessments, within: 35 working days, counts_for: 12 months}
```

`within` is the grace at the start, `gap` after each later loss of cover (none if left out). Cover that is lost while
the grace at the start still runs leaves as long as that. A record covers from the day on which it serves for
`counts_for`, never past its own end; without `counts_for` what lasts covers its life, others to the period's end.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from casecheck.calendar import OPEN, UNKNOWN, Duration, add, duration_in_words, parse_duration
from casecheck.checks.application import Application, Check, apply, over_records
from casecheck.checks.discharge import Served, compile_serving, served
from casecheck.checks.obligation import MET, Obligation
from casecheck.checks.outcomes import Judged, Span, doubted, obligation, outcome_of, unknown
from casecheck.records.case import Case, Record
from casecheck.rules.model import Rule
from casecheck.rules.truth import ALWAYS


class Cover(NamedTuple):
    """Days that something covers, both included, and the pointer of what does on the first."""

    first: int
    last: int
    evidence: str


class Run(NamedTuple):
    """A run of binding days, both included (`last` OPEN if it goes on); `sure` False where it may not bind."""

    first: int
    last: int
    sure: bool


class _Terms(NamedTuple):
    """What the rule says of grace and cover, ready."""

    within: Duration | None
    gap: Duration | None
    counts_for: Duration | None


def compile(rule: Rule, terms: Mapping[str, Any]) -> Check:
    """The check of a rule whose kind is `held`."""
    application = apply(rule, terms)
    check = rule.check
    serving = compile_serving(check["records"], check.get("where", {}), application.section.path, terms)
    says = _Terms(*(parse_duration(check[key]) if key in check else None for key in _Terms._fields))

    def judge(case: Case, record: Record, span: Span) -> list[Obligation]:
        start = record.start
        end = application.period_end(case, record, start if start != UNKNOWN else case.as_at)
        applies = True if application.where is ALWAYS else application.where.test(case, record, max(start, 1))
        if applies is False:
            return []
        if start == UNKNOWN:
            words = "from a start that is not held"
            return [unknown(rule.id, record.pointer, UNKNOWN, None, end, words, span)]
        found = served(case, record, serving)
        sure, possible = _covers(case, record, found, says)
        obligations: list[Obligation] = []
        for run in binding_runs(application, case, record, end):
            for each in _losses(rule.id, case, record, run, sure, possible, says, span):
                is_sure = run.sure and applies and end != UNKNOWN
                obligations.append(each if is_sure else doubted(each, end, span))
        return obligations

    return over_records(application, judge)


# --- cover ---------------------------------------------------------------------------------------------


def _covers(case: Case, record: Record, found: Served, says: _Terms) -> tuple[list[Cover], list[Cover]]:
    """What surely covers, merged where it runs on unbroken; and what may cover as well."""
    sure = [cover for day, each in found.sure if (cover := _cover(each, day, says)) is not None]
    possible = [cover for day, each in found.possible if (cover := _cover(each, day, says)) is not None]
    possible.extend(Cover(1, OPEN if each.end == UNKNOWN else each.end, each.pointer) for each in found.undated)
    possible.extend(Cover(day, OPEN, each.pointer) for day, each in found.sure if each.end == UNKNOWN)
    if found.lacking:
        possible.append(Cover(1, OPEN, record.pointer))
    if found.since > record.start or (found.since and says.counts_for is not None):
        possible.append(Cover(1, _possibly_covered_until(found, says), record.pointer))
    return _merged(sure), _merged([*sure, *possible]) if possible else []


def _possibly_covered_until(found: Served, says: _Terms) -> int:
    """The last day that a record from before what is held may cover."""
    if all(each.section.nature == "lasting" for _, each in found.sure) and found.sure:
        return min(day for day, _ in found.sure) - 1
    return OPEN if says.counts_for is None else add(found.since, says.counts_for) - 1


def _cover(record: Record, day: int, says: _Terms) -> Cover | None:
    """The days that a record covers; None where its end is not known."""
    last = OPEN
    if record.section.nature == "lasting":
        if record.end == UNKNOWN:
            return None
        last = record.end
    if says.counts_for is not None:
        last = min(last, add(day, says.counts_for) - 1)
    return Cover(day, last, record.pointer) if last >= day else None


def _merged(covers: list[Cover]) -> list[Cover]:
    """By day, with what overlaps or adjoins made one."""
    merged: list[Cover] = []
    for cover in sorted(covers, key=lambda each: each[:2]):
        if merged and cover.first <= merged[-1].last + 1:
            if cover.last > merged[-1].last:
                merged[-1] = merged[-1]._replace(last=cover.last)
        else:
            merged.append(cover)
    return merged


def _covering(covers: list[Cover], day: int) -> Cover | None:
    """The cover in force on the day, else the next, else None."""
    place = bisect_right(covers, day, key=lambda cover: cover.first)
    if place and covers[place - 1].last >= day:
        return covers[place - 1]
    return covers[place] if place < len(covers) else None


# --- losses --------------------------------------------------------------------------------------------


def _losses(
    rule: str, case: Case, record: Record, run: Run, sure: list[Cover], possible: list[Cover], says: _Terms, span: Span
) -> Iterable[Obligation]:
    """The obligations of one run of binding days: its start, and each loss of cover by the audit date.

    Where a need may be covered for a time only, that is not known, and the need is judged anew from the day after it.
    """
    need, least_due = run.first, run.first if says.within is None else add(run.first, says.within)
    at_start, start_due = True, least_due
    last = min(run.last, case.as_at)
    while need <= last:
        due = least_due if at_start else max(least_due, need if says.gap is None else add(need, says.gap))
        cover = _covering(sure, need)
        done = None if cover is None else max(cover.first, need)
        if done is not None and done > run.last:
            cover = done = None
        words = _in_words(says, due == start_due)
        facts = Judged(need, due, done, None if cover is None else cover.evidence, words)
        maybe = _covering(possible, need)
        in_doubt_until = maybe.last if maybe is not None and maybe.first <= need else OPEN
        is_met = outcome_of(due, done, run.last, case.as_at) == MET
        if in_doubt_until < last and not is_met and (done is None or done > in_doubt_until + 1):
            yield unknown(rule, record.pointer, need, due, run.last, words, span)
            need, at_start, least_due = in_doubt_until + 1, False, due
            continue
        found = _loss(rule, record.pointer, facts, run, cover, possible, at_start and record.began_before, span)
        if found is not None:
            drawn_before = done is None and case.as_at > case.coverage.to and due > case.coverage.to
            yield doubted(found, run.last, span) if drawn_before else found
        if cover is None or cover.last == OPEN:
            return
        need, at_start = cover.last + 1, False


def _loss(
    rule: str,
    pointer: str,
    facts: Judged,
    run: Run,
    cover: Cover | None,
    possible: list[Cover],
    began_before: bool,
    span: Span,
) -> Obligation | None:
    need, due, done = facts.starts, facts.due, facts.done
    outcome = outcome_of(due, done, run.last, span.as_at)
    if outcome is None:
        return None
    if done is not None and done <= span.since <= run.last:
        if cover is not None and cover.last >= span.since:
            return obligation(rule, pointer, facts, MET, run.last, span)._replace(counted=True)
        maybe = _covering(possible, done)
        if maybe is not None and maybe.first <= done and maybe.last >= span.since:
            return _uncertain(rule, pointer, facts, run.last, span.since, span)
    until = min(run.last, span.as_at) if done is None else done - 1
    if outcome == MET and began_before and done != need:
        return _uncertain(rule, pointer, facts, run.last, until, span)
    if outcome != MET and possible:
        maybe = _covering(possible, need)
        first = None if maybe is None or maybe.first > run.last else max(maybe.first, need)
        if first == need or outcome_of(due, first, run.last, span.as_at) != outcome:
            return _uncertain(rule, pointer, facts, run.last, until, span)
    return obligation(rule, pointer, facts, outcome, run.last, span)


def _uncertain(rule: str, pointer: str, facts: Judged, end: int, until: int, span: Span) -> Obligation:
    """A loss that may have been none, on days up to `until`: what lasts counts while it lasts, so it counts while they
    reach into the review period.
    """
    found = unknown(rule, pointer, facts.starts, facts.due, end, facts.limit, span)
    return found._replace(counted=found.counted or until >= span.since)


def _in_words(says: _Terms, at_start: bool) -> str:
    grace = says.within if at_start else says.gap
    words = "at all times" if grace is None else f"within {duration_in_words(grace)}"
    if says.counts_for is not None:
        words += f", renewed within {duration_in_words(says.counts_for)}"
    return words


def binding_runs(application: Application, case: Case, record: Record, end: int) -> list[Run]:
    """The runs of days on which the rule binds, within the record's period."""
    last = OPEN if end == UNKNOWN else end
    begins, ends = application.rule.in_force
    binding = application.binding
    start = record.start
    over = binding.over(case, record, last)
    if over is False or last < start:
        return []
    if not callable(over) and begins is None and ends is None:
        return [Run(start, last, over is True)]
    days = {start}
    if begins is not None:
        days.add(begins)
    if ends is not None:
        days.add(ends)
    for moments in binding.moments:
        days.update(moments(case, record))
    ordered = sorted(day for day in days if start <= day <= last)
    runs: list[Run] = []
    for day, following in zip(ordered, [*ordered[1:], last + 1], strict=True):
        in_law = (begins is None or day >= begins) and (ends is None or day < ends)
        truth = (over(day) if callable(over) else over) if in_law else False
        if truth is False:
            continue
        until = OPEN if following > OPEN else following - 1
        if runs and runs[-1].last == day - 1:
            runs[-1] = Run(runs[-1].first, until, runs[-1].sure and bool(truth))
        else:
            runs.append(Run(day, until, bool(truth)))
    return runs


def cover_of(rule: Rule, record: Record, day: int) -> Cover | None:
    """The days that a record covers which serves from `day`; None where its end is not known."""
    says = (parse_duration(rule.check[key]) if key in rule.check else None for key in _Terms._fields)
    return _cover(record, day, _Terms(*says))
