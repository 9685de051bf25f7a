"""What is not held, or impossible, so that something is not known; and what would have to be in the record to tell."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from casecheck.calendar import UNKNOWN, in_words
from casecheck.checks.discharge import Serving, newest_hidden, served
from casecheck.explaining.missing_dates import BIRTH, field_missing, own_dates_missing
from casecheck.explaining.model import Missing
from casecheck.explaining.reasons import Asking, absent, parts_of
from casecheck.records.case import NOT_HELD, Case, Record, compile_fetch, row_on
from casecheck.records.schema import Section, sections
from casecheck.rules.conditions import in_force, section_for
from casecheck.rules.matching import ordinals_known, other_field
from casecheck.rules.model import Condition
from casecheck.rules.names import section_around
from casecheck.rules.record_words import field_noun, sentence_noun
from casecheck.written.places import listed

# --- parts of a record -----------------------------------------------------------------------------------------------


def section_missing(case: Case, holder: Record, path: tuple[str, ...]) -> Missing:
    """That a section is not held by a record that should hold it."""
    section = sections()[path]
    pointer = f"{holder.pointer}/{path[len(holder.section.path)]}"
    many = sentence_noun(section).many
    said = f"{many} are not held: the section is left out"
    if path in case.coverage.not_held:
        said = f"the source says that it does not hold {many}"
    return Missing(pointer, said, f"the {many}, or [] if there were none")


# --- conditions ------------------------------------------------------------------------------------------------------


def doubts(says: Condition, asking: Asking) -> list[Missing]:
    """What is not held, so that it is not known whether the condition holds; nothing where it is known."""
    return list(dict.fromkeys(_doubts(says, asking)))


def _doubts(says: Condition, asking: Asking) -> Iterator[Missing]:
    for part in parts_of(says):
        if asking.truth(part) is not None:
            continue
        (key, value), *_ = part.items()
        if key in ("any_of", "none_of"):
            for each in value:
                yield from _doubts(each, asking)
        elif key == "is":
            yield from _doubts(asking.terms[value], asking)
        else:
            yield from _doubts_of_entry(key, value, asking)


def _doubts_of_entry(key: str, value: Any, asking: Asking) -> Iterator[Missing]:
    case, record, day, _ = asking
    section = record.section
    first, _, rest = key.partition(".")
    outer = section_around(first, section.path) if rest else None
    if key == "age":
        yield BIRTH
    elif key == "position" or (first == "previous" and record.previous is None):
        yield place_missing(record)
    elif key == "lasted":
        yield from own_dates_missing(record)
    elif key in section.fields:
        yield from _field_doubts(record, key, value, day, case)
    elif first == "previous" and record.previous is not None:
        yield from _field_doubts(record.previous, rest, value, day, case)
    elif first == "local":
        yield Missing(f"{record.pointer}/local/{rest}", "the council's own field is not held", "its value")
    elif outer is not None and rest in outer.fields:
        holder = record
        while holder.section.path != outer.path and holder.parent is not None:
            holder = holder.parent
        yield from _field_doubts(holder, rest, value, day, case)
    else:
        yield from _section_doubts(section_for(key, section.path), value, asking)


def place_missing(record: Record) -> Missing:
    """That the place of the record among those of its list is not known."""
    many = sentence_noun(record.section).many
    holder = record.parent.pointer if record.parent is not None else ""
    field = record.section.in_turn_by
    known = ["date"] if field is None else ["date", field_noun(record.section, field)]
    said = f"earlier {many} may not be held, or have no known {listed(known)}, so their order is not known"
    wanted = listed([f"{each}s" for each in known], "and")
    return Missing(f"{holder}/{record.section.name}", said, f"all {many}, with their {wanted}")


def _field_doubts(record: Record, name: str, wanted: Any, day: int, case: Case) -> Iterator[Missing]:
    field = record.section.fields[name]
    if row_on(record, day).get(name, absent(field)) is NOT_HELD:
        yield field_missing(record, name, day)
    for other in _compared(wanted):
        holder, compared = other_field(record, other)
        if holder is None:
            if not ordinals_known(case, record):
                yield place_missing(record)
        elif row_on(holder, day).get(compared, absent(holder.section.fields[compared])) is NOT_HELD:
            yield field_missing(holder, compared, day)


def _compared(wanted: Any) -> Iterator[str]:
    """The fields with which a value is compared, denied or not."""
    if isinstance(wanted, Mapping):
        yield from (wanted["same_as"],) if "same_as" in wanted else _compared(wanted.get("not"))


def _section_doubts(section: Section, wanted: Any, asking: Asking) -> Iterator[Missing]:
    case, record, day, _ = asking
    found, lacking = compile_fetch(record.section.path, section.path)(record)
    for holder in lacking:
        yield section_missing(case, holder, section.path)
    since = case.coverage.since.get(section.path)
    if since is not None and day < since:
        yield history_missing(section, since)
    inner = {key: value for key, value in wanted.items() if key != "present"}
    for each in found:
        stands = in_force(each, found, day)
        meets = asking._replace(record=each).truth(inner) if inner else True
        if stands is None and meets is not False:
            yield from own_dates_missing(each)
        if stands is not False and meets is None:
            yield from _doubts(inner, asking._replace(record=each))


def history_missing(section: Section, since: int) -> Missing:
    """That nothing of a section is held before a day."""
    many = sentence_noun(section).many
    return Missing(f"/coverage/from/{section.name}", f"no {many} before {in_words(since)} are held", f"earlier {many}")


# --- what discharges a duty ------------------------------------------------------------------------------------------


def serving_missing(case: Case, record: Record, serving: Serving, terms: Any) -> list[Missing]:
    """What is not held of the records that serve: sections, dates, conditions, and what came before or after."""
    found: list[Missing] = []
    for path, fetch, _ in serving.sections:
        _, lacking = fetch(record)
        section = sections()[path]
        found += [section_missing(case, holder, path) for holder in lacking]
        since = case.coverage.since.get(path)
        if since is not None:
            found.append(history_missing(section, since))
        if path in case.coverage.latest_only:
            many = sentence_noun(section).many
            found.append(Missing("/coverage/latest_only", f"of {many} only the newest is held", f"all {many}"))
    here = served(case, record, serving)
    found += [missing for each in here.undated for missing in own_dates_missing(each)]
    found += [missing for _, each in here.sure if each.end == UNKNOWN for missing in own_dates_missing(each)]
    if newest_hidden(case, serving):
        found.append(Missing("/coverage/latest_only", "the newest one is after the audit date", "all of them"))
    return found


def drawn_missing(case: Case) -> list[Missing]:
    """That the source was drawn before the audit date, where it was."""
    drawn = case.coverage.to
    if drawn >= case.as_at:
        return []
    said = f"the source was drawn on {in_words(drawn)}, before the audit date"
    return [Missing("/coverage/to", said, f"a later extract, or an audit as at {in_words(drawn)}")]


def distinct(found: Iterable[Missing]) -> tuple[Missing, ...]:
    """Each of them once, in order."""
    return tuple(dict.fromkeys(found))
