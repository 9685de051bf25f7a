"""`casecheck report`: the report of a result that was made before."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from casecheck.cli.asking import output_option
from casecheck.cli.gating import GateOptions, asks_for_a_gate, fitting, gate_files, hold
from casecheck.cli.places import places
from casecheck.cli.publishing import publish_option, published_report
from casecheck.cli.writing import refuse_a_terminal, writing
from casecheck.errors import UsageProblem
from casecheck.reports.formats import FORMATS, writer
from casecheck.reports.reading import read_result, read_trend


@click.command()
@click.argument("result", type=click.Path(path_type=Path), metavar="RESULT.json")
@click.option("--format", "form", type=click.Choice([*FORMATS, "json"]), default="text", show_default=True)
@output_option
@click.option("--cases/--no-cases", default=True, help="Whether it tells of single cases.  [default: cases]")
@click.option(
    "--records",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where the files of records lie, for annotations (github) to point to.",
)
@click.option(
    "--trend",
    metavar="TREND.json",
    type=click.Path(path_type=Path),
    help="A trend to tell of as well, from `casecheck trend --format json`; html and pdf draw it.",
)
@publish_option
@asks_for_a_gate
def report(
    result: Path,
    form: str,
    output: str | None,
    cases: bool,
    records: Path | None,
    trend: Path | None,
    publish: bool,
    gate: GateOptions,
) -> None:
    """Print the report of an audit from its result, without auditing again.

    RESULT.json is a result as `casecheck audit --format json` (or jsonl) writes it. The report is the one that
    `casecheck audit` prints in that format. Where the result does not show what a gate asks, the command ends
    with exit code 1 after the report.
    """
    refuse_a_terminal(form, output)
    if form == "json" and not publish:
        raise UsageProblem("--format json: is what is read already; as JSON there is the publication, with --publish")
    found = read_result(result)
    written = gate.asked()
    write = published_report(form, written is not None) if publish else writer(form, cases)
    summary = found.head["summary"]
    gated = fitting(
        written,
        found.head,
        rules=[rule["rule"] for rule in summary["rules"]],
        areas=[area["area"] for area in summary["areas"]],
        fields=[group["by"] for group in summary["groups"]],
    )
    more = places(_paths(found.head, records)) | ({} if trend is None else {"trend": _trend(trend, found.head)})
    with writing(output, reading=[result, *gate_files(written), *([trend] if trend else [])]) as out:
        write({**found.head, **more}, found.cases if cases else None, out)
    hold(gated, found.head, found.cases)


def _trend(path: Path, head: Mapping[str, Any]) -> Mapping[str, Any]:
    """The trend in the file. Raises UsageProblem where it is of another pack, or as at another day."""
    found = read_trend(path)
    if found["pack"]["digest"] != head["pack"]["digest"]:
        raise UsageProblem(
            f"--trend {path}: is of another pack of standards than the result, or of another state of it"
        )
    if found["as_at"] != head["as_at"]:
        raise UsageProblem(f"--trend {path}: is as at {found['as_at']}, the result as at {head['as_at']}")
    return found


def _paths(head: Mapping[str, Any], folder: Path | None) -> dict[str, str]:
    """Where the file of each source lies, where the folder of them is told."""
    names = [] if folder is None else [each["name"] for each in head["sources"]]
    return {name: Path(folder or "", name).as_posix() for name in names}
