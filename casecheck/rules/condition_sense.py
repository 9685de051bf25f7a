"""Whether a condition makes sense: fields, sections and terms exist, values and operators fit them.

A condition says of a record of one section what its fields and the sections around and beneath it must hold; the same
term may make sense of one section and not of another, and is judged for each section that it is used on.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from casecheck.calendar import parse_duration
from casecheck.records.properties import did_you_mean
from casecheck.records.schema import Section, sections, sections_named
from casecheck.rules.matching import OPERATORS
from casecheck.rules.names import NoSuchName, SectionPath, called, find_section, section_around, section_names
from casecheck.rules.value_sense import ANYTHING, NUMBER, Value, value_faults, value_of
from casecheck.written.places import Complaint, Places, listed, quoted

OFFERED = ("age", "position", "lasted", "is", "any_of", "none_of")
"""What may stand in a condition beside fields and sections."""

NOT_THERE = "has no field or section"
COUNTED = {name: Value(name, NUMBER) for name in ("age", "position")}


class Terms(NamedTuple):
    """The named conditions of a pack: what they say and where, and which names are defined, whatever they say.

    `judged` holds what has been said of a term on a section, so that it is said once.
    """

    says: Mapping[str, Any]
    places: Places
    defined: frozenset[str] | None
    in_circles: frozenset[str]
    judged: dict[tuple[str, SectionPath], list[Complaint]]


class Sense(NamedTuple):
    """Where a condition stands: on records of which section, in which rule, and after which words in messages."""

    path: SectionPath
    terms: Terms
    rule: str | None
    within: str = ""

    def says(self, places: Places, text: str) -> Complaint:
        """A complaint at this place."""
        return Complaint(places.place, self.rule, self.within + text)


def condition_complaints(says: Any, places: Places, sense: Sense) -> list[Complaint]:
    """What makes no sense in a condition; `says` has the shape of one, but for keys that were left out."""
    if not isinstance(says, Mapping):
        return []
    return [complaint for key in says for complaint in _entry(key, says[key], places.under(key), sense)]


def _entry(key: str, wanted: Any, places: Places, sense: Sense) -> list[Complaint]:
    if key in ("any_of", "none_of"):
        choices = wanted if isinstance(wanted, list) else []
        return [
            complaint
            for at, choice in enumerate(choices)
            for complaint in condition_complaints(choice, places.under(at), sense)
        ]
    if key == "is":
        return _terms(wanted, places, sense)
    if key in COUNTED:
        return _value(COUNTED[key], wanted, None, places, sense)
    if key == "lasted":
        return _lasted(wanted, places, sense)
    section = sections()[sense.path]
    if key == "local":
        return [sense.says(places, "`local` holds a council's own fields; write `local.NAME` for one of them")]
    if key in section.fields:
        return _value(value_of(section, key), wanted, section, places, sense)
    first, _, rest = key.partition(".")
    if first == "local" and rest:
        return _value(Value(key, ANYTHING), wanted, section, places, sense)
    holder = section if first == "previous" else section_around(first, sense.path)
    if rest and holder is not None and (rest in holder.fields or first == "previous" or not sections_named(key)):
        return _field_of(holder, rest, wanted, places, sense)
    return _section(key, wanted, places, sense)


def _value(value: Value, wanted: Any, own: Section | None, places: Places, sense: Sense) -> list[Complaint]:
    return [sense.says(places.under(*path), text) for path, text in value_faults(value, wanted, own)]


# --- terms -----------------------------------------------------------------------------------------------------------


def _terms(names: Any, places: Places, sense: Sense) -> list[Complaint]:
    complaints = []
    for name in [names] if isinstance(names, str) else names or ():
        if sense.terms.defined is not None and name not in sense.terms.defined:
            meant = did_you_mean(name, sense.terms.defined)
            hint = f"did you mean `{meant}`?" if meant else "define it under `terms` in pack.yaml"
            complaints.append(sense.says(places, f"there is no term {quoted(name)}; {hint}"))
        elif name not in sense.terms.in_circles:
            _judge_term(name, sense)
    return complaints


def _judge_term(name: str, sense: Sense) -> None:
    """Remember what makes no sense in a term as used on the section; it is told once, where the term stands."""
    terms, path = sense.terms, sense.path
    if (name, path) not in terms.judged:
        here = Sense(path, terms, None, f"term `{name}`, used on {called(path)}: ")
        terms.judged[name, path] = condition_complaints(terms.says.get(name), terms.places.under(name), here)


def circles_of(terms: Mapping[str, Any]) -> dict[str, list[str]]:
    """The terms that refer to themselves, each with the way round: `{"a": ["a", "b", "a"]}`."""
    uses = {name: sorted(_named_in(says)) for name, says in terms.items()}
    found: dict[str, list[str]] = {}
    for name in terms:
        trails = [[name]]
        met: set[str] = set()
        while trails:
            trail = trails.pop()
            for used in uses.get(trail[-1], ()):
                if used == name:
                    found.setdefault(name, [*trail, name])
                elif used not in met:
                    met.add(used)
                    trails.append([*trail, used])
    return found


def _named_in(says: Any) -> set[str]:
    if isinstance(says, list):
        return {name for each in says for name in _named_in(each)}
    if not isinstance(says, Mapping):
        return set()
    named = {name for key, each in says.items() if key != "is" for name in _named_in(each)}
    names = says.get("is") or []
    return named | ({names} if isinstance(names, str) else set(names))


def unused_term_complaints(name: str, terms: Terms) -> list[Complaint]:
    """What makes no sense in a term that nothing uses: nothing, if it makes sense on any section."""
    best, fewest = None, None
    for path in sections():
        tried = terms._replace(judged={})
        sense = Sense(path, tried, None, f"term `{name}`: ")
        own = condition_complaints(terms.says.get(name), terms.places.under(name), sense)
        all_of_it = [*own, *(each for judged in tried.judged.values() for each in judged)]
        meant = sum("did you mean" in each.text for each in all_of_it)
        faults = len(all_of_it), sum(NOT_THERE in each.text for each in all_of_it) - meant
        if fewest is None or faults < fewest:
            best, fewest = own, faults
    return best or []


# --- sections and fields of other records ----------------------------------------------------------------------------


def _section(key: str, wanted: Any, places: Places, sense: Sense) -> list[Complaint]:
    try:
        section = find_section(key, sense.path)
    except NoSuchName as problem:
        return [sense.says(places, _unknown_name(key, str(problem), sense.path))]
    if not isinstance(wanted, Mapping):
        text = f"`{key}` is a section; write `{key}: {{present: true}}`, or conditions on one of its records"
        return [sense.says(places, text)]
    inner = sense._replace(path=section.path)
    rest = {name: each for name, each in wanted.items() if name != "present"}
    return condition_complaints(rest, places, inner)


def _unknown_name(key: str, problem: str, path: SectionPath) -> str:
    """What to write for a key that is neither a field nor a section (`problem` says why it is no section)."""
    if sections_named(key):
        return problem
    if key in OPERATORS:
        return f"`{key}` says something of a field: write `FIELD: {{{key}: ...}}`"
    first, _, rest = key.rpartition(".")
    if first and (found := sections_named(first)) and rest in found[0].fields:
        return f"no record called `{first}` is around one of {called(path)}; write `{first}: {{{rest}: ...}}`"
    known = [*sections()[path].fields, *section_names(), *OFFERED]
    meant = did_you_mean(key, known)
    hint = f"did you mean `{meant}`?" if meant else _held_elsewhere(key)
    return f"{called(path)} {NOT_THERE} {quoted(key)}; {hint}"


def _held_elsewhere(key: str) -> str:
    """What to write for the name of a field that records of another section have."""
    holders = [called(path) for path, section in sections().items() if path and key in section.fields]
    if not holders:
        return "write one that the case schema has, or `local.NAME`"
    return f"it is a field of {listed(holders[:3])}: write `SECTION: {{{key}: ...}}`, or apply the rule to that section"


def _field_of(holder: Section, name: str, wanted: Any, places: Places, sense: Sense) -> list[Complaint]:
    """`previous.FIELD` or `SECTION.FIELD`."""
    if name in holder.fields:
        return _value(value_of(holder, name), wanted, holder, places, sense)
    meant = did_you_mean(name, holder.fields)
    hint = f"did you mean `{meant}`?" if meant else f"its fields are {listed(holder.fields, 'and')}"
    return [sense.says(places, f"{called(holder.path)} has no field {quoted(name)}; {hint}")]


def _lasted(wanted: Any, places: Places, sense: Sense) -> list[Complaint]:
    if sections()[sense.path].nature != "lasting":
        return [sense.says(places, f"`lasted` is for what lasts; {called(sense.path)} does not")]
    complaints = []
    for bound, duration in (wanted or {}).items():
        try:
            parse_duration(duration)
        except ValueError as error:
            complaints.append(sense.says(places.under(bound), f"`{bound}` is {quoted(duration)}; {error}"))
    return complaints
