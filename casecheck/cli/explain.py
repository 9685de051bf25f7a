"""`casecheck explain`: reads its options, finds the case, explains its findings, and prints."""

from collections.abc import Sequence
from typing import Final

import click
import orjson

from casecheck.auditing import auditor
from casecheck.cli.asking import asked, asks_for_records, output_option
from casecheck.cli.rules.choosing import rules_named
from casecheck.cli.writing import write_lines
from casecheck.errors import InputProblem, UsageProblem
from casecheck.explaining.case import explain
from casecheck.explaining.model import as_document
from casecheck.records.one_case import Found, Invalid, find_case
from casecheck.records.sources import Source
from casecheck.reports.explanation_text import explanation_text
from casecheck.reports.text import invalid_record
from casecheck.written.places import quoted

MOST_TOLD: Final = 20


@click.command("explain")
@asks_for_records
@click.option("--since", metavar="DATE", help="The first day of the review period.  [default: as the pack says]")
@click.option("--case", "case_id", metavar="ID", required=True, help="The case: its la_child_id.")
@click.option("--rule", "only", multiple=True, metavar="ID", help="Only this finding, in full. May be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@output_option
def explain_case(
    paths: tuple[str, ...],
    rules: str | None,
    as_at: str | None,
    since: str | None,
    case_id: str,
    only: tuple[str, ...],
    form: str,
    output: str | None,
) -> None:
    """Show why the findings of one case are what they are.

    Each is drawn as a timeline: the period, what happened, which limit was in force and why, what fell due when, what
    was late and by how much, each with its place in the record. Where something is not known, it says what is missing
    and what would have to be in the record to tell.

    Text tells in full what failed, is not known or not due, and the rest in a line each; JSON tells all in full. The
    PATHs, the pack and the dates are those of `casecheck audit`, and so are the findings.
    """
    what = asked(paths, rules, as_at, since)
    named = {rule.id for each in only for rule in rules_named(what.pack, each)}
    found = _found(what.sources, case_id)
    ready = auditor(what.pack, what.options.as_at, what.options.since)
    document = as_document(explain(ready, found, what.options.as_at_from, named))
    with what.writing(output) as out:
        if form == "json":
            out.write(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        else:
            write_lines(explanation_text(document, asked_for=bool(named)), out)


# --- finding the case -------------------------------------------------------------------------------------------------


def _found(sources: Sequence[Source], case_id: str) -> Found:
    """The record of the case; raises UsageProblem where there is none, InputProblem where it or each is invalid."""
    sought = find_case(sources, case_id)
    if sought.found is not None:
        return sought.found
    own = [each for each in sought.invalid if each.record == case_id]
    if own:
        raise InputProblem(*(f"{_told(each)} (it is invalid, so there is nothing to explain)" for each in own))
    if not sought.any_valid:
        told = [_told(each) for each in sought.invalid[:MOST_TOLD]]
        more = len(sought.invalid) - MOST_TOLD
        raise InputProblem("there is no valid case record", *told, *([f"and {more} more"] if more > 0 else []))
    hint = f"did you mean {quoted(sought.meant)}?" if sought.meant else "a case is named by its la_child_id"
    raise UsageProblem(f"--case {quoted(case_id)}: there is no such case in what was read; {hint}")


def _told(each: Invalid) -> str:
    return invalid_record(each._asdict())
