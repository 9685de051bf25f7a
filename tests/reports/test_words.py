"""Words and numbers of printed reports."""

import pytest

from casecheck.reports.words import counted, heading, listed, percent, plain, wrapped


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "-"),
        (0.0, "0%"),
        (0.0049, "<1%"),
        (0.005, "1%"),
        (0.495, "50%"),
        (0.994, "99%"),
        (0.996, ">99%"),
        (1.0, "100%"),
    ],
)
def test_only_none_is_nought_and_only_all_is_a_hundred(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("CSC-001", "CSC-001"),
        ("Zoë Łódź 東京 عربي", "Zoë Łódź 東京 عربي"),
        ("a\tb", "a\\u0009b"),
        ("a\u200fb", "a\\u200fb"),
        ("a\ud800b", "a\\ud800b"),
        ("a\U000e0001b", "a\\U000e0001b"),
        ("a\u2029b", "a\\u2029b"),
    ],
)
def test_letters_stay_and_what_steers_a_terminal_is_written_out(text, shown):
    assert plain(text) == shown


def test_long_names_are_cut():
    assert plain("x" * 60) == "x" * 60
    assert plain("x" * 61) == "x" * 57 + "..."


def test_wrapped_lines_keep_their_beginning_where_there_is_no_text():
    assert wrapped("", "Against  ") == ["Against"]


def test_headings_are_underlined():
    assert heading("By team") == ["", "BY TEAM", "-------"]


def test_counts_and_lists_are_in_words():
    assert counted(1, "record") == "1 record"
    assert counted(1234, "record") == "1,234 records"
    assert counted(2, "body", "bodies") == "2 bodies"
    assert listed(["a", "b"], 2) == "a, b"
    assert listed(["a", "b", "c"], 2) == "a, b and 1 more"
