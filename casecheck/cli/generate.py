"""`casecheck generate`: makes up case records and writes them as JSON Lines."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from gzip import GzipFile
from pathlib import Path
from typing import Final, Protocol

import click
import orjson

from casecheck.calendar import DAYS
from casecheck.errors import UsageProblem
from casecheck.files import standard_output, written_whole
from casecheck.generating import case_records
from casecheck.generating.life import Row

EARLIEST: Final = date(1991, 10, 14).toordinal()
LATEST: Final = date(2099, 12, 31).toordinal()
"""The days up to which lives can be lived: from the day on which the Children Act 1989 came into force."""


class _Writable(Protocol):
    def write(self, data: bytes, /) -> object: ...


@click.command()
@click.option("--number", type=click.IntRange(min=1), default=100, show_default=True, help="How many records to make.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The same seed, the same records."
)
@click.option(
    "--as-at", metavar="DATE", default="2012-04-23", show_default=True, help="The day up to which lives are lived."
)
@click.option("--output", "-o", metavar="FILE", help="Write to a .jsonl or .jsonl.gz file.  [default: standard output]")
def generate(number: int, seed: int, as_at: str, output: str | None) -> None:
    """Make synthetic case records: invented children, each with a whole file, one JSON object a line.

    No record holds a name, an address or a number of a person. Record 7 of a seed is the same however many are made.
    """
    day = _day(as_at)
    records = case_records(number, seed, day)
    with _opened(output) as out, _told(records, number) as told:
        for record in told:
            out.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


def _day(text: str) -> int:
    day = DAYS[text]
    if not EARLIEST <= day <= LATEST:
        first, last = (date.fromordinal(each).isoformat() for each in (EARLIEST, LATEST))
        raise UsageProblem(f"--as-at: is no day such as 2012-04-23, from {first} to {last}")
    return day


@contextmanager
def _opened(output: str | None) -> Iterator[_Writable]:
    if output in (None, "-"):
        yield standard_output()
        return
    name = str(output)
    if not name.endswith((".jsonl", ".jsonl.gz")):
        raise UsageProblem(f"--output {name}: is no .jsonl or .jsonl.gz file; give it one of these endings")
    with written_whole(Path(name)) as stream:
        if not name.endswith(".gz"):
            yield stream
            return
        # Neither a name nor a time goes into the file, so that the same records give the same bytes.
        with GzipFile(filename="", mode="wb", compresslevel=6, fileobj=stream, mtime=0) as packed:
            yield packed


@contextmanager
def _told(records: Iterator[Row], number: int) -> Iterator[Iterable[Row]]:
    """The records, with a bar on standard error while they are made, where that is a terminal and the work is long."""
    if number < 2000 or sys.stderr is None or not sys.stderr.isatty():
        yield records
        return
    with click.progressbar(records, length=number, label="Making records", file=sys.stderr) as bar:
        yield bar
