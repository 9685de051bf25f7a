"""Result documents made small, for the tests of what is made from them."""

from casecheck.adequacy.ratios import ratio


def rule(
    name="visits",
    *,
    title="Children are visited in time",
    area="care",
    severity="critical",
    cases=(0,) * 5,
    met=0,
    late=0,
):
    passed, failed, not_due, unknown, not_applicable = cases
    return {
        "rule": name,
        "title": title,
        "area": area,
        "severity": severity,
        "standard": ["For each child looked after: a visit every 6 weeks, until care ends."],
        "basis": [{"report": [145]}, {"law": "A regulation", "url": "https://example.org/law", "note": "A note."}],
        "cases": {
            "pass": passed,
            "fail": failed,
            "not_due": not_due,
            "unknown": unknown,
            "not_applicable": not_applicable,
        },
        "adequacy_ratio": ratio(passed, passed + failed),
        **in_time(met, late),
    }


def in_time(met=0, late=0):
    return {
        "obligations": {"met": met, "late": late, "missed": 0, "not_due": 0, "unknown": 0},
        "obligation_ratio": ratio(met, met + late),
    }


def adequacy(adequate=0, inadequate=0, undetermined=0):
    return {
        "cases": {"adequate": adequate, "inadequate": inadequate, "undetermined": undetermined},
        "adequacy_ratio": ratio(adequate, adequate + inadequate),
    }


def area(name="care", *, title="Care", grade=None, low=None, high=None, met=0, late=0, **counts):
    grades = {"grade": grade, "grade_low": low or grade, "grade_high": high or grade}
    return {"area": name, "title": title, **adequacy(**counts), **in_time(met, late), **grades}


def group(by, value, *, too_small=False, differs=False, rules=(), met=0, late=0, **counts):
    compared = {"too_small": too_small, "more_than_chance": differs, "rules": list(rules)}
    return {"by": by, "value": value, **adequacy(**counts), **in_time(met, late), **compared}


def rule_of_group(name="visits", *, passed=0, failed=0, met=0, late=0, differs=False):
    return {
        "rule": name,
        "cases": {"pass": passed, "fail": failed, "not_due": 0, "unknown": 0},
        "adequacy_ratio": ratio(passed, passed + failed),
        **in_time(met, late),
        "more_than_chance": differs,
    }


def finding(name="visits", outcome="fail", message="visit due 3 May 2011, made 19 May 2011, 16 days late"):
    return {"rule": name, "outcome": outcome, "message": message, "obligations": []}


def case(
    name="C1",
    *,
    source="cases.jsonl",
    line: int | None = 1,
    adequate: bool | None = False,
    reasons=(),
    groups=None,
    notes=(),
    findings=(),
):
    return {
        "case_id": name,
        "source": source,
        "line": line,
        "adequate": adequate,
        "reasons": list(reasons),
        "groups": groups or {},
        "notes": list(notes),
        "findings": list(findings),
    }


def note(message, pointer="/social_care_episodes/0"):
    return {"pointer": pointer, "message": message}


def source(name="cases.jsonl", *, form="jsonl", records=1, notes=()):
    return {"name": name, "digest": "d" * 64, "format": form, "records": records, "notes": list(notes)}


def head(*, sources=None, rules=None, areas=None, groups=(), invalid=(), as_at_from="call", **counts):
    """The result document without its cases."""
    found = adequacy(**counts)
    audited = sum(found["cases"].values())
    cases = {"read": audited + len(invalid), "audited": audited, "invalid": len(invalid), **found["cases"]}
    return {
        "schema": "casecheck/result/1",
        "casecheck": "1.2.3",
        "pack": {
            "id": "southampton-2012",
            "version": "1.0",
            "digest": "0123456789abcdef" * 4,
            "title": "A pack of standards",
            "source": {"title": "A report", "publisher": "An inspectorate", "date": "2012-06"},
            "grades": {"outstanding": 0.95, "good": 0.85, "adequate": 0.7},
            "terms": [{"term": "on a short break", "means": "the legal status is V3 or V4"}],
        },
        "as_at": "2012-04-23",
        "as_at_from": as_at_from,
        "since": "2011-04-23",
        "sources": [source()] if sources is None else sources,
        "summary": {
            "cases": cases,
            "adequacy_ratio": found["adequacy_ratio"],
            **in_time(),
            "rules": [rule()] if rules is None else rules,
            "areas": [area()] if areas is None else areas,
            "groups": list(groups),
        },
        "invalid_records": list(invalid),
    }
