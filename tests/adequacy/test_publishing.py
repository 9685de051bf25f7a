"""Publications: no small count is shown, and none can be worked out, however the tables are added and subtracted."""

import random
from fractions import Fraction
from itertools import chain
from pathlib import Path

import pytest

from casecheck import audit, load_pack
from casecheck.adequacy.publishing import HIDDEN, NOTHING, publication
from casecheck.adequacy.suppression import suppressed
from casecheck.calendar import DAYS
from casecheck.errors import UsageProblem
from casecheck.generating import case_records
from casecheck.records.sources import read_cases

AS_AT = "2012-04-23"
SAMPLE = Path(__file__).parents[2] / "sample_cases"


def results():
    sample = list(read_cases(SAMPLE))
    made_up = list(case_records(300, 11, DAYS[AS_AT]))
    by = ("team", "sex", "age", "worker_id")
    for pack in ("southampton-2012", "working-together-2023"):
        for cases in (sample, made_up, made_up[:60]):
            yield audit(cases, load_pack(pack), as_at=AS_AT, by=by)


@pytest.fixture(scope="module")
def published():
    """Results, each with its publication."""
    return [(result, publication(result)) for result in results()]


# --- an attack on a publication, which knows nothing of how it was made -----------------------------------------------


def attacked(document):
    """The cells that can be solved for: by every sum that a reader of the tables knows."""
    tables = {table["title"]: table for table in document["tables"]}
    cells, sums = {}, []

    def cell(table, row, column):
        at = (table["title"], row, column)
        value = table["rows"][row][table["columns"].index(column)]
        cells[at] = value
        return at

    whole = tables["All cases"]
    verdicts = ("Adequate", "Inadequate", "Undetermined")
    audited = cell(whole, 0, "Audited")
    sums.append((audited, [cell(whole, 0, name) for name in verdicts]))
    standards = tables["Standards"]
    outcomes = ("Passed", "Failed", "Not due", "Not known", "Does not apply")
    for row in range(len(standards["rows"])):
        sums.append((audited, [cell(standards, row, name) for name in outcomes]))
    for title, table in tables.items():
        if title.startswith("By "):
            for name in verdicts:
                sums.append((cell(whole, 0, name), [cell(table, row, name) for row in range(len(table["rows"]))]))
    return solved(cells, sums)


def solved(cells, sums):
    """Which cells that are not shown have one solution, by Gauss and Jordan with exact numbers."""
    unknown = [at for at, value in cells.items() if value == HIDDEN]
    place = {at: number for number, at in enumerate(unknown)}
    rows = []
    for total, parts in sums:
        row = [Fraction(0)] * (len(unknown) + 1)
        for at, factor in chain([(total, -1)], ((part, 1) for part in parts)):
            if at in place:
                row[place[at]] += factor
            else:
                row[-1] -= factor * cells[at]
        rows.append(row)
    lead = 0
    for column in range(len(unknown)):
        pivot = next((number for number in range(lead, len(rows)) if rows[number][column]), None)
        if pivot is None:
            continue
        rows[lead], rows[pivot] = rows[pivot], rows[lead]
        rows[lead] = [value / rows[lead][column] for value in rows[lead]]
        for number, row in enumerate(rows):
            if number != lead and row[column]:
                times = row[column]
                rows[number] = [one - times * other for one, other in zip(row, rows[lead], strict=True)]
        lead += 1
    found = {}
    for row in rows:
        filled = [number for number, value in enumerate(row[:-1]) if value]
        if len(filled) == 1:
            found[unknown[filled[0]]] = row[-1]
    return found


def test_the_attack_works_where_a_small_count_alone_is_missing():
    cells = {"total": 20, "a": HIDDEN, "b": 12, "c": 5}
    assert solved(cells, [("total", ["a", "b", "c"])]) == {"a": 3}


def test_no_suppressed_count_can_be_worked_out_by_subtraction(published):
    for _, document in published:
        assert document["disclosure"]["suppressed"] > 0
        assert attacked(document) == {}


def test_no_count_from_1_to_4_is_shown(published):
    for _, document in published:
        counts = [value for table in document["tables"] for row in table["rows"] for value in row if type(value) is int]
        assert counts
        assert not [count for count in counts if 0 < count < 5]


