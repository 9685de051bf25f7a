"""Whatever rule and whatever record: the explanation never fails, and tells just what the audit found.

New rules of the packs come under this by themselves. What a source does not hold is taken out of made-up records by
chance, so that every kind of doubt occurs.
"""

from copy import deepcopy
from datetime import date
from random import Random

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecheck.auditing import audit_case, auditor
from casecheck.explaining.case import explain
from casecheck.explaining.model import as_document
from casecheck.generating import case_records
from casecheck.records.case import CARE_LEAVERS
from casecheck.records.derived import case_as_at
from casecheck.records.one_case import Found
from casecheck.records.schema import sections
from casecheck.records.validation import is_valid
from casecheck.reports.explanation_text import explanation_text
from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs
from tests import strategies as make

AS_AT = date(2012, 4, 23).toordinal()
SINCE = date(2011, 4, 23).toordinal()
TOLD = ("pointer", "evidence", "starts", "due", "done", "limit", "outcome", "days_late", "counted")


def in_order(obligations):
    return sorted(([each[name] for name in TOLD] for each in obligations), key=repr)


def explained_as_audited(pack, record, since, as_at):
    """The explanation of a record as plain data, held against what the audit finds."""
    ready = auditor(pack, as_at, since)
    entry = audit_case(ready, case_as_at(record, as_at, ready.reads))
    document = as_document(explain(ready, Found("a source", record, ()), "call"))
    assert document["adequate"] == entry["adequate"]
    for found, told in zip(document["findings"], entry["findings"], strict=True):
        assert (found["rule"], found["outcome"], found["message"]) == (told["rule"], told["outcome"], told["message"])
        obligations = [each for applied in found["applied"] for each in applied["obligations"]]
        assert in_order(obligations) == in_order(told["obligations"])
        for applied in found["applied"]:
            assert list(applied["lines"]) == sorted(applied["lines"], key=lambda line: line["day"])
            if any(each["outcome"] == "unknown" for each in applied["obligations"]):
                assert applied["missing"], (found["rule"], applied["pointer"])
    assert orjson.loads(orjson.dumps(document)) == document
    assert all(line == line.rstrip() for line in explanation_text(document, asked_for=True))
    return document


# --- made-up records and the shipped packs ---------------------------------------------------------------------------


def thinned(record, chance):
    """The record with some of what it holds left out, made empty or impossible, and a coverage that says so."""
    record = deepcopy(record)
    _thin(record, chance)
    if chance.random() < 0.5:
        names = [path[-1] for path in sections() if len(path) == 2 and path != CARE_LEAVERS and path[0] != "coverage"]
        record["coverage"] = {
            "from": dict.fromkeys(chance.sample(names, 4), "2011-09-01"),
            "latest_only": chance.sample(names, 2),
            "not_held": chance.sample(names, 2),
            **({"to": "2012-03-01"} if chance.random() < 0.4 else {}),
        }
    return record


def _thin(held, chance):
    if isinstance(held, list):
        for each in held:
            _thin(each, chance)
    elif isinstance(held, dict):
        for name in list(held):
            if name == "la_child_id":
                continue
            luck = chance.random()
            if luck < 0.05:
                del held[name]
            elif luck < 0.07 and name.endswith("_date"):
                held[name] = "2011-02-31"
            elif luck < 0.09 and name.endswith("end_date"):
                held[name] = None
            else:
                _thin(held[name], chance)


@pytest.mark.parametrize("name", sorted(shipped_packs()))
def test_of_made_up_records_the_explanation_tells_what_the_audit_found(name):
    pack = load_pack(name)
    for record in case_records(25, 3, AS_AT):
        explained_as_audited(pack, record, SINCE, AS_AT)


@pytest.mark.parametrize("name", sorted(shipped_packs()))
def test_of_records_that_do_not_hold_all_it_says_what_is_missing(name):
    pack, chance = load_pack(name), Random(11)
    for record in case_records(60, 5, AS_AT):
        thin = thinned(record, chance)
        if is_valid(thin):
            explained_as_audited(pack, thin, SINCE, AS_AT)


def test_of_a_record_that_holds_nothing_it_says_what_is_missing():
    for name in shipped_packs():
        explained_as_audited(load_pack(name), {"la_child_id": "A"}, SINCE, AS_AT)


# --- small cases and small rules -------------------------------------------------------------------------------------


@given(st.data())
def test_of_rules_of_every_kind_it_tells_what_the_engine_found(data):
    record = data.draw(make.cases())
    since, as_at = data.draw(make.audit_dates(record))
    kinds = (make.recurring_rules, make.held_rules, make.deadline_rules, make.recorded_rules, make.limit_rules)
    rule = data.draw(data.draw(st.sampled_from(kinds))(record))
    rules = [rule]
    if rule.in_force == (None, None) and rule.kind in ("recurring", "deadline", "held") and data.draw(st.booleans()):
        rules = data.draw(make.two_laws(record, rule))
    if data.draw(st.booleans()):
        record = thinned(record, Random(data.draw(st.integers(0, 1000))))
    explained_as_audited(make.pack(*rules), record, since.toordinal(), as_at.toordinal())
