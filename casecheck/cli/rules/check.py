"""`casecheck rules check`: everything that is wrong with a pack, at once."""

from pathlib import Path

import click

from casecheck.reports.words import counted, plain
from casecheck.rules.examples import read_examples
from casecheck.rules.loading import load_pack
from casecheck.rules.packs import PACK_FILE


@click.command()
@click.argument("path")
def check(path: str) -> None:
    """Look for everything that is wrong with the pack at PATH: a folder, one of its files, or a shipped pack's id.

    Every error is told at once, with its file and line and what to write instead. Ends with 0 if all is well, 2 if not.
    """
    pack = load_pack(_folder(path))
    read_examples(pack)
    click.echo(
        f"{plain(pack.id)} {plain(pack.version)}: {counted(len({rule.id for rule in pack.rules}), 'rule')}, all well."
    )


def _folder(path: str) -> str:
    """The folder of the pack that a file belongs to; what is no such file, as it is."""
    file = Path(path)
    for folder in (file.parent, file.parent.parent):
        if file.suffix == ".yaml" and file.is_file() and (folder / PACK_FILE).is_file():
            return str(folder)
    return path
