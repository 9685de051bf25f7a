"""The elements of a Children in Need census return: their names, the fields they become, and how their text is read.

The names are those of the census's business and technical specification (Department for Education), layouts of 2021 to
2026: the child's sex is GenderCurrent in the earlier ones and Sex in the later. Pupil numbers are left where they are,
since nothing needs them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from lxml import etree

from casecheck.calendar import DAYS, UNKNOWN
from casecheck.records.census_coverage import EPISODES, IN_NEED_PLANS, PLANS, REVIEWS

NO_DAY: Final = "0000-00-00"
"""What stands for a date that is none: of the right shape, but no day, so that what needs it is unknown."""

Read = Callable[[str], Any]
"""From an element's text to the value of a field. Raises ValueError, with what would be right, where it is none."""

_XML_DATE: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_FLAGS: Final = {"1": True, "true": True, "0": False, "false": False}
_SEXES: Final = {"1": "M", "2": "F", "0": "U", "9": "U", "M": "M", "F": "F", "U": "U"}


@lru_cache(maxsize=50_000)
def read_date(text: str) -> str:
    """The date of an xs:date or xs:dateTime, in ISO form, whether or not the calendar has it."""
    match = _XML_DATE.fullmatch(text)
    if match is None:
        raise ValueError("a day such as 2012-04-23 (year-month-day)")
    return match[1]


def _flag(text: str) -> bool:
    if text.lower() not in _FLAGS:
        raise ValueError("0, 1, true or false")
    return _FLAGS[text.lower()]


def _not_flag(text: str) -> bool:
    return not _flag(text)


def _code(text: str) -> str:
    if len(text) > 20:
        raise ValueError("a code of at most 20 characters")
    return text


def _sex(text: str) -> str:
    if text.upper() not in _SEXES:
        raise ValueError("M, F or U (until 2023: 1, 2, 0 or 9)")
    return _SEXES[text.upper()]


def _count(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) < 5):
        raise ValueError("a whole number")
    return int(text)


Fields = Mapping[str, tuple[str, Read]]
"""The elements of one group by name: the field that each becomes, and how its text is read."""

ASSESSMENTS: Final = "child_and_family_assessments"
ENQUIRIES: Final = "section_47_assessments"
CONFERENCES: Final = "initial_child_protection_conferences"

IDENTIFIERS: Final[Fields] = {
    "PersonBirthDate": ("date_of_birth", read_date),
    "ExpectedPersonBirthDate": ("expected_date_of_birth", read_date),
    "PersonDeathDate": ("death_date", read_date),
    "GenderCurrent": ("sex", _sex),
    "Sex": ("sex", _sex),
}
CHARACTERISTICS: Final[Fields] = {"Ethnicity": ("ethnicity", _code)}
DETAILS: Final[Fields] = {
    "CINreferralDate": ("referral_date", read_date),
    "ReferralSource": ("referral_source", _code),
    "PrimaryNeedCode": ("primary_need_code", _code),
    "CINclosureDate": ("closure_date", read_date),
    "ReasonForClosure": ("closure_reason", _code),
    "ReferralNFA": ("referral_no_further_action_flag", _flag),
    "DateOfInitialCPC": (CONFERENCES, read_date),
}
ASSESSMENT: Final[Fields] = {
    "AssessmentActualStartDate": ("start_date", read_date),
    "AssessmentInternalReviewDate": ("internal_review_date", read_date),
    "AssessmentAuthorisationDate": ("authorisation_date", read_date),
}
IN_NEED_PLAN: Final[Fields] = {"CINPlanStartDate": ("start_date", read_date), "CINPlanEndDate": ("end_date", read_date)}
ENQUIRY: Final[Fields] = {
    "S47ActualStartDate": ("start_date", read_date),
    "InitialCPCtarget": ("icpc_target_date", read_date),
    "DateOfInitialCPC": ("icpc_date", read_date),
    "ICPCnotRequired": ("icpc_required_flag", _not_flag),
}
PROTECTION_PLAN: Final[Fields] = {
    "CPPstartDate": ("start_date", read_date),
    "CPPendDate": ("end_date", read_date),
    "InitialCategoryOfAbuse": ("initial_category", _code),
    "LatestCategoryOfAbuse": ("latest_category", _code),
    "NumberOfPreviousCPP": ("previous_plan_count", _count),
}
DISABILITY: Final[Fields] = {"Disability": ("disabilities", _code)}
FACTOR: Final[Fields] = {"AssessmentFactors": ("factors", _code)}
REVIEW: Final[Fields] = {"CPPreviewDate": ("review_date", read_date)}

