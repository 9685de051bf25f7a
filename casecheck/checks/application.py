"""Which records a rule is applied to, and the period in which its duty stands: shared by all kinds of check."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from casecheck.calendar import OPEN, UNKNOWN
from casecheck.checks.obligation import Obligation
from casecheck.checks.outcomes import Span, unknown
from casecheck.records.case import NOT_HELD, Case, Fetch, Record, compile_fetch, lasting_around, of_the_child
from casecheck.records.schema import Section
from casecheck.rules.conditions import compile_condition, in_force, section_for
from casecheck.rules.model import Rule
from casecheck.rules.truth import ALWAYS, Condition

Judge = Callable[[Case, Record, Span], list[Obligation]]
Check = Callable[[Case, Span], list[Obligation]]
Path = tuple[str, ...]
PeriodEnd = Callable[[Case, Record, int], int]


class Application(NamedTuple):
    """A rule made ready: the section that it is applied to, its conditions compiled, and how its period ends."""

    rule: Rule
    section: Section
    where: Condition
    binding: Condition
    period_end: PeriodEnd


def apply(rule: Rule, terms: Mapping[str, Any]) -> Application:
    """What every kind of check needs to know of a rule."""
    section = section_for(rule.applies_to, ())
    where = compile_condition(rule.where, section.path, terms)
    binding = compile_condition(rule.while_, section.path, terms)
    return Application(rule, section, where, binding, _period_end(rule, section, terms))


def over_records(application: Application, judge: Judge) -> Check:
    """A check of every record that the rule is applied to (or of the latest one), by `judge`.

    Where the section is not held the obligation is unknown, unless no day on which it could stand would bind the rule.
    """
    path, latest = application.section.path, application.rule.latest

    def check(case: Case, span: Span) -> list[Obligation]:
        records, lacking = of_the_child(case, path)
        obligations: list[Obligation] = []
        if latest:
            judged = [judge(case, record, span) for record in latest_of(records, case.as_at)]
            obligations.extend(_of_the_latest(judged, application, span))
        else:
            for record in records:
                obligations.extend(judge(case, record, span))
        for holder in lacking:
            if might_bind(application, case, holder):
                pointer = f"{holder.pointer}/{path[len(holder.section.path)]}"
                end = holder.end
                obligations.append(unknown(application.rule.id, pointer, UNKNOWN, None, end, "not held", span))
        return obligations

    return check


def latest_of(records: Sequence[Record], as_at: int) -> list[Record]:
    """The record that the file rests on: the newest in force on the day, else the newest ended (completed) by it.

    More than one, that one first, where for a day that is not known another may be the newest.
    """
    ordered = sorted(records, key=attrgetter("start", "end"))
    if ordered and ordered[0].section.nature == "work":
        done = sorted((each for each in ordered if UNKNOWN < each.end <= as_at), key=attrgetter("end", "start"))
        return [*_newest(done), *(each for each in ordered if each.end == UNKNOWN)]
    dated = [each for each in ordered if UNKNOWN not in (each.start, each.end)]
    standing = [each for each in dated if each.section.nature == "lasting" and each.end >= as_at]
    best = _newest(standing or sorted(dated, key=attrgetter("end", "start")))
    since = best[0].start if best else UNKNOWN
    return [
        *best,
        *(each for each in ordered if each.start == UNKNOWN or (each.end == UNKNOWN and each.start >= since)),
    ]


def _newest(ordered: Sequence[Record]) -> list[Record]:
    """The last of the records; of several that are the same in all, the first."""
    if not ordered:
        return []
    last = ordered[-1]
    alike = (each for each in ordered if (each.start, each.end) == (last.start, last.end) and each.row == last.row)
    return [next(alike)]


def _of_the_latest(judged: list[list[Obligation]], application: Application, span: Span) -> list[Obligation]:
    """The obligations of the latest record; unknown where more than one may be that and they do not agree."""
    if not judged:
        return []
    if all(_outcomes(each) == _outcomes(judged[0]) for each in judged):
        return judged[0]
    first = next(each for each in judged if each)[0]
    starts, due = first.starts or UNKNOWN, first.due
    doubt = unknown(first.rule, first.pointer, starts, due, OPEN, first.limit, span)
    return [doubt._replace(counted=any(each.counted for found in judged for each in found))]


def _outcomes(found: list[Obligation]) -> list[tuple[str, bool]]:
    return [(each.outcome, each.counted) for each in found]


def might_bind(application: Application, case: Case, holder: Record) -> bool:
    """Whether a record of a section that is not held could bind the rule on some day of its holder's life."""
    if application.where is ALWAYS and application.binding is ALWAYS:
        return True
    start = max(holder.start, 1)
    blank = Record(application.section, _Blank(), start, holder.end, holder, "", 1, None, {})
    for condition in (application.where, application.binding):
        truth = condition.over(case, blank, holder.end)
        if callable(truth):
            last = min(holder.end, max(start, case.as_at))
            days = {start, last, *(day for moments in condition.moments for day in moments(case, blank))}
            truth = None if any(truth(day) is not False for day in days if start <= day <= last) else False
        if truth is False:
            return False
    return True


