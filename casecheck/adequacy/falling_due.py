"""What is overdue, and what falls due by a day: from the obligations of an audit, whose they are, soonest first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

Document = Mapping[str, Any]


def items(case: Document, allocated: Sequence[Document], as_at: str, by: str) -> Iterator[dict[str, Any]]:
    """The obligations of one case that are overdue on `as_at`, or fall due from then to `by` (ISO days, both in it).

    `case` is the case's entry in a result, `allocated` who works with the child. Overdue is what was missed and can
    still be done: its period goes on. What is not counted, because it lies outside the review period, is left out, and
    so is what was wrong on its day and cannot be made good.
    """
    for finding in case["findings"]:
        for each in finding["obligations"]:
            if each["counted"] and (_is_overdue(each, as_at) or _falls_due(each, by)):
                yield {
                    "item": _identity(case["case_id"], finding["rule"], each),
                    "case_id": case["case_id"],
                    "rule": finding["rule"],
                    "due": each["due"],
                    "days_overdue": max(0, _days(each["due"], as_at)),
                    "days_left": max(0, -_days(each["due"], as_at)),
                    "starts": each["starts"],
                    "limit": each["limit"],
                    "pointer": each["pointer"],
                    "workers": _workers(each["pointer"], allocated),
                }


def soonest_first(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items in the order in which they are to be done: by due day, then case and rule."""
    return sorted(found, key=lambda each: (each["due"], each["case_id"], each["rule"], each["pointer"]))


def _is_overdue(each: Document, as_at: str) -> bool:
    """Whether it was missed and its period goes on: then it is late by all the days to the audit date."""
    late: int | None = each["days_late"]
    return each["outcome"] == "missed" and bool(late) and late == _days(each["due"], as_at)


def _falls_due(each: Document, by: str) -> bool:
    return bool(each["outcome"] == "not_due" and each["due"] <= by)


def _days(due: str, as_at: str) -> int:
    return (date.fromisoformat(as_at) - date.fromisoformat(due)).days


def _workers(pointer: str, allocated: Sequence[Document]) -> list[dict[str, Any]]:
    """Those allocated in the episode that the obligation arises from; where nobody is, in any of the child's."""
    there = [each for each in allocated if f"{pointer}/".startswith(f"{each['episode']}/")]
    told = [{name: each[name] for name in ("worker", "role", "team")} for each in there or allocated]
    return [each for place, each in enumerate(told) if each not in told[:place]]


def _identity(case_id: str, rule: str, each: Document) -> str:
    """A name of the obligation, the same in every audit in which its record keeps its place and its wait goes on."""
    what = "\n".join((case_id, rule, each["pointer"], str(each["starts"]), str(each["due"])))
    return sha256(what.encode()).hexdigest()[:24]
