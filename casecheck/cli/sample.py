"""`casecheck sample`: a random sample of case records to audit by hand, and the auditor's checklist."""

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from secrets import randbelow
from typing import Any, Final

import click
import orjson

from casecheck.calendar import iso
from casecheck.cli.asking import Asked, asked, asks_for_records, cores, jobs_option
from casecheck.cli.progress import Progress
from casecheck.cli.settings import FILE
from casecheck.cli.writing import write_lines
from casecheck.errors import InputProblem, UsageProblem
from casecheck.files import folder_written_whole, standard_output
from casecheck.groups import compile_group
from casecheck.records.sources import find_sources
from casecheck.reports.checklist import checklist_csv
from casecheck.reports.sample_text import sample_text
from casecheck.reports.text import invalid_record
from casecheck.reports.words import plain
from casecheck.rules.model import Pack
from casecheck.rules.packs import shipped_packs
from casecheck.running import run
from casecheck.sampling.drawing import Sample, draw
from casecheck.sampling.looking import WHOLE_CASE, Look, looks, rules_for_the_eye

RECORDS: Final = "records.jsonl"
CHECKLIST: Final = "checklist.csv"
FOLDER: Final = "sample"

LARGEST_SEED: Final = 2**63 - 1
_DRAWN_BELOW: Final = 1_000_000
"""Seeds drawn by casecheck itself: few enough digits to be copied by hand."""

_BREAKS: Final = re.compile(rb"[\r\n]+[ \t\r\n]*")


@click.command()
@asks_for_records
@click.option("--size", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Cases to draw.")
@click.option(
    "--seed",
    type=click.IntRange(0, LARGEST_SEED),
    metavar="N",
    help="The same seed, the same sample.  [default: drawn by chance, and told]",
)
@click.option(
    "--by", multiple=True, metavar="FIELD", help="Draw of each group, such as team, its share. May be repeated."
)
@click.option(
    "--output", "-o", metavar="FOLDER", default=FOLDER, show_default=True, help="A new folder, or an empty one."
)
@jobs_option
def sample(
    paths: tuple[str, ...],
    rules: str | None,
    as_at: str | None,
    size: int,
    seed: int | None,
    by: tuple[str, ...],
    output: str,
    jobs: int | None,
) -> None:
    """Draw a random sample of cases to audit by hand, and write a checklist for the auditor.

    The folder then holds records.jsonl, the records as they were read, with all that stands in them of people: keep it
    as you keep the records. checklist.csv has a row for each standard of a case that only someone who reads the file
    can judge (is the plan specific?), and one for the case as a whole; it names cases by their number alone, and does
    not say what casecheck found. casecheck.yaml lets an audit of the folder repeat itself.

    With one seed the sample is the same, wherever the records stand; a larger one holds the smaller. Several --by are
    crossed, and every group has at least one case in the sample where it is large enough. Records that are invalid, to
    be purged, or second with an id, are not drawn.

    When the checklist is filled, casecheck moderate holds it against an audit of the folder. PATH, --rules and --as-at
    are those of casecheck audit.
    """
    what = asked(paths, rules, as_at, by=by)
    groups = [compile_group(name) for name in dict.fromkeys(by)]
    _refuse_what_is_read(output, what)
    seed = randbelow(_DRAWN_BELOW) if seed is None else seed
    with Progress("read") as progress, folder_written_whole(Path(output)) as folder:
        drawn = draw(what.sources, size, seed, groups, what.options.as_at, progress)
        _refuse_none(drawn)
        folder.joinpath(RECORDS).write_bytes(b"".join(_on_a_line(data) for _, data in drawn.records))
        listed, not_audited = _looks(folder / RECORDS, what, jobs)
        folder.joinpath(CHECKLIST).write_text("\n".join([*checklist_csv(listed), ""]), encoding="utf-8", newline="")
        call = f"size {size}, seed {seed}" + "".join(f", by {plain(group.name)}" for group in groups)
        settings = _settings(what, Path(output).resolve(), call)
        folder.joinpath(FILE).write_text(settings, encoding="utf-8", newline="")
    told = _told(drawn, what, listed, not_audited)
    asked_for = {"size": size, "seed": seed, "by": [group.name for group in groups], "folder": Path(output).as_posix()}
    write_lines(sample_text({**told, **asked_for}), standard_output())


def _refuse_what_is_read(output: str, what: Asked) -> None:
    """A sample within the records would be read with them the next time."""
    target = Path(output).resolve()
    for path in what.paths:
        if path != "-" and Path(path).is_dir() and target.is_relative_to(Path(path).resolve()):
            raise UsageProblem(f"--output {output}: lies in {path}, which is read; name a folder outside of it")


def _refuse_none(drawn: Sample) -> None:
    if not drawn.cases:
        told = [invalid_record(each._asdict()) for each in drawn.invalid[:20]]
        raise InputProblem("there is no valid case record to draw; nothing was written", *told)


def _on_a_line(data: bytes) -> bytes:
    """A record's JSON on one line: line breaks stand only between its parts, where they mean nothing."""
    return _BREAKS.sub(b"", data) + b"\n"


def _looks(records: Path, what: Asked, jobs: int | None) -> tuple[list[Look], list[dict[str, Any]]]:
    """What the auditor is to look at in each of the records, by case, as an audit of them finds; and what of them
    could not be audited.
    """
    found: list[Look] = []
    eye = rules_for_the_eye(what.pack)

    def take(entry: bytes) -> None:
        found.extend(looks(what.pack, eye, orjson.loads(entry)))

    head = run(find_sources([records]), what.pack, what.options._replace(by=()), take, jobs or cores())
    return found, head["invalid_records"]


def _settings(what: Asked, place: Path, call: str) -> str:
    """The casecheck.yaml of the folder at `place`; `call` says how the sample was drawn."""
    options = what.options
    lines = [
        f"# A sample of case records, drawn by casecheck: {call}.",
        f"rules: {json.dumps(pack_seen_from(place, what.pack))}",
        f"as_at: {iso(options.as_at)}",
        f"since: {iso(options.since)}",
        *([f"by: {json.dumps(list(options.by))}"] if options.by else []),
    ]
    return "\n".join([*lines, ""])


def pack_seen_from(place: Path, pack: Pack) -> str:
    """A shipped pack's id, or the way from the folder to the pack's; from another drive of Windows, where it is."""
    shipped = {str(folder): name for name, folder in shipped_packs().items()}
    if pack.folder in shipped:
        return shipped[pack.folder]
    try:
        return Path(os.path.relpath(pack.folder, place)).as_posix()
    except ValueError:
        return Path(pack.folder).resolve().as_posix()


def _told(drawn: Sample, what: Asked, listed: Sequence[Look], not_audited: Sequence[dict[str, Any]]) -> dict[str, Any]:
    standards = {look.rule for look in listed} - {WHOLE_CASE}
    return {
        "strata": [stratum._asdict() for stratum in drawn.strata],
        "sources": [source.name for source in what.sources],
        "read": drawn.read,
        "cases": drawn.cases,
        "purged": drawn.purged,
        "invalid": [each._asdict() for each in drawn.invalid],
        "not_audited": not_audited,
        "as_at": iso(what.options.as_at),
        "pack": {"id": what.pack.id, "version": what.pack.version},
        "rows": len(listed),
        "standards": len(standards),
    }
