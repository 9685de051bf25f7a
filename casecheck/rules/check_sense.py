"""Whether what stands under a kind of check makes sense: sections have dates, fields are dates, limits can apply."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from casecheck.calendar import DAYS, UNITS, UNKNOWN, parse_duration
from casecheck.records.schema import Section, sections
from casecheck.rules.condition_sense import Sense, condition_complaints
from casecheck.rules.extending import DraftRule
from casecheck.rules.model import lapsing_section
from casecheck.rules.names import NoSuchName, called, find_date_field, find_section, lasting_around
from casecheck.written.places import Complaint, Places, listed, quoted

CALENDAR_UNITS: Final = ("hours", "days", "weeks", "months", "years")
"""The units in which one can count back as well as on: all but working days."""


def check_complaints(kind: str, rule: DraftRule, sense: Sense) -> Iterator[Complaint]:
    """What makes no sense under the kind of a rule that is applied to the section `sense.path`."""
    check, places = rule.value[kind], rule.places.under(kind)
    yield from duration_complaints(kind, rule)
    yield from _KINDS[kind](check, places, rule, sense)


def duration_complaints(kind: str, rule: DraftRule) -> Iterator[Complaint]:
    """What is wrong with the durations under the kind of a rule, whatever section it is applied to."""
    check, places = rule.value[kind], rule.places.under(kind)
    if kind in _DURATIONS:
        yield from _durations(check, places, rule.shown, _DURATIONS[kind])
    if kind == "recurring":
        for at, limit in enumerate(check.get("limits") or ()):
            yield from _durations(limit, places.under("limits", at), rule.shown, _OF_A_LIMIT)


def _deadline(check: Mapping[str, Any], places: Places, rule: DraftRule, sense: Sense) -> Iterator[Complaint]:
    for key in ("from", "due", "done"):
        if isinstance(check.get(key), str):
            yield from _date_field(key, check[key], places.under(key), rule, sense)
    done = check.get("done")
    if isinstance(done, Mapping):
        yield from _serving(done, "first", places.under("done"), sense)


def _date_field(key: str, name: str, places: Places, rule: DraftRule, sense: Sense) -> Iterator[Complaint]:
    try:
        section, field = find_date_field(name, sense.path)
    except NoSuchName as problem:
        yield sense.says(places, f"`{key}`: {problem}")
        return
    if key == "done" and section.fields[field].planned:
        text = f"`done`: `{field}` is a planned date; name the date that tells what happened"
        yield sense.says(places, text)
    lapsing = _lapses_with(rule, sense)
    if key == "from" and lapsing is not None and (section.path, field) == (lapsing.path, lapsing.end):
        text = (
            f"the time runs from the end of {called(section.path)}, with which the duty lapses; "
            "write `lapses_with: none`, or the section that the duty outlasts"
        )
        yield sense.says(places, text)


def _lapses_with(rule: DraftRule, sense: Sense) -> Section | None:
    name = lapsing_section(rule.value.get("lapses_with"))
    section = sections()[sense.path]
    if name is None:
        return section if section.nature == "lasting" else lasting_around(sense.path)
    try:
        return None if name == "none" else find_section(name, sense.path)
    except NoSuchName:
        return None


def _recurring(check: Mapping[str, Any], places: Places, rule: DraftRule, sense: Sense) -> Iterator[Complaint]:
    yield from _serving(check, "events", places, sense)
    always: list[str] = []
    for at, limit in enumerate(check.get("limits") or ()):
        here = places.under("limits", at)
        yield from condition_complaints(limit.get("where"), here.under("where"), sense)
        yield from in_force_complaints(limit, here, sense.rule)
        if isinstance(limit.get("until"), Mapping):
            yield from _serving(limit["until"], "first", here.under("until"), sense)
        wait = limit.get("for", "every")
        if "every" in always or wait in always:
            text = "this limit can never apply, since one before it always does; put it before that one, or take it out"
            yield sense.says(here, text)
        elif not {"where", "until", "from", "to"} & set(limit) and not _misshapen(rule, at):
            always.append(wait)


def _misshapen(rule: DraftRule, limit: int) -> bool:
    """Whether the schema refused something of a limit, so that what it would say is not known."""
    way = ("recurring", "limits", limit)
    return any(path[:3] == way or path == way[: len(path)] for path in rule.misshapen)


def _held(check: Mapping[str, Any], places: Places, rule: DraftRule, sense: Sense) -> Iterator[Complaint]:
    yield from _serving(check, "records", places, sense)


def _recorded(check: Mapping[str, Any], places: Places, rule: DraftRule, sense: Sense) -> Iterator[Complaint]:
    yield from condition_complaints(check, places, sense)


def _limit(check: Mapping[str, Any], places: Places, rule: DraftRule, sense: Sense) -> Iterator[Complaint]:
    yield from _serving(check, "records", places, sense, lasting=check.get("count") == "standing")


_Judge = Callable[[Any, Places, DraftRule, Sense], Iterator[Complaint]]
_KINDS: Final[Mapping[str, _Judge]] = {
    "deadline": _deadline,
    "recurring": _recurring,
    "held": _held,
    "recorded": _recorded,
    "limit": _limit,
}


# --- what kinds share ------------------------------------------------------------------------------------------------


def _serving(
    says: Mapping[str, Any], key: str, places: Places, sense: Sense, lasting: bool = False
) -> Iterator[Complaint]:
    """Complaints about the sections named under `key` and the condition beside it."""
    names = says.get(key) or []
    for at, name in enumerate([names] if isinstance(names, str) else names):
        here = places.under(key) if isinstance(names, str) else places.under(key, at)
        try:
            section = find_section(name, sense.path)
        except NoSuchName as problem:
            yield sense.says(here, f"`{key}`: {problem}")
            continue
        if section.start is None:
            text = (
                f"`{key}`: {called(section.path)} has no dates of its own; name a section of events, work or what lasts"
            )
            yield sense.says(here, text)
        elif lasting and section.nature != "lasting":
            text = f"`count: standing` is for what lasts; {called(section.path)} does not: leave it out"
            yield sense.says(here, text)
        inner = sense._replace(path=section.path)
        yield from condition_complaints(says.get("where"), places.under("where"), inner)


_Keys = Mapping[str, tuple[tuple[str, ...], bool]]
"""Keys under which durations stand, each with the units that they may be in and whether they may be 0."""

_DURATIONS: Final[Mapping[str, _Keys]] = {
    "deadline": {"within": (UNITS, True)},
    "held": {"within": (UNITS, True), "gap": (UNITS, True), "counts_for": (CALENDAR_UNITS, False)},
    "limit": {"in": (CALENDAR_UNITS, False)},
}
_OF_A_LIMIT: Final[_Keys] = {"every": (UNITS, False), "within": (UNITS, True), "until": (UNITS, False)}


def _durations(says: Mapping[str, Any], places: Places, rule: str | None, keys: _Keys) -> Iterator[Complaint]:
    for key, (units, may_be_0) in keys.items():
        if isinstance(says.get(key), str):
            problem = duration_problem(says[key], units, may_be_0)
            if problem:
                yield Complaint(places.at(key), rule, f"`{key}` {problem}")


def duration_problem(text: str, units: tuple[str, ...] = UNITS, may_be_0: bool = False) -> str | None:
    """Why `text` is no duration in one of `units`, and what to write, to follow the key; None if it is one."""
    try:
        count, unit = parse_duration(text)
    except ValueError as error:
        return f"is {quoted(text)}; {error}"
    if unit not in units:
        return f"is {quoted(text)}; count it in {listed(units)}"
    if count == 0 and not may_be_0:
        return f"is {quoted(text)}; write 1 or more"
    return None


def in_force_complaints(days: Mapping[str, Any], places: Places, rule: str | None) -> Iterator[Complaint]:
    """What is wrong with a `from` and a `to`: days that are none, or in the wrong order."""
    numbers = {key: DAYS[days[key]] for key in ("from", "to") if key in days}
    for key, number in numbers.items():
        if number == UNKNOWN:
            yield Complaint(places.at(key), rule, f"`{key}` is {quoted(days[key])}, which is no day; write one that is")
    if UNKNOWN not in numbers.values() and len(numbers) == 2 and numbers["from"] >= numbers["to"]:
        text = "`from` is not before `to` (the first day on which it is no longer law); write an earlier `from`"
        yield Complaint(places.at("from"), rule, text)
