"""`casecheck check-anonymous`: looks through files for what tells who someone is."""

from collections.abc import Iterator, Sequence

import click

from casecheck.anonymising.checking import Hit, Told, Unlooked, files_under, look_through
from casecheck.cli.writing import write_lines
from casecheck.errors import InputProblem
from casecheck.files import standard_output
from casecheck.reports.words import counted, plain

FOUND = 1
_LONGEST = 1000


@click.command("check-anonymous")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--invented",
    is_flag=True,
    help="The children are made up: let pass their exact dates of birth, and a few words of text.",
)
@click.pass_context
def check_anonymous(context: click.Context, paths: tuple[str, ...], invented: bool) -> None:
    """Look through files, and all files of folders, for what tells who someone is.

    Names, addresses, postcodes, pupil and NHS numbers (by their check digits), National Insurance numbers, e-mail
    addresses, telephone numbers, exact dates of birth and free text are told with their place, never with what stands
    there. Records of every form that `casecheck audit` reads as JSON or XML are looked through field by field, and so
    are tables and the examples of rules; other text line by line, for numbers and addresses.

    It finds what it can: docs/privacy.md tells what it misses. A file that it passes is not thereby anonymous.

    Exit codes: 0 nothing was found; 1 something was; 2 the call is wrong; 3 nothing was found, but something could not
    be looked through.
    """
    files = files_under(paths)
    told: list[Told] = []
    lines = _lines(files_told=((name, list(look_through(name, file, invented))) for name, file in files), told=told)
    write_lines(lines, standard_output())
    found = [each for each in told if isinstance(each, Hit)]
    unlooked = [each for each in told if isinstance(each, Unlooked)]
    if found:
        context.exit(FOUND)
    if unlooked:
        raise InputProblem(*(f"{each.file}{each.place}: {each.why}" for each in unlooked[:20]))


def _lines(files_told: Iterator[tuple[str, Sequence[Told]]], told: list[Told]) -> Iterator[str]:
    """A line for all that is told, as it is found, and what it comes to; `told` takes it all up."""
    files = with_hits = 0
    for _, found in files_told:
        files += 1
        told.extend(found)
        with_hits += any(isinstance(each, Hit) for each in found)
        for each in found:
            what = each.kind if isinstance(each, Hit) else f"could not be looked through: {each.why}"
            yield plain(f"{each.file}{each.place}: {what}", _LONGEST)
    hits = sum(isinstance(each, Hit) for each in told)
    if hits:
        tell = "tells" if hits == 1 else "tell"
        yield f"{counted(hits, 'place')} in {with_hits:,} of {counted(files, 'file')} {tell} who someone is, or may"
    else:
        yield f"nothing was found that tells who someone is, in {counted(files, 'file')}"
