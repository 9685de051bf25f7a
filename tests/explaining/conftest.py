"""What the tests of drawings share: a rule written as in a pack, a case, and what is drawn of them."""

import pytest
import yaml

from casecheck.auditing import auditor
from casecheck.calendar import DAYS, add_months
from casecheck.explaining.case import explain
from casecheck.explaining.model import as_document
from casecheck.records.one_case import Found
from casecheck.records.validation import is_valid
from casecheck.reports.explanation_text import explanation_text
from casecheck.rules.loading import load_pack

PACK = """
id: trial
title: A trial
version: "1"
source: {title: A report, publisher: A publisher, date: 2012-01-01, paragraphs: 10}
review_period: 12 months
areas: [{id: an-area, title: An area}]
terms:
  with a parent: {placed_with: parent}
  on a short break: {legal_statuses: {legal_status: [V3, V4]}}
adequate: {fail: {critical: 0}}
grades: {outstanding: 0.95, good: 0.85, adequate: 0.7}
"""
HEAD = {
    "id": "a-rule",
    "title": "It is done",
    "area": "an-area",
    "severity": "major",
    "basis": [{"local": "For a test"}],
}


@pytest.fixture
def explained(tmp_path):
    """The explanation of a record by rules, as plain data."""

    def explained(record, *rules, as_at="2012-04-23"):
        (tmp_path / "pack.yaml").write_text(PACK)
        (tmp_path / "rules.yaml").write_text(yaml.safe_dump([{**HEAD, **yaml.safe_load(rule)} for rule in rules]))
        record = {"la_child_id": "A", **record}
        assert is_valid(record)
        ready = auditor(load_pack(tmp_path), DAYS[as_at], add_months(DAYS[as_at], -12))
        return as_document(explain(ready, Found("a.json", record, ()), "call"))

    return explained


@pytest.fixture
def drawn(explained):
    """What stands below the standard and its source, and above the legend: the records and their timelines."""

    def drawn(record, *rules, as_at="2012-04-23"):
        text = "\n".join(explanation_text(explained(record, *rules, as_at=as_at), asked_for=True))
        return text.partition("For a test\n")[2].partition("\n-----")[0].strip() + "\n"

    return drawn
