"""A case, explained: the findings of its audit, each with what led to it."""

from collections.abc import Collection

from casecheck.auditing import Auditor, audit_case
from casecheck.calendar import iso
from casecheck.explaining.finding import Told, explain_finding
from casecheck.explaining.model import SCHEMA, Explanation
from casecheck.records.case import Note
from casecheck.records.derived import case_as_at
from casecheck.records.one_case import Found
from casecheck.summary import told_pack
from casecheck.version import __version__


def explain(ready: Auditor, found: Found, as_at_from: str, only: Collection[str] = ()) -> Explanation:
    """The findings of one case, explained in the order of the pack; `only` names the rules meant (none: all)."""
    case = case_as_at(found.data, ready.span.as_at, ready.reads)
    entry = audit_case(ready, case, found.notes)
    told = {each["rule"]: Told(each["outcome"], each["message"]) for each in entry["findings"]}
    pack, (since, as_at) = ready.pack, ready.span
    return Explanation(
        schema=SCHEMA,
        casecheck=__version__,
        pack=told_pack(pack),
        as_at=iso(as_at),
        as_at_from=as_at_from,
        since=iso(since),
        source=found.source,
        case_id=entry["case_id"],
        adequate=entry["adequate"],
        notes=tuple(Note(each["pointer"], each["message"]) for each in entry["notes"]),
        findings=tuple(
            explain_finding(pack, compiled, case, ready.span, told[compiled.rule.id])
            for compiled in ready.rules
            if not only or compiled.rule.id in only
        ),
    )
