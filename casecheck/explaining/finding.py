"""One finding, explained: the records to which its rule was applied, and what was found in each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from casecheck.calendar import ISO, UNKNOWN
from casecheck.checks import CompiledRule, compile_pack
from casecheck.checks.application import Application, apply, latest_of
from casecheck.checks.deadline import date_of
from casecheck.checks.obligation import Obligation
from casecheck.checks.outcomes import Span
from casecheck.explaining.kinds import DRAWINGS
from casecheck.explaining.lines import around
from casecheck.explaining.missing import distinct, section_missing
from casecheck.explaining.missing_dates import own_dates_missing
from casecheck.explaining.model import Applied, Duty, Explained, Missing, Term
from casecheck.explaining.reasons import Asking
from casecheck.explaining.setting import Setting
from casecheck.explaining.words import called, capital, what_came_of_it
from casecheck.records.case import Case, Record, alone, of_the_child
from casecheck.rules.condition_words import without_narrowing
from casecheck.rules.conditions import section_for
from casecheck.rules.model import Pack, Rule
from casecheck.rules.record_words import narrowed, sentence_noun
from casecheck.rules.words import rule_in_words, terms_in_words
from casecheck.written.places import listed


class Told(NamedTuple):
    """What the audit found: the outcome of a finding and its sentence of evidence."""

    outcome: str
    message: str


def explain_finding(pack: Pack, compiled: CompiledRule, case: Case, span: Span, told: Told) -> Explained:
    """The finding of one rule (of all that share its id) in one case."""
    rule = compiled.rule
    rules = [each for each in pack.rules if each.id == rule.id]
    applied = _all_applied(pack, rules, case, span)
    standard = tuple(rule_in_words(each) for each in rules)
    meanings = dict(each for rule in rules for each in terms_in_words(rule, pack.terms))
    basis = tuple(dict.fromkeys(_source(pack, source) for each in rules for source in each.basis))
    return Explained(
        rule.id,
        rule.title,
        rule.area,
        rule.severity,
        told.outcome,
        told.message,
        standard,
        tuple(Term(name, means) for name, means in meanings.items()),
        basis,
        _notes(rule, applied),
        tuple(applied),
    )


def _all_applied(pack: Pack, rules: Sequence[Rule], case: Case, span: Span) -> list[Applied]:
    """What the rules were applied to: rules of one chain of waits together, others one after another."""
    together = [list(rules)] if rules[0].kind == "recurring" else [[rule] for rule in rules]
    found: list[Applied] = []
    for group in together:
        (compiled,) = compile_pack(pack._replace(rules=tuple(group)))
        applications = tuple(apply(rule, pack.terms) for rule in group)
        found += _applied(pack, group, applications, compiled, case, span)
    return found if len(together) == 1 else _of_one_law(found)


def _of_one_law(found: Sequence[Applied]) -> list[Applied]:
    """Of rules that share an id and were each applied to every record: those that asked something of it, else one."""
    asking = {each.pointer for each in found if each.obligations}
    others = {each.pointer: each for each in reversed(found) if each.pointer not in asking}
    return [each for each in found if each.obligations or each is others.get(each.pointer)]


def _applied(
    pack: Pack,
    rules: Sequence[Rule],
    applications: tuple[Application, ...],
    compiled: CompiledRule,
    case: Case,
    span: Span,
) -> Iterator[Applied]:
    path = applications[0].section.path
    records, lacking = of_the_child(case, path)
    if rules[0].latest:
        records = latest_of(records, case.as_at)
    unsure = rules[0].latest and len(records) > 1
    whole = compiled.check(case, span) if unsure else []
    for record in records:
        if not _is_of_the_kind(rules, case, record, pack):
            continue
        found = compiled.check(alone(case, ([record], ()), path), span)
        if unsure:
            found = [each for each in whole if each.pointer == record.pointer]
        end = _period_end(rules[0], applications[0], case, record)
        setting = Setting(tuple(rules), applications, pack.terms, case, span, record, end, tuple(found))
        yield _drawn(setting, _which_is_latest(records) if unsure else ())
    for holder in lacking:
        found = compiled.check(alone(case, ((), [holder]), path), span)
        yield _not_held(rules[0], applications[0], case, holder, found)


def _is_of_the_kind(rules: Sequence[Rule], case: Case, record: Record, pack: Pack) -> bool:
    """Whether a record may be what the rule is about at all: of another type of assessment nothing is told."""
    rest, _ = without_narrowing(rules[0].where)
    narrow = {key: value for key, value in rules[0].where.items() if key not in rest}
    return Asking(case, record, max(record.start, 1), pack.terms).truth(narrow) is not False


def _period_end(rule: Rule, application: Application, case: Case, record: Record) -> int:
    """To what day the duty stands, asked as the checks ask it."""
    day = record.start
    if rule.kind == "deadline":
        day = date_of(rule.check["from"], record.section.path)(case, record) or UNKNOWN
    return application.period_end(case, record, case.as_at if day == UNKNOWN else day)


def _which_is_latest(records: Sequence[Record]) -> tuple[Missing, ...]:
    return distinct(missing for each in records for missing in own_dates_missing(each))


def _drawn(setting: Setting, missing: tuple[Missing, ...]) -> Applied:
    drawn = DRAWINGS[setting.rule.kind](setting)
    record = setting.record
    notes = ["It is not known which record is the latest."] if missing else []
    return Applied(
        record.pointer,
        called(setting.noun, record, setting.case.as_at),
        (*notes, *drawn.notes),
        around(setting, drawn.lines) if drawn.lines else (),
        drawn.asked,
        tuple(_duty(setting.rule, each) for each in setting.obligations),
        distinct((*missing, *drawn.missing)),
    )


def _not_held(rule: Rule, application: Application, case: Case, holder: Record, found: Sequence[Obligation]) -> Applied:
    """A section that is not held, where the rule would be applied to its records."""
    section = application.section
    missing = section_missing(case, holder, section.path)
    many = sentence_noun(section).many
    notes = () if found else (f"The rule would not bind any of its {many} on any day.",)
    duties = tuple(_duty(rule, each) for each in found)
    return Applied(missing.pointer, many, notes, (), (), duties, (missing,) if found else ())


def _duty(rule: Rule, each: Obligation) -> Duty:
    return Duty(
        each.pointer,
        each.evidence,
        ISO[each.starts],
        ISO[each.due],
        ISO[each.done],
        each.limit,
        each.outcome,
        each.days_late,
        each.counted,
        capital(what_came_of_it(rule, each)) + ".",
    )


def _notes(rule: Rule, applied: Sequence[Applied]) -> tuple[str, ...]:
    if applied:
        return ()
    many = sentence_noun(section_for(rule.applies_to, ()), *narrowed(rule.where)).many
    return (f"The record holds no {many}.",)


def _source(pack: Pack, source: Mapping[str, Any]) -> str:
    """Where a rule comes from, without its notes, which `casecheck rules show` tells."""
    if "report" not in source:
        kind = next(each for each in ("law", "guidance", "local") if each in source)
        return f"{kind}: {' '.join(source[kind].split())}"
    paragraphs = [str(each) for each in sorted(source["report"])]
    noun = "paragraph" if len(paragraphs) == 1 else "paragraphs"
    return f"report: {noun} {listed(paragraphs, 'and')} of {pack.source['title']}"
