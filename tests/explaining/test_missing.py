"""What is not held, so that a finding is not known: where it would stand, and what would have to be there."""

import pytest

PLANS = "{each: care_plans, where: WHERE, recorded: {specific_flag: true}}"
PLAN = {"start_date": "2011-06-01", "end_date": None, "specific_flag": False}
OPEN = {"referral_date": "2010-01-11", "closure_date": None}
IN_CARE = {"start_date": "2010-03-01", "start_reason": "S", "placement_type": "U1"}


@pytest.fixture
def missing(explained):
    """What is missing: pointers below the episode, and what is said of them."""

    def missing(episode, *rules, coverage=None, **more):
        record = {"social_care_episodes": [{**OPEN, **episode}], **({"coverage": coverage} if coverage else {}), **more}
        (finding,) = explained(record, *rules)["findings"]
        assert finding["outcome"] == "unknown"
        return [
            (each["pointer"].removeprefix("/social_care_episodes/0/"), each["says"])
            for applied in finding["applied"]
            for each in applied["missing"]
        ]

    return missing


CONDITIONS = [
    ("{social_care_episodes.referral_source: 1A}", ("referral_source", "who referred is not held: it is left out")),
    ("{local.kind: a}", ("care_plans/0/local/kind", "the council's own field is not held")),
    ("{measurable_flag: true}", ("care_plans/0/measurable_flag", "whether the care plan is measurable is not held")),
    ("{father_included_flag: {not: true}}", ("care_plans/0/father_included_flag", "whether the father is included")),
    ("{age: {at_least: 4}}", ("/child_details/date_of_birth", "the date of birth is not held")),
    ("{looked_after_reviews: {present: true}}", ("looked_after_reviews", "reviews are not held: the section is left")),
    ("{any_of: [{measurable_flag: true}, {is: on a short break}]}", ("care_plans/0/measurable_flag", "whether")),
]


@pytest.mark.parametrize(("where", "told"), CONDITIONS)
def test_what_a_condition_asks(missing, where, told):
    pointer, says = missing({"care_plans": [PLAN]}, PLANS.replace("WHERE", where))[0]
    assert (pointer, says[: len(told[1])]) == told


def test_the_place_of_a_record_among_others(missing):
    rule = PLANS.replace("WHERE", "{position: 1}")
    told = missing({"care_plans": [PLAN]}, rule, coverage={"latest_only": ["care_plans"]})
    assert told == [
        ("care_plans", "earlier care plans may not be held, or have no known date, so their order is not known")
    ]


@pytest.mark.parametrize(
    "where",
    [
        "{previous.specific_flag: true}",
        "{specific_flag: {same_as: previous.specific_flag}}",
        "{specific_flag: {not: {same_as: previous.specific_flag}}}",
    ],
)
def test_the_record_before(missing, where):
    rule = PLANS.replace("WHERE", where)
    (told,) = missing({"care_plans": [PLAN]}, rule, coverage={"from": {"care_plans": "2011-01-01"}})
    assert told[0] == "care_plans"
    earlier = {"start_date": "2010-06-01", "end_date": "2011-06-01"}
    told = missing({"care_plans": [PLAN, earlier]}, rule)
    assert ("care_plans/1/specific_flag", "whether the care plan is specific is not held: it is left out") in told


def test_how_long_a_placement_has_lasted(missing):
    rule = "{latest: placements, where: {lasted: {at_least: 3 years}}, recorded: {life_story_work_flag: true}}"
    row = {**IN_CARE, "start_reason": "L", "life_story_work_flag": False}
    assert missing({"child_looked_after_placements": [row]}, rule) == [
        (
            "child_looked_after_placements/0",
            "it goes on from an earlier one that is not held, so its start is not known",
        )
    ]


def test_a_condition_on_records_of_a_section(missing):
    rule = PLANS.replace("WHERE", "{care_worker_details: {newly_qualified_flag: true}}")
    workers = [
        {"worker_id": "a", "start_date": "2010-02-01", "end_date": "2012-02-31", "newly_qualified_flag": True},
        {"worker_id": "b", "start_date": "2010-02-01", "end_date": None},
    ]
    assert missing({"care_plans": [PLAN], "care_worker_details": workers}, rule) == [
        ("care_worker_details/0/end_date", "the end of the allocated worker is impossible, and is not relied on"),
        ("care_worker_details/1/newly_qualified_flag", TOLD),
    ]
    coverage = {"from": {"care_worker_details": "2011-10-01"}}
    assert missing({"care_plans": [PLAN], "care_worker_details": []}, rule, coverage=coverage) == [
        ("/coverage/from/care_worker_details", "no allocated workers before 1 October 2011 are held")
    ]


TOLD = "whether the worker is newly qualified is not held: it is left out"


def test_a_section_that_the_source_says_it_does_not_hold(missing):
    told = missing({}, PLANS.replace("where: WHERE, ", ""), coverage={"not_held": ["care_plans"]})
    assert told == [("care_plans", "the source says that it does not hold care plans")]


