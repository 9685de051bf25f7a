"""Small cases and small rules for Hypothesis, with dates that cluster around those on which something changes.

A case is one child's record with whatever the rules here read, all of it held (what is not held is taken out by the
tests that need it). A date is drawn as a step from one before it, and most steps are a limit of some rule, or a day
less or more.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from casecheck.rules.model import Area, Pack, Policy, Rule

BASES = ("2011-04-01", "2011-12-30", "2012-02-28", "2012-02-29", "2011-04-20", "2012-05-31", "2010-11-30", "2012-12-20")
LIMITS = ("1 week", "10 days", "4 weeks", "6 weeks", "1 month", "3 months", "5 working days", "20 working days")
STEPS = (0, 7, 10, 14, 28, 30, 42, 84, 91, 182, 365)
TERMS: dict[str, dict[str, Any]] = {
    "with a parent": {"placed_with": "parent"},
    "under an interim order": {"legal_statuses": {"legal_status": "C1"}},
    "in a child's home": {"any_of": [{"placed_with": "foster_care"}, {"placed_with": "childrens_home"}]},
}

few = st.integers(0, 3)
flags = st.sampled_from([True, False, None])
NEAR = tuple(sorted({max(0, step + by) for step in STEPS for by in (-1, 0, 1)}))
steps = st.sampled_from([*NEAR, *NEAR, *range(2, 60, 3)])


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def step(draw: Any, day: date) -> date:
    return day + timedelta(days=draw(steps))


def how_many(draw: Any, most: int) -> int:
    """Often none, else rather more than few."""
    count: int = draw(st.sampled_from([0, *range(1, most + 1), *range(1 + most // 2, most + 1)]))
    return count


def later(draw: Any, day: str) -> str:
    return step(draw, date.fromisoformat(day)).isoformat()


def chain(draw: Any, day: date, most: int) -> list[date]:
    """Days one after another."""
    days = []
    for _ in range(how_many(draw, most)):
        day = step(draw, day)
        days.append(day)
    return days


def spells(draw: Any, day: date, most: int, adjoining: bool) -> list[tuple[date, date | None]]:
    """Spells one after another, the last perhaps open; in a section of one at a time they adjoin or leave a gap."""
    found: list[tuple[date, date | None]] = []
    for _ in range(how_many(draw, most)):
        if not adjoining or draw(st.booleans()):
            day = step(draw, day)
        end = step(draw, day)
        found.append((day, end))
        day = end
    if found and draw(st.booleans()):
        found[-1] = (found[-1][0], None)
    return found


def placement_rows(draw: Any, day: date) -> list[dict[str, Any]]:
    """Rows of placements of at least a day; those that follow on have a reason to, the last of a run leaves care."""
    spans = [(start, end) for start, end in spells(draw, day, 4, adjoining=True) if end is None or end > start]
    rows: list[dict[str, Any]] = []
    for place, (start, end) in enumerate(spans):
        follows = bool(rows) and rows[-1]["end_reason"] == "X1"
        followed = place + 1 < len(spans) and spans[place + 1][0] == end and draw(st.integers(0, 3)) > 0
        row = {
            "start_date": iso(start),
            "end_date": iso(end),
            "start_reason": draw(st.sampled_from(["L", "L", "P", "T", "U", "B"])) if follows else "S",
            "end_reason": None if end is None else "X1" if followed else "E4",
            "placement_type": draw(st.sampled_from(["U1", "U1", "P1", "K2", "T1"])),
            "intended_to_last_until_18_flag": draw(flags),
        }
        rows.append(row)
    return rows


def lasting(draw: Any, day: date, most: int, adjoining: bool = False, **fields: Any) -> list[dict[str, Any]]:
    return [
        {"start_date": iso(start), "end_date": iso(end), **{name: draw(values) for name, values in fields.items()}}
        for start, end in spells(draw, day, most, adjoining)
    ]


def events(draw: Any, day: date, most: int, name: str, **fields: Any) -> list[dict[str, Any]]:
    return [
        {name: iso(each), **{key: draw(values) for key, values in fields.items()}} for each in chain(draw, day, most)
    ]


def work(draw: Any, day: date, most: int, completed: str, **fields: Any) -> list[dict[str, Any]]:
    made = []
    for each in chain(draw, day, most):
        end = step(draw, each) if draw(st.integers(0, 3)) else None
        made.append(
            {"start_date": iso(each), completed: iso(end), **{key: draw(values) for key, values in fields.items()}}
        )
    return made


def actions(draw: Any, day: date) -> list[dict[str, Any]]:
    return [
        {
            "set_date": iso(each),
            "due_date": draw(st.one_of(st.none(), st.just(iso(step(draw, each))))),
            "completed_date": draw(st.one_of(st.none(), st.just(iso(step(draw, each))))),
            "lead": draw(st.sampled_from(["worker", None])),
        }
        for each in chain(draw, day, 2)
    ]


def plans(draw: Any, day: date) -> list[dict[str, Any]]:
    return [
        {
            **plan,
            "core_groups": events(
                draw, date.fromisoformat(plan["start_date"]), 4, "meeting_date", progress_evaluated_flag=flags
            ),
            "child_protection_reviews": events(draw, date.fromisoformat(plan["start_date"]), 3, "review_date"),
            "actions": actions(draw, date.fromisoformat(plan["start_date"])),
        }
        for plan in lasting(draw, day, 2)
    ]


THEMES = {
    "care": (
        "placements",
        "legal_statuses",
        "looked_after_visits",
        "looked_after_reviews",
        "care_plans",
        "supervisions",
    ),
    "protection": ("child_protection_plans", "care_worker_details", "care_plans", "supervisions", "legal_statuses"),
    "episode": (
        "care_worker_details",
        "child_and_family_assessments",
        "supervisions",
        "missing_episodes",
        "care_plans",
        "looked_after_reviews",
    ),
    "leaving": ("placements", "child_and_family_assessments", "looked_after_reviews", "care_worker_details"),
}


@st.composite
def cases(draw: Any, name: str = "A") -> dict[str, Any]:
    """One child with an episode or two, all sections held, those of one theme filled."""
    day = date.fromisoformat(draw(st.sampled_from(BASES))) + timedelta(days=draw(st.integers(-2, 2)))
    born = birth(draw, step(draw, step(draw, day)))
    theme = THEMES[draw(st.sampled_from(sorted(THEMES)))]
    found = []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        closed = step(draw, step(draw, day)) if draw(st.integers(0, 3)) == 0 else None
        found.append({"referral_date": iso(day), "closure_date": iso(closed), **inside(draw, day, theme)})
        day = step(draw, closed or step(draw, day))
    return {"la_child_id": name, "child_details": {"date_of_birth": iso(born)}, "social_care_episodes": found}


def inside(draw: Any, day: date, theme: tuple[str, ...]) -> dict[str, Any]:
    """What one episode holds: every section that the rules here read, those of the theme perhaps with records."""
    rows = placement_rows(draw, day) if "placements" in theme else []
    visited_from = date.fromisoformat(rows[0]["start_date"]) if rows else day
    types = st.sampled_from(["initial", "core"])
    makers: dict[str, Callable[[], list[dict[str, Any]]]] = {
        "legal_statuses": lambda: lasting(
            draw, day, 3, adjoining=True, legal_status=st.sampled_from(["C1", "C2", "V2"])
        ),
        "looked_after_visits": lambda: events(draw, visited_from, 7, "visit_date", seen_flag=flags),
        "looked_after_reviews": lambda: events(draw, visited_from, 2, "review_date"),
        "child_protection_plans": lambda: plans(draw, day),
        "care_plans": lambda: lasting(draw, day, 3, adjoining=True, specific_flag=flags),
        "care_worker_details": lambda: lasting(
            draw,
            day,
            4,
            worker_id=st.sampled_from(["a", "b"]),
            role=st.sampled_from(["social_worker", "social_worker", "manager", None]),
            newly_qualified_flag=flags,
        ),
        "child_and_family_assessments": lambda: work(
            draw, day, 3, "authorisation_date", assessment_type=types, child_seen_flag=flags
        ),
        "supervisions": lambda: events(draw, day, 5, "supervision_date", plan_challenged_flag=flags),
        "missing_episodes": lambda: missing_episodes(draw, day),
    }
    made = {name: make() if name in theme else [] for name, make in makers.items()}
    return without_some_ends(draw, {"child_looked_after_placements": rows, **made})


def without_some_ends(draw: Any, found: dict[str, Any]) -> dict[str, Any]:
    """The same, where the payload leaves out the end of what has not ended."""
    optional = ("end_date", "end_reason", "authorisation_date")
    if draw(st.booleans()):
        return found
    return {
        name: [
            {key: value for key, value in each.items() if key not in optional or value is not None} for each in listed
        ]
        for name, listed in found.items()
    }


def missing_episodes(draw: Any, day: date) -> list[dict[str, Any]]:
    offered = "return_interview_offered_date"
    return [
        {**each, offered: draw(st.one_of(st.none(), st.just(later(draw, each["start_date"]))))}
        for each in work(draw, day, 2, "end_date")
    ]


def birth(draw: Any, day: date) -> date:
    """Born so that an age that matters is reached near the day, or on 29 February, or long ago."""
    if draw(st.integers(0, 4)) == 0:
        return date(draw(st.sampled_from([1992, 1996, 2000])), 2, 29)
    age = draw(st.sampled_from([5, 16, 18, 18, 18]))
    near = day + timedelta(days=draw(st.integers(-2, 2)))
    return date(near.year - age, near.month, min(near.day, 28))


def all_dates(case: Any) -> list[date]:
    """Every date in a record."""
    if isinstance(case, dict):
        return [day for key, value in case.items() if key != "date_of_birth" for day in all_dates(value)]
    if isinstance(case, list):
        return [day for value in case for day in all_dates(value)]
    return [date.fromisoformat(case)] if isinstance(case, str) and case[:2] == "20" else []


@st.composite
def audit_dates(draw: Any, case: dict[str, Any]) -> tuple[date, date]:
    """The first day of the review period and the audit date, each near a day of the case or a limit after one."""
    known = sorted(set(all_dates(case)))
    as_at = step(draw, draw(st.sampled_from(known))) + timedelta(days=draw(st.integers(-1, 1)))
    as_at = max(as_at, known[0])
    since = (
        as_at - timedelta(days=365)
        if draw(st.booleans())
        else draw(st.sampled_from(known)) + timedelta(draw(st.integers(-1, 1)))
    )
    return min(since, as_at), as_at


CONDITIONS: dict[str, list[Any]] = {
    "placements": [
        {"intended_to_last_until_18_flag": True},
        {"intended_to_last_until_18_flag": {"not": True}},
        {"is": "with a parent"},
        {"none_of": [{"is": "with a parent"}, {"is": "under an interim order"}]},
        {"is": "in a child's home", "legal_statuses": {"present": True}},
        {"placement_type": ["P1", "K2"]},
        {"position": {"at_least": 2}},
    ],
    "any": [
        {"age": {"at_least": 16}},
        {"age": {"at_least": 5, "at_most": 17}},
        {"care_plans": {"specific_flag": True}},
        {"is": "under an interim order"},
        {"any_of": [{"legal_statuses": {"legal_status": {"not": "C1"}}}, {"age": 18}]},
        {"care_worker_details": {"newly_qualified_flag": {"not": True}}},
        {"none_of": [{"care_periods": {"present": True}}]},
        {"child_protection_plans": {"present": True}},
        {"placements": {"is": "with a parent"}},
        {"age": {"not": 17}, "none_of": [{"care_plans": {"specific_flag": None}}]},
    ],
    "legal_statuses": [{"legal_status": ["C1", "V2"]}, {"legal_status": {"not": "C2"}, "previous.legal_status": "C1"}],
    "care_periods": [{"none_of": [{"placements": {"intended_to_last_until_18_flag": {"present": True}}}]}],
    "child_protection_plans": [{"social_care_episodes.closure_date": None}, {"position": 2}],
}


def conditions(section: str) -> Any:
    return st.sampled_from(CONDITIONS["any"] + CONDITIONS.get(section, []))


def some_days(case: dict[str, Any]) -> Any:
    """A day at or beside one of the case's, as ISO text."""
    return st.builds(
        lambda day, by: (day + timedelta(days=by)).isoformat(),
        st.sampled_from(sorted(set(all_dates(case)))),
        st.integers(-1, 1),
    )


