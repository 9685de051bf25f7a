"""`casecheck rules check`: everything that is wrong with a pack, at once."""

from pathlib import Path

import click

from casecheck.errors import PackProblem
from casecheck.reports.words import counted, plain
from casecheck.rules.examples import read_examples
from casecheck.rules.loading import load_pack
from casecheck.rules.model import Pack
from casecheck.rules.packs import PACK_FILE


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def check(paths: tuple[str, ...]) -> None:
    """Look for everything that is wrong with the pack at PATH: a folder, one of its files, or a shipped pack's id.

    Every error is told at once, with its file and line and what to write instead. Ends with 0 if all is well, 2 if not.
    A pack of which several files are named is looked at once.
    """
    wrong: list[str] = []
    for folder in dict.fromkeys(map(_folder, paths)):
        try:
            click.echo(_all_well(load_pack(folder)))
        except PackProblem as problem:
            wrong += problem.messages
    if wrong:
        raise PackProblem(*wrong)


def _all_well(pack: Pack) -> str:
    read_examples(pack)
    rules = counted(len({rule.id for rule in pack.rules}), "rule")
    return f"{plain(pack.id)} {plain(pack.version)}: {rules}, all well."


def _folder(path: str) -> str:
    """The folder of the pack that a file belongs to; what is no such file, as it is."""
    file = Path(path)
    for folder in (file.parent, file.parent.parent):
        if file.suffix == ".yaml" and file.is_file() and (folder / PACK_FILE).is_file():
            return str(folder)
    return path
