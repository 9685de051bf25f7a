"""What was drawn for a sample, as a page of text, and what to do with it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.checklist import ANSWERS
from casecheck.reports.text import invalid_record
from casecheck.reports.text_tables import table
from casecheck.reports.words import WIDTH, counted, day_in_words, heading, listed, number, plain, wrapped

MOST_SOURCES: Final = 5
MOST_INVALID: Final = 20
LONGEST: Final = 1000


def sample_text(told: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the page.

    `told` holds `size` (asked for), `seed`, `by` (names), `strata` (`values`, `cases`, `drawn`), `sources` (names),
    `read`, `cases`, `purged`, `invalid` and `not_audited` (as in a result), `as_at`, `pack` (id and version), `folder`,
    `rows` and `standards` of the checklist.
    """
    drawn = sum(stratum["drawn"] for stratum in told["strata"])
    yield "SAMPLE OF CASE RECORDS"
    yield "=" * WIDTH
    yield from _entry("Drawn", f"{number(drawn)} of {counted(told['cases'], 'case')}, at random, seed {told['seed']}")
    yield from _entry("From", _sources(told["sources"]))
    yield from _entry("", _counts(told))
    pack = told["pack"]
    yield from _entry("As at", day_in_words(told["as_at"]))
    yield from _entry("Against", f"{plain(pack['id'])}, version {plain(pack['version'])}")
    yield from _notes(told, drawn)
    yield from _strata(told["by"], told["strata"])
    yield from _what_to_do(told)
    yield from _listed("Records that could not be drawn", told["invalid"])
    yield from _listed("Cases that were drawn and could not be audited", told["not_audited"])


def _entry(name: str, text: str) -> list[str]:
    return wrapped(text, f"{name:<10}")


def _sources(names: Sequence[str]) -> str:
    if len(names) == 1:
        return plain(names[0])
    return f"{counted(len(names), 'source')}: {listed(map(plain, names), MOST_SOURCES)}"


def _counts(told: Mapping[str, Any]) -> str:
    purged = f", {number(told['purged'])} to be purged and passed over" if told["purged"] else ""
    return f"{counted(told['read'], 'record')} read, {number(len(told['invalid']))} invalid{purged}"


def _notes(told: Mapping[str, Any], drawn: int) -> Iterator[str]:
    if drawn < told["size"]:
        yield ""
        yield from wrapped(
            f"There are fewer cases than the {number(told['size'])} asked for, so all of them are drawn."
        )
    empty = sum(stratum["drawn"] == 0 for stratum in told["strata"])
    if empty:
        yield ""
        groups = counted(len(told["strata"]), "group")
        yield from wrapped(f"There are {groups}, more than cases to draw: of {number(empty)} of them none is drawn.")


def _strata(by: Sequence[str], strata: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not by:
        return
    yield from heading(f"By {' and '.join(map(plain, by))}")
    rows = [[", ".join(map(plain, each["values"])), number(each["cases"]), number(each["drawn"])] for each in strata]
    yield from table((plain(", ".join(by)), "Cases", "Drawn"), [("", rows)])


def _what_to_do(told: Mapping[str, Any]) -> Iterator[str]:
    folder, rows = plain(told["folder"], LONGEST), counted(told["rows"], "row")
    standards = counted(told["standards"], "standard")
    yield from heading("What to do with it")
    yield ""
    yield from wrapped(
        f"{folder}/records.jsonl holds the records as they were read, with all that stands in them of people. Keep it "
        "as you keep the records themselves."
    )
    yield ""
    yield from wrapped(
        f"{folder}/checklist.csv has {rows} for the auditor: {standards} that only someone who reads the file can "
        f"judge, and each case as a whole. In the column verdict goes {ANSWERS}. It names cases by their number alone."
    )
    yield ""
    yield "Then, from here:"
    yield ""
    yield f"  casecheck audit {_as_argument(folder)} --format json --output result.json"
    yield f"  casecheck moderate {_as_argument(f'{folder}/checklist.csv')} result.json"


def _as_argument(path: str) -> str:
    """The path as one argument of a call, in any shell."""
    return f'"{path}"' if " " in path else path


def _listed(title: str, invalid: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not invalid:
        return
    yield from heading(title)
    yield ""
    for each in invalid[:MOST_INVALID]:
        yield from wrapped(plain(invalid_record(each), LONGEST), "- ")
    more = len(invalid) - MOST_INVALID
    if more > 0:
        yield from wrapped(f"and {number(more)} more", "- ")
