"""The shipped packs: their examples hold, show every rule both ways, and catch every timescale that is a unit off."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import casecheck
from casecheck.calendar import parse_duration
from casecheck.rules.examples import read_examples, run_examples
from casecheck.rules.model import Pack, Rule
from casecheck.rules.packs import shipped_packs

PACKS = {name: casecheck.load_pack(name) for name in ("southampton-2012", "working-together-2023")}
RULES = [(name, rule) for name, pack in PACKS.items() for rule in pack.rules]
SUBJECTS = {
    *("initial-assessment-in-time", "core-assessment-in-time", "first-core-group-in-time", "core-groups-held"),
    *("supervision-held", "supervision-actions-done", "looked-after-visits", "looked-after-visits-connected-person"),
    *("looked-after-visits-parent-unassessed", "looked-after-visits-parent-care-order"),
    *("looked-after-visits-other-arrangements", "looked-after-visits-across-moves"),
    *("pathway-assessment-in-time", "pathway-plan-held", "pathway-plan-reviewed"),
}


def broken(pack: Pack, rule: Rule) -> int:
    """How many of the rule's examples do not hold once it stands in the place of its pack's rules."""
    return sum(not result.holds for result in run_examples(pack._replace(rules=(rule,)), casecheck.audit))


def test_the_packs_that_ship_are_these():
    assert set(shipped_packs()) == set(PACKS)
    assert {rule.id for rule in PACKS["southampton-2012"].rules} == SUBJECTS
    assert [rule.id for rule in PACKS["working-together-2023"].rules] == [
        "assessment-in-time",
        "conference-in-time",
        "review-conference-in-time",
    ]


@pytest.mark.parametrize("name", PACKS)
def test_every_example_holds(name: str):
    results = run_examples(PACKS[name], casecheck.audit)
    assert [
        (result.rule, result.why, result.problems, result.differences) for result in results if not result.holds
    ] == []


@pytest.mark.parametrize("name", PACKS)
def test_every_rule_passes_fails_and_is_unknown_in_some_example(name: str):
    shown: dict[str, set[str]] = {rule.id: set() for rule in PACKS[name].rules}
    for example in read_examples(PACKS[name]):
        shown[example.rule].add(example.says["expect"])
    assert {
        rule: {"pass", "fail", "unknown"} - found
        for rule, found in shown.items()
        if not found >= {"pass", "fail", "unknown"}
    } == {}


# --- mutations ----------------------------------------------------------------------------------------------


def a_unit_off(duration: str) -> list[str]:
    """The duration a day less and more; where it is in months or years, a month."""
    count, unit = parse_duration(duration)
    if unit == "weeks":
        count, unit = 7 * count, "days"
    if unit == "years":
        count, unit = 12 * count, "months"
    return [f"{count + by} {unit}" for by in (-1, 1)]


def durations(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every duration within what a rule says, with the way to it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from durations(value, (*path, key))
    elif isinstance(node, list | tuple):
        for place, value in enumerate(node):
            yield from durations(value, (*path, place))
    elif isinstance(node, str):
        try:
            parse_duration(node)
        except ValueError:
            return
        yield path, node


def with_value(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    """What a rule says, with another value at the end of the way."""
    if not path:
        return value
    if isinstance(node, dict):
        return {key: with_value(held, path[1:], value) if key == path[0] else held for key, held in node.items()}
    return [with_value(held, path[1:], value) if place == path[0] else held for place, held in enumerate(node)]


def timescales() -> Iterator[Any]:
    for name, rule in RULES:
        for path, duration in durations(rule.check):
            for other in a_unit_off(duration):
                place = ".".join(map(str, path))
                check = with_value(rule.check, path, other)
                yield pytest.param(name, rule._replace(check=check), id=f"{rule.id}: {place} {other}")
        for key, at in (("from", 0), ("to", 1)):
            for by in (-1, 1) if rule.in_force[at] is not None else ():
                in_force = with_value(list(rule.in_force), (at,), (rule.in_force[at] or 0) + by)
                yield pytest.param(
                    name, rule._replace(in_force=tuple(in_force)), id=f"{rule.id}: in_force {key} {by:+}"
                )


@pytest.mark.parametrize(("name", "mutant"), list(timescales()))
def test_a_timescale_that_is_a_unit_off_breaks_an_example(name: str, mutant: Rule):
    assert broken(PACKS[name], mutant)


def without_conditions() -> Iterator[Any]:
    """Every rule without one of the keys that say whom, when and how it binds.

    That a rule is applied to care orders says whom it is for; its `while` says so again, of each day.
    """
    for name, rule in RULES:
        if rule.where and rule.where != {"legal_status": "C2"}:
            yield pytest.param(name, rule._replace(where={}), id=f"{rule.id}: where")
        if rule.while_:
            yield pytest.param(name, rule._replace(while_={}), id=f"{rule.id}: while")
        if rule.in_force != (None, None):
            yield pytest.param(name, rule._replace(in_force=(None, None)), id=f"{rule.id}: in_force")
        for key in ("where", "counts_on_first_day"):
            if key in rule.check:
                less = {held: value for held, value in rule.check.items() if held != key}
                yield pytest.param(name, rule._replace(check=less), id=f"{rule.id}: {rule.kind}.{key}")
        limits = rule.check.get("limits", ()) if rule.kind == "recurring" else ()
        for place in range(len(limits) if len(limits) > 1 else 0):
            less = {**rule.check, "limits": [*limits[:place], *limits[place + 1 :]]}
            yield pytest.param(name, rule._replace(check=less), id=f"{rule.id}: limits.{place}")


@pytest.mark.parametrize(("name", "mutant"), list(without_conditions()))
def test_a_condition_left_out_breaks_an_example(name: str, mutant: Rule):
    assert broken(PACKS[name], mutant)


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("months", [11, 13])
def test_a_review_period_that_is_a_month_off_breaks_an_example(name: str, months: int):
    pack = PACKS[name]._replace(review_period_months=months)
    assert any(not result.holds for result in run_examples(pack, casecheck.audit))


# --- regulation 28 ------------------------------------------------------------------------------------------

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
    pack = PACKS["southampton-2012"]
    found = []
    for rule in pack.rules:
        record = on(day, getattr(child, rule.applies_to)) if rule.id in PARAGRAPH else {}
        conditions = (rule.where, rule.while_)
        if record and all(says(dict(each), record, day, child, pack.terms) for each in conditions):
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
    pack = PACKS["southampton-2012"]
    rules = tuple(daily(rule) for rule in pack.rules if rule.id in PARAGRAPH)
    result = casecheck.audit([case_record(child)], pack._replace(rules=rules), as_at="2011-12-31", since="2011-01-01")
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
