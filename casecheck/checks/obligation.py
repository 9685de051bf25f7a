"""The obligation: something that had to be done from a day, was due by a day, and was done on a day, or not."""

from typing import Final, NamedTuple

MET: Final = "met"
LATE: Final = "late"
MISSED: Final = "missed"
NOT_DUE: Final = "not_due"
UNKNOWN_OUTCOME: Final = "unknown"


class Obligation(NamedTuple):
    """One thing that a rule asked for in one case.

    `pointer` is the JSON Pointer to the record that it arises from, `evidence` to what shows that it was done (None
    where nothing does). `starts`, `due` and `done` are day numbers, None where there is none or it is not known.
    `limit` is the limit that applied, in words. `days_late` counts calendar days, None unless late or missed.
    `counted` says whether it lies in the review period and so decides the finding.
    """

    rule: str
    pointer: str
    evidence: str | None
    starts: int | None
    due: int | None
    done: int | None
    limit: str
    outcome: str
    days_late: int | None
    counted: bool
