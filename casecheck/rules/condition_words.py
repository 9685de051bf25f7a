"""A condition as the clauses that people read: `it is meant to last to 18`, `the child is 16 or over`."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from casecheck.calendar import duration_in_words, parse_duration
from casecheck.records.schema import Section, sections
from casecheck.rules.conditions import section_for
from casecheck.rules.flag_words import flag_clause, or_why_not
from casecheck.rules.model import Condition
from casecheck.rules.names import SectionPath, section_around
from casecheck.rules.negation import negated
from casecheck.rules.record_words import (
    before_it,
    field_noun,
    is_of_the_child,
    moment,
    narrowed,
    sentence_noun,
    short_noun,
    standing_clause,
    value_clause,
    value_in_words,
    with_article,
)
from casecheck.written.places import listed

ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")
IT: Final = "it"


class Clauses(NamedTuple):
    """What must hold, and the exceptions, of which none may; each a clause, or empty."""

    hold: str
    excepted: str


def clauses(says: Condition, path: SectionPath, it: str = IT) -> Clauses:
    """A condition on records of the section at `path`, each of which is called `it`."""
    positive = {key: value for key, value in says.items() if key != "none_of"}
    excepted = says.get("none_of", ())
    return Clauses(
        clause(positive, path, it) if positive else "",
        _either([clause(each, path, it) for each in excepted], excepted, it) if excepted else "",
    )


def clause(says: Condition, path: SectionPath, it: str = IT) -> str:
    """A condition as one clause."""
    parts = each_clause(says, path, it)
    parted = len(parts) > 1 and any(key == "any_of" and len(value) > 1 for key, value in says.items())
    return _joined(parts, "and", it, "; and " if parted else "")


def each_clause(says: Condition, path: SectionPath, it: str = IT) -> list[str]:
    """A condition as clauses that must all hold; exceptions are denied."""
    held = [_entry(key, value, path, it) for key, value in says.items() if key != "none_of"]
    return held + [negated(clause(each, path, it)) for each in says.get("none_of", ())]


def _either(parts: Sequence[str], choices: Sequence[Condition], it: str) -> str:
    """`A or B`; where one of them has several parts of its own, `either A, or B and C`."""
    if len(parts) > 1 and any(len(each) > 1 or "any_of" in each for each in choices):
        return "either " + _joined(parts, "or", it, ", or ")
    if any(" or " in each for each in parts):
        return _joined(parts, "or", it, ", or ")
    return _joined(parts, "or", it)


def _joined(parts: Sequence[str], word: str, it: str, between: str = "") -> str:
    """The clauses with `word` between them; of one about the same after another the subject is left out."""
    if between:
        return between.join(parts)
    shortened = [parts[0]]
    for before, after in pairwise(parts):
        shortened.append(_without_subject(before, after, it))
    return listed(shortened, word)


def _without_subject(before: str, after: str, it: str) -> str:
    """`it is specific` after `it is measurable` as `specific`, `it has lasted 1 year` as `has lasted 1 year`."""
    for subject in (it, "the child"):
        verbs = tuple(f"{subject} {verb} " for verb in ("is", "has", "was", "are"))
        if before.startswith(verbs) and after.startswith(verbs):
            rest = after.removeprefix(f"{subject} ")
            same = before.startswith(f"{subject} is ") and not before.startswith(f"{subject} is not ")
            return rest.removeprefix("is ") if same and not rest.startswith("is not ") else rest
    return after


def _entry(key: str, value: Any, path: SectionPath, it: str) -> str:
    if key == "any_of":
        return _either(or_why_not(value, [clause(each, path, it) for each in value], sections()[path]), value, it)
    if key == "is":
        names = [value] if isinstance(value, str) else value
        subject = "the child" if is_of_the_child(sections()[path]) else it
        return f"{subject} is {listed([term_in_words(name) for name in names], 'and')}"
    if key == "age":
        return f"the child {_age(value)}"
    if key == "position":
        field = sections()[path].in_turn_by
        return f"{it} is {_position(value)}{f' of its {field_noun(sections()[path], field)}' if field else ''}"
    if key == "lasted":
        return f"{it} has lasted {_lasted(value)}"
    section = sections()[path]
    if key in section.fields:
        return _field(section, key, value, it)
    first, _, rest = key.partition(".")
    if first == "previous":
        return _of_another(section, rest, value, before_it(section, sentence_noun(section).one))
    if first == "local":
        return _own_field(rest, value)
    outer = section_around(first, path) if rest else None
    if outer is not None and rest in outer.fields:
        return _of_another(outer, rest, value, f"the {sentence_noun(outer).one}")
    return _section(section_for(key, path), value, path)


def term_in_words(name: str) -> str:
    """A term's name; in quotation marks where its own words could be taken for the sentence's."""
    return f'"{name}"' if any(sign in name for sign in (",", " or ", " and ")) else name


# --- numbers ---------------------------------------------------------------------------------------------------------


def _age(wanted: Any) -> str:
    if wanted == {"at_least": 0}:
        return "has been born"
    if isinstance(wanted, Mapping) and set(wanted) == {"at_least", "at_most"}:
        between = "or" if wanted["at_most"] == wanted["at_least"] + 1 else "to"
        return f"is {wanted['at_least']} {between} {wanted['at_most']}"
    return "is " + _number(wanted, "{} or over", "{} or under", str)


def _position(wanted: Any) -> str:
    if isinstance(wanted, Mapping) and wanted.get("not") == 1:
        return "not the first"
    return _number(wanted, "the {} or later", "among the first {}", _ordinal, most=str)


def _ordinal(number: Any) -> str:
    return ORDINALS[number - 1] if isinstance(number, int) and 1 <= number <= len(ORDINALS) else f"number {number}"


def _number(wanted: Any, least: str, greatest: str, word: Any, most: Any = None) -> str:
    """A number, one of several, or within bounds."""
    the = "the " if word is _ordinal else ""
    if not isinstance(wanted, Mapping):
        return listed([the + word(each) for each in (wanted if isinstance(wanted, list) else [wanted])])
    said = []
    for operator, operand in wanted.items():
        if operator == "at_least":
            said.append(least.format(word(operand)))
        elif operator == "at_most":
            said.append(greatest.format((most or word)(operand)))
        elif operator == "not":
            said.append(f"not {_number(operand, least, greatest, word, most)}")
        else:
            said.append("known" if operand else "not known")
    return " and ".join(said)


def _lasted(wanted: Mapping[str, str]) -> str:
    least, most = (_duration(wanted[key]) if key in wanted else None for key in ("at_least", "at_most"))
    if least and most:
        return f"{least} to {most}"
    return f"{least} or longer" if least else f"{most} at most"


def _duration(text: str) -> str:
    return duration_in_words(parse_duration(text))


# --- fields ----------------------------------------------------------------------------------------------------------


def _field(section: Section, name: str, wanted: Any, it: str) -> str:
    if isinstance(wanted, Mapping):
        return _joined([_operator(section, name, operator, each, it) for operator, each in wanted.items()], "and", it)
    if wanted is None:
        return f"no {field_noun(section, name)} is recorded"
    if isinstance(wanted, bool) and "boolean" in section.fields[name].types:
        return flag_clause(name, section.fields[name].title, wanted, it)
    words = _values(name, wanted)
    special = value_clause(name)
    if special is not None:
        return special.format(words)
    if sentence_noun(section).one.endswith(field_noun(section, name)):
        return f"{it} is {words}"
    verb = "include" if "array" in section.fields[name].types else "is"
    return f"{_its(field_noun(section, name), it)} {verb} {words}"


def _of_another(section: Section, name: str, wanted: Any, it: str) -> str:
    """A condition on a field of the record before, or of one around; what does not say whose it is says where."""
    said = _field(section, name, wanted, it)
    return said if it in said else f"in {it} {said}"


def _operator(section: Section, name: str, operator: str, operand: Any, it: str) -> str:
    noun = field_noun(section, name)
    its = _its(noun, it)
    if operator == "not":
        return _denied(section, name, operand, it)
    if operator == "present":
        if section.nature == "lasting" and name == section.end:
            return f"{it} {'has' if operand else 'has not'} ended"
        return f"{'the' if operand else 'no'} {noun} is recorded"
    if operator == "says_more_than":
        return f"{its} says more than {_quoted(operand)}"
    if operator == "same_as":
        return _same_as(section, name, str(operand), it)
    return f"{its} is {_bound(section, name, operator, operand)}"


def _same_as(section: Section, name: str, other: str, it: str) -> str:
    """`it is on the same day as the review before it`, `its worker is the same as that of the worker before it`."""
    whose, _, field = other.rpartition(".")
    own_day = section.nature == "event" and name == section.start
    outer = section_around(whose, section.path) if whose not in ("", "previous") else None
    if outer is not None:
        around = f"the {short_noun(outer)}"
        dated = outer.fields[field].is_date
        named = moment(outer, field, around) if dated else f"the {field_noun(outer, field)} of {around}"
        if own_day:
            return f"{it}{_ON_THE_SAME_DAY}{named}"
        return f"{_its(field_noun(section, name), it)} is the same as {f'that of {named}' if dated else named}"
    of = before_it(section, sentence_noun(section).one) if whose else it
    if own_day and field == name:
        return f"{it}{_ON_THE_SAME_DAY}{of}"
    same = f"that of {of}" if field == name else f"the {field_noun(section, field)} of {of}"
    return f"{_its(field_noun(section, name), it)} is the same as {same}"


_ON_THE_SAME_DAY: Final = " is on the same day as "


def _denied(section: Section, name: str, operand: Any, it: str) -> str:
    """What `not` says: anything else, nothing recorded included."""
    if operand is None:
        return f"the {field_noun(section, name)} is recorded"
    if isinstance(operand, bool):
        return f"it is not recorded that {flag_clause(name, section.fields[name].title, operand, it)}"
    if isinstance(operand, list):
        words = [value_in_words(name, each) for each in operand if each is not None]
        recorded = "recorded, and " if None in operand else ""
        others = f"neither {listed(words, 'nor')}" if len(words) > 1 else f"not {listed(words)}"
        return f"{_its(field_noun(section, name), it)} is {recorded}{others}"
    said = _field(section, name, operand, it)
    if _ON_THE_SAME_DAY in said:
        return said.replace(_ON_THE_SAME_DAY, " is on another day than ")
    if value_clause(name) is not None and not isinstance(operand, Mapping):
        return negated(said)
    plain = not isinstance(operand, Mapping) or (len(operand) == 1 and said.startswith((*_OWNERS, f"{it}'s ")))
    return said.replace(" is ", " is not ", 1) if plain and " is " in said else f"it is not so that {said}"


_OWNERS: Final = ("its ", "the ")


def _bound(section: Section, name: str, operator: str, operand: Any) -> str:
    if section.fields[name].is_date if name in section.fields else isinstance(operand, str):
        return f"{'on or after' if operator == 'at_least' else 'on or before'} {value_in_words(name, operand)}"
    return f"{operand} or {'more' if operator == 'at_least' else 'fewer'}"


def _values(name: str, wanted: Any) -> str:
    each = wanted if isinstance(wanted, list) else [wanted]
    return listed([value_in_words(name, value) if value is not None else "not recorded" for value in each])


def _quoted(words: Iterable[str]) -> str:
    return listed([f'"{word}"' for word in words])


def _its(noun: str, it: str) -> str:
    """`its due date`, `the placement's legal status`, `the date of the review before it`."""
    if it == IT:
        return f"its {noun}"
    return f"the {noun} of {it}" if it.endswith(f" {IT}") else f"{it}'s {noun}"


def _own_field(name: str, wanted: Any) -> str:
    """A condition on one of the council's own fields, under `local`."""
    shown = f'the council\'s own field "{name}"'
    if isinstance(wanted, Mapping) and isinstance(wanted.get("not"), Mapping):
        rest = {operator: operand for operator, operand in wanted.items() if operator != "not"}
        denied = f"it is not so that {_own_field(name, wanted['not'])}"
        return f"{_own_field(name, rest)} and {denied}" if rest else denied
    if not isinstance(wanted, Mapping):
        return f"{shown} is {_values(name, wanted)}" if wanted is not None else f"{shown} is empty"
    said = []
    for operator, operand in wanted.items():
        if operator == "present":
            said.append("is recorded" if operand else "is empty")
        elif operator == "not":
            said.append(f"is not {'empty' if operand is None else _values(name, operand)}")
        elif operator == "says_more_than":
            said.append(f"says more than {_quoted(operand)}")
        elif operator == "same_as":
            said.append(f"is the same as `{operand}`")
        else:
            bound = "at least" if operator == "at_least" else "at most"
            said.append(f"is {bound} {value_in_words(name, operand)}")
    return f"{shown} {' and '.join(said)}"


