"""What a rule reads of the case record: its sections, so that a case need be built no further than its pack looks, the

fields in them, so that people can see on what a verdict rests, and which of these hold an auditor's judgement.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final

from casecheck.records.schema import Section, sections
from casecheck.rules.conditions import section_for
from casecheck.rules.model import Pack, Rule
from casecheck.rules.names import find_date_field, lasting_around, section_around

Path = tuple[str, ...]

Read = tuple[Path, str | None]
"""A section, and a field of it; None for the section itself. The child is the section `()`."""

_OFFERED: Final = frozenset(("age", "position", "lasted"))


def sections_read(pack: Pack) -> frozenset[Path]:
    """The paths of the sections that the rules of a pack read, with those around them."""
    named = {path for rule in pack.rules for path, _ in _of_rule(rule, pack.terms)}
    return frozenset(path[:length] for path in named for length in range(1, len(path) + 1))


def fields_read(rule: Rule, terms: Mapping[str, Any]) -> dict[Path, tuple[str, ...]]:
    """The sections that a rule reads, the one that it is applied to first, each with the fields that it reads there.

    The dates of a section's records are read wherever the section is; `age` is read of the child, `()`.
    """
    found: dict[Path, dict[str, None]] = {}
    for path, field in _of_rule(rule, terms):
        fields = found.setdefault(path, {})
        if field is not None:
            fields[field] = None
        elif path:
            fields.update(dict.fromkeys(_dates(sections()[path])))
    return {path: tuple(fields) for path, fields in found.items() if fields}


def reads_needed(rule: Rule, terms: Mapping[str, Any]) -> tuple[tuple[Read, ...], ...]:
    """What a rule cannot be decided without: of each group at least one. The records that it is applied to, with the
    day on which they began; what it counts from and to; and what would discharge it. A section stands for itself, be it
    empty.
    """
    section = section_for(rule.applies_to, ())
    path = section.path
    groups: list[tuple[Read, ...]] = []
    if rule.kind != "limit":
        groups += [((path, None),), ((path, section.start),)]
    if rule.kind == "recorded":
        reads = tuple(_of_condition(rule.check, path, terms))
        groups.append(tuple(read for read in reads if read[1] is not None) or reads)
        return tuple(group for group in groups if group)
    for key in ("from", "due", "done"):
        if isinstance(rule.check.get(key), str):
            around, field = find_date_field(rule.check[key], path)
            groups.append(((around.path, field),))
    for says in (rule.check, rule.check.get("done")):
        if isinstance(says, Mapping):
            names = [name for key in ("events", "records", "first") for name in _listed(says.get(key, ()))]
            groups.append(tuple((section_for(name, path).path, None) for name in names))
    return tuple(group for group in groups if group)


def judgements_read(rule: Rule, terms: Mapping[str, Any]) -> tuple[Read, ...]:
    """The fields on which the verdict of a rule rests that only someone who has read the file can tell; each once.

    Of the fields that the record, or what serves, is held to. What only decides to which records the rule is applied
    makes no difference to what an auditor looks at.
    """
    path = section_for(rule.applies_to, ()).path
    if rule.kind == "recorded":
        asked = _of_condition(rule.check, path, terms)
    else:
        done = _of_serving(rule.check.get("done"), path, terms)
        asked = chain(_of_serving(rule.check, path, terms), done)
    return tuple(dict.fromkeys(read for read in asked if _is_judgement(read)))


def _is_judgement(read: Read) -> bool:
    path, name = read
    field = sections()[path].fields.get(name or "")
    return field is not None and field.judgement


def _dates(section: Section) -> Iterator[str]:
    yield from dict.fromkeys(each for each in (section.start, section.end) if each is not None)


def _of_rule(rule: Rule, terms: Mapping[str, Any]) -> Iterator[Read]:
    path = section_for(rule.applies_to, ()).path
    yield path, None
    yield from _of_condition(rule.where, path, terms)
    yield from _of_condition(rule.while_, path, terms)
    yield from _of_lapse(rule, path, terms)
    if rule.kind == "recorded":
        yield from _of_condition(rule.check, path, terms)
        return
    for key in ("from", "due", "done"):
        if isinstance(rule.check.get(key), str):
            section, field = find_date_field(rule.check[key], path)
            yield section.path, field
    yield from _of_serving(rule.check, path, terms)
    for limit in rule.check.get("limits", ()):
        yield from _of_condition(limit.get("where", {}), path, terms)
        yield from _of_serving(limit.get("until"), path, terms)
    yield from _of_serving(rule.check.get("done"), path, terms)


def _of_lapse(rule: Rule, path: Path, terms: Mapping[str, Any]) -> Iterator[Read]:
    """The section with which the duty lapses, where it is not the record itself."""
    yield from _of_serving(rule.lapses_with, path, terms)
    if isinstance(rule.lapses_with, str) and rule.lapses_with != "none":
        yield section_for(rule.lapses_with, path).path, None
    elif rule.lapses_with is None and sections()[path].nature != "lasting":
        around = lasting_around(path)
        if around is not None and around.end is not None:
            yield around.path, around.end


def _of_serving(says: Any, path: Path, terms: Mapping[str, Any]) -> Iterator[Read]:
    """The sections under `events`, `records` or `first`, with what the `where` beside them reads."""
    if not isinstance(says, Mapping):
        return
    for key in ("events", "records", "first"):
        for name in _listed(says.get(key, ())):
            served = section_for(name, path).path
            yield served, None
            yield from _of_condition(says.get("where", {}), served, terms)


def _of_condition(says: Mapping[str, Any], path: Path, terms: Mapping[str, Any]) -> Iterator[Read]:
    for key, value in says.items():
        if key in ("any_of", "none_of"):
            for each in value:
                yield from _of_condition(each, path, terms)
        elif key == "is":
            for name in _listed(value):
                yield from _of_condition(terms[name], path, terms)
        elif key == "age":
            yield (), "age"
        elif key not in _OFFERED:
            yield from _of_name(key, value, path, terms)


def _of_name(key: str, value: Any, path: Path, terms: Mapping[str, Any]) -> Iterator[Read]:
    """What a key reads that names a field or a section; a dotted one, a field of another record or of `local`."""
    first, _, rest = key.partition(".")
    around = section_around(first, path) if rest else None
    if key in sections()[path].fields or first == "local":
        yield path, key
    elif first == "previous":
        yield path, rest
    elif around is not None and rest in around.fields:
        yield around.path, rest
    else:
        inner = section_for(key, path).path
        yield inner, None
        yield from _of_condition({name: each for name, each in value.items() if name != "present"}, inner, terms)
        return
    if isinstance(value, Mapping) and "same_as" in value:
        first, _, compared = str(value["same_as"]).rpartition(".")
        holder = section_around(first, path) if first else None
        yield path if holder is None else holder.path, compared


def _listed(names: str | Iterable[str]) -> Iterable[str]:
    return (names,) if isinstance(names, str) else names
