"""Pages written by hand keep to the width, and show commands that there are."""

import re
import shlex

import click
import pytest

from casecheck.cli.main import cli
from tests.pages.reading import DOCS, blocks

PAGES = ["README.md", "rule-language.md", "how-outcomes-are-decided.md", "local-standards.md", "gate.md", "mappings.md"]
PAGES += ["privacy.md"]


@pytest.mark.parametrize("page", PAGES)
def test_lines_keep_to_the_width_but_for_tables(page):
    long = [line for line in (DOCS / page).read_text(encoding="utf-8").splitlines() if len(line) > 120]
    assert [line for line in long if not line.startswith("|")] == []


def commands(page):
    """The commands that a page shows, each a list of words."""
    text = (DOCS / page).read_text(encoding="utf-8")
    shown = [line for block in blocks(page) if block.language == "sh" for line in block.text.splitlines()]
    shown += re.findall(r"`(casecheck [^`]+)`", text)
    return [shlex.split(line.partition(">")[0]) for line in shown]


SHOWN = [pytest.param(words, id=f"{page}-{' '.join(words)}") for page in PAGES for words in commands(page)]


@pytest.mark.parametrize("words", SHOWN)
def test_a_command_of_a_page_is_one_and_has_its_options(words):
    command: click.Command = cli
    rest = words[1:]
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), rest.pop(0))
        assert found is not None, words
        command = found
    known = {option for param in command.params for option in param.opts}
    assert {word for word in rest if word.startswith("--")} <= known
