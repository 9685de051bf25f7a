"""What a report says of a result, sentence by sentence: every format says the same fact in the same words.

All that comes out of records or packs has passed through `plain`; none of it is escaped for any format.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.words import counted, day_in_words, listed, number, percent, plain

Part = Mapping[str, Any]
"""A part of the result document."""

TITLE: Final = "Audit of case records"
MAIN_FINDINGS: Final = "Record of main findings, as the audited standards indicate"
STANDARDS: Final = "Standards, in cases"
INVALID: Final = "Records that could not be audited"
NOTES_OF_SOURCES: Final = "Notes on what was read"

SEVERITIES: Final = ("critical", "major", "minor")
OUTCOMES: Final = {
    "pass": "passed",
    "fail": "failed",
    "not_due": "not due",
    "unknown": "not known",
    "not_applicable": "does not apply",
}
"""Of each outcome of a finding what a reader is told."""

VERDICTS: Final = {False: "inadequate", None: "undetermined", True: "adequate"}

ABOUT_STANDARDS: Final = (
    "Passed, failed, not due and not known count cases. Met in time: the share of what was due in the review "
    "period, visit by visit and plan by plan, that was done in time."
)
NOTHING_JUDGED: Final = "No standard had anything to judge in the review period."
DIFFERS: Final = "* The share of cases that meet the standard differs from that of all others by more than chance."

LONGEST_TITLE: Final = 300
LONGEST_MESSAGE: Final = 1000
MOST_SOURCES: Final = 5
"""Sources told by name; the result document holds them all."""
MOST_NOTES: Final = 5
"""Notes told of one case; the result document holds them all."""
MOST_GROUPS: Final = 12
"""Groups that are told standard by standard; of more, the result document tells all."""

_FROM: Final = {
    "call": "as the call says",
    "casecheck.yaml": "as casecheck.yaml says",
    "source": "the reference date of what was read",
    "today": "today, since nothing said otherwise",
}


# --- what was audited -------------------------------------------------------------------------------------------------


def audited(head: Part, cases: Mapping[str, int]) -> list[tuple[str, str]]:
    """What was audited, as at which day, against what: entries of a name, empty where the one before goes on, and text.

    `head` is a document with the sources, days and pack of an audit; `cases` its counts of records.
    """
    pack = head["pack"]
    counts = f"{counted(cases['read'], 'record')} read, {number(cases['audited'])} audited"
    where_from = _FROM.get(head["as_at_from"], plain(head["as_at_from"]))
    return [
        ("Audited", _sources(head["sources"])),
        ("", f"{counts}, {number(cases['invalid'])} invalid"),
        ("As at", f"{day_in_words(head['as_at'])} ({where_from})"),
        ("Looking back", f"from {day_in_words(head['since'])} to that day"),
        ("Against", f"{plain(pack['id'])}, version {plain(pack['version'])} (digest {pack['digest'][:12]})"),
        ("Made by", f"casecheck {plain(head['casecheck'])}"),
    ]


def _sources(sources: Sequence[Part]) -> str:
    if len(sources) == 1:
        return f"{plain(sources[0]['name'])} ({plain(sources[0]['format'])})"
    names = listed((plain(source["name"]) for source in sources), MOST_SOURCES)
    return f"{counted(len(sources), 'source')}: {names}"


def invalid_record(each: Part) -> str:
    """An entry of `invalid_records` as one line: source, record, place, and what is wrong."""
    record = each["record"]
    name = f"record {record}" if isinstance(record, int) else f"case {plain(record)}"
    place = f" at {each['pointer']}" if each["pointer"] else ""
    return plain(f"{plain(each['source'])}, {name}{place}: {each['message']}", LONGEST_MESSAGE)


def note(each: Part) -> str:
    """A note on a record: its place, and what it is."""
    where = f"{plain(each['pointer'], LONGEST_MESSAGE)}: " if each["pointer"] else ""
    return where + plain(each["message"], LONGEST_MESSAGE)


def more_notes(case: Part) -> str | None:
    """How many notes on the record are not told here."""
    more = len(case["notes"]) - MOST_NOTES
    return f"and {number(more)} more, in the JSON result" if more > 0 else None


# --- how much is adequate ---------------------------------------------------------------------------------------------


def verdict(summary: Part) -> list[str]:
    """How many cases are adequate, how many undetermined, and how much was done in time: a sentence or two each."""
    cases, share, done = summary["cases"], summary["adequacy_ratio"], summary["obligation_ratio"]
    told = [_share_adequate(share)]
    if cases["undetermined"]:
        told.append(_undetermined(cases["undetermined"], "more " if share["denominator"] else ""))
    if done["denominator"]:
        of = f"{number(done['numerator'])} of {number(done['denominator'])} ({percent(done['ratio'])})"
        told.append(f"Of what was due in the review period, {of} was done in time.")
    return told


def _share_adequate(share: Part) -> str:
    if share["ratio"] is None:
        return "No case could be called adequate or inadequate."
    ratio = f"{percent(share['ratio'])}; 95% interval {percent(share['low'])} to {percent(share['high'])}"
    return f"{number(share['numerator'])} of {counted(share['denominator'], 'case')} adequate ({ratio})."


def _undetermined(count: int, more: str) -> str:
    are, they_are = ("case is", "It is") if count == 1 else ("cases are", "They are")
    why = "the records do not hold enough to tell"
    return f"{number(count)} {more}{are} undetermined: {why}. {they_are} in no share."


def about_grades(areas: Iterable[Part]) -> str:
    """What a grade is, and is not."""
    said = "Grades are indicated by the audited standards. They are not an inspector's judgement."
    if any(area["grade_low"] != area["grade_high"] for area in areas):
        said += " Where two are named, too few cases were audited to tell them, and those between them, apart."
    return said


def part_and_name(area: Part) -> tuple[str, str]:
    """An area's title in two: the part of the record of main findings that it stands in, and its name there."""
    part, _, name = area["title"].rpartition(": ")
    return plain(part, LONGEST_TITLE), capital(plain(name, LONGEST_TITLE))


