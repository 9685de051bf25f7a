"""What is not held is never taken for what was not done: absent sections, coverage, and sources drawn long ago.

In each test a whole case is known, part of it is taken away and the rest says so. What the engine then says for certain
must be true of the whole.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from tests import strategies as make
from tests.engine.comparing import as_duty, engine_findings, readable
from tests.oracle.file import SECTIONS

KINDS = {
    "recurring": make.recurring_rules,
    "deadline": make.deadline_rules,
    "held": make.held_rules,
    "limit": make.limit_rules,
}
READ_BY = {"recurring": "events", "held": "records", "limit": "records"}


def judged(case, rule, since, as_at):
    found = engine_findings(case, make.pack(rule), since, as_at)[rule.id]
    return found["outcome"], [as_duty(each) for each in found["obligations"]]


def sections_read(rule):
    """The sections whose records discharge or break the rule."""
    named = rule.check["done"] if rule.kind == "deadline" else rule.check[READ_BY[rule.kind]]
    named = named["first"] if isinstance(named, dict) else named
    if rule.kind == "deadline" and not isinstance(rule.check["done"], dict):
        return []
    return [
        "child_looked_after_placements" if each == "placements" else each
        for each in ([named] if isinstance(named, str) else named)
    ]


def without(value: Any, gone: Any) -> Any:
    """The case without the records of which `gone(section, record)` holds."""
    if not isinstance(value, dict):
        return value
    return {
        key: [without(each, gone) for each in inner if not gone(key, each)] if isinstance(inner, list) else inner
        for key, inner in value.items()
    }


def began(section: str, record: Any) -> str:
    return str(record[SECTIONS[section].first])


def compare(whole, part, kind):
    """What fails for certain fails in the whole, and what is met for certain is met in it."""
    note(f"whole {whole[0]}: {readable(whole[1])}")
    note(f"part  {part[0]}: {readable(part[1])}")
    if part[0] == "fail":
        assert whole[0] == "fail"
    met = {duty.pointer: duty.done for duty in whole[1] if duty.outcome == "met"}
    for duty in part[1]:
        if duty.outcome == "met" and kind == "deadline":
            assert met[duty.pointer] <= duty.done
        if duty.outcome == "met" and kind == "recurring":
            assert (duty.starts, duty.done) in {(each.starts, each.done) for each in whole[1] if each.outcome == "met"}


@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_history_that_is_not_held_makes_nothing_late_and_nothing_met(data, kind):
    case = data.draw(make.cases())
    rule = data.draw(KINDS[kind](case))
    since, as_at = data.draw(make.audit_dates(case))
    held_from = {section: data.draw(make.some_days(case)) for section in sections_read(rule)}
    part = without(case, lambda section, record: section in held_from and began(section, record) < held_from[section])
    part["coverage"] = {"from": held_from}
    compare(judged(case, rule, since, as_at), judged(part, rule, since, as_at), kind)


def drawn_on(value: Any, day: str) -> Any:
    """The case as a source drawn on the day holds it."""
    if isinstance(value, dict):
        return {key: drawn_on(each, day) for key, each in value.items()}
    if isinstance(value, list):
        return [drawn_on(each, day) for each in value if own_date(each) <= day]
    return None if isinstance(value, str) and value[:2] == "20" and value > day else value


def own_date(record: Any) -> str:
    return next(
        str(record[key]) for key in ("start_date", "referral_date", "set_date", *EVENT_DATES) if record.get(key)
    )


EVENT_DATES = ("visit_date", "review_date", "meeting_date", "supervision_date")


@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_a_source_drawn_before_the_audit_date_tells_nothing_of_the_days_since(data, kind):
    case = data.draw(make.cases())
    rule = data.draw(KINDS[kind](case))
    since, as_at = data.draw(make.audit_dates(case))
    drawn = min(date.fromisoformat(data.draw(make.some_days(case))), as_at - timedelta(days=1))
    since = min(
        since, drawn
    )  # what was undone on that day, and done before the review period, would not count in the whole
    part = {**drawn_on({**case, "child_details": {}}, drawn.isoformat()), "child_details": case["child_details"]}
    if not part["social_care_episodes"]:
        return
    part["coverage"] = {"to": drawn.isoformat()}
    whole, found = judged(case, rule, since, as_at), judged(part, rule, since, as_at)
    compare(whole, found, kind)
    assert not any(duty.outcome == "not_due" and duty.due < as_at.toordinal() for duty in found[1])
    if kind in ("recurring", "deadline"):
        assert all(duty.due <= drawn.toordinal() for duty in found[1] if duty.outcome == "missed")


@given(st.data(), st.sampled_from(["recurring", "held", "deadline"]))
def test_where_a_section_is_not_held_what_depends_on_it_is_unknown(data, kind):
    case = data.draw(make.cases())
    rule = data.draw(KINDS[kind](case))
    since, as_at = data.draw(make.audit_dates(case))
    gone = sections_read(rule)
    held_by_what_is_applied_to = {rule.applies_to, "social_care_episodes"}
    if not gone or any(SECTIONS[section].parent not in held_by_what_is_applied_to for section in gone):
        return
    part = {**without(case, lambda section, record: section in gone), "coverage": {"not_held": gone}}
    outcome, duties = judged(part, rule, since, as_at)
    whole = judged(case, rule, since, as_at)
    note(f"whole {whole[0]}: {readable(whole[1])}")
    note(f"part  {outcome}: {readable(duties)}")
    assert {duty.outcome for duty in duties} <= {"unknown"}
    assert outcome in ("unknown", "not_applicable")


@pytest.mark.parametrize(
    "section", ["looked_after_visits", "looked_after_reviews", "supervisions", "care_plans", "missing_episodes"]
)
def test_absent_is_not_empty(section):
    """The very section that a rule is applied to is absent: unknown; it is there and empty: not applicable."""
    rule = make.rule("recorded", section, {"position": {"at_least": 1}})
    days = date(2011, 4, 23), date(2012, 4, 23)
    absent = {"la_child_id": "A", "social_care_episodes": [{"referral_date": "2011-04-01"}]}
    empty = {"la_child_id": "A", "social_care_episodes": [{"referral_date": "2011-04-01", section: []}]}
    assert judged(absent, rule, *days)[0] == "unknown"
    assert judged(empty, rule, *days)[0] == "not_applicable"


@pytest.mark.parametrize("section", ["child_protection_plans", "care_worker_details", "child_looked_after_placements"])
def test_what_the_payload_makes_optional_is_empty_when_absent(section):
    rule = make.rule("recorded", section, {"position": {"at_least": 1}})
    days = date(2011, 4, 23), date(2012, 4, 23)
    absent = {"la_child_id": "A", "social_care_episodes": [{"referral_date": "2011-04-01"}]}
    assert judged(absent, rule, *days)[0] == "not_applicable"
    assert judged({**absent, "coverage": {"not_held": [section]}}, rule, *days)[0] == "unknown"


@pytest.mark.parametrize(
    "where",
    [
        {"position": {"at_least": 2}},
        {"previous.worker_id": {"present": True}},
        {"worker_id": {"same_as": "previous.worker_id"}},
    ],
)
def test_a_section_that_is_not_held_may_hold_a_second_record(where):
    """A rule on later records of a section, which may all be there where the section is not held."""
    rule = make.rule("recorded", "care_worker_details", {"team": {"present": True}}, where=where)
    days = date(2011, 4, 23), date(2012, 4, 23)
    empty = {"la_child_id": "A", "social_care_episodes": [{"referral_date": "2011-04-01"}]}
    assert judged(empty, rule, *days)[0] == "not_applicable"
    assert judged({**empty, "coverage": {"not_held": ["care_worker_details"]}}, rule, *days)[0] == "unknown"


EPISODE_FROM = date(2011, 1, 3)
LIMIT = 42
VISITED = make.rule(
    "recurring", "social_care_episodes", {"events": "looked_after_visits", "limits": [{"every": "6 weeks"}]}
)


@st.composite
def visited_cases(draw):
    """An episode with visits some weeks apart, and an audit date, all near each other's limits."""
    days, day = [], EPISODE_FROM
    for _ in range(draw(st.integers(0, 4))):
        day += timedelta(days=draw(st.sampled_from([1, 20, 41, 42, 43, 60])))
        days.append(day)
    edge = draw(st.sampled_from([EPISODE_FROM, *days]))
    as_at = edge + timedelta(days=draw(st.sampled_from([0, 1, 41, 42, 43, 44, 90])))
    ended = draw(st.sampled_from([None, *(edge + timedelta(days=by) for by in (0, 1, 41, 42, 43, 44))]))
    return days, ended, as_at


