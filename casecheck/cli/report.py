"""`casecheck report`: the report of a result that was made before."""

from pathlib import Path

import click

from casecheck.cli.asking import output_option
from casecheck.cli.gating import GateOptions, asks_for_a_gate, fitting, gate_files, hold
from casecheck.cli.writing import writing
from casecheck.reports.formats import FORMATS, writer
from casecheck.reports.reading import read_result


@click.command()
@click.argument("result", type=click.Path(path_type=Path), metavar="RESULT.json")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@output_option
@click.option("--cases/--no-cases", default=True, help="Whether it tells of single cases.  [default: cases]")
@asks_for_a_gate
def report(result: Path, form: str, output: str | None, cases: bool, gate: GateOptions) -> None:
    """Print the report of an audit from its result, without auditing again.

    RESULT.json is a result as `casecheck audit --format json` (or jsonl) writes it. The report is the one that
    `casecheck audit` prints in that format. Where the result does not show what a gate asks, the command ends
    with exit code 1 after the report.
    """
    found = read_result(result)
    written = gate.asked()
    summary = found.head["summary"]
    gated = fitting(
        written,
        found.head,
        rules=[rule["rule"] for rule in summary["rules"]],
        areas=[area["area"] for area in summary["areas"]],
        fields=[group["by"] for group in summary["groups"]],
    )
    with writing(output, reading=(result, *gate_files(written))) as out:
        writer(form)(found.head, found.cases if cases else None, out)
    hold(gated, found.head, found.cases)
