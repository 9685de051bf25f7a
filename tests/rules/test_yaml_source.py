"""YAML that people wrote: what it means, where each part stands, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecheck.errors import PackProblem
from casecheck.written.yaml_source import MAX_BYTES, MAX_DEPTH, MAX_NODES, read_yaml


def read(text: str | bytes):
    return read_yaml(text if isinstance(text, bytes) else text.encode(), "a.yaml").value


def refusal(text: str | bytes) -> str:
    with pytest.raises(PackProblem) as caught:
        read(text)
    (message,) = caught.value.messages
    return message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2012-04-23", "2012-04-23"),
        ("no", "no"),
        ("off", "off"),
        ("1:30", "1:30"),
        ("007", "007"),
        ("'1'", "1"),
        ("12", 12),
        ("-3", -3),
        ("0.95", 0.95),
        (".5", 0.5),
        ("1e9", "1e9"),
        ("9" * 30, "9" * 30),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("'true'", "true"),
    ],
)
def test_a_plain_value_is_what_people_take_it_for(text, value):
    assert read(f"a: {text}") == {"a": value}


def test_every_part_knows_its_line():
    document = read_yaml(b"# head\na: 1\nb:\n  - x: 1\n    y: [2,\n        3]\n", "a.yaml")
    assert document.value == {"a": 1, "b": [{"x": 1, "y": [2, 3]}]}
    lines = {("a",): 2, ("b",): 3, ("b", 0): 4, ("b", 0, "y"): 5, ("b", 0, "y", 1): 6, ("b", 0, "not there"): 4}
    assert {path: document.places.at(*path).line for path in lines} == lines


def test_an_alias_repeats_what_was_anchored():
    assert read("a: &x {p: 1}\nb: *x\nc: [*x]") == {"a": {"p": 1}, "b": {"p": 1}, "c": [{"p": 1}]}


def test_a_mapping_taken_over_gives_way_to_what_is_written():
    assert read("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}") == {"a": {"p": 1, "q": 2}, "b": {"q": 3, "p": 1}}


def test_a_byte_order_mark_and_windows_lines_make_no_difference():
    assert read(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n") == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\na: 2", 2, "`a` is written twice"),
        ("x: 1\na: b: c", 2, "must stand in quotes"),
        ("a:\n\t- b", 2, "indent with spaces, not with tabs"),
        ("a: @b", 1, "must stand in quotes"),
        ("x: 1\na: [1, 2", 2, "left open"),
        ("a: 'x", 1, "a quote is left open"),
        ("a:\n  - b\n c: 1", 3, "not indented like those before"),
        ("a: *z", 1, "`*z` repeats nothing"),
        ("a: &z [*z]", 1, "stands within what it repeats"),
        ("a: 1\n---\nb: 2", 2, "a second document"),
        ("a: !!python/object:os.system x", 1, "a tag"),
        ("a: !!str 3", 1, "a tag"),
        ("? [a]\n: 1", 1, "a key is plain text"),
        ("a: {<<: 3}", 1, "`<<` takes over a mapping"),
        ("", 1, "the file is empty"),
        ("# only a comment\n", 1, "the file is empty"),
        (b"a: 1\nb: \xff", 2, "not UTF-8"),
        (b"a: 1\nb: \x07", 2, "control character"),
        (b"a: 1\nb: \x00", 2, "control character"),
    ],
)
def test_broken_yaml_is_told_with_its_line_and_how_to_mend_it(text, line, says):
    message = refusal(text)
    assert message.startswith(f"a.yaml:{line}: ")
    assert says in message


def test_depth_is_bounded_from_both_sides():
    assert read("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH)
    assert "nested more than" in refusal("[" * (MAX_DEPTH + 1) + "1" + "]" * (MAX_DEPTH + 1))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_a_hundred_thousand_levels_are_refused(opening):
    assert "nested more than" in refusal(opening * 100_000)


def test_aliases_that_multiply_are_refused():
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert "aliases counted" in refusal("\n".join(lines))


def test_aliases_that_pile_up_depth_are_refused():
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} {'[' * 10}*a{n - 1}{']' * 10}" for n in range(1, 30)]
    assert "nested more than" in refusal("\n".join(lines))


def test_size_is_bounded():
    assert "larger than" in refusal(b"#" * (MAX_BYTES + 1))
    assert "values, aliases counted" in refusal("- a\n" * (MAX_NODES + 1))


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#%@`,?<~ \n\t0é\x00"), max_size=60) | st.binary(max_size=40))
def test_whatever_is_written_is_a_value_or_one_message(text):
    messages: tuple[str, ...] = ("a.yaml:",)
    try:
        read(text)
    except PackProblem as problem:
        messages = problem.messages
    assert len(messages) == 1
    assert messages[0].startswith("a.yaml:")
