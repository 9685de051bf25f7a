"""What the names in a rule mean: sections and fields of the case schema, or what to write where there is none such."""

from collections.abc import Collection
from typing import Final

from casecheck.records.properties import did_you_mean
from casecheck.records.schema import Section, sections, sections_named
from casecheck.rules.conditions import section_for
from casecheck.written.places import listed

SectionPath = tuple[str, ...]

NOT_FOR_RULES: Final = frozenset({"coverage"})
"""Sections that say how to read a record, not what was done."""


class NoSuchName(Exception):
    """A name that means nothing, or more than one thing; its text says what to write."""


def find_section(name: str, path: SectionPath) -> Section:
    """The section that `name` means for a record of the section at `path`.

    Raises NoSuchName where there is none, or more than one.
    """
    try:
        section = section_for(name, path)
    except KeyError:
        found = sections_named(name)
        if found:
            paths = [f"`{_shortest_name(each)}`" for each in found]
            raise NoSuchName(f"more than one section is called `{name}`; write {listed(paths)}") from None
        raise NoSuchName(f"there is no section `{name}`{_hint(name, section_names())}") from None
    if section.path[0] in NOT_FOR_RULES:
        raise NoSuchName(f"`{name}` says how to read a record; rules do not read it")
    return section


def section_names() -> list[str]:
    """The names by which rules may call sections: the last part of the path."""
    return sorted({path[-1] for path in sections() if path and path[0] not in NOT_FOR_RULES})


def called(path: SectionPath) -> str:
    """What messages call the section at `path`: its own name where that is unique, else with its path."""
    return _shortest_name(sections()[path]) if path else "the child"


def _shortest_name(section: Section) -> str:
    for length in range(1, len(section.path)):
        name = ".".join(section.path[-length:])
        if len(sections_named(name)) == 1:
            return name
    return ".".join(section.path)


def find_date_field(name: str, path: SectionPath) -> tuple[Section, str]:
    """The section and the field of a date: own, `previous.FIELD`, or `SECTION.FIELD` of a record around.

    Raises NoSuchName where `name` is no such field.
    """
    first, _, field = name.rpartition(".")
    holder = sections()[path]
    if first and first != "previous":
        around = section_around(first, path)
        if around is None:
            raise NoSuchName(
                f"`{name}`: no record called `{first}` is around one of {called(path)}; write its own field, "
                f"previous.FIELD, or SECTION.FIELD of a record around it{_around(path)}"
            )
        holder = around
    dates = [each.name for each in holder.fields.values() if each.is_date and not each.personal]
    if field in dates:
        return holder, field
    what = "is not a date" if field in holder.fields else "is not a field"
    meant = did_you_mean(field, dates)
    hint = f"did you mean `{meant}`?" if meant else f"its dates are {listed(dates, 'and') if dates else 'none'}"
    raise NoSuchName(f"`{field}` {what} of {called(holder.path)}; {hint}")


def section_around(name: str, path: SectionPath) -> Section | None:
    """The section on the way from the child to `path` that is called `name`, the nearest first."""
    wanted = tuple(name.split("."))
    for length in range(len(path), 0, -1):
        if path[:length][-len(wanted) :] == wanted:
            return sections()[path[:length]]
    return None


def _around(path: SectionPath) -> str:
    names = [path[length - 1] for length in range(len(path) - 1, 0, -1)]
    return f" ({listed(names)})" if names else ""


def _hint(word: str, known: Collection[str]) -> str:
    meant = did_you_mean(word, known)
    return f"; did you mean `{meant}`?" if meant else "; the case schema names them all"


def lasting_around(path: SectionPath) -> Section | None:
    """The nearest lasting section around `path`, if there is one."""
    for length in range(len(path) - 1, 0, -1):
        section = sections()[path[:length]]
        if section.nature == "lasting":
            return section
    return None
