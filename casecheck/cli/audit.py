"""`casecheck audit`: reads its options, audits, and prints."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, Final

import click
import orjson

from casecheck.adequacy.gate_file import WrittenGate
from casecheck.calendar import iso
from casecheck.cli.asking import (
    Asked,
    asked,
    asks_for_records,
    cores,
    jobs_option,
    output_option,
    refuse_invalid,
    refuse_none_audited,
)
from casecheck.cli.gating import Gated, GateOptions, asks_for_a_gate, fitting, gate_files, hold
from casecheck.cli.places import places
from casecheck.cli.progress import Progress
from casecheck.cli.publishing import publish_option, published_report
from casecheck.cli.writing import refuse_a_terminal
from casecheck.records.sources import Source
from casecheck.reports.formats import FORMATS, writer
from casecheck.reports.formats import Write as Report
from casecheck.reports.json_report import json_report, last_line
from casecheck.running import Sink, run

_IN_MEMORY: Final = 4 * 1024 * 1024


@click.command()
@asks_for_records
@click.option("--since", metavar="DATE", help="The first day of the review period.  [default: as the pack says]")
@click.option("--by", multiple=True, metavar="FIELD", help="Break down by a field, such as team. May be repeated.")
@click.option("--format", "form", type=click.Choice([*FORMATS, "json", "jsonl"]), default="text", show_default=True)
@output_option
@click.option("--cases/--no-cases", default=True, help="Whether a report tells of single cases.  [default: cases]")
@click.option("--strict", is_flag=True, help="End with exit code 3 if any record is invalid.")
@publish_option
@jobs_option
@asks_for_a_gate
@click.option("--no-gate", is_flag=True, help="Leave aside the gate that casecheck.yaml names.")
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
    publish: bool,
    jobs: int | None,
    gate: GateOptions,
    no_gate: bool,
) -> None:
    """Hold the case records under each PATH against a pack of standards.

    A PATH is a folder, a file of case records (JSON, JSON Lines, gzipped or not), a DfE payload, a Children in Need
    census return, or - for standard input. What it is, is recognised by its content. A folder may hold a casecheck.yaml
    with the defaults of its audits: rules, as_at, since, by, gate.

    Tables, too, are read: those of a return, and with --mapping your own. Records of one child in several sources are
    not joined here: the second is invalid. casecheck convert joins them.

    The audit date is --as-at, else that file's, else the sources' own reference date, else today.

    Exit codes: 0 the audit ran, and shows what the gate asks, if there is one; 1 it does not show that; 2 the call, the
    pack or the gate is wrong; 3 no record could be read, or, with --strict, not all.
    """
    refuse_a_terminal(form, output)
    what = asked(paths, rules, as_at, since, by)
    written = gate.asked(None if no_gate else what.gate)
    gated = _gated(written, what)
    if publish:
        write = _as_report(published_report(form, written is not None), {}, False)
    else:
        write = _RESULT.get(form) or _as_report(writer(form, cases), _paths(what.sources), cases)
    with ExitStack() as stack:
        with Progress() as progress, what.writing(output, gate_files(written)) as out:
            kept = _Spool(stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))) if gated and gated.stored else None

            def audited(sink: Sink) -> dict[str, Any]:
                both = sink if kept is None else _to_both(sink, kept.put)
                head = run(what.sources, what.pack, what.options, both, jobs or cores(), progress)
                refuse_none_audited(head)
                return head

            head = write(audited, out)
        if strict:
            refuse_invalid(head["invalid_records"])
        hold(gated, head, kept or ())


def _gated(written: WrittenGate | None, what: Asked) -> Gated | None:
    """The gate, made ready for this audit."""
    pack, options = what.pack, what.options
    alike = {"id": pack.id, "version": pack.version, "digest": pack.digest}
    head = {"pack": alike, "as_at": iso(options.as_at), "since": iso(options.since)}
    rules, areas = {rule.id for rule in pack.rules}, {rule.area for rule in pack.rules}
    return fitting(written, head, rules, areas, options.by)


def _to_both(one: Sink, other: Sink) -> Sink:
    def put(case: bytes) -> None:
        one(case)
        other(case)

    return put


Audited = Callable[[Sink], dict[str, Any]]
"""Runs the audit, sends each case to the sink that it is given, and returns the rest of the result document."""

Write = Callable[[Audited, BinaryIO], dict[str, Any]]
"""Has the audit run and writes what it finds; returns the result document without its cases."""


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


def _paths(sources: Iterable[Source]) -> dict[str, str]:
    """Where the files of the sources lie, by their names: of those in the folder of the call, seen from it."""
    here = Path.cwd()
    within = {source.name: Path(os.path.abspath(source.path)) for source in sources if source.path is not None}
    return {name: path.relative_to(here).as_posix() for name, path in within.items() if path.is_relative_to(here)}


def _as_report(write: Report, paths: Mapping[str, str], cases: bool) -> Write:
    """What writes the report, with the cases or without."""

    def with_cases(audited: Audited, out: BinaryIO) -> dict[str, Any]:
        with SpooledTemporaryFile(_IN_MEMORY) as file:
            spool = _Spool(file)
            head = audited(spool.put)
            write({**head, **places(paths)}, spool, out)
        return head

    def without_cases(audited: Audited, out: BinaryIO) -> dict[str, Any]:
        head = audited(lambda case: None)
        write({**head, **places(paths)}, None, out)
        return head

    return with_cases if cases else without_cases


_RESULT: Final = {"json": _write_json, "jsonl": _write_lines}
"""The formats that are the result document itself; the others are reports of it."""
