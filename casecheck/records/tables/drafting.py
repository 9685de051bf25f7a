"""A draft of a mapping for a table that no mapping knows: guesses, each with a comment, to be gone through by hand.

A guess rests on headings and on what columns seem to hold. No cell of the table is in the draft.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from casecheck.records.coverage import section_name
from casecheck.records.schema import Field, Section, sections
from casecheck.records.tables.cells import plain
from casecheck.records.tables.sampling_columns import BLANK, CODE, DAY, FLAG, ID, NUMBER, SAMPLED, TEXT, Looks, Sampled

FILL_IN: Final = "FILL-IN"
"""What stands where nothing could be guessed; a mapping that names it is told to be wrong."""

ENOUGH: Final = 0.5
"""How far the words of a heading and of a field must agree, from 0 to 1."""

_CHILD: Final = (
    "lachildid", "childid", "childuniqueid", "childsid", "childnumber", "mosaicid", "liquidlogicid", "swiftid",
    "frameworkiid", "carefirstid", "eclipseid", "casenumber", "caseid", "personid", "personnumber", "clientid",
    "clientnumber", "serviceuserid", "uniqueid", "systemid", "icsid", "mosaicnumber", "id", "number", "child",
)  # fmt: skip
_OTHERS_IDS: Final = frozenset(("upn", "nhs", "worker", "social", "urn", "staff", "manager", "carer", "postcode"))
_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_STARTS: Final = frozenset(("start", "started", "from", "begin", "begun", "began", "commenced", "opened", "held"))
_ENDS: Final = frozenset(("end", "ended", "to", "until", "closed", "ceased", "completed", "finished"))
_SAY_NOTHING: Final = frozenset(("of", "the", "a", "an", "is", "was", "has", "flag", "yn", "date", "on", "id", "and"))
_AS_IT_IS: Final = re.compile(r"[A-Za-z][A-Za-z0-9 _/().'-]*[A-Za-z0-9)]")
_OTHERWISE_YAML: Final = frozenset(("yes", "no", "true", "false", "null", "on", "off", "y", "n"))
_FITTING: Final = {
    DAY: ("date",),
    FLAG: ("flag",),
    NUMBER: ("count", "code"),
    CODE: ("code",),
    ID: ("code",),
    TEXT: ("code",),
    BLANK: ("date", "flag", "count", "code"),
}
_IN_WORDS: Final = {
    DAY: "days",
    FLAG: "yes or no",
    NUMBER: "numbers",
    ID: "numbers of people or records",
    TEXT: "text",
    BLANK: "blank, as far as it was looked at",
}


_ABOUT: Final = (
    "# A draft, made by `casecheck map new` of headings and of what columns seem to hold. Go through it line by line;",
    "# docs/mappings.md says what may stand here, docs/case-record.md which sections and fields there are. Then see",
    "# what it makes of the table: casecheck convert --explain --mapping THIS-FILE TABLE",
)


class Guess(NamedTuple):
    """What a table seems to be: the heading that names a child, the section its rows go to with the next likeliest, and
    the field that each column becomes (None: not used).
    """

    child: str | None
    section: Section | None
    others: tuple[Section, ...]
    fields: dict[str, str | None]


def draft(name: str, tables: Sequence[Sampled]) -> Iterator[str]:
    """The lines of a draft for the tables of a file of that name, without its ending."""
    mapping_id = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-") or "own-tables"
    yield from _ABOUT
    yield f"mapping: {_quoted(mapping_id)}"
    yield f"title: {_quoted(f'The table {name}')}"
    if any(each.month_first for table in tables for each in table.columns):
        yield "dates: month first  # some days can only be read so"
    yield ""
    yield "# If the table holds the newest record of a child only, or nothing before a day, say so:"
    yield "# covers: {latest_only: [SECTION], from: {SECTION: 2023-04-01}, to: 2024-03-31}"
    yield "tables:"
    taken: Counter[str] = Counter()
    for table in tables:
        own = re.sub(r"[^a-z0-9]+", "_", (table.sheet or name).lower()).strip("_") or "table"
        taken[own] += 1
        yield from _table(own if taken[own] == 1 else f"{own}_{taken[own]}", name, table)


def _table(own: str, name: str, table: Sampled) -> Iterator[str]:
    guess = guessed(f"{name} {table.sheet}", table)
    yield f"  {_quoted(own)}:"
    if table.sheet:
        yield f"    sheets: {_quoted(table.sheet)}"
    if guess.child is None:
        yield f"    child: {FILL_IN}  # no column seems to name a child: write its heading"
    else:
        yield f"    child: {_quoted(guess.child)}  # is this the number by which all sources name a child?"
    if guess.section is None:
        yield f"    into: {FILL_IN}  # which section of the case record is each row a record of?"
    else:
        others = ", ".join(section_name(each.path) for each in guess.others)
        yield f"    into: {section_name(guess.section.path)}{f'  # a guess; or {others}?' if others else '  # a guess'}"
    yield "    columns:"
    for each in table.columns:
        if each.heading != guess.child:
            becomes = guess.fields.get(each.heading) or "not used"
            yield f"      {_quoted(each.heading)}: {becomes}  # {_hint(each, becomes, guess.section, table.rows)}"
    if all(each.heading == guess.child for each in table.columns):
        yield f"      {FILL_IN}: not used"


def _hint(each: Looks, becomes: str, section: Section | None, rows: int) -> str:
    """What a column seems to hold, and what is still to be said of it."""
    kind = f"{each.different} different words" if each.kind == CODE else _IN_WORDS[each.kind]
    said = kind if each.filled in (0, rows) else f"{kind}, in {each.filled} of {rows} rows"
    if rows >= SAMPLED:
        said += " that were looked at" if each.filled not in (0, rows) else ""
    field = section.fields.get(becomes) if section is not None else None
    if field is not None and field.values:
        return f"{said}; say with `codes` what each of its words becomes"
    if becomes == "not used" and section is not None:
        free = [each_ for each_ in section.fields.values() if _kind(each_) in _FITTING[each.kind] and each.kind == DAY]
        if free:
            return f"{said}; or one of {', '.join(field.name for field in free[:4])}?"
    return said


# --- guesses ----------------------------------------------------------------------------------------------------------


def guessed(name: str, table: Sampled) -> Guess:
    """What a table seems to be. `name` is that of its file and its sheet."""
    child = _child(table.columns)
    columns = [each for each in table.columns if each.heading != child]
    ranked = sorted(
        ((score, section) for section in _candidates() if (score := _likeness(name, columns, section)) > 0),
        key=lambda found: (-found[0], found[1].path),
    )
    section = ranked[0][1] if ranked else None
    fields = _fields(columns, section) if section is not None else {}
    return Guess(child, section, tuple(each for _, each in ranked[1:3]), fields)


def _child(columns: Iterable[Looks]) -> str | None:
    """The heading of the column that seems to name a child."""
    best: tuple[float, str] | None = None
    for each in columns:
        if each.kind in (DAY, FLAG, BLANK) or _OTHERS_IDS & set(_words(each.heading)):
            continue
        name = plain(each.heading)
        score = 2 - _CHILD.index(name) / len(_CHILD) if name in _CHILD else 0.0
        score += 0.5 * ("child" in name or "person" in name) * (each.kind in (ID, NUMBER))
        score += 0.3 * (each.kind == ID) + 0.1 * (each.kind == NUMBER)
        if score > 0.4 and (best is None or score > best[0]):
            best = score, each.heading
    return None if best is None else best[1]


@cache
def _candidates() -> tuple[Section, ...]:
    """The sections that a table may fill: those with dates of their own."""
    return tuple(each for path, each in sections().items() if path and each.start and not each.derived)


@cache
def _rarity() -> dict[str, float]:
    """How much a word tells of a section: the more, the fewer sections are called by it."""
    counts = Counter(word for each in _candidates() for word in set(_words(each.name)))
    return {word: 1 / number for word, number in counts.items()}


def _likeness(name: str, columns: Sequence[Looks], section: Section) -> float:
    """How far the words of a table's name and headings agree with those of a section and its fields."""
    own = set(_words(section.name))
    said = {word for text in [name, *(each.heading for each in columns)] for word in _words(text)}
    called = sum(_rarity()[word] for word in own & said) / sum(_rarity()[word] for word in own)
    if not called:
        return 0.0
    fields = [field for field in _fields(columns, section).values() if field is not None]
    return 2 * called + 0.3 * len(fields) + 0.5 * bool(section.start in fields)


