"""The audit as tables for a spreadsheet: a row a finding, or a row an obligation."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from casecheck.reports.csv_rows import csv_line
from casecheck.reports.facts import OUTCOMES, VERDICTS, sentence
from casecheck.reports.words import as_utf8

Part = Mapping[str, Any]
Row = dict[str, Any]

_RULE: Final = ("rule", "title", "area", "severity")
_OBLIGATION: Final = ("starts", "due", "done", "days_late", "limit", "counted", "pointer", "evidence")
_COUNTED: Final = ("met", "late", "missed", "not_due", "unknown")

FINDINGS: Final = ("case_id", "source", "verdict", *_RULE, "outcome", "message", *_COUNTED)
OBLIGATIONS: Final = ("case_id", "source", *_RULE, "outcome", *_OBLIGATION)


def write_findings(head: Part, cases: Iterable[Part] | None, out: BinaryIO) -> None:
    """A row a finding, after a line of names; what a case is broken down by stands last, as `by FIELD`."""
    out.writelines(as_utf8(_table(head, cases, FINDINGS, _finding)))


def write_obligations(head: Part, cases: Iterable[Part] | None, out: BinaryIO) -> None:
    """A row an obligation, those that are not counted too, after a line of names."""
    out.writelines(as_utf8(_table(head, cases, OBLIGATIONS, _obligations)))


def _table(
    head: Part, cases: Iterable[Part] | None, columns: tuple[str, ...], rows: Callable[[Part], Iterable[Row]]
) -> Iterator[str]:
    fields = list(dict.fromkeys(group["by"] for group in head["summary"]["groups"]))
    rules = {rule["rule"]: {name: rule[name] for name in _RULE} for rule in head["summary"]["rules"]}
    yield csv_line([*columns, *(f"by {field}" for field in fields)])
    for case in cases or ():
        of_case = {name: case[name] for name in ("case_id", "source")} | {"verdict": VERDICTS[case["adequate"]]}
        groups = [case["groups"].get(field) for field in fields]
        for finding in case["findings"]:
            for row in rows(finding):
                values = of_case | rules[finding["rule"]] | row
                yield csv_line([*(values[name] for name in columns), *groups])


def _finding(finding: Part) -> Iterator[Row]:
    counted = [each["outcome"] for each in finding["obligations"] if each["counted"]]
    numbers = {outcome: counted.count(outcome) for outcome in _COUNTED}
    message = sentence(finding["message"]) if finding["message"] else None
    yield {"outcome": OUTCOMES[finding["outcome"]], "message": message, **numbers}


def _obligations(finding: Part) -> Iterator[Row]:
    for each in finding["obligations"]:
        told = {"outcome": each["outcome"].replace("_", " "), "counted": "yes" if each["counted"] else "no"}
        yield {**each, **told}
