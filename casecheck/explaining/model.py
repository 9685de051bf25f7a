"""An explanation as data: what a rule was applied to in one case, what it found there, and what it rested on.

Days are ISO 8601 text, and nothing in it repeats what a record says but dates, numbers, flags and the codes that the
case schema lists. Pointers are JSON Pointers into the case record.
"""

from typing import Any, Final, NamedTuple

from casecheck.records.case import Note

SCHEMA: Final = "casecheck/explanation/1"

BEGINS: Final = "begins"
ENDS: Final = "ends"
LIMIT: Final = "limit"
BINDS: Final = "binds"
UNBOUND: Final = "does_not_bind"
EVENT: Final = "event"
PASSED_OVER: Final = "passed_over"
DUE: Final = "due"
SETTLED: Final = "settled"
LAPSED: Final = "lapsed"
LOST: Final = "lost"
REVIEW_PERIOD: Final = "review_period"
AUDIT: Final = "audit"


class Line(NamedTuple):
    """Something on a day of the timeline.

    `kind` is one of the words above. `outcome` is that of the obligation of which the line tells, None where it tells
    of none; `counted` whether that one is counted.
    """

    day: str
    kind: str
    says: str
    pointer: str | None = None
    outcome: str | None = None
    counted: bool | None = None


class Asked(NamedTuple):
    """A condition that was asked of a record: in words, whether it holds (None: not known), what the record has there
    (empty where that is not told), where, and the conditions that it is made of.
    """

    says: str
    holds: bool | None
    found: str
    pointer: str | None
    parts: "tuple[Asked, ...]"


class Missing(NamedTuple):
    """What is not held, or impossible: where, in words, and what would have to be in the record to tell."""

    pointer: str
    says: str
    wanted: str


class Duty(NamedTuple):
    """An obligation as a result document tells it, with its outcome in words."""

    pointer: str
    evidence: str | None
    starts: str | None
    due: str | None
    done: str | None
    limit: str
    outcome: str
    days_late: int | None
    counted: bool
    says: str


class Applied(NamedTuple):
    """A record to which the rule was applied.

    `called` names it with its dates. `notes` are sentences on whether the rule applies, on which days it binds, and why
    there is no obligation where there is none. `lines` stand in order of their days. `asked` are the conditions of a
    `recorded` rule.
    """

    pointer: str
    called: str
    notes: tuple[str, ...]
    lines: tuple[Line, ...]
    asked: tuple[Asked, ...]
    obligations: tuple[Duty, ...]
    missing: tuple[Missing, ...]


class Term(NamedTuple):
    """A term of the pack, with what it means."""

    name: str
    means: str


class Explained(NamedTuple):
    """A finding, explained. `message` is its sentence of evidence, empty where it has none; `standard` the rule in
    plain words, `terms` the pack's own terms in it with what they mean, `basis` where it comes from.
    """

    rule: str
    title: str
    area: str
    severity: str
    outcome: str
    message: str
    standard: tuple[str, ...]
    terms: tuple[Term, ...]
    basis: tuple[str, ...]
    notes: tuple[str, ...]
    applied: tuple[Applied, ...]


class Explanation(NamedTuple):
    """The findings of one case, explained, in the order of the pack. The head is that of a result document; `source`
    names the file in which the record stands.
    """

    schema: str
    casecheck: str
    pack: dict[str, Any]
    as_at: str
    as_at_from: str
    since: str
    source: str
    case_id: str
    adequate: bool | None
    notes: tuple[Note, ...]
    findings: tuple[Explained, ...]


def as_document(value: Any) -> Any:
    """The explanation as plain data, for JSON."""
    if hasattr(value, "_asdict"):
        return {name: as_document(each) for name, each in value._asdict().items()}
    return [as_document(each) for each in value] if isinstance(value, tuple | list) else value
