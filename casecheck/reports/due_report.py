"""What falls due, as a page of text, as CSV and as a calendar."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from casecheck.reports.csv_rows import csv_line
from casecheck.reports.text import audited_head
from casecheck.reports.text_tables import LONGEST_TITLE, table
from casecheck.reports.words import counted, day_in_words, heading, number, plain, wrapped

NOBODY: Final = "No allocated worker"
NO_TEAM: Final = "No team recorded"

_COLUMNS: Final = (
    *("item", "team", "worker", "role", "case_id", "due", "days_overdue"),
    *("what", "rule", "title", "area", "severity", "limit", "starts", "pointer"),
)

Item = Mapping[str, Any]

_NONE: Final[Mapping[str, Any]] = {"worker": None, "role": None, "team": None}
"""In whose place nobody is allocated."""


def due_text(document: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the report; `document` is `casecheck/due/1`."""
    yield from audited_head("What falls due", document, document["cases"])
    yield ""
    yield from wrapped(_in_sum(document))
    if any(len(each["workers"]) > 1 for each in document["items"]):
        yield from wrapped("What falls to several workers stands in the list of each.")
    for team, workers in _by_team(document["items"]).items():
        yield from heading(team)
        for worker, items in workers.items():
            yield ""
            yield from wrapped(f"{worker}: {_overdue_and_due(items)}")
            yield ""
            yield from table(("What", "Case", "Due", ""), [("", [_row(each) for each in items])])


def _in_sum(document: Mapping[str, Any]) -> str:
    items, as_at, by = document["items"], day_in_words(document["as_at"]), day_in_words(document["by"])
    if not items:
        return f"Nothing is overdue on {as_at}, and nothing falls due by {by}."
    cases = counted(len({each["case_id"] for each in items}), "case")
    return f"{_overdue_and_due(items)} by {by}, in {cases}."


def _overdue_and_due(items: Sequence[Item]) -> str:
    overdue = sum(each["days_overdue"] > 0 for each in items)
    return f"{number(overdue)} overdue, {number(len(items) - overdue)} falling due"


def _by_team(items: Iterable[Item]) -> dict[str, dict[str, list[Item]]]:
    """The items of every worker, by team: teams and workers in the order of their names, those without one last."""
    found: dict[str, dict[str, list[Item]]] = {}
    for item in items:
        for worker in item["workers"] or (_NONE,):
            team = plain(worker["team"]) if worker["team"] else NO_TEAM
            found.setdefault(team, {}).setdefault(_called(worker), []).append(item)
    return {
        team: dict(sorted(found[team].items(), key=lambda each: (not each[0].startswith("Worker "), each[0])))
        for team in sorted(found, key=lambda name: (name == NO_TEAM, name))
    }


def _called(worker: Mapping[str, Any]) -> str:
    if worker is _NONE:
        return NOBODY
    return f"Worker {plain(worker['worker'])}" if worker["worker"] else "A worker without a number"


def _row(item: Item) -> list[str]:
    what = f"{_capital(item['what'])} ({item['limit']}; {item['severity']})"
    return [plain(what, LONGEST_TITLE), plain(item["case_id"]), _short(item["due"]), _when(item)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(iso_day: str) -> str:
    day = date.fromisoformat(iso_day)
    return f"{day.day} {day:%b} {day.year}"


def _when(item: Item) -> str:
    if item["days_overdue"]:
        return f"{counted(item['days_overdue'], 'day')} overdue"
    return "today" if item["days_left"] == 0 else f"in {counted(item['days_left'], 'day')}"


# --- CSV -------------------------------------------------------------------------------------------------------------


def due_csv(document: Mapping[str, Any]) -> Iterator[str]:
    """Lines of CSV, after one of names: one an obligation, and where several workers share it, one for each of them."""
    yield csv_line(_COLUMNS)
    for item in document["items"]:
        for worker in item["workers"] or (_NONE,):
            values = {**item, **worker}
            yield csv_line(values[name] for name in _COLUMNS)


# --- calendar --------------------------------------------------------------------------------------------------------


def due_calendar(document: Mapping[str, Any]) -> bytes:
    """An iCalendar file (RFC 5545) with an event of a day for each obligation, on its due day; what is overdue stands
    on the audit date. An event keeps its identity from audit to audit, so that a calendar replaces it and does not add
    it again.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//casecheck//casecheck {document['casecheck']}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "What falls due")
    for item in document["items"]:
        calendar.add_component(_event(item, document["as_at"]))
    return bytes(calendar.to_ical())


def _event(item: Item, as_at: str) -> Any:
    from icalendar import Event

    day = date.fromisoformat(max(item["due"], as_at))
    written = datetime.combine(date.fromisoformat(as_at), datetime.min.time(), UTC)
    overdue = f"Overdue since {_short(item['due'])}: " if item["days_overdue"] else ""
    event = Event()
    event.add("uid", f"{item['item']}@casecheck")
    event.add("dtstamp", written)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{overdue}{item['what']}, case {plain(item['case_id'])}")
    event.add("description", f"{item['title']} ({item['limit']}). Due {day_in_words(item['due'])}.")
    teams = sorted({worker["team"] for worker in item["workers"] if worker["team"]})
    event.add("categories", [*map(plain, teams), item["severity"]])
    return event
