"""Care periods, reviews and what was due of reviews, counted from the files of a return without casecheck.

What is counted is what the definitions say: `RNE` `S` starts a period of care, `REC` other than `X1` ends one, and the
18th birthday at the latest; a first review is due within 20 working days, the second within three months of it, others
every six months. Where the start is not in the return the longest of these holds, and what is not late even so is not
known. Of episodes that overlap, one left open ends where the next begins. Children placed for adoption or on short
breaks have times of their own and are left out of the last.
"""

import csv
from calendar import monthrange
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import holidays
import pytest

import casecheck
from casecheck.calendar import DAYS
from casecheck.records.derived import case_as_at
from tests.records.tables.making import ROWS, records, write_return

REAL = Path(__file__).parents[4] / "shared" / "data" / "ssda903"
AS_AT = date(2018, 3, 31)
SINCE = date(2010, 4, 1)
RULE = "looked-after-review-in-time"
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=range(2010, 2020))


class Period(NamedTuple):
    """A period of care: its first day, whether that is the start, and its last day, the 18th birthday at the latest."""

    start: date
    is_start: bool
    end: date


def table(folder, name):
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return datetime.strptime(text, "%d/%m/%Y").date() if text else None


def months_after(start, number):
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def working_days_after(start, number):
    found = start
    while number:
        found += timedelta(1)
        number -= found.weekday() < 5 and found not in BANK_HOLIDAYS
    return found


def eighteenth(born):
    try:
        return born.replace(year=born.year + 18)
    except ValueError:
        return date(born.year + 18, 3, 1)


def rows_by_child(folder):
    """The episodes of each child that had begun by the day of the audit and not after the 18th birthday."""
    born = {row["CHILD"]: day(row["DOB"]) for row in table(folder, "header")}
    found: dict[str, list[dict[str, str]]] = {child: [] for child in born}
    for row in table(folder, "episodes"):
        came_of_age = eighteenth(born[row["CHILD"]])
        if day(row["DECOM"]) <= min(AS_AT, came_of_age):
            found[row["CHILD"]].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (day(row["DECOM"]), day(row["DEC"]) or date.max))
    return born, found


def periods(rows, born):
    """The periods of care of one child."""
    found: list[list] = []
    for place, row in enumerate(rows, 1):
        after = day(rows[place]["DECOM"]) if place < len(rows) else None
        start, end = day(row["DECOM"]), day(row["DEC"]) or after
        over = found and found[-1][2] is not None and found[-1][2] <= start and found[-1][3] != "X1"
        if row["RNE"] == "S" or not found or over:
            found.append([start, row["RNE"] == "S", end, row["REC"]])
        elif found[-1][2] is not None and (end is None or end >= found[-1][2]):
            found[-1][2:] = end, row["REC"]
    result = []
    for place, (start, is_start, end, reason) in enumerate(found):
        if end is not None and end > AS_AT:
            end = None
        following = found[place + 1][0] if place + 1 < len(found) else None
        if following is not None and (end is None or end > following):
            end = following
        elif following is None and reason == "X1":
            end = None
        result.append(Period(start, is_start, min(end or date.max, eighteenth(born))))
    return result


def outcome(due, done, end):
    if done is not None and done <= due:
        return "met"
    if end <= due:
        return None
    if done is not None:
        return "late"
    return "missed" if due < AS_AT else "not_due"


def waits(period, reviews):
    """What became of each review that was due in a period of care."""
    within = sorted({each for each in reviews if period.start <= each <= min(period.end, AS_AT)})
    start, ordinal = period.start, 1
    for done in [*within, None]:
        if ordinal == 1 and period.is_start:
            due = working_days_after(start, 20)
        else:
            due = months_after(start, 3 if ordinal == 2 and period.is_start else 6)
        found = outcome(due, done, period.end)
        if ordinal == 1 and not period.is_start and found not in ("late", "missed"):
            found = "unknown"
        if found is not None:
            yield found
        start, ordinal = done, ordinal + 1


def counted(folder):
    """The periods of care, the reviews seen, and what was due of children whose times are the usual ones, by child."""
    born, rows = rows_by_child(folder)
    reviews: dict[str, list[date]] = {child: [] for child in born}
    for row in table(folder, "reviews"):
        reviews[row["CHILD"]].append(day(row["REVIEW"]))
    care = {child: periods(own, born[child]) for child, own in rows.items()}
    usual = [
        child
        for child, own in rows.items()
        if not any(row["LS"] in ("V3", "V4") or row["PLACE"] in ("A3", "A4", "A5", "A6") for row in own)
    ]
    due = {child: Counter(each for period in care[child] for each in waits(period, reviews[child])) for child in usual}
    seen = {child: sum(each <= AS_AT for each in set(own)) for child, own in reviews.items()}
    return care, seen, due


def care_of(record):
    """The periods of care of a record, as casecheck works them out."""
    case = case_as_at(record, DAYS[AS_AT.isoformat()])
    (episode,) = case.root.children["social_care_episodes"] or ()
    return [
        Period(date.fromordinal(each.start), not each.began_before, date.fromordinal(min(each.end, case.eighteen)))
        for each in episode.children["care_periods"] or ()
    ]


def audited(cases):
    pack = casecheck.load_pack("southampton-2012")
    result = casecheck.audit(cases, pack, as_at=AS_AT, since=SINCE)
    found = {}
    for case in result["cases"]:
        (finding,) = [each for each in case["findings"] if each["rule"] == RULE]
        found[case["case_id"]] = Counter(each["outcome"] for each in finding["obligations"])
    return found


def agree(folder):
    found = records(folder)
    care, seen, due = counted(folder)
    assert {child: care_of(record) for child, record in found.items()} == care
    assert {
        child: len({each["review_date"] for each in reviews if each["review_date"] <= AS_AT.isoformat()})
        for child, record in found.items()
        for reviews in [record["social_care_episodes"][0]["looked_after_reviews"]]
    } == seen
    outcomes = audited(found.values())
    different = {child: (outcomes[child], due[child]) for child in due if outcomes[child] != due[child]}
    assert not different
    return care, seen, due


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared data are not here")
def test_the_real_return_is_counted_alike_without_casecheck():
    care, seen, due = agree(REAL)
    assert (len(care), sum(map(len, care.values())), sum(seen.values())) == (1337, 1144, 3837)
    total: Counter[str] = sum(due.values(), Counter())
    assert total == {"late": 434, "missed": 382, "met": 309, "unknown": 265, "not_due": 153}


def test_a_small_return_is_counted_alike_without_casecheck(tmp_path):
    rows = {
        "header": [*ROWS["header"], "400,2,29/02/2004,WBRI,,,", "500,1,01/02/2000,WBRI,,,"],
        "episodes": [
            *(row for row in ROWS["episodes"] if not row.startswith("100")),
            "400,03/01/2017,S,C2,N1,U4,PR1,,,,,,",
            "500,01/04/2016,S,C2,N1,U4,PR1,20/12/2017,X1,,,,",
            "500,20/12/2017,T,C2,N1,U4,PR1,,,,,,",
        ],
        "reviews": [
            *ROWS["reviews"],
            *(f"400,29/02/2004,{each},PN1" for each in ("31/01/2017", "02/05/2017", "01/11/2017", "08/08/2019")),
            "500,01/02/2000,28/04/2016,PN1",
        ],
    }
    _, _, due = agree(write_return(tmp_path, **rows))
    assert due["400"] == {"met": 2, "late": 1, "not_due": 1}
    assert due["500"] == {"met": 1, "missed": 1}