def rule(kind: str, section: str, check: Any, **more: Any) -> Rule:
    """A rule with a head that does not matter."""
    values = {
        "id": "a-rule",
        "title": "It is done",
        "area": "an-area",
        "severity": "major",
        "basis": ({"local": "for a test"},),
        "applies_to": section,
        "latest": False,
        "where": {},
        "while_": {},
        "lapses_with": None,
        "in_force": (None, None),
        "kind": kind,
        "check": check,
        "file": "rules.yaml",
        "line": 1,
    }
    return Rule(**{**values, **more})


def pack(*rules: Rule) -> Pack:
    """A pack of these rules, with the terms of the conditions here and a review period of 12 months."""
    policy = Policy({"critical": 0, "major": 0}, {"critical": 3})
    areas = (Area("an-area", "An area", Policy({"critical": 0}, {})),)
    return Pack("a-pack", "A pack", "1", {}, 12, areas, TERMS, policy, {"good": 0.8}, rules, "0" * 64, "a-pack")


def filled(case: dict[str, Any], names: Any) -> Any:
    """Of sections' names (or entries that begin with one), those with records in the case, else all."""
    text = repr(case)
    derived = {
        "placements": "placement_type",
        "care_periods": "placement_type",
        "child_protection_plans.actions": "set_date",
    }

    def has(entry: Any) -> bool:
        name = entry if isinstance(entry, str) else entry[0]
        return derived.get(name, f"'{name}': [{{") in text

    return st.sampled_from([entry for entry in names if has(entry)] or list(names))


