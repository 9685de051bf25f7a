"""Checks for sense: what the schema allows and yet cannot be meant.

Every check looks at what is there; what the schema has refused was left out before, and is not complained of twice.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from casecheck.records.properties import did_you_mean
from casecheck.rules.check_sense import (
    check_complaints,
    duration_complaints,
    duration_problem,
    in_force_complaints,
)
from casecheck.rules.condition_sense import (
    Sense,
    Terms,
    circles_of,
    condition_complaints,
    unused_term_complaints,
)
from casecheck.rules.extending import Draft, DraftRule
from casecheck.rules.model import KINDS, lapsing_section
from casecheck.rules.names import NoSuchName, called, find_section
from casecheck.written.places import Complaint, listed, quoted


def senseless(draft: Draft, defined_terms: frozenset[str] | None, areas: frozenset[str] | None) -> list[Complaint]:
    """Everything in a pack that makes no sense.

    `defined_terms` are the names of its terms and `areas` the ids of its areas, whatever they say (None: not known).
    """
    says = draft.head.get("terms") or {}
    circles = circles_of(says)
    terms = Terms(says, draft.places.under("terms"), defined_terms, frozenset(circles), {})
    complaints = [*_head_complaints(draft), *_circle_complaints(circles, terms)]
    for rule in draft.rules:
        complaints += _rule_complaints(rule, terms, areas)
    used = {name for name, _ in terms.judged}
    for name in says:
        if name not in used and name not in circles:
            complaints += unused_term_complaints(name, terms)
    for judged in list(terms.judged.values()):
        complaints += judged
    return [*complaints, *_clashes(draft.rules)]


# --- pack.yaml -------------------------------------------------------------------------------------------------------


def _head_complaints(draft: Draft) -> Iterator[Complaint]:
    head, places = draft.head, draft.places
    if "review_period" in head:
        problem = duration_problem(head["review_period"], units=("months", "years"))
        if problem:
            yield Complaint(places.at("review_period"), None, f"`review_period` {problem}")
    met: set[str] = set()
    for at, area in enumerate(head.get("areas") or ()):
        if area.get("id") in met:
            yield Complaint(places.at("areas", at), None, f"area {quoted(area['id'])} is listed twice; keep one")
        met.add(area.get("id"))
    grades = head.get("grades") or {}
    ratios = [grades.get(grade, 0) for grade in ("outstanding", "good", "adequate")]
    if len(grades) == len(ratios) and ratios != sorted(ratios, reverse=True):
        text = "`grades` do not fall from outstanding to good to adequate; write a lower ratio for a lower grade"
        yield Complaint(places.at("grades"), None, text)


def _circle_complaints(circles: Mapping[str, list[str]], terms: Terms) -> Iterator[Complaint]:
    told: set[frozenset[str]] = set()
    for name, way in circles.items():
        if frozenset(way) not in told:
            told.add(frozenset(way))
            text = f"term `{name}` refers to itself ({' -> '.join(way)}); write out what one of them means"
            yield Complaint(terms.places.at(name), None, text)


# --- one rule --------------------------------------------------------------------------------------------------------


def _rule_complaints(rule: DraftRule, terms: Terms, areas: frozenset[str] | None) -> Iterator[Complaint]:
    value, places = rule.value, rule.places
    area = value.get("area")
    if area is not None and areas is not None and area not in areas:
        meant = did_you_mean(area, areas)
        known = f"the areas in pack.yaml are {listed(sorted(areas), 'and')}" if areas else "list it under `areas`"
        hint = f"did you mean `{meant}`?" if meant else known
        yield Complaint(places.at("area"), rule.shown, f"there is no area {quoted(area)}; {hint}")
    yield from _paragraph_complaints(rule)
    yield from in_force_complaints(value.get("in_force") or {}, places.under("in_force"), rule.shown)
    key = "latest" if "latest" in value else "each"
    if key not in value:
        return
    try:
        section = find_section(value[key], ())
    except NoSuchName as problem:
        yield Complaint(places.at(key), rule.shown, f"`{key}`: {problem}")
        for kind in KINDS:
            if kind in value:
                yield from duration_complaints(kind, rule)
        return
    if section.start is None:
        text = f"`{key}`: {called(section.path)} has no dates of its own; name the section whose records hold it"
        yield Complaint(places.at(key), rule.shown, text)
        return
    sense = Sense(section.path, terms, rule.shown)
    for part in ("where", "while"):
        yield from condition_complaints(value.get(part), places.under(part), sense)
    yield from _while_complaints(rule)
    yield from _lapse_complaints(rule, sense)
    for kind in KINDS:
        if kind in value:
            yield from check_complaints(kind, rule, sense)


def _paragraph_complaints(rule: DraftRule) -> Iterator[Complaint]:
    for at, source in enumerate(rule.value.get("basis") or ()):
        for place, paragraph in enumerate(source.get("report") or ()):
            if rule.paragraphs is not None and paragraph > rule.paragraphs:
                text = f"the report has no paragraph {paragraph}; its last is {rule.paragraphs}"
                yield Complaint(rule.places.at("basis", at, "report", place), rule.shown, text)


def _while_complaints(rule: DraftRule) -> Iterator[Complaint]:
    kinds = [kind for kind in KINDS if kind in rule.value]
    if "while" in rule.value and kinds and kinds[0] not in ("recurring", "held"):
        text = f"`while` cuts the days of a recurring or held check; for {kinds[0]} write `where`"
        yield Complaint(rule.places.at("while"), rule.shown, text)


def _lapse_complaints(rule: DraftRule, sense: Sense) -> Iterator[Complaint]:
    says, places = rule.value.get("lapses_with"), rule.places.under("lapses_with")
    name = lapsing_section(says)
    if name is None or name == "none":
        return
    try:
        section = find_section(name, sense.path)
    except NoSuchName as problem:
        yield Complaint(rule.places.at("lapses_with"), rule.shown, f"`lapses_with`: {problem}; or write none")
        return
    if section.nature != "lasting":
        text = (
            f"`lapses_with`: {called(section.path)} does not last; name a section with a first and a last day, or none"
        )
        yield Complaint(rule.places.at("lapses_with"), rule.shown, text)
    elif isinstance(says, Mapping):
        yield from condition_complaints(says.get("where"), places.under("where"), sense._replace(path=section.path))


# --- rules beside one another ----------------------------------------------------------------------------------------


def _clashes(rules: tuple[DraftRule, ...]) -> Iterator[Complaint]:
    """Complaints about rules that share an id."""
    sharing: dict[str, list[DraftRule]] = {}
    for rule in rules:
        if rule.id:
            sharing.setdefault(rule.id, []).append(rule)
    for rule_id, same in sharing.items():
        for one, other in combinations(same, 2):
            if _told_before(one) or _told_before(other):
                continue
            place = one.places.place
            before = f"a rule of this id stands at {place.file}:{place.line}"
            if _days(one)[0] < _days(other)[1] and _days(other)[0] < _days(one)[1]:
                text = f"{before}, and is in force on the same days; choose another id, or days that do not overlap"
                yield Complaint(other.places.place, rule_id, text)
            elif _application(one) != _application(other):
                text = f"{before}, of another kind or for other records; rules that share an id share both"
                yield Complaint(other.places.place, rule_id, text)


def _told_before(rule: DraftRule) -> bool:
    """Whether what is compared was refused by the schema, so that there is nothing to compare."""
    return any(path[:1] in ((), ("in_force",), ("each",), ("latest",)) for path in rule.misshapen)


def _days(rule: DraftRule) -> tuple[str, str]:
    """The days in force as ISO text, which sorts by day; open where not said."""
    days = rule.value.get("in_force") or {}
    return days.get("from", ""), days.get("to", "9999-99-99")


def _application(rule: DraftRule) -> tuple[Any, ...]:
    value = rule.value
    return value.get("each"), value.get("latest"), [kind for kind in KINDS if kind in value]
