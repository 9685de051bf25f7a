"""`casecheck key`: makes the key of pseudonyms."""

from pathlib import Path

import click

from casecheck.anonymising.keys import VARIABLE, new_key, write_key
from casecheck.cli.writing import write_lines
from casecheck.files import standard_output


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to a new file that you alone can read.  [default: standard output]",
)
def key(output: Path | None) -> None:
    """Make a key for `casecheck anonymise`: 256 bits, drawn by chance.

    Whoever has the key and a child's number can tell the child's pseudonym: keep it apart from the copies, as you keep
    the records. With the same key a child has the same pseudonym in every copy. A key that is lost cannot be made
    again.
    """
    if output is None:
        write_lines([new_key()], standard_output())
    else:
        write_key(output)
        click.echo(f"{output} holds a new key; name it with --key-file, or set {VARIABLE} to what it holds", err=True)
