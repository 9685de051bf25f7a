"""What is wrong with the shape of something that people wrote, by a JSON Schema, in words that they can mend it by.

Each error that `jsonschema` finds becomes one sentence that names the key and says what to write: the schemas' own
keyword `x-write` says what that is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casecheck.written.near import did_you_mean
from casecheck.written.places import Path, listed, quoted

if TYPE_CHECKING:
    from jsonschema import ValidationError

Referred = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""From a schema to what its `$ref` points to; nothing where it has none."""

_TYPES: Final = {
    "object": "a mapping",
    "array": "a list",
    "string": "text (in quotes, if it looks like a number)",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


class Misfit(NamedTuple):
    """Something that the schema does not allow: where, and in words.

    `meant` is the key that a key not known may stand for; `lacks` are the keys of which one is missing, `excluding`
    those of which there is one too many.
    """

    path: Path
    text: str
    meant: str | None = None
    lacks: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[Path, ...]:
        """What must be left out for the rest to be looked at."""
        if self.excluding:
            return tuple((*self.path, key) for key in self.excluding)
        return () if self.lacks else (self.path,)


def misfits_of(errors: Iterable["ValidationError"], referred: Referred) -> list[Misfit]:
    """The errors in words, each once. A missing key is not told where a key not known may stand for it."""
    found = dict.fromkeys(misfit for error in errors for misfit in _misfits(error, referred))
    misspelt = {(*misfit.path[:-1], misfit.meant) for misfit in found if misfit.meant}
    return [misfit for misfit in found if not any((*misfit.path, key) in misspelt for key in misfit.lacks)]


def without(value: Any, paths: Iterable[Path]) -> Any:
    """A copy of `value` without what stands at `paths`; None for the whole. A list that loses an entry is left out."""
    drop: dict[str | int, list[Path]] = {}
    for path in paths:
        if not path:
            return None
        drop.setdefault(path[0], []).append(path[1:])
    if not drop:
        return value
    if isinstance(value, list):
        kept_entries = [without(held, drop.get(place, ())) for place, held in enumerate(value)]
        return None if any(() in drop.get(place, ()) for place in range(len(value))) else kept_entries
    return {key: without(held, drop.get(key, ())) for key, held in value.items() if () not in drop.get(key, ())}


def _misfits(error: "ValidationError", referred: Referred) -> Iterator[Misfit]:
    path: Path = tuple(error.absolute_path)
    value: Any = error.instance
    rule: Any = error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(path, value, schema)
        case "required":
            for key in rule:
                if key not in value:
                    yield Misfit(path, f"`{key}` is missing{_hint_of(schema, key, referred)}", lacks=(key,))
        case "oneOf" if not isinstance(value, Mapping):
            pass  # its type is wrong, which is told
        case "oneOf":
            yield _one_of(path, value, [choice["required"][0] for choice in rule])
        case "dependentRequired":
            for key, needed in rule.items():
                for other in needed:
                    if key in value and other not in value:
                        hint = f"; write {_wanted(schema)}" if path else _hint_of(schema, other, referred)
                        yield Misfit(path, f"`{key}` needs `{other}` beside it{hint}", lacks=(other,))
        case "enum":
            meant = did_you_mean(value, rule) if isinstance(value, str) else None
            wanted = f"did you mean `{meant}`?" if meant else f"write {listed(rule)}"
            yield Misfit(path, f"{_subject(path)} is {quoted(value)}; {wanted}")
        case "uniqueItems":
            yield Misfit(path, f"{_subject(path)} names something twice; write {_wanted(schema)}")
        case _:
            yield Misfit(path, f"{_subject(path)} is {_as_found(value)}; write {_wanted(schema)}")


def _unknown_keys(path: Path, value: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Misfit]:
    known = schema.get("properties", {})
    for key in value:
        if key in known:
            continue
        meant = did_you_mean(key, [each for each in known if each not in value]) or did_you_mean(key, known)
        hint = f"did you mean `{meant}`?" if meant else f"the keys here are {listed(known, 'and')}"
        yield Misfit((*path, key), f"unknown key {quoted(key)}: {hint}", meant=meant)


def _one_of(path: Path, value: Mapping[str, Any], keys: list[str]) -> Misfit:
    written = [key for key in keys if key in value]
    if written:
        text = f"{listed([f'`{key}`' for key in written], 'and')} exclude one another; keep one of them"
        return Misfit(path, text, excluding=tuple(written))
    return Misfit(path, f"one of {listed([f'`{key}`' for key in keys])} is missing", lacks=tuple(keys))


def _subject(path: Path) -> str:
    """What is wrong, by its key; an entry of a list by its place."""
    if not path:
        return "what stands here"
    if isinstance(path[-1], int):
        return f"entry {path[-1] + 1} of {_subject(path[:-1])}"
    return f"`{path[-1]}`"


def _as_found(value: Any) -> str:
    if value in ({}, [], ""):
        return "empty"
    return quoted(value)


def _wanted(schema: Mapping[str, Any]) -> str:
    """What to write, as the schema says, or else by its type."""
    if "x-write" in schema:
        return str(schema["x-write"])
    types = schema.get("type", ())
    return listed([_TYPES[each] for each in ([types] if isinstance(types, str) else types)]) or "something else"


def _hint_of(schema: Mapping[str, Any], key: str, referred: Referred) -> str:
    """After a missing key: what it holds, where the schema says so."""
    says = schema.get("properties", {}).get(key, {})
    whole = {**referred(says), **says}
    return f"; write {_wanted(whole)}" if whole else ""
