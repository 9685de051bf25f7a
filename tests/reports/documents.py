"""A result with hostile names in it, for the tests of the formats that other programs read."""

from tests.reports.results import area, case, finding, group, head, note, rule, source

HOSTILE = "=1+1,|`*_<b>&\"'\n\r\t%0A::error::x\x1b[31m\u202e@everyone#1 https://evil.example www.evil.example ]]>--"


def obligation(pointer="/a/0", *, outcome="late", counted=True, done="2012-03-12", due="2012-01-30"):
    done = done if outcome in ("met", "late") else None
    days_late = 42 if outcome in ("late", "missed") else None
    return {
        "pointer": pointer,
        "evidence": None if done is None else "/a/1",
        "starts": "2011-12-19",
        "due": due,
        "done": done,
        "limit": "every 6 weeks",
        "outcome": outcome,
        "days_late": days_late,
        "counted": counted,
    }


def found(name="visits", outcome="fail", *obligations, message="visit due 30 January 2012, made 12 March 2012"):
    message = "" if outcome in ("pass", "not_applicable") else message
    return {**finding(name, outcome, message), "obligations": list(obligations)}


RULES = [
    rule("visits", cases=(1, 1, 0, 0, 0)),
    rule("plan", title="A plan, 100% kept", severity="major", cases=(0, 1, 0, 1, 0)),
    rule("views", title="Views", severity="minor", area="voice", cases=(0, 0, 1, 0, 1)),
]
CASES = [
    case(
        "C1",
        source="a.json",
        line=3,
        reasons=["1 critical standard failed, and none is allowed"],
        groups={"team": "East"},
        findings=[
            found(
                "visits", "fail", obligation(counted=False), obligation("/a/1"), obligation("/a/2", outcome="missed")
            ),
            found("plan", "unknown", obligation(outcome="unknown"), message="plan: not held"),
            found("views", "not_due", obligation(outcome="not_due"), message="views due 1 May 2012"),
        ],
    ),
    case(
        "C2",
        source="b.jsonl.gz",
        line=2,
        adequate=True,
        groups={"team": "West"},
        notes=[note("begins after it ends")],
        findings=[
            found("visits", "pass", obligation(outcome="met")),
            found("plan", "fail", obligation("", outcome="missed"), message="plan due 30 January 2012, not made"),
            found("views", "not_applicable"),
        ],
    ),
]
HEAD = head(
    adequate=1,
    inadequate=1,
    rules=RULES,
    sources=[source("a.json", form="json"), source("b.jsonl.gz", form="jsonl.gz", notes=["x is not known"])],
    areas=[area("care", title="Looked after: care", adequate=1, inadequate=1), area("voice", title="Voice")],
    groups=[group("team", "East", inadequate=1), group("team", "West", adequate=1)],
    invalid=[{"source": "a.json", "record": 4, "pointer": "/b", "message": "is wrong"}],
)
HOSTILE_CASES = [
    case(
        HOSTILE,
        source=HOSTILE,
        line=None,
        groups={"team": HOSTILE},
        reasons=[HOSTILE],
        notes=[note(HOSTILE)],
        findings=[
            found("visits", "fail", obligation(f"/{HOSTILE}"), message=HOSTILE),
            found("plan", "unknown", obligation(outcome="unknown"), message=HOSTILE),
        ],
    )
]
HOSTILE_HEAD = head(
    inadequate=1,
    rules=[rule("visits", title=HOSTILE, cases=(0, 1, 0, 0, 0)), rule("plan", title=HOSTILE, cases=(0, 0, 0, 1, 0))],
    sources=[source(HOSTILE, notes=[HOSTILE])],
    areas=[area(title=HOSTILE, inadequate=1)],
    groups=[group("team", HOSTILE, inadequate=1)],
    invalid=[{"source": HOSTILE, "record": HOSTILE, "pointer": f"/{HOSTILE}", "message": HOSTILE}],
)
