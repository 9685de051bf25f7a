"""What the field calls the parts of a case record, where the schema's names and titles do not make a sentence.

Tables of words, and how a word is found for what has none in them: a section by its name, a field by its title.
"""

from typing import Any, Final, NamedTuple

from casecheck.calendar import DAYS, UNKNOWN, in_words
from casecheck.records.schema import Section, sections_named
from casecheck.written.places import listed


class Noun(NamedTuple):
    """What a record of a section is called, and several of them."""

    one: str
    many: str


_NOUNS: Final = {
    "care_worker_details": Noun("allocated worker", "allocated workers"),
    "child_and_family_assessments": Noun("assessment", "assessments"),
    "section_47_assessments": Noun("section 47 enquiry", "section 47 enquiries"),
    "child_protection_reviews": Noun("review conference", "review conferences"),
    "looked_after_visits": Noun("visit", "visits"),
    "child_protection_visits": Noun("visit", "visits"),
    "child_in_need_visits": Noun("visit", "visits"),
    "looked_after_reviews": Noun("review", "reviews"),
    "pathway_plan_reviews": Noun("review of the pathway plan", "reviews of the pathway plan"),
    "supervisions": Noun("supervision", "supervisions"),
    "child_looked_after_placements": Noun("placement", "placements"),
    "care_proceedings": Noun("care proceedings", "care proceedings"),
    "care_leavers": Noun("leaving-care entitlement", "leaving-care entitlements"),
    "adoption": Noun("decision on adoption", "decisions on adoption"),
    "accommodations": Noun("accommodation", "accommodation"),
    "carer_approvals": Noun("carer's approval", "carers' approvals"),
    "permanence_plans": Noun("plan for permanence", "plans for permanence"),
}
_IN_SENTENCES: Final = {
    "child_looked_after_placements": Noun("placement row", "placement rows"),
    "care_periods": Noun("period of care", "periods of care"),
    "care_proceedings": Noun("set of care proceedings", "sets of care proceedings"),
    "leaving_care_statuses": Noun("leaving-care status", "leaving-care statuses"),
    "sdq_assessments": Noun("strengths and difficulties questionnaire", "strengths and difficulties questionnaires"),
    "attendees": Noun("participant", "participants"),
    "personal_adviser_visits": Noun("personal adviser's visit", "personal adviser's visits"),
    "child_details": Noun("child", "children"),
    "health_and_wellbeing": Noun("child", "children"),
    "homelessness_presentations": Noun("presentation as homeless", "presentations as homeless"),
}
_BESIDE_OTHERS: Final = {
    "looked_after_visits": Noun("looked-after visit", "looked-after visits"),
    "child_protection_visits": Noun("child protection visit", "child protection visits"),
    "child_in_need_visits": Noun("child in need visit", "child in need visits"),
    "looked_after_reviews": Noun("looked-after review", "looked-after reviews"),
}
_STANDING: Final = {
    "care_periods": "the child is looked after",
    "care_leavers": "the young person is entitled to leaving care",
}
"""What it means that a record of the section is in force, where one does not say that there is one."""

_WITHOUT_ARTICLE: Final = frozenset({"supervision", "care proceedings", "accommodation"})

_CALLED: Final = {"social_care_episodes": "case", "care_worker_details": "allocation"}
"""What a record is called once it has been named, where that is another word: a worker does not end."""

_SHORT: Final = frozenset({"plan", "assessment", "enquiry", "status", "conference", "meeting", "episode", "row"})

_DONE_BY_LAST_WORD: Final = {
    "visit": "made",
    "meeting": "held",
    "update": "made",
    "decision": "made",
    "change": "recorded",
    "assessment": "completed",
    "proceedings": "issued",
    "complaint": "answered",
}
_DONE_BY_NATURE: Final = {"event": "held", "work": "completed", "lasting": "in place from", "part": "recorded"}

_ABOUT_THE_CHILD: Final = frozenset(
    (
        *("social_care_episodes", "placements", "child_looked_after_placements", "care_periods", "legal_statuses"),
        *("accommodations", "care_leavers", "leaving_care_statuses"),
    )
)
"""Sections whose records say how the child lives, so that what is true of one is true of the child."""


# --- sections --------------------------------------------------------------------------------------------------------


def noun_of(name: str, kind: str | None = None, role: str | None = None) -> Noun:
    """A record of the section of that name, short: `visit`; narrowed to one type or one role."""
    last = name.rpartition(".")[2]
    noun = _NOUNS.get(last) or _by_name(last)
    if role is not None:
        return Noun(spaced(role), spaced(role) + "s")
    return noun if kind is None else Noun(f"{spaced(kind)} {noun.one}", f"{spaced(kind)} {noun.many}")


