"""Which sections of the case record a rule reads, so that a case need be built no further than its pack looks."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from casecheck.records.schema import sections
from casecheck.rules.conditions import section_for
from casecheck.rules.model import Pack, Rule

Path = tuple[str, ...]

_OFFERED: Final = frozenset(("age", "position", "lasted"))


def sections_read(pack: Pack) -> frozenset[Path]:
    """The paths of the sections that the rules of a pack read, with those around them."""
    named = {path for rule in pack.rules for path in _of_rule(rule, pack.terms)}
    return frozenset(path[:length] for path in named for length in range(1, len(path) + 1))


def _of_rule(rule: Rule, terms: Mapping[str, Any]) -> Iterator[Path]:
    path = section_for(rule.applies_to, ()).path
    yield path
    yield from _of_condition(rule.where, path, terms)
    yield from _of_condition(rule.while_, path, terms)
    if rule.lapses_with not in (None, "none"):
        yield section_for(str(rule.lapses_with), path).path
    if rule.kind == "recorded":
        yield from _of_condition(rule.check, path, terms)
        return
    yield from _of_serving(rule.check, path, terms)
    for limit in rule.check.get("limits", ()):
        yield from _of_condition(limit.get("where", {}), path, terms)
        yield from _of_serving(limit.get("until"), path, terms)
    yield from _of_serving(rule.check.get("done"), path, terms)


def _of_serving(says: Any, path: Path, terms: Mapping[str, Any]) -> Iterator[Path]:
    """The sections under `events`, `records` or `first`, with what the `where` beside them reads."""
    if not isinstance(says, Mapping):
        return
    for key in ("events", "records", "first"):
        for name in _listed(says.get(key, ())):
            served = section_for(name, path).path
            yield served
            yield from _of_condition(says.get("where", {}), served, terms)


def _of_condition(says: Mapping[str, Any], path: Path, terms: Mapping[str, Any]) -> Iterator[Path]:
    for key, value in says.items():
        if key in ("any_of", "none_of"):
            for each in value:
                yield from _of_condition(each, path, terms)
        elif key == "is":
            for name in _listed(value):
                yield from _of_condition(terms[name], path, terms)
        elif key not in _OFFERED and key not in sections()[path].fields and not _of_a_record(key, path):
            inner = section_for(key, path).path
            yield inner
            yield from _of_condition({name: each for name, each in value.items() if name != "present"}, inner, terms)


def _of_a_record(key: str, path: Path) -> bool:
    """Whether a dotted key names a field: of the record before, of `local`, or of a record around."""
    first, _, _ = key.partition(".")
    return "." in key and (first in ("previous", "local") or first in path)


def _listed(names: str | Iterable[str]) -> Iterable[str]:
    return (names,) if isinstance(names, str) else names
