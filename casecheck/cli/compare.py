"""`casecheck compare`: two results, held against each other."""

from pathlib import Path

import click
import orjson

from casecheck.adequacy.comparing import Compared, compare, unlike
from casecheck.cli.writing import write_lines, writing
from casecheck.errors import UsageProblem
from casecheck.reports.comparison_text import comparison_text
from casecheck.reports.reading import read_result


@click.command("compare")
@click.argument("before", type=click.Path(path_type=Path), metavar="BEFORE.json")
@click.argument("after", type=click.Path(path_type=Path), metavar="AFTER.json")
@click.option("--anyway", is_flag=True, help="Compare what is not alike: other packs, other review periods.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--output", "-o", metavar="FILE", help="Write to a file, whole or not at all.  [default: standard output]"
)
def compare_results(before: Path, after: Path, anyway: bool, form: str, output: str | None) -> None:
    """Hold the result of one audit against that of a later one.

    Says which cases changed, which standards rose and fell, and which of these differences are more than chance would
    bring. BEFORE.json and AFTER.json are results as `casecheck audit --format json` (or jsonl) writes them.

    Results against other packs or other versions of a pack, and with review periods of other lengths, are compared only
    with --anyway.
    """
    results = [Compared(*read_result(path)) for path in (before, after)]
    clauses = unlike(results[0].head, results[1].head)
    if clauses and not anyway:
        raise UsageProblem(
            *(f"{before} and {after}: {clause}; compare them all the same with --anyway" for clause in clauses)
        )
    document = compare(*results)
    with writing(output, reading=(before, after)) as out:
        if form == "json":
            out.write(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        else:
            write_lines(comparison_text(document), out)
