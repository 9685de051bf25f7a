"""Text stays text in Markdown, and lines stay in bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.markdown import WIDTH, code, filled, page, table, text


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        ("a*b and [c] <d> | e", r"a\*b and \[c\] \<d\> \| e"),
        ("a field of `child_details.age` with `a|b`", "a field of `child_details.age` with `a|b`"),
        ("not_seen_alone is one word, _this_ is not slanted", r"not_seen_alone is one word, \_this\_ is not slanted"),
        ("~not struck~, $no formula$, &amp; as it stands", r"\~not struck\~, \$no formula\$, \&amp; as it stands"),
        ("Health & well-being", "Health & well-being"),
        ("a lone ` and a \\", r"a lone \` and a \\"),
        ("one\nline,  one\tspace", "one line, one space"),
    ],
)
def test_signs_of_markdown_are_set_off_but_for_code(plain, markdown):
    assert text(plain) == markdown


def test_code_may_hold_its_own_sign():
    assert (code("a"), code("a`b")) == ("`a`", "`` a`b ``")


def test_a_bar_does_not_end_a_cell_whether_in_code_or_set_off_already():
    assert table(["A|B"], [[code("text|json")], [text("a|b")]])[0::2] == [r"| A\|B |", r"| `text\|json` |"]
    assert table(["A"], [[text("a|b")]])[2] == r"| a\|b |"


def test_an_empty_cell_shows_a_dash_and_a_cell_is_one_line():
    assert table(["A", "B"], [["", "one\ntwo"]]) == ["| A | B |", "| --- | --- |", "| - | one two |"]


def test_a_link_and_code_are_not_broken():
    link = f"[a link of several words]({'x' * 80})"
    lines = filled(f"{'word ' * 20} {link} and `code of {'several ' * 5}words`, then more", "- ")
    assert link in "\n".join(lines)
    assert any("`code of several several" in line and "words`" in line for line in lines)
    assert [line[:2] for line in lines] == ["- ", *["  "] * (len(lines) - 1)]


@pytest.mark.parametrize("sign", ["-", "1.", "+", "#", "12)", "* "])
def test_no_line_but_the_first_begins_as_a_list_or_a_heading_would(sign):
    for before in range(100, 125):
        lines = filled(f"{'w' * (before // 2)} {'w' * (before - before // 2 - 1)} {sign} and what follows")
        assert not any(line.startswith(sign.strip() + " ") for line in lines[1:])


WORDS = st.lists(st.text("abcd*_-#1.`|[]<>", min_size=1, max_size=20), min_size=1, max_size=60)


@given(WORDS)
def test_filling_keeps_every_word_and_the_width(words):
    whole = text(" ".join(words))
    lines = filled(whole)
    assert " ".join(lines) == whole
    assert all(len(line) <= WIDTH or " " not in line.replace("` `", "") or "`" in line for line in lines)


def test_a_page_ends_with_one_end_of_line():
    assert page(["# A", "", "b", "", ""]) == "# A\n\nb\n"
