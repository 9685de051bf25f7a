"""The JSON Schemas of packs, rules and examples, by which editors complete and explain."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from casecheck.checks.limits import ORDINALS
from casecheck.rules.matching import OPERATORS
from casecheck.rules.model import KINDS, SEVERITIES
from casecheck.rules.schema_words import schema

NAMES = ("pack", "rules", "examples")


def properties_in(name: str, node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        held = node.get("properties")
        if isinstance(held, dict):
            yield from ((f"{path}/properties/{key}", each) for key, each in held.items())
        for key, each in node.items():
            yield from properties_in(name, each, f"{path}/{key}")
    elif isinstance(node, list):
        for each in node:
            yield from properties_in(name, each, path)


def resolved(name: str, node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    file, _, pointer = node["$ref"].partition("#/")
    target: Any = schema(file.removesuffix(".schema.json") or name)
    for step in pointer.split("/"):
        target = target[step]
    return {**resolved(file.removesuffix(".schema.json") or name, target), **node}


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_valid_json_schema(name):
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_property_has_a_title_and_a_description(name):
    found = dict(properties_in(name, schema(name)))
    assert found
    bare = [path for path, node in found.items() if not {"title", "description"} <= resolved(name, node).keys()]
    assert bare == []


def test_the_rule_schema_knows_the_kinds_severities_ordinals_and_operators_that_the_engine_knows():
    rule = schema("rules")["$defs"]["rule"]["properties"]
    assert set(KINDS) <= set(rule)
    assert tuple(rule["severity"]["enum"]) == SEVERITIES
    assert tuple(schema("rules")["$defs"]["wait"]["properties"]["for"]["enum"]) == ORDINALS
    assert set(OPERATORS) <= set(schema("rules")["$defs"]["wanted"]["properties"])
