"""The gate as people write it: gate.yaml, or what stands under `gate` in casecheck.yaml.

```yaml
fail_under: 85                            # percent of the cases that are adequate
fail_on: [critical]                       # severities of which no finding may fail
rules: {core-groups-held: 90}
areas: {looked-after/staying-safe: {at_least: 75, confident: true}}
groups: [{by: team, at_least: 60}]
no_unknown: [core-groups-held]
no_worse_than: {result: last.json, allowance: 2}
```
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, NamedTuple

from casecheck.adequacy.gate import Baseline, Gate, GroupMinimum, Minimum
from casecheck.errors import UsageProblem
from casecheck.written.misfits import misfits_of
from casecheck.written.places import Complaint, Document, Place, Places, told
from casecheck.written.yaml_source import read_yaml

CHANCE: Final = "chance"


class WrittenGate(NamedTuple):
    """A gate, where each part of it was written, and the files that belong to it, which no output may replace."""

    gate: Gate
    places: Places
    files: tuple[Path, ...]


@cache
def gate_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a gate, parsed."""
    text = resources.files(__package__).joinpath("gate.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def read_gate(file: Path) -> WrittenGate:
    """The gate in a file of its own. Raises UsageProblem with everything that is wrong in it, or PackProblem where it
    is no YAML.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageProblem(f"{file}: cannot be read: {(error.strerror or 'the system refused').lower()}") from None
    return gate_of(read_yaml(content, str(file)), file)


def gate_of(document: Document, file: Path) -> WrittenGate:
    """The gate that a file holds, or a part of it; files that it names are seen from that file's folder.

    Raises UsageProblem with everything that is wrong in it.
    """
    _refuse_misfits(document)
    gate = _gate(document.value, file.parent)
    stored = () if gate.no_worse_than is None else (Path(gate.no_worse_than.result),)
    return WrittenGate(gate, document.places, (file, *stored))


def _refuse_misfits(document: Document) -> None:
    from jsonschema import Draft202012Validator

    found = misfits_of(Draft202012Validator(gate_schema()).iter_errors(document.value), _referred)
    if found:
        complaints = [Complaint(document.places.at(*misfit.path), None, misfit.text) for misfit in found]
        raise UsageProblem(*told(complaints))


def _referred(says: Mapping[str, Any]) -> Mapping[str, Any]:
    name = says.get("$ref", "").removeprefix("#/$defs/")
    return gate_schema()["$defs"].get(name, {}) if name else {}


def _gate(says: Mapping[str, Any], folder: Path) -> Gate:
    confident = says.get("confident", False)
    stored = says.get("no_worse_than")
    return Gate(
        fail_under=_minimum(says["fail_under"], confident) if "fail_under" in says else None,
        fail_on=tuple(says.get("fail_on", ())),
        rules=tuple((name, _minimum(each, confident)) for name, each in says.get("rules", {}).items()),
        areas=tuple((name, _minimum(each, confident)) for name, each in says.get("areas", {}).items()),
        groups=tuple(
            GroupMinimum(each["by"], each.get("value"), _minimum(each, confident)) for each in says.get("groups", ())
        ),
        no_unknown=tuple(says.get("no_unknown", ())),
        no_worse_than=None if stored is None else _baseline(stored, folder),
    )


def _minimum(says: Any, confident: bool) -> Minimum:
    """A percentage alone, or in a mapping."""
    if isinstance(says, Mapping):
        return Minimum(says["at_least"], says.get("confident", confident))
    return Minimum(says, confident)


def _baseline(says: Mapping[str, Any], folder: Path) -> Baseline:
    allowance = says.get("allowance", 0)
    return Baseline(str(folder / says["result"]), None if allowance == CHANCE else allowance)


NO_PLACES: Final = Places(Place("the call", 1), {})
"""Those of a gate that was not written, but called for."""