RECURRING = {
    "placements": ["looked_after_visits", ["looked_after_visits", "looked_after_reviews"], "care_plans"],
    "care_periods": ["looked_after_reviews", "looked_after_visits", "child_and_family_assessments"],
    "legal_statuses": ["looked_after_visits"],
    "child_protection_plans": ["core_groups", "child_protection_reviews", "supervisions"],
    "social_care_episodes": ["supervisions", "core_groups"],
}
EVENT_CONDITIONS = {
    "looked_after_visits": {"seen_flag": True},
    "core_groups": {"progress_evaluated_flag": {"not": False}},
}


@st.composite
def limits(draw: Any, section: str, case: dict[str, Any]) -> list[dict[str, Any]]:
    """One to four limits, of which the last usually applies always."""
    found: list[dict[str, Any]] = []
    for ordinal in draw(st.sampled_from([(), (), ("first",), ("first", "second")])):
        found.append({"within": draw(st.sampled_from(LIMITS)), "for": ordinal})
    for _ in range(draw(few)):
        found.append({"every": draw(st.sampled_from(LIMITS))})
    for limit in found:
        key = draw(st.sampled_from(["none", "where", "until", "first", "from", "to"]))
        if key == "where":
            limit["where"] = draw(conditions(section))
        elif key == "until":
            limit["until"] = draw(st.sampled_from(["2 weeks", "1 month", "3 months", "1 year"]))
        elif key == "first" and section not in ("child_protection_plans",):
            limit["until"] = {"first": "looked_after_reviews"}
        elif key in ("from", "to"):
            limit[key] = draw(some_days(case))
    if not found or draw(st.integers(0, 4)):
        found.append({"every": draw(st.sampled_from(LIMITS))})
    return found


