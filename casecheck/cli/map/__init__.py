"""`casecheck map`: work on mappings of tables, one file a command."""

from typing import Final

import click

from casecheck.cli.main import LazyCommand, LazyGroup

_COMMANDS: Final = {
    "new": LazyCommand("casecheck.cli.map.new:new", "Begin a mapping for a table of your own."),
}


@click.group("map", cls=LazyGroup, lazy=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def map_group() -> None:
    """Work on mappings, which tell how tables of your own become case records."""
