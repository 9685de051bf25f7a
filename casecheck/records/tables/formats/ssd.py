"""What the mapping of the Standard Safeguarding Dataset cannot say.

- **Care.** `ssd_cla_episodes` has the rows of care, `ssd_cla_placement` the placements, each of which may go on through
  several rows. A row takes over what its placement says, by the placement's number, else by the day.
- **Conferences.** `ssd_initial_cp_conference` names the enquiry that led to each, which takes over its days.
- **Advisers.** `ssd_care_leavers` says who the personal adviser is and not since when, so of a care leaver of whom
  `ssd_involvements` holds no adviser it is not known.
- **Leaving care**, as `leavers` has it.
"""

from collections.abc import Iterable
from typing import Final

from casecheck.calendar import DAYS, UNKNOWN
from casecheck.records.census_layout import NO_DAY
from casecheck.records.tables.covering import Covered
from casecheck.records.tables.formats.leavers import EPISODES, ROWS, Record, leaving_care

ENQUIRIES: Final = "section_47_assessments"
WORKERS: Final = "care_worker_details"
ADVISER: Final = "personal_adviser"
CONFERENCES: Final = (EPISODES, "initial_child_protection_conferences")


def finish(record: Record, covered: Covered) -> None:
    """Complete the record of one child."""
    if EPISODES not in record:
        return
    _care(record[EPISODES])
    _enquiries(record[EPISODES], CONFERENCES in covered.filled)
    _advisers(record[EPISODES])
    leaving_care(record, covered)


def _care(episodes: list[Record]) -> None:
    rows = [row for episode in episodes for row in episode.get(ROWS) or ()]
    placements = [row for row in rows if "start_reason" not in row]
    if len(placements) in (0, len(rows)):
        return
    for episode in episodes:
        if ROWS in episode:
            own = [row for row in episode[ROWS] if "start_reason" in row]
            episode[ROWS] = [_placed(row, placements) for row in own]


def _placed(row: Record, placements: Iterable[Record]) -> Record:
    """The row with what its placement says. Why the placement changed is said where both end on one day."""
    number, start = row.get("child_looked_after_placement_id"), row.get("start_date") or ""
    found = [each for each in placements if number and each.get("child_looked_after_placement_id") == number]
    found = found or [each for each in placements if _in_force(each, start)]
    if not found:
        return row
    placement = found[-1]
    own = {"start_date", "end_date"} | (
        {"change_reason"} if placement.get("end_date") != row.get("end_date") else set()
    )
    return {**{name: value for name, value in placement.items() if name not in own}, **row}


def _in_force(placement: Record, day: str) -> bool:
    start, end = placement.get("start_date") or "", placement.get("end_date")
    return UNKNOWN < DAYS[start] <= DAYS[day] and (end is None or DAYS[end] > DAYS[day])


def _enquiries(episodes: list[Record], conferences_held: bool) -> None:
    rows = [row for episode in episodes for row in episode.get(ENQUIRIES) or ()]
    led_to = {row.get("section_47_assessment_id"): row for row in rows if "start_date" not in row}
    for episode in episodes:
        if ENQUIRIES not in episode:
            continue
        episode[ENQUIRIES] = [row for row in episode[ENQUIRIES] if "start_date" in row]
        for enquiry in episode[ENQUIRIES]:
            conference = led_to.get(enquiry.get("section_47_assessment_id"))
            if conference is not None and enquiry.get("section_47_assessment_id"):
                enquiry.update(
                    {name: conference[name] for name in ("icpc_date", "icpc_target_date") if name in conference}
                )
            elif not conferences_held:
                enquiry["icpc_date"] = NO_DAY


def _advisers(episodes: list[Record]) -> None:
    workers = [worker for episode in episodes for worker in episode.get(WORKERS) or ()]
    if any(worker.get("role") == ADVISER for worker in workers):
        return
    for episode in episodes:
        if episode.get("care_leavers") and WORKERS in episode:
            episode[WORKERS] = [{"role": ADVISER, "start_date": NO_DAY}, *episode[WORKERS]]
