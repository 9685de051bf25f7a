"""Whether a source holds what a standard reads: the standard can be decided on it, in part, or not at all."""

from collections.abc import Mapping
from typing import Final, NamedTuple, Protocol

from casecheck.records.coverage import section_name
from casecheck.rules.model import Pack, Rule
from casecheck.rules.reading import Path, Read, fields_read, reads_needed

YES: Final = "yes"
IN_PART: Final = "in part"
NO: Final = "no"


class Holds(Protocol):
    """What a source holds."""

    def holds(self, path: Path) -> bool: ...

    def holds_field(self, path: Path, field: str) -> bool: ...

    def limits(self, path: Path) -> tuple[str, ...]: ...


class Decided(NamedTuple):
    """Whether a rule can be decided; what of what it reads is lacking, as names of sections and fields; and with what
    limits the rest is held, in words.
    """

    answer: str
    lacking: tuple[str, ...]
    limits: tuple[str, ...]


def decided(rule: Rule, pack: Pack, source: Holds) -> Decided:
    """Whether the rule can be decided by what the source holds.

    It cannot where the records that it is applied to, or all that would discharge it, are not held. It can in part
    where something else is lacking that it reads, or where what it reads is held with limits.
    """
    needed = reads_needed(rule, pack.terms)
    none = [group for group in needed if not any(_is_held(read, source) for read in group)]
    if none:
        return Decided(NO, tuple(dict.fromkeys(_name(read, source) for group in none for read in group)), ())
    reads = fields_read(rule, pack.terms)
    lacking = _lacking(reads, source)
    held = [path for path in reads if path and source.holds(path)]
    limits = [f"{section_name(path)} {limit}" for path in held for limit in source.limits(path)]
    return Decided(IN_PART if lacking or limits else YES, tuple(lacking), tuple(limits))


def _is_held(read: Read, source: Holds) -> bool:
    path, field = read
    if not source.holds(path):
        return False
    return field is None or source.holds_field(path, field)


def _name(read: Read, source: Holds) -> str:
    """What is lacking: the section, or the field where it is the field."""
    path, field = read
    if path and not source.holds(path):
        return section_name(path)
    return ".".join(filter(None, (section_name(path) if path else "child", field)))


def _lacking(reads: Mapping[Path, tuple[str, ...]], source: Holds) -> list[str]:
    found: dict[str, None] = {}
    for path, fields in reads.items():
        for field in fields:
            if not source.holds_field(path, field):
                whole = bool(path) and not source.holds(path)
                found[section_name(path) if whole else _name((path, field), source)] = None
    return list(found)