def _fields(columns: Sequence[Looks], section: Section) -> dict[str, str | None]:
    """The field of the section that each column seems to be, each field once, the likeliest first."""
    scored = [
        (score, each.heading, field.name)
        for each in columns
        for field in section.fields.values()
        if (score := _agreement(each, field, section)) >= ENOUGH
    ]
    found: dict[str, str | None] = {}
    for _, heading, field in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if heading not in found and field not in found.values():
            found[heading] = field
    days = [each.heading for each in columns if each.kind == DAY and each.heading not in found]
    if section.start not in found.values() and days:
        found[days[0]] = section.start
    return found


def _agreement(each: Looks, field: Field, section: Section) -> float:
    """How far a heading and a field agree, from 0 to 1; nothing where the column cannot be of the field."""
    if _kind(field) not in _FITTING[each.kind] or field.name in ("purge", "local") or field.personal:
        return 0.0
    heading, own = set(_words(each.heading)), set(_words(field.name))
    if plain(each.heading) == plain(field.name):
        return 1.0
    if field.name.endswith("_id") or "name" in heading:
        return 0.0
    about = set(_words(section.name))
    for name, words in ((section.start, _STARTS), (section.end, _ENDS)):
        if field.name == name and section.start != section.end and heading & words:
            return 0.9
    both = heading & own
    return len(both) / len((heading | own) - (about - both)) if both else 0.0


def _kind(field: Field) -> str:
    if field.is_date:
        return "date"
    if "boolean" in field.types:
        return "flag"
    return "count" if {"integer", "number"} & set(field.types) else "list" if "array" in field.types else "code"


@cache
def _words(text: str) -> tuple[str, ...]:
    """The words of a heading or a name that say something, each without its ending of many."""
    found = (word.lower() for word in _PARTS.findall(text.replace("_", " ")))
    return tuple(_single(word) for word in found if word not in _SAY_NOTHING)


def _single(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _quoted(text: str) -> str:
    """Text as YAML has it: as it is where that can mean nothing else."""
    is_plain = _AS_IT_IS.fullmatch(text) and text.lower() not in _OTHERWISE_YAML
    return text if is_plain else json.dumps(text, ensure_ascii=False)
