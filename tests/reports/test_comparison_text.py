"""The comparison of two results as text."""

import pytest

from casecheck.adequacy.ratios import ratio
from casecheck.reports.comparison_text import MOST_CASES, comparison_text


def side(name, as_at="2012-04-23", since="2011-04-23"):
    pack = {"id": "southampton-2012", "version": "1.0", "digest": "0" * 64}
    return {"name": name, "pack": pack, "as_at": as_at, "since": since, "audited": 20}


def difference(before, after, gained=0, lost=0, beyond=False):
    change = None if None in (before["ratio"], after["ratio"]) else after["ratio"] - before["ratio"]
    return {
        **{"before": before, "after": after, "change": change},
        **{"gained": gained, "lost": lost, "more_than_chance": beyond},
    }


def rule(name, title, *of, **how):
    return {"rule": name, "title": title, "area": "care", "severity": "major", **difference(*of, **how)}


def document(rules=(), whole=None, changed=(), areas=(), judged_on="the same cases", unlike=()):
    return {
        "schema": "casecheck/comparison/1",
        "before": side("before.json"),
        "after": side("after.json", "2013-04-23", "2012-04-23"),
        "unlike": list(unlike),
        "judged_on": judged_on,
        "cases": {"in_both": 18, "only_before": 2, "only_after": 2, "changed": list(changed)},
        "whole": whole or difference(ratio(10, 20), ratio(15, 20), 6, 1),
        "rules": list(rules),
        "areas": list(areas),
    }


def text(*arguments, **how):
    return "\n".join(comparison_text(document(*arguments, **how)))


def test_a_whole_comparison():
    rules = [
        rule("visits", "Children are visited in time", ratio(8, 20), ratio(16, 20), gained=9, lost=1, beyond=True),
        rule("plans", "Children have a plan", ratio(12, 20), ratio(11, 20), gained=1, lost=2),
        rule("same", "Nothing changes", ratio(1, 2), ratio(1, 2)),
        rule("none", "Nothing to judge", ratio(0, 0), ratio(1, 2)),
    ]
    changed = [
        {
            **{"case_id": "A", "before": "inadequate", "after": "adequate"},
            "findings": [
                {"rule": "visits", "before": "fail", "after": "pass"},
                {"rule": "plans", "before": "pass", "after": "fail"},
                {"rule": "same", "before": "not_due", "after": "unknown"},
            ],
        },
        {
            **{"case_id": "B", "before": "adequate", "after": "adequate"},
            "findings": [{"rule": "same", "before": "not_applicable", "after": "pass"}],
        },
    ]
    areas = [
        {
            **{"area": "care", "title": "Care"},
            "before": {"adequacy_ratio": ratio(10, 20), "grade": "inadequate"},
            "after": {"adequacy_ratio": ratio(15, 20), "grade": "adequate"},
        },
        {"area": "new", "title": "A new one", "before": None, "after": {"adequacy_ratio": ratio(0, 0), "grade": None}},
    ]
    assert text(rules, changed=changed, areas=areas) == WHOLE


WHOLE = """\
COMPARISON OF TWO AUDITS
================================================================================
Before    before.json: 20 cases, from 23 April 2011 to 23 April 2012, against
          southampton-2012 1.0
After     after.json: 20 cases, from 23 April 2012 to 23 April 2013, against
          southampton-2012 1.0
Cases     18 in both; 2 only before, 2 only after

10 of 20 cases (50%) adequate before, 15 of 20 cases (75%) after: 25 points up.
6 cases became adequate, 1 inadequate. Chance may have brought that.

STANDARDS THAT ROSE
-------------------
Standard                         Before      After  Now      No  More than
                                                    met  longer     chance
--------------------------------------------------------------------------
Children are visited in time  40% of 20  80% of 20    9       1        yes
(major)

STANDARDS THAT FELL
-------------------
Standard                         Before      After  Now      No  More than
                                                    met  longer     chance
--------------------------------------------------------------------------
Children have a plan (major)  60% of 20  55% of 20    1       2         no

1 standard neither rose nor fell; 1 standard had nothing to judge in one of the
two. Before and after are shares of all cases that passed or failed; chance is
judged on the cases in both, for all standards together: in such a table it
passes for a difference once in twenty times.

AREAS OF JUDGEMENT
------------------
Area                Before          After
-----------------------------------------
Care       50%, inadequate  75%, adequate
A new one                -              -

Grades are indicated by the audited standards. They are not an inspector's
judgement.

CASES THAT CHANGED
------------------

Case A: inadequate, now adequate
  - now met: Children are visited in time
  - no longer met: Children have a plan
  - not due, now not known: Nothing changes

CASES IN WHICH ONLY FINDINGS CHANGED
------------------------------------

Case B: adequate
  - not applicable, now met: Nothing changes"""


def test_of_different_cases_it_says_so():
    told = text(judged_on="different cases", whole=difference(ratio(1, 9), ratio(8, 9), beyond=True))
    assert "1 of 9 cases (11%) adequate before, 8 of 9 cases (89%) after: 78 points up." in told
    assert "That is more than chance would bring." in " ".join(told.split())
    assert "became adequate" not in told
    assert "as between two groups of different cases" in " ".join(told.split())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (ratio(1, 2), ratio(1, 2), "no change"),
        (ratio(500, 1000), ratio(501, 1000), "less than a point up"),
        (ratio(50, 100), ratio(49, 100), "1 point down"),
    ],
)
def test_a_change_is_told_in_points(before, after, said):
    assert f": {said}. " in " ".join(text(whole=difference(before, after)).split())


def test_nothing_to_say_of_the_whole_where_one_result_has_no_verdicts():
    assert "In one of the two no case could be called" in text(whole=difference(ratio(0, 0), ratio(1, 2)))


def test_what_is_not_alike_is_said_above_all():
    told = text(unlike=["they were held against different packs, a and b"])
    assert "Compared although they were held against different packs, a and b." in told


def test_of_very_many_cases_the_first_are_told():
    changed = [
        {"case_id": f"C{number}", "before": "inadequate", "after": "adequate", "findings": []}
        for number in range(MOST_CASES + 2)
    ]
    told = text(changed=changed)
    assert told.count("\nCase C") == MOST_CASES
    assert "And 2 more, in the JSON document." in told
