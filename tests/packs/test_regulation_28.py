"""The visiting rules divide the days in care as regulation 28 does: no day is bound by two of its paragraphs."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

import casecheck
from casecheck.rules.model import Rule

PACK = casecheck.load_pack("southampton-2012")
PARAGRAPH = {
    "looked-after-visits": "28(2)",
    "looked-after-visits-parent-unassessed": "28(3)",
    "looked-after-visits-connected-person": "28(4)",
    "looked-after-visits-parent-care-order": "28(5)",
    "looked-after-visits-other-arrangements": "28(6)",
}
CODES = (
    *("A3", "A6", "F1", "F2", "F4", "H5", "K1", "K2", "P1", "P1", "P1", "P2", "Q1", "R1", "R2", "R3", "R5"),
    *("S1", "U1", "U2", "U3", "U4", "U6", "Z1"),
)
STATUSES = ("C1", "C1", "C2", "C2", "D1", "E1", "J1", "L1", "V2", "V3", "V4")
APPROVALS = ("temporary_connected_person", "temporary_connected_person", "full", "parent_not_yet_assessed")
FIRST = date(2011, 3, 7)
LAST = FIRST + timedelta(days=60)


class Spell(NamedTuple):
    """A record from a day to a day, both included."""

    start: date
    end: date
    says: dict[str, Any]


class Child(NamedTuple):
    placements: list[Spell]
    legal_statuses: list[Spell]
    carer_approvals: list[Spell]


@st.composite
def spells(draw: st.DrawFn, says: st.SearchStrategy[dict[str, Any]], whole: bool) -> list[Spell]:
    """Spells one after another, each from the earlier one's last day or the day after; `whole` leaves no day out."""
    found: list[Spell] = []
    day = FIRST + timedelta(days=0 if whole else draw(st.integers(0, 9)))
    while day < LAST and len(found) < 5:
        end = min(LAST, day + timedelta(days=draw(st.integers(1, 30))))
        if whole and len(found) == 4:
            end = LAST
        found.append(Spell(day, end, draw(says)))
        day = end + timedelta(days=0 if whole else draw(st.integers(0, 3)))
    return found


placements = st.fixed_dictionaries(
    {"placement_type": st.sampled_from(CODES), "arranged_by_another_flag": st.booleans()}
)
children = st.builds(
    Child,
    spells(placements, whole=True),
    spells(st.fixed_dictionaries({"legal_status": st.sampled_from(STATUSES)}), whole=False),
    spells(st.fixed_dictionaries({"approval": st.sampled_from(APPROVALS)}), whole=False),
)


def on(day: date, records: list[Spell]) -> dict[str, Any]:
    """What is recorded for the day: by the later of two spells that share it."""
    return next((spell.says for spell in reversed(records) if spell.start <= day <= spell.end), {})


def the_law(code: str, by_another: bool, status: str | None, approval: str | None) -> str | None:
    """The paragraph of regulation 28 that binds on a day, read from the regulations; None where none does."""
    if code.startswith("A") or status in ("V3", "V4"):
        return None
    if code == "P1":
        if status == "C1":
            return "28(4)"
        if approval == "parent_not_yet_assessed":
            return "28(3)"
        return "28(5)" if status == "C2" else "28(2)"
    if code in ("F1", "F4", "Q1", "U1", "U2", "U3") and approval == "temporary_connected_person":
        return "28(4)"
    arranged_by_another = code in ("R2", "R5") or (code in ("K1", "R1", "S1", "Z1") and by_another)
    return "28(6)" if status in ("C1", "C2") and arranged_by_another else "28(2)"


def lawful(child: Child, day: date, placement: dict[str, Any]) -> str | None:
    status = on(day, child.legal_statuses).get("legal_status")
    approval = on(day, child.carer_approvals).get("approval")
    return the_law(placement["placement_type"], placement["arranged_by_another_flag"], status, approval)


