"""What `rules check` says of one mistake: the place, the rule, what is wrong, and what to write instead."""

import pytest

PACK = """\
id: ours
title: Our own standards
version: "1"
source: {title: A report, paragraphs: 60}
review_period: 12 months
areas: [{id: local, title: Local standards}]
terms:
  at home: {placed_with: parent}
adequate: {fail: {critical: 0}}
grades: {outstanding: 0.95, good: 0.8, adequate: 0.5}
"""
RULES = """\
- id: visits
  title: Children are visited in time
  area: local
  severity: major
  basis: [{report: [12]}]
  each: placements
  while: {none_of: [{is: at home}]}
  recurring: {events: looked_after_visits, limits: [{every: 6 weeks}]}
- id: minutes
  title: Parents receive the minutes
  area: local
  severity: minor
  basis: [{local: Ours}]
  each: core_groups
  where: {plan_developed_flag: true, meeting_date: {at_least: 2011-04-01}}
  in_force: {from: 2011-04-01, to: 2013-04-15}
  deadline: {from: meeting_date, within: 20 working days, done: minutes_sent_to_parents_date}
"""
EXAMPLES = """\
- why: No plan, no core group
  as_at: 2012-04-23
  case: {social_care_episodes: []}
  expect: not_applicable
"""
DURATIONS = "a duration is a whole number and a unit: 2 hours, 2 days, 2 working days, 2 weeks, 2 months, 2 years"
KEYS_OF_A_RULE = (
    "id, title, area, severity, basis, each, latest, where, while, lapses_with, in_force, deadline, recurring, held, "
    "recorded and limit"
)

MISTAKES = {
    "an unknown key": (
        "  severity: minor\n",
        "  severity: minor\n  frequency: monthly\n",
        f"13: rule minutes: unknown key `frequency`: the keys here are {KEYS_OF_A_RULE}",
    ),
    "a misspelt key": (
        "  title: Parents",
        "  titel: Parents",
        "10: rule minutes: unknown key `titel`: did you mean `title`?",
    ),
    "a misspelt key beside the right one": (
        "events: looked_after_visits,",
        "events: looked_after_visits, limit: [],",
        "8: rule visits: unknown key `limit`: did you mean `limits`?",
    ),
    "a missing key": (
        "  title: Parents receive the minutes\n",
        "",
        "9: rule minutes: `title` is missing; write a line of text",
    ),
    "an unknown section": (
        "each: placements",
        "each: placments",
        "6: rule visits: `each`: there is no section `placments`; did you mean `placements`?",
    ),
    "a section that several have": (
        "each: core_groups",
        "each: attendees",
        "14: rule minutes: `each`: more than one section is called `attendees`; write "
        "`initial_child_protection_conferences.attendees` or `core_groups.attendees`",
    ),
    "a misspelt field": (
        "plan_developed_flag: true",
        "plan_develped_flag: true",
        "15: rule minutes: core_groups has no field or section `plan_develped_flag`; did you mean "
        "`plan_developed_flag`?",
    ),
    "a field of another section": (
        "plan_developed_flag: true",
        "seen_alone_reason: true",
        "15: rule minutes: core_groups has no field or section `seen_alone_reason`; write one that the case schema "
        "has, or `local.NAME`",
    ),
    "a misspelt date": (
        "from: meeting_date",
        "from: meeting_dat",
        "17: rule minutes: `from`: `meeting_dat` is not a field of core_groups; did you mean `meeting_date`?",
    ),
    "a value in quotes": (
        "plan_developed_flag: true",
        'plan_developed_flag: "true"',
        "15: rule minutes: `plan_developed_flag` cannot be the text `true`: it is true or false; write it "
        "without quotes",
    ),
    "a value of the wrong type": (
        "plan_developed_flag: true",
        "plan_developed_flag: yes",
        "15: rule minutes: `plan_developed_flag` cannot be `yes`: it is true or false; write true or false",
    ),
    "a list that is a mapping": (
        "limits: [{every: 6 weeks}]",
        "limits: {every: 6 weeks}",
        "8: rule visits: `limits` is a mapping; write a list such as `[{within: 1 week, for: first}, "
        "{every: 6 weeks}]`",
    ),
    "an unknown severity": (
        "severity: minor",
        "severity: grave",
        "12: rule minutes: `severity` is `grave`; write critical, major or minor",
    ),
    "an id that another rule has": (
        "id: minutes",
        "id: visits",
        "9: rule visits: a rule of this id stands at rules.yaml:1, and is in force on the same days; choose another "
        "id, or days that do not overlap",
    ),
    "an id with spaces": (
        "id: minutes",
        "id: Our minutes",
        "9: rule Our minutes: `id` is `Our minutes`; write small letters, digits and hyphens, such as core-groups-held",
    ),
    "a paragraph beyond the report's": (
        "report: [12]",
        "report: [61]",
        "5: rule visits: the report has no paragraph 61; its last is 60",
    ),
    "a term that is not defined": (
        "is: at home",
        "is: at hom",
        "7: rule visits: there is no term `at hom`; did you mean `at home`?",
    ),
    "a bad duration": (
        "within: 20 working days",
        "within: twenty days",
        f"17: rule minutes: `within` is `twenty days`; {DURATIONS}",
    ),
    "two kinds of check": (
        "  deadline: ",
        "  recorded: {plan_developed_flag: true}\n  deadline: ",
        "9: rule minutes: `deadline` and `recorded` exclude one another; keep one of them",
    ),
    "no kind of check": (
        "  recurring: {events: looked_after_visits, limits: [{every: 6 weeks}]}\n",
        "",
        "1: rule visits: one of `deadline`, `recurring`, `held`, `recorded` or `limit` is missing",
    ),
    "an unknown area": (
        "  area: local\n  severity: minor",
        "  area: locl\n  severity: minor",
        "11: rule minutes: there is no area `locl`; did you mean `local`?",
    ),
    "a deadline that runs from what it lapses with": (
        "deadline: {from: meeting_date",
        "deadline: {from: child_protection_plans.end_date",
        "17: rule minutes: the time runs from the end of child_protection_plans, with which the duty lapses; write "
        "`lapses_with: none`, or the section that the duty outlasts",
    ),
    "a day that does not exist": (
        "in_force: {from: 2011-04-01",
        "in_force: {from: 2011-02-29",
        "16: rule minutes: `from` is `2011-02-29`, which is no day; write one that is",
    ),
    "a day that does not exist in a condition": (
        "at_least: 2011-04-01",
        "at_least: 2011-04-31",
        "15: rule minutes: `meeting_date` cannot be `2011-04-31`: there is no such day; write one such as 2012-04-23",
    ),
    "a date as people write it": (
        "in_force: {from: 2011-04-01",
        "in_force: {from: 1 April 2011",
        "16: rule minutes: `from` is `1 April 2011`; write a date such as 2011-04-01",
    ),
    "an unknown operator": (
        "at_least: 2011-04-01",
        "at_lest: 2011-04-01",
        "15: rule minutes: unknown operator `at_lest`: did you mean `at_least`?",
    ),
    "`while` of a deadline": (
        "  where: {plan",
        "  while: {plan",
        "15: rule minutes: `while` cuts the days of a recurring or held check; for deadline write `where`",
    ),
    "`within` without `for`": (
        "{every: 6 weeks}",
        "{within: 6 weeks}",
        "8: rule visits: `within` needs `for` beside it; write `{every: 6 weeks}` or `{within: 1 week, for: first}`",
    ),
    "a tab in an indent": (
        "  title: Parents",
        "\ttitle: Parents",
        "10: this is not YAML; indent with spaces, not with tabs",
    ),
    "a colon in text": (
        "Parents receive",
        "Minutes: parents receive",
        "10: this is not YAML; text that holds a colon and a space must stand in quotes",
    ),
    "a bracket left open": (
        "limits: [{every: 6 weeks}]}",
        "limits: [{every: 6 weeks}}",
        "8: this is not YAML; this line is not indented like those before it, or a bracket or a quote is left open",
    ),
}
MISTAKES_IN_PACK = {
    "a code that the field cannot hold": (
        "placed_with: parent",
        "placed_with: gran",
        "8: term `at home`, used on placements: `placed_with` cannot be `gran`: write parent, foster_care, "
        "childrens_home, adoption or other",
    ),
    "a term that means itself": (
        "{placed_with: parent}",
        "{is: at home}",
        "8: term `at home` refers to itself (at home -> at home); write out what one of them means",
    ),
    "`disable` without `extends`": (
        "review_period: 12 months",
        "review_period: 12 months\ndisable: [minutes]",
        "1: `disable` needs `extends` beside it; write a shipped pack's id, or a folder",
    ),
    "a review period in weeks": (
        "review_period: 12 months",
        "review_period: 52 weeks",
        "5: `review_period` is `52 weeks`; count it in months or years",
    ),
    "grades that do not fall": (
        "good: 0.8",
        "good: 0.4",
        "10: `grades` do not fall from outstanding to good to adequate; write a lower ratio for a lower grade",
    ),
}


