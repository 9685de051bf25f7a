"""The command itself: its list of commands, and how whatever goes wrong is told."""

import errno
import os
import subprocess
import sys
from io import StringIO

import click
import pytest
from click.testing import CliRunner

from casecheck.cli.main import BROKEN_PIPE, FAULT, INTERRUPTED, Ended, LazyCommand, LazyGroup, cli, main
from casecheck.errors import InputProblem, UsageProblem
from casecheck.version import __version__


class OneCommand(LazyGroup):
    """A group whose every command raises an error."""

    def __init__(self, error):
        super().__init__("casecheck", lazy={})
        self.error = error

    def get_command(self, ctx, cmd_name):
        def fail():
            raise self.error

        return click.Command(cmd_name, callback=fail)


def run_failing(error):
    return CliRunner().invoke(OneCommand(error), ["fail"])


def test_help_lists_every_command_with_what_it_does():
    result = CliRunner().invoke(cli, ["--help"])
    assert result.exit_code == 0
    for name in names_of_commands():
        assert f"\n  {name} " in result.output


def names_of_commands():
    with click.Context(cli) as context:
        return cli.list_commands(context)


@pytest.mark.parametrize("name", names_of_commands())
def test_every_command_listed_is_there(name):
    assert CliRunner().invoke(cli, [name, "--help"]).exit_code == 0


def test_the_main_job_stands_first_in_the_list():
    assert names_of_commands()[0] == "audit"
    assert {"rules", "schema", "generate", "compare"} < set(names_of_commands())


def test_help_imports_click_alone():
    code = (
        "import sys; sys.argv = ['casecheck', '--help']\n"
        "from casecheck.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'orjson', 'lxml', 'yaml', 'jsonschema', 'jsonschema_rs', 'holidays', 'tabulate'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("heavy: []\n")


def test_the_version_is_told():
    assert CliRunner().invoke(cli, ["--version"]).output == f"casecheck {__version__}\n"


def test_an_unknown_command_is_a_wrong_call():
    result = CliRunner().invoke(cli, ["audti"])
    assert result.exit_code == 2
    assert "No such command 'audti'" in result.stderr


def test_a_problem_is_told_a_line_a_message_with_its_exit_code():
    result = run_failing(UsageProblem("a.json: there is no such file", "b.json: nor this"))
    assert result.exit_code == 2
    assert result.stderr == "casecheck: a.json: there is no such file\ncasecheck: b.json: nor this\n"
    assert result.stdout == ""
    assert run_failing(InputProblem("no valid record")).exit_code == 3


def test_what_steers_a_terminal_in_a_message_is_written_out():
    assert run_failing(UsageProblem("a\x1b[2J.json: no")).stderr == "casecheck: a\\u001b[2J.json: no\n"


def test_an_interrupted_command_ends_as_shells_expect():
    result = run_failing(KeyboardInterrupt())
    assert result.exit_code == INTERRUPTED
    assert result.output == ""


def test_a_reader_that_is_gone_is_no_trouble_worth_words():
    result = run_failing(OSError(errno.EPIPE, "Broken pipe"))
    assert result.exit_code == BROKEN_PIPE
    assert result.output == ""


def test_what_the_system_refuses_is_told_with_its_place():
    result = run_failing(PermissionError(errno.EACCES, "Permission denied", "cases.json"))
    assert result.exit_code == 2
    assert result.stderr == "casecheck: cases.json: permission denied\n"
    assert (
        run_failing(OSError(errno.ENOSPC, "No space left on device")).stderr == "casecheck: no space left on device\n"
    )


def test_a_fault_of_casecheck_itself_is_told_without_what_a_record_says():
    result = run_failing(KeyError("Jane Smith"))
    assert result.exit_code == FAULT
    assert result.stderr.startswith("casecheck: a fault in casecheck itself (KeyError); please report it")
    assert "test_main.py" in result.stderr
    assert "Jane" not in result.stdout + result.stderr


def test_what_click_says_is_left_to_click():
    assert run_failing(click.BadParameter("no such thing")).exit_code == 2
    assert run_failing(click.Abort()).exit_code == 1


def test_a_command_is_imported_from_where_its_place_says():
    group = LazyGroup("casecheck", lazy={"other": LazyCommand("casecheck.cli.main:cli", "Another.")})
    with click.Context(group) as context:
        assert group.get_command(context, "other") is cli
        assert group.get_command(context, "none") is None


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_pipe_that_closes_early_is_quiet():
    command = [sys.executable, "-m", "casecheck", "--help"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_main_runs_the_command_line_of_this_process(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["casecheck", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"casecheck {__version__}\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no disc that is always full")
@pytest.mark.parametrize("asked", [["--help"], ["--version"], ["generate", "--number", "1"]])
def test_a_full_disc_is_told_by_every_command(asked):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-m", "casecheck", *asked], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr == b"casecheck: no space left on device\n"


@pytest.mark.parametrize("asked", [["generate", "--number", "1"], ["audit", "."]])
def test_a_process_without_standard_output_is_told_to_name_a_file(asked, monkeypatch, tmp_path):
    (tmp_path / "case.json").write_text('{"la_child_id": "one"}')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["casecheck", *asked])
    monkeypatch.setattr(sys, "stdout", None)
    told = StringIO()
    monkeypatch.setattr(sys, "stderr", told)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert told.getvalue() == "casecheck: there is no standard output to write to; name a file with --output\n"


def test_a_process_without_standard_error_audits_all_the_same(monkeypatch, tmp_path):
    (tmp_path / "case.json").write_text('{"la_child_id": "one"}')
    output = tmp_path / "result.txt"
    monkeypatch.setattr(sys, "argv", ["casecheck", "audit", str(tmp_path / "case.json"), "--output", str(output)])
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "1 record read" in output.read_text()


def test_a_command_that_the_system_ends_says_by_which_signal():
    assert run_failing(Ended(15)).exit_code == 143
    assert run_failing(Ended(15)).output == ""