@st.composite
def binding(draw: Any, section: str, case: dict[str, Any]) -> dict[str, Any]:
    """What a rule may say of the days on which it binds."""
    found: dict[str, Any] = {}
    if draw(st.integers(0, 2)) == 0:
        found["while_"] = draw(conditions(section))
    if draw(st.integers(0, 3)) == 0:
        days = sorted(date.fromisoformat(draw(some_days(case))).toordinal() for _ in range(2))
        found["in_force"] = draw(st.sampled_from([(days[0], None), (None, days[1]), (days[0], days[1])]))
    return found


@st.composite
def recurring_rules(draw: Any, case: dict[str, Any]) -> Rule:
    """A recurring rule that reads what the case holds."""
    section = draw(filled(case, sorted(RECURRING)))
    named = draw(filled(case, RECURRING[section]))
    check: dict[str, Any] = {"events": named, "limits": draw(limits(section, case))}
    if isinstance(named, str) and named in EVENT_CONDITIONS and draw(st.booleans()):
        check["where"] = EVENT_CONDITIONS[named]
    if draw(st.integers(0, 3)) == 0:
        check["counts_on_first_day"] = draw(st.booleans())
    more = draw(binding(section, case))
    if draw(st.integers(0, 4)) == 0:
        more["where"] = draw(conditions(section))
    if draw(st.integers(0, 5)) == 0:
        more["lapses_with"] = draw(st.sampled_from(["none", "social_care_episodes"]))
    return rule("recurring", section, check, **more)


