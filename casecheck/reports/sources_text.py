"""What sources hold and which standards they can decide, as a page of text: `casecheck convert --explain`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.text import invalid_record
from casecheck.reports.text_tables import table
from casecheck.reports.words import WIDTH, counted, day_in_words, heading, listed, number, plain, wrapped

LONGEST: Final = 300
MOST: Final = 40
MOST_NOTES: Final = 10
MOST_LACKING: Final = 15

_SHORT: Final = {"yes": "yes", "in part": "part", "no": "no"}


def sources_text(told: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the page; `told` is the document of `convert --explain --format json`."""
    yield "WHAT THE SOURCES HOLD"
    yield "=" * WIDTH
    yield from _summary(told)
    for source in told["sources"]:
        yield from _source(source)
    for pack in told["packs"]:
        yield from _pack(pack)


def _summary(told: Mapping[str, Any]) -> Iterator[str]:
    """Short counts first: of each source against each pack."""
    yield from wrapped(
        f"{counted(told['children'], 'child', 'children')} in {counted(len(told['sources']), 'source')}."
    )
    for pack in told["packs"]:
        yield ""
        yield f"Standards of {plain(pack['id'])} that can be decided"
        rows = [
            [plain(each["name"]), number(each["yes"]), number(each["in_part"]), number(each["no"])]
            for each in pack["sources"]
        ]
        yield from table(("Source", "Yes", "In part", "No"), [("", rows)])


# --- a source ---------------------------------------------------------------------------------------------------------


def _source(source: Mapping[str, Any]) -> Iterator[str]:
    yield from heading(plain(source["name"]))
    yield ""
    yield from wrapped(f"{counted(source['records'], 'record')}, read as {source['format']}{_drawn(source['to'])}.")
    for each in source["tables"]:
        yield from _table(each)
    yield ""
    yield "Sections of the case record that it holds:"
    for each in source["sections"]:
        limits = f" ({'; '.join(each['limits'])})" if each["limits"] else ""
        fields = f": {', '.join(each['fields'])}" if each["fields"] else ", without records" * (not each["fields"])
        yield from wrapped(f"{each['section']}{limits}{fields}", "- ", "  ")
    if not source["sections"]:
        yield "- none"
    yield from _items("Not recognised:", (_near(each["name"], each["near"]) for each in source["not_recognised"]))
    invalid = (invalid_record({"source": source["name"], **each}) for each in source["invalid"])
    yield from _items("Not read:", (plain(each, LONGEST) for each in invalid))
    yield from _items("Notes:", (plain(note, LONGEST) for note in source["notes"]), MOST_NOTES)


def _drawn(days: Sequence[str]) -> str:
    return f", drawn on {listed(map(day_in_words, days), 3)}" if days else ""


def _table(told: Mapping[str, Any]) -> Iterator[str]:
    sheet = f", sheet {plain(told['sheet'])}" if told["sheet"] else ""
    yield ""
    yield from wrapped(
        f"{plain(told['file'])}{sheet}: table {plain(told['table'])}, {counted(told['rows'], 'row')} read"
    )
    if told["problem"] is not None:
        yield from wrapped(f"not used: {plain(told['problem'], LONGEST)}", "  ")
    lines = (
        ("used", (f"{plain(each['column'])} ({each['becomes'].rpartition('.')[2]})" for each in told["used"])),
        ("not used", (plain(each) for each in told["not_used"])),
        ("not recognised", (_near(each["column"], each["near"]) for each in told["not_recognised"])),
        ("not there", (_near(each["column"], each["near"]) for each in told["missing"])),
        ("left out", (f"{counted(each['rows'], 'row')}: {plain(each['why'], LONGEST)}" for each in told["left_out"])),
    )
    for name, found in lines:
        every = list(found)
        if every:
            yield from wrapped(listed(every, MOST), f"  {name}: ", "    ")


def _near(name: str, near: str | None) -> str:
    return f"{plain(name)} (did you mean {plain(near)}?)" if near else plain(name)


def _items(title: str, items: Iterable[str], most: int = MOST) -> Iterator[str]:
    every = list(items)
    if not every:
        return
    yield ""
    yield title
    for each in every[:most]:
        yield from wrapped(each, "- ", "  ")
    if len(every) > most:
        yield f"- and {number(len(every) - most)} more"


# --- a pack -----------------------------------------------------------------------------------------------------------


def _pack(pack: Mapping[str, Any]) -> Iterator[str]:
    names = [source["name"] for source in pack["sources"]]
    yield from heading(f"Standards of {plain(pack['id'])}, version {plain(pack['version'])}")
    yield ""
    if len(names) > 1:
        for place, name in enumerate(names[:-1], 1):
            yield from wrapped(plain(name), f"{place}  ")
        yield "*  all together"
        yield ""
    heads = [*(str(place) for place in range(1, len(names))), "*"] if len(names) > 1 else ["Decided"]
    rules = pack["rules"]
    groups = [
        (plain(area["title"], LONGEST), [_rule(rule) for rule in rules if rule["area"] == area["area"]])
        for area in pack["areas"]
    ]
    yield from table(("Standard", *heads), [group for group in groups if group[1]])
    yield from _to_add(pack["lacking"])


def _rule(rule: Mapping[str, Any]) -> list[str]:
    last = rule["sources"][-1]
    says = f"{plain(rule['title'], LONGEST)} ({rule['severity']})"
    if last["lacking"]:
        says += f" - lacks {listed(last['lacking'], 4)}"
    elif last["limits"]:
        says += f" - {'; '.join(last['limits'][:2])}"
    return [says, *(_SHORT[each["answer"]] for each in rule["sources"])]


def _to_add(lacking: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not lacking:
        return
    yield from heading("What to add next")
    yield ""
    yield from wrapped("What is lacking, and how many standards it keeps from being decided, or lets decide in part.")
    yield ""
    rows = [[each["name"], number(each["undecided"]), number(each["in_part"])] for each in lacking[:MOST_LACKING]]
    yield from table(("Section or field", "Not decided", "In part"), [("", rows)])
    if len(lacking) > MOST_LACKING:
        yield f"and {number(len(lacking) - MOST_LACKING)} more"
