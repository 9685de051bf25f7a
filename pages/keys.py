"""The keys of the rule language as tables, from the schemas by which packs are checked."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from casecheck.rules.whole_schema import whole_schema
from pages.markdown import code, codes, filled, made_from, page, table, text

Node = Mapping[str, Any]

MANY: Final = 3
_NUMBERS: Final = {3: "three", 4: "four", 5: "five", 6: "six"}


class _Part(NamedTuple):
    """One table: its heading, and where in which schema the keys stand."""

    title: str
    schema: str
    place: tuple[str, ...]


_PARTS: Final = (
    _Part("A rule", "rules", ("$defs", "rule")),
    _Part("`deadline`", "rules", ("$defs", "deadline")),
    _Part("`recurring`", "rules", ("$defs", "recurring")),
    _Part("An entry of `limits`", "rules", ("$defs", "wait")),
    _Part("`held`", "rules", ("$defs", "held")),
    _Part("`limit`", "rules", ("$defs", "limit")),
    _Part("A condition", "rules", ("$defs", "condition")),
    _Part("What may stand under a field or a section", "rules", ("$defs", "wanted")),
    _Part("An entry of `basis`", "rules", ("$defs", "basis")),
    _Part("`pack.yaml`", "pack", ()),
    _Part("An entry of `areas`", "pack", ("properties", "areas", "items")),
    _Part("`adequate`", "pack", ("$defs", "policy")),
    _Part("An example", "examples", ("items",)),
    _Part("An obligation of an example", "examples", ("items", "properties", "obligations", "items")),
)


def keys() -> str:
    """The page of the keys."""
    lines = [*made_from("the schemas in casecheck/rules/"), "# The keys of the rule language", ""]
    lines += filled(
        "Every key of a file of rules, of `pack.yaml` and of a file of examples. What they are for is told by example "
        "in [the rule language](rule-language.md). The same stands in the JSON Schemas that `casecheck schema rules`, "
        "`casecheck schema pack` and `casecheck schema examples` print for editors."
    )
    for part in _PARTS:
        lines += ["", f"## {part.title}", "", *_part(part)]
    return page(lines)


def _part(part: _Part) -> Iterator[str]:
    whole = whole_schema(part.schema)
    node: Node = whole
    for step in part.place:
        node = node[step]
    yield from filled(text(node["description"]))
    yield ""
    yield from table(("Key", "Needed", "What to write", "What it says"), _rows(node, whole, ""))


def _rows(node: Node, whole: Node, within: str) -> Iterator[tuple[str, str, str, str]]:
    for name, property_ in node["properties"].items():
        each = _resolved(property_, whole)
        yield code(within + name), _needed(name, node), _to_write(each), text(each.get("description", ""))
        if "properties" in property_ and property_.get("type") != "array":
            yield from _rows(property_, whole, f"{within}{name}.")


def _resolved(node: Node, whole: Node) -> Node:
    """The node with what its `$ref` points to; its own keywords win."""
    if "$ref" not in node:
        return node
    target = whole
    for step in node["$ref"].removeprefix("#/").split("/"):
        target = target[step]
    return {**_resolved(target, whole), **{key: value for key, value in node.items() if key != "$ref"}}


def _needed(name: str, node: Node) -> str:
    """Whether the key must be there: always, as one of several, or not."""
    if name in node.get("required", ()):
        return "yes"
    if name in node.get("else", {}).get("required", ()):
        return "yes, unless it `extends`"
    for rule in node.get("allOf", ()):
        choices = [key for choice in rule.get("oneOf", ()) for key in choice["required"]]
        if name in choices:
            return f"one of {codes(choices)}" if len(choices) < MANY else f"one of these {_NUMBERS[len(choices)]}"
    return "no"


def _to_write(node: Node) -> str:
    values = node.get("enum")
    if values:
        return codes(str(each) for each in values)
    if node.get("type") == "boolean":
        return codes(("true", "false"))
    return text(node.get("x-write", ""))
