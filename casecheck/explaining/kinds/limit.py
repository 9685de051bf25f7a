"""`limit`, drawn: what is counted in the months to the audit date, one after another, and what is not."""

from collections.abc import Iterator
from operator import attrgetter

from casecheck.calendar import UNKNOWN, in_words, parse_duration, subtract
from casecheck.checks.discharge import Served, Serving, compile_serving, served
from casecheck.checks.limit import is_counted
from casecheck.checks.obligation import MET, MISSED
from casecheck.explaining.lines import line
from casecheck.explaining.missing import drawn_missing, serving_missing
from casecheck.explaining.model import EVENT, LIMIT, PASSED_OVER, SETTLED, Line, Missing
from casecheck.explaining.reasons import Asking, said, why_not
from casecheck.explaining.serving import possible_missing, thing_of
from casecheck.explaining.setting import Drawn, Setting, end_missing, standing


def draw(setting: Setting) -> Drawn:
    """What one record's limit counts, or why it is not asked."""
    case, record, check = setting.case, setting.record, setting.rule.check
    first = subtract(case.as_at, parse_duration(check["in"])) + 1
    begins, ends = setting.rule.in_force
    if not ((begins is None or case.as_at >= begins) and (ends is None or case.as_at < ends)):
        return Drawn((f"The rule is not law on {in_words(case.as_at)}.",))
    if UNKNOWN < setting.end < first:
        return Drawn((f"It ended before the {check['in']} that are counted, which begin on {in_words(first)}.",))
    applies = standing(setting, case.as_at)
    if applies.applies is False:
        return Drawn(applies.notes)
    where = check.get("where", {})
    serving = compile_serving(check["records"], where, setting.path, setting.terms)
    found = served(case, record, serving, attrgetter("start"))
    within = (max(first, record.start), setting.last)
    lines = [
        line(first, LIMIT, f"the {check['in']} to the audit date begin"),
        *_counted(setting, serving, found, within),
        *_passed_over(setting, serving, within),
        *_sum(setting, found, within),
    ]
    missing: tuple[Missing, ...] = ()
    if setting.is_unknown:
        missing = (
            *applies.missing,
            *serving_missing(case, record, serving, setting.terms),
            *possible_missing(setting, serving, where),
            *end_missing(setting),
            *drawn_missing(case),
        )
    return Drawn(applies.notes, tuple(lines), (), missing)


def _standing(setting: Setting) -> bool:
    return bool(setting.rule.check.get("count") == "standing")


def _counted(setting: Setting, serving: Serving, found: Served, within: tuple[int, int]) -> Iterator[Line]:
    number = 0
    for day, each in found.sure:
        if is_counted(each, within, _standing(setting)):
            number += 1
            noun = thing_of(setting, serving, each).noun
            begins = "" if each.section.nature == "event" else " begins"
            yield line(day, EVENT, f"{noun}{begins}: number {number}", each.pointer)._replace(counted=True)


def _passed_over(setting: Setting, serving: Serving, within: tuple[int, int]) -> Iterator[Line]:
    where = setting.rule.check.get("where", {})
    for _, fetch, condition in serving.sections:
        for each in fetch(setting.record)[0]:
            if each.start == UNKNOWN or not is_counted(each, within, _standing(setting)):
                continue
            meets = condition.test(setting.case, each, each.start)
            if meets is False:
                reasons = said(why_not(where, Asking(setting.case, each, each.start, setting.terms)))
                noun = thing_of(setting, serving, each).noun
                yield line(each.start, PASSED_OVER, f"{noun}, not counted: {reasons}", each.pointer)


def _sum(setting: Setting, found: Served, within: tuple[int, int]) -> Iterator[Line]:
    number = sum(1 for _, each in found.sure if is_counted(each, within, _standing(setting)))
    most = setting.rule.check["at_most"]
    for each in setting.obligations:
        if each.outcome == MISSED:
            says = f"{number} counted: more than {most}"
        elif each.outcome == MET:
            says = f"{number} counted: no more than {most}"
        else:
            says = f"{number} counted for certain, of {most} at most; whether there were more is not known"
        yield line(setting.case.as_at, SETTLED, says, None, each)