# --- sections --------------------------------------------------------------------------------------------------------


def _section(section: Section, wanted: Condition, path: SectionPath) -> str:
    """At least one record of the section, in force on the day, meets what stands under its name (or none does)."""
    present = wanted.get("present", True)
    rest = {key: value for key, value in wanted.items() if key != "present"}
    kind = narrowed(rest)
    noun = sentence_noun(section, *kind).one
    rest = {key: value for key, value in rest.items() if key not in _told_by(kind)}
    if not rest:
        standing = standing_clause(section, noun)
        return standing if present else negated(standing)
    if not present:
        return f"there is no {noun} of which it is true that {clause(rest, section.path)}"
    if section.one_at_a_time or section.single or path[: len(section.path)] == section.path:
        return clause(rest, section.path, f"the {noun}")
    one = with_article(noun)
    before, named, after = clause(rest, section.path, one).partition(one)
    return before + named + (after.replace(one, f"that {noun}") if len(rest) > 1 else after)


def _told_by(kind: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(key for key, said in zip(("assessment_type", "role"), kind, strict=True) if said is not None)


def without_narrowing(says: Condition) -> tuple[Condition, tuple[str | None, str | None]]:
    """What is left of a condition when the noun says which type of assessment or role of worker is meant, and that."""
    kind = narrowed(says)
    return {key: value for key, value in says.items() if key not in _told_by(kind)}, kind
