"""An auditor's verdicts held against an audit's, as a page of text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.text_tables import LONGEST_TITLE, table
from casecheck.reports.words import WIDTH, counted, day_in_words, heading, number, percent, plain, wrapped

MOST_TOLD: Final = 50
"""Differences, and rows that could not be used, told one by one; the JSON document holds them all."""

LONGEST_MESSAGE: Final = 1000
_MET: Final = ("met", "not met")
_ADEQUATE: Final = ("adequate", "inadequate")
_OUTCOMES: Final = {
    "pass": "met",
    "fail": "not met",
    "unknown": "not known",
    "not_due": "not due",
    "not_applicable": "not applicable",
}


def moderation_text(document: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the report; `document` is `casecheck/moderation/1`."""
    yield "AN AUDITOR'S VERDICTS HELD AGAINST AN AUDIT"
    yield "=" * WIDTH
    yield from _head(document)
    yield from heading("Standards")
    yield ""
    yield from _agreement(document["standards"], "verdict", _MET)
    if document["standards"]["agreement"]["denominator"]:
        yield ""
        yield from wrapped("Verdicts on one file hang together, so the true intervals are wider than these.")
    yield from heading("Whole cases")
    yield ""
    yield from _agreement(document["cases"], "case", _ADEQUATE)
    yield from _rules(document["rules"])
    yield from _differences(document)
    yield from _unused(document["rows"])


def _head(document: Mapping[str, Any]) -> Iterator[str]:
    result, rows = document["result"], document["rows"]
    pack = result["pack"]
    empty = f"{number(rows['judged'])} with a verdict, {number(rows['empty'])} left empty"
    unused = len(rows["wrong"]) + len(rows["not_in_result"])
    others = f", {number(unused)} that could not be used" if unused else ""
    yield from wrapped(f"{plain(document['checklist'])}: {counted(rows['read'], 'row')}, {empty}{others}", "Auditor   ")
    yield from wrapped(
        f"{plain(result['name'])}: {counted(result['audited'], 'case')} from {day_in_words(result['since'])} to "
        f"{day_in_words(result['as_at'])}, against {plain(pack['id'])} {plain(pack['version'])}",
        "Audit     ",
    )


def _agreement(found: Mapping[str, Any], noun: str, words: tuple[str, str]) -> Iterator[str]:
    """How far the two agree on some things, each called `noun`; `words` are the two verdicts on it."""
    share = found["agreement"]
    if not found["verdicts"]:
        yield from wrapped("The auditor gave no verdict.")
        return
    if not share["denominator"]:
        yield from wrapped(f"There is no {noun} of which both say that it is {words[0]} or {words[1]}.")
    else:
        interval = f"{percent(share['low'])} to {percent(share['high'])}"
        of = f"{number(share['numerator'])} of {counted(share['denominator'], noun)}"
        yield from wrapped(f"The two agree on {of} ({percent(share['ratio'])}; 95% interval {interval}).")
        yield from wrapped(_kappa(found))
        yield ""
        yield from table(("", *(f"Audit: {word}" for word in words)), [("", _crossed(found, words))])
    left_out = sum(each["number"] for each in found["left_out"])
    if left_out:
        said = "; ".join(
            f"{number(each['number'])} auditor {_in(words, each['auditor'])}, audit {_outcome(each['audit'])}"
            for each in found["left_out"]
        )
        yield ""
        yield from wrapped(f"Left out, since one of the two says neither: {number(left_out)} ({said}).")


def _crossed(found: Mapping[str, Any], words: tuple[str, str]) -> list[list[str]]:
    return [
        [f"Auditor: {words[0]}", number(found["both_met"]), number(found["only_auditor_met"])],
        [f"Auditor: {words[1]}", number(found["only_audit_met"]), number(found["both_not_met"])],
    ]


def _kappa(found: Mapping[str, Any]) -> str:
    if found["kappa"] is None:
        return "Cohen's kappa cannot be told: both gave one and the same verdict throughout."
    meaning = "1 is full agreement, 0 no more than chance would bring"
    if found["agreement"]["numerator"] == found["agreement"]["denominator"]:
        return f"Cohen's kappa 1.00; {meaning}. They never differ, so it has no interval that says anything."
    interval = f"{_hundredths(found['kappa_low'])} to {_hundredths(found['kappa_high'])}"
    return f"Cohen's kappa {_hundredths(found['kappa'])} (95% interval {interval}); {meaning}."


def _hundredths(value: float | None) -> str:
    if value is None:
        return "-"
    told = f"{value:.2f}"
    return "0.00" if told == "-0.00" else told


def _rules(rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    rows = [
        [
            f"{plain(rule['title'], LONGEST_TITLE)} ({rule['severity']})",
            f"{number(rule['agreement']['numerator'])} of {number(rule['agreement']['denominator'])}",
            f"{percent(rule['agreement']['low'])} to {percent(rule['agreement']['high'])}",
            _hundredths(rule["kappa"]),
        ]
        for rule in rules
        if rule["agreement"]["denominator"]
    ]
    if rows:
        yield from heading("By standard")
        yield from table(("Standard", "Agreed", "95%\ninterval", "Kappa"), [("", rows)])


# --- where they differ -----------------------------------------------------------------------------------------------


def _differences(document: Mapping[str, Any]) -> Iterator[str]:
    found = document["differences"]
    yield from heading("Where they differ")
    if not found:
        yield ""
        yield from wrapped("Nowhere.")
    by_case: dict[str, list[Mapping[str, Any]]] = {}
    for each in found[:MOST_TOLD]:
        by_case.setdefault(each["case_id"], []).append(each)
    for case_id, differences in by_case.items():
        yield ""
        yield from wrapped(f"Case {plain(case_id)}")
        for each in differences:
            yield from _difference(each)
    yield from _more(len(found))


def _difference(each: Mapping[str, Any]) -> Iterator[str]:
    if each["rule"] is None:
        yield from wrapped("the whole case", "  - ")
        yield from wrapped(f"auditor: {_in(_ADEQUATE, each['auditor'])}; audit: {each['audit']}.", "    ")
        if each["failed"]:
            names = "; ".join(plain(rule["title"], LONGEST_TITLE) for rule in each["failed"])
            yield from wrapped(f"The audit found not met: {names}.", "    ")
        return
    yield from wrapped(f"{plain(each['title'], LONGEST_TITLE)} ({each['severity']})", "  - ")
    said = f": {plain(each['message'], LONGEST_MESSAGE)}" if each["message"] else ""
    yield from wrapped(f"auditor: {each['auditor']}; audit: {_outcome(each['audit'])}{said}.", "    ")


def _in(words: tuple[str, str], verdict: str) -> str:
    """The auditor's verdict in the words for what was judged."""
    return dict(zip(_MET, words, strict=True)).get(verdict, verdict)


def _outcome(outcome: str) -> str:
    return _OUTCOMES.get(outcome, outcome)


def _unused(rows: Mapping[str, Any]) -> Iterator[str]:
    """The rows that were not used, and why."""
    found = sorted((*rows["wrong"], *rows["not_in_result"]), key=lambda each: int(each["line"]))
    if found:
        yield from heading("Rows that could not be used")
        yield ""
    for each in found[:MOST_TOLD]:
        yield from wrapped(f"line {each['line']}: {plain(each['message'], LONGEST_MESSAGE)}", "- ")
    yield from _more(len(found))


def _more(found: int) -> Iterator[str]:
    if found > MOST_TOLD:
        yield ""
        yield from wrapped(f"And {number(found - MOST_TOLD)} more, in the JSON document.")
