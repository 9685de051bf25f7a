"""An explanation as a page of text: the findings of one case, each with the standard and the timeline that decided it.

What fails, is not known or not due is told in full, what passes in a line; a finding that was named, always in full.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import orjson

from casecheck.reports.timeline_text import LEGEND, RAILS, timeline
from casecheck.reports.words import WIDTH, counted, day_in_words, heading, number, plain, wrapped

LONGEST: Final = 3000
"""Characters of what a pack says; the rule schema allows no longer texts."""

MOST: Final = 12
"""Records drawn of one finding, and records told of in a line each; the JSON explanation holds them all."""

MOST_PLACES: Final = 3
"""Places of which the same is told, each by its pointer."""

SEVERITIES: Final = ("critical", "major", "minor")
IN_FULL: Final = ("fail", "unknown", "not_due")

_CALLED: Final = {
    "fail": "failed",
    "pass": "passed",
    "unknown": "not known",
    "not_due": "not due",
    "not_applicable": "does not apply",
}
_IN_SHORT: Final = {"not_due": "not due yet", "unknown": "not known"}
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
    not_held = [] if asked_for else [each for each in findings if _only_not_held(each)]
    full = [each for each in findings if asked_for or (each["outcome"] in IN_FULL and each not in not_held)]
    yield from _head(document, asked_for)
    for finding in full if asked_for else sorted(full, key=_weight):
        yield from _finding(finding)
    if any(each["lines"] for finding in full for each in finding["applied"]):
        yield from ("", "-" * WIDTH, LEGEND, RAILS)
    if not_held:
        yield from _not_held(not_held)
    if not asked_for:
        yield from _in_a_line_each(findings)


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
        several = outcomes.count("not_applicable") > 1
        yield from _entry("Its findings", ", ".join(counts).replace("does not", "do not" if several else "does not"))
    for note in document["notes"]:
        where = f"{plain(note['pointer'], LONGEST)}: " if note["pointer"] else ""
        yield from wrapped(where + plain(note["message"], LONGEST), "Note          ")


def _entry(name: str, text: str) -> list[str]:
    return wrapped(text, f"{name:<14}")


def _only_not_held(finding: Part) -> bool:
    """Whether a finding is not known for nothing else than a section that is not held: there is nothing to draw."""
    deciding = [each for each in finding["applied"] if _decides(each, ("unknown",))]
    return finding["outcome"] == "unknown" and not any(each["lines"] or each["asked"] for each in deciding)


def _not_held(findings: Sequence[Part]) -> Iterator[str]:
    """What is missing, each thing once, with the standards that cannot be told without it."""
    standards: dict[tuple[str, str], list[str]] = {}
    places: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        for each in [missing for applied in finding["applied"] for missing in applied["missing"]]:
            key = each["says"], each["wanted"]
            standards.setdefault(key, []).append(finding["rule"])
            places.setdefault(key, []).append(each["pointer"])
    yield from heading("Not known for want of what the record does not hold")
    for key, rules in standards.items():
        yield ""
        yield from _said_missing(*key)
        yield from _pointers(list(dict.fromkeys(places[key])), "  ")
        yield from wrapped(", ".join(dict.fromkeys(rules)), "  so not known: ", "    ")


def _in_a_line_each(findings: Sequence[Part]) -> Iterator[str]:
    """What passed, a line each; what does not apply, by id; and how to see one."""
    passed = [each for each in findings if each["outcome"] == "pass"]
    if passed:
        yield from heading("Passed")
        for finding in passed:
            yield from wrapped(f"{plain(finding['title'], LONGEST)} ({finding['rule']})", "- ", "  ")
    others = [each["rule"] for each in findings if each["outcome"] == "not_applicable"]
    if others:
        yield from heading("Do not apply")
        yield from wrapped(", ".join(others))
    if passed or others or any(map(_only_not_held, findings)):
        yield ""
        yield from wrapped("To see one in full, name it: --rule ID, with an id that stands here.")


# --- one finding ------------------------------------------------------------------------------------------------------


def _finding(finding: Part) -> Iterator[str]:
    yield from heading(plain(finding["title"], LONGEST))
    yield from wrapped(f"{finding['rule']} ({finding['severity']}): {_CALLED[finding['outcome']]}.")
    if finding["message"]:
        yield from wrapped(plain(_capital(finding["message"]), LONGEST) + ".")
    yield ""
    for standard in finding["standard"]:
        yield from wrapped(plain(standard, LONGEST), "Standard  ")
    for term in finding["terms"]:
        if any(term["name"] in standard for standard in finding["standard"]):
            yield from wrapped(
                f'"{plain(term["name"])}": {plain(term["means"], LONGEST)}', "          - ", "            "
            )
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
    groups = _alike(deciding or finding["applied"])
    for alike in groups[:MOST]:
        yield from _records(alike)
    rest = [each for each in finding["applied"] if deciding and each not in deciding]
    rest += [each for alike in groups[MOST:] for each in alike]
    if rest:
        yield ""
        yield "Applied to as well:" if groups[MOST:] else "Applied to as well, without deciding it:"
    told = Counter(map(_in_a_line, rest))
    for said, times in list(told.items())[:MOST]:
        yield from wrapped(said if times == 1 else f"{said} ({counted(times, 'time')})", "- ", "  ")
    if len(told) > MOST:
        yield f"- and {number(len(told) - MOST)} more; --format json tells of all"


def _decides(applied: Part, outcomes: Sequence[str]) -> bool:
    return any(each["counted"] and each["outcome"] in outcomes for each in applied["obligations"])


def _in_a_line(applied: Part) -> str:
    duties = applied["obligations"]
    if len(duties) == 1:
        said = duties[0]["says"]
    elif duties:
        counts = Counter(each["outcome"] if each["counted"] else "not counted" for each in duties)
        said = ", ".join(f"{number(counts[each])} {_IN_SHORT.get(each, each)}" for each in counts) + "."
    else:
        said = (applied["notes"] or ["Nothing fell due."])[0]
    return plain(f"{_capital(applied['called'])}: {said[:1].lower()}{said[1:]}", LONGEST)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _alike(applied: Sequence[Part]) -> list[list[Part]]:
    """The records, those together of which the same is told but for their dates and places.

    Such are sections that are not held by several records, and records that show the same of what was asked.
    """
    groups: dict[bytes, list[Part]] = {}
    for place, each in enumerate(applied):
        key = b"%d" % place if each["lines"] else orjson.dumps(_but_for_dates_and_places(each))
        groups.setdefault(key, []).append(each)
    return list(groups.values())


def _but_for_dates_and_places(applied: Part) -> list[Any]:
    missing = [(each["says"], each["wanted"]) for each in applied["missing"]]
    return [applied["notes"], _said(applied), _without_pointers(applied["asked"]), missing]


def _said(applied: Part) -> list[str]:
    return [each["says"] for each in applied["obligations"]]


def _without_pointers(asked: Sequence[Part]) -> list[Any]:
    return [(each["says"], each["holds"], each["found"], _without_pointers(each["parts"])) for each in asked]


def _records(alike: Sequence[Part]) -> Iterator[str]:
    """What is told of one record, or of several of which it is the same."""
    first = alike[0]
    yield ""
    yield from _heads(alike)
    for note in [*first["notes"], *([] if first["lines"] else _said(first))]:
        yield from wrapped(plain(note, LONGEST))
    if first["lines"]:
        yield ""
        yield from timeline(first["lines"], first["pointer"])
    if first["asked"]:
        yield ""
        yield "It was asked that"
        yield from _asked(first["asked"], 0, first["pointer"] if len(alike) > 1 else "")
    if first["missing"]:
        yield ""
        yield from _missing(first["missing"], len(alike) == 1)


def _heads(alike: Sequence[Part]) -> Iterator[str]:
    """What the records are called, each with its place; of sections that are not held the name once."""
    called = [plain(_capital(each["called"]), LONGEST) for each in alike]
    if len(set(called)) == 1:
        yield from wrapped(called[0])
        yield from _pointers([each["pointer"] for each in alike], "")
        return
    for name, each in list(zip(called, alike, strict=True))[:MOST]:
        yield from wrapped(name)
        yield f"  {plain(each['pointer'], LONGEST)}"
    if len(alike) > MOST:
        yield f"and {counted(len(alike) - MOST, 'record')} more of which the same is true"


def _asked(conditions: Sequence[Part], depth: int, within: str) -> Iterator[str]:
    """Conditions, each with whether it holds, what the record has there, and where: seen from the place `within`."""
    for each in conditions:
        mark = {True: "yes      ", False: "NO       ", None: "not known"}[each["holds"]]
        first = f"  {mark} {'  ' * depth}"
        found = f": {each['found']}" if each["found"] else ""
        yield from wrapped(plain(f"{each['says']}{found}", LONGEST), first, " " * (len(first) + 2))
        if each["pointer"]:
            yield " " * (len(first) + 2) + plain(each["pointer"].removeprefix(f"{within}/" if within else ""), LONGEST)
        yield from _asked(each["parts"], depth + 1, within)


def _missing(missing: Sequence[Part], with_places: bool) -> Iterator[str]:
    yield "What is not known, and what would have to be in the record to tell:"
    for each in missing[:MOST]:
        yield from _said_missing(each["says"], each["wanted"])
        if with_places:
            yield f"  {plain(each['pointer'], LONGEST)}"
    if len(missing) > MOST:
        yield f"- {number(len(missing) - MOST)} more; --format json tells of all"


def _said_missing(says: str, wanted: str) -> Iterator[str]:
    yield from wrapped(plain(f"{_capital(says)}. Wanted: {wanted}.", LONGEST), "- ", "  ")


def _pointers(pointers: Sequence[str], indent: str) -> Iterator[str]:
    """The places of which the same is told: the first ones, and how many more."""
    for pointer in pointers[:MOST_PLACES]:
        yield indent + plain(pointer, LONGEST)
    if len(pointers) > MOST_PLACES:
        yield f"{indent}and {counted(len(pointers) - MOST_PLACES, 'place')} more"
