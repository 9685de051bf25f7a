"""The case record as tables, with what returns and data sets call each field."""

from collections.abc import Iterable, Iterator
from typing import Final

from casecheck.records.census_layout import census_names
from casecheck.records.schema import Field, Section, sections
from casecheck.rules.names import called
from casecheck.written.places import listed
from pages.markdown import anchor, code, codes, filled, link, made_from, page, table, text

DFE: Final = "DfE children's social care API 0.8"
EVERYWHERE: Final = ("purge", "local")
"""Fields that every record may have, told once."""

_INTRODUCTION: Final = """\
A case record is one JSON object a child. It is a superset of the payload that councils send to the DfE's children's
social care API (specification 0.8), which is a valid set of case records as it stands. The contract is the JSON Schema
that `casecheck schema case` prints; this page is made from it. [`sample_cases/`](../sample_cases) holds 20 invented
children.

A **section** is a list of records (or a single one) within a record. What it is decides how rules read it. An **event**
happened on a day. **Work** was begun and completed; finished work ends no duty. What is **lasting** runs from a day to
a day, and duties end with it. A **part** has no dates of its own. Some sections are **worked out** from others when a
record is read: rules read them, but no source holds them.

**Absent is not empty.** A section or field that is left out is one that the source does not hold, and what depends on
it is not known. One that is there and empty (`[]`, `null`) says that nothing was recorded. Only what is marked *may be
left out* means the same when it is left out as when it is empty.

Days are written `2012-04-23`. A field marked *personal* is accepted because payloads hold it, and reaches no output.
One marked *judged* holds what only someone who has read the file can tell; `casecheck sample` asks for it. Every record
may also have `purge` (true: the sender has withdrawn it, and it is treated as not there) and `local` (a council's own
fields, free in name and form, which its own rules can read).

What others call a field:

- **DfE**: the payload's name. It is the same wherever the payload has the field.
- **Census**: the element of a Children in Need census return (2021 to 2026) from which casecheck reads the field. Pupil
  numbers of a return are not read, and `ICPCnotRequired` says the opposite of `icpc_required_flag`.
- **SSD**: the table and column of the Standard Safeguarding Dataset that hold the same. Its values may be of another
  kind: Y and N for yes and no, or its own codes.

What is *only here*, none of the three has; it says for what standard or law it is asked for.
"""


def case_record() -> str:
    """The page of the case record."""
    return page([*_head(), *_index(), *_sections()])


def place_of(path: tuple[str, ...]) -> str:
    """The anchor of a section on the page: sections that are the same in several places have one."""
    return path[-1] if path and path[-1] in _in_several_places() else called(path) if path else "child"


def _in_several_places() -> set[str]:
    names = [path[-1] for path in sections() if path]
    return {name for name in names if names.count(name) > 1}


def _head() -> Iterator[str]:
    yield from made_from("casecheck/records/case.schema.json")
    yield from ("# The case record", "", *_INTRODUCTION.splitlines())


# --- the sections at a glance ----------------------------------------------------------------------------------------


def _index() -> Iterator[str]:
    yield from ("", "## All sections", "")
    rows = []
    for path, section in sections().items():
        if not path:
            continue
        indent = "&nbsp;&nbsp;" * (len(path) - 1)
        name = indent + link(code(section.name), f"#{place_of(path)}")
        dfe = section.source == DFE
        elsewhere = _elsewhere(dfe, census_names().get((section.name, ""), ()), section.ssd)
        rows.append((name, _kind(section), ", ".join(elsewhere)))
    yield from table(("Section", "What it is", "Elsewhere"), rows)


def _kind(section: Section) -> str:
    dates = dict.fromkeys(each for each in (section.start, section.end) if each)
    dated = f", {' to '.join(code(each) for each in dates)}" if dates else ""
    return section.nature + dated + (", worked out" if section.derived else "")


def _elsewhere(dfe: bool, census: Iterable[str], ssd: str | None) -> list[str]:
    """What the DfE payload, the census and the SSD call it; nothing where they do not have it."""
    said = ["DfE: same"] if dfe else []
    said += [f"Census: {codes(census)}"] if census else []
    return said + ([f"SSD: {code(ssd)}"] if ssd else [])


# --- section by section ----------------------------------------------------------------------------------------------