PUPIL_NUMBERS: Final = ("LAchildID", "UPN", "FormerUPN", "UPNunknown")
GROUPS: Final = ("ChildIdentifiers", "ChildCharacteristics", "CINdetails")
GROUP_OF: Final = {
    ASSESSMENTS: "Assessments",
    ENQUIRIES: "Section47",
    IN_NEED_PLANS: "CINPlanDates",
    PLANS: "ChildProtectionPlans",
}
"""The groups within CINdetails, by the section that each becomes."""


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Element(NamedTuple):
    """An element as it is read: its local name, its own text, what it holds, and whether it holds any value.

    Blanks around a text are left out and those within are single; stray text between elements is no value.
    """

    name: str
    text: str
    parts: tuple["Element", ...]
    blank: bool

    def named(self, name: str) -> Iterator["Element"]:
        """The elements of that name in this one that hold anything."""
        return (part for part in self.parts if part.name == name and not part.blank)

    def beneath(self, name: str) -> Iterator["Element"]:
        """The elements of that name in this one, however deep, blank ones too."""
        for part in self.parts:
            if part.name == name:
                yield part
            else:
                yield from part.beneath(name)


def outline(element: etree._Element) -> Element:
    """The element, with all that is in it, as an `Element`.

    Read from the end of its text to its beginning: what an element holds has then just been made.
    """
    made: list[Element] = []
    for each in reversed(list(element.iter())):
        text = (each.text or "").strip()
        if not text.isalnum():
            text = " ".join(text.split())
        number = len(each)
        parts = tuple(made[: -number - 1 : -1]) if number else ()
        del made[len(made) - number :]
        made.append(Element(local_name(each), text, parts, all(part.blank for part in parts) if parts else not text))
    return made[0]


def read_day(text: str) -> str | None:
    """The day that an xs:date tells, in ISO form; None if it is no day of the calendar."""
    match = _XML_DATE.fullmatch(text.strip())
    return match[1] if match and DAYS[match[1]] != UNKNOWN else None


_FIELDS_OF: Final[Mapping[str, tuple[Fields, ...]]] = {
    "child_details": (IDENTIFIERS, CHARACTERISTICS, DISABILITY),
    EPISODES: (DETAILS,),
    ASSESSMENTS: (ASSESSMENT, FACTOR),
    ENQUIRIES: (ENQUIRY,),
    IN_NEED_PLANS: (IN_NEED_PLAN,),
    PLANS: (PROTECTION_PLAN,),
    REVIEWS: (REVIEW,),
}


def census_names() -> dict[tuple[str, str], tuple[str, ...]]:
    """What a return calls the fields that it holds: its elements, by the section's own name and the field's.

    An element that becomes a section as a whole stands under the section and an empty field; what a return says of the
    child itself under `child`.
    """
    names: dict[tuple[str, str], tuple[str, ...]] = {
        ("child", "la_child_id"): ("LAchildID",),
        (EPISODES, ""): ("CINdetails",),
        (CONFERENCES, "icpc_date"): ("DateOfInitialCPC",),
        **{(section, ""): (group,) for section, group in GROUP_OF.items()},
    }
    for section, tables in _FIELDS_OF.items():
        for element, (field, _) in ((each, read) for table in tables for each, read in table.items()):
            if field != CONFERENCES:
                names[section, field] = (*names.get((section, field), ()), element)
    return names
