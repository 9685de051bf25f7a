"""Rules in words: what people read is what is checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecheck.calendar import DAYS
from casecheck.records.schema import sections
from casecheck.rules.condition_words import clause
from casecheck.rules.flag_words import CLAUSES, NEGATIVE
from casecheck.rules.loading import load_pack
from casecheck.rules.model import KINDS, Rule
from casecheck.rules.negation import negated
from casecheck.rules.packs import shipped_packs
from casecheck.rules.reading import fields_read
from casecheck.rules.words import rule_in_words, terms_in_words, timescale_in_words
from tests import strategies as make

GOLDEN = {
    ("southampton-2012", "initial-assessment-in-time"): (
        "For each social care episode, except where the referral led to no further action: an initial "
        "assessment completed within 10 working days of the referral, unless the case closes first. In force "
        "until 14 April 2013."
    ),
    ("southampton-2012", "core-assessment-in-time"): (
        "For each core assessment: authorised within 35 working days of the start of the assessment, unless "
        "the case closes first. In force until 14 April 2013."
    ),
    ("southampton-2012", "first-core-group-in-time"): (
        "For each child protection plan: a core group held within 10 working days of the start of the plan, "
        "unless the plan ends first."
    ),
    ("southampton-2012", "core-groups-held"): (
        "For each child protection plan: a core group every 6 weeks, until the plan ends."
    ),
    ("southampton-2012", "pathway-assessment-in-time"): (
        "For each leaving-care status where it is eligible or former relevant, or there is no pathway plan: a"
        " completed pathway assessment on file within 3 months of the start of the status, and at all times "
        "from then on, until the status ends."
    ),
    ("southampton-2012", "pathway-plan-held"): (
        "For each leaving-care status: a pathway plan in place within 3 months of the start of the status, "
        "and at all times from then on, until the status ends."
    ),
    ("southampton-2012", "pathway-plan-reviewed"): (
        "For each pathway plan, while the young person is entitled to leaving care: a review of the pathway "
        "plan, a new pathway plan or a looked-after review every 6 months (one on the first day itself does "
        "not count), until the plan ends."
    ),
    ("southampton-2012", "looked-after-visits"): (
        'For each placement, except while the child is "visited under another rule, or none": a visit within '
        "1 week of the start of the placement, then every 6 weeks for the first year; after that every 3 "
        "months where the placement is meant to last to 18, otherwise every 6 weeks, until the placement "
        "ends."
    ),
    ("southampton-2012", "looked-after-visits-connected-person"): (
        "For each placement, while the child is with a temporarily approved connected person or with a parent"
        " under an interim care order: a visit every week until the first review; after that every 4 weeks, "
        "until the placement ends."
    ),
    ("southampton-2012", "looked-after-visits-parent-unassessed"): (
        "For each placement, while the child is with a parent not yet assessed: a visit every week until the "
        "first review; after that every 6 weeks, until the placement ends."
    ),
    ("southampton-2012", "looked-after-visits-parent-care-order"): (
        "For each legal status that is a full care order (C2), while the child is with a parent under a care "
        "order: a visit within 1 week of the start of the status, then every 6 weeks, until the status ends."
    ),
    ("southampton-2012", "looked-after-visits-other-arrangements"): (
        "For each placement, while the child is living under another's arrangements: a visit within 1 week of"
        " the start of the placement, then every 6 weeks for the first year; after that every 3 months, until"
        " the placement ends."
    ),
    ("southampton-2012", "looked-after-visits-across-moves"): (
        "For each period of care, except while the child is placed for adoption or on a short break: a visit "
        "every 3 months where the placement is meant to last to 18 and has lasted 1 year or longer, otherwise"
        " every 6 weeks, until the period of care ends."
    ),
    ("southampton-2012", "supervision-held"): (
        "For each social care episode, except where the referral led to no further action: supervision every "
        "month, until the case closes."
    ),
    ("southampton-2012", "supervision-actions-done"): (
        "For each action of supervision: done by its due date, unless the case closes first."
    ),
    ("working-together-2023", "assessment-in-time"): (
        "For each assessment: authorised within 45 working days of the start of the assessment, unless the "
        "case closes first. In force from 15 April 2013."
    ),
    ("working-together-2023", "conference-in-time"): (
        "For each section 47 enquiry where an initial child protection conference is called for: the "
        "conference held within 15 working days of the start of the enquiry, unless the case closes first."
    ),
    ("working-together-2023", "review-conference-in-time"): (
        "For each child protection plan: a review conference within 3 months of the start of the plan, then "
        "every 6 months (one on the first day itself does not count), until the plan ends."
    ),
}
PACKS = {name: load_pack(name) for name in shipped_packs()}


@pytest.mark.parametrize(("pack", "rule"), GOLDEN)
def test_each_shipped_rule_reads_so(pack, rule):
    (found,) = [each for each in PACKS[pack].rules if each.id == rule]
    assert rule_in_words(found) == GOLDEN[pack, rule]


@pytest.mark.parametrize("rule", [each for pack in PACKS.values() for each in pack.rules], ids=lambda rule: rule.id)
def test_every_shipped_rule_can_be_told_without_names_of_the_schema(rule):
    said = rule_in_words(rule)
    assert "_" not in said
    assert "{" not in said
    assert "  " not in said
    assert said[0].isupper()
    assert said.endswith(".")


def test_terms_are_told_with_those_that_they_use_and_never_twice():
    pack = PACKS["southampton-2012"]
    (rule,) = [each for each in pack.rules if each.id == "looked-after-visits-parent-care-order"]
    assert terms_in_words(rule, pack.terms) == [
        (
            "with a parent under a care order",
            "the child is with a parent, the legal status is a full care order (C2) and the child is not with a parent "
            "not yet assessed",
        ),
        ("with a parent", "the child is placed with a parent"),
        (
            "with a parent not yet assessed",
            "the child is with a parent, the carer's approval is that of a parent not yet assessed, the child is not "
            "with a parent under an interim care order and is not on a short break",
        ),
        (
            "with a parent under an interim care order",
            "the child is with a parent and the legal status is an interim care order (C1)",
        ),
        ("on a short break", "the legal status is a series of short breaks (V3) or a single short break (V4)"),
    ]


def test_parts_of_a_choice_are_told_apart():
    pack = PACKS["southampton-2012"]
    assert clause(pack.terms["living under another's arrangements"], ("social_care_episodes", "placements")) == (
        "the legal status is an interim care order (C1) or a full care order (C2); and either the placement code is "
        "R2 (hospital) or R5 (custody), or the placement code is K1 (secure home), R1 (care home), "
        "S1 (residential school) or Z1 (other) and it is arranged by another"
    )


# --- each kind with its options ---------------------------------------------------------------------------------------


def made(**says):
    kind = next(each for each in KINDS if each in says)
    begins, ends = (says.get("in_force", {}).get(key) for key in ("from", "to"))
    return Rule(
        id="a-rule",
        title="A title",
        area="an/area",
        severity="major",
        basis=({"local": "as we like"},),
        applies_to=says.get("each") or says["latest"],
        latest="latest" in says,
        where=says.get("where", {}),
        while_=says.get("while", {}),
        lapses_with=says.get("lapses_with"),
        in_force=(DAYS[begins] if begins else None, DAYS[ends] if ends else None),
        kind=kind,
        check=says[kind],
        file="rules.yaml",
        line=1,
    )


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (
            {"from": "end_date", "within": "72 hours", "done": "return_interview_offered_date"},
            "return interview offered within 3 days of the child's return",
        ),
        (
            {"from": "end_date", "within": "0 days", "done": "return_interview_date"},
            "return interview held on the day of the child's return",
        ),
        (
            {"from": "start_date", "within": "5 working days", "done": {"first": ["core_groups", "supervisions"]}},
            "a core group or supervision within 5 working days of the day the child went missing",
        ),
        (
            {
                "from": "start_date",
                "within": "1 week",
                "done": {"first": "child_and_family_assessments", "where": {"assessment_type": ["initial", "core"]}},
            },
            "an initial or core assessment completed within 1 week of the day the child went missing",
        ),
        (
            {"from": "social_care_episodes.referral_date", "within": "1 day", "done": "strategy_meeting_date"},
            "strategy meeting held within 1 day of the referral",
        ),
    ],
)
def test_deadlines(says, words):
    assert timescale_in_words(made(each="missing_episodes", deadline=says)) == words


def test_a_deadline_may_run_from_the_record_before():
    says = {"from": "previous.review_date", "due": "review_date", "done": {"first": "core_groups"}}
    rule = made(each="child_protection_reviews", where={"position": {"at_least": 2}}, deadline=says)
    assert rule_in_words(rule) == (
        "For each review conference that is the second or later: a core group held from the conference "
        "before it to the conference, unless the child protection plan ends first."
    )


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ([{"every": "1 week"}], "a visit every week"),
        (
            [{"within": "1 week", "for": "first"}, {"within": "3 months", "for": "second"}, {"every": "6 months"}],
            "a visit within 1 week of the start of the placement, then the second within 3 months of the one before, "
            "then every 6 months",
        ),
        (
            [{"every": "1 week", "until": {"first": "looked_after_reviews"}}, {"every": "4 weeks"}],
            "a visit every week until the first review; after that every 4 weeks",
        ),
        (
            [{"every": "6 weeks", "until": "18 months", "where": {"age": {"at_most": 4}}}, {"every": "3 months"}],
            "a visit every 6 weeks for the first 18 months where the child is 4 or under; otherwise, and after that, "
            "every 3 months",
        ),
        (
            [
                {"within": "1 week", "for": "first", "where": {"age": {"at_least": 5, "at_most": 9}}},
                {"within": "2 weeks", "for": "first"},
                {"every": "6 weeks", "to": "2011-04-01"},
                {"every": "2 months", "from": "2011-04-01"},
            ],
            "a visit within 1 week of the start of the placement where the child is 5 to 9, otherwise within 2 weeks "
            "of the start of the placement, then every 6 weeks (law until 31 March 2011), otherwise every 2 months "
            "(law from 1 April 2011)",
        ),
    ],
)
def test_limits_of_waits(limits, words):
    assert timescale_in_words(
        made(each="placements", recurring={"events": "looked_after_visits", "limits": limits})
    ) == (words)


def test_which_events_count():
    says = {"events": "looked_after_visits", "where": {"seen_flag": True}, "limits": [{"every": "6 weeks"}]}
    rule = made(each="placements", recurring={**says, "counts_on_first_day": False})
    assert timescale_in_words(rule) == (
        "a visit (where the child was seen) every 6 weeks (one on the first day itself does not count)"
    )


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ({"records": "care_plans"}, "a care plan in place at all times"),
        (
            {"records": "care_plans", "within": "10 working days"},
            "a care plan in place within 10 working days of the start of the period of care, and at all times from "
            "then on",
        ),
        (
            {"records": "health_assessments", "within": "20 working days", "counts_for": "12 months"},
            "a health assessment on file within 20 working days of the start of the period of care, and at all times "
            "from then on, each counting for 12 months",
        ),
        (
            {"records": "child_and_family_assessments", "counts_for": "1 year", "gap": "5 working days"},
            "a completed assessment on file at all times, each counting for 1 year (but for gaps of up to 5 working "
            "days)",
        ),
        (
            {"records": "care_worker_details", "where": {"role": {"not": "personal_adviser"}}},
            "an allocated worker (where its role is not personal adviser) in place at all times",
        ),
        (
            {"records": "care_worker_details", "where": {"role": "personal_adviser"}},
            "a personal adviser in place at all times",
        ),
    ],
)
def test_cover(says, words):
    assert timescale_in_words(made(each="care_periods", held=says)) == words


def test_a_grace_runs_from_the_first_day_that_binds():
    rule = made(
        **{"each": "care_periods", "while": {"age": {"at_least": 5, "at_most": 15}}},
        held={"records": "personal_education_plans", "within": "20 working days"},
    )
    assert rule_in_words(rule) == (
        "For each period of care, while the child is 5 to 15: a personal education plan in place within 20 working "
        "days of the first day on which this binds, and at all times from then on, until the period of care ends."
    )


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (
            {"records": "placements", "at_most": 2, "in": "12 months"},
            "no more than 2 placements begun in the 12 months to the audit date",
        ),
        (
            {"records": "missing_episodes", "at_most": 0, "in": "1 year"},
            "no missing episodes begun in the year to the audit date",
        ),
        (
            {"records": ["care_plans", "child_in_need_plans"], "at_most": 1, "in": "1 month", "count": "standing"},
            "no more than 1 care plan or child in need plan in force in the month to the audit date",
        ),
        (
            {"records": "care_worker_details", "at_most": 1, "in": "1 month", "count": "standing"},
            "no more than 1 allocated worker in the month to the audit date",
        ),
        (
            {
                "records": "care_worker_details",
                "where": {"role": "social_worker"},
                "at_most": 2,
                "in": "12 months",
                "count": "standing",
            },
            "no more than 2 social workers allocated in the 12 months to the audit date",
        ),
        (
            {
                "records": "care_worker_details",
                "where": {"position": {"at_least": 2}, "worker_id": {"not": {"same_as": "previous.worker_id"}}},
                "at_most": 2,
                "in": "12 months",
            },
            "no more than 2 allocated workers begun in the 12 months to the audit date, counting each where it is the "
            "second or later of its role and its worker is not the same as that of the allocated worker of the same "
            "role before it",
        ),
    ],
)
def test_numbers(says, words):
    rule = made(each="social_care_episodes", limit=says)
    assert rule_in_words(rule) == f"For each social care episode: {words}."


@pytest.mark.parametrize(
    ("section", "says", "words"),
    [
        ("looked_after_visits", {"seen_alone_flag": True}, "that the child was seen alone"),
        ("looked_after_visits", {"seen_alone_flag": False}, "that the child was not seen alone"),
        ("child_and_family_assessments", {"age": {"at_least": 0}}, "that the child has been born"),
        ("child_and_family_assessments", {"none_of": [{"age": {"at_least": 0}}]}, "that the child has not been born"),
        (
            "looked_after_visits",
            {"any_of": [{"seen_alone_flag": True}, {"not_seen_alone_reason": {"present": True}}]},
            "that the child was seen alone or why not is recorded",
        ),
        (
            "looked_after_visits",
            {"any_of": [{"seen_flag": True}, {"seen_alone_flag": True}, {"not_seen_alone_reason": {"present": True}}]},
            "that the child was seen, was seen alone or the reason why not seen alone is recorded",
        ),
        ("looked_after_visits", {"age": {"at_least": 16, "at_most": 17}}, "that the child is 16 or 17"),
        ("looked_after_visits", {"age": {"at_least": 15, "at_most": 17}}, "that the child is 15 to 17"),
        ("core_groups", {"plan_developed_flag": True}, "that the plan was developed"),
        (
            "child_protection_reviews",
            {"child_protection_plans": {"lasted": {"at_least": "1 day"}}},
            "that the child protection plan has lasted 1 day or longer",
        ),
        (
            "child_protection_reviews",
            {"review_date": {"same_as": "previous.review_date"}},
            "that it is on the same day as the review conference before it",
        ),
        (
            "child_protection_reviews",
            {"previous.review_date": {"not": {"same_as": "child_protection_plans.start_date"}}},
            "that the review conference before it is on another day than the start of the plan",
        ),
        (
            "legal_statuses",
            {"start_date": {"same_as": "social_care_episodes.referral_date"}},
            "that its first day is the same as that of the referral",
        ),
        (
            "placements",
            {"provider_judgement": ["outstanding", "good"]},
            "that the provider is judged outstanding or good",
        ),
        (
            "looked_after_visits",
            {"visit_purpose": {"says_more_than": ["statutory", "visit"]}},
            'that its purpose says more than "statutory" or "visit"',
        ),
        (
            "looked_after_visits",
            {"local.key_worker_seen": True, "local.score": {"at_least": 3}},
            'that the council\'s own field "key_worker_seen" is yes and that the council\'s own field "score" is at '
            "least 3",
        ),
        (
            "core_groups",
            {"attendees": {"agency": {"not": "childrens_social_care"}}},
            "that a participant's agency is not children's social care",
        ),
        (
            "core_groups",
            {"attendees": {"agency": "police", "any_of": [{"attended_flag": True}, {"report_provided_flag": True}]}},
            "that a participant's agency is police; and that participant was there or has sent a report",
        ),
        ("core_groups", {"attendees": {"present": False}}, "that there is no participant"),
        ("missing_episodes", {"missing_episode_type": {"not": "A"}}, "that the child was not absent"),
        (
            "missing_episodes",
            {"return_interview_offered_date": {"present": True}},
            "that the offer of a return interview is recorded",
        ),
        ("looked_after_reviews", {"none_of": [{"care_plans": {"present": True}}]}, "that there is no care plan"),
        (
            "care_plans",
            {"specific_flag": True, "none_of": [{"is": "vague"}]},
            "that it is specific and that it is not vague",
        ),
        ("care_plans", {"end_date": None}, "that no last day is recorded"),
        ("care_plans", {"end_date": {"present": False}}, "that it has not ended"),
        ("care_plans", {"end_date": {"present": True}}, "that it has ended"),
        (
            "looked_after_reviews",
            {"care_periods": {"end_date": {"present": False}}},
            "that the period of care has not ended",
        ),
        (
            "looked_after_reviews",
            {"review_participation": ["PN1", "PN2"]},
            "that the participation code is PN1 or PN2",
        ),
        ("care_plans", {"start_date": {"at_least": "2011-04-01"}}, "that its first day is on or after 1 April 2011"),
        (
            "placements",
            {"lasted": {"at_least": "1 year", "at_most": "2 years"}},
            "that it has lasted 1 year to 2 years",
        ),
        ("placements", {"position": {"not": 1}}, "that it is not the first"),
        (
            "placements",
            {"provider_judgement": {"not": ["inadequate", None]}},
            "that its judgement on the provider is recorded, and not inadequate",
        ),
        (
            "placements",
            {"previous.legal_status": ["C1", "C2"]},
            "that the legal status of the placement before it is an interim care order (C1) or a full care order (C2)",
        ),
        (
            "child_protection_reviews",
            {"child_protection_plans.previous_plan_count": {"at_least": 2}},
            "that the child protection plan's number of earlier plans is 2 or more",
        ),
        (
            "placements",
            {"previous.placed_with": "parent"},
            "that in the placement before it the child is placed with a parent",
        ),
        ("care_worker_details", {"position": 1}, "that it is the first of its role"),
    ],
)
def test_what_the_record_must_show(section, says, words):
    said = timescale_in_words(made(each=section, recorded=says))
    assert said == f"the record shows {words}"


def test_not_yes_and_no_are_told_apart():
    path = ("social_care_episodes", "placements")
    assert clause({"intended_to_last_until_18_flag": False}, path) == "it is not meant to last to 18"
    assert clause({"intended_to_last_until_18_flag": {"not": True}}, path) == (
        "it is not recorded that it is meant to last to 18"
    )


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (None, "is empty"),
        ({"present": True}, "is recorded"),
        ({"present": False}, "is empty"),
        ({"not": ["a", "b"]}, "is not a or b"),
        ({"not": None}, "is not empty"),
        ({"says_more_than": ["none"]}, 'says more than "none"'),
        ({"same_as": "visit_id"}, "is the same as `visit_id`"),
        ({"at_least": 1, "at_most": 3}, "is at least 1 and is at most 3"),
        ({"at_least": "2012-04-01"}, "is at least 1 April 2012"),
    ],
)
def test_fields_of_the_councils_own(wanted, words):
    path = ("social_care_episodes", "looked_after_visits")
    assert clause({"local.score": wanted}, path) == f'the council\'s own field "score" {words}'


def test_operators_are_denied_whole():
    path = ("social_care_episodes", "looked_after_visits")
    assert clause({"visit_purpose": {"not": {"says_more_than": ["visit"]}}}, path) == (
        'it is not so that its purpose says more than "visit"'
    )
    assert clause({"visit_date": {"not": {"at_least": "2011-04-01", "at_most": "2012-03-31"}}}, path) == (
        "it is not so that its date is on or after 1 April 2011 and its date is on or before 31 March 2012"
    )
    assert (
        clause({"visit_date": {"not": {"at_least": "2011-04-01"}}}, path) == "its date is not on or after 1 April 2011"
    )
    assert clause({"visit_purpose": {"not": {"present": False}}}, path) == "it is not so that no purpose is recorded"
    assert clause({"local.score": {"present": True, "not": {"at_least": 3}}}, path) == (
        'the council\'s own field "score" is recorded and it is not so that the council\'s own field "score" '
        "is at least 3"
    )


def test_how_a_duty_ends():
    says = {"events": "core_groups", "limits": [{"every": "6 weeks"}]}
    assert rule_in_words(made(each="child_protection_plans", recurring=says)).endswith(", until the plan ends.")
    assert rule_in_words(made(each="child_protection_plans", lapses_with="none", recurring=says)).endswith("6 weeks.")
    leaving = {"first": "placements", "where": {"placement_type": "F1"}}
    assert rule_in_words(made(each="child_protection_plans", lapses_with=leaving, recurring=says)).endswith(
        "until the placement where the placement code is F1 ends."
    )
    closing = made(each="child_protection_plans", lapses_with="social_care_episodes", recurring=says)
    assert rule_in_words(closing).endswith(", until the case closes.")


def test_when_it_is_law():
    says = {"each": "core_groups", "deadline": {"from": "meeting_date", "due": "meeting_date", "done": "meeting_date"}}
    days = {"from": "2011-04-01", "to": "2013-04-15"}
    assert rule_in_words(made(**says, in_force=days)).endswith(" In force from 1 April 2011 until 14 April 2013.")
    assert "In force" not in rule_in_words(made(**says))


def test_the_latest_record():
    rule = made(latest="care_plans", recorded={"contingency_plan_flag": True})
    assert rule_in_words(rule) == "For the latest care plan: the record shows that there is a contingency plan."


@pytest.mark.parametrize(
    ("clause", "denied"),
    [
        ("it is specific", "it is not specific"),
        ("it is not specific", "it is specific"),
        ("there is a plan", "there is no plan"),
        ("there is no plan", "there is a plan"),
        ("there are milestones", "there are no milestones"),
        ("the child was seen", "the child was not seen"),
        ("it has lasted 1 year", "it has not lasted 1 year"),
        ("no end date is recorded", "the end date is recorded"),
        ("in the plan no end date is recorded", "in the plan the end date is recorded"),
        ("it is this or that", "it is not so that it is this or that"),
    ],
)
def test_denying(clause, denied):
    assert negated(clause) == denied


def test_flags_that_have_words_are_flags_of_the_record():
    flags = {
        name for section in sections().values() for name, field in section.fields.items() if "boolean" in field.types
    }
    assert set(CLAUSES) | set(NEGATIVE) <= flags


def test_a_flag_without_words_is_told_as_a_form_would():
    path = ("social_care_episodes", "placements")
    assert clause({"purge": True}, path) == '"Purge" is yes'


KIND_OF_RULE = [make.deadline_rules, make.recurring_rules, make.held_rules, make.recorded_rules, make.limit_rules]


@given(st.data())
def test_every_rule_that_can_be_written_can_be_told_and_says_what_it_reads(data):
    case = data.draw(make.cases())
    rule = data.draw(data.draw(st.sampled_from(KIND_OF_RULE))(case))
    said = rule_in_words(rule)
    assert said.startswith("For each ") or said.startswith("For the latest ")
    assert said.endswith(".")
    assert not any(sign in said for sign in ("_", "{", "  ", " ,", "None", "True", "False"))
    for path, fields in fields_read(rule, make.pack(rule).terms).items():
        assert fields
        assert all(field in sections()[path].fields for field in fields if path and not field.startswith("local."))
