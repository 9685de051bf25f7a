"""`casecheck report`: the report of a result that was made before."""

from pathlib import Path

import click

from casecheck.cli.asking import output_option
from casecheck.cli.writing import writing
from casecheck.reports.formats import FORMATS, writer
from casecheck.reports.reading import read_result


@click.command()
@click.argument("result", type=click.Path(path_type=Path), metavar="RESULT.json")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@output_option
@click.option("--cases/--no-cases", default=True, help="Whether it tells of single cases.  [default: cases]")
def report(result: Path, form: str, output: str | None, cases: bool) -> None:
    """Print the report of an audit from its result, without auditing again.

    RESULT.json is a result as `casecheck audit --format json` (or jsonl) writes it. The report is the one that
    `casecheck audit` prints in that format.
    """
    found = read_result(result)
    with writing(output, reading=(result,)) as out:
        writer(form)(found.head, found.cases if cases else None, out)