def sentence_noun(section: Section, kind: str | None = None, role: str | None = None, beside: bool = False) -> Noun:
    """The same as a rule's sentence says it; `beside` others of its list, told from all others."""
    if kind is None and role is None:
        if beside and section.name in _BESIDE_OTHERS:
            return _BESIDE_OTHERS[section.name]
        if section.name in _IN_SENTENCES:
            return _IN_SENTENCES[section.name]
    return noun_of(section.name, kind, role)


def short_noun(section: Section) -> str:
    """What it is called once it has been named: a care plan is `plan`, a social care episode `case`."""
    if section.name in _CALLED:
        return _CALLED[section.name]
    noun = sentence_noun(section).one
    last = noun.rpartition(" ")[2]
    return last if last in _SHORT else noun


def narrowed(where: Any) -> tuple[str | None, str | None]:
    """The one type of assessment, and the one role of worker, to which a condition narrows, where it does."""
    return _one_of(where.get("assessment_type")), _one_of(where.get("role"))


def _one_of(wanted: Any) -> str | None:
    """`initial`, or `initial or core`; None where a condition wants something else than one of some words."""
    words = wanted if isinstance(wanted, list) else [wanted]
    return listed(words) if all(isinstance(each, str) for each in words) else None


def done_word(noun: str, section: Section | None) -> str:
    """How one says that it was done, before the day: a visit is `made`, a plan is `in place from`."""
    by_last_word = _DONE_BY_LAST_WORD.get(noun.rpartition(" ")[2])
    return by_last_word or _DONE_BY_NATURE[section.nature if section is not None else "event"]


def standing_word(noun: str, section: Section) -> str:
    """How one says of several, after the noun, that they are in force: workers are `allocated`."""
    if section.name != "care_worker_details":
        return " in force"
    return "" if noun.startswith("allocated") else " allocated"


def section_called(name: str) -> Section | None:
    """The first section that a name can mean, if there is one."""
    found = sections_named(name)
    return found[0] if found else None


def standing_clause(section: Section, noun: str) -> str:
    """That a record of the section, which is called `noun`, is in force."""
    return _STANDING.get(section.name) or f"there is {with_article(noun)}"


def is_of_the_child(section: Section) -> bool:
    """Whether what a term says of a record of the section, it says of the child."""
    return section.name in _ABOUT_THE_CHILD


def before_it(section: Section, noun: str) -> str:
    """The record before it in its list, or in turn with it: `the review before it`."""
    same = f" of the same {field_noun(section, section.in_turn_by)}" if section.in_turn_by else ""
    return f"the {noun}{same} before it"


def with_article(noun: str) -> str:
    """`a visit`, `an assessment`; `supervision` has none."""
    if noun.rpartition(" ")[2] in _WITHOUT_ARTICLE or noun in _WITHOUT_ARTICLE:
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _by_name(name: str) -> Noun:
    """A section's name as words, for one and for many: `core_groups` as `core group` and `core groups`."""
    plural = spaced(name)
    return Noun(plural.removesuffix("es" if plural.endswith("uses") else "s"), plural)


def spaced(name: str) -> str:
    """A name of the schema as words."""
    return name.replace("_", " ")


# --- fields and their values -----------------------------------------------------------------------------------------

_MOMENTS: Final = {
    ("social_care_episodes", "referral_date"): "the referral",
    ("social_care_episodes", "closure_date"): "the closure of the case",
    ("child_and_family_assessments", "became_overdue_date"): "the day the assessment became overdue",
    ("missing_episodes", "start_date"): "the day the child went missing",
    ("missing_episodes", "end_date"): "the child's return",
    ("protection_concerns", "concern_date"): "the concern",
    ("case_notes", "event_date"): "the event",
    ("care_plan_changes", "change_date"): "the change",
    ("complaints", "received_date"): "the day the complaint was received",
    ("care_leavers", "became_eligible_date"): "becoming eligible",
    ("legal_planning_meetings", "decision_date"): "the decision",
    ("care_proceedings", "decision_date"): "the decision",
    ("adoption", "initial_decision_date"): "the decision",
    ("carer_approvals", "expiry_date"): "the day the approval runs out",
}
"""What happened on the day of a field, where it is not the start, the end or the completion of the record."""

_FIELD_NOUNS: Final = {
    "due_date": "due date",
    "icpc_target_date": "date the conference is due",
    "description": "action in words",
    "lead": "lead",
    "worker_id": "worker",
    "previous_plan_count": "number of earlier plans",
    "carried_over_count": "number of times carried over",
    "end_reason": "reason for ending",
    "return_interview_offered_date": "offer of a return interview",
    "return_interview_date": "return interview",
}

