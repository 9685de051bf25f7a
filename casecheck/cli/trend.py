"""`casecheck trend`: month by month, what share of what fell due was done in time."""

from typing import Any, Final

import click
import orjson

from casecheck.adequacy.trend import trend as trend_of
from casecheck.calendar import add_months
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
from casecheck.reports.trend_report import trend_csv, trend_text
from casecheck.rules.model import Pack
from casecheck.running import run

SCHEMA: Final = "casecheck/trend/1"
MONTHS: Final = 24


@click.command()
@asks_for_records
@click.option(
    "--since",
    metavar="DATE",
    help=f"The first day looked at.  [default: the first of the month, {MONTHS} months before]",
)
@click.option("--by-month", "by", flag_value="month", default="month", help="A share a month.  [default]")
@click.option("--by-quarter", "by", flag_value="quarter", help="A share a quarter of the calendar year.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@output_option
@jobs_option
def trend(
    paths: tuple[str, ...],
    rules: str | None,
    as_at: str | None,
    since: str | None,
    by: str,
    form: str,
    output: str | None,
    jobs: int | None,
) -> None:
    """Show, month by month, what share of what fell due was done in time.

    For every standard, every area and in all: of the obligations that fell due in a month, those met, against those
    met, late and missed. It says where the last three months differ from the span before by more than chance. What is
    due on the audit date is left out, since that day is not over.

    PATH, --rules and --as-at are those of `casecheck audit`; --since may lie as far back as the records go.
    """
    what = asked(paths, rules, as_at, since, looks_back=_months_before)
    with Progress() as progress, what.writing(output) as out:
        document = _document(what, by == "quarter", jobs, progress)
        if form == "json":
            out.write(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        else:
            write_lines((trend_csv if form == "csv" else trend_text)(document), out)


def _months_before(pack: Pack, as_at: int) -> int:
    """The first of the month, so many months before the audit date."""
    from datetime import date

    return add_months(date.fromordinal(as_at).replace(day=1).toordinal(), -MONTHS)


def _document(what: Asked, quarters: bool, jobs: int | None, progress: Progress) -> dict[str, Any]:
    options = what.options._replace(by=(), by_month=True)
    head = run(what.sources, what.pack, options, lambda case: None, jobs or cores(), progress)
    refuse_none_audited(head)
    summary = head["summary"]
    kept = ("casecheck", "pack", "as_at", "as_at_from", "since", "sources")
    counts = {name: summary["cases"][name] for name in ("read", "audited", "invalid")}
    return {
        "schema": SCHEMA,
        **{name: head[name] for name in kept},
        "cases": counts,
        **trend_of(summary, head["due"], head["since"], head["as_at"], quarters),
        "invalid_records": head["invalid_records"],
    }
