"""The JSON Schema of the result document: its contract with those who read it."""

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def result_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `casecheck/result/1`, parsed."""
    text = resources.files(__package__).joinpath("result.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
