"""A rule's examples are run like any case, and one that does not hold says what came instead."""

from pathlib import Path
from typing import Any

import pytest

from casecheck.errors import PackProblem, UsageProblem
from casecheck.rules.examples import Difference, read_examples, run_examples
from casecheck.rules.loading import load_pack
from tests.rules.conftest import CORE_GROUPS, VISITS

EXAMPLE: dict[str, Any] = {
    "why": "A visit on the last day is in time",
    "as_at": "2012-04-23",
    "case": {"social_care_episodes": [{"referral_date": "2012-01-02"}]},
    "expect": "pass",
}
MET = {
    "pointer": "/social_care_episodes/0",
    "evidence": None,
    "starts": "2012-01-02",
    "due": "2012-01-09",
    "done": "2012-01-09",
    "limit": "within 1 week",
    "outcome": "met",
    "days_late": None,
    "counted": True,
}


class Auditor:
    """Stands in for `casecheck.audit`: finds what it is told to, and remembers what it was asked."""

    def __init__(self, outcome="pass", obligations=(MET,)) -> None:
        self.finding = {"rule": "visits", "outcome": outcome, "message": "", "obligations": list(obligations)}
        self.asked: list[tuple] = []

    def __call__(self, cases, pack, *, as_at, since=None):
        self.asked.append((cases, [rule.id for rule in pack.rules], as_at, since))
        return {"cases": [{"case_id": "example", "findings": [self.finding]}], "invalid_records": []}


@pytest.fixture
def pack_with(make_pack):
    """The small pack with this file of examples for its rule `visits`."""
    from tests.rules.conftest import written

    def make(*examples, text=None):
        folder = make_pack(VISITS, CORE_GROUPS)
        (folder / "examples").mkdir()
        (folder / "examples" / "visits.yaml").write_text(written(list(examples)) if text is None else text)
        return load_pack(folder)

    return make


def test_an_example_that_comes_as_expected_holds(pack_with):
    auditor = Auditor()
    (result,) = run_examples(pack_with({**EXAMPLE, "obligations": [{"due": "2012-01-09", "outcome": "met"}]}), auditor)
    assert result.holds
    assert (result.rule, result.why, result.place.line) == ("visits", EXAMPLE["why"], 1)
    assert result.place.file.endswith("/demo/examples/visits.yaml")


def test_the_rule_alone_is_audited_on_the_examples_day(pack_with):
    auditor = Auditor()
    run_examples(pack_with(EXAMPLE, {**EXAMPLE, "since": "2011-04-01"}), auditor)
    case = {"la_child_id": "example", **EXAMPLE["case"]}
    assert auditor.asked == [
        ([case], ["visits"], "2012-04-23", None),
        ([case], ["visits"], "2012-04-23", "2011-04-01"),
    ]


def test_dates_may_stand_without_quotes(pack_with):
    text = (
        "- why: x\n  as_at: 2012-04-23\n  case: {social_care_episodes: [{referral_date: 2012-01-02}]}\n  expect: pass\n"
    )
    auditor = Auditor()
    run_examples(pack_with(text=text), auditor)
    assert auditor.asked[0][0][0]["social_care_episodes"] == [{"referral_date": "2012-01-02"}]


def test_another_finding_is_told(pack_with):
    (result,) = run_examples(pack_with(EXAMPLE), Auditor(outcome="fail"))
    assert not result.holds
    assert result.problems == ("expected pass, came fail",)


def test_only_the_keys_given_are_compared(pack_with):
    wanted: list[dict[str, Any]] = [{"due": "2012-01-09"}, {"due": "2012-01-09", "done": None}]
    (result,) = run_examples(pack_with({**EXAMPLE, "obligations": wanted}), Auditor(obligations=[MET, MET]))
    assert result.problems == ()
    assert result.differences == (Difference(2, wanted[1], MET),)


@pytest.mark.parametrize(
    ("wanted", "came", "differences"),
    [
        ([], [], ()),
        ([], [MET], (Difference(1, None, MET),)),
        ([{"outcome": "met"}, {"outcome": "met"}], [MET], (Difference(2, {"outcome": "met"}, None),)),
    ],
)
def test_an_obligation_too_many_or_too_few_is_told(pack_with, wanted, came, differences):
    (result,) = run_examples(pack_with({**EXAMPLE, "obligations": wanted}), Auditor(obligations=came))
    assert result.differences == differences


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({"social_care_episodes": [{"referral_date": "2 January"}]}, "/social_care_episodes/0/referral_date is text"),
        (
            {"social_care_episodes": [{"referal_date": "2012-01-02"}]},
            "social_care_episodes: did you mean referral_date?",
        ),
        ({"social_care_episode": []}, "unknown property social_care_episode in the child: did you mean social_care_ep"),
        (
            {"social_care_episodes": [{"referral_date": "2012-01-02", "placements": []}]},
            "unknown property placements in social_care_episodes",
        ),
    ],
)
def test_a_case_that_is_no_case_record_is_told_and_not_audited(pack_with, case, says):
    auditor = Auditor()
    (result,) = run_examples(pack_with({**EXAMPLE, "case": case}), auditor)
    assert any(says in problem for problem in result.problems)
    assert auditor.asked == []


def test_what_the_audit_cannot_do_is_told(pack_with):
    def refuse(*args, **options):
        raise UsageProblem("since is after as_at")

    (result,) = run_examples(pack_with(EXAMPLE), refuse)
    assert result.problems == ("since is after as_at",)


def test_a_case_that_the_audit_finds_invalid_is_told(pack_with):
    def pass_over(*args, **options):
        return {"cases": [], "invalid_records": [{"message": "an id already seen"}]}

    (result,) = run_examples(pack_with(EXAMPLE), pass_over)
    assert result.problems == ("the case was not audited: an id already seen",)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (
            "- why: x\n  as_at: 2012-04-23\n  case: {}\n  expekt: pass",
            4,
            "unknown key `expekt`: did you mean `expect`?",
        ),
        ("- why: x\n  as_at: soon\n  case: {}\n  expect: pass", 2, "`as_at` is `soon`; write a date such as"),
        ("- why: x\n  as_at: 2012-04-23\n  case: {}\n  expect: passed", 4, "did you mean `pass`?"),
        ("- why: [", 1, "not YAML"),
        ("{}", 1, "write a list of examples"),
    ],
)
def test_a_file_that_is_no_list_of_examples_is_told_with_its_line(pack_with, text, line, says):
    pack = pack_with(text=text)
    with pytest.raises(PackProblem) as caught:
        read_examples(pack)
    (message,) = caught.value.messages
    assert f"examples/visits.yaml:{line}: " in message
    assert says in message


def test_an_overlay_is_held_to_the_others_examples_but_for_rules_that_it_changes(make_pack, tmp_path: Path):
    from tests.rules.conftest import written

    base = make_pack(VISITS, CORE_GROUPS, {**VISITS, "id": "third"}, name="base")
    ours = make_pack(name="ours", head={"extends": "../base", "override": {"visits": {"severity": "minor"}}})
    for folder, rules in ((base, ["visits", "minutes-sent"]), (ours, ["third"])):
        (folder / "examples").mkdir()
        for rule in rules:
            (folder / "examples" / f"{rule}.yaml").write_text(written([EXAMPLE]))
    found = [
        (example.rule, Path(example.places.place.file).parent.parent.name) for example in read_examples(load_pack(ours))
    ]
    assert found == [("minutes-sent", "base"), ("third", "ours")]
