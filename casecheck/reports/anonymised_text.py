"""What `casecheck anonymise` tells of the copy that it wrote: what became of the records, and of their findings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.facts import invalid_record
from casecheck.reports.words import WIDTH, counted, day_in_words, heading, number, plain, wrapped

_LONGEST: Final = 1000
_MOST: Final = 20

_DONE: Final = (
    ("numbers", "number, or name of a team,", "replaced by a pseudonym"),
    ("removed", "name, address or other number", "removed"),
    ("births", "day of birth", "cut to the month"),
    ("texts", "free text", "replaced by a neutral word"),
    ("not codes", "value that is no code", "replaced"),
    ("local", "local field", "removed: no standard reads it"),
    ("unknown", "property that casecheck does not know", "removed"),
)
_PLURALS: Final = {
    "numbers": "numbers, and names of teams,",
    "removed": "names, addresses and other numbers",
    "births": "days of birth",
    "not codes": "values that are no codes",
    "unknown": "properties that casecheck does not know",
}


def anonymised_text(told: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the report; `told` holds what came of it, and what was asked."""
    yield "COPY OF CASE RECORDS THAT NAMES NOBODY"
    yield "=" * WIDTH
    output = plain(told["output"], _LONGEST)
    left_out = f", {number(len(told['invalid']))} left out as invalid" if told["invalid"] else ""
    purged = f", {number(told['purged'])} to be purged" if told["purged"] else ""
    yield from wrapped(
        f"{counted(told['read'], 'record')} read, {number(told['written'])} written{left_out}{purged}", ""
    )
    yield from wrapped(f"written to {output}")
    yield ""
    for name, one, what in _DONE:
        count = told["done"].get(name, 0)
        if count:
            yield from wrapped(f"{counted(count, one, _PLURALS.get(name))} {what}", "- ")
    if told["shift_dates"]:
        yield from wrapped("all other dates of each child moved by as many weeks", "- ")
    yield from _findings(told)
    yield from _what_is_left(told)
    yield from _invalid(told)


def _findings(told: Mapping[str, Any]) -> Iterator[str]:
    pack, changed = told["pack"], told["changed"]
    yield from heading("Findings")
    yield ""
    audit = (
        f"as at {day_in_words(told['as_at'])}, from {day_in_words(told['since'])} on, against {plain(pack['id'])} "
        f"{plain(pack['version'])}"
    )
    if not changed:
        yield from wrapped(f"An audit {audit}, finds the same in the copy as in the original.")
    else:
        count = sum(len(standards) for _, standards in changed)
        yield from wrapped(
            f"An audit {audit}, finds otherwise in the copy: {counted(count, 'finding')} of "
            f"{counted(len(changed), 'case')} changed." + (" These cases were left out." if told["left_out"] else "")
        )
        if not told["shift_dates"]:
            yield from _changed(changed)
    if told["other_days"]:
        yield ""
        yield from wrapped(
            f"In {counted(told['other_days'], 'record')} another day than the first of the month stands for the birth, "
            "since with the first a finding would change. It is not the child's own."
        )


def _changed(changed: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    yield ""
    for case, standards in changed[:_MOST]:
        yield from wrapped(f"{plain(case)}: {', '.join(map(plain, standards))}", "- ")
    if len(changed) > _MOST:
        yield f"- and {number(len(changed) - _MOST)} more"


def _what_is_left(told: Mapping[str, Any]) -> Iterator[str]:
    yield from heading("What may still tell who a child is")
    yield ""
    yield from wrapped(
        "Dates of what was done, sex, ethnicity, disabilities and codes are kept, since standards and breakdowns read "
        "them. Whoever knows some of them of a child may find the child. Keep the copy accordingly."
    )
    if told["telling"]:
        yield ""
        yield from wrapped(
            f"In {counted(told['telling'], 'record')} something happened on a birthday, such as the end of care at 18, "
            "so that the day of birth may be guessed. --shift-dates moves it."
        )


def _invalid(told: Mapping[str, Any]) -> Iterator[str]:
    if not told["invalid"]:
        return
    yield from heading("Records that were left out")
    yield ""
    for each in told["invalid"][:_MOST]:
        yield from wrapped(invalid_record(each), "- ")
    if len(told["invalid"]) > _MOST:
        yield f"- and {number(len(told['invalid']) - _MOST)} more"
