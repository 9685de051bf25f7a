"""What every command that audits is asked: which records, against which pack, as at which day, looking back how far."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import click

from casecheck.adequacy.gate_file import WrittenGate
from casecheck.cli.settings import FILE, Settings, settings_of
from casecheck.cli.writing import writing
from casecheck.errors import InputProblem, UsageProblem
from casecheck.face import day_given
from casecheck.records.sources import Source, find_sources
from casecheck.reports.text import invalid_record
from casecheck.rules.loading import load_pack
from casecheck.rules.model import Pack
from casecheck.running import Options, common_reference_date, default_since

if TYPE_CHECKING:
    from casecheck.records.tables.model import Mapping as Mapping_

DEFAULT_PACK: Final = "southampton-2012"
MOST_TOLD: Final = 20
MOST_JOBS: Final = 60
"""Processes to work with: no system waits for more of them at once than Windows does, which is 61."""

Command = Callable[..., Any]


def _own_mappings(context: click.Context, option: click.Parameter, files: Sequence[str]) -> None:
    """Read the mappings that the call names, for `own_mappings` to give."""
    if files:
        from casecheck.records.tables.loading import load_mapping

        context.meta[_MAPPINGS] = [load_mapping(file) for file in files]


_MAPPINGS: Final = "casecheck mappings"
mapping_option = click.option(
    "--mapping",
    multiple=True,
    metavar="FILE",
    expose_value=False,
    callback=_own_mappings,
    help="How a table of your own is to be read. May be repeated.",
)
"""Asks for mappings; a command gets them by `own_mappings`, so that not every one hands them on."""


def own_mappings() -> "Sequence[Mapping_]":
    """The mappings that the call names."""
    context = click.get_current_context(silent=True)
    found: Sequence[Mapping_] = context.meta.get(_MAPPINGS, ()) if context is not None else ()
    return found


def asks_for_records(command: Command) -> Command:
    """Give a command the arguments and options of what it audits: `paths`, `rules`, `as_at`, and the mappings that
    tables of a council's own are read by.
    """
    for add in (
        mapping_option,
        click.option("--as-at", metavar="DATE", help="The audit date: what happened after it is not seen."),
        click.option(
            "--rules", metavar="PACK", help=f"A shipped pack's id, or a pack's folder.  [default: {DEFAULT_PACK}]"
        ),
        click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    ):
        command = add(command)
    return command


output_option = click.option(
    "--output", "-o", metavar="FILE", help="Write to a file, whole or not at all.  [default: standard output]"
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, MOST_JOBS), metavar="N", help="Processes to work with.  [default: one a core]"
)


class Asked(NamedTuple):
    """What is to be audited, and how."""

    paths: tuple[str, ...]
    pack: Pack
    sources: list[Source]
    options: Options
    gate: WrittenGate | None = None
    """That of the folder's settings."""

    def writing(self, output: str | None, reading: Iterable[Path] = ()) -> AbstractContextManager[BinaryIO]:
        """What to write to; raises UsageProblem where that is being read (`reading` names files besides the sources),
        or holds the settings of a folder.
        """
        settings = [Path(path, FILE) for path in self.paths]
        if output is not None and Path(output).resolve() in {each.resolve() for each in settings}:
            raise UsageProblem(f"--output {output}: holds the settings of this audit; name another file")
        return writing(output, [*reading, *(path for source in self.sources for path in source.paths)])


def asked(
    paths: tuple[str, ...],
    rules: str | None,
    as_at: str | None,
    since: str | None = None,
    by: Sequence[str] = (),
    looks_back: Callable[[Pack, int], int] = default_since,
) -> Asked:
    """What is asked by the call, else by the folder's casecheck.yaml, else by the sources, else by the calendar.

    `looks_back` gives the first day of the review period where neither the call nor the settings say it. Raises
    UsageProblem, PackProblem or InputProblem with what is wrong.
    """
    settings = settings_of(paths)
    pack = load_pack(rules or settings.rules or DEFAULT_PACK)
    sources = find_sources(paths, *own_mappings())
    call = Settings(rules, as_at, since, tuple(by) or None)
    return Asked(paths, pack, sources, _options(call, settings, pack, sources, looks_back), settings.gate)


def _options(
    call: Settings, settings: Settings, pack: Pack, sources: Sequence[Source], looks_back: Callable[[Pack, int], int]
) -> Options:
    if call.as_at is not None:
        as_at, said_by = day_given(call.as_at, "--as-at"), "call"
    elif settings.as_at is not None:
        as_at, said_by = day_given(settings.as_at, "as_at"), "casecheck.yaml"
    elif (reference := common_reference_date(sources)) is not None:
        as_at, said_by = day_given(reference, "reference date"), "source"
    else:
        as_at, said_by = date.today().toordinal(), "today"
    since_said = call.since or settings.since
    since = looks_back(pack, as_at) if since_said is None else day_given(since_said, "--since")
    if since > as_at:
        on = date.fromordinal(as_at).isoformat()
        raise UsageProblem(f"--since {since_said} is after the audit date, {on}; the review period begins by that date")
    return Options(as_at, said_by, since, call.by or settings.by or ())


def cores() -> int:
    """How many processes can work at once here."""
    number = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(number, MOST_JOBS)


# --- what could not be read -------------------------------------------------------------------------------------------


def refuse_none_audited(head: Mapping[str, Any]) -> None:
    """Raise InputProblem, with what is wrong in each record, where not one could be audited."""
    if not head["summary"]["cases"]["audited"]:
        told = _told(head["invalid_records"])
        raise InputProblem("there is no valid case record; nothing was audited", *told)


def refuse_invalid(invalid: Sequence[Mapping[str, Any]]) -> None:
    """Raise InputProblem where any record is invalid, as `--strict` asks."""
    if invalid:
        number = len(invalid)
        are = "record is" if number == 1 else "records are"
        raise InputProblem(f"{number} {are} invalid (--strict)", *_told(invalid))


def _told(invalid: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    more = len(invalid) - MOST_TOLD
    told = [invalid_record(each) for each in invalid[:MOST_TOLD]]
    return [*told, f"and {more} more"] if more > 0 else told
