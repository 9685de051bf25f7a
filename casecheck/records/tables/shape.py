"""What the case schema says of the shape of sections and fields, beyond `casecheck.records.schema`."""

from functools import cache
from typing import Any

from casecheck.records.schema import case_schema

Path = tuple[str, ...]


@cache
def longest(path: Path, field: str) -> int | None:
    """How long the text of a field of the section at `path` may be; None where the schema does not say."""
    node = _node((*path, field))
    found = _resolved(node.get("items", node)).get("maxLength")
    return found if isinstance(found, int) else None


@cache
def is_one(path: Path) -> bool:
    """Whether the section at `path` is one record and cannot be a list."""
    types = _node(path).get("type", ())
    return "array" not in ([types] if isinstance(types, str) else types)


def _node(path: Path) -> dict[str, Any]:
    node: dict[str, Any] = case_schema()
    for name in path:
        held = _resolved(node.get("items", node)) if "properties" not in node else node
        node = _resolved(held["properties"][name])
    return node


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = case_schema()
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node
