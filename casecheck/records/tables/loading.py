"""Loading a mapping: YAML, checked by its schema and then for sense, every error told at once with file and line."""

import json
import os
from collections.abc import Iterable
from collections.abc import Mapping as Dict
from functools import cache
from importlib import resources
from typing import Any

from casecheck.errors import PackProblem, UsageProblem
from casecheck.records.tables.making import make
from casecheck.records.tables.model import Mapping
from casecheck.written.misfits import misfits_of
from casecheck.written.places import Complaint, told
from casecheck.written.yaml_source import MAX_BYTES, read_yaml


def load_mapping(path: str | os.PathLike[str]) -> Mapping:
    """The mapping in a file.

    Raises UsageProblem with all that is wrong in it, each with file, line and what to write.
    """
    shown = os.fspath(path)
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as problem:
        reason = (problem.strerror or "the system refused").lower()
        raise UsageProblem(f"{shown}: the mapping cannot be read: {reason}") from None
    return read_mapping(content, shown)


def read_mapping(content: bytes, shown: str, shipped: bool = False) -> Mapping:
    """The mapping in the bytes of a file, which messages call `shown`. Raises UsageProblem as `load_mapping` does."""
    try:
        document = read_yaml(content, shown)
    except PackProblem as problem:
        raise UsageProblem(*problem.messages) from None
    wrong = [Complaint(document.places.at(*each.path), None, each.text) for each in _misfits(document.value)]
    if wrong:
        raise UsageProblem(*told(wrong))
    mapping, wrong = make(document, shipped)
    if wrong:
        raise UsageProblem(*told(wrong))
    return mapping


@cache
def shipped_mappings() -> tuple[Mapping, ...]:
    """The mappings that come with casecheck, by name."""
    folder = resources.files(__package__).joinpath("formats")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
    return tuple(read_mapping(folder.joinpath(name).read_bytes(), f"formats/{name}", shipped=True) for name in names)


@cache
def mapping_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a mapping, parsed."""
    text = resources.files(__package__).joinpath("mapping.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _misfits(value: Any) -> Iterable[Any]:
    import jsonschema_rs

    if jsonschema_rs.validator_for(mapping_schema()).is_valid(value):
        return ()
    from jsonschema import Draft202012Validator

    return misfits_of(Draft202012Validator(mapping_schema()).iter_errors(value), _referred)


def _referred(says: Dict[str, Any]) -> Dict[str, Any]:
    name = says.get("$ref", "").removeprefix("#/$defs/")
    return dict(mapping_schema()["$defs"].get(name, {}))