def visited(days, ended, **coverage):
    visits = [{"visit_date": day.isoformat()} for day in days]
    episode = {
        "referral_date": EPISODE_FROM.isoformat(),
        "closure_date": ended and ended.isoformat(),
        "looked_after_visits": visits,
    }
    return {"la_child_id": "A", "social_care_episodes": [episode], "coverage": coverage}


def told(case, as_at):
    """Due, done and outcome of each wait; of what is unknown only that."""
    _, duties = judged(case, VISITED, EPISODE_FROM, as_at)
    return [("unknown",) if duty.outcome == "unknown" else (duty.due, duty.done, duty.outcome) for duty in duties]


def whole_wait(start, done, ended, as_at):
    due = start + timedelta(days=LIMIT)
    if done is not None:
        return [(due.toordinal(), done.toordinal(), "met" if done <= due else "late")]
    if ended is not None and ended <= due:
        return []
    missed = due < as_at
    return [(due.toordinal(), None, "missed" if missed else "not_due")]


@given(visited_cases())
def test_where_only_the_newest_event_is_held_only_the_wait_since_it_is_judged(case):
    days, ended, as_at = case
    ended = None if ended is not None and ended > as_at else ended
    found = told(visited(days[-1:], ended, latest_only=["looked_after_visits"]), as_at)
    if not days:
        assert found == whole_wait(EPISODE_FROM, None, ended, as_at)
    elif days[-1] > as_at:
        assert found == [("unknown",)]
    elif ended is None or days[-1] <= ended:
        due = days[-1] + timedelta(days=LIMIT)
        missed = due < min(as_at, ended or as_at)
        lapsed = ended is not None and ended <= due
        assert [each[2] for each in found] == (["missed"] if missed else [] if lapsed else ["met"])


@given(visited_cases(), st.integers(0, 60))
def test_a_wait_begun_before_the_history_is_counted_from_where_it_begins(case, after):
    days, ended, as_at = case
    held_from = EPISODE_FROM + timedelta(days=after)
    ended = None if ended is not None and ended > as_at else ended
    if held_from > min(as_at, ended or as_at):
        return
    seen = [day for day in days if held_from <= day <= min(as_at, ended or as_at)]
    found = told(visited(seen, ended, **{"from": {"looked_after_visits": held_from.isoformat()}}), as_at)
    expected: list[tuple[Any, ...]] = []
    for place, (start, done) in enumerate(zip([held_from, *seen], [*seen, None], strict=True)):
        wait = whole_wait(start, done, ended, as_at)
        sure = place > 0 or after == 0 or (wait and wait[0][2] in ("late", "missed"))
        expected += wait if sure else [("unknown",)]
    assert found == expected
