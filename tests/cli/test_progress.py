"""How far a long audit has come."""

import io
import sys

from casecheck.cli.progress import LONG, Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_long_audit_tells_how_far_it_has_come_and_leaves_nothing_behind(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Progress() as progress:
        progress(LONG - 1)
        assert terminal.getvalue() == ""
        progress(1)
        assert terminal.getvalue() == "\r1,000 records audited "
    assert terminal.getvalue().endswith("\r")


def test_a_short_one_says_nothing(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Progress() as progress:
        progress(LONG - 1)
    assert terminal.getvalue() == ""


def test_in_a_pipe_nothing_is_said(monkeypatch):
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with Progress() as progress:
        progress(10 * LONG)
    assert pipe.getvalue() == ""
