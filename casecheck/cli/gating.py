"""The gate of a call: what it asks of an audit, and how the command ends where the audit does not show it."""

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from casecheck.adequacy.comparing import Compared, compare, unlike
from casecheck.adequacy.gate import (
    SEVERITIES,
    Gate,
    Minimum,
    fields_missing,
    groups_missing,
    names_missing,
    not_held,
)
from casecheck.adequacy.gate_file import NO_PLACES, WrittenGate, read_gate
from casecheck.errors import GateProblem, Problem, UsageProblem
from casecheck.reports.reading import Result, read_result
from casecheck.written.near import did_you_mean
from casecheck.written.places import Complaint, quoted, told
from casecheck.written.places import Path as Way

Command = Callable[..., Any]


class GateOptions(NamedTuple):
    """What the call says of a gate."""

    file: Path | None
    fail_under: float | None
    fail_on: tuple[str, ...]

    def asked(self, settings: WrittenGate | None = None) -> WrittenGate | None:
        """The gate of the call, else that of the settings; None where there is none.

        What the call says beside a gate takes the place of what that says of the same.
        """
        written = settings if self.file is None else read_gate(self.file)
        if self.fail_under is None and not self.fail_on:
            return written
        gate, places, files = written or WrittenGate(Gate(), NO_PLACES, ())
        if self.fail_under is not None:
            confident = gate.fail_under is not None and gate.fail_under.confident
            gate = gate._replace(fail_under=Minimum(self.fail_under, confident))
        return WrittenGate(gate._replace(fail_on=self.fail_on or gate.fail_on), places, files)


def asks_for_a_gate(command: Command) -> Command:
    """Give a command the options of a gate, all in one argument, `gate`."""

    @wraps(command)
    def with_gate(*, gate: Path | None, fail_under: float | None, fail_on: tuple[str, ...], **others: Any) -> Any:
        return command(gate=GateOptions(gate, fail_under, fail_on), **others)

    asking: Command = with_gate
    for add in (
        click.option(
            "--fail-on",
            multiple=True,
            type=click.Choice(SEVERITIES),
            help="End with exit code 1 if any finding of that severity fails. May be repeated.",
        ),
        click.option(
            "--fail-under",
            type=click.FloatRange(0, 100),
            metavar="PERCENT",
            help="End with exit code 1 if fewer of the cases are adequate.",
        ),
        click.option(
            "--gate",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="End with exit code 1 if the audit does not show what that file asks.",
        ),
    ):
        asking = add(asking)
    return asking


class Gated(NamedTuple):
    """A gate that fits the audit, and the stored result that it is held against, if it names one."""

    written: WrittenGate
    stored: Result | None


def gate_files(written: WrittenGate | None) -> tuple[Path, ...]:
    """The files that are read for the gate, which no output may replace."""
    return () if written is None else written.files


def fitting(
    written: WrittenGate | None,
    head: Mapping[str, Any],
    rules: Collection[str],
    areas: Collection[str],
    fields: Collection[str],
) -> Gated | None:
    """The gate, made ready for an audit with these rules, areas and breakdowns.

    `head` says of the audit its pack and days. Raises UsageProblem with all in the gate that does not fit it.
    """
    if written is None:
        return None
    wrong = [
        (way, _no_such(name, areas if way[0] == "areas" else rules, way))
        for way, name in names_missing(written.gate, rules, areas)
    ]
    wrong += [
        (way, f"the audit is not broken down by {quoted(name)}; add --by {name}")
        for way, name in fields_missing(written.gate, fields)
    ]
    stored, unfit = _stored(written.gate, head)
    _refuse(written, [*wrong, *((("no_worse_than", "result"), text) for text in unfit)])
    return Gated(written, stored)


def _stored(gate: Gate, head: Mapping[str, Any]) -> tuple[Result | None, list[str]]:
    """The stored result that is not to be undercut, and why an audit cannot be held against it."""
    if gate.no_worse_than is None:
        return None, []
    try:
        stored = read_result(Path(gate.no_worse_than.result))
    except Problem as problem:
        return None, list(problem.messages)
    return stored, [f"{stored.name} and this audit: {clause}" for clause in unlike(stored.head, head)]


def hold(gated: Gated | None, head: Mapping[str, Any], cases: Iterable[Mapping[str, Any]]) -> None:
    """Raise GateProblem, with every point in which the gate does not hold; UsageProblem where it names a group that the
    audit does not have.
    """
    if gated is None:
        return
    written, stored = gated
    if sys.stdout is not None:
        sys.stdout.flush()
    known = [group["value"] for group in head["summary"]["groups"]]
    missing = groups_missing(written.gate, head["summary"])
    _refuse(written, [(way, _no_such(name, known, way)) for way, name in missing])
    comparison = None if stored is None else compare(Compared(*stored), Compared("this audit", head, cases))
    reasons = not_held(written.gate, head["summary"], comparison)
    if reasons:
        raise GateProblem("the gate does not hold", *reasons)


def _no_such(name: str, known: Collection[str], way: Way) -> str:
    kind = {"areas": "area", "groups": "group"}.get(str(way[0]), "rule")
    meant = did_you_mean(name, known)
    return f"the audit has no {kind} {quoted(name)}" + (f"; did you mean {quoted(meant)}?" if meant else "")


def _refuse(written: WrittenGate, wrong: Iterable[tuple[Way, str]]) -> None:
    complaints = [Complaint(written.places.at(*way), None, f"`{way[0]}`: {text}") for way, text in wrong]
    if complaints:
        raise UsageProblem(*told(complaints))
