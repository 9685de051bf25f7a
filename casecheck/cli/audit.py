"""`casecheck audit`: reads its options, audits, and prints."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, Final

import click
import orjson

from casecheck.cli.progress import Progress
from casecheck.cli.settings import FILE, Settings, settings_of
from casecheck.cli.writing import write_lines
from casecheck.errors import InputProblem, UsageProblem
from casecheck.face import day_given
from casecheck.files import standard_output, written_whole
from casecheck.records.sources import Source, find_sources
from casecheck.reports.json_report import json_report, last_line
from casecheck.reports.text import invalid_record, text_report
from casecheck.rules.loading import load_pack
from casecheck.rules.model import Pack
from casecheck.running import Options, common_reference_date, default_since, run

DEFAULT_PACK: Final = "southampton-2012"
MOST_TOLD: Final = 20
MOST_JOBS: Final = 60
"""Processes to work with: no system waits for more of them at once than Windows does, which is 61."""

_IN_MEMORY: Final = 4 * 1024 * 1024


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--rules", metavar="PACK", help=f"A shipped pack's id, or a pack's folder.  [default: {DEFAULT_PACK}]")
@click.option("--as-at", metavar="DATE", help="The audit date: what happened after it is not seen.")
@click.option("--since", metavar="DATE", help="The first day of the review period.  [default: as the pack says]")
@click.option("--by", multiple=True, metavar="FIELD", help="Break down by a field, such as team. May be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@click.option(
    "--output", "-o", metavar="FILE", help="Write to a file, whole or not at all.  [default: standard output]"
)
@click.option("--cases/--no-cases", default=True, help="Whether text tells of single cases.  [default: cases]")
@click.option("--strict", is_flag=True, help="End with exit code 3 if any record is invalid.")
@click.option(
    "--jobs", type=click.IntRange(1, MOST_JOBS), metavar="N", help="Processes to work with.  [default: one a core]"
)
def audit(
    paths: tuple[str, ...],
    rules: str | None,
    as_at: str | None,
    since: str | None,
    by: tuple[str, ...],
    form: str,
    output: str | None,
    cases: bool,
    strict: bool,
    jobs: int | None,
) -> None:
    """Hold the case records under each PATH against a pack of standards.

    A PATH is a folder, a file of case records (JSON, JSON Lines, gzipped or not), a DfE payload, a Children in Need
    census return, or - for standard input. What it is, is recognised by its content. A folder may hold a casecheck.yaml
    with the defaults of its audits: rules, as_at, since, by.

    The audit date is --as-at, else that file's, else the sources' own reference date, else today.

    Exit codes: 0 the audit ran; 2 the call or the pack is wrong; 3 no record could be read, or, with --strict, not all.
    """
    settings = settings_of(paths)
    pack = load_pack(rules or settings.rules or DEFAULT_PACK)
    sources = find_sources(paths)
    options = _options(Settings(rules, as_at, since, by or None), settings, pack, sources)
    target = None if output in (None, "-") else Path(str(output))
    if target is not None:
        _refuse_to_overwrite(target, paths, sources)
    write = {"text": _write_text if cases else _write_text_without_cases, "json": _write_json, "jsonl": _write_lines}[
        form
    ]
    with Progress() as progress, _opened(target) as out:

        def audited(sink: Callable[[bytes], object]) -> dict[str, Any]:
            head = run(sources, pack, options, sink, jobs or _cores(), progress)
            if not head["summary"]["cases"]["audited"]:
                raise InputProblem(*_no_valid_record(head["invalid_records"]))
            return head

        head = write(audited, out)
    if strict and head["invalid_records"]:
        raise InputProblem(*_strictly(head["invalid_records"]))


Audited = Callable[[Callable[[bytes], object]], dict[str, Any]]
"""Runs the audit, sends each case to the sink that it is given, and returns the rest of the result document."""


def _options(call: Settings, settings: Settings, pack: Pack, sources: Sequence[Source]) -> Options:
    """What is asked, from the call, else from casecheck.yaml, else from the sources, else from the calendar."""
    if call.as_at is not None:
        as_at, said_by = day_given(call.as_at, "--as-at"), "call"
    elif settings.as_at is not None:
        as_at, said_by = day_given(settings.as_at, "as_at"), "casecheck.yaml"
    elif (reference := common_reference_date(sources)) is not None:
        as_at, said_by = day_given(reference, "reference date"), "source"
    else:
        as_at, said_by = date.today().toordinal(), "today"
    since_said = call.since or settings.since
    since = default_since(pack, as_at) if since_said is None else day_given(since_said, "--since")
    if since > as_at:
        on = date.fromordinal(as_at).isoformat()
        raise UsageProblem(f"--since {since_said} is after the audit date, {on}; the review period begins by that date")
    return Options(as_at, said_by, since, call.by or settings.by or ())


def _refuse_to_overwrite(target: Path, paths: Iterable[str], sources: Sequence[Source]) -> None:
    """Refuse to write over what is being read, and over the settings of a folder."""
    place = target.resolve()
    if any(source.path is not None and source.path.resolve() == place for source in sources):
        raise UsageProblem(f"--output {target}: is one of the files that are audited; name another file")
    if any(Path(path, FILE).resolve() == place for path in paths):
        raise UsageProblem(f"--output {target}: holds the settings of this audit; name another file")


def _opened(target: Path | None) -> AbstractContextManager[BinaryIO]:
    return nullcontext(standard_output()) if target is None else written_whole(target)


def _cores() -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_JOBS)


# --- formats ----------------------------------------------------------------------------------------------------------


class _Spool:
    """Cases put aside as JSON, a line each, until the summary is known; read again as often as needed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def put(self, case: bytes) -> None:
        self._file.write(case + b"\n")

    def lines(self) -> Iterator[bytes]:
        self._file.seek(0)
        return (line.removesuffix(b"\n") for line in self._file)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(orjson.loads, self.lines())


def _write_lines(audited: Audited, out: BinaryIO) -> dict[str, Any]:
    head = audited(lambda case: out.write(case + b"\n"))
    out.write(last_line(head))
    return head


def _write_json(audited: Audited, out: BinaryIO) -> dict[str, Any]:
    with SpooledTemporaryFile(_IN_MEMORY) as file:
        spool = _Spool(file)
        head = audited(spool.put)
        out.writelines(json_report(head, spool.lines()))
    return head


def _write_text(audited: Audited, out: BinaryIO) -> dict[str, Any]:
    with SpooledTemporaryFile(_IN_MEMORY) as file:
        spool = _Spool(file)
        head = audited(spool.put)
        write_lines(text_report(head, spool), out)
    return head


def _write_text_without_cases(audited: Audited, out: BinaryIO) -> dict[str, Any]:
    head = audited(lambda case: None)
    write_lines(text_report(head, None), out)
    return head


# --- what went wrong --------------------------------------------------------------------------------------------------


def _no_valid_record(invalid: Sequence[Mapping[str, Any]]) -> list[str]:
    return ["there is no valid case record; nothing was audited", *_told(invalid)]


def _strictly(invalid: Sequence[Mapping[str, Any]]) -> list[str]:
    number = len(invalid)
    return [f"{number} {'record is' if number == 1 else 'records are'} invalid (--strict)", *_told(invalid)]


def _told(invalid: Sequence[Mapping[str, Any]]) -> list[str]:
    more = len(invalid) - MOST_TOLD
    told = [invalid_record(each) for each in invalid[:MOST_TOLD]]
    return [*told, f"and {more} more"] if more > 0 else told
