"""The sentence of evidence of a finding."""

import pytest

from casecheck.calendar import DAYS
from casecheck.checks.obligation import Obligation
from casecheck.rules.model import Rule
from casecheck.sentences import finding_message, thing_due


def rule(kind, check, *, applies_to="placements", where=None):
    return Rule(
        id="a-rule",
        title="A title",
        area="an/area",
        severity="major",
        basis=({"local": "as we like"},),
        applies_to=applies_to,
        latest=False,
        where=where or {},
        while_={},
        lapses_with=None,
        in_force=(None, None),
        kind=kind,
        check=check,
        file="rules.yaml",
        line=1,
    )


def obligation(outcome, due, done=None, days_late=None, *, starts=None, counted=True, pointer="/p/0", limit="a limit"):
    return Obligation(
        rule="a-rule",
        pointer=pointer,
        evidence=None if done is None else "/e/0",
        starts=None if starts is None else DAYS[starts],
        due=None if due is None else DAYS[due],
        done=None if done is None else DAYS[done],
        limit=limit,
        outcome=outcome,
        days_late=days_late,
        counted=counted,
    )


VISITS = rule("recurring", {"events": "looked_after_visits", "limits": [{"every": "6 weeks"}]})


def test_one_late_visit_is_told_with_its_dates():
    late = obligation("late", "2011-05-03", "2011-05-19", 16)
    assert finding_message(VISITS, "fail", [late]) == "visit due 3 May 2011, made 19 May 2011, 16 days late"


def test_one_day_is_one_day():
    late = obligation("late", "2011-05-03", "2011-05-04", 1)
    assert finding_message(VISITS, "fail", [late]).endswith(", 1 day late")


def test_what_was_never_done_is_told_by_the_day_it_was_last_looked_for():
    missed = obligation("missed", "2012-04-20", None, 3)
    assert (
        finding_message(VISITS, "fail", [missed])
        == "visit due 20 April 2012, not made by 23 April 2012, 3 days overdue"
    )


def test_of_many_the_two_worst_are_told_in_order_of_their_dates_and_the_others_counted():
    found = [
        obligation("late", "2011-05-03", "2011-05-05", 2),
        obligation("late", "2011-07-01", "2011-07-31", 30),
        obligation("met", "2011-09-01", "2011-09-01"),
        obligation("late", "2011-06-01", "2011-06-21", 20),
        obligation("late", "2011-10-01", "2011-10-02", 1),
        obligation("missed", "2012-04-22", None, 1),
    ]
    assert finding_message(VISITS, "fail", found) == (
        "visit due 1 June 2011, made 21 June 2011, 20 days late; "
        "visit due 1 July 2011, made 31 July 2011, 30 days late; and 2 more late, 1 not made"
    )


def test_of_others_that_were_all_missed_the_sentence_says_so():
    found = [obligation("missed", f"2011-0{month}-01", None, 10 - month) for month in (1, 2, 3)]
    assert finding_message(VISITS, "fail", found).endswith("; and 1 more not made")


def test_what_is_not_counted_is_not_told():
    found = [
        obligation("late", "2009-05-03", "2009-12-05", 216, counted=False),
        obligation("late", "2011-05-03", "2011-05-05", 2),
    ]
    assert finding_message(VISITS, "fail", found) == "visit due 3 May 2011, made 5 May 2011, 2 days late"


def test_what_lasts_is_in_place_from_a_day():
    held = rule("held", {"records": "pathway_plans", "within": "3 months"}, applies_to="care_leavers")
    late = obligation("late", "2011-05-03", "2011-05-05", 2)
    missed = obligation("missed", "2012-04-20", None, 3)
    assert finding_message(held, "fail", [late]) == "pathway plan due 3 May 2011, in place from 5 May 2011, 2 days late"
    assert finding_message(held, "fail", [missed]) == (
        "pathway plan due 20 April 2012, not in place by 23 April 2012, 3 days overdue"
    )


