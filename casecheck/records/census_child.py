"""One `Child` of a Children in Need census return as a case record.

The record holds every section that a return carries, empty where the return has nothing of it. What is no date
becomes a day that no calendar has, with a note, so that what needs it is unknown. `DateOfInitialCPC` stands on the
enquiry that led to the conference, or on the case where none did (a child who moved in); both are listed as the
case's conferences.
"""

from collections.abc import Callable, Collection
from typing import Any, Final

from casecheck.calendar import DAYS, UNKNOWN
from casecheck.records.case import Note
from casecheck.records.census_coverage import EPISODES, IN_NEED_PLANS, PLANS, REVIEWS, Covered, coverage
from casecheck.records.census_layout import (
    ASSESSMENT,
    ASSESSMENTS,
    CHARACTERISTICS,
    CONFERENCES,
    DETAILS,
    DISABILITY,
    ENQUIRIES,
    ENQUIRY,
    FACTOR,
    GROUP_OF,
    GROUPS,
    IDENTIFIERS,
    IN_NEED_PLAN,
    NO_DAY,
    PROTECTION_PLAN,
    PUPIL_NUMBERS,
    REVIEW,
    Element,
    Fields,
    Read,
    read_date,
)
from casecheck.records.validation import described

Row = dict[str, Any]

_CONFERENCE_OF_THE_CASE: Final = (
    "has no conference date, but the case has one (DateOfInitialCPC) that may be this enquiry's; taken as not known"
)
_OPEN_FOR_LONG: Final = (
    "was begun before the collection year and has no end, which the census's own check {check} does not expect"
)


