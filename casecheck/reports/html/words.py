"""Words and days of the HTML report that no other format has."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casecheck.reports.words import counted


def short_day(iso_day: str | None) -> str:
    """`2012-04-03` as `3 Apr 2012`; a dash where there is no day."""
    if iso_day is None:
        return "-"
    day = date.fromisoformat(iso_day)
    return f"{day.day} {day:%b} {day.year}"


def outcome_of(obligation: Mapping[str, Any]) -> str:
    """What became of an obligation: `in time`, `42 days late`, `229 days overdue`, `not met`."""
    outcome, days = obligation["outcome"], obligation["days_late"]
    if outcome == "late":
        return f"{counted(days, 'day')} late"
    if outcome == "missed":
        return f"{counted(days, 'day')} overdue" if days else "not met"
    return {"met": "in time", "not_due": "not due yet", "unknown": "not known"}[outcome]


def web_address(url: str | None) -> str | None:
    """The address, if it is one of the web: nothing else is made a link."""
    return url if url is not None and url.lower().startswith(("https://", "http://")) else None