@pytest.mark.parametrize(
    ("kind", "check", "says"),
    [
        (
            "held",
            {"records": "care_worker_details", "where": {"role": "social_worker", "newly_qualified_flag": False}},
            "social worker of the kind asked for due 3 May 2011, in place from 19 May 2011, 16 days late",
        ),
        (
            "recurring",
            {"events": ["looked_after_reviews", "supervisions"], "where": {"any_of": [{"age": 15}, {"age": 16}]}},
            "review of the kind asked for due 3 May 2011, held 19 May 2011, 16 days late",
        ),
        (
            "deadline",
            {"done": {"first": "child_and_family_assessments", "where": {"assessment_type": ["initial", "core"]}}},
            "initial or core assessment due 3 May 2011, completed 19 May 2011, 16 days late",
        ),
    ],
)
def test_what_must_be_more_than_its_name_says_is_told_from_others_of_that_name(kind, check, says):
    """Else a reader looks for a social worker who was missing, where one was there who does not count."""
    late = obligation("late", "2011-05-03", "2011-05-19", 16)
    assert finding_message(rule(kind, check), "fail", [late]) == says


def test_what_falls_due_is_told_from_others_of_its_name_too():
    held = rule("held", {"records": "health_plans", "where": {"includes_assessment_findings_flag": True}})
    assert finding_message(held, "not_due", [obligation("not_due", "2012-05-01")]) == (
        "health plan of the kind asked for due 1 May 2012"
    )


def test_of_a_record_that_the_rule_reads_itself_there_are_no_others():
    deadline = rule(
        "deadline", {"done": "authorisation_date"}, applies_to="child_and_family_assessments", where={"age": 15}
    )
    late = obligation("late", "2011-05-03", "2011-05-19", 16)
    assert finding_message(deadline, "fail", [late]) == (
        "assessment due 3 May 2011, completed 19 May 2011, 16 days late"
    )


def test_what_is_recorded_is_told_by_the_records_date():
    recorded = rule("recorded", {"seen_alone_flag": True}, applies_to="looked_after_visits")
    found = [obligation("missed", day, None, 0, starts=day) for day in ("2011-05-03", "2011-06-03", "2011-07-03")]
    assert finding_message(recorded, "fail", found[:1]) == "not shown in the record of the visit of 3 May 2011"
    assert finding_message(recorded, "fail", found) == (
        "not shown in the record of the visit of 3 May 2011 and visit of 3 June 2011, and of 1 more"
    )


def test_what_lasts_and_is_judged_as_recorded_is_told_by_its_first_day():
    recorded = rule("recorded", {"specific_flag": True}, applies_to="care_plans")
    found = obligation("missed", "2012-04-23", None, 0, starts="2011-02-01")
    assert finding_message(recorded, "fail", [found]) == "not shown in the record of the care plan from 1 February 2011"


def test_a_limit_tells_the_number_and_the_months():
    limit = rule("limit", {"records": "care_worker_details", "at_most": 2, "in": "12 months"})
    found = obligation("missed", "2012-04-23", None, 0)
    assert finding_message(limit, "fail", [found]) == "more than 2 in the 12 months to 23 April 2012"


def test_what_falls_due_is_told_by_the_first_day():
    found = [obligation("not_due", "2012-06-01"), obligation("not_due", "2012-05-01")]
    assert finding_message(VISITS, "not_due", found[:1]) == "visit due 1 June 2012"
    assert finding_message(VISITS, "not_due", found) == "visit due 1 May 2012, and 1 more after"


def test_what_falls_due_on_a_day_not_known_needs_no_sentence():
    assert finding_message(VISITS, "not_due", [obligation("not_due", None)]) == ""


def test_what_is_not_held_is_told_in_general_words():
    found = [obligation("unknown", None, pointer="/social_care_episodes/0/placements", limit="not held")]
    assert finding_message(VISITS, "unknown", found) == "not known: the source does not hold placements"
    found = [obligation("unknown", None, limit="not held")]
    assert finding_message(VISITS, "unknown", found) == "not known: the source does not hold visits"


def test_a_record_that_is_an_object_and_not_in_a_list_is_held_though_a_field_of_it_is_not():
    recorded = rule("recorded", {"intervention_purpose_clear_flag": True}, applies_to="care_leavers")
    care_leaver = "/social_care_episodes/0/care_leavers"
    found = [obligation("unknown", "2012-04-23", starts="2011-01-10", pointer=care_leaver, limit="as recorded")]
    assert finding_message(recorded, "unknown", found) == (
        "not known: what the record holds of leaving-care entitlements does not tell (judged on 23 April 2012)"
    )


