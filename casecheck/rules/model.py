"""A rule and a pack, as loaded: plain data that has passed the rule schema and the checks for sense."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

KINDS: Final = ("deadline", "recurring", "held", "recorded", "limit")
SEVERITIES: Final = ("critical", "major", "minor")

Condition = Mapping[str, Any]
"""A condition as written in YAML: a mapping whose entries must all hold."""


class Rule(NamedTuple):
    """One standard. `applies_to` is the section name under `each` or `latest`; `check` is what stands under `kind`.

    `where` and `while_` are conditions as written ({} when left out); `lapses_with` is the name of a section, or
    `first` with one and a `where`. `in_force` holds day numbers, `from` inclusive, `to` exclusive, None where
    unbounded. `file` (relative to the pack's folder) and `line` say where it was written.
    """

    id: str
    title: str
    area: str
    severity: str
    basis: tuple[Mapping[str, Any], ...]
    applies_to: str
    latest: bool
    where: Condition
    while_: Condition
    lapses_with: str | Mapping[str, Any] | None
    in_force: tuple[int | None, int | None]
    kind: str
    check: Any
    file: str
    line: int

    @property
    def lapsing(self) -> str | None:
        """The name of the section with which the duty lapses, or `none`, if the rule says one."""
        name: str | None = lapsing_section(self.lapses_with)
        return name


def lapsing_section(says: Any) -> Any:
    """The section that `lapses_with` names, whichever way it is written."""
    return says.get("first") if isinstance(says, Mapping) else says


class Policy(NamedTuple):
    """What makes a case adequate: the most findings of each severity that may fail, and that may be unknown.

    A severity left out has no bound.
    """

    fail: Mapping[str, int]
    unknown: Mapping[str, int]


class Area(NamedTuple):
    """An area of judgement, such as `looked-after/staying-safe`: its title, and what makes a case adequate in it."""

    id: str
    title: str
    adequate: Policy


class Pack(NamedTuple):
    """A rule pack. `review_period_months` is how far an audit looks back; `terms` are the named conditions.

    `grades` maps a grade to the least ratio of adequate cases (0 to 1) that indicates it; `digest` is the SHA-256 of
    everything that the pack was read from, as hexadecimal text. `rules` stand in the order in which they were written.
    """

    id: str
    title: str
    version: str
    source: Mapping[str, Any]
    review_period_months: int
    areas: tuple[Area, ...]
    terms: Mapping[str, Condition]
    adequate: Policy
    grades: Mapping[str, float]
    rules: tuple[Rule, ...]
    digest: str
    folder: str
