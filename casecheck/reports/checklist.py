"""The checklist of an auditor: a CSV file to fill in a spreadsheet, as it is written, and as it comes back.

A spreadsheet changes what it opens: it writes another separator, another encoding, and drops the zeros before a number.
All that is understood.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from casecheck.errors import InputProblem, UsageProblem
from casecheck.reports.csv_rows import cell, csv_line

VERDICTS: Final = ("met", "not met", "not applicable", "cannot tell")
ANSWERS: Final = f"{', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}"
COLUMNS: Final = ("case_id", "area", "rule", "standard", "look_at", f"verdict: {ANSWERS}", "comment")

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a checklist: no auditor fills a larger one."""

_MEANT: Final = {
    **{verdict: verdict for verdict in VERDICTS},
    **dict.fromkeys(("yes", "y", "adequate", "true"), "met"),
    **dict.fromkeys(("no", "n", "notmet", "unmet", "inadequate", "not adequate", "false"), "not met"),
    **dict.fromkeys(("na", "n a", "notapplicable", "does not apply"), "not applicable"),
    **dict.fromkeys(("cant tell", "can not tell", "unknown", "not known", "undetermined", "?"), "cannot tell"),
}
_NEEDED: Final = ("case_id", "rule", "verdict")
_HOW: Final = "`casecheck sample` writes one"


class Row(NamedTuple):
    """A row of a checklist that came back: its line, its case and rule as they stand there, and the verdict.

    `verdict` is one of VERDICTS, or None where the cell was left empty.
    """

    line: int
    case_id: str
    rule: str
    verdict: str | None


class Checklist(NamedTuple):
    """A checklist that came back: the rows that could be read, and what is wrong with the others, by line."""

    rows: tuple[Row, ...]
    wrong: tuple[tuple[int, str], ...]


def checklist_csv(looks: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a checklist, after one of names; each of `looks` is a row without its verdict and comment.

    They begin with a mark that tells a spreadsheet that they are UTF-8.
    """
    yield "\ufeff" + csv_line(COLUMNS)
    for look in looks:
        yield csv_line((*look, "", ""))


def read_checklist(path: Path) -> Checklist:
    """The checklist in the file.

    Raises UsageProblem where there is no such file, InputProblem where it is no checklist or not one of its rows can be
    read.
    """
    text = _text(path)
    first = text.split("\n", 1)[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        places = _places(next(rows, []), path)
        told = list(_rows(rows, places))
    except csv.Error:
        raise InputProblem(f"{path}:{rows.line_num}: is no row of CSV; save the checklist as CSV again") from None
    found, wrong = (
        [each for each in told if isinstance(each, Row)],
        [each for each in told if not isinstance(each, Row)],
    )
    if not found:
        why = [f"{path}:{line}: {message}" for line, message in wrong[:20]] or [f"{path}: has no rows"]
        raise InputProblem(f"{path}: no row of this checklist can be read", *why)
    return Checklist(tuple(found), tuple(wrong))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageProblem(f"{path}: cannot be read: {(error.strerror or 'the system refused').lower()}") from None
    if len(data) > LARGEST:
        raise InputProblem(f"{path}: is larger than 64 MiB, so it is no checklist; {_HOW}")
    if data.startswith(b"PK"):
        raise InputProblem(f"{path}: is a workbook, not CSV; in the spreadsheet, save the checklist as CSV")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _places(names: Sequence[str], path: Path) -> dict[str, int]:
    """In which column each of the needed ones stands."""
    found = {name.partition(":")[0].strip().casefold(): place for place, name in reversed(list(enumerate(names)))}
    lacking = [name for name in _NEEDED if name not in found]
    if lacking:
        columns = ", ".join(lacking)
        raise InputProblem(f"{path}:1: is not the first line of a checklist: it has no column {columns}; {_HOW}")
    return {name: found[name] for name in _NEEDED}


def _rows(rows: Any, places: Mapping[str, int]) -> Iterator[Row | tuple[int, str]]:
    """Each row that is not empty; what is wrong with it where it cannot be read."""
    line = rows.line_num + 1
    first: dict[tuple[str, str], int] = {}
    for cells in rows:
        here, line = line, rows.line_num + 1
        held = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        if not any(each.strip() for each in cells):
            continue
        if not held["case_id"] or not held["rule"]:
            lacking = " and no ".join(name for name in ("case_id", "rule") if not held[name])
            yield here, f"the row has no {lacking}; they stand in every row of a checklist as it was written"
            continue
        verdict = _meant(held["verdict"])
        if verdict is None and held["verdict"]:
            yield here, f"the verdict is {_what_it_is(held['verdict'])}; write {ANSWERS}, or leave it empty"
            continue
        key = held["case_id"], held["rule"]
        if key in first:
            yield here, f"the same case and rule stand in line {first[key]} already; that row is used, this one is not"
            continue
        first[key] = here
        yield Row(here, *key, verdict)


def _plain(text: str) -> str:
    """A verdict without what people write in different ways: case, blanks, dots, apostrophes, hyphens."""
    return " ".join(text.casefold().translate(str.maketrans("-_/.", "    ", "'\u2019!")).split())


def _meant(text: str) -> str | None:
    return _MEANT.get(_plain(text))


def _what_it_is(text: str) -> str:
    """What stands in a cell of verdicts, in words of ours: a comment that strayed there may hold anything."""
    near = get_close_matches(_plain(text), _MEANT, n=1, cutoff=0.7)
    return f"none that is known (did you mean {_MEANT[near[0]]}?)" if near else "none that is known"


def cases_meant(rows: Iterable[Row], cases: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The cases of a result that the rows name, by what stands in their cells.

    A cell means the case whose id is written so, else the only one whose id is the same but for zeros before it.
    """
    wanted = {row.case_id for row in rows}
    bare = {name.lstrip("0") for name in wanted}
    found: dict[str, Mapping[str, Any]] = {}
    like: dict[str, list[Mapping[str, Any]]] = {}
    for case in cases:
        written = cell(case["case_id"]).strip()
        if written in wanted:
            found[written] = case
        elif written.lstrip("0") in bare:
            like.setdefault(written.lstrip("0"), []).append(case)
    for name in wanted - found.keys():
        alike = like.get(name.lstrip("0"), [])
        if len(alike) == 1:
            found[name] = alike[0]
    return found
