"""Two results held against each other: what changed, what is alike enough to be compared, and what is chance."""

import pytest

from casecheck.adequacy.comparing import Compared, compare, unlike
from casecheck.adequacy.ratios import ratio
from tests.reports.results import area, case, finding, head, rule

CODES = {"p": "pass", "f": "fail", "u": "unknown", "-": "not_applicable"}


def result(name="before.json", *, as_at="2012-04-23", since="2011-04-23", pack=None, **cases):
    """A result of one standard; each case is given by the code of its finding, and adequate if that passed."""
    outcomes = {case_id.replace("_", "-"): CODES[code] for case_id, code in cases.items()}
    told = [
        case(case_id, adequate={"pass": True, "fail": False}.get(outcome), findings=[finding(outcome=outcome)])
        for case_id, outcome in outcomes.items()
    ]
    found = list(outcomes.values())
    counts = tuple(found.count(each) for each in ("pass", "fail", "not_due", "unknown", "not_applicable"))
    verdicts = {"adequate": counts[0], "inadequate": counts[1], "undetermined": counts[3] + counts[4]}
    areas = [area(grade="good", adequate=counts[0], inadequate=counts[1])]
    document = head(rules=[rule(cases=counts)], areas=areas, **verdicts)
    document |= {"as_at": as_at, "since": since}
    document["pack"] = document["pack"] | (pack or {})
    return Compared(name, document, told)


def many(first, last, code):
    return {f"c{number}": code for number in range(first, last)}


def test_a_case_whose_finding_changed_is_told_with_what_it_was_and_is():
    document = compare(result(a="f", b="p"), result("after.json", a="p", b="p"))
    assert document["cases"] == {
        "in_both": 2,
        "only_before": 0,
        "only_after": 0,
        "changed": [
            {
                "case_id": "a",
                "before": "inadequate",
                "after": "adequate",
                "findings": [{"rule": "visits", "before": "fail", "after": "pass"}],
            }
        ],
    }


def test_the_standard_says_how_far_it_rose_and_in_which_cases():
    (told,) = compare(result(a="f", b="p", c="u"), result(a="p", b="p", c="u"))["rules"]
    assert (told["before"], told["after"]) == (ratio(1, 2), ratio(2, 2))
    assert (told["change"], told["gained"], told["lost"], told["more_than_chance"]) == (0.5, 1, 0, False)


@pytest.mark.parametrize(("changed", "beyond"), [(5, False), (6, True)])
def test_six_cases_of_the_same_that_change_one_way_are_more_than_chance_and_five_are_not(changed, beyond):
    # Two-sided, by the binomial distribution: 2 / 2**5 is 0.0625, and 2 / 2**6 is 0.03125.
    before = result(**many(0, 20, "p") | many(0, changed, "f"))
    document = compare(before, result(**many(0, 20, "p")))
    assert document["judged_on"] == "the same cases"
    assert document["whole"]["more_than_chance"] is beyond
    assert document["rules"][0]["more_than_chance"] is beyond


def test_cases_that_changed_both_ways_alike_are_chance():
    before = result(**many(0, 10, "p"), **many(10, 20, "f"))
    document = compare(before, result(**many(0, 10, "f"), **many(10, 20, "p")))
    assert (document["whole"]["gained"], document["whole"]["lost"]) == (10, 10)
    assert document["whole"]["more_than_chance"] is False


def test_of_different_cases_the_two_shares_are_held_against_each_other():
    before = result(**many(0, 50, "p"), **many(50, 100, "f"))
    document = compare(before, result(**many(100, 190, "p"), **many(190, 200, "f")))
    assert document["judged_on"] == "different cases"
    assert document["cases"]["in_both"] == 0
    assert (document["whole"]["change"], document["whole"]["more_than_chance"]) == (0.4, True)
    small = compare(result(a="p", b="f"), result(c="p", d="p"))
    assert small["whole"]["more_than_chance"] is False


@pytest.mark.parametrize(("shared", "judged_on"), [(5, "the same cases"), (4, "different cases")])
def test_half_of_the_smaller_result_must_be_in_the_other_for_cases_to_be_held_against_themselves(shared, judged_on):
    before = result(**many(0, 10, "p"))
    assert compare(before, result(**many(10 - shared, 30 - shared, "p")))["judged_on"] == judged_on


def test_nothing_to_judge_in_one_of_the_two_is_no_change():
    (told,) = compare(result(a="-"), result(a="p"))["rules"]
    assert (told["change"], told["more_than_chance"]) == (None, False)


def test_a_standard_of_one_result_only_is_told_without_a_change():
    other = result(a="p")
    other.head["summary"]["rules"].append(rule("new", cases=(1, 0, 0, 0, 0)))
    told = {each["rule"]: each for each in compare(result(a="p"), other)["rules"]}
    assert told["new"]["before"] is None
    assert told["new"]["change"] is None


def test_an_area_says_what_each_result_indicates():
    (told,) = compare(result(a="p", b="f"), result(a="p", b="p"))["areas"]
    assert told["before"] == {"adequacy_ratio": ratio(1, 2), "grade": "good"}
    assert told["after"] == {"adequacy_ratio": ratio(2, 2), "grade": "good"}


def test_nothing_is_said_against_results_of_one_pack_and_equal_periods():
    later = result(as_at="2013-04-23", since="2012-04-23", a="p")
    assert unlike(result(a="p").head, later.head) == []
    # From 29 February on, a year of 365 days and one of 366 are both 12 months.
    leap = result(as_at="2012-02-29", since="2011-03-01", a="p")
    assert unlike(leap.head, result(as_at="2013-02-28", since="2012-02-29", a="p").head) == []


@pytest.mark.parametrize(
    ("other", "clause"),
    [
        (result(pack={"id": "ours"}), "different packs, southampton-2012 and ours"),
        (result(pack={"version": "1.1"}), "different versions of southampton-2012, 1.0 and 1.1"),
        (result(pack={"digest": "f" * 64}), "southampton-2012 1.0 was changed between them"),
        (result(since="2011-05-23"), "2011-04-23 to 2012-04-23, and 2011-05-23 to 2012-04-23"),
        (result(as_at="2011-04-23", since="2010-04-23"), "of an earlier day than the first"),
    ],
    ids=["pack", "version", "changed pack", "period", "order"],
)
def test_what_makes_results_unlike_is_said(other, clause):
    (said,) = unlike(result().head, other.head)
    assert clause in said
