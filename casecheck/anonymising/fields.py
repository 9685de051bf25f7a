"""What becomes of each field of a case record in a copy that names nobody.

The case schema says which fields are of a person (`x-personal`). Of these, dates of birth are cut to the month, what
someone wrote is replaced by a neutral word where it says something, and all others are removed, one that is new to the
schema too.
"""

from typing import Final

from casecheck.records.schema import Field

BIRTHS: Final = ("date_of_birth", "expected_date_of_birth")
MONTH_ONLY: Final = "birth_month_only_flag"
"""The field by which a record says that its dates of birth tell the month alone."""

TEXTS: Final = frozenset(
    {
        "not_seen_alone_reason",
        "father_not_included_reason",
        "reviewing_officer_not_met_reason",
        "visit_purpose",
        "lead",
        "description",
        "decision",
        "note",
    }
)
"""What someone wrote in words. Standards ask whether it says something, so a neutral word takes its place."""

_TEAM: Final = "team"
_NUMBERS: Final = ("placement_urn",)


def is_birth(field: Field) -> bool:
    """Whether the field holds a day of birth."""
    return field.name in BIRTHS


def is_text(field: Field) -> bool:
    """Whether the field holds what someone wrote in words."""
    return field.personal and field.name in TEXTS


def is_removed(field: Field) -> bool:
    """Whether what the field holds is left out of the copy: names, addresses, numbers, the day of death."""
    return field.personal and field.name not in TEXTS and field.name not in BIRTHS


def kind_of_pseudonym(name: str) -> str | None:
    """What a pseudonym of the field begins with; None where it holds no number, and no name of a team."""
    if name == "la_child_id":
        return "child"
    if name == _TEAM or name in _NUMBERS:
        return name.replace("_", "-")
    return name.removesuffix("_id").replace("_", "-") if name.endswith("_id") else None
