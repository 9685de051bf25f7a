"""Who works with a child on the audit date: the allocated workers, by worker's number, role and team."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypedDict

from casecheck.calendar import UNKNOWN
from casecheck.records.case import NOT_HELD, Case, Record

SECTION: Final = ("social_care_episodes", "care_worker_details")
PATHS: Final = frozenset({SECTION[:1], SECTION})
"""The sections that must be read to tell who is allocated."""

_SOCIAL_WORKER: Final = ("social_worker", None)
_HOLD_THE_CASE: Final = (*_SOCIAL_WORKER, "personal_adviser")
"""Roles of those to whom what falls due in a case falls; a worker whose role is not recorded may have one of them."""


class Allocation(TypedDict):
    """A worker who is allocated on the audit date, and a JSON Pointer to the episode in which; None: not recorded."""

    episode: str
    worker: str | None
    role: str | None
    team: str | None


def allocations(case: Case) -> list[Allocation]:
    """The workers allocated on the audit date, in the order of the record.

    Of an episode those who hold the case (social workers, personal advisers); where it has none of them, whoever is
    allocated.
    """
    found: list[Allocation] = []
    for episode in case.root.children.get("social_care_episodes") or ():
        standing = [each for each in episode.children.get("care_worker_details") or () if _stands(each, case.as_at)]
        holding = [each for each in standing if _said(each, "role") in _HOLD_THE_CASE]
        found += (_told(episode, each) for each in _in_order(holding or standing))
    return found


def whose_case(workers: Sequence[Record], as_at: int) -> Sequence[Record]:
    """Of a child's workers those of whom one holds the case: those allocated on the day, or where none is, all; of them
    the social workers, else the personal advisers, else whoever is left.
    """
    there = [each for each in workers if _stands(each, as_at)] or workers
    for roles in (_SOCIAL_WORKER, _HOLD_THE_CASE):
        found = [each for each in there if _said(each, "role") in roles]
        if found:
            return found
    return there


def _stands(worker: Record, as_at: int) -> bool:
    return UNKNOWN < worker.start <= as_at and (worker.end == UNKNOWN or worker.end >= as_at)


def _in_order(workers: Iterable[Record]) -> list[Record]:
    return sorted(workers, key=lambda each: (each.start, each.pointer))


def _told(episode: Record, worker: Record) -> Allocation:
    names = {name: _said(worker, name) for name in ("worker_id", "role", "team")}
    return Allocation(episode=episode.pointer, worker=names["worker_id"], role=names["role"], team=names["team"])


def _said(worker: Record, name: str) -> Any:
    value = worker.row.get(name)
    return None if value is NOT_HELD or value == "" else value
