"""The reference of the command line, from what the commands say of themselves."""

import inspect
from collections.abc import Iterator

import click

from casecheck.cli.main import cli
from pages.markdown import anchor, code, filled, link, made_from, page, table, text


def command_line() -> str:
    """The page of the command line."""
    commands = list(_commands(cli, click.Context(cli, info_name="casecheck")))
    lines = [*made_from("the commands in casecheck/cli/"), "# The command line", ""]
    lines += [*filled("What `casecheck COMMAND --help` says, of every command."), ""]
    for name, command, _ in commands:
        lines += filled(f"{link(code(name), f'#{_place(name)}')}: {text(_first_line(command))}", "- ")
    for name, command, context in commands:
        lines += ["", anchor(_place(name)), "", f"## {name}", *_about(command, context)]
    return page(lines)


def _commands(command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command, click.Context]]:
    """The command and all within it, each with its full name and a context in which it can tell of itself."""
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _commands(inner, click.Context(inner, info_name=name, parent=context))


def _place(name: str) -> str:
    return name.replace(" ", "-")


def _first_line(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "").split("\n\n")[0].replace("\n", " ")


def _about(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    yield from ("", "```text", f"{context.command_path} {usage}", "```")
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        yield ""
        if paragraph.startswith("\b\n"):
            yield from ("```text", *paragraph.split("\n")[1:], "```")
        else:
            yield from filled(text(paragraph))
    rows = [] if isinstance(command, click.Group) else list(_options(command, context))
    if rows:
        yield from ("", *table(("Option", "What it does"), rows))


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for param in command.params:
        told = param.get_help_record(context) if isinstance(param, click.Option) else None
        if told is not None:
            yield code(told[0]), text(told[1])