class ChildReader:
    """Reads the children of one return. An element that it does not know is noted with the first child that has it."""

    def __init__(self, covered: Covered) -> None:
        self.covered = covered
        self._unknown: set[str] = set()
        self._notes: list[Note] = []

    def read(self, child: Element) -> tuple[Row, tuple[Note, ...]]:
        """The case record of a `Child`, and what is to be said of it."""
        self._notes = []
        self._fields(child, "", {}, GROUPS)
        record: Row = {}
        for group in child.named("ChildIdentifiers"):
            for part in group.named("LAchildID"):
                record.setdefault("la_child_id", part.text)
        record["child_details"] = self._child_details(child)
        record[EPISODES] = self._each(child, "CINdetails", f"/{EPISODES}", self._episode)
        record["coverage"] = self._coverage(record[EPISODES])
        return record, tuple(self._notes)

    def _coverage(self, episodes: list[Row]) -> Row:
        reviews = [
            review["review_date"]
            for episode in episodes
            for plan in episode[PLANS]
            for review in plan[REVIEWS]
            if DAYS[review["review_date"]] >= DAYS[plan.get("start_date", NO_DAY)] > UNKNOWN
        ]
        return coverage(self.covered, reviews, any(episode[IN_NEED_PLANS] for episode in episodes))

    def _child_details(self, child: Element) -> Row:
        place = "/child_details"
        details: Row = {}
        for group in child.named("ChildIdentifiers"):
            details |= self._fields(group, place, IDENTIFIERS, PUPIL_NUMBERS)
        for group in child.named("ChildCharacteristics"):
            details |= self._fields(group, place, CHARACTERISTICS, ("Disabilities",))
            for codes in group.named("Disabilities"):
                details["disabilities"] = self._codes(codes, place, DISABILITY)
        if "expected_date_of_birth" in details:
            details.setdefault("date_of_birth", None)
        return details

    def _episode(self, details: Element, place: str) -> Row:
        episode = self._fields(details, place, DETAILS, tuple(GROUP_OF.values()), own="referral_date")
        conference = episode.pop(CONFERENCES, None)
        episode[ASSESSMENTS] = self._within(details, ASSESSMENTS, place, self._assessment)
        episode[ENQUIRIES] = self._within(details, ENQUIRIES, place, self._enquiry)
        held = {conference, *(enquiry.get("icpc_date") for enquiry in episode[ENQUIRIES])} - {None}
        episode[CONFERENCES] = [{"icpc_date": day} for day in sorted(held)]
        for number, enquiry in enumerate(episode[ENQUIRIES]):
            self._settle(enquiry, conference, f"{place}/{ENQUIRIES}/{number}")
        episode[IN_NEED_PLANS] = self._within(details, IN_NEED_PLANS, place, self._in_need_plan)
        episode[PLANS] = self._within(details, PLANS, place, self._protection_plan)
        return episode

    def _assessment(self, element: Element, place: str) -> Row:
        holders = ("FactorsIdentifiedAtAssessment", "AssessmentFactors")
        row = self._fields(element, place, ASSESSMENT, holders, own="start_date")
        row["assessment_type"] = "child_and_family"
        row["factors"] = self._codes(element, place, FACTOR)
        if "authorisation_date" not in row:
            self._note_if_open_for_long(row, place, "8736")
        return row

    def _enquiry(self, element: Element, place: str) -> Row:
        return self._fields(element, place, ENQUIRY, own="start_date")

    def _settle(self, enquiry: Row, conference: str | None, place: str) -> None:
        """An enquiry that called for a conference and has none: doubtful where the case has one that may be its own."""
        if "icpc_date" in enquiry or enquiry.get("icpc_required_flag") is False:
            return
        if conference == NO_DAY or (conference or "") >= enquiry.get("start_date", NO_DAY):
            enquiry["icpc_date"] = NO_DAY
            self._notes.append(Note(f"{place}/icpc_date", _CONFERENCE_OF_THE_CASE))
        elif enquiry.get("icpc_required_flag"):
            self._note_if_open_for_long(enquiry, place, "8740")

    def _in_need_plan(self, element: Element, place: str) -> Row:
        return self._fields(element, place, IN_NEED_PLAN, own="start_date")

    def _protection_plan(self, element: Element, place: str) -> Row:
        [(review, (field, read))] = REVIEW.items()
        holders = ("Reviews", "CPPreviews", review)
        plan = self._fields(element, place, PROTECTION_PLAN, holders, own="start_date")
        plan[REVIEWS] = []
        for number, part in enumerate(element.beneath(review)):
            plan[REVIEWS].append({field: self._value(part.text, read, f"{place}/{REVIEWS}/{number}", field)})
        return plan

    def _within(self, details: Element, section: str, place: str, read: Callable[[Element, str], Row]) -> list[Row]:
        """The groups of CINdetails that become that section."""
        return self._each(details, GROUP_OF[section], f"{place}/{section}", read)

    def _each(self, parent: Element, name: str, place: str, read: Callable[[Element, str], Row]) -> list[Row]:
        """The groups of that name as records; blank ones are passed over."""
        rows: list[Row] = []
        for part in parent.named(name):
            rows.append(read(part, f"{place}/{len(rows)}"))
        return rows

    def _fields(
        self, group: Element, place: str, fields: Fields, others: Collection[str] = (), own: str | None = None
    ) -> Row:
        """The fields of a group; `others` are names read elsewhere, `own` the date that it should not be without."""
        row: Row = {}
        for name, text, _, _ in group.parts:
            if name in fields:
                field, read = fields[name]
                if field in row:
                    self._notes.append(Note(f"{place}/{field}", "is given more than once; the first counts"))
                elif text:
                    value = self._value(text, read, place, field)
                    if value is not None:
                        row[field] = value
            elif name not in others:
                self._tell_of(name, place)
        if own is not None and own not in row:
            self._notes.append(Note(f"{place}/{own}", "has no date in the return"))
        return row

    def _codes(self, group: Element, place: str, kind: Fields) -> list[Any]:
        [(name, (field, read))] = kind.items()
        read_ones = (self._value(part.text, read, place, field) for part in group.beneath(name) if part.text)
        return [code for code in read_ones if code is not None]

    def _value(self, text: str, read: Read, place: str, field: str) -> Any:
        """What a text says; of one that says nothing of the kind a note, and for a date the day that is none."""
        try:
            return read(text)
        except ValueError as right:
            is_date = read is read_date
            doubt = "it is taken as not known" if is_date else "it is left out"
            shown = described(text, plain=not place.startswith("/child_details"))
            self._notes.append(Note(f"{place}/{field}", f"is {shown} in the return; it should be {right}, and {doubt}"))
            return NO_DAY if is_date else None

    def _tell_of(self, name: str, place: str) -> None:
        if name not in self._unknown:
            self._unknown.add(name)
            self._notes.append(
                Note(place, f"has an element {name[:60]} in the return, which is not known and not read")
            )

    def _note_if_open_for_long(self, row: Row, place: str, check: str) -> None:
        if self.covered.since is not None and NO_DAY < row.get("start_date", NO_DAY) < self.covered.since:
            self._notes.append(Note(place, _OPEN_FOR_LONG.format(check=check)))
