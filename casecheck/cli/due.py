"""`casecheck due`: what is overdue and what falls due, by team and worker, soonest first."""

import re
from typing import Any, Final

import click
import orjson

from casecheck.adequacy.falling_due import items, soonest_first
from casecheck.calendar import Duration, add, iso, parse_duration
from casecheck.cli.asking import (
    Asked,
    asked,
    asks_for_records,
    cores,
    jobs_option,
    output_option,
    refuse_none_audited,
)
from casecheck.cli.progress import Progress
from casecheck.cli.writing import write_lines
from casecheck.errors import UsageProblem
from casecheck.reports.due_report import due_calendar, due_csv, due_text
from casecheck.running import run
from casecheck.sentences import thing_due

SCHEMA: Final = "casecheck/due/1"

_SHORT: Final = re.compile(r"([0-9]{1,4})([dwm])")
_UNITS: Final = {"d": "days", "w": "weeks", "m": "months"}


@click.command()
@asks_for_records
@click.option(
    "--within",
    metavar="TIME",
    default="14d",
    show_default=True,
    help="How far to look ahead: 14d, 2w, 1m, or in words, such as '10 working days'.",
)
@click.option("--team", "teams", multiple=True, metavar="TEAM", help="Only what falls to this team. May be repeated.")
@click.option("--worker", "workers", multiple=True, metavar="ID", help="Only what falls to this worker. Likewise.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "ics", "json"]), default="text", show_default=True)
@output_option
@jobs_option
def due(
    paths: tuple[str, ...],
    rules: str | None,
    as_at: str | None,
    within: str,
    teams: tuple[str, ...],
    workers: tuple[str, ...],
    form: str,
    output: str | None,
    jobs: int | None,
) -> None:
    """List what is overdue on the audit date and what falls due after it, by team and worker, soonest first.

    What is overdue was due before the audit date and can still be done. What falls to several workers stands in the
    list of each. As csv it is a line an obligation and worker; as ics a calendar to import, with an event for each
    obligation.

    PATH, --rules and --as-at are those of `casecheck audit`.
    """
    ahead = _duration(within)
    what = asked(paths, rules, as_at)
    with Progress() as progress, what.writing(output) as out:
        document = _document(what, iso(add(what.options.as_at, ahead)), jobs, progress)
        document["items"] = _of(document["items"], teams, workers)
        if form == "json":
            out.write(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        elif form == "ics":
            out.write(due_calendar(document))
        else:
            write_lines((due_csv if form == "csv" else due_text)(document), out)


def _duration(text: str) -> Duration:
    short = _SHORT.fullmatch(text.strip())
    if short is not None:
        return Duration(int(short[1]), _UNITS[short[2]])
    try:
        return parse_duration(text)
    except ValueError as error:
        raise UsageProblem(f"--within {text}: {error}; or in short 14d, 2w or 1m") from None


def _document(what: Asked, by: str, jobs: int | None, progress: Progress) -> dict[str, Any]:
    things = {rule.id: (rule, thing_due(rule).noun) for rule in reversed(what.pack.rules)}
    as_at = iso(what.options.as_at)
    found: list[dict[str, Any]] = []

    def take(entry: bytes) -> None:
        case = orjson.loads(entry)
        for item in items(case, case["allocated"], as_at, by):
            rule, noun = things[item["rule"]]
            about = {"what": noun, "title": rule.title, "area": rule.area, "severity": rule.severity}
            found.append({**item, **about})

    options = what.options._replace(by=(), allocated=True)
    head = run(what.sources, what.pack, options, take, jobs or cores(), progress)
    refuse_none_audited(head)
    kept = ("casecheck", "pack", "as_at", "as_at_from", "since", "sources")
    counts = {name: head["summary"]["cases"][name] for name in ("read", "audited", "invalid")}
    return {
        "schema": SCHEMA,
        **{name: head[name] for name in kept},
        "by": by,
        "cases": counts,
        "items": soonest_first(found),
        "invalid_records": head["invalid_records"],
    }


def _of(found: list[dict[str, Any]], teams: tuple[str, ...], workers: tuple[str, ...]) -> list[dict[str, Any]]:
    """Those that fall to one of the teams and one of the workers, where any are named."""
    if not teams and not workers:
        return found
    told = []
    for item in found:
        theirs = [
            each
            for each in item["workers"]
            if (not teams or each["team"] in teams) and (not workers or each["worker"] in workers)
        ]
        if theirs:
            told.append({**item, "workers": theirs})
    return told
