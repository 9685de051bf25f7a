"""What lists of care leavers hold, which both Annex A and the Standard Safeguarding Dataset have.

- **Eligible from when.** Who is in the list, is 18 or over and of whose care nothing is held is a former relevant
  child, and so has been eligible from the 18th birthday at the latest.
- **The pathway plan** is held from its latest review on; where the list has no review, not at all.
"""

from typing import Any, Final

from casecheck.calendar import DAYS, OPEN, UNKNOWN, birthday, iso
from casecheck.records.tables.covering import Covered

EPISODES: Final = "social_care_episodes"
ROWS: Final = "child_looked_after_placements"

Record = dict[str, Any]


def leaving_care(record: Record, covered: Covered) -> None:
    """Complete what the record holds of leaving care."""
    episodes = record[EPISODES]
    born = DAYS[record.get("child_details", {}).get("date_of_birth") or ""]
    of_age = UNKNOWN < born < OPEN and covered.to is not None and birthday(born, 18) <= DAYS[covered.to]
    in_care = any(episode.get(ROWS) for episode in episodes)
    for leaver in (each for episode in episodes for each in episode.get("care_leavers") or ()):
        if of_age and not in_care:
            leaver["became_eligible_date"] = iso(birthday(born, 18))
        plans = [plan for plan in leaver.pop("pathway_plans", ()) if plan.get("pathway_plan_reviews")]
        for plan in plans:
            plan["start_date"] = plan["pathway_plan_reviews"][-1]["review_date"]
        if plans:
            leaver["pathway_plans"] = plans