def test_shares_are_of_counts_that_are_shown_and_whole_percent(published):
    for _, document in published:
        for table in document["tables"]:
            for row in table["rows"]:
                told = dict(zip(table["columns"], row, strict=True))
                for share, (part, rest) in {
                    "Share adequate": ("Adequate", "Inadequate"),
                    "Share passed": ("Passed", "Failed"),
                    "Share in time": ("Done in time", "Late or missed"),
                }.items():
                    if share not in told:
                        continue
                    counts = told[part], told[rest]
                    if HIDDEN in counts:
                        assert told[share] == HIDDEN
                    else:
                        assert told[share] == (round(counts[0] / sum(counts), 2) if sum(counts) else NOTHING)


def test_what_was_done_in_time_tells_no_count_of_cases_that_is_not_shown(published):
    for _, document in published:
        standards = next(table for table in document["tables"] if table["title"] == "Standards")
        for row in standards["rows"]:
            told = dict(zip(standards["columns"], row, strict=True))
            if HIDDEN in (told["Passed"], told["Failed"]):
                assert told["Done in time"] == told["Late or missed"] == HIDDEN


def test_counts_that_are_shown_are_those_of_the_result(published):
    for result, document in published:
        standards = next(table for table in document["tables"] if table["title"] == "Standards")
        for rule, row in zip(result["summary"]["rules"], standards["rows"], strict=True):
            cases = rule["cases"]
            true = [cases[name] for name in ("pass", "fail", "not_due", "unknown", "not_applicable")]
            assert all(shown in (HIDDEN, count) for shown, count in zip(row[2:7], true, strict=True))


def test_no_case_no_source_and_no_worker_is_in_it(published):
    for result, document in published:
        text = repr(document)
        assert "case-0" not in text
        assert "synthetic-" not in text
        assert result["sources"][0]["name"] not in text
        assert [table["title"] for table in document["tables"]][3:] == ["By team", "By sex", "By age"]


def test_small_groups_are_put_together(published):
    for _, document in published:
        for table in document["tables"][3:]:
            sizes = [row[1:4] for row in table["rows"]]
            assert not [row for row in sizes if HIDDEN not in row and 0 < sum(row) < 5]


def test_of_fewer_than_ten_cases_nothing_is_published():
    result = audit(list(case_records(9, 1, DAYS[AS_AT])), load_pack("southampton-2012"), as_at=AS_AT)
    with pytest.raises(UsageProblem, match="fewer than 10"):
        publication(result)


# --- suppression by itself --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_random_tables_with_both_margins_keep_their_secrets(seed):
    chance = random.Random(seed)
    height, width = chance.randint(2, 6), chance.randint(2, 5)
    counts: dict = {}
    relations: list = []
    for row in range(height):
        for column in range(width):
            counts[row, column] = chance.choice([0, 0, 1, 2, 3, 4, 5, 6, 9, 14, 40])
    for row in range(height):
        counts[row, "all"] = sum(counts[row, column] for column in range(width))
        relations.append({(row, "all"): -1, **{(row, column): 1 for column in range(width)}})
    for column in (*range(width), "all"):
        counts["all", column] = sum(counts[row, column] for row in range(height))
        relations.append({("all", column): -1, **{(row, column): 1 for row in range(height)}})
    hidden = suppressed(counts, relations)
    assert {cell for cell, count in counts.items() if 0 < count < 5} <= hidden
    assert all(counts[cell] for cell in hidden)
    shown = {cell: HIDDEN if cell in hidden else count for cell, count in counts.items()}
    sums = [(next(iter(each)), list(each)[1:]) for each in relations]
    assert solved(shown, sums) == {}


def test_a_count_is_not_narrowed_down_to_fewer_than_five():
    counts = {"total": 40, "a": 1, "b": 2, "c": 37}
    hidden = suppressed(counts, [{"total": -1, "a": 1, "b": 1, "c": 1}])
    assert hidden == {"a", "b", "c"}


def test_nothing_small_hides_nothing():
    assert suppressed({"total": 12, "a": 12, "b": 0}, [{"total": -1, "a": 1, "b": 1}]) == frozenset()


def test_a_count_that_is_two_others_at_once_hides_both():
    counts = {"total": 20, "a": 3, "b": 17, "same as b": 17}
    relations = [{"total": -1, "a": 1, "b": 1}, {"same as b": -1, "b": 1}]
    assert suppressed(counts, relations) == {"a", "b", "same as b"}
