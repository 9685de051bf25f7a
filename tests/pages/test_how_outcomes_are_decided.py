"""The page on outcomes: every case drawn on it is audited, and its days and outcomes are those of the page."""

import re
import textwrap
from datetime import date
from typing import NamedTuple

import pytest
import yaml

import casecheck
from casecheck.calendar import DAYS, add, add_working_days, in_words, parse_duration
from casecheck.rules.examples import Example, read_examples, run_examples
from casecheck.rules.model import KINDS
from casecheck.rules.words import rule_in_words
from tests.pages.reading import DOCS, blocks_of, rows_of

PAGE = (DOCS / "how-outcomes-are-decided.md").read_text(encoding="utf-8")
TABLE = "| | From | Due | Done | Outcome |"
PACK = """\
id: drawn
title: The rules that are drawn
version: "1"
source: {title: The page}
review_period: 12 months
areas: [{id: drawn, title: Drawn}]
adequate: {fail: {critical: 0}}
grades: {outstanding: 0.95, good: 0.85, adequate: 0.7}
"""
HEAD = """\
- id: one
  title: The rule that is drawn
  area: drawn
  severity: major
  basis: [{local: The page}]
"""


class Part(NamedTuple):
    """A part of the page under its heading."""

    title: str
    text: str

    @property
    def drawings(self):
        return [block.text for block in blocks_of(self.text) if block.language == "text"]

    @property
    def rule(self):
        return self._yaml[0]

    @property
    def examples(self):
        return self._yaml[1]

    @property
    def _yaml(self):
        return [block.text for block in blocks_of(self.text) if block.language == "yaml"]


ALL = [Part(*each.split("\n", 1)) for each in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]]
PARTS = [pytest.param(part, id=part.title) for part in ALL if TABLE in part.text]
DRAWN = [pytest.param(part, id=part.title) for part in ALL if TABLE in part.text and part.drawings]


@pytest.fixture
def pack(tmp_path):
    """Loads a pack that holds the rule and the examples of a part."""

    def load(part):
        (tmp_path / "examples").mkdir()
        (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
        (tmp_path / "rules.yaml").write_text(HEAD + textwrap.indent(part.rule, "  "), encoding="utf-8")
        (tmp_path / "examples" / "one.yaml").write_text(part.examples, encoding="utf-8")
        return casecheck.load_pack(tmp_path)

    return load


def obligations_of(example: Example, pack):
    """What an audit of the example finds, one row an obligation as the page has it."""
    case = {"la_child_id": "drawn", **example.says["case"]}
    result = casecheck.audit([case], pack, as_at=example.says["as_at"], since=example.says.get("since"))
    (finding,) = result["cases"][0]["findings"]
    if not finding["obligations"]:
        return [("-", "-", "-", "none")]
    return [(*days_of(each), outcome_of(each)) for each in finding["obligations"]]


def days_of(obligation):
    return tuple(
        "-" if obligation[key] is None else in_words(DAYS[obligation[key]]) for key in ("starts", "due", "done")
    )


def outcome_of(obligation):
    said = {"unknown": "not known", "not_due": "not due"}.get(obligation["outcome"], obligation["outcome"])
    if said == "late":
        said = f"late by {obligation['days_late']} days"
    return said if obligation["counted"] else f"{said}, does not count"


def test_every_kind_of_check_is_drawn():
    kinds = {kind for part in ALL if part.drawings and TABLE in part.text for kind in KINDS if f"{kind}:" in part.rule}
    assert kinds == set(KINDS)


@pytest.mark.parametrize("part", PARTS)
def test_the_rule_of_a_drawing_reads_as_the_page_says(pack, part):
    (rule,) = pack(part).rules
    quoted = " ".join(line.removeprefix(">").strip() for line in part.text.splitlines() if line.startswith(">"))
    assert quoted == rule_in_words(rule)


@pytest.mark.parametrize("part", PARTS)
def test_the_findings_of_a_part_are_those_of_the_audit(pack, part):
    results = run_examples(pack(part), casecheck.audit)
    assert [result.problems for result in results] == [()] * len(yaml.safe_load(part.examples))


@pytest.mark.parametrize("part", PARTS)
def test_the_days_and_outcomes_of_a_part_are_those_of_the_audit(pack, part):
    loaded = pack(part)
    shown = [row[1:] for row in rows_of(part.text, TABLE)]
    found = [obligations_of(example, loaded) for example in read_examples(loaded)]
    if "left out of the table" in part.text:
        assert len(shown) == len(found)
        assert all(row in rows for row, rows in zip(shown, found, strict=True))
    else:
        assert shown == [row for rows in found for row in rows]


LABEL = re.compile(r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b")


@pytest.mark.parametrize("part", DRAWN)
def test_the_days_of_a_drawing_are_days_of_its_case_and_stand_in_their_order(part):
    rows = rows_of(part.text, TABLE)
    known = {date.fromisoformat(day) for day in re.findall(r"\d{4}-\d{2}-\d{2}", part.examples)}
    known |= {each for row in rows for each in map(day_in, row[1:4]) if each}
    known |= {day.replace(year=day.year + 1) for day in known if "until: 1 year" in part.rule}
    for drawing in part.drawings:
        labels = sorted(
            (found.start(), found[1], found[2]) for line in drawing.splitlines() for found in LABEL.finditer(line)
        )
        assert labels
        before = min(known)
        for _, day, month in labels:
            fitting = [each for each in sorted(known) if f"{each.day} {each:%b}" == f"{day} {month}" and each >= before]
            assert fitting, f"{day} {month} is no day of the case, or stands too far right"
            before = fitting[0]


def day_in(cell):
    found = re.fullmatch(r"(\d+) (\w{3})\w* (\d{4})", cell)
    if not found:
        return None
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return date(int(found[3]), months.index(found[2]) + 1, int(found[1]))


def test_working_days_over_easter_are_counted_as_the_page_says():
    (part,) = (each for each in ALL if each.title == "Days and months")
    lines = [line.split() for line in part.drawings[0].splitlines()[1:]]
    counted = {
        int(day): count
        for days, counts in zip(lines[::2], lines[1::2], strict=True)
        for day, count in zip(days, counts, strict=True)
    }
    start = date(2012, 4, 4).toordinal()
    ends = {date.fromordinal(add_working_days(start, count)).day: str(count) for count in range(11)}
    assert {day: count for day, count in counted.items() if count != "-"} == ends
    assert (min(counted), max(counted)) == (4, 22)


@pytest.mark.parametrize(("start", "duration", "end"), rows_of(PAGE, "| From | And | Ends on |"))
def test_durations_end_as_the_page_says(start, duration, end):
    day = day_in(start)
    assert day is not None
    assert in_words(add(day.toordinal(), parse_duration(duration))) == end
