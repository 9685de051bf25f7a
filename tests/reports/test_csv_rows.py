"""Rows of CSV: read again they are what they were, and no spreadsheet runs what stands in them."""

import csv

import pytest

from casecheck.reports.csv_rows import csv_line


def test_cells_are_set_off_where_they_must_be():
    assert csv_line(["a", 1, 0.5, None, True, 'says "no", twice']) == 'a,1,0.5,,True,"says ""no"", twice"'


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_begins_with_an_apostrophe(text):
    (cell,) = next(csv.reader([csv_line([text])]))
    assert cell.startswith("'")


def test_a_number_below_nothing_stays_a_number():
    assert csv_line([-3, -0.5]) == "-3,-0.5"


def test_a_row_is_a_line():
    assert csv_line(["two\nlines", "\u202eturned"]) == "two lines, turned"
