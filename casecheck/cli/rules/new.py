"""`casecheck rules new`: a pack to start from."""

import os
from pathlib import Path

import click

from casecheck.cli.rules.choosing import DEFAULT_PACK
from casecheck.errors import UsageProblem
from casecheck.files import written_whole
from casecheck.reports.words import plain
from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs
from casecheck.rules.starting import own_rule, starting_files


@click.command()
@click.argument("folder")
@click.option("--extends", metavar="PACK", default=DEFAULT_PACK, show_default=True, help="The pack to lay it over.")
def new(folder: str, extends: str) -> None:
    """Begin a council's own standards in FOLDER: a pack that is laid over another.

    It holds a rule of its own, which reads a field of the council's own, with its examples; how to change and to leave
    out rules of the other pack stands in it as comments.
    """
    target = Path(folder)
    base = load_pack(extends)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageProblem(f"{plain(folder)}: is there already, and not empty; name a folder that is to be made")
    if base.id == target.resolve().name and extends in shipped_packs():
        raise UsageProblem(f"{plain(folder)}: {base.id} is the name of the pack that it extends; choose another")
    if not base.rules:
        raise UsageProblem(f"--extends {plain(extends)}: has no rules; name a pack that has")
    named = extends if extends in shipped_packs() else _seen_from(target, extends)
    files = starting_files(base, named, target.resolve().name)
    for name, text in files.items():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(file) as stream:
            stream.write(text.encode())
    made = load_pack(target)
    click.echo(f"Made {plain(folder)}: {len(files)} files of a pack that extends {base.id}.")
    click.echo(f"Its own rule is {own_rule(base)}, one of {len({rule.id for rule in made.rules})}.")
    click.echo(f"Now look into {plain(str(target / 'pack.yaml'), 200)}.")


def _seen_from(target: Path, pack: str) -> str:
    """The folder of a pack as a pack in `target` names it."""
    try:
        return Path(os.path.relpath(Path(pack).resolve(), target.resolve())).as_posix()
    except ValueError:  # on Windows, on another drive
        return str(Path(pack).resolve())