def grade(area: Part) -> tuple[str, str | None]:
    """The grade that is indicated, and where the interval reaches others `lowest to highest`."""
    indicated, low, high = (area[name] or "-" for name in ("grade", "grade_low", "grade_high"))
    return indicated, None if low == high else f"{low} to {high}"


def interval(share: Part) -> str:
    """The interval of a share: `30% to 70%`."""
    return "-" if share["ratio"] is None else f"{percent(share['low'])} to {percent(share['high'])}"


def met_in_time(found: Part) -> str:
    """Of what a standard asked for the share done in time: `61% of 18`."""
    met = found["obligation_ratio"]
    return "-" if met["ratio"] is None else f"{percent(met['ratio'])} of {number(met['denominator'])}"


# --- groups -----------------------------------------------------------------------------------------------------------


def beside_others(group: Part) -> str:
    """Whether a group differs from all other cases."""
    return "too few" if group["too_small"] else "differs" if group["more_than_chance"] else "-"


def about_groups(groups: Iterable[Part]) -> str:
    """What `beside_others` says."""
    said = "Beside others: whether the share differs from that of all other cases by more than chance."
    if any(group["too_small"] for group in groups):
        said += " Too few: fewer than ten cases are adequate or inadequate, which is too small a group to compare."
    return said


def too_many_groups(groups: Sequence[Part]) -> str:
    """Where the standards of so many groups are told."""
    return f"There are {number(len(groups))} groups; the JSON result has their standards one by one."


# --- cases ------------------------------------------------------------------------------------------------------------


def kind_of_case(case: Part) -> str | None:
    """Under which heading a case is told: None where it is adequate and nothing failed."""
    if case["adequate"] is False:
        return "Inadequate cases"
    if case["adequate"] is None:
        return "Undetermined cases"
    return "Adequate cases that fail a standard" if found(case, "fail") else None


KINDS_OF_CASES: Final = ("Inadequate cases", "Undetermined cases", "Adequate cases that fail a standard")


def found(case: Part, outcome: str) -> list[Part]:
    """The findings of a case with that outcome, in the pack's order."""
    return [finding for finding in case["findings"] if finding["outcome"] == outcome]


def failed(case: Part, rules: Mapping[str, Part]) -> list[Part]:
    """The findings that failed, the gravest first."""
    return sorted(found(case, "fail"), key=lambda each: SEVERITIES.index(rules[each["rule"]]["severity"]))


def groups_of(case: Part) -> str:
    """Where a case stands in each breakdown: `team: East; age: 5`."""
    return "; ".join(f"{plain(name)}: {plain(value)}" for name, value in case["groups"].items())


def reasons(case: Part) -> str | None:
    """Why a case is inadequate or undetermined."""
    return sentence("; ".join(case["reasons"])) if case["reasons"] else None


def sentence(message: str) -> str:
    """A message as a sentence."""
    return plain(capital(message), LONGEST_MESSAGE) + "."


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
