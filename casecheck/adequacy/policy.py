"""Whether a case is adequate by a pack's policy, and the grade that an area's share of adequate cases indicates."""

from collections.abc import Mapping
from typing import Final

from casecheck.rules.model import Policy

LOWEST_GRADE: Final = "inadequate"


def is_adequate(policy: Policy, passed: int, failed: Mapping[str, int], unknown: Mapping[str, int]) -> bool | None:
    """Whether a case is adequate; None if it is undetermined.

    `passed` counts its findings that pass; `failed` and `unknown` those that fail or are not known, by severity (one
    left out has none). A severity that the policy leaves out has no bound.
    """
    if _exceeds(failed, policy.fail):
        return False
    if not passed or _exceeds(unknown, policy.unknown):
        return None
    return True


def reasons(policy: Policy, passed: int, failed: Mapping[str, int], unknown: Mapping[str, int]) -> list[str]:
    """Why a case so counted is inadequate or undetermined, in clauses; nothing where it is adequate."""
    too_many = _too_many(failed, policy.fail, "failed")
    if too_many:
        return too_many
    nothing = [] if passed else ["no standard passed"]
    return [*nothing, *_too_many(unknown, policy.unknown, "not known")]


def _too_many(counts: Mapping[str, int], bounds: Mapping[str, int], what: str) -> list[str]:
    """`3 major standards failed, and 2 are allowed`, of every severity that exceeds its bound."""
    told = []
    for severity, most in bounds.items():
        number = counts.get(severity, 0)
        if number > most:
            standards = f"{severity} standard" if number == 1 else f"{severity} standards"
            allowed = "none is allowed" if most == 0 else "1 is allowed" if most == 1 else f"{most} are allowed"
            told.append(f"{number} {standards} {what}, and {allowed}")
    return told


def _exceeds(counts: Mapping[str, int], bounds: Mapping[str, int]) -> bool:
    return any(counts.get(severity, 0) > most for severity, most in bounds.items())


def grade(share: float | None, grades: Mapping[str, float]) -> str | None:
    """The grade that a share of adequate cases (0 to 1) indicates; None of no share.

    `grades` maps each grade but the lowest to the least share that indicates it; below them all it is `inadequate`.
    """
    if share is None:
        return None
    reached = [(least, name) for name, least in grades.items() if share >= least]
    return max(reached)[1] if reached else LOWEST_GRADE
