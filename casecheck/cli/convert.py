"""`casecheck convert`: sources joined to one case record a child, or explained."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from gzip import GzipFile
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import click
import orjson

from casecheck.cli.asking import mapping_option, own_mappings, refuse_invalid
from casecheck.cli.progress import Progress
from casecheck.cli.writing import write_lines, writing
from casecheck.errors import InputProblem, UsageProblem
from casecheck.records.joining.joined import Told, joined_records
from casecheck.records.sources import Source, find_sources
from casecheck.reports.convert_text import convert_text
from casecheck.reports.sources_text import sources_text
from casecheck.reports.text import invalid_record
from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs

MOST_TOLD: Final = 20


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="SOURCE...")
@mapping_option
@click.option("--output", "-o", metavar="FILE", help="Write to a .jsonl or .jsonl.gz file.  [default: standard output]")
@click.option(
    "--complete",
    multiple=True,
    metavar="NAME",
    help="A source, by its name, that names every child of whom it holds anything. May be repeated.",
)
@click.option("--strict", is_flag=True, help="Write nothing and end with exit code 3 if any record is invalid.")
@click.option("--explain", is_flag=True, help="Instead say what each source holds and which standards it can decide.")
@click.option(
    "--rules",
    multiple=True,
    metavar="PACK",
    help="With --explain: which standards. May be repeated.  [default: every shipped pack]",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), help="With --explain.  [default: text]")
def convert(
    paths: tuple[str, ...],
    output: str | None,
    complete: tuple[str, ...],
    strict: bool,
    explain: bool,
    rules: tuple[str, ...],
    form: str | None,
) -> None:
    """Join sources on the child's id to one case record a child, as JSON, one a line.

    A SOURCE is anything that casecheck audit reads: case records, a census return, the tables of a return, or a table
    of your own with the --mapping that tells how to read it. What is in several sources is joined as docs/joining.md
    says: the records of a section are those of the source that holds it most fully; of a field that two give
    differently, the source that is named first is right. What was done, and what could not be joined, is told on
    standard error, without anything that a record holds.

    What only a source holds that does not name a child is not held of it. With --complete ssda903 a child that the
    source of that name does not name has nothing of what it holds: it is not looked after.

    With --explain no records are written, but what each source holds: its tables and columns, which are used and which
    are not, and which standards can be decided by what it holds, in part, or not at all.

    Exit codes: 0 the records are written; 2 the call or a mapping is wrong; 3 no record could be read, or, with
    --strict, not all.
    """
    if not explain and (rules or form):
        raise UsageProblem("--rules and --format say how to explain; they go with --explain")
    sources = find_sources(paths, *own_mappings())
    told = Told(sources)
    whole = _places(complete, [source.name for source in sources])
    if explain:
        _explain(sources, told, whole, rules, form or "text", output, strict)
    else:
        _convert(sources, told, whole, paths, output, strict)


def _places(complete: Sequence[str], names: Sequence[str]) -> list[int]:
    """The places of the sources that are named as complete."""
    for name in complete:
        if name not in names:
            raise UsageProblem(f"--complete {name}: no source is called so; the sources are {', '.join(names)}")
    return [names.index(name) for name in dict.fromkeys(complete)]


def _convert(
    sources: Sequence[Source],
    told: Told,
    complete: Sequence[int],
    paths: Sequence[str],
    output: str | None,
    strict: bool,
) -> None:
    """Write the joined records, and tell what was done."""
    _refuse_what_is_read(output, paths)
    with Progress("read") as progress, _opened(output, sources) as out:
        for record in joined_records(sources, told, progress, complete=complete):
            out.write(record + b"\n")
        _refuse_none(told, strict)
    write_lines(convert_text(outcome(told, output)), _standard_error())


def _explain(
    sources: Sequence[Source],
    told: Told,
    complete: Sequence[int],
    rules: Sequence[str],
    form: str,
    output: str | None,
    strict: bool,
) -> None:
    """Write what each source holds, and which standards it can decide."""
    from casecheck.explaining.sources import explained
    from casecheck.records.joining.holding import Holding

    packs = [load_pack(name) for name in rules or shipped_packs()]
    holdings, together = [Holding() for _ in sources], Holding()

    def show(place: int, data: dict[str, Any]) -> None:
        holdings[place].look(data)

    with Progress("read") as progress:
        for record in joined_records(sources, told, progress, show, complete):
            together.look(orjson.loads(record))
    _refuse_none(told, strict)
    document = explained(sources, told, holdings, together, packs)
    with writing(output, [path for source in sources for path in source.paths]) as out:
        if form == "json":
            out.write(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        else:
            write_lines(sources_text(document), out)


def _refuse_none(told: Told, strict: bool) -> None:
    """Raise InputProblem where there is no record, or with --strict where one is invalid."""
    if not told.children:
        messages = [invalid_record(each._asdict()) for each in told.invalid[:MOST_TOLD]]
        raise InputProblem("there is no valid case record; nothing was written", *messages)
    if strict:
        refuse_invalid([each._asdict() for each in told.invalid])


def _refuse_what_is_read(output: str | None, paths: Sequence[str]) -> None:
    """Records within a folder that is read would be read with it the next time."""
    if output in (None, "-"):
        return
    target = Path(str(output))
    if not target.name.endswith((".jsonl", ".jsonl.gz")):
        raise UsageProblem(f"--output {target}: is no .jsonl or .jsonl.gz file; give it one of these endings")
    for path in paths:
        if path != "-" and Path(path).is_dir() and target.resolve().is_relative_to(Path(path).resolve()):
            raise UsageProblem(f"--output {target}: lies in {path}, which is read; name a place outside of it")


@contextmanager
def _opened(output: str | None, sources: Sequence[Source]) -> Iterator[BinaryIO]:
    """What to write the records to; packed, where the file's name says so."""
    with writing(output, [path for source in sources for path in source.paths]) as stream:
        if not str(output).endswith(".gz"):
            yield stream
            return
        # Neither a name nor a time goes into the file, so that the same records give the same bytes.
        with GzipFile(filename="", mode="wb", compresslevel=6, fileobj=stream, mtime=0) as packed:
            yield cast("BinaryIO", packed)


def _standard_error() -> BinaryIO:
    return sys.stderr.buffer


def outcome(told: Told, output: str | None) -> dict[str, Any]:
    """What `convert_text` tells of."""
    names = [source.name for source in told.sources]
    fields = sorted(told.fields.items(), key=lambda each: (-each[1], each[0]))
    return {
        "children": told.children,
        "joined": told.joined,
        "unlike_by_zeros": told.unlike_by_zeros,
        "sources": [{**vars(source), "to": sorted(source.to)} for source in told.sources],
        "fields": [
            {"field": field, "taken": names[taken], "other": names[other], "records": number}
            for (field, taken, other), number in fields
        ],
        "places": [{"case_id": child, "pointer": pointer} for child, pointer in told.places],
        "left": [
            {"source": names[source], "section": section, "records": number}
            for (source, section), number in sorted(told.left.items())
        ],
        "apart": [{"source": names[source], "episodes": number} for source, number in sorted(told.apart.items())],
        "invalid": [each._asdict() for each in told.invalid],
        "output": output if output not in (None, "-") else "standard output",
    }