class _Blank(dict[str, Any]):
    """A row of which nothing is held."""

    def get(self, key: str, default: Any = None) -> Any:
        return NOT_HELD


def _period_end(rule: Rule, section: Section, terms: Mapping[str, Any]) -> PeriodEnd:
    if rule.lapsing == "none":
        return lambda case, record, day: OPEN
    if rule.lapsing is None:
        return _own_end if section.nature == "lasting" else _end_around
    path = section_for(rule.lapsing, section.path).path
    if isinstance(rule.lapses_with, Mapping):
        return _end_of_the_first(section.path, path, compile_condition(rule.lapses_with["where"], path, terms))
    if section.path[: len(path)] == path:
        return lambda case, record, day: _ancestor(record, path).end
    fetch = compile_fetch(section.path, path)
    return lambda case, record, day: _end_of_the_one_in_force(record, fetch, day)


def _own_end(case: Case, record: Record, day: int) -> int:
    return record.end


def _end_around(case: Case, record: Record, day: int) -> int:
    holder = lasting_around(record)
    return OPEN if holder is None else holder.end


def _ancestor(record: Record, path: tuple[str, ...]) -> Record:
    while record.section.path != path and record.parent is not None:
        record = record.parent
    return record


def _end_of_the_first(path: Path, target: Path, where: Condition) -> PeriodEnd:
    """The end of the first record of a section to meet `where` from the day on: of those in force on it, the last."""
    fetch = compile_fetch(path, target)

    def end(case: Case, record: Record, day: int) -> int:
        found, lacking = fetch(record)
        coming = [each for each in found if each.end >= day or each.end == UNKNOWN]
        truths = [where.test(case, each, max(each.start, day)) for each in coming]
        meeting = [each for each, truth in zip(coming, truths, strict=True) if truth]
        standing = [each for each in meeting if each.start <= day]
        chosen = standing[-1] if standing else next(iter(meeting), None)
        last = OPEN if chosen is None or chosen.start == UNKNOWN else max(chosen.start, day)
        in_doubt = [each for each, truth in zip(coming, truths, strict=True) if truth is None and each.start <= last]
        if in_doubt or (chosen is None and lacking) or (chosen is not None and chosen.start == UNKNOWN):
            return UNKNOWN
        return OPEN if chosen is None else chosen.end

    return end


def _end_of_the_one_in_force(record: Record, fetch: Fetch, day: int) -> int:
    found, lacking = fetch(record)
    standing = [each for each in found if in_force(each, found, day) is not False]
    if not standing:
        return UNKNOWN if lacking else OPEN
    return max(each.end for each in standing)
