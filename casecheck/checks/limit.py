"""`limit`: no more than so many begun in the months that end on the audit date. One obligation, due on that date.

```yaml
limit: {records: care_worker_details, where: {position: {at_least: 2}}, at_most: 2, in: 12 months}
limit: {records: placements, at_most: 2, in: 12 months, count: standing}
```

Twelve months that end on 23 April 2012 begin on 24 April 2011. With `count: standing` what was in force on a day of
them counts, not only what began in them.
"""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from casecheck.calendar import OPEN, UNKNOWN, duration_in_words, parse_duration, subtract
from casecheck.checks.application import Check, apply, over_records
from casecheck.checks.discharge import Served, compile_serving, served
from casecheck.checks.obligation import MET, MISSED, Obligation
from casecheck.checks.outcomes import Span, unknown
from casecheck.records.case import Case, Record
from casecheck.rules.model import Rule
from casecheck.rules.truth import ALWAYS


def compile(rule: Rule, terms: Mapping[str, Any]) -> Check:
    """The check of a rule whose kind is `limit`."""
    application = apply(rule, terms)
    check = rule.check
    serving = compile_serving(check["records"], check.get("where", {}), application.section.path, terms)
    most, length = check["at_most"], parse_duration(check["in"])
    standing = check.get("count") == "standing"
    words = f"at most {most} in {duration_in_words(length)}"
    begins, ends = rule.in_force

    def judge(case: Case, record: Record, span: Span) -> list[Obligation]:
        as_at = case.as_at
        first = subtract(as_at, length) + 1
        if not ((begins is None or as_at >= begins) and (ends is None or as_at < ends)):
            return []
        end = application.period_end(case, record, as_at if record.start == UNKNOWN else record.start)
        if UNKNOWN < end < first or record.start > as_at:
            return []
        applies = True if application.where is ALWAYS else application.where.test(case, record, as_at)
        if applies is False:
            return []
        found = served(case, record, serving, attrgetter("start"))
        within = (max(first, record.start), as_at if end == UNKNOWN else min(as_at, end))
        sure = _number(found.sure, within, standing)
        outcome = MISSED if sure > most else MET
        if outcome == MET and _may_be_more(case, found, within, sure, most, standing):
            return [unknown(rule.id, record.pointer, first, as_at, OPEN, words, span)]
        if outcome == MISSED and (applies is None or end == UNKNOWN):
            return [unknown(rule.id, record.pointer, first, as_at, OPEN, words, span)]
        done, late = (as_at, None) if outcome == MET else (None, 0)
        evidence = record.pointer if outcome == MET else None
        return [Obligation(rule.id, record.pointer, evidence, first, as_at, done, words, outcome, late, True)]

    return over_records(application, judge)


def _number(found: list[tuple[int, Record]], within: tuple[int, int], standing: bool) -> int:
    """How many of the records began on the days, both included, or were in force on one of them."""
    first, last = within
    if not standing:
        return sum(1 for _, record in found if first <= record.start <= last)
    return sum(1 for _, record in found if record.start <= last and (record.end >= first or record.end == UNKNOWN))


def is_counted(record: Record, within: tuple[int, int], standing: bool) -> bool:
    """Whether a record is one of those that a `limit` counts on the days, both included."""
    return bool(_number([(record.start, record)], within, standing))


def _may_be_more(case: Case, found: Served, within: tuple[int, int], sure: int, most: int, standing: bool) -> bool:
    """Whether what is not held could make the number greater than the limit."""
    if found.lacking or case.as_at > case.coverage.to or found.since > within[0]:
        return True
    return sure + _number(found.possible, within, standing) + len(found.undated) > most