def _sections() -> Iterator[str]:
    told: set[str] = set()
    for path, section in sections().items():
        place = place_of(path)
        if place in told:
            continue
        told.add(place)
        yield from ("", anchor(place), "", f"## {text(section.title) if path else 'The child'}", "")
        yield from filled(_about(path, section))
        yield from _fields(section)


def _about(path: tuple[str, ...], section: Section) -> str:
    if not path:
        return "The record itself."
    where = [each for each in sections() if each and each[-1] == path[-1]]
    within = f"in {listed([_linked(each[:-1]) for each in where])}" if path[:-1] else "of the child"
    said = f"{code(section.name)} {within}. {text(section.description)} {_sentence(section)}"
    return f"{said} {_further(section)}".strip()


def _linked(path: tuple[str, ...]) -> str:
    return link(code(path[-1]), f"#{place_of(path)}")


def _sentence(section: Section) -> str:
    """`An event, dated by its visit_date.`"""
    if section.nature == "event":
        return f"An event on its {code(section.start or '')}."
    if section.nature == "work":
        return f"Work, begun on its {code(section.start or '')} and completed on its {code(section.end or '')}."
    if section.nature == "lasting":
        return f"Lasting, from its {code(section.start or '')} to its {code(section.end or '')}."
    return "A single part, without dates of its own." if section.single else "A part, without dates of its own."


def _further(section: Section) -> str:
    said = [] if section.fields.keys() - set(EVERYWHERE) else [f"It holds {_held_by(section)} alone."]
    if section.derived:
        said.append("Worked out on reading; no source holds it.")
    elif section.absent_is_empty:
        said.append("It may be left out where there is none.")
    if section.one_at_a_time:
        said.append("A child has one at a time: one left open ends where the next begins.")
    if section.ends_at_18:
        said.append("It ends on the 18th birthday at the latest.")
    if section.ends_with is not None:
        said.append(f"It ends with one of the {code(section.ends_with)} at the latest.")
    if section.outlasts:
        said.append("It may go on after the case is closed.")
    if section.judged_when_begun:
        said.append("What is recorded of it is judged as of the day on which it was begun.")
    return " ".join(said)


def _held_by(section: Section) -> str:
    return listed([_linked(path) for path in sections() if path and path[:-1] == section.path], "and")


def _fields(section: Section) -> Iterator[str]:
    fields = [field for name, field in section.fields.items() if name not in EVERYWHERE]
    if not fields:
        return
    yield ""
    if section.derived:
        yield from table(("Field", "What it says"), [_told(field) for field in fields])
    else:
        rows = [(*_told(field), "<br>".join(_names(section, field)) or _only_here(field)) for field in fields]
        yield from table(("Field", "What it says", "Elsewhere"), rows)


def _told(field: Field) -> tuple[str, str]:
    values = [each for each in field.values if each is not None]
    one_of = f" One of {codes(values)}." if values else ""
    omitted = " *May be left out.*" if field.absent_is_empty else ""
    return code(field.name), f"*{_type(field)}.* {text(field.description)}{one_of}{omitted}"


def _type(field: Field) -> str:
    types = [each for each in field.types if each != "null"]
    kind = "Day" if field.is_date else _TYPES.get(types[0], types[0]) if types else "Code"
    if field.is_date and field.planned:
        kind = "Planned day"
    if field.values and types == ["string"]:
        kind = "Code"
    marks = [mark for mark, holds in (("personal", field.personal), ("judged", field.judgement)) if holds]
    return ", ".join([kind, *marks])


_TYPES: Final = {
    "string": "Text",
    "boolean": "Yes or no",
    "integer": "Whole number",
    "number": "Number",
    "array": "List",
    "object": "Object",
}


def _names(section: Section, field: Field) -> list[str]:
    """What others call the field, a line each; the SSD's table has one of its own, so that cells are narrow."""
    names = _elsewhere(field.source == DFE, census_names().get((section.name, field.name), ()), field.ssd)
    return [each.replace(".", "`<br>`.") if each.startswith("SSD") else each for each in names]


def _only_here(field: Field) -> str:
    """Where a field comes from that the three do not have: another return, or the standard that asks for it."""
    if field.source.startswith("SSDA903"):
        return text(field.source)
    said = field.source.removeprefix("casecheck, for ")
    return "Only here" if said == "casecheck" else f"Only here, for {text(said)}"
