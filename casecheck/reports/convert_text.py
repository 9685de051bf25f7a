"""What came of sources that were joined to one record a child, as a page of text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.text import invalid_record
from casecheck.reports.words import WIDTH, counted, day_in_words, heading, number, plain, wrapped

MOST_INVALID: Final = 20
MOST_FIELDS: Final = 20
MOST_NOTES: Final = 10
LONGEST_NOTE: Final = 400


def convert_text(told: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the page.

    `told` holds `children`, `joined` (children of whom more than one source tells), `unlike_by_zeros`, `sources`
    (`name`, `format`, `records`, `purged`, `alone`, `notes`, `said`, `to`), `fields` (`field`, `taken`, `other`,
    `records`), `places` (`case_id`, `pointer`), `left` (`source`, `section`, `records`), `apart` (`source`,
    `episodes`), `invalid` (as in a result) and `output`. None of it holds a value of a record.
    """
    sources = told["sources"]
    yield "CASE RECORDS"
    yield "=" * WIDTH
    yield from _entry(
        "Written", f"{counted(told['children'], 'record')}, one a child, to {plain(told['output'], 1000)}"
    )
    if len(sources) > 1:
        yield from _entry("", f"{number(told['joined'])} of them of more than one source")
    for place, source in enumerate(sources):
        yield from _entry("" if place else "From", _source(source, len(sources)))
    yield from _drawn(sources)
    yield from _differing(told)
    yield from _not_joined(told)
    yield from _notes(sources)
    if told["invalid"]:
        yield from heading("Records that are left out")
        yield from (
            line for each in told["invalid"][:MOST_INVALID] for line in wrapped(invalid_record(each), "- ", "  ")
        )
        if len(told["invalid"]) > MOST_INVALID:
            yield f"- and {number(len(told['invalid']) - MOST_INVALID)} more"


def _entry(name: str, text: str) -> list[str]:
    return wrapped(text, f"{name:<10}")


def _source(source: Mapping[str, Any], sources: int) -> str:
    said = f"{plain(source['name'])} ({source['format']}): {counted(source['records'], 'record')}"
    if source["purged"]:
        said += f", {number(source['purged'])} to be purged and passed over"
    if sources > 1:
        alone = counted(source["alone"], "child", "children")
        said += f"; of {alone} no other source tells" if source["alone"] else ""
    return said


def _drawn(sources: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    days = sorted({day for source in sources for day in source["to"]})
    if not days:
        return
    yield from _entry("Drawn", " and ".join(map(day_in_words, days[:3])))
    of = "The sources were drawn on different days; of a child of several the first of them counts. " * (len(days) > 1)
    yield ""
    yield from wrapped(f"{of}Audit the records with --as-at {days[0]}: what fell due later is not known.")


def _differing(told: Mapping[str, Any]) -> Iterator[str]:
    if not told["fields"]:
        return
    yield from heading("Given differently")
    yield ""
    yield from wrapped("Of these fields two sources say different things. The one that is named first is taken.")
    yield ""
    for each in told["fields"][:MOST_FIELDS]:
        records = counted(each["records"], "record")
        what = f"{plain(each['field'], 100)}: {records}, {plain(each['taken'])} taken, not {plain(each['other'])}"
        yield from wrapped(what, "- ", "  ")
    if len(told["fields"]) > MOST_FIELDS:
        yield f"- and {number(len(told['fields']) - MOST_FIELDS)} more fields"
    yield ""
    yield "The first of them:"
    yield ""
    for place in told["places"]:
        yield from wrapped(f"{plain(place['case_id'])} {plain(place['pointer'], 200)}", "- ", "  ")


def _not_joined(told: Mapping[str, Any]) -> Iterator[str]:
    lines = [
        f"{plain(each['source'])}: {counted(each['episodes'], 'episode')} of no other source, kept with all it holds"
        for each in told["apart"]
    ]
    lines += [
        f"{plain(each['source'])}: {counted(each['records'], 'record')} of {each['section']} left out, since another "
        "source gives this section and has no such record"
        for each in told["left"]
    ]
    if told["unlike_by_zeros"]:
        numbers = counted(told["unlike_by_zeros"], "number")
        lines.append(f"{numbers} of children differ by leading zeros only, and are not joined; spreadsheets lose zeros")
    if lines:
        yield from heading("What could not be joined")
        yield ""
        for line in lines:
            yield from wrapped(line, "- ", "  ")


def _notes(sources: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    found = [(source, source["said"], source["notes"]) for source in sources if source["said"] or source["notes"]]
    if not found:
        return
    yield from heading("Notes on the sources")
    for source, said, notes in found:
        yield ""
        yield from wrapped(f"{plain(source['name'])}:")
        for note in said[:MOST_NOTES]:
            yield from wrapped(plain(note, LONGEST_NOTE), "- ", "  ")
        if len(said) > MOST_NOTES:
            yield f"- and {number(len(said) - MOST_NOTES)} more"
        if notes:
            what = f"{counted(notes, 'note')} on single records; casecheck audit of this source alone tells each"
            yield from wrapped(what, "- ", "  ")
