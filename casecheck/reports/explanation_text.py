"""An explanation as a page of text: the findings of one case, each with the standard and the timeline that decided it.

What fails, is not known or not due is told in full, what passes in a line; a finding that was named, always in full.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.timeline_text import LEGEND, RAILS, timeline
from casecheck.reports.words import WIDTH, counted, day_in_words, heading, number, plain, wrapped

LONGEST: Final = 3000
"""Characters of what a pack says; the rule schema allows no longer texts."""

MOST: Final = 12
"""Records drawn of one finding, and records told of in a line each; the JSON explanation holds them all."""

SEVERITIES: Final = ("critical", "major", "minor")
IN_FULL: Final = ("fail", "unknown", "not_due")

_CALLED: Final = {
    "fail": "failed",
    "pass": "passed",
    "unknown": "not known",
    "not_due": "not due",
    "not_applicable": "does not apply",
}
_VERDICTS: Final = {True: "adequate", False: "inadequate", None: "undetermined"}
_DECIDE: Final = {
    "fail": ("late", "missed"),
    "pass": ("met",),
    "unknown": ("unknown",),
    "not_due": ("not_due",),
    "not_applicable": (),
}
"""The outcomes of obligations that decide a finding."""

_FROM: Final = {
    "call": "as the call says",
    "casecheck.yaml": "as casecheck.yaml says",
    "source": "the reference date of what was read",
    "today": "today, since nothing said otherwise",
}

Part = Mapping[str, Any]


def explanation_text(document: Part, asked_for: bool) -> Iterator[str]:
    """The lines of the page. `asked_for` says whether its findings were named, so that each is told in full."""
    findings = document["findings"]
    full = findings if asked_for else [each for each in findings if each["outcome"] in IN_FULL]
    ordered = full if asked_for else sorted(full, key=_weight)
    yield from _head(document, asked_for)
    for finding in ordered:
        yield from _finding(finding)
    if any(each["lines"] for finding in ordered for each in finding["applied"]):
        yield from ("", "-" * WIDTH, LEGEND, RAILS)
    if not asked_for:
        yield from _in_a_line_each(document)


def _weight(finding: Part) -> tuple[int, int]:
    return IN_FULL.index(finding["outcome"]), SEVERITIES.index(finding["severity"])


# --- head and foot ----------------------------------------------------------------------------------------------------


def _head(document: Part, asked_for: bool) -> Iterator[str]:
    pack = document["pack"]
    yield from wrapped(f"WHY THE FINDINGS OF CASE {plain(document['case_id'])} ARE WHAT THEY ARE")
    yield "=" * WIDTH
    yield from _entry("Record", f"{plain(document['case_id'])}, in {plain(document['source'])}")
    yield from _entry("As at", f"{day_in_words(document['as_at'])} ({_FROM[document['as_at_from']]})")
    yield from _entry("Looking back", f"from {day_in_words(document['since'])} to that day")
    yield from _entry(
        "Against", f"{plain(pack['id'])}, version {plain(pack['version'])} (digest {pack['digest'][:12]})"
    )
    yield from _entry("Made by", f"casecheck {document['casecheck']}")
    yield from _entry("The case is", _VERDICTS[document["adequate"]])
    if not asked_for:
        outcomes = [each["outcome"] for each in document["findings"]]
        counts = [f"{number(outcomes.count(each))} {_CALLED[each]}" for each in _CALLED if each in outcomes]
        yield from _entry("Its findings", ", ".join(counts).replace("does not apply", "do not apply"))
    for note in document["notes"]:
        where = f"{plain(note['pointer'], LONGEST)}: " if note["pointer"] else ""
        yield from wrapped(where + plain(note["message"], LONGEST), "Note          ")


def _entry(name: str, text: str) -> list[str]:
    return wrapped(text, f"{name:<14}")


def _in_a_line_each(document: Part) -> Iterator[str]:
    """What passed, a line each; what does not apply, by id; and how to see one."""
    passed = [each for each in document["findings"] if each["outcome"] == "pass"]
    if passed:
        yield from heading("Passed")
        for finding in passed:
            yield from wrapped(f"{plain(finding['title'], LONGEST)} ({finding['rule']})", "- ", "  ")
    others = [each["rule"] for each in document["findings"] if each["outcome"] == "not_applicable"]
    if others:
        yield from heading("Do not apply")
        yield from wrapped(", ".join(others))
    if passed or others:
        yield ""
        yield from wrapped("To see why one passed or does not apply, name it: --rule ID, with the id that stands here.")


# --- one finding ------------------------------------------------------------------------------------------------------


def _finding(finding: Part) -> Iterator[str]:
    yield from heading(plain(finding["title"], LONGEST))
    yield from wrapped(f"{finding['rule']} ({finding['severity']}): {_CALLED[finding['outcome']]}.")
    if finding["message"]:
        message = finding["message"]
        yield from wrapped(plain(message[:1].upper() + message[1:], LONGEST) + ".")
    yield ""
    for standard in finding["standard"]:
        yield from wrapped(plain(standard, LONGEST), "Standard  ")
    for term in finding["terms"]:
        yield from wrapped(f'"{plain(term["name"])}": {plain(term["means"], LONGEST)}', "          - ", "            ")
    for place, basis in enumerate(finding["basis"]):
        yield from wrapped(plain(basis, LONGEST), "From      " if place == 0 else "          ")
    for note in finding["notes"]:
        yield ""
        yield from wrapped(plain(note, LONGEST))
    yield from _applied(finding)


def _applied(finding: Part) -> Iterator[str]:
    """The records that decided the finding drawn, the others told in a line each."""
    wanted = _DECIDE[finding["outcome"]]
    deciding = [each for each in finding["applied"] if _decides(each, wanted)]
    drawn = (deciding or finding["applied"])[:MOST]
    for each in drawn:
        yield from _record(each)
    rest = [each for each in finding["applied"] if each not in drawn]
    if rest:
        yield ""
        yield "Applied to as well, without deciding it:" if not deciding[MOST:] else "Applied to as well:"
    for each in rest[:MOST]:
        yield from wrapped(_in_a_line(each), "- ", "  ")
    if len(rest) > MOST:
        yield f"- {counted(len(rest) - MOST, 'record')} more; --format json tells of all"


def _decides(applied: Part, outcomes: Sequence[str]) -> bool:
    return any(each["counted"] and each["outcome"] in outcomes for each in applied["obligations"])


def _in_a_line(applied: Part) -> str:
    called = applied["called"][:1].upper() + applied["called"][1:]
    said = [each["says"] for each in applied["obligations"]]
    telling = said[-1:] if said else applied["notes"][:1] or ["Nothing fell due."]
    more = f" (and {counted(len(said) - 1, 'obligation')} before)" if len(said) > 1 else ""
    return plain(f"{called}: {telling[0][:1].lower()}{telling[0][1:].rstrip('.')}{more}.", LONGEST)


def _record(applied: Part) -> Iterator[str]:
    called = applied["called"][:1].upper() + applied["called"][1:]
    yield ""
    yield from wrapped(plain(called, LONGEST))
    if applied["pointer"]:
        yield plain(applied["pointer"], LONGEST)
    told = list(applied["notes"])
    if not applied["lines"]:
        told += [each["says"] for each in applied["obligations"]]
    for note in told:
        yield from wrapped(plain(note, LONGEST))
    if applied["lines"]:
        yield ""
        yield from timeline(applied["lines"])
    if applied["asked"]:
        yield ""
        yield "It was asked that"
        yield from _asked(applied["asked"], 0)
    if applied["missing"]:
        yield ""
        yield from _missing(applied["missing"])


def _asked(conditions: Sequence[Part], depth: int) -> Iterator[str]:
    """Conditions, each with whether it holds, what the record has there, and where."""
    for each in conditions:
        mark = {True: "yes      ", False: "NO       ", None: "not known"}[each["holds"]]
        first = f"  {mark} {'  ' * depth}"
        found = f": {each['found']}" if each["found"] else ""
        yield from wrapped(plain(f"{each['says']}{found}", LONGEST), first, " " * (len(first) + 2))
        if each["pointer"]:
            yield " " * (len(first) + 2) + plain(each["pointer"], LONGEST)
        yield from _asked(each["parts"], depth + 1)


def _missing(missing: Sequence[Part]) -> Iterator[str]:
    yield "What is not known, and what would have to be in the record to tell:"
    for each in missing[:MOST]:
        says = each["says"][:1].upper() + each["says"][1:]
        yield from wrapped(plain(f"{says}. Wanted: {each['wanted']}.", LONGEST), "- ", "  ")
        yield f"  {plain(each['pointer'], LONGEST)}"
    if len(missing) > MOST:
        yield f"- {number(len(missing) - MOST)} more; --format json tells of all"
