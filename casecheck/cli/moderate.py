"""`casecheck moderate`: an auditor's verdicts, held against an audit of the same cases."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import orjson

from casecheck.adequacy.moderation import SCHEMA, Judged, moderation
from casecheck.cli.asking import output_option
from casecheck.cli.writing import write_lines, writing
from casecheck.errors import InputProblem
from casecheck.reports.checklist import Checklist, Row, cases_meant, read_checklist
from casecheck.reports.moderation_text import moderation_text
from casecheck.reports.reading import Result, read_result
from casecheck.sampling.looking import WHOLE_CASE
from casecheck.version import __version__


@click.command()
@click.argument("checklist", type=click.Path(path_type=Path), metavar="CHECKLIST.csv")
@click.argument("result", type=click.Path(path_type=Path), metavar="RESULT.json")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@output_option
@click.option("--strict", is_flag=True, help="End with exit code 3 if any row could not be used.")
def moderate(checklist: Path, result: Path, form: str, output: str | None, strict: bool) -> None:
    """Hold the verdicts of an auditor against those of an audit: how far they agree, and where they differ.

    CHECKLIST.csv is a checklist of casecheck sample, filled in: met, not met, not applicable or cannot tell in the
    column verdict; rows left empty are counted and not judged. RESULT.json is the result of an audit of the same cases,
    as casecheck audit --format json (or jsonl) writes it.

    Agreement and Cohen's kappa, with their 95% intervals, are told of the standards in all, of each standard and of
    whole cases, over the verdicts in which both say met or not met. Comments are not read.

    Exit codes: 0 it ran; 2 the call is wrong; 3 a file could not be read, or, with --strict, a row could not be used.
    """
    filled = read_checklist(checklist)
    audit = read_result(result)
    cases = cases_meant(filled.rows, audit.cases)
    rules = {rule["rule"] for rule in audit.head["summary"]["rules"]} | {WHOLE_CASE}
    unknown = list(_not_in_result(filled, cases, rules))
    used = [row for row in filled.rows if row.case_id in cases and row.rule in rules]
    if not used:
        told = [f"{checklist}:{each['line']}: {each['message']}" for each in unknown[:20]]
        raise InputProblem(f"{checklist}: no row is of a case and a standard in {result}; nothing was compared", *told)
    document = _document(checklist, filled, audit, unknown, used, cases)
    with writing(output, reading=(checklist, result)) as out:
        if form == "json":
            out.write(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        else:
            write_lines(moderation_text(document), out)
    if strict:
        _refuse_unused(checklist, document["rows"])


def _not_in_result(filled: Checklist, cases: Mapping[str, Any], rules: set[str]) -> Iterator[dict[str, Any]]:
    for row in filled.rows:
        if row.case_id not in cases:
            yield {"line": row.line, "message": "the result has no case of this number, or more than one"}
        elif row.rule not in rules:
            yield {"line": row.line, "message": "the result has no rule of this id; it may be of another pack"}


def _document(
    checklist: Path,
    filled: Checklist,
    audit: Result,
    unknown: list[dict[str, Any]],
    used: list[Row],
    cases: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    head = audit.head
    judged = [
        Judged(cases[row.case_id], None if row.rule == WHOLE_CASE else row.rule, row.verdict)
        for row in used
        if row.verdict is not None
    ]
    return {
        "schema": SCHEMA,
        "casecheck": __version__,
        "checklist": checklist.name,
        "result": {
            "name": audit.name,
            **{key: head[key] for key in ("pack", "as_at", "since")},
            "audited": head["summary"]["cases"]["audited"],
        },
        "rows": {
            "read": len(filled.rows) + len(filled.wrong),
            "judged": len(judged),
            "empty": len(used) - len(judged),
            "wrong": [{"line": line, "message": message} for line, message in filled.wrong],
            "not_in_result": unknown,
        },
        **moderation(head, judged),
    }


def _refuse_unused(checklist: Path, rows: Mapping[str, Any]) -> None:
    found = sorted((*rows["wrong"], *rows["not_in_result"]), key=lambda each: int(each["line"]))
    if found:
        are = "row" if len(found) == 1 else "rows"
        told = [f"{checklist}:{each['line']}: {each['message']}" for each in found[:20]]
        raise InputProblem(f"{len(found)} {are} could not be used (--strict)", *told)
