"""`casecheck trend`: what was done in time, month by month, in one pass over the records."""

import csv
import json
from typing import Any

import pytest

from casecheck import audit, load_pack


def supervised(name, *days, closed=None):
    episode: dict[str, Any] = {"referral_date": "2011-01-10", "closure_date": closed}
    episode["referral_no_further_action_flag"] = False
    episode["supervisions"] = [{"supervision_date": day} for day in days]
    return {"la_child_id": name, "social_care_episodes": [episode]}


@pytest.fixture
def file(tmp_path):
    """Supervision is due on 10 February; that of A was held late, and is due a month after each."""
    children = [
        supervised("A", "2011-02-13", "2011-03-13", "2011-04-01"),
        supervised("B", "2011-02-10", "2011-03-10", closed="2011-03-31"),
    ]
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in children), encoding="utf-8")
    return file


def of(document, name):
    series = next(each for each in document["series"] if each["id"] == name)
    named = [each["period"] for each in document["periods"]]
    return {
        period: (share["numerator"], share["denominator"])
        for period, share in zip(named, series["ratios"], strict=True)
        if share["denominator"]
    }


def test_each_month_has_what_fell_due_in_it(casecheck, file):
    told = casecheck("trend", file, "--as-at", "2011-04-20", "--since", "2011-02-01", "--format", "json")
    assert told.exit_code == 0, told.stderr
    document = json.loads(told.stdout)
    assert document["schema"] == "casecheck/trend/1"
    # February: A late, B in time. March: both in time. April: A, due on the 13th, was held on the 1st. Nothing else is
    # over: the next is due on 1 May, and B's last wait lapsed when the case closed.
    assert of(document, "supervision-held") == {"2011-02": (1, 2), "2011-03": (2, 2), "2011-04": (1, 1)}


@pytest.mark.parametrize(("as_at", "counted"), [("2011-05-01", 1), ("2011-05-02", 2)])
def test_what_is_due_on_the_audit_date_is_not_over(casecheck, file, as_at, counted):
    told = casecheck("trend", file, "--as-at", as_at, "--since", "2011-04-01", "--format", "json")
    shares = of(json.loads(told.stdout), "supervision-held")
    assert sum(denominator for _, denominator in shares.values()) == counted


def test_the_default_span_is_24_months_from_a_first_of_the_month(casecheck, file):
    document = json.loads(casecheck("trend", file, "--as-at", "2012-04-23", "--format", "json").stdout)
    assert document["since"] == "2010-04-01"
    assert len(document["periods"]) == 25


def test_by_quarter_it_sums_its_months(casecheck, file):
    how = ("--as-at", "2011-04-20", "--since", "2011-02-01", "--by-quarter", "--format", "json")
    assert of(json.loads(casecheck("trend", file, *how).stdout), "supervision-held") == {
        "2011-Q1": (3, 4),
        "2011-Q2": (1, 1),
    }


def test_as_text_and_as_csv(casecheck, file):
    how = ("--as-at", "2011-04-20", "--since", "2011-02-01")
    text = casecheck("trend", file, *how).stdout
    assert text.startswith("WHAT WAS DONE IN TIME, MONTH BY MONTH\n")
    assert "Feb 2011  " in text
    rows = list(csv.DictReader(casecheck("trend", file, *how, "--format", "csv").stdout.splitlines()))
    assert {row["period"] for row in rows} == {"2011-02", "2011-03", "2011-04"}


def test_any_number_of_processes_gives_the_same(casecheck, file, tmp_path):
    many = tmp_path / "many.jsonl"
    lines = [json.dumps(supervised(f"C{number}", "2011-02-13", "2011-03-13")) for number in range(600)]
    many.write_text("\n".join(lines), encoding="utf-8")
    how = ("--as-at", "2011-04-20", "--format", "json")
    assert casecheck("trend", many, *how, "--jobs", "2").stdout == casecheck("trend", many, *how, "--jobs", "1").stdout


def test_a_second_record_with_an_id_already_seen_counts_for_nothing(casecheck, file):
    how = ("--as-at", "2011-04-20", "--since", "2011-02-01", "--format", "json")
    before = of(json.loads(casecheck("trend", file, *how).stdout), "all")
    with file.open("a", encoding="utf-8") as more:
        more.write(json.dumps(supervised("A")) + "\n")
    document = json.loads(casecheck("trend", file, *how).stdout)
    assert of(document, "all") == before
    assert document["cases"]["invalid"] == 1


def test_it_agrees_with_the_audits_own_obligations(casecheck, file):
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    result = audit(records, load_pack("southampton-2012"), as_at="2011-04-20", since="2011-02-01")
    due = [
        each["outcome"]
        for case in result["cases"]
        for found in case["findings"]
        for each in found["obligations"]
        if each["due"] is not None and "2011-02-01" <= each["due"] < "2011-04-20"
    ]
    told = casecheck("trend", file, "--as-at", "2011-04-20", "--since", "2011-02-01", "--format", "json")
    counts = next(each["counts"] for each in json.loads(told.stdout)["series"] if each["id"] == "all")
    for outcome in ("met", "late", "missed", "unknown"):
        assert sum(each[outcome] for each in counts) == due.count(outcome)


def test_no_record_at_all_ends_with_3(casecheck, tmp_path):
    empty = tmp_path / "bad.json"
    empty.write_text("{}", encoding="utf-8")
    told = casecheck("trend", empty, "--as-at", "2012-04-23")
    assert told.exit_code == 3
    assert "no valid case record" in told.stderr
