"""The comparison of two results as a page of text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.text_tables import LONGEST_TITLE, table
from casecheck.reports.words import WIDTH, counted, day_in_words, heading, number, percent, plain, wrapped

MOST_CASES: Final = 50
"""Cases told one by one; the JSON document holds them all."""

_NOW: Final = {
    ("pass", "fail"): "no longer met",
    ("fail", "pass"): "now met",
}
_CHANCE: Final = {True: "yes", False: "no"}


def comparison_text(document: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the report; `document` is `casecheck/comparison/1`."""
    yield "COMPARISON OF TWO AUDITS"
    yield "=" * WIDTH
    for name, side in (("Before", "before"), ("After", "after")):
        yield from _side(name, document[side])
    yield from _cases_in_common(document)
    for clause in document["unlike"]:
        yield ""
        yield from wrapped(f"Compared although {clause}.")
    yield ""
    yield from _whole(document)
    yield from _standards(document)
    yield from _areas(document["areas"])
    yield from _changed(document)


def _side(name: str, side: Mapping[str, Any]) -> Iterator[str]:
    pack = side["pack"]
    yield from wrapped(
        f"{plain(side['name'])}: {counted(side['audited'], 'case')}, from {day_in_words(side['since'])} to "
        f"{day_in_words(side['as_at'])}, against {plain(pack['id'])} {plain(pack['version'])}",
        f"{name:<10}",
    )


def _cases_in_common(document: Mapping[str, Any]) -> Iterator[str]:
    cases = document["cases"]
    only = f"{number(cases['only_before'])} only before, {number(cases['only_after'])} only after"
    yield from wrapped(f"{number(cases['in_both'])} in both; {only}", f"{'Cases':<10}")


def _whole(document: Mapping[str, Any]) -> Iterator[str]:
    whole = document["whole"]
    if whole["change"] is None:
        yield from wrapped("In one of the two no case could be called adequate or inadequate.")
        return
    told = f"{_share(whole['before'])} adequate before, {_share(whole['after'])} after"
    yield from wrapped(f"{told}: {_points(whole['change'])}. {_beyond(document, whole)}")


def _beyond(document: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    chance = "That is more than chance would bring." if whole["more_than_chance"] else "Chance may have brought that."
    if document["judged_on"] != "the same cases":
        return chance
    became = f"{counted(whole['gained'], 'case')} became adequate, {number(whole['lost'])} inadequate."
    return f"{became} {chance}" if whole["change"] or whole["gained"] or whole["lost"] else became


def _share(ratio: Mapping[str, Any]) -> str:
    return f"{number(ratio['numerator'])} of {counted(ratio['denominator'], 'case')} ({percent(ratio['ratio'])})"


def _points(change: float) -> str:
    points = round(abs(change) * 100)
    if change == 0:
        return "no change"
    told = "less than a point" if points == 0 else counted(points, "point")
    return f"{told} {'up' if change > 0 else 'down'}"


# --- standards and areas ---------------------------------------------------------------------------------------------

_HEADS: Final = ("Standard", "Before", "After", "Now\nmet", "No\nlonger", "More than\nchance")


def _standards(document: Mapping[str, Any]) -> Iterator[str]:
    compared = [rule for rule in document["rules"] if rule["change"] is not None]
    rose = sorted((rule for rule in compared if rule["change"] > 0), key=lambda rule: (-rule["change"], rule["rule"]))
    fell = sorted((rule for rule in compared if rule["change"] < 0), key=lambda rule: (rule["change"], rule["rule"]))
    for title, rules in (("Standards that rose", rose), ("Standards that fell", fell)):
        if rules:
            yield from heading(title)
            yield from table(_HEADS, [("", [_standard(rule) for rule in rules])])
    same = len(compared) - len(rose) - len(fell)
    alone = len(document["rules"]) - len(compared)
    yield ""
    others = f"; {counted(alone, 'standard')} had nothing to judge in one of the two" if alone else ""
    said = f"{counted(same, 'standard')} neither rose nor fell{others}. "
    yield from wrapped(said + _how_judged(document["judged_on"]))


def _how_judged(judged_on: str) -> str:
    if judged_on == "the same cases":
        how = "Before and after are shares of all cases that passed or failed; chance is judged on the cases in both"
    else:
        how = "Chance is judged as between two groups of different cases"
    return f"{how}, for all standards together: in such a table it passes for a difference once in twenty times."


def _standard(rule: Mapping[str, Any]) -> list[str]:
    return [
        f"{plain(rule['title'], LONGEST_TITLE)} ({rule['severity']})",
        _of(rule["before"]),
        _of(rule["after"]),
        number(rule["gained"]),
        number(rule["lost"]),
        _CHANCE[rule["more_than_chance"]],
    ]


def _of(ratio: Mapping[str, Any]) -> str:
    return f"{percent(ratio['ratio'])} of {number(ratio['denominator'])}"


def _areas(areas: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    rows = [
        [plain(area["title"], LONGEST_TITLE), *(_indicated(area[side]) for side in ("before", "after"))]
        for area in areas
    ]
    if rows:
        yield from heading("Areas of judgement")
        yield from table(("Area", "Before", "After"), [("", rows)])
        yield ""
        yield from wrapped("Grades are indicated by the audited standards. They are not an inspector's judgement.")


def _indicated(side: Mapping[str, Any] | None) -> str:
    if side is None or side["adequacy_ratio"]["ratio"] is None:
        return "-"
    return f"{percent(side['adequacy_ratio']['ratio'])}, {side['grade']}"


# --- cases -----------------------------------------------------------------------------------------------------------


def _changed(document: Mapping[str, Any]) -> Iterator[str]:
    changed = document["cases"]["changed"]
    titles = {rule["rule"]: rule["title"] for rule in document["rules"]}
    verdicts = [case for case in changed if case["before"] != case["after"]]
    findings = [case for case in changed if case["before"] == case["after"]]
    for title, cases in (("Cases that changed", verdicts), ("Cases in which only findings changed", findings)):
        if not cases:
            continue
        yield from heading(title)
        for case in cases[:MOST_CASES]:
            yield from _case(case, titles)
        more = len(cases) - MOST_CASES
        if more > 0:
            yield ""
            yield from wrapped(f"And {number(more)} more, in the JSON document.")


def _case(case: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[str]:
    same = case["before"] == case["after"]
    verdict = case["after"] if same else f"{case['before']}, now {case['after']}"
    yield ""
    yield from wrapped(f"Case {plain(case['case_id'])}: {verdict}")
    for finding in case["findings"]:
        was, now = finding["before"], finding["after"]
        said = _NOW.get((was, now)) or f"{_outcome(was)}, now {_outcome(now)}"
        yield from wrapped(f"{said}: {plain(titles[finding['rule']], LONGEST_TITLE)}", "  - ")


def _outcome(outcome: str) -> str:
    return {"pass": "met", "fail": "not met", "unknown": "not known"}.get(outcome, outcome.replace("_", " "))
