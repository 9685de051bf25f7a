"""A case file as a reader on the audit date would find it: records with their days, in a tree.

What is here of the case schema (natures, dates, what follows from what) is written down a second time, from the
specification; `tests/engine/test_oracle_schema.py` holds it against the schema itself.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from casecheck.calendar import birthday


class Nature(NamedTuple):
    """What a section is: `event`, `work` or `lasting`, the fields of its first and last day, where it stands."""

    nature: str
    first: str
    last: str
    parent: str
    one_at_a_time: bool = False
    ends_at_18: bool = False
    in_turn_by: str = ""
    ends_with: str = ""
    outlasts: bool = False


EPISODE = "social_care_episodes"
PLAN = "child_protection_plans"

SECTIONS = {
    "child": Nature("child", "", "", ""),
    EPISODE: Nature("lasting", "referral_date", "closure_date", "child"),
    "care_worker_details": Nature("lasting", "start_date", "end_date", EPISODE, in_turn_by="role", outlasts=True),
    "child_and_family_assessments": Nature("work", "start_date", "authorisation_date", EPISODE),
    "section_47_assessments": Nature("work", "start_date", "end_date", EPISODE),
    "child_in_need_plans": Nature("lasting", "start_date", "end_date", EPISODE),
    PLAN: Nature("lasting", "start_date", "end_date", EPISODE),
    "core_groups": Nature("event", "meeting_date", "meeting_date", PLAN),
    "child_protection_reviews": Nature("event", "review_date", "review_date", PLAN),
    "actions": Nature("work", "set_date", "completed_date", PLAN),
    "child_looked_after_placements": Nature("lasting", "start_date", "end_date", EPISODE, True, True),
    "placements": Nature("lasting", "start_date", "end_date", EPISODE, True, True),
    "care_periods": Nature("lasting", "start_date", "end_date", EPISODE, True, True),
    "legal_statuses": Nature("lasting", "start_date", "end_date", EPISODE, True, True),
    "looked_after_visits": Nature("event", "visit_date", "visit_date", EPISODE),
    "looked_after_reviews": Nature("event", "review_date", "review_date", EPISODE),
    "care_plans": Nature("lasting", "start_date", "end_date", EPISODE, True, ends_with="care_periods"),
    "supervisions": Nature("event", "supervision_date", "supervision_date", EPISODE),
    "missing_episodes": Nature("work", "start_date", "end_date", EPISODE),
}

PLACED_WITH = {
    "P1": "parent",
    "U1": "foster_care",
    "U4": "foster_care",
    "K2": "childrens_home",
    "A3": "adoption",
    "T1": "other",
}
GOES_ON = ("L", "T", "U")


@dataclass(eq=False)
class Record:
    """One record as at the audit date. `last` is None while it has not ended (work: is not completed)."""

    section: str
    fields: dict[str, Any]
    first: int
    last: int | None
    parent: "Record | None"
    pointer: str
    inner: dict[str, list["Record"]] = field(default_factory=dict)
    rows: list["Record"] = field(default_factory=list)
    text: str = ""

    @property
    def nature(self) -> str:
        return SECTIONS[self.section].nature

    def siblings(self) -> list["Record"]:
        return self.parent.inner[self.section] if self.parent else [self]

    def in_turn(self) -> list["Record"]:
        """Those of the list that follow one another: where the section has a field for it, the same ones in that."""
        by = SECTIONS[self.section].in_turn_by
        return [each for each in self.siblings() if not by or each.fields[by] == self.fields[by]]

    def on(self, day: int) -> dict[str, Any]:
        """The fields on a day: for a placement those of its row in force, the later where two share the day."""
        begun = [row for row in self.rows if row.first <= day]
        row = begun[-1] if begun else self.rows[0] if self.rows else self
        return row.fields

    def in_force(self, day: int) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class File(NamedTuple):
    """The child's record as at a day."""

    child: Record
    as_at: int
    born: int | None


def number(text: str | None) -> int | None:
    return None if text is None else date.fromisoformat(text).toordinal()


def read(case: dict[str, Any], as_at: int) -> File:
    """The file of one case as at a day: what happened later is not in it."""
    born = number(case.get("child_details", {}).get("date_of_birth"))
    child = Record("child", {}, 0, None, None, "")
    for name, listed in case.items():
        if name in SECTIONS:
            read_list(child, name, listed, as_at, born, f"/{name}")
    for episode in child.inner.get(EPISODE, []):
        derive(episode, born, as_at)
    return File(child, as_at, born)


def read_list(parent: Record, name: str, listed: list[Any], as_at: int, born: int | None, pointer: str) -> None:
    nature = SECTIONS[name]
    records = []
    for index, raw in enumerate(listed):
        first, last = number(raw[nature.first]), number(raw.get(nature.last))
        if first is None or first > as_at:
            continue
        last = None if last is not None and last > as_at else last
        here = f"{pointer}/{index}"
        fields = {key: seen(key, value, as_at) for key, value in raw.items() if key not in SECTIONS}
        fields.setdefault(nature.last, None)
        record = Record(name, fields, first, last, parent, here, text=json.dumps(raw, sort_keys=True))
        for key, value in raw.items():
            if key in SECTIONS:
                read_list(record, key, value, as_at, born, f"{here}/{key}")
        records.append(record)
    records.sort(key=lambda record: (record.first, record.last or 10**9, record.text))
    parent.inner[name] = end_with_the_one_around(settle(records, born))


def seen(key: str, value: Any, as_at: int) -> Any:
    """A date that tells what happened, and lies after the audit date, has not happened yet."""
    happened = key.endswith("_date") and key != "due_date" and isinstance(value, str)
    return None if happened and date.fromisoformat(value).toordinal() > as_at else value