@st.composite
def two_laws(draw: Any, case: dict[str, Any], rule: Rule) -> list[Rule]:
    """The rule up to a day, and from then on, or from some days later, the same rule with other limits."""
    change = date.fromisoformat(draw(some_days(case))).toordinal()
    check = dict(rule.check)
    if "limits" in check:
        check["limits"] = draw(limits(rule.applies_to, case))
    elif "within" in check:
        check["within"] = draw(st.sampled_from(LIMITS))
    later = rule._replace(check=check, in_force=(change + draw(st.sampled_from([0, 0, 1, 10])), None))
    return [rule._replace(in_force=(None, change)), later]


HELD = {
    "social_care_episodes": ["care_worker_details", "supervisions", "child_and_family_assessments", "care_plans"],
    "care_periods": ["care_plans", "looked_after_reviews", "child_and_family_assessments"],
    "child_protection_plans": ["core_groups", "care_worker_details"],
    "placements": ["care_plans", "looked_after_visits", "legal_statuses"],
}
COVER_CONDITIONS = {"care_plans": {"specific_flag": True}, "care_worker_details": {"worker_id": "a"}}


@st.composite
def held_rules(draw: Any, case: dict[str, Any]) -> Rule:
    """A held rule that reads what the case holds."""
    section = draw(filled(case, sorted(HELD)))
    named = draw(filled(case, HELD[section]))
    check: dict[str, Any] = {"records": named}
    for key, most in (("within", 2), ("gap", 2), ("counts_for", 1)):
        if draw(st.integers(0, most)):
            check[key] = draw(st.sampled_from(LIMITS))
    if named in COVER_CONDITIONS and draw(st.booleans()):
        check["where"] = COVER_CONDITIONS[named]
    more = draw(binding(section, case))
    if draw(st.integers(0, 5)) == 0:
        more["lapses_with"] = draw(st.sampled_from(["none", "social_care_episodes"]))
    if draw(st.integers(0, 5)) == 0:
        more["where"] = draw(conditions(section))
    return rule("held", section, check, **more)


DEADLINES = (
    (
        "social_care_episodes",
        "referral_date",
        {"first": "child_and_family_assessments", "where": {"assessment_type": "initial"}},
    ),
    ("social_care_episodes", "referral_date", {"first": "care_worker_details"}),
    ("social_care_episodes", "referral_date", {"first": ["supervisions", "care_plans"]}),
    ("missing_episodes", "end_date", "return_interview_offered_date"),
    ("missing_episodes", "start_date", {"first": "supervisions"}),
    ("child_and_family_assessments", "start_date", "authorisation_date"),
    ("looked_after_reviews", "review_date", {"first": "care_plans", "where": {"specific_flag": True}}),
    ("child_and_family_assessments", "authorisation_date", {"first": "child_protection_plans"}),
    ("care_worker_details", "previous.start_date", {"first": "supervisions"}),
    ("child_protection_plans", "start_date", {"first": "core_groups"}),
    ("child_protection_reviews", "social_care_episodes.referral_date", {"first": "supervisions"}),
)
DUE = (
    ("child_protection_plans.actions", "set_date", "due_date", "completed_date"),
    ("child_protection_reviews", "previous.review_date", "review_date", {"first": "core_groups"}),
)