_DONE_FIELDS: Final = {
    "icpc_date": "the conference held",
    "referral_decision_date": "what to do is decided",
    "placed_date": "child placed",
    "matched_date": "child matched",
    "reviewing_officer_informed_date": "reviewing officer told",
    "handover_summary_date": "handover summary written",
    "strategy_discussion_date": "strategy discussion held",
    "strategy_meeting_date": "strategy meeting held",
    "overdue_risk_assessed_date": "risk of the delay assessed",
    "independence_preparation_start_date": "preparation for independence begun",
}

_VALUES: Final[dict[str, dict[Any, str]]] = {
    "legal_status": {
        "C1": "an interim care order (C1)",
        "C2": "a full care order (C2)",
        "D1": "freed for adoption (D1)",
        "E1": "a placement order (E1)",
        "J1": "youth justice (J1)",
        "J2": "youth justice (J2)",
        "J3": "youth justice (J3)",
        "L1": "police protection (L1)",
        "L2": "an emergency protection order (L2)",
        "L3": "a child assessment order (L3)",
        "V2": "accommodation under section 20 (V2)",
        "V3": "a series of short breaks (V3)",
        "V4": "a single short break (V4)",
    },
    "placement_type": {
        "H5": "H5 (semi-independent)",
        "K1": "K1 (secure home)",
        "K2": "K2 (children's home)",
        "P1": "P1 (with parents)",
        "P2": "P2 (independent living)",
        "R1": "R1 (care home)",
        "R2": "R2 (hospital)",
        "R3": "R3 (family centre)",
        "R5": "R5 (custody)",
        "S1": "S1 (residential school)",
        "Z1": "Z1 (other)",
    },
    "approval": {
        "temporary_connected_person": "a temporary one of a connected person",
        "full": "a full one",
        "parent_not_yet_assessed": "that of a parent not yet assessed",
        "parent_assessed": "that of an assessed parent",
        "other": "another",
    },
    "agency": {"childrens_social_care": "children's social care"},
    "end_reason": {"E2": "E2 (died)", "E3": "E3 (care taken over by another authority)"},
    "missing_episode_type": {"M": "missing", "A": "absent"},
    "placed_with": {
        "parent": "with a parent",
        "foster_care": "in foster care",
        "childrens_home": "in a children's home",
        "adoption": "for adoption",
        "other": "elsewhere",
    },
}
_VALUE_CLAUSES: Final = {
    "placed_with": "the child is placed {}",
    "missing_episode_type": "the child was {}",
    "provider_judgement": "the provider is judged {}",
    "placement_type": "the placement code is {}",
    "review_participation": "the participation code is {}",
}


def lowered(title: str) -> str:
    """A title within a sentence: only its first letter was large for being first."""
    return title[:1].lower() + title[1:] if title[1:2].islower() or title[1:2] in (" ", "'") else title


def moment(section: Section, field: str, whose: str) -> str:
    """The day in a date field, as what happened on it: `the start of the placement`. `whose` is `the placement`."""
    known = _MOMENTS.get((section.name, field))
    if known is not None:
        return known
    if field == section.start:
        return f"the {'date' if section.nature == 'event' else 'start'} of {whose}"
    if field == section.end:
        return f"the {'end' if section.nature == 'lasting' else 'completion'} of {whose}"
    return f"the {field_noun(section, field)} of {whose}"


def field_noun(section: Section, name: str) -> str:
    """A field as a noun, without an article: `due date`, `date authorised`, `reason why not seen alone`."""
    known = _FIELD_NOUNS.get(name)
    if known is not None or name not in section.fields:
        return known or spaced(name)
    field = section.fields[name]
    title = lowered(field.title)
    if field.is_date and title.endswith(" on"):
        return f"date {title.removesuffix(' on')}"
    if title.startswith("why "):
        return f"reason {title}"
    return "date" if title == "date" else title


def done_in_words(section: Section, name: str) -> str:
    """What a date field tells was done: `authorised`, `strategy meeting held`."""
    return _DONE_FIELDS.get(name) or lowered(section.fields[name].title).removesuffix(" on")


def value_in_words(field: str, value: Any) -> str:
    """A value that a condition names: a code with what it stands for, a day as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    known = _VALUES.get(field, {}).get(value)
    if known is not None or not isinstance(value, str):
        return known or str(value)
    return spaced(value) if DAYS[value] == UNKNOWN else in_words(DAYS[value])


def value_clause(field: str) -> str | None:
    """How one says that a field has a value, with `{}` for it, where it is not `its FIELD is VALUE`."""
    return _VALUE_CLAUSES.get(field)
