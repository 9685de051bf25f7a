"""`casecheck convert`: sources joined to one case record a child, or explained."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from gzip import GzipFile
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import click

from casecheck.cli.asking import mapping_option, own_mappings, refuse_invalid
from casecheck.cli.progress import Progress
from casecheck.cli.writing import write_lines, writing
from casecheck.errors import InputProblem, UsageProblem
from casecheck.records.joining.joined import Told, joined_records
from casecheck.records.sources import Source, find_sources
from casecheck.reports.convert_text import convert_text
from casecheck.reports.text import invalid_record

MOST_TOLD: Final = 20


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="SOURCE...")
@mapping_option
@click.option("--output", "-o", metavar="FILE", help="Write to a .jsonl or .jsonl.gz file.  [default: standard output]")
@click.option("--strict", is_flag=True, help="Write nothing and end with exit code 3 if any record is invalid.")
def convert(paths: tuple[str, ...], output: str | None, strict: bool) -> None:
    """Join sources on the child's id to one case record a child, as JSON, one a line.

    A SOURCE is anything that casecheck audit reads: case records, a census return, the tables of a return, or a table
    of your own with the --mapping that tells how to read it. What is in several sources is joined as docs/mappings.md
    says: the records of a section are those of the source that holds it most fully; of a field that two give
    differently, the source that is named first is right. What was done, and what could not be joined, is told on
    standard error, without anything that a record holds.

    Exit codes: 0 the records are written; 2 the call or a mapping is wrong; 3 no record could be read, or, with
    --strict, not all.
    """
    sources = find_sources(paths, *own_mappings())
    _refuse_what_is_read(output, paths)
    told = Told(sources)
    with Progress("read") as progress, _opened(output, sources) as out:
        for record in joined_records(sources, told, progress):
            out.write(record + b"\n")
        if not told.children:
            messages = [invalid_record(each._asdict()) for each in told.invalid[:MOST_TOLD]]
            raise InputProblem("there is no valid case record; nothing was written", *messages)
        if strict:
            refuse_invalid([each._asdict() for each in told.invalid])
    write_lines(convert_text(outcome(told, output)), _standard_error())


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
