"""The schemas of packs, rules and examples, each in one piece, as an editor wants them.

Within casecheck those of packs and of examples refer to the file of the schema of rules. Outside nothing stands beside
them, so what they refer to is taken into their own `$defs`.
"""

from typing import Any, Final

from casecheck.rules.schema_words import schema

_RULES: Final = "rules.schema.json#"


def whole_schema(name: str) -> dict[str, Any]:
    """The JSON Schema `pack`, `rules` or `examples`, which refers to nothing outside itself.

    Raises ValueError where a name in its `$defs` means something else in the schema of rules.
    """
    own, shared = schema(name), schema("rules")["$defs"]
    if name == "rules":
        return own
    clashing = shared.keys() & own.get("$defs", {}).keys()
    if clashing:
        raise ValueError(f"{', '.join(sorted(clashing))} in {name}.schema.json is also in rules.schema.json")
    whole: dict[str, Any] = _pointing_within({**own, "$defs": {**own.get("$defs", {}), **shared}})
    return whole


def _pointing_within(node: Any) -> Any:
    if isinstance(node, list):
        return [_pointing_within(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: each.replace(_RULES, "#", 1) if key == "$ref" and isinstance(each, str) else _pointing_within(each)
        for key, each in node.items()
    }