def test_of_a_deadline_it_is_the_one_date_or_the_records_that_do_not_tell():
    found = [obligation("unknown", None)]
    dated = rule("deadline", {"done": "minutes_sent_to_parents_date"}, applies_to="core_groups")
    assert finding_message(dated, "unknown", found) == (
        "not known: what the record holds of the minutes to the parents does not tell"
    )
    first = rule("deadline", {"done": {"first": "core_groups"}}, applies_to="child_protection_plans")
    assert finding_message(first, "unknown", found) == "not known: what the record holds of core groups does not tell"


def test_what_the_record_does_not_tell_is_said_with_the_day_if_there_is_one():
    assert finding_message(VISITS, "unknown", [obligation("unknown", None)]) == (
        "not known: what the record holds of visits does not tell"
    )
    found = [obligation("unknown", "2011-06-01"), obligation("unknown", "2011-05-03")]
    assert finding_message(VISITS, "unknown", found) == (
        "not known: what the record holds of visits does not tell (due 3 May 2011, and 1 more)"
    )


@pytest.mark.parametrize("outcome", ["pass", "not_applicable"])
def test_what_passes_needs_no_sentence(outcome):
    assert finding_message(VISITS, outcome, [obligation("met", "2011-05-03", "2011-05-03")]) == ""


@pytest.mark.parametrize(
    ("a_rule", "words"),
    [
        (rule("recurring", {"events": "core_groups"}), ("core group", "held")),
        (
            rule("recurring", {"events": ["pathway_plan_reviews", "pathway_plans"]}),
            ("review of the pathway plan", "held"),
        ),
        (rule("recurring", {"events": "supervisions"}), ("supervision", "held")),
        (rule("recurring", {"events": "management_decisions"}), ("management decision", "made")),
        (rule("held", {"records": "health_assessments"}), ("health assessment", "completed")),
        (rule("held", {"records": "legal_statuses"}), ("legal status", "in place from")),
        (rule("held", {"records": "care_worker_details"}), ("allocated worker", "in place from")),
        (
            rule("held", {"records": "care_worker_details", "where": {"role": "personal_adviser"}}),
            ("personal adviser", "in place from"),
        ),
        (
            rule(
                "deadline", {"done": {"first": "child_and_family_assessments", "where": {"assessment_type": "initial"}}}
            ),
            ("initial assessment", "completed"),
        ),
        (
            rule(
                "deadline",
                {"done": "authorisation_date"},
                applies_to="child_and_family_assessments",
                where={"assessment_type": "core"},
            ),
            ("core assessment", "completed"),
        ),
        (
            rule("deadline", {"done": "icpc_date"}, applies_to="section_47_assessments"),
            ("initial child protection conference", "held"),
        ),
        (
            rule("deadline", {"done": "minutes_sent_to_parents_date"}, applies_to="core_groups"),
            ("minutes to the parents", "sent"),
        ),
        (
            rule("deadline", {"done": "handover_summary_date"}, applies_to="care_worker_details"),
            ("handover summary", "written"),
        ),
        (rule("deadline", {"done": "recorded_date"}, applies_to="case_notes"), ("case note", "recorded")),
        (
            rule("deadline", {"done": "record_distributed_date"}, applies_to="looked_after_reviews"),
            ("record of the review", "sent out"),
        ),
        (
            rule("deadline", {"done": "reviewing_officer_informed_date"}, applies_to="care_plan_changes"),
            ("notice to the reviewing officer", "given"),
        ),
        (rule("deadline", {"done": "answered_date"}, applies_to="complaints"), ("complaint", "answered")),
        (
            rule("deadline", {"done": "overdue_notified_date"}, applies_to="child_and_family_assessments"),
            ("overdue notified", "done"),
        ),
        (rule("deadline", {"done": "completed_date"}, applies_to="supervisions.actions"), ("action", "completed")),
        (rule("deadline", {"done": "review_date"}, applies_to="looked_after_reviews"), ("review", "held")),
    ],
)
def test_things_are_called_what_the_field_calls_them(a_rule, words):
    found = thing_due(a_rule)
    assert (found.noun, found.done) == words