def settle(records: list[Record], born: int | None) -> list[Record]:
    """End what ends at 18, and what stands one at a time where the next begins. The records are in order."""
    if not records:
        return records
    nature = SECTIONS[records[0].section]
    if nature.one_at_a_time:
        for earlier, later in pairwise(records):
            if earlier.last is None or earlier.last > later.first:
                earlier.last = later.first
    if nature.ends_at_18 and born is not None:
        of_age = birthday(born, 18)
        records = [record for record in records if record.first <= of_age]
        for record in records:
            record.last = of_age if record.last is None else min(record.last, of_age)
    return records


def end_with_the_one_around(records: list[Record]) -> list[Record]:
    """Nothing lasts longer than what lasts around it, but for what may; what began after that stands as written."""
    for record in records:
        around = record.parent
        if record.nature == "lasting" and around and around.last and not SECTIONS[record.section].outlasts:
            end_by(record, around.last, around.last)
    return records


def end_by(record: Record, day: int, as_at: int) -> None:
    """End it by the day, which stands in the record only when it has come."""
    if record.first <= day and (record.last is None or record.last > day):
        record.last = day
        if day <= as_at:
            ended = {SECTIONS[record.section].last: date.fromordinal(day).isoformat()}
            record.fields |= ended
            record.text = json.dumps({**json.loads(record.text), **ended}, sort_keys=True)


def end_with_care(episode: Record, as_at: int) -> None:
    """A care plan ends with the care of the day on which it began, or with the first care after it."""
    for name, listed in episode.inner.items():
        for record in listed if SECTIONS[name].ends_with else []:
            periods = episode.inner[SECTIONS[name].ends_with]
            day = record.first
            while periods and day <= periods[-1].first and not any(period.in_force(day) for period in periods):
                day += 1
            on_the_day = [period for period in periods if period.in_force(day)]
            if on_the_day and on_the_day[-1].last:
                end_by(record, on_the_day[-1].last, as_at)


def derive(episode: Record, born: int | None, as_at: int) -> None:
    """Work out placements and care periods from the rows, and join adjoining rows of one legal status."""
    rows = episode.inner.setdefault("child_looked_after_placements", [])
    placements: list[list[Record]] = []
    periods: list[list[Record]] = []
    for row in rows:
        goes_on = row.fields.get("start_reason") in GOES_ON
        if placements and goes_on and placements[-1][-1].last == row.first:
            placements[-1].append(row)
        elif left := left_for_a_stay(rows[: rows.index(row)], row):
            home = next(run for run in placements if left in run)
            away = placements[placements.index(home) + 1 :]
            placements = placements[: placements.index(home) + 1]
            home += [stay for run in away for stay in run] + [row]
        else:
            placements.append([row])
        if not periods or row.fields.get("start_reason") == "S" or left_care(periods[-1][-1]):
            periods.append([row])
        else:
            periods[-1].append(row)
    for row in rows:
        row.fields["placed_with"] = PLACED_WITH[row.fields["placement_type"]]
    episode.inner["placements"] = [join("placements", run, episode) for run in placements]
    in_care = [join("care_periods", run, episode) for run in periods]
    for period, run in zip(in_care, periods, strict=True):
        period.last = run[-1].last if left_care(run[-1]) else None
    episode.inner["care_periods"] = end_with_the_one_around(settle(in_care, born))
    end_with_care(episode, as_at)
    if "legal_statuses" in episode.inner:
        runs: list[list[Record]] = []
        for status in episode.inner["legal_statuses"]:
            before = runs[-1][-1] if runs else None
            if before and goes_on_as(before, status):
                runs[-1].append(status)
            else:
                runs.append([status])
        episode.inner["legal_statuses"] = [join("legal_statuses", run, episode) for run in runs]


def left_for_a_stay(rows: list[Record], row: Record) -> Record | None:
    """The row of the same kind that the child left for a temporary stay, or several, from which this row leads back."""
    adjoining = row
    for before in rows[::-1]:
        if before.last != adjoining.first:
            return None
        if before.fields["placement_type"] != "T1":
            back = adjoining is not row and before.fields["placement_type"] == row.fields["placement_type"]
            return before if back else None
        adjoining = before
    return None


def goes_on_as(before: Record, after: Record) -> bool:
    """Whether two rows of legal status adjoin, with no day between them, and are of one status."""
    adjoins = before.last in (after.first, after.first - 1)
    return adjoins and before.fields["legal_status"] == after.fields["legal_status"]


def left_care(row: Record) -> bool:
    return row.last is not None and row.fields.get("end_reason") not in (None, "X1")


def join(section: str, run: list[Record], episode: Record) -> Record:
    rows = run if section == "placements" else []
    first, last = run[0], run[-1].last
    return Record(section, first.fields, first.first, last, episode, first.pointer, {}, rows, first.text)


def around(record: Record, section: str) -> list[Record]:
    """All records of a section beneath the nearest record around whose section is an ancestor of it."""
    above = ancestors(section)
    holder: Record | None = record
    while holder is not None and holder.section not in above:
        holder = holder.parent
    return beneath(holder, section) if holder else []


def ancestors(section: str) -> list[str]:
    parent = SECTIONS[section].parent
    return [parent, *ancestors(parent)] if parent else []


def beneath(record: Record, section: str) -> list[Record]:
    found = list(record.inner.get(section, []))
    for listed in record.inner.values():
        for each in listed:
            found += beneath(each, section)
    return sorted(found, key=lambda each: (each.first, each.last or 10**9))


def everywhere(child: Record, section: str) -> list[Record]:
    return beneath(child, section)
