"""What the mapping of Annex A cannot say.

- **Referrals and cases.** A referral of list 3 that is the beginning of a case of list 6 is that case.
- **Enquiries.** One begins with the strategy discussion that initiated it, which is the day that list 5 holds.
- **Placements.** List 8 holds when the child came into care and the placement that is latest. What lay between is one
  row of which nothing is known but that the child was in care, and a child's placements are held from the latest on.
- **Leaving care**, as `leavers` has it.
"""

from casecheck.calendar import DAYS, UNKNOWN
from casecheck.records.census_layout import NO_DAY
from casecheck.records.tables.covering import Covered
from casecheck.records.tables.formats.leavers import EPISODES, ROWS, Record, leaving_care


def finish(record: Record, covered: Covered) -> None:
    """Complete the record of one child."""
    if EPISODES not in record:
        return
    record[EPISODES] = _cases(record[EPISODES])
    for episode in record[EPISODES]:
        for enquiry in episode.get("section_47_assessments") or ():
            if "strategy_discussion_date" in enquiry:
                enquiry["start_date"] = enquiry["strategy_discussion_date"]
        if episode.get(ROWS):
            episode[ROWS] = _placements(episode[ROWS])
            since = max((row.get("start_date") or NO_DAY for row in episode[ROWS]), default=NO_DAY)
            if since != NO_DAY:
                record["coverage"] = {
                    **record["coverage"],
                    "from": {**record["coverage"].get("from", {}), ROWS: since},
                }
    leaving_care(record, covered)


def _cases(episodes: list[Record]) -> list[Record]:
    """The episodes, each referral joined to the case that began on the day of it."""
    referrals = [each for each in episodes if each.get("closure_date") == NO_DAY and "primary_need_code" not in each]
    kept = [each for each in episodes if each not in referrals]
    for referral in referrals:
        day = referral.get("referral_date")
        case = next((each for each in kept if each.get("referral_date") == day and DAYS[day or ""] > UNKNOWN), None)
        if case is None:
            kept.append(referral)
            continue
        for name, value in referral.items():
            if isinstance(value, list):
                case[name] = [*(case.get(name) or ()), *value]
            else:
                case.setdefault(name, value)
    return sorted(kept, key=lambda each: each.get("referral_date") or "")


def _placements(rows: list[Record]) -> list[Record]:
    """The periods of care, each as the row of its latest placement, behind one for the time before that."""
    found: list[Record] = []
    latest = [row for row in rows if "start_reason" not in row]
    for period in (row for row in rows if "start_reason" in row):
        start, end = period.get("start_date"), period.get("end_date")
        own = next((row for row in latest if row.get("end_date") == end), None)
        if own is None:
            found.append(period)
            continue
        latest.remove(own)
        moved = own.get("start_date")
        if moved and start and DAYS[moved] > DAYS[start] > UNKNOWN:
            before = {**period, "end_date": moved, "end_reason": "X1"}
            found += [before, {**period, **own, "start_reason": "P"}]
        else:
            found.append({**own, **period})
    return found
