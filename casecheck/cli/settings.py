"""The defaults of the audits of a folder of records: its `casecheck.yaml`.

```yaml
rules: southampton-2012      # a shipped pack's id, or a folder, seen from this one
as_at: 2012-04-23
since: 2011-04-23
by: [team]
gate: gate.yaml              # or what a gate asks, such as {fail_under: 85}
```
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from casecheck.adequacy.gate_file import WrittenGate, gate_of, read_gate
from casecheck.calendar import DAYS, UNKNOWN
from casecheck.errors import UsageProblem
from casecheck.records.properties import did_you_mean
from casecheck.written.places import Document, listed, quoted
from casecheck.written.yaml_source import read_yaml

FILE: Final = "casecheck.yaml"
KEYS: Final = ("rules", "as_at", "since", "by", "gate")


class Settings(NamedTuple):
    """What a `casecheck.yaml` says; None where it says nothing. `rules` is an id or the path of a folder."""

    rules: str | None = None
    as_at: str | None = None
    since: str | None = None
    by: tuple[str, ...] | None = None
    gate: WrittenGate | None = None


def settings_of(paths: Sequence[str]) -> Settings:
    """The settings of the folders among `paths`.

    Raises UsageProblem, with everything that is wrong in a file, and where two folders have settings that differ.
    """
    files = [Path(path, FILE) for path in paths if path != "-" and Path(path, FILE).is_file()]
    found = {file: _read(file) for file in files}
    if len({_regardless_of_places(each) for each in found.values()}) > 1:
        names = listed([str(file) for file in found], "and")
        raise UsageProblem(f"{names} have different settings; audit one folder at a time")
    return next(iter(found.values()), Settings())


def _regardless_of_places(settings: Settings) -> tuple[object, ...]:
    return (*settings[:-1], settings.gate and settings.gate.gate)


def _read(file: Path) -> Settings:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageProblem(f"{file}: cannot be read: {(error.strerror or 'the system refused').lower()}") from None
    document = read_yaml(content, str(file))
    said = document.value
    if not isinstance(said, dict):
        raise UsageProblem(f"{file}:1: settings are a mapping, such as `as_at: 2012-04-23`")
    wrong = [f"{_place(document, key)}: {text}" for key, value in said.items() if (text := _wrong(key, value))]
    if wrong:
        raise UsageProblem(*wrong)
    by = said.get("by")
    return Settings(
        rules=_pack(said["rules"], file.parent) if "rules" in said else None,
        as_at=said.get("as_at"),
        since=said.get("since"),
        by=None if by is None else (by,) if isinstance(by, str) else tuple(by),
        gate=_gate(document, file) if "gate" in said else None,
    )


def _gate(document: Document, file: Path) -> WrittenGate:
    says = document.value["gate"]
    if isinstance(says, str):
        return read_gate(file.parent / says)
    return gate_of(Document(says, document.places.under("gate")), file)


def _place(document: Document, key: str) -> str:
    file, line = document.places.at(key)
    return f"{file}:{line}"


def _wrong(key: str, value: Any) -> str | None:
    """What is wrong with one setting, and what would be right; None if nothing is."""
    if key not in KEYS:
        meant = did_you_mean(key, KEYS)
        hint = f"did you mean `{meant}`?" if meant else f"known are {listed(KEYS, 'and')}"
        return f"{quoted(key)}: there is no such setting; {hint}"
    if key in ("as_at", "since"):
        return (
            None if _is_day(value) else f"`{key}`: {quoted(value)} is no day of the calendar; write one as 2012-04-23"
        )
    if key == "rules":
        return None if _is_name(value) else f"`rules`: {quoted(value)} is no pack; write a pack's id, or a folder"
    if key == "gate":
        right = isinstance(value, dict) or _is_name(value)
        return None if right else "`gate`: write a file, or what is asked, such as {fail_under: 85}"
    names = value if isinstance(value, list) else [value]
    return None if names and all(map(_is_name, names)) else "`by`: write a field, or a list of fields, such as [team]"


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and DAYS[value] != UNKNOWN


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _pack(says: str, folder: Path) -> str:
    """A pack as the audit is to find it: a folder is seen from the settings' own, all else is an id."""
    seen_from_here = folder / says
    is_folder = seen_from_here.is_dir() or "/" in says or os.sep in says or says.startswith(".")
    return str(seen_from_here) if is_folder else says
