"""The command `casecheck`: the list of its commands, and how whatever goes wrong is told.

A command's module is imported when the command is called, so that `casecheck --help` imports click alone.
"""

import errno
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any, Final, NamedTuple

import click

from casecheck.errors import Problem
from casecheck.version import __version__

BY_SIGNAL: Final = 128
INTERRUPTED: Final = BY_SIGNAL + signal.SIGINT
BROKEN_PIPE: Final = 141
"""What shells give for a command that a signal ended: 128 + SIGINT, 128 + SIGPIPE."""

FAULT: Final = 70
"""What systems call an internal error of a program."""

LONGEST: Final = 2000
"""Characters of a message: no file is so named, and no terminal is to be filled by one that is."""


class Ended(KeyboardInterrupt):
    """The system asks this process to end, by the signal `number`."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class LazyCommand(NamedTuple):
    """Where a command is written, as `module:function`, and what the list of commands says of it."""

    place: str
    short_help: str


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def __init__(self, *args: Any, lazy: Mapping[str, LazyCommand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = self._lazy.get(cmd_name)
        if found is None:
            return None
        module, _, function = found.place.partition(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.short_help) for name, command in self._lazy.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
            return result
        except Problem as problem:
            raise _told(problem) from None
        except Ended as ended:
            raise click.exceptions.Exit(BY_SIGNAL + ended.number) from None
        except KeyboardInterrupt:
            raise click.exceptions.Exit(INTERRUPTED) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                _forget_standard_output()
                raise click.exceptions.Exit(BROKEN_PIPE) from None
            raise _told(Problem(_of_the_system(error))) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            _tell_of_a_fault(error)
            raise click.exceptions.Exit(FAULT) from error


def _told(problem: Problem) -> click.exceptions.Exit:
    """Tell every message of the problem on a line of its own; returns the end of the command, with its exit code."""
    from casecheck.reports.words import plain

    for message in problem.messages:
        click.echo(f"casecheck: {plain(message, LONGEST)}", err=True)
    return click.exceptions.Exit(problem.exit_code)


def _tell_of_a_fault(error: Exception) -> None:
    """Tell where casecheck itself went wrong, without the error's own words: they might hold what a record says."""
    import traceback

    click.echo(
        f"casecheck: a fault in casecheck itself ({type(error).__name__}); please report it, with these lines:",
        err=True,
    )
    click.echo("".join(traceback.format_tb(error.__traceback__)), err=True, nl=False)


def _of_the_system(error: OSError) -> str:
    reason = (error.strerror or "the system refused").lower()
    return f"{error.filename}: {reason}" if error.filename is not None else reason


def _forget_standard_output() -> None:
    """Let nothing more be written to a reader that is gone, not even when Python ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_COMMANDS: Final = {
    "audit": LazyCommand("casecheck.cli.audit:audit", "Hold case records against a pack of standards."),
    "report": LazyCommand("casecheck.cli.report:report", "Print the report of a result made before."),
    "explain": LazyCommand("casecheck.cli.explain:explain_case", "Show why the findings of a case are what they are."),
    "trend": LazyCommand("casecheck.cli.trend:trend", "Show month by month what was done in time."),
    "due": LazyCommand("casecheck.cli.due:due", "List what is overdue and what falls due."),
    "compare": LazyCommand("casecheck.cli.compare:compare_results", "Hold a result against a later one."),
    "sample": LazyCommand("casecheck.cli.sample:sample", "Draw a random sample to audit by hand."),
    "moderate": LazyCommand("casecheck.cli.moderate:moderate", "Hold an auditor's verdicts against an audit."),
    "convert": LazyCommand("casecheck.cli.convert:convert", "Join sources to one case record a child."),
    "map": LazyCommand("casecheck.cli.map:map_group", "Begin mappings of tables of your own."),
    "rules": LazyCommand("casecheck.cli.rules:rules", "Work on packs of standards."),
    "schema": LazyCommand("casecheck.cli.schema:schema", "Print the JSON Schemas of casecheck's files."),
    "anonymise": LazyCommand("casecheck.cli.anonymise:anonymise", "Copy case records so that they name nobody."),
    "key": LazyCommand("casecheck.cli.key:key", "Make the key of the copies' pseudonyms."),
    "check-anonymous": LazyCommand("casecheck.cli.check_anonymous:check_anonymous", "Find what names a person."),
    "generate": LazyCommand("casecheck.cli.generate:generate", "Make synthetic case records."),
}


@click.group(cls=LazyGroup, lazy=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="casecheck", message="%(prog)s %(version)s")
def cli() -> None:
    """Hold children's services case records against written standards.

    Says, case by case, which standards were met, with the evidence; then, over all cases, what share is adequate.
    Nothing leaves this machine, and no report holds a name or an address.
    """


def main() -> None:
    """Run the command line on this process's arguments; text goes out as UTF-8, wherever this runs.

    Asked by the system to end, it ends as after an interrupt: no half of an output and no worker is left behind.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    for name in ("SIGTERM", "SIGHUP"):
        _end_in_order(getattr(signal, name, None))
    try:
        cli(prog_name="casecheck")
    except OSError as error:
        sys.exit(_told(Problem(_of_the_system(error))).exit_code)


def _end_in_order(number: signal.Signals | None) -> None:
    """Let a signal that would end this process at once end it in order, unless it is to be ignored, as under nohup."""

    def end(number: int, _: object) -> None:
        raise Ended(number)

    if number is not None and signal.getsignal(number) is signal.SIG_DFL:
        signal.signal(number, end)
