"""What the mapping of the SSDA903 return cannot say.

- **Where a child's history begins.** The return holds the episodes that were open in its year. A child whose first
  one does not start with S was looked after before it, so nothing is known of care before that day; of a child whose
  first one starts with S nothing is known of what ended before the year.
- **Adoption.** A decision that the child should be placed for adoption, the match with adopters (the part on
  adoptions), and the placement itself (an episode with a placement code A3 to A6) stand in three tables and are one.
"""

from typing import Any, Final

from casecheck.records.census_layout import NO_DAY
from casecheck.records.derived import SAME_PLACEMENT
from casecheck.records.tables.covering import Covered

EPISODES: Final = "social_care_episodes"
ROWS: Final = "child_looked_after_placements"
ADOPTIVE: Final = ("A3", "A4", "A5", "A6")

Record = dict[str, Any]


def finish(record: Record, covered: Covered) -> None:
    """Complete the record of one child."""
    for episode in record.get(EPISODES, ()):
        rows = episode.get(ROWS) or []
        dated = [row for row in rows if row.get("start_date")]
        since = _held_since(dated[0], covered) if dated else covered.year_from or "9999"
        if dated:
            record["coverage"] = {**record["coverage"], "from": {ROWS: since, **record["coverage"].get("from", {})}}
        if episode.get("adoption"):
            episode["adoption"] = _adoptions(episode["adoption"], dated, since)


def _held_since(first: Record, covered: Covered) -> str:
    """The day before which nothing is known of a child's placements, by the first of them."""
    start: str = first["start_date"]
    if first.get("start_reason") == "S" and covered.year_from is not None:
        return min(start, covered.year_from)
    return start


def _adoptions(adoptions: list[Record], rows: list[Record], since: str) -> list[Record]:
    """The decisions, each with the match and the placement that followed it; `since` is the day from which the child's
    placements are held.
    """
    decisions = [each for each in adoptions if "initial_decision_date" in each]
    matches = [each for each in adoptions if "initial_decision_date" not in each]
    if not decisions:
        return adoptions
    decisions[-1] = {**decisions[-1], **{key: value for each in matches for key, value in each.items()}}
    return [_placed(each, rows, since) for each in decisions]


def _placed(decision: Record, rows: list[Record], since: str) -> Record:
    """The decision with the day of the placement. Where that may have been before what is held, it is not known."""
    start = decision["initial_decision_date"] or ""
    end = decision.get("decision_reversed_date") or "9999"
    within = [row for row in rows if row.get("placement_type") in ADOPTIVE and start <= row["start_date"] <= end]
    if within and (within[0] is not rows[0] or within[0].get("start_reason") not in SAME_PLACEMENT):
        return {**decision, "placed_date": within[0]["start_date"]}
    return {**decision, "placed_date": NO_DAY} if within or start < since else decision
