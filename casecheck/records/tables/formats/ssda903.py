"""What the mapping of the SSDA903 return cannot say.

- **Where a child's history begins.** The return holds the episodes that were open in its year. A child whose first
  one does not start with S was looked after before it, so nothing is known of care before that day; of a child whose
  first one starts with S nothing is known of what ended before the year.
- **Adoption.** A decision that the child should be placed for adoption, the match with adopters (the part on
  adoptions), and the placement itself (an episode with a placement code A3 to A6) stand in three tables and are one.
"""

from typing import Any, Final

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
        if dated:
            since = _held_since(dated[0], covered)
            record["coverage"] = {**record["coverage"], "from": {ROWS: since, **record["coverage"].get("from", {})}}
        if episode.get("adoption"):
            episode["adoption"] = _adoptions(episode["adoption"], dated)


def _held_since(first: Record, covered: Covered) -> str:
    """The day before which nothing is known of a child's placements, by the first of them."""
    start: str = first["start_date"]
    if first.get("start_reason") == "S" and covered.year_from is not None:
        return min(start, covered.year_from)
    return start


def _adoptions(adoptions: list[Record], rows: list[Record]) -> list[Record]:
    """The decisions, each with the match and the placement that followed it."""
    decisions = [each for each in adoptions if "initial_decision_date" in each]
    matches = [each for each in adoptions if "initial_decision_date" not in each]
    if not decisions:
        return adoptions
    decisions[-1] = {**decisions[-1], **{key: value for each in matches for key, value in each.items()}}
    return [_placed(each, rows) for each in decisions]


def _placed(decision: Record, rows: list[Record]) -> Record:
    start = decision["initial_decision_date"] or ""
    end = decision.get("decision_reversed_date") or "9999"
    placed = [row["start_date"] for row in rows if row.get("placement_type") in ADOPTIVE]
    within = [day for day in placed if start <= day <= end]
    return {**decision, "placed_date": within[0]} if within else decision
