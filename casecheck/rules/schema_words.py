"""What is wrong with the shape of a pack or a rule, by their JSON Schemas, in words that people can mend it by.

As with case records, `jsonschema_rs` gives the verdict, since it is quick to load and to run, and `jsonschema` finds
the places of what is wrong.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from casecheck.written.misfits import Misfit, misfits_of, without

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

__all__ = ["Misfit", "is_valid", "misfits", "schema", "without"]


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema in `NAME.schema.json`: `pack`, `rules` or `examples`."""
    text = resources.files(__package__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def _judged(name: str, part: str | None) -> dict[str, Any]:
    """The schema to judge by, with the schema of rules within it, to which the others refer."""
    whole = schema(name)
    rules = {"rules.schema.json": {**schema("rules"), "$id": "rules.schema.json"}}
    if part is not None:
        return {"$ref": f"rules.schema.json#/$defs/{part}", "$defs": rules}
    return {**whole, "$defs": {**whole.get("$defs", {}), **rules}}


@cache
def _fast(name: str, part: str | None) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(_judged(name, part))


@cache
def _telling(name: str, part: str | None) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(_judged(name, part))


def is_valid(value: Any, name: str, part: str | None = None) -> bool:
    """Whether the schema `name` (or a part of the schema of rules, such as `rule`) allows `value`."""
    try:
        return bool(_fast(name, part).is_valid(value))
    except ValueError:
        return False


def misfits(value: Any, name: str, part: str | None = None) -> list[Misfit]:
    """Everything in `value` that the schema `name` (or a part of the schema of rules) does not allow, each once.

    A missing key is not told where a key not known may stand for it.
    """
    if is_valid(value, name, part):
        return []
    return misfits_of(_telling(name, part).iter_errors(value), _referred)


def _referred(says: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the `$ref` of a property points to; nothing where it has none."""
    file, _, pointer = says.get("$ref", "#/$defs").partition("#/")
    for name in [file.removesuffix(".schema.json")] if file else ["rules", "pack", "examples"]:
        found: Any = schema(name)
        for step in pointer.split("/"):
            found = found.get(step, {})
        if "x-write" in found:
            return {**_referred(found), **found} if "$ref" in found else dict(found)
    return {}
