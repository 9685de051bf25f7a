"""What it says of a record when one of its flags is yes, as a clause; `{it}` stands for the record.

A flag that is not here is told by its title, as a form would: `"progress evaluated" is yes`.
"""

from collections.abc import Sequence
from typing import Final

from casecheck.records.schema import Section
from casecheck.rules.model import Condition
from casecheck.rules.negation import negated

CLAUSES: Final = {
    "accommodation_milestones_flag": "there are milestones in accommodation",
    "advocacy_explained_flag": "advocacy was explained",
    "agencies_views_inform_conclusions_flag": "other agencies' views are seen in the conclusions",
    "agencies_views_recorded_flag": "other agencies' views are recorded",
    "analytical_flag": "{it} is analytical",
    "arranged_by_another_flag": "{it} is arranged by another",
    "attended_flag": "{it} was there",
    "child_experience_considered_flag": "the child's experience was considered",
    "child_in_need_plan_required_flag": "a child in need plan is called for",
    "child_seen_alone_flag": "the child was seen alone",
    "child_seen_flag": "the child was seen",
    "child_views_recorded_flag": "the child's views are recorded",
    "complaints_explained_flag": "how to complain was explained",
    "comprehensive_flag": "{it} is comprehensive",
    "contingency_considered_flag": "contingency was considered",
    "contingency_plan_flag": "there is a contingency plan",
    "core_assessment_required_flag": "a core assessment is called for",
    "designated_teacher_attended_flag": "the designated teacher was there",
    "designated_teacher_reported_flag": "the designated teacher has reported",
    "education_training_employment_milestones_flag": "there are milestones in education, training and work",
    "extended_flag": "{it} is extended",
    "father_included_flag": "the father is included",
    "goals_set_flag": "goals are set",
    "history_considered_flag": "the child's history was considered",
    "icpc_required_flag": "an initial child protection conference is called for",
    "icpc_transfer_in_flag": "the child has moved in from another council",
    "identity_considered_flag": "the child's identity was considered",
    "includes_assessment_findings_flag": "the findings of the health assessment are in {it}",
    "independence_milestones_flag": "there are milestones in independence",
    "informs_plan_flag": "the plan is informed by {it}",
    "intended_outcomes_flag": "intended outcomes are given",
    "intended_to_last_until_18_flag": "{it} is meant to last to 18",
    "intervention_purpose_clear_flag": "the purpose of the work is clear",
    "legal_action_considered_flag": "legal action was considered",
    "leisure_reviewed_flag": "leisure is reviewed",
    "life_story_work_flag": "life story work is under way",
    "measurable_flag": "{it} is measurable",
    "measurable_objectives_flag": "the objectives are measurable",
    "needs_analysed_flag": "needs are analysed",
    "newly_qualified_flag": "the worker is newly qualified",
    "next_step_planned_flag": "the next step is planned",
    "parents_views_recorded_flag": "the parents' views are recorded",
    "plan_challenged_flag": "the plan was challenged",
    "plan_developed_flag": "the plan was developed",
    "plan_updated_before_review_flag": "the plan was updated before the review",
    "planned_entry_flag": "the child's coming into care was planned",
    "proceedings_considered_flag": "proceedings were considered",
    "progress_assessed_flag": "progress was assessed",
    "progress_evaluated_flag": "progress was evaluated",
    "protective_factors_analysed_flag": "protective factors are analysed",
    "provided_by_council_flag": "{it} is provided by the council",
    "report_analytical_flag": "the report is analytical",
    "report_detailed_flag": "the report is detailed",
    "report_provided_flag": "{it} has sent a report",
    "return_home_considered_flag": "return home was considered",
    "return_interview_accepted_flag": "the return interview was accepted",
    "return_interview_independent_flag": "the interviewer was independent",
    "reviewing_officer_met_child_flag": "the reviewing officer has seen the child",
    "risk_assessed_flag": "the risk was assessed",
    "risk_continues_flag": "the risk is still there",
    "risks_analysed_flag": "risks are analysed",
    "seen_alone_flag": "the child was seen alone",
    "seen_flag": "the child was seen",
    "section_20_considered_flag": "accommodation under section 20 was considered",
    "section_20_offered_flag": "accommodation under section 20 was offered",
    "significant_events_clear_flag": "the significant events are clear",
    "significant_flag": "{it} is significant",
    "specific_flag": "{it} is specific",
    "specific_objectives_flag": "the objectives are specific",
    "suitable_flag": "{it} is suitable",
    "uasc_flag": "the child is an unaccompanied asylum seeker",
    "views_inform_conclusions_flag": "the family's views are seen in the conclusions",
}
NEGATIVE: Final = {
    "referral_no_further_action_flag": ("the referral led to no further action", "the referral was taken further"),
}
"""Flags that say that something was not done: the clause of yes, and that of no."""


def flag_clause(name: str, title: str, yes: bool, it: str) -> str:
    """What the flag says of the record, which is called `it`, when it is yes, or no."""
    if name in NEGATIVE:
        return NEGATIVE[name][0 if yes else 1]
    known = CLAUSES.get(name)
    if known is None:
        return f'"{title}" is {"yes" if yes else "no"}'
    clause = known.format(it=it)
    return clause if yes else negated(clause)


def or_why_not(choices: Sequence[Condition], said: list[str], section: Section) -> list[str]:
    """The alternatives of which one gives the reason why the other is not so: `the child was seen or why not`."""
    for place, choice in enumerate(choices):
        ((name, wanted),) = choice.items() if len(choice) == 1 else (("", None),)
        field = section.fields.get(name)
        flags = len(choices) == 2 and all(each is True for each in choices[1 - place].values())
        if field is not None and flags and wanted == {"present": True} and field.title.lower().startswith("why "):
            return [*said[:place], "why not is recorded", *said[place + 1 :]]
    return said