def says(condition: dict[str, Any], fields: dict[str, Any], day: date, child: Child, terms: Any) -> bool:
    """Whether a condition of the pack holds of a placement (or legal status) on a day, read plainly as written."""
    for key, wanted in condition.items():
        if key == "is":
            holds = says(terms[wanted], fields, day, child, terms)
        elif key in ("any_of", "none_of"):
            holds = any(says(each, fields, day, child, terms) for each in wanted) == (key == "any_of")
        elif key in Child._fields:
            found = on(day, getattr(child, key))
            holds = bool(found) and says(wanted, found, day, child, terms)
        else:
            value = placed_with(fields["placement_type"]) if key == "placed_with" else fields[key]
            holds = value in (wanted if isinstance(wanted, list) else [wanted])
        if not holds:
            return False
    return True


def placed_with(code: str) -> str:
    return {"P": "parent", "A": "adoption"}.get(code[0] if code != "P2" else "", "someone else")


def binding(child: Child, day: date) -> list[str]:
    """The paragraphs whose rules bind on a day in care, by what the pack says."""
    found = []
    for rule in PACK.rules:
        record = on(day, getattr(child, rule.applies_to)) if rule.id in PARAGRAPH else {}
        conditions = (rule.where, rule.while_)
        if record and all(says(dict(each), record, day, child, PACK.terms) for each in conditions):
            found.append(PARAGRAPH[rule.id])
    return found


@given(children)
def test_each_day_in_care_is_bound_by_the_one_paragraph_that_the_law_names(child: Child):
    for day in days(FIRST, LAST):
        lawful_one = lawful(child, day, on(day, child.placements))
        assert binding(child, day) == ([lawful_one] if lawful_one else []), day


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=by) for by in range((last - first).days + 1))


def case_record(child: Child) -> dict[str, Any]:
    """The child as a case record, out of care since the last day and never visited."""

    def rows(records: list[Spell], **more: str) -> list[dict[str, Any]]:
        return [
            {"start_date": spell.start.isoformat(), "end_date": spell.end.isoformat(), **spell.says, **more}
            for spell in records
        ]

    moves = rows(child.placements, start_reason="P", end_reason="X1")
    moves[0]["start_reason"], moves[-1]["end_reason"] = "S", "E8"
    episode = {
        "referral_date": "2011-01-03",
        "child_looked_after_placements": moves,
        "legal_statuses": rows(child.legal_statuses),
        "carer_approvals": rows(child.carer_approvals),
        "looked_after_visits": [],
        "looked_after_reviews": [],
    }
    return {"la_child_id": "A1", "child_details": {"date_of_birth": "2003-05-01"}, "social_care_episodes": [episode]}


def daily(rule: Rule) -> Rule:
    """The rule with a visit due every day, so that what is missed shows the days on which it binds."""
    return rule._replace(check={**rule.check, "limits": [{"every": "1 day"}]})


def first_missed(bound: list[date]) -> date | None:
    """The due day of a daily visit never made: the second of the first three binding days that follow one another."""
    for day in bound:
        if {day + timedelta(days=1), day + timedelta(days=2)} <= set(bound):
            return day + timedelta(days=1)
    return None


@settings(max_examples=60)
@given(children)
def test_the_engine_finds_the_same_days_bound(child: Child):
    rules = tuple(daily(rule) for rule in PACK.rules if rule.id in PARAGRAPH)
    result = casecheck.audit([case_record(child)], PACK._replace(rules=rules), as_at="2011-12-31", since="2011-01-01")
    for finding in result["cases"][0]["findings"]:
        paragraph = PARAGRAPH[finding["rule"]]
        missed = {each["due"] for each in finding["obligations"]}
        expected = set()
        for record in orders(child) if paragraph == "28(5)" else child.placements:
            own = None if paragraph == "28(5)" else record.says
            bound = [
                day
                for day in days(record.start, record.end)
                if lawful(child, day, own or on(day, child.placements)) == paragraph
            ]
            expected.add(first_missed(bound))
        assert missed == {day.isoformat() for day in expected if day}, finding["rule"]


def orders(child: Child) -> list[Spell]:
    """The times under a care order; two that adjoin are one."""
    found: list[Spell] = []
    before: Spell | None = None
    for spell in child.legal_statuses:
        if spell.says["legal_status"] == "C2":
            goes_on = before is not None and before.says == spell.says and spell.start <= before.end + timedelta(days=1)
            start = found.pop().start if goes_on else spell.start
            found.append(Spell(start, spell.end, spell.says))
        before = spell
    return found