@st.composite
def deadline_rules(draw: Any, case: dict[str, Any]) -> Rule:
    """A deadline rule that reads what the case holds."""
    if draw(st.integers(0, 3)) == 0:
        section, start, due, done = draw(filled(case, DUE))
        check: dict[str, Any] = {"from": start, "due": due, "done": done}
    else:
        section, start, by = draw(filled(case, DEADLINES))
        check = {"from": start, "within": draw(st.sampled_from(LIMITS)), "done": by}
    more: dict[str, Any] = {key: value for key, value in draw(binding(section, case)).items() if key == "in_force"}
    if draw(st.integers(0, 4)) == 0:
        more["where"] = draw(conditions(section))
    if draw(st.integers(0, 3)) == 0:
        more["lapses_with"] = draw(st.sampled_from(["none", "social_care_episodes"]))
    return rule("deadline", section, check, **more)


RECORDED = (
    ("looked_after_visits", {"seen_flag": True}),
    ("core_groups", {"progress_evaluated_flag": {"not": False}, "position": {"at_most": 2}}),
    ("child_and_family_assessments", {"any_of": [{"child_seen_flag": True}, {"age": {"at_most": 16}}]}),
    ("child_protection_plans.actions", {"lead": {"present": True}, "due_date": {"present": True}}),
    ("care_plans", {"specific_flag": [True, None]}),
    ("care_worker_details", {"worker_id": {"same_as": "previous.worker_id"}}),
    ("care_worker_details", {"any_of": [{"position": {"at_least": 2}}, {"previous.newly_qualified_flag": None}]}),
    ("care_worker_details", {"any_of": [{"role": {"not": "social_worker"}}, {"position": [1, 3]}]}),
    ("supervisions", {"is": "under an interim order"}),
    ("child_protection_reviews", {"previous.review_date": {"same_as": "child_protection_plans.start_date"}}),
    ("missing_episodes", {"return_interview_offered_date": {"present": True}}),
)


@st.composite
def recorded_rules(draw: Any, case: dict[str, Any]) -> Rule:
    """A recorded rule that reads what the case holds."""
    section, check = draw(filled(case, RECORDED))
    judged_when_begun = section in ("child_protection_plans.actions", "missing_episodes")
    more: dict[str, Any] = {"latest": not judged_when_begun and draw(st.integers(0, 2)) == 0}
    if not more["latest"]:
        more |= {key: value for key, value in draw(binding(section, case)).items() if key == "in_force"}
    if draw(st.integers(0, 3)) == 0:
        more["where"] = draw(conditions(section))
    return rule("recorded", section, check, **more)


@st.composite
def limit_rules(draw: Any, case: dict[str, Any]) -> Rule:
    """A limit rule that reads what the case holds."""
    records = draw(st.sampled_from(["care_worker_details", "placements", "supervisions"]))
    check: dict[str, Any] = {
        "records": records,
        "at_most": draw(st.integers(0, 2)),
        "in": draw(st.sampled_from(["1 month", "6 months", "12 months", "6 weeks"])),
    }
    if records == "care_worker_details" and draw(st.booleans()):
        check["where"] = {"position": {"at_least": 2}, "worker_id": {"not": {"same_as": "previous.worker_id"}}}
        if draw(st.booleans()):
            check["where"]["role"] = "social_worker"
    if records != "supervisions" and draw(st.booleans()):
        check["count"] = "standing"
    section = draw(filled(case, ["social_care_episodes", "care_periods"]))
    return rule("limit", section, check)