@pytest.fixture
def said(casecheck, tmp_path):
    """What `rules check` says of a pack of these files, each message without the folder's name."""

    def say(pack=PACK, rules=RULES, examples=None):
        (tmp_path / "pack.yaml").write_text(pack, encoding="utf-8")
        (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
        if examples is not None:
            (tmp_path / "examples").mkdir()
            (tmp_path / "examples" / "minutes.yaml").write_text(examples, encoding="utf-8")
        result = casecheck("rules", "check", tmp_path)
        assert result.exit_code == (2 if result.stderr else 0)
        return result.stderr.replace("casecheck: ", "").replace(f"{tmp_path}/", "").splitlines()

    return say


def once(text, old, new):
    assert text.count(old) == 1
    return text.replace(old, new)


def test_the_pack_that_holds_no_mistake_is_well(said):
    assert said(examples=EXAMPLES) == []


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_rule_is_told_alone_and_so_that_it_can_be_mended(said, old, new, message):
    assert said(rules=once(RULES, old, new)) == [f"rules.yaml:{message}"]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES_IN_PACK.values(), ids=MISTAKES_IN_PACK)
def test_so_is_one_in_the_pack(said, old, new, message):
    assert said(pack=once(PACK, old, new)) == [f"pack.yaml:{message}"]


def test_so_is_a_word_for_an_outcome_that_is_none(said):
    told = (
        "examples/minutes.yaml:4: rule minutes: `expect` is `n/a`; write pass, fail, not_due, unknown or not_applicable"
    )
    assert said(examples=once(EXAMPLES, "not_applicable", "n/a")) == [told]


def test_a_rule_of_two_kinds_has_its_examples_and_its_other_mistakes_told(said):
    rules = once(RULES, "  deadline: ", "  recorded: {plan_developed_flag: true}\n  deadline: ")
    assert said(
        rules=once(rules, "area: local\n  severity: minor", "area: locl\n  severity: minor"), examples=EXAMPLES
    ) == [
        "rules.yaml:9: rule minutes: `deadline` and `recorded` exclude one another; keep one of them",
        "rules.yaml:11: rule minutes: there is no area `locl`; did you mean `local`?",
    ]
