"""What other programs and notebooks call, and the command line too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

import orjson

from casecheck.calendar import DAYS, UNKNOWN
from casecheck.errors import UsageProblem
from casecheck.records.sources import SourceRecord, Unreadable, read_cases
from casecheck.rules.loading import load_pack
from casecheck.rules.model import Pack
from casecheck.running import Options, default_since, run


class _Given:
    """Records handed over by a program, as a source."""

    name = "records given"
    format = "records"
    reference_date: str | None = None
    notes: tuple[str, ...] = ()

    def __init__(self, cases: Iterable[Mapping[str, Any]]) -> None:
        self._cases, self._sha = cases, sha256()

    @property
    def digest(self) -> str:
        return self._sha.hexdigest()

    def records(self) -> Iterator[SourceRecord | Unreadable]:
        for number, case in enumerate(self._cases, 1):
            data = orjson.dumps(case)
            self._sha.update(data + b"\n")
            yield SourceRecord(number, data)


def audit(
    cases: Iterable[Mapping[str, Any]],
    pack: Pack,
    *,
    as_at: date | str,
    since: date | str | None = None,
    by: Sequence[str] = (),
) -> dict[str, Any]:
    """Hold case records against a pack; returns the result document (`casecheck/result/1`).

    `cases` are case records as parsed JSON. `as_at` is the audit date, `since` the first day of the review period (by
    default the pack's review period before `as_at`), each a date or ISO text; `by` names fields to break down by. A
    record that is not valid is listed under `invalid_records` and the others are audited. Raises UsageProblem for a
    day that is none, a `since` after `as_at`, and a field that is not known.
    """
    on = day_given(as_at, "as_at")
    start = default_since(pack, on) if since is None else day_given(since, "since")
    if start > on:
        raise UsageProblem(f"since ({since}) is after as_at ({as_at}); the review period must begin by the audit date")
    entries: list[bytes] = []
    head = run([_Given(cases)], pack, Options(on, "call", start, tuple(by)), entries.append)
    invalid = head.pop("invalid_records")
    return {**head, "cases": [orjson.loads(entry) for entry in entries], "invalid_records": invalid}


def day_given(text: date | str, name: str) -> int:
    """The day number of a date or ISO text; raises UsageProblem, which names the option, for anything else."""
    day = DAYS[text.isoformat() if isinstance(text, date) else str(text)]
    if day == UNKNOWN:
        raise UsageProblem(f"{name}: {text} is no day of the calendar; write one as 2012-04-23")
    return day


__all__ = ["audit", "load_pack", "read_cases"]
