"""The key of pseudonyms."""

import os
import re
import stat

import pytest

from casecheck.anonymising.keys import SHORTEST, drawn, new_key, pseudonym, read_key
from casecheck.errors import UsageProblem

KEY = b"k" * 32


def test_a_key_is_made_by_chance_and_can_be_read_back(tmp_path):
    assert new_key() != new_key()
    file = tmp_path / "key"
    file.write_text(new_key() + "\n", encoding="ascii")
    assert read_key(file) == file.read_bytes().strip()
    assert read_key(None, {"CASECHECK_KEY": f" {new_key()}\n"})


@pytest.mark.parametrize("text", ["", "short", "x" * 64, "ab" * 40])
def test_what_is_no_key_is_refused_and_not_repeated(tmp_path, text):
    file = tmp_path / "key"
    file.write_text(text, encoding="ascii")
    for ask in (lambda: read_key(file), lambda: read_key(None, {"CASECHECK_KEY": text})):
        with pytest.raises(UsageProblem) as raised:
            ask()
        assert not text or text not in str(raised.value)
        assert "casecheck key" in str(raised.value)


def test_a_key_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(UsageProblem, match="no such file"):
        read_key(tmp_path / "none")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe" * 40)
    with pytest.raises(UsageProblem, match="is no text"):
        read_key(tmp_path / "bytes")


def test_a_pseudonym_depends_on_key_kind_and_value_alone():
    name = pseudonym(KEY, "child", "case-01")
    assert name == pseudonym(KEY, "child", "case-01")
    others = {
        pseudonym(KEY, "worker", "case-01"),
        pseudonym(KEY, "child", "case-02"),
        pseudonym(b"o" * 32, "child", "case-01"),
    }
    assert len({each.rpartition("-")[2] for each in (name, *others)}) == 4


def test_a_pseudonym_holds_no_digit_and_no_vowel():
    assert re.fullmatch("child-[bcdfghjklmnpqrstvwxz]{14}", pseudonym(KEY, "child", "1234567890"))


def test_what_is_drawn_spreads():
    assert {drawn(KEY, "weeks", str(number), 26) for number in range(1000)} == set(range(26))


def test_the_command_prints_a_key(casecheck):
    told = casecheck("key")
    assert told.exit_code == 0
    assert len(told.stdout.strip()) >= SHORTEST


def test_the_command_writes_a_key_that_its_owner_alone_can_read_and_over_none(casecheck, tmp_path):
    file = tmp_path / "key"
    told = casecheck("key", "--output", file)
    assert (told.exit_code, told.stdout) == (0, "")
    assert read_key(file).decode() not in told.stderr
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    again = casecheck("key", "--output", file)
    assert again.exit_code == 2
    assert "cannot be made again" in again.stderr
    assert file.read_bytes() == before
    assert casecheck("key", "--output", tmp_path / "none" / "key").exit_code == 2
