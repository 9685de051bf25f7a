"""`casecheck map new`: begins a mapping for a council's own table."""

from pathlib import Path

import click

from casecheck.cli.writing import write_lines, writing
from casecheck.errors import InputProblem, UsageProblem
from casecheck.records.tables.drafting import draft
from casecheck.records.tables.recognising import stem
from casecheck.records.tables.sampling_columns import sampled


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--output", "-o", metavar="MAPPING.yaml", help="Write to a new file.  [default: standard output]")
def new(file: str, output: str | None) -> None:
    """Begin a mapping for a table of your own: a CSV file, or the sheets of a workbook.

    Guesses which column names a child, which section of the case record the rows are, and what each column becomes, by
    headings and by what columns seem to hold (days, yes or no, numbers). What it writes is a draft with a comment on
    each guess; go through it before you use it. No cell of the table stands in it but the headings.

    Exit codes: 0 the draft is written; 2 the call is wrong; 3 the file holds no table with headings.
    """
    path = Path(file)
    if not path.is_file():
        raise UsageProblem(f"{file}: there is no such file")
    if output not in (None, "-") and Path(str(output)).exists():
        raise UsageProblem(f"--output {output}: there is such a file already; name a new one")
    tables, problem = sampled(path)
    if problem is not None:
        raise InputProblem(f"{file}: {problem}")
    with writing(output, [path]) as out:
        write_lines(draft(stem(path.name), tables), out)