def test_what_is_worked_out_from_something_that_is_not_held(missing):
    told = missing({}, HELD, coverage={"not_held": ["child_looked_after_placements"]})
    assert told == [("care_periods", "the source says that it does not hold periods of care")]
    rule = PLANS.replace("WHERE", "{legal_statuses: {legal_status: C1}}")
    row = {"start_date": "2011-06-01", "start_reason": "S", "placement_type": "U1"}
    assert missing({"care_plans": [PLAN], "child_looked_after_placements": [row]}, rule) == [
        ("legal_statuses", "legal statuses are not held: the section is left out")
    ]


def test_the_newest_is_after_the_audit_date(missing):
    rule = "{each: social_care_episodes, recurring: {events: supervisions, limits: [{every: 1 month}]}}"
    told = missing(
        {"supervisions": [{"supervision_date": "2012-05-01"}]}, rule, coverage={"latest_only": ["supervisions"]}
    )
    assert told == [
        ("/coverage/latest_only", "of supervisions only the newest is held"),
        ("/coverage/latest_only", "the newest one is after the audit date"),
    ]


# --- dates -----------------------------------------------------------------------------------------------------------

HELD = "{each: care_periods, held: {records: care_plans, within: 10 days}}"
PATHWAY = "{each: leaving_care_statuses, held: {records: pathway_plans, within: 3 months}}"
BORN = {"child_details": {"date_of_birth": "1995-05-05"}}
ELIGIBLE = "{each: leaving_care_statuses, where: {status: eligible}, held: {records: pathway_plans, within: 3 months}}"


def test_rows_without_dates_leave_the_period_of_care_open(missing):
    rows = [{**IN_CARE, "end_date": None}, {"start_date": "2012-02-31", "start_reason": "P", "placement_type": "K2"}]
    told = missing({"child_looked_after_placements": rows, "care_plans": []}, HELD)
    assert told == [
        (
            "child_looked_after_placements/1/start_date",
            "the start of the placement row is impossible, and is not relied on",
        )
    ]


def test_without_a_birth_date_leaving_care_is_not_known(missing):
    assert missing({"child_looked_after_placements": [IN_CARE]}, PATHWAY) == [
        ("/child_details/date_of_birth", "the date of birth is not held")
    ]


def test_without_rows_neither(missing):
    told = missing({"care_leavers": {"pathway_plans": []}}, PATHWAY, **BORN)
    assert [pointer for pointer, _ in told] == ["child_looked_after_placements"]


def test_a_status_cannot_be_told_from_a_row_whose_end_is_impossible(missing):
    row = {**IN_CARE, "end_date": "2012-02-31", "end_reason": "X1"}
    care_leavers = {"became_eligible_date": "2011-08-05", "pathway_plans": []}
    told = missing({"child_looked_after_placements": [row], "care_leavers": care_leavers}, ELIGIBLE, **BORN)
    assert [pointer for pointer, _ in told] == ["child_looked_after_placements"]


def test_the_end_of_the_case_is_impossible(missing):
    rule = """
    each: child_and_family_assessments
    deadline: {from: start_date, within: 45 days, done: authorisation_date}
    """
    found = [{"start_date": "2011-12-01", "authorisation_date": None}]
    told = missing({"closure_date": "2012-02-31", "child_and_family_assessments": found}, rule)
    assert told == [("closure_date", "the day of the closure of the case is impossible, and is not relied on")]


def test_the_end_of_a_record_beside_is_impossible(missing):
    rule = """
    each: child_and_family_assessments
    lapses_with: child_protection_plans
    deadline: {from: start_date, within: 45 days, done: authorisation_date}
    """
    found = [{"start_date": "2011-12-01", "authorisation_date": None}]
    plans = [{"start_date": "2011-11-01", "end_date": "2012-02-31"}]
    told = missing({"child_protection_plans": plans, "child_and_family_assessments": found}, rule)
    assert told == [
        (
            "child_protection_plans/0/end_date",
            "the end of the child protection plan is impossible, and is not relied on",
        )
    ]


def test_which_row_of_a_run_does_not_hold_it(missing):
    rule = """
    each: placements
    while: {legal_statuses: {legal_status: C1}, intended_to_last_until_18_flag: true}
    recurring: {events: looked_after_visits, limits: [{every: 6 weeks}]}
    """
    first = {**IN_CARE, "start_date": "2011-06-01", "end_date": "2011-08-01", "end_reason": "X1", "legal_status": "C1"}
    second = {"start_date": "2011-08-01", "start_reason": "T", "placement_type": "U1", "legal_status": "C1"}
    rows = [{**first, "intended_to_last_until_18_flag": False}, second]
    assert missing({"child_looked_after_placements": rows, "looked_after_visits": []}, rule) == [
        (
            "child_looked_after_placements/1/intended_to_last_until_18_flag",
            "whether the placement is meant to last to 18 is not held: it is left out",
        )
    ]
