"""What the drawings of all kinds of check share: a record, the rule applied to it, and what the check made of it."""

from collections.abc import Mapping
from typing import NamedTuple

from casecheck.calendar import UNKNOWN
from casecheck.checks.application import Application
from casecheck.checks.held import binding_runs
from casecheck.checks.obligation import UNKNOWN_OUTCOME, Obligation
from casecheck.checks.outcomes import Span
from casecheck.explaining.missing import doubts, section_missing
from casecheck.explaining.missing_dates import ends_missing
from casecheck.explaining.model import Asked, Line, Missing
from casecheck.explaining.reasons import Asking, said, why_not
from casecheck.explaining.words import noun_for
from casecheck.records.case import Case, Record, compile_fetch, lasting_around
from casecheck.records.schema import Section
from casecheck.rules.conditions import section_for
from casecheck.rules.model import Condition, Rule
from casecheck.rules.names import lasting_around as lasting_section_around
from casecheck.sentences import Thing, thing_due


class Setting(NamedTuple):
    """A record of a case to which a rule was applied (or several that share an id and follow one another in law), to
    what day its duty stands (OPEN if it does not end, UNKNOWN), and the obligations that the check found in it.
    """

    rules: tuple[Rule, ...]
    applications: tuple[Application, ...]
    terms: Mapping[str, Condition]
    case: Case
    span: Span
    record: Record
    end: int
    obligations: tuple[Obligation, ...]

    @property
    def rule(self) -> Rule:
        """The rule, of several the first."""
        return self.rules[0]

    @property
    def thing(self) -> Thing:
        """What the rule asks for."""
        return thing_due(self.rule)

    @property
    def noun(self) -> str:
        """What the record is called."""
        return noun_for(self.rule, self.record)

    @property
    def path(self) -> tuple[str, ...]:
        """The path of the record's section."""
        return self.record.section.path

    @property
    def last(self) -> int:
        """The last day that is looked at: the period's end if it came by the audit date, else that."""
        return self.span.as_at if self.end == UNKNOWN else min(self.end, self.span.as_at)

    @property
    def is_unknown(self) -> bool:
        """Whether any of the obligations is not known."""
        return any(each.outcome == UNKNOWN_OUTCOME for each in self.obligations)

    def asking(self, day: int) -> Asking:
        """The record, to be asked for conditions on a day."""
        return Asking(self.case, self.record, day, self.terms)


class Drawn(NamedTuple):
    """What the drawing of a kind adds: sentences, lines, conditions asked, and what is not held."""

    notes: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    asked: tuple[Asked, ...] = ()
    missing: tuple[Missing, ...] = ()


class Standing(NamedTuple):
    """Whether the rule's `where` holds of the record, in a sentence where it does not surely, and what is not held."""

    applies: bool | None
    notes: tuple[str, ...]
    missing: tuple[Missing, ...]


def standing(setting: Setting, day: int) -> Standing:
    """Whether the rule applies to the record, judged on the day."""
    asking = setting.asking(day)
    where = setting.rule.where
    applies = setting.applications[0].where.test(setting.case, setting.record, day)
    if applies is False:
        return Standing(False, (f"The rule does not apply: {said(why_not(where, asking))}.",), ())
    if applies is None:
        return Standing(None, ("It is not known whether the rule applies.",), tuple(doubts(where, asking)))
    return Standing(True, (), ())


# --- how the duty ends -----------------------------------------------------------------------------------------------


def ending_section(setting: Setting) -> Section | None:
    """The section with whose record the duty ends, if it ends with one."""
    rule, section = setting.rule, setting.record.section
    if rule.lapsing == "none":
        return None
    if rule.lapsing is not None:
        return section_for(rule.lapsing, section.path)
    return section if section.nature == "lasting" else lasting_section_around(section.path)


def end_missing(setting: Setting) -> list[Missing]:
    """What is not held, so that the day on which the duty ends is not known."""
    section = ending_section(setting)
    if setting.end != UNKNOWN or section is None:
        return []
    own = setting.path[: len(section.path)]
    if own == section.path:
        holder = lasting_around(setting.record) if setting.rule.lapses_with is None else setting.record
        while holder is not None and holder.section.path != section.path:
            holder = holder.parent
        return [] if holder is None else ends_missing([holder])
    found, lacking = compile_fetch(setting.path, section.path)(setting.record)
    return [
        *(section_missing(setting.case, holder, section.path) for holder in lacking),
        *ends_missing([each for each in found if UNKNOWN in (each.start, each.end)]),
    ]


# --- the days on which the rule binds --------------------------------------------------------------------------------


def binding_missing(setting: Setting) -> list[Missing]:
    """What is not held, so that it is not known on which days the rule binds."""
    case, record = setting.case, setting.record
    found: list[Missing] = []
    for application, rule in zip(setting.applications, setting.rules, strict=True):
        changes = {day for moments in application.binding.moments for day in moments(case, record)}
        for run in binding_runs(application, case, record, setting.end):
            if not run.sure:
                last = min(run.last, setting.last)
                for day in sorted({run.first, *changes}):
                    found += doubts(rule.while_, setting.asking(day)) if run.first <= day <= last else []
    return found
