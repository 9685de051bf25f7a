"""`casecheck anonymise`: a copy of case records that names nobody."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gzip import GzipFile
from pathlib import Path
from typing import Any, Final

import click

from casecheck.anonymising.copying import Copied, copy_records, outcome
from casecheck.anonymising.keys import read_key
from casecheck.anonymising.reading import reading
from casecheck.anonymising.record import Asked
from casecheck.auditing import auditor
from casecheck.calendar import iso
from casecheck.cli import asking
from casecheck.cli.progress import Progress
from casecheck.cli.sample import pack_seen_from
from casecheck.cli.settings import FILE
from casecheck.cli.writing import write_lines
from casecheck.errors import InputProblem, UsageProblem
from casecheck.files import folder_written_whole, standard_output, written_whole
from casecheck.reports.anonymised_text import anonymised_text
from casecheck.reports.text import invalid_record

RECORDS: Final = "records.jsonl"
CHANGED: Final = 1


@click.command()
@click.argument("path", metavar="IN")
@click.argument("output", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--key-file", type=click.Path(path_type=Path), metavar="FILE", help="The file that holds the key.")
@click.option("--shift-dates", is_flag=True, help="Move the dates of each child by whole weeks, up to 13.")
@click.option("--leave-out-changed", is_flag=True, help="Leave out the cases of which a finding would change.")
@click.option(
    "--rules",
    metavar="PACK",
    help=f"The pack whose findings the copy is to keep.  [default: {asking.DEFAULT_PACK}]",
)
@click.option("--as-at", metavar="DATE", help="The audit date as at which it is to keep them.")
@click.option("--since", metavar="DATE", help="The first day of that audit's review period.")
@click.pass_context
def anonymise(
    context: click.Context,
    path: str,
    output: Path,
    key_file: Path | None,
    shift_dates: bool,
    leave_out_changed: bool,
    rules: str | None,
    as_at: str | None,
    since: str | None,
) -> None:
    """Copy case records so that no name, address, number or free text of a person is left.

    IN is anything that `casecheck audit` reads. OUT is a new folder, or an empty one, which then holds records.jsonl
    and the audit's defaults; or a file that ends in .jsonl or .jsonl.gz.

    Numbers of children, records and workers, and names of teams, become pseudonyms, the same for the same key. The key
    is that of --key-file, else what CASECHECK_KEY holds; `casecheck key` makes one. Dates of birth are cut to the
    month, and what happened on a birthday moves with it. An audit with --rules, --as-at and --since, which are those of
    `casecheck audit`, finds the same in the copy; where it does not, the cases are told, or left out with
    --leave-out-changed.

    Exit codes: 0 the copy has the findings of the original, or --shift-dates was asked for; 1 it was written, and
    findings changed; 2 the call is wrong; 3 there is no valid record.
    """
    key = read_key(key_file)
    what = asking.asked((path,), rules, as_at, since)
    _refuse_what_is_read(path, output)
    ready = auditor(what.pack, what.options.as_at, what.options.since)
    asked = Asked(key, reading(what.pack), shift_dates)
    with Progress("copied") as progress, _opened(output, _settings(output, what)) as write:
        copied = copy_records(what.sources, ready, asked, write, progress, leave_out_changed)
        _refuse_none(copied)
    told = {**outcome(copied), **_call(what, output), "shift_dates": shift_dates, "left_out": leave_out_changed}
    write_lines(anonymised_text(told), standard_output())
    if copied.changed and not (shift_dates or leave_out_changed):
        context.exit(CHANGED)


def _refuse_what_is_read(path: str, output: Path) -> None:
    """A copy within the records would be read with them the next time."""
    if path != "-" and Path(path).is_dir() and output.resolve().is_relative_to(Path(path).resolve()):
        raise UsageProblem(f"{output}: lies in {path}, which is read; name a place outside of it")


def _refuse_none(copied: Copied) -> None:
    if not copied.written:
        told = [invalid_record(each._asdict()) for each in copied.invalid[:20]]
        raise InputProblem("there is no valid case record to copy; nothing was written", *told)


@contextmanager
def _opened(output: Path, settings: str) -> Iterator[Callable[[bytes], object]]:
    """What writes the lines of the copy to OUT: a file by its ending, else a folder with the settings beside them."""
    if not output.name.endswith((".jsonl", ".jsonl.gz")):
        with folder_written_whole(output) as folder:
            folder.joinpath(FILE).write_text(settings, encoding="utf-8", newline="")
            with folder.joinpath(RECORDS).open("wb") as stream:
                yield stream.write
        return
    if output.is_file() and output.stat().st_size:
        raise UsageProblem(f"{output}: there is such a file already; name one that is new")
    with written_whole(output) as stream:
        if output.name.endswith(".gz"):
            with GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
                yield packed.write
        else:
            yield stream.write


def _settings(output: Path, what: asking.Asked) -> str:
    """The casecheck.yaml of the copy, by which an audit of it is the one whose findings it keeps."""
    return "".join(
        (
            "# A copy of case records that names nobody, made by casecheck anonymise.\n",
            f"rules: {json.dumps(pack_seen_from(output.resolve(), what.pack))}\n",
            f"as_at: {iso(what.options.as_at)}\nsince: {iso(what.options.since)}\n",
        )
    )


def _call(what: asking.Asked, output: Path) -> dict[str, Any]:
    return {
        "output": output.as_posix(),
        "as_at": iso(what.options.as_at),
        "since": iso(what.options.since),
        "pack": {"id": what.pack.id, "version": what.pack.version},
    }
