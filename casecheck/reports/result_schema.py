"""The JSON Schemas of the result document and of the trend: their contract with those who read them."""

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def result_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `casecheck/result/1`, parsed."""
    return _read("result.schema.json")


@cache
def trend_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `casecheck/trend/1`, parsed, with what it shares with a result."""
    schema, result = _read("trend.schema.json"), result_schema()
    return {**schema, "$defs": {**result["$defs"], "pack": result["properties"]["pack"], **schema["$defs"]}}


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
