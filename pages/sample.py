"""What an audit of the sample shows, beside what the report says: each figure is counted from the files."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

from casecheck.face import audit, load_pack
from pages.markdown import filled, made_from, page, table

SAMPLE: Final = Path(__file__).resolve().parent.parent / "sample_cases"
AS_AT: Final = "2012-04-23"
PERMANENT: Final = "intended_to_last_until_18_flag"

VISITS: Final = (
    "looked-after-visits",
    "looked-after-visits-connected-person",
    "looked-after-visits-parent-unassessed",
    "looked-after-visits-parent-care-order",
    "looked-after-visits-other-arrangements",
)

Record = Mapping[str, Any]


class Sample(NamedTuple):
    """The records of the sample, and the result of their audit by team and by permanence of the placement."""

    records: Sequence[Record]
    result: Mapping[str, Any]

    def episodes(self) -> Iterator[Record]:
        """Every social care episode."""
        for record in self.records:
            yield from record["social_care_episodes"]

    def section(self, name: str) -> Iterator[Record]:
        """Every record of a section of the episodes."""
        for episode in self.episodes():
            yield from episode[name]

    def findings(self, rule: str) -> Counter[str]:
        """How many cases have which finding of a rule."""
        return Counter(
            found["outcome"] for case in self.result["cases"] for found in case["findings"] if found["rule"] == rule
        )

    def in_group(self, by: str, value: str, rules: Iterable[str]) -> tuple[int, int]:
        """Of what fell due by some rules in the cases of a group: how many were met, and of how many."""
        groups = [each for each in self.result["summary"]["groups"] if (each["by"], each["value"]) == (by, value)]
        ratios = [rule["obligation_ratio"] for group in groups for rule in group["rules"] if rule["rule"] in rules]
        return sum(each["numerator"] for each in ratios), sum(each["denominator"] for each in ratios)


def read_sample() -> Sample:
    """The sample, audited as at the day on which the inspection began."""
    files = sorted(SAMPLE.glob("case-*.json"))
    records = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return Sample(records, audit(records, load_pack("southampton-2012"), as_at=AS_AT, by=["team", PERMANENT]))


def figures(sample: Sample) -> list[tuple[str, str, str]]:
    """Paragraphs, what the report says there, and what the sample shows."""
    cases = sample.result["summary"]["cases"]
    late, due = _late_where_not_permanent(sample)
    in_time, visited = _in_time_where_permanent(sample)
    plans = [episode["care_plans"][-1] for episode in sample.episodes() if episode["care_plans"]]
    specific = sum(bool(plan["specific_flag"] and plan["measurable_flag"]) for plan in plans)
    missing, met = _missing_and_met(sample)
    assessed = sample.findings("pathway-assessment-in-time")
    homeless, considered = _in_bed_and_breakfast(sample)
    return [
        (
            "32",
            "Of 20 cases selected at random, half were inadequate.",
            f"{cases['inadequate']} of {cases['audited']} are inadequate.",
        ),
        (
            "145",
            "A third of visits were out of time where the placement was not permanent.",
            f"{late} of {due} visits ({_percent(late, due)}) were late or missed.",
        ),
        (
            "145",
            "Where it was permanent, visits were in time for the vast majority of children.",
            f"They were for {in_time} of {visited} children.",
        ),
        (
            "43",
            "In some cases no core group met between two review conferences.",
            f"None did on {_plans_without_core_group(sample)} plans.",
        ),
        (
            "145",
            "In some records the whole purpose of a visit was 'statutory visit'.",
            f"It is in the records of {_statutory_visits(sample)} visits.",
        ),
        (
            "45",
            "Three young people were in bed and breakfast; no record showed that section 20 was considered.",
            f"{homeless} are, and it was considered for {considered} of them.",
        ),
        (
            "152",
            "The majority of care leavers' files had no comprehensive assessment.",
            f"{assessed['fail']} of {assessed['fail'] + assessed['pass']} have none in time.",
        ),
        (
            "143",
            "The majority of care plans were not specific.",
            f"{len(plans) - specific} of {len(plans)} newest care plans are not specific and measurable.",
        ),
        (
            "114",
            "All foster placements were with providers judged good or better, all homes adequate or better.",
            _providers(sample),
        ),
        (
            "117",
            "A strategy meeting was held for every child looked after who went missing.",
            f"One was held after {met} of {missing} episodes.",
        ),
        ("46", "Supervision was good in one team (Jigsaw), and poor in others.", _supervision(sample)),
    ]


def the_sample() -> str:
    """The page."""
    sample = read_sample()
    lines = [*made_from("an audit of sample_cases/"), "# The sample beside the report", ""]
    lines += filled(
        "The 20 files in [`sample_cases/`](../sample_cases) are invented. They were written to show what the "
        "inspection report of 2012 said of Southampton's files, and they do. **That proves nothing of any child or "
        "council**: it shows what an audit by casecheck looks like when files are as the report describes them."
    )
    lines += ["", *table(("Paragraph", "The report", "The sample, as at 23 April 2012"), figures(sample))]
    lines += ["", *filled("`casecheck audit sample_cases --by team` prints that audit.")]
    return page(lines)


# --- figures ---------------------------------------------------------------------------------------------------------


def _late_where_not_permanent(sample: Sample) -> tuple[int, int]:
    met, due = sample.in_group(PERMANENT, "no", VISITS)
    return due - met, due


def _in_time_where_permanent(sample: Sample) -> tuple[int, int]:
    outcomes = [
        {found["outcome"] for found in case["findings"] if found["rule"] in VISITS} & {"pass", "fail"}
        for case in sample.result["cases"]
        if case["groups"][PERMANENT] == "yes"
    ]
    visited = [each for each in outcomes if each]
    return sum("fail" not in each for each in visited), len(visited)


def _plans_without_core_group(sample: Sample) -> int:
    without = 0
    for plan in sample.section("child_protection_plans"):
        met = [each["meeting_date"] for each in plan["core_groups"]]
        reviews = [each["review_date"] for each in plan["child_protection_reviews"]]
        without += any(not any(earlier <= day <= later for day in met) for earlier, later in pairwise(reviews))
    return without


def _statutory_visits(sample: Sample) -> int:
    purposes = (each["visit_purpose"] or "" for each in sample.section("looked_after_visits"))
    return sum(purpose.casefold() == "statutory visit" for purpose in purposes)


def _in_bed_and_breakfast(sample: Sample) -> tuple[int, int]:
    there = [
        episode
        for episode in sample.episodes()
        if any(each["accommodation_type"] == "bed_and_breakfast" for each in episode["accommodations"])
    ]
    considered = sum(
        any(each["section_20_considered_flag"] for each in episode["homelessness_presentations"]) for episode in there
    )
    return len(there), considered


def _providers(sample: Sample) -> str:
    judged: dict[str, Counter[bool]] = {"F": Counter(), "K": Counter()}
    for row in sample.section("child_looked_after_placements"):
        judgement, kind = row["provider_judgement"], row["placement_type"][:1]
        if judgement is not None and kind in judged:
            enough = ("outstanding", "good") if kind == "F" else ("outstanding", "good", "adequate")
            judged[kind][judgement in enough] += 1
    foster, homes = judged["F"], judged["K"]
    return (
        f"{foster[True]} of {foster.total()} foster placements with a judgement on record, and {homes[True]} of "
        f"{homes.total()} in homes."
    )


def _missing_and_met(sample: Sample) -> tuple[int, int]:
    missing = [
        each
        for episode in sample.episodes()
        if episode["child_looked_after_placements"]
        for each in episode["missing_episodes"]
        if each["missing_episode_type"] == "M"
    ]
    return len(missing), sum(each["strategy_meeting_date"] is not None for each in missing)


def _supervision(sample: Sample) -> str:
    shares = [
        f"{team} {_percent(*sample.in_group('team', team, ('supervision-held',)))}"
        for team in ("Jigsaw", "Protection and Court East", "Protection and Court West")
    ]
    return f"Supervisions held in time: {', '.join(shares)}."


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%"
