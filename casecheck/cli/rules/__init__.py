"""`casecheck rules`: work on packs of standards, one file a command."""

from typing import Final

import click

from casecheck.cli.main import LazyCommand, LazyGroup

_HERE: Final = "casecheck.cli.rules"
_COMMANDS: Final = {
    "list": LazyCommand(f"{_HERE}.list:list_rules", "List the rules of a pack."),
    "show": LazyCommand(f"{_HERE}.show:show", "Show one rule as a page."),
    "check": LazyCommand(f"{_HERE}.check:check", "Look for everything that is wrong with a pack."),
    "test": LazyCommand(f"{_HERE}.test:test", "Run the examples of a pack's rules."),
    "new": LazyCommand(f"{_HERE}.new:new", "Begin a council's own standards."),
}


@click.group(cls=LazyGroup, lazy=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def rules() -> None:
    """Work on packs of standards."""
